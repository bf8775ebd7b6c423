"""develops (with its stance) and covers: which place is to develop what, and what a policy is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.scope import TOPICS, heading_topic, is_policy_text, own_places, possessed, sentences
from kg.words import Words

_FOCUS = ("重点发展", "聚焦", "培育壮大", "发展壮大", "重点领域", "主导产业", "支柱产业", "优势产业", "新兴产业", "未来产业", "做大做强", "巩固提升")


@dataclass(frozen=True)
class _Cues:
    words: Words
    stance: dict[str, str]
    applications: Words


@lru_cache(maxsize=2)
def _cues(ontology: Ontology) -> _Cues:
    pairs = sorted((cue, rule.stance) for rule in ontology.rules_for("develops") for cue in rule.cues)
    stance = dict(reversed(pairs))  # of several stances of one cue the first
    return _Cues(Words(stance), stance, Words(ontology.words("application-cues")))


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
            stance = _cue_before(linked, start, mention, end, cues)
            if stance is None and not (in_heading and topic.type == "Industry"):
                continue
            place = owned.get(mention.start) or _developer(linked, index, places, mention)
            if place:
                rule, score = "develops." + (stance or "heading"), 0.6 if stance is None else 0.75
                yield Fact(place, "develops", topic.iri, (evidence(linked, start, end, rule, score),), stance or "")


def _cue_before(linked: Linked, start: int, mention: Mention, end: int, cues: _Cues) -> str | None:
    """Stance of the develop cue nearest before the topic in its sentence, or right after it; None where it is an application."""
    document, text = linked.document, linked.document.folded
    clause = max(start, text.rfind(",", start, mention.start) + 1)
    if document.view(cues.applications.hits).any_within(clause, mention.start):
        return None
    hits = document.view(cues.words.hits)
    if before := hits.within(start, mention.start):
        left, right = max(before, key=lambda span: (span[1], -span[0]))
        return cues.stance[text[left:right]]
    after = [text[left:right] for left, right in hits.within(mention.end, min(end, mention.end + 60))]
    return cues.stance[min(after, key=lambda cue: (-len(cue), cue))] if after else None


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


def _at_top(linked: Linked, index: int) -> bool:
    """Whether a block stands under no heading of an industry."""
    above = heading_topic(linked, index)
    return above is None or above[1].type != "Industry"


def _focus_covers(linked: Linked) -> Iterator[Fact]:
    """The document's own policy covers the industries of its headings and of its lists of focus areas."""
    if not linked.own_policy:
        return
    text = linked.document.folded
    for index, start, end in sentences(linked):
        block = linked.document.blocks[index]
        topics = linked.between(start, end, "Industry")
        if not topics:
            continue
        heading = block.kind == "heading"
        if heading or (len(topics) >= 2 and any(word in text[start:end] for word in _FOCUS) and _at_top(linked, index)):
            for _, topic in topics:
                words = evidence(linked, start, end, "covers.heading" if heading else "covers.focus", 0.7)
                yield Fact(linked.own_policy, "covers", topic.iri, (words,))
