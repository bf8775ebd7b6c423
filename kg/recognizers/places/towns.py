"""Towns, townships and subdistricts: no list has them all, so they are known by their tails."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Mention
from kg.recognizers.places.names import HAN, Names
from kg.words import anchored

_PIECE = re.compile("[^、]+")
_TOWN = re.compile(
    rf"(?:^|(?<=[^{HAN}]|[和及与在至于以将由向区市县镇道乡旗州盟]))"
    rf"((?:(?![的和及与在是有为等各个按由将把向从到已未不所其该此至以于对])[{HAN}]){{2,5}}?)(街道|镇|乡)(?![村级域企建土贤愁亲情风镇街])"
)
_TOWN_TAIL = re.compile("街道|镇|乡")
_TOWN_LIST = re.compile(
    rf"([{HAN}]{{2,3}}?)(?:[和及与]([{HAN}]{{2,3}}?))?等(?:[0-9一二三四五六七八九十]{{1,3}}个)?"
    r"(镇\(?街道?\)?|街镇|乡镇|镇|街道|乡)(?![村域企建土])"
)

_PARTICLES = "在于对和由与向及将把为以至到省市区县旗"


def listed_towns(document: Document, start: int, end: int, names: Names) -> Iterator[Mention]:
    """坦洲、板芙等镇: the members are towns."""
    text = document.folded
    pieces = pieces_of(text, start, end)
    match = _TOWN_LIST.match(text, pieces[-1][0], end) if len(pieces) > 1 else None
    if not match:
        return
    first_start, first_end = pieces[0]
    if text[first_start : first_end - 2] in names.town_leads or text[first_end - 3 : first_end - 2] in tuple(_PARTICLES):
        pieces[0] = (first_end - 2, first_end)
    pieces[-1:] = [match.span(group) for group in (1, 2) if match.group(group)]
    tail = match.group(3) if match.group(3) in ("街道", "乡") else "镇"  # of 镇街 most are towns
    for s, e in pieces:
        if 2 <= e - s <= 3:
            name = text[s:e] + tail
            yield Mention(s, e, "Town", document.text[s:e], "place.town-list", (), name, 0.75)


def find(document: Document, names: Names, known: list[Mention]) -> Iterator[Mention]:
    text = document.folded
    end_of = {m.start: m.end for m in known}
    for match in anchored(_TOWN, _TOWN_TAIL, text, before=5):
        start, end = match.start(1), match.end()
        if end - match.start(2) == 1 and end_of.get(match.start(2), 0) > end:
            continue  # 江苏镇江: the tail begins another place
        if end_of.get(start, end) < match.end(1):  # 临海市杜桥镇: the town begins after the city.
            start = end_of[start]
        lead = next((w for w in names.town_leads if text.startswith(w, start)), "")
        core = text[start + len(lead) : match.end(1)]
        if len(core) < 2:
            lead, core = ("", text[start : match.end(1)]) if len(lead) < 2 else (lead, "")
        name = core + match.group(2)
        if not 2 <= len(core) <= 4 or any(name.endswith(word) for word in names.not_towns):
            continue
        # 黄家寿镇党委书记 may be a person and an office; a real town is named more than once.
        if len(core) > 2 and text.startswith(("党委", "副镇", "镇长"), end) and text.count(name) < 2:
            continue
        start += len(lead)
        yield Mention(start, end, "Town", document.text[start:end], "place.town", (), "", 0.7)


def pieces_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a list joined by 、."""
    return [match.span() for match in _PIECE.finditer(text, start, end)]
