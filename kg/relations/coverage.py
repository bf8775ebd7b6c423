"""covers: which industries a policy is about."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.development import Ground, ground_of
from kg.relations.lists import runs_between
from kg.relations.scope import TOPICS, headings_with_topics, is_umbrella, policy_in_force, possessed, sentences
from kg.words import hits_of

_SURE = 0.9
"""Score of a ground from which one industry alone counts in a policy whose title names none."""
_NEAR = 6
"""Characters between a verb and one industry alone that it takes as its object, at most."""
_FAR = 12
"""The same for a list."""
_LISTED = 0.8
"""The same for industries in a list."""


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """covers facts of a document."""
    return [*_title_covers(linked), *_focus_covers(linked, ontology)]


def _title_covers(linked: Linked) -> Iterator[Fact]:
    """A policy covers what its title names."""
    for policy in linked.entities:
        if policy.type != "Policy":
            continue
        for mention in policy.mentions:
            for _, topic in linked.between(mention.start, mention.end, *TOPICS):
                words = evidence(linked, mention.start, mention.end, "covers.title", 0.9)
                yield Fact(policy.iri, "covers", topic.iri, (words,))


def _focus_covers(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """A policy covers the industries of its headings and of its focus areas, whatever stands below an industry's heading aside."""
    titled = _names_industries(linked)
    elsewhere = {mention.start for _, _, mention, _ in possessed(linked)}
    for index, start, end in sentences(linked):
        policy = policy_in_force(linked, ontology, index, end)
        found = runs_between(linked, start, end) if policy else []
        if policy is None or not found:
            continue
        heading = linked.document.blocks[index].kind == "heading"
        if not heading and any(not is_umbrella(e, ontology) for _, e in headings_with_topics(linked, index)):
            continue
        focus = hits_of(linked.document, ontology, "focus-cues").any_within(start, end)
        for run in found:
            industries = [pair for pair in run.members if pair[1].type == "Industry" and pair[0].start not in elsewhere]
            for pair in industries:
                if heading:
                    yield _fact(linked, policy, pair, (start, end), "covers.heading")
                    continue
                ground = ground_of(linked, ontology, index, (start, end), run, pair)
                if ground and _is_focus(ground, listed=len(industries) > 1, focus=focus, titled=titled):
                    yield _fact(linked, policy, pair, (start, end), "covers.focus")


def _fact(linked: Linked, policy: str, pair: tuple[Mention, Entity], span: tuple[int, int], rule: str) -> Fact:
    return Fact(policy, "covers", pair[1].iri, (evidence(linked, *span, rule, 0.9),))


def _is_focus(ground: Ground, *, listed: bool, focus: bool, titled: bool) -> bool:
    """Whether what is developed is a focus area: by its place, by a word of the sentence, or since no title says what is."""
    if ground.rule in ("column", "label"):
        return True
    if titled:
        return listed and focus
    return ground.score >= (_LISTED if listed else _SURE) and ground.gap <= (_FAR if listed else _NEAR)


def _names_industries(linked: Linked) -> bool:
    own = linked.by_iri.get(linked.own_policy or "")
    return own is not None and any(linked.between(m.start, m.end, *TOPICS) for m in own.mentions)
