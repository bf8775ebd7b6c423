"""The full official name and the IRI of an agency, from (place, function) and the issuer's level."""

from __future__ import annotations

from collections.abc import Sequence

from kg import iri
from kg.linking import places
from kg.model import Document, Mention
from kg.ontology import Concept, Ontology

_NAME_BY_KIND = {"Province": "provincialName", "City": "cityName", "District": "districtName", "Zone": "districtName"}
_MUNICIPALITIES = ("110000", "120000", "310000", "500000")


def resolve(
    mentions: Sequence[Mention], document: Document, ontology: Ontology, issuing_place: str | None
) -> dict[Mention, tuple[str, str]]:
    """(IRI, full name) of each agency mention; 市科技局 in a text whose place is not known keeps its own words."""
    resolved = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        function = ontology.concepts.get(mention.attribute("function") or "")
        if mention.rule == "agency.central":
            concept = ontology.concepts[mention.concepts[0]]
            resolved[mention] = (concept.iri, concept.name)
        elif function is None:
            resolved[mention] = _unlisted(mention, document, ontology, issuing_place)
        else:
            place = _place_of(mention, document, ontology, issuing_place)
            resolved[mention] = _listed(mention, function, place, ontology)
    return resolved


def _place_of(mention: Mention, document: Document, ontology: Ontology, issuing_place: str | None) -> str | None:
    if mention.concepts:
        stand_in = Mention(mention.start, mention.end, "City", mention.text, "place.name", mention.concepts)
        return places.resolve([stand_in], document, ontology, issuing_place).get(stand_in)
    level = mention.attribute("level")
    if level:
        stand_in = Mention(mention.start, mention.end, "City", mention.text, "place.deictic", (), "", 1.0, (("deictic", _one(level)),))
        return places.resolve([stand_in], document, ontology, issuing_place).get(stand_in)
    return issuing_place


def _one(level: str) -> str:
    return "省" if level == "自治区" else level


def _unlisted(mention: Mention, document: Document, ontology: Ontology, issuing_place: str | None) -> tuple[str, str]:
    place = _place_of(mention, document, ontology, issuing_place) if mention.concepts else None
    concept = ontology.concepts.get(place or "")
    if concept is None:
        return iri.agency("CN" if place is None else iri.local(place), mention.text), mention.text
    tail = mention.text[len(mention.name) :] if mention.text.startswith(mention.name) else mention.text
    if mention.attribute("zone"):
        tail = "管理委员会" if "党工委" not in tail else tail
    if not tail or tail == mention.text:
        return iri.agency(iri.local(concept.iri), mention.text), mention.text
    return iri.agency(iri.local(concept.iri), tail), concept.name + tail


def _listed(mention: Mention, function: Concept, place: str | None, ontology: Ontology) -> tuple[str, str]:
    concept = ontology.concepts.get(place or "")
    form = mention.attribute("form") or ""
    if concept is None:
        return iri.agency("unknown", mention.text), mention.text
    official = _official(function, concept, form)
    if function.value("party"):
        stem = concept.name + official if official.startswith("委") and official != "委员会" else concept.name + official
        name = "中共" + stem
    elif function.name == "税务":
        name = f"国家税务总局{concept.name}税务局"
    else:
        name = concept.name + official
    return iri.agency(iri.local(concept.iri), function.name), name


def _official(function: Concept, place: Concept, form: str) -> str:
    """The function's name at that place: its own there, else by level; a full form in the text stays as written."""
    code = place.notation
    for entry in function.properties.get("namedIn", ()):
        where, _, name = entry.partition(" ")
        if where == code and not _full(form):
            return name
    if _full(form):
        return form
    key = "municipalName" if code in _MUNICIPALITIES else _NAME_BY_KIND.get(place.kind, "cityName")
    return function.value(key) or form


def _full(form: str) -> bool:
    """Whether a form is a full name already (科学技术局) and not a short one (科技局)."""
    return len(form) >= 5 and form.endswith(("委员会", "局", "厅", "办公室", "人民政府")) or form == "人民政府"
