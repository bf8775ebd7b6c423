"""Whose document this is: the place and agency that 我市, 全市 and 市工信局 refer to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg import iri
from kg.folding import fold
from kg.linking import agencies
from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.words import Words

_DEICTIC = re.compile(r"(?:我|全|本)(省|市|县|区|州)(?!域|间)")
_KINDS = {
    "省": ("Province",),
    "市": ("City", "Province", "District"),
    "县": ("District",),
    "区": ("District", "Zone"),
    "州": ("City",),
}
_HEAD = 400
_SIGNED = re.compile(r"[一-鿿]{0,20}\s{0,4}[12][0-9]{3}\s?年\s?[0-9]{1,2}\s?月\s?[0-9]{1,2}\s?日")
_OPENS = re.compile(r"(?:[、 ][^关\n]{2,40}|等[0-9一二三四五六七八九十]*个?(?:部门|单位|部委))?关于")
"""What follows the body that opens a title: more bodies, 等七部门, and 关于."""
_DATELINE = re.compile(r"[0-9]{1,2}月[0-9]{1,2}日(?:电|讯|消息)")
_SEPARATE = ("710000", "810000", "820000")
"""Codes of places whose own documents are not of this kind; 港澳台 is said in every province's texts."""


@dataclass(frozen=True)
class Issuer:
    """Place and agency behind a document; None where the text does not tell."""

    place_iri: str | None = None
    agency_iri: str | None = None
    agency_name: str | None = None


def find_issuer(document: Document, ontology: Ontology, mentions: Sequence[Mention]) -> Issuer:
    """Weigh title, letterhead, document number, signature, publisher and frequency, in that order."""
    scores: Counter[str] = Counter()
    places_named = [m for m in mentions if m.concepts and ontology.is_a(m.label, "Place")]
    starts = {m.start for m in places_named}
    for mention in places_named:
        place = _plain(mention, ontology)
        concept = ontology.concepts[place]
        if concept.kind != "Country":
            weight = _weight(document, mention)
            if mention.end in starts:
                weight //= 4  # 深圳市 in 深圳市龙岗区: the district speaks
            scores[place] += weight // 3 if concept.kind == "Region" else weight
    for place in _by_number(document, ontology):
        scores[place] += 60
    for place in _by_publisher(document, ontology):
        scores[place] += 20
    in_full = {_plain(m, ontology) for m in places_named if m.text.endswith(("省", "市", "县", "区", "州", "盟"))}
    best = _choose(scores, document, ontology, in_full)
    body = _body(document, ontology, mentions, best)
    if body and body[0].startswith(iri.BASE + "agency/CN/") and scores.get(best or "", 0) < 60:
        best = None  # a central body's text, whatever places it names
    return Issuer(best, *body) if body else Issuer(best)


def _body(document: Document, ontology: Ontology, mentions: Sequence[Mention], place: str | None) -> tuple[str, str] | None:
    """(IRI, name) of the body that signs, or else opens the title line; None in news, which say who issued in their own words."""
    signed: list[Mention] = []
    opening: list[Mention] = []
    for mention in mentions:
        if mention.label != "Agency":
            continue
        index = document.block_at(mention.start)
        block = document.blocks[index] if index >= 0 else None
        if block is None:
            continue
        alone = mention.end - mention.start >= len(document.quote(block.start, block.end).strip()) - 2
        if block.kind == "signature" and alone or _SIGNED.match(document.folded, mention.end):
            signed.append(mention)
        elif mention.start == block.start and mention.start < _HEAD and _OPENS.match(document.folded, mention.end):
            opening.append(mention)
    chosen = signed[:1] or opening[:1]
    return agencies.resolve(chosen, document, ontology, place).get(chosen[0]) if chosen else None


def _plain(mention: Mention, ontology: Ontology) -> str:
    """The most likely concept without context: a current one, the highest level first."""
    rank = {"Province": 0, "City": 1, "Region": 2, "Zone": 3, "District": 4}
    return min(
        mention.concepts,
        key=lambda c: (
            bool(mention.name) and mention.name != ontology.concepts[c].name,
            ontology.concepts[c].value("validUntil") is not None,
            rank.get(ontology.concepts[c].kind, 9),
            c,
        ),
    )


def _weight(document: Document, mention: Mention) -> int:
    index = document.block_at(mention.start)
    block = document.blocks[index] if index >= 0 else None
    if block is None:
        return 1
    if _DATELINE.match(document.folded, mention.end):
        return 0
    if block.kind == "addressee":
        return 1
    if block.kind == "title":
        # The place that opens a title issues it: 深圳市…行动计划, 成都集成电路《实施细则》.
        return 60 if mention.start - block.start <= 4 else 40
    if block.kind == "signature" or _SIGNED.match(document.folded, mention.end):
        return 40
    if mention.start < _HEAD:
        opens = document.folded[max(0, mention.start - 1) : mention.start] in ("", "\n", "《")
        return 30 if opens else 8
    return 2


def _by_number(document: Document, ontology: Ontology) -> list[str]:
    """渝府发〔2021〕29号: the province by its abbreviation."""
    number = document.metadata.number or ""
    if not number or number[0] not in document.text[: _HEAD * 2]:
        return []
    return [c.iri for c in ontology.of_kinds("Province") if number[0] in c.properties.get("abbreviation", ())]


def _by_publisher(document: Document, ontology: Ontology) -> list[str]:
    publisher = fold(document.metadata.publisher or "")
    if not publisher:
        return []
    cities = _cities(ontology)
    named = min((number for _, _, number in cities.names.find(publisher)), default=None)
    return [] if named is None else [cities.places[named]]


@dataclass(frozen=True)
class _Cities:
    names: Words
    """Folded names of provinces and cities, provinces first."""
    places: tuple[str, ...]
    """IRI of the place that each name means first of all."""


@lru_cache(maxsize=2)
def _cities(ontology: Ontology) -> _Cities:
    places: dict[str, str] = {}
    for concept in ontology.of_kinds("Province", "City"):
        for form in concept.forms:
            if len(form) > 1:
                places.setdefault(fold(form), concept.iri)
    return _Cities(Words(places), tuple(places.values()))


def _choose(scores: Counter[str], document: Document, ontology: Ontology, in_full: set[str]) -> str | None:
    if not scores:
        return None
    spoken = Counter(m.group(1) for m in _DEICTIC.finditer(document.folded))
    kinds = _KINDS[spoken.most_common(1)[0][0]] if spoken else ()
    country = iri.place("CN")

    def total(place: str) -> float:
        # A city named in a province's text is not the issuer; a province named above a city in its text is not either.
        fits = 1.5 if ontology.concepts[place].kind in kinds else 1.0
        return fits * scores[place]

    ranked = sorted((p for p in scores if p != country), key=lambda p: (-total(p), p))
    if ranked and scores[ranked[0]] >= 8:
        return ranked[0]
    # 我市 all over, and one city named at all: its text.
    fitting = [p for p in ranked if p in in_full and ontology.concepts[p].kind in kinds and iri.local(p) not in _SEPARATE]
    return fitting[0] if len(fitting) == 1 else None
