"""Places: names with codes, districts in lists with one tail (福田、南山等区), towns, zones, and 我市, 全省.

What a name must pass lives in ``ontology/rules-places.ttl``; each kind of name has its module in ``places/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers.places import abbreviations, districts, known, towns, zones
from kg.recognizers.places.names import names_of

_DEICTIC = re.compile(r"(?<![健安])(?:我|全|本)(省|市|县|区|州)(?![a-z]|域块|间|场|值|面)")
_LEVEL = {"省": "Province", "市": "City", "县": "District", "区": "District", "州": "City"}


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Place mentions; where names overlap the longest counts."""
    names = names_of(ontology)
    coded = known.find(document, ontology, found, names)
    home = known.home_of(document, ontology, coded)
    local = [*districts.after_parent(document, names, coded), *districts.at_boundary(document, names, home)]
    mentions = [*coded, *_deictic(document), *local]
    mentions += zones.find(document, ontology, names, [*coded, *local])
    mentions += zones.shortened(document, mentions)
    mentions += districts.listed(document, names, home)
    mentions += towns.find(document, names, coded)
    mentions += abbreviations.provinces(document, ontology, names)
    mentions += abbreviations.joined_cities(document, ontology, home)
    return _without_inner(mentions)


def _deictic(document: Document) -> Iterator[Mention]:
    for match in _DEICTIC.finditer(document.folded):
        word = document.text[match.start() : match.end()]
        attributes = (("deictic", match.group(1)),)
        yield Mention(match.start(), match.end(), _LEVEL[match.group(1)], word, "place.deictic", (), "", 0.9, attributes)


def _without_inner(mentions: list[Mention]) -> list[Mention]:
    """Names of the gazetteer stay; others are dropped inside or across a longer one, but may hold a shorter coded name.

    泉州半导体高新区 keeps the 泉州 inside it, since a place inside a longer name counts as well.
    """
    chosen: list[Mention] = []
    used: dict[int, Mention] = {}
    for m in sorted(
        mentions, key=lambda m: (-(m.end - m.start), m.rule != "place.town-list", not m.concepts, -m.score, m.start, m.rule)
    ):
        holders = [used[position] for position in range(m.start, m.end) if position in used]
        inner = (
            m.rule in ("place.name", "place.local", "place.after-parent")
            and m.label != "Zone"
            and all(h.start <= m.start and m.end <= h.end and h.rule == "place.zone" for h in holders)
        )
        if holders and not inner:
            continue
        used.update(dict.fromkeys(range(m.start, m.end), m))
        chosen.append(m)
    return sorted(chosen, key=lambda m: (m.start, m.end))
