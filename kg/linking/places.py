"""Which place a mention is: homonyms by context, 我市 by the issuer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg import iri
from kg.model import Document, Mention
from kg.ontology import Ontology

_RANK = {"Country": 0, "Region": 1, "Province": 1, "City": 2, "Zone": 3, "District": 3, "Town": 4}


def resolve(
    mentions: Sequence[Mention], document: Document, ontology: Ontology, issuing_place: str | None
) -> dict[Mention, str]:
    """IRI of each place mention; a deictic or bare mention whose place is not known is left out."""
    family = _family(issuing_place, ontology)
    certain = Counter(
        place for m in mentions if len(m.concepts) == 1 for place in (m.concepts[0], *ontology.ancestors(m.concepts[0]))
    )
    resolved: dict[Mention, str] = {}
    last: str | None = None
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        place = _resolve(mention, ontology, issuing_place, family, certain, last)
        if place is not None:
            resolved[mention] = place
            if mention.concepts:
                last = place
    return resolved


def _family(place: str | None, ontology: Ontology) -> frozenset[str]:
    """The issuing place and those above it, without the country."""
    if place is None:
        return frozenset()
    country = iri.place("CN")
    return frozenset({place, *ontology.ancestors(place)} - {country})


def _resolve(
    mention: Mention,
    ontology: Ontology,
    issuing_place: str | None,
    family: frozenset[str],
    certain: Counter[str],
    last: str | None,
) -> str | None:
    if mention.attribute("deictic"):
        return _deictic(mention.attribute("deictic") or "", ontology, issuing_place)
    if mention.attribute("bare"):
        return _local_zone(mention.attribute("bare") or "", ontology, issuing_place)
    if mention.concepts:
        return _best(mention, ontology, family, certain, last)
    parent = _parent_name(ontology, issuing_place) if mention.label == "Town" else ""
    name = mention.canonical
    found = ontology.find(name, ("Zone",))
    if found:
        return found[0].iri
    return iri.place(parent + name if not name.startswith(parent) else name)


def _deictic(level: str, ontology: Ontology, issuing_place: str | None) -> str | None:
    """我市 of a district's text is the city above it; 我市 of a municipality is the municipality."""
    if issuing_place is None:
        return None
    wanted = {"省": ("Province",), "市": ("City", "Province"), "县": ("District",), "区": ("District", "Zone", "Province"), "州": ("City",)}
    for place in (issuing_place, *ontology.ancestors(issuing_place)):
        concept = ontology.concepts.get(place)
        if concept and concept.kind in wanted.get(level, ()):
            if level == "市" and concept.kind == "Province" and not concept.name.endswith("市"):
                continue
            return place
    # A county-level city says 我市 of itself.
    return issuing_place if level in ("市", "县", "区") else None


def _local_zone(head: str, ontology: Ontology, issuing_place: str | None) -> str | None:
    """高新区 in a city's text: the high-tech zone of that city, when there is one."""
    for place in (issuing_place, *ontology.ancestors(issuing_place or "")):
        concept = ontology.concepts.get(place or "")
        if concept and concept.kind in ("City", "Province"):
            for form in concept.forms:
                found = [z for z in ontology.find(form + head, ("Zone",)) if concept.iri in z.broader]
                if found:
                    return found[0].iri
    return None


def _best(
    mention: Mention, ontology: Ontology, family: frozenset[str], certain: Counter[str], last: str | None
) -> str:
    def key(place: str) -> tuple[int, int, int, int, int, str]:
        concept = ontology.concepts[place]
        above = set(ontology.ancestors(place))
        return (
            -len(({place} | above) & family),
            -(last in above if last else 0),
            -max((certain[a] for a in (above | {place}) if _RANK.get(ontology.concepts[a].kind, 9) >= 1), default=0),
            1 if concept.value("validUntil") else 0,
            _RANK.get(concept.kind, 9),
            place,
        )

    return min(mention.concepts, key=key)


def _parent_name(ontology: Ontology, place: str | None) -> str:
    concept = ontology.concepts.get(place or "")
    return concept.name if concept else ""
