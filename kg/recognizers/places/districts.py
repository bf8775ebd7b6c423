"""Short names of districts and counties: in lists with one tail (福田、南山等区), after their city, at a boundary of words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.model import Document, Mention
from kg.ontology import Concept
from kg.recognizers.places.known import opens
from kg.recognizers.places.names import HAN, Names
from kg.recognizers.places.towns import listed_towns, pieces_of

_RUN = re.compile(rf"[{HAN}]{{2,}}(?:、[{HAN}]{{2,}})*")
_CONJUNCTION = re.compile("[和及与]")
_TAIL = re.compile(
    r"等?(?:[0-9一二三四五六七八九十]{1,3}个)?(?:\(?(?:区|县|市|旗)[、,]?){1,3}\)?(?!域|间|块|位|场|面|方|级)|等地"
)
_AFTER_SHORT = re.compile(rf"$|[^{HAN}]|等|[区县市旗两三四五六七八](?!域)|[的建打发布开创]")
_AFTER_LOCAL = re.compile(
    rf"$|[^{HAN}]|[和及与等]|园区|片区|产业园|工业园|新城|海关|海事|生态环境|税务|公安|气象|(?:生态|工业|空港|临港)?新区|经开区|高新区|港区"
    rf"|(?:高新|经济|工业|高技术|技术)[{HAN}]{{0,6}}(?:开发区|集中区|园区|园)|[{HAN}]{{1,5}}(?:园区|片区|校区|院区|分园)(?![{HAN}])"
    rf"|国家[{HAN}]{{0,8}}(?:产业基地|示范区|开发区|实验区)"
)


def listed(document: Document, names: Names, home: frozenset[str]) -> Iterator[Mention]:
    """福田、南山、宝安等区: the members are districts when several of them are districts of one place."""
    text = document.folded
    shorts = document.view(names.shorts.hits)
    for match in _RUN.finditer(text):
        start, end = match.span()
        if shorts.any_within(start, end) and len(shorts.within(start, end)) >= 2:
            members = _members(text, start, end, names)
            hits = [(s, e) for s, e in members if text[s:e] in names.short]
            if len(hits) >= 2:
                yield from _members_of_one_parent(document, hits, names, home)
        if text.find("、", start, end) >= 0:
            yield from listed_towns(document, start, end, names)


def _members_of_one_parent(
    document: Document, hits: list[tuple[int, int]], names: Names, home: frozenset[str]
) -> Iterator[Mention]:
    text = document.folded
    parents: Counter[str] = Counter()
    for s, e in hits:
        above = {a for c in names.short[text[s:e]] for a in names.above[c.iri] - {c.iri}}
        parents.update(above)
    parent = min(parents, key=lambda p: (-parents[p] - (p in home) * 0.5, -_depth(p), p))
    members = [(s, e) for s, e in hits if any(parent in names.above[c.iri] for c in names.short[text[s:e]])]
    tail = _TAIL.match(text, hits[-1][1])
    needed = 2 if tail or parent in home else 3
    if len(members) < needed:
        return
    for s, e in members:
        here = tuple(c for c in names.short[text[s:e]] if parent in names.above[c.iri])
        concepts = tuple(c.iri for c in here)
        yield Mention(s, e, here[0].kind, document.text[s:e], "place.list", concepts, here[0].name, 0.85)


def _depth(place: str) -> int:
    """Cities before provinces when both have as many members (their codes end in 00 and 0000)."""
    return 0 if place.endswith("0000") else 1


def _members(text: str, start: int, end: int, names: Names) -> list[tuple[int, int]]:
    """Members of a run; the first may have words before its name (支持福田), the last a tail after it (龙岗等区)."""
    pieces = [part for s, e in pieces_of(text, start, end) for part in _at_joint(text, s, e, names)]
    members = []
    for index, (s, e) in enumerate(pieces):
        if text[s:e] in names.short:
            members.append((s, e))
        elif index == 0:
            members += [(e - n, e) for n in (4, 3, 2) if e - n >= s and text[e - n : e] in names.short][:1]
        elif index == len(pieces) - 1:
            ends = [s + n for n in (4, 3, 2) if s + n <= e and text[s : s + n] in names.short and _ends(text, s + n)]
            members += [(s, end) for end in ends[:1]]
        elif text[e - 1] in "区县市旗" and text[s : e - 1] in names.short:
            members.append((s, e - 1))
    return members


def _at_joint(text: str, start: int, end: int, names: Names) -> list[tuple[int, int]]:
    """光明和大鹏等区 in two, where names stand on both sides (和平 is no joint)."""
    for joint in _CONJUNCTION.finditer(text, start + 2, end - 2):
        at = joint.start()
        left = any(text[at - n : at] in names.short for n in (4, 3, 2) if at - n >= start)
        if left and any(text[at + 1 : at + 1 + n] in names.short for n in (4, 3, 2)):
            return [(start, at), (at + 1, end)]
    return [(start, end)]


def _ends(text: str, end: int) -> bool:
    return _AFTER_SHORT.match(text, end, end + 2) is not None


def after_parent(document: Document, names: Names, known: list[Mention]) -> Iterator[Mention]:
    """厦门海沧, 安徽金寨: a district's short name right after the city or province it lies in."""
    text = document.folded
    false = {start for start, _ in document.view(names.not_places.hits).spans}
    for m in known:
        if m.label not in ("Province", "City"):
            continue
        for size in (4, 3, 2):
            short = text[m.end : m.end + size]
            inside = tuple(c for c in names.short.get(short, ()) if names.above[c.iri] & set(m.concepts))
            if inside and m.end not in false:
                concepts = tuple(c.iri for c in inside)
                word = document.text[m.end : m.end + size]
                yield Mention(m.end, m.end + size, inside[0].kind, word, "place.after-parent", concepts, inside[0].name, 0.85)
                break


def at_boundary(document: Document, names: Names, home: frozenset[str]) -> Iterator[Mention]:
    """A short name of a district of the text's own place, between punctuation or prepositions (在南山建设 of Shenzhen)."""
    if not home:
        return
    text = document.folded
    wanted: dict[str, tuple[Concept, ...]] = {}
    for short in sorted({name for place in home for name in names.under.get(place, ())} - names.common):
        inside = tuple(c for c in names.short[short] if c.kind == "District" and names.above[c.iri] & home)
        if inside:
            wanted[short] = inside
    for start, end in document.view(names.shorts.hits).spans:
        here = wanted.get(text[start:end])
        if here and opens(text, start) and _AFTER_LOCAL.match(text, end):
            ids = tuple(c.iri for c in here)
            yield Mention(start, end, "District", document.text[start:end], "place.local", ids, here[0].name, 0.7)
