"""Which place a mention is: homonyms by context, 我市 by the issuer, names without a code by their own name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from kg import iri
from kg.model import Document, Mention
from kg.ontology import Concept, Ontology

_RANK = {"Country": 0, "Region": 1, "Province": 1, "City": 2, "Zone": 3, "District": 3, "Town": 4}
_DEICTIC_KINDS = {
    "省": ("Province",),
    "市": ("City", "Province"),
    "县": ("District",),
    "区": ("District", "Zone", "Province"),
    "州": ("City",),
    "盟": ("City",),
    "旗": ("District",),
    "地区": ("City",),
}
_OWN_LEVELS = frozenset(("师市", "新区", "园区", "示范区", "开发区", "高新区", "经开区"))
"""Levels that only the issuer itself can be."""
_NOTHING: Counter[str] = Counter()
"""The places that a mention alone makes certain."""
_NEAR = 40
"""Characters within which an earlier place still counts as the neighbor of the next (在深圳市的南山、宝安)."""


def resolve(
    mentions: Sequence[Mention], document: Document, ontology: Ontology, issuing_place: str | None
) -> dict[Mention, str]:
    """IRI of each place mention; a deictic or bare mention whose place is not known is left out.

    The parent of a homonym is looked for in the issuing place, then just before the mention, then in the places the text
    names without doubt; what is left goes to the current one of the higher level.
    """
    family = _family(issuing_place, ontology)
    certain = Counter(
        place for m in mentions if len(m.concepts) == 1 for place in (m.concepts[0], *ontology.ancestors(m.concepts[0]))
    )
    resolved: dict[Mention, str] = {}
    last: tuple[str, int] | None = None
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        gap = mention.start - last[1] if last else _NEAR + 1
        near = last[0] if last and gap <= _NEAR else None
        place = _resolve(mention, ontology, issuing_place, family, certain, near)
        if place is not None and near is not None and gap == 1:
            place = _sibling(mention, ontology, near, place)
        if place is not None:
            resolved[mention] = place
            if mention.concepts:
                last = (place, mention.end)
    return resolved


def resolve_alone(mention: Mention, ontology: Ontology, issuing_place: str | None) -> str | None:
    """IRI of one place mention, whatever else the text names (the place in the name of a body)."""
    return _resolve(mention, ontology, issuing_place, _family(issuing_place, ontology), _NOTHING, None)


def name_of(place_iri: str, ontology: Ontology) -> str:
    """The official name of a place with a vocabulary entry, empty for others."""
    concept = ontology.concepts.get(place_iri)
    return concept.name if concept else ""


@lru_cache(maxsize=1024)
def _family(place: str | None, ontology: Ontology) -> frozenset[str]:
    """The issuing place and those above it, without the country."""
    if place is None:
        return frozenset()
    return frozenset({place, *ontology.ancestors(place)} - {iri.place("CN")})


def _resolve(
    mention: Mention,
    ontology: Ontology,
    issuing_place: str | None,
    family: frozenset[str],
    certain: Counter[str],
    near: str | None,
) -> str | None:
    if mention.attribute("deictic"):
        return _deictic(mention.attribute("deictic") or "", ontology, issuing_place)
    if mention.attribute("bare"):
        return local_zone(mention.attribute("bare") or "", ontology, issuing_place)
    if mention.concepts:
        return _best(mention, ontology, family, certain, near)
    return uncoded(mention.label, mention.canonical, ontology, issuing_place, near)


def uncoded(kind: str, name: str, ontology: Ontology, issuing_place: str | None, near: str | None = None) -> str:
    """A town or zone that no list has: the vocabulary's zone of that name, else the name with its parent before it."""
    parent = _parent_name(ontology, issuing_place, near if kind == "Town" else None)
    city_zone = f"{name[:-3]}经济技术开发区" if name.endswith("开发区") else name
    for form in (name, parent + name, city_zone):
        found = ontology.find(form, ("Zone",))
        if found:
            return found[0].iri
    if kind != "Town" or name.startswith(parent):
        return iri.place(name)
    return iri.place(parent + name)


def _sibling(mention: Mention, ontology: Ontology, near: str, place: str) -> str:
    """In a list the members have one parent and level: 吉林 in 长春、吉林、四平 is the city."""
    concept = ontology.concepts.get(near)
    if concept is None or len(mention.concepts) < 2:
        return place
    same = [c for c in mention.concepts if c != near and _pair(ontology.concepts[c]) == _pair(concept)]
    return same[0] if len(same) == 1 else place


def _pair(concept: Concept) -> tuple[str, tuple[str, ...]]:
    return concept.kind, concept.broader


def _parent_name(ontology: Ontology, issuing_place: str | None, near: str | None) -> str:
    """Name of the place a town belongs to: a county or city named just before it, else the issuing place."""
    concept = ontology.concepts.get(near or "")
    if concept is None or concept.kind not in ("District", "City"):
        concept = ontology.concepts.get(issuing_place or "")
    return concept.name if concept else ""


def _deictic(level: str, ontology: Ontology, issuing_place: str | None) -> str | None:
    """我市 of a district's text is the city above it; a county-level city and a municipality say it of themselves."""
    if issuing_place is None:
        return None
    for place in (issuing_place, *ontology.ancestors(issuing_place)):
        concept = ontology.concepts.get(place)
        if concept and _says(level, concept, own=place == issuing_place):
            return place
    return None


def _says(level: str, concept: Concept, *, own: bool) -> bool:
    if level == "市" and own and concept.kind == "District" and concept.name.endswith("市"):
        return True
    if level in _OWN_LEVELS:
        return own and (concept.kind == "Zone" or level == "师市" or level == "新区" and concept.name.endswith("新区"))
    if concept.kind not in _DEICTIC_KINDS.get(level, ()):
        return False
    if level in ("盟", "旗", "地区"):
        return concept.name.endswith(level)
    if concept.kind == "Province":
        return concept.name.endswith({"市": "市", "区": "自治区", "省": "省"}[level])
    if concept.kind == "District":
        return concept.name.endswith(("县", "旗") if level == "县" else ("区",))
    return True


def local_zone(head: str, ontology: Ontology, issuing_place: str | None) -> str | None:
    """高新区 in a city's text: the high-tech zone of that city, when there is one."""
    for place in (issuing_place, *ontology.ancestors(issuing_place or "")):
        concept = ontology.concepts.get(place or "")
        if concept and concept.kind in ("City", "Province", "District"):
            for form in concept.forms:
                found = [z for z in ontology.find(form + head, ("Zone",)) if concept.iri in z.broader]
                if found:
                    return found[0].iri
    return None


def _best(mention: Mention, ontology: Ontology, family: frozenset[str], certain: Counter[str], near: str | None) -> str:
    def key(place: str) -> tuple[bool, bool, int, bool, int, int, str]:
        concept = ontology.concepts[place]
        above = {place, *ontology.ancestors(place)}
        support = max((certain[a] for a in above if ontology.concepts[a].kind != "Country"), default=0)
        return (
            bool(mention.name) and mention.name != concept.name,  # 海沧 read as 海沧区 is no zone of that name
            near is None or near not in above,
            -len(above & family),
            concept.value("validUntil") is not None,
            -support,
            _RANK.get(concept.kind, 9),
            place,
        )

    return min(mention.concepts, key=key)
