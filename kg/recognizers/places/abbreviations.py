"""One character for a province or city: 粤桂两省, 在渝, 芜马组合港."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from kg.model import Document, Mention
from kg.ontology import Concept, Ontology
from kg.recognizers.places.names import HAN, Names

_SURE = "京津沪渝冀晋蒙辽苏浙皖闽赣鲁豫鄂湘粤桂琼川黔滇陕"
_LOOSE = _SURE + "吉黑贵云藏甘青宁新"
_ABBREVIATED = re.compile(
    rf"(?<![{HAN}])[{_SURE}]{{3,5}}(?![{HAN}])|[{_LOOSE}]{{2,5}}(?=[两三四五]省|[两三四]地|省际|省市|交界|毗邻)"
)
_IN_ABBREVIATED = re.compile(
    rf"(?:(?<=[在来入驻赴])|(?<=落户))([{_SURE}蓉穗深甬杭厦汉郑昆筑邕榕])(?=$|[^{HAN}]|[企高央单院投落创金机设注建经就的])"
)
_DIRECTIONS = "东南西北中内外大上下新"
"""Characters that begin city names but mostly mean something else (南北一体化)."""


def provinces(document: Document, ontology: Ontology, names: Names) -> Iterator[Mention]:
    """粤桂两省, 沪苏浙皖, 在渝, 在蓉: one character for a province or city, only where it can mean nothing else."""
    text = document.folded
    spans = [match.span() for match in _ABBREVIATED.finditer(text)]
    spans += [match.span(1) for match in _IN_ABBREVIATED.finditer(text)]
    for start, end in sorted(set(spans)):
        for position in range(start, end):
            place = names.abbreviation.get(text[position])
            if place:
                concept, word = ontology.concepts[place], document.text[position]
                rule = "place.abbreviation"
                yield Mention(position, position + 1, concept.kind, word, rule, (place,), concept.name, 0.8)


def joined_cities(document: Document, ontology: Ontology, home: frozenset[str]) -> Iterator[Mention]:
    """芜马组合港: cities of the text's own province by their first characters, before a head that joins cities."""
    text = document.folded
    joined = {m.start() for head in ontology.words("city-joining-heads") for m in re.finditer(re.escape(head), text)}
    if not joined:
        return
    first = _by_first_character(ontology, home)
    for head_start in sorted(joined):
        start = head_start
        while start > 0 and text[start - 1] not in _DIRECTIONS and len(first.get(text[start - 1], ())) == 1:
            start -= 1
        if 2 <= head_start - start <= 4:
            for position in range(start, head_start):
                (city,) = first[text[position]]
                word, rule = document.text[position], "place.joined-cities"
                yield Mention(position, position + 1, "City", word, rule, (city.iri,), city.name, 0.7)


@lru_cache(maxsize=64)
def _by_first_character(ontology: Ontology, home: frozenset[str]) -> dict[str, list[Concept]]:
    """First character -> the cities of the provinces that the places of ``home`` are or lie in."""
    provinces = {p for h in home for p in (h, *ontology.ancestors(h)) if ontology.concepts[p].kind == "Province"}
    first: dict[str, list[Concept]] = defaultdict(list)
    for city in ontology.of_kinds("City"):
        if city.value("validUntil") is None and provinces & set(city.broader):
            first[city.name[0]].append(city)
    return dict(first)
