"""develops (with its stance) and covers: which place is to develop what, and what a policy is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.scope import TOPICS, heading_topic, is_policy_text, own_places, possessed, sentences

_FOCUS = ("重点发展", "聚焦", "培育壮大", "发展壮大", "重点领域", "主导产业", "支柱产业", "优势产业", "新兴产业", "未来产业", "做大做强", "巩固提升")


@dataclass(frozen=True)
class _Cues:
    stance: tuple[tuple[str, str], ...]
    """(cue, stance), longest cue first."""
    applications: tuple[str, ...]


@lru_cache(maxsize=2)
def _cues(ontology: Ontology) -> _Cues:
    pairs = [(cue, rule.stance) for rule in ontology.rules_for("develops") for cue in rule.cues]
    return _Cues(tuple(sorted(pairs, key=lambda p: (-len(p[0]), p))), ontology.words("application-cues"))


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """develops and covers facts of a document."""
    return [*_develops(linked, ontology), *_title_covers(linked), *_focus_covers(linked)]


def _develops(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    cues = _cues(ontology)
    owned = {mention.start: place.iri for _, place, mention, _ in possessed(linked)}
    for index, start, end in sentences(linked):
        topics = linked.between(start, end, *TOPICS)
        if not topics:
            continue
        places = own_places(linked, start, end)
        in_heading = linked.document.blocks[index].kind in ("heading", "title")
        for mention, topic in topics:
            cue = _cue_before(linked, start, mention, end, cues)
            if cue is None and not (in_heading and topic.type == "Industry"):
                continue
            place = owned.get(mention.start) or _developer(linked, index, places, mention)
            if place:
                stance = cue[1] if cue else ""
                words = evidence(linked, start, end, "develops." + (stance or "heading"), 0.75 if cue else 0.6)
                yield Fact(place, "develops", topic.iri, (words,), stance)


def _cue_before(linked: Linked, start: int, mention: Mention, end: int, cues: _Cues) -> tuple[str, str] | None:
    """The develop cue nearest before the topic in its sentence, or right after it; none where it is an application."""
    text = linked.document.folded
    before = text[start : mention.start]
    clause = before[before.rfind(",") + 1 :]
    if any(word in clause for word in cues.applications):
        return None
    after = text[mention.end : min(end, mention.end + 60)]
    best: tuple[int, str, str] | None = None
    for cue, stance in cues.stance:
        position = before.rfind(cue)
        if position >= 0 and (best is None or position + len(cue) > best[0]):
            best = (position + len(cue), cue, stance)
    if best:
        return best[1], best[2]
    return next(((cue, stance) for cue, stance in cues.stance if cue in after), None)


def _developer(linked: Linked, index: int, places: list[tuple[Mention, Entity]], mention: Mention) -> str | None:
    """Who develops it: in a policy the issuing place; in news the place named last before it in the sentence or paragraph."""
    if is_policy_text(linked):
        return linked.issuing_place
    before = [entity for place, entity in places if place.start < mention.start and entity.type != "Country"]
    if before:
        return before[-1].iri
    start = linked.document.blocks[index].start
    above = [e for m, e in own_places(linked, start, mention.start) if e.type in ("Region", "Province", "City", "District")]
    return above[-1].iri if above else linked.issuing_place


def _title_covers(linked: Linked) -> Iterator[Fact]:
    """A policy covers the industries that its title names."""
    for policy in linked.entities:
        if policy.type != "Policy":
            continue
        for mention in policy.mentions:
            for _, topic in linked.between(mention.start, mention.end, *TOPICS):
                if topic.type == "Industry":
                    words = evidence(linked, mention.start, mention.end, "covers.title", 0.9)
                    yield Fact(policy.iri, "covers", topic.iri, (words,))


def _focus_covers(linked: Linked) -> Iterator[Fact]:
    """The document's own policy covers the industries of its headings and of its lists of focus areas."""
    if not linked.own_policy:
        return
    text = linked.document.folded
    for index, start, end in sentences(linked):
        block = linked.document.blocks[index]
        topics = [(m, e) for m, e in linked.between(start, end, *TOPICS) if e.type == "Industry"]
        heading = block.kind == "heading"
        above = heading_topic(linked, index)
        top = above is None or above[1].type != "Industry"
        focus = top and len(topics) >= 2 and any(word in text[start:end] for word in _FOCUS)
        if heading or focus:
            for _, topic in topics:
                words = evidence(linked, start, end, "covers.heading" if heading else "covers.focus", 0.7)
                yield Fact(linked.own_policy, "covers", topic.iri, (words,))
