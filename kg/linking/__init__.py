"""Mentions -> entities. Identity is decided from the document and the ontology alone.

``link`` asks, in this order: who issued the document (issuer), which place each place mention is (places), which agency
(agencies), which policy (policies), which topic (topics), and what else has a proper name (named).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.linking import agencies, issuer, named, places, policies, topics
from kg.model import Document, Entity, Linked, Mention
from kg.ontology import Ontology
from kg.words import Spans


@dataclass(frozen=True)
class Description:
    """The four fields that identify a document to an analyst."""

    title: str | None
    publisher: str | None
    published: str | None
    number: str | None


def link(document: Document, ontology: Ontology, mentions: Sequence[Mention]) -> tuple[Linked, Description]:
    """Entities of a document, who speaks in it, and its description."""
    speaker = issuer.find_issuer(document, ontology, mentions)
    place_of = places.resolve(_of(mentions, ontology, "Place"), document, ontology, speaker.place_iri)
    place_of = _without_brands(place_of, mentions, ontology, speaker.place_iri)
    agency_of = agencies.resolve(_of(mentions, ontology, "Agency"), document, ontology, speaker.place_iri)
    linked_policies = policies.link(_of(mentions, ontology, "Policy"), document, ontology, speaker)
    entities = [
        *_place_entities(place_of, ontology),
        *_agency_entities(agency_of),
        *_policy_entities(linked_policies),
        *topics.link(_of(mentions, ontology, "Topic"), document, ontology),
        *named.link(_of(mentions, ontology, "Organization", "Project", "Task"), document, ontology, speaker.place_iri),
    ]
    own = next((p.iri for p in linked_policies if p.own), None)
    linked = Linked(
        document=document,
        entities=merge(entities),
        issuing_place=speaker.place_iri,
        issuer=speaker.agency_iri,
        own_policy=own,
    )
    own_name = next((p.name for p in linked_policies if p.own), None)
    return linked, Description(*policies.describe(document, speaker, own_name))


def _of(mentions: Sequence[Mention], ontology: Ontology, *parents: str) -> list[Mention]:
    wanted = ontology.classes_under(*parents)
    return [m for m in mentions if m.label in wanted]


def _without_brands(
    place_of: dict[Mention, str], mentions: Sequence[Mention], ontology: Ontology, issuing_place: str | None
) -> dict[Mention, str]:
    """Places without those that only stand in names of companies (北海 in 北海造船, a yard in Qingdao) and are not the issuer's;
    nor is a region in a body's name one (西北 in 西北工业大学)."""
    companies = Spans((m.start, m.end) for m in _of(mentions, ontology, "Company"))
    bodies = Spans((m.start, m.end) for m in _of(mentions, ontology, "Organization"))
    free = {place for m, place in place_of.items() if not companies.covers(m.start, m.end)}
    kept = {}
    for mention, place in place_of.items():
        near = issuing_place in (place, *ontology.ancestors(place)) or place in ontology.ancestors(issuing_place or "")
        region = mention.label == "Region" and bodies.covers(mention.start, mention.end)
        if (place in free or near) and not region:
            kept[mention] = place
    return kept


def _place_entities(place_of: dict[Mention, str], ontology: Ontology) -> Iterable[Entity]:
    for mention, place_iri in place_of.items():
        concept = ontology.concepts.get(place_iri)
        deictic = mention.attribute("deictic") is not None
        name = concept.name if concept else mention.canonical
        kind = concept.kind if concept else mention.label
        yield Entity(place_iri, kind, name, () if deictic else (mention.text,), (mention,), mention.score)


def _agency_entities(agency_of: dict[Mention, tuple[str, str]]) -> Iterable[Entity]:
    for mention, (agency_iri, name) in agency_of.items():
        yield Entity(agency_iri, "Agency", name, (mention.text,), (mention,), mention.score)


def _policy_entities(linked: Iterable[policies.LinkedPolicy]) -> Iterable[Entity]:
    for policy in linked:
        yield Entity(policy.iri, "Policy", policy.name, policy.aliases, policy.mentions)


def merge(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """One record per IRI: mentions in text order, aliases without the name, the best score."""
    groups: dict[str, list[Entity]] = {}
    for entity in entities:
        groups.setdefault(entity.iri, []).append(entity)
    return tuple(_one(groups[key]) for key in sorted(groups))


def _one(group: list[Entity]) -> Entity:
    first = group[0]
    mentions = first.mentions
    if len(group) > 1 or len(mentions) > 1:
        mentions = tuple(sorted({m for e in group for m in e.mentions}, key=lambda m: (m.start, m.end, m.rule)))
    aliases = sorted({a for e in group for a in (*e.aliases, e.name)} - {first.name, ""})
    score = max(e.score for e in group)
    return Entity(first.iri, first.type, first.name, tuple(aliases), mentions, score, all(e.implied for e in group))


__all__ = ["Description", "link", "merge"]
