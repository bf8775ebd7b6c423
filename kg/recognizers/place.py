"""Places: names with codes, districts in lists with one tail (福田、南山等区), towns, zones, and 我市, 全省."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Document, Mention
from kg.ontology import Concept, Ontology
from kg.recognizers import CANDIDATE
from kg.recognizers.phrases import Spans

_DEICTIC = re.compile(r"(?:我|全|本)(省|市|县|区|州)(?![a-z]|域块|间)")
_LEVEL = {"省": "Province", "市": "City", "县": "District", "区": "District", "州": "City"}
_NAME = r"(?:(?!等|各|和|及)[一-鿿]){2,4}?"
_RUN = re.compile(rf"[一-鿿]{{2,5}}(?:、{_NAME}(?=[区县市]?[、和及等各,，。;；)]|[区县市](?:建|打|布|发|形|等|开|为)))+(?:(?:和|及){_NAME}(?=[区县市]?(?:等|各|,|，|。|两|[0-9])))?")
_TAIL = re.compile(r"等?(?:[0-9一二三四五六七八九十]{1,3}个)?(?:区县|县区|市区|各?区|县|市|地|州)(?!域|间|块|位|场|面|方)")
_TOWN = re.compile(r"(?:^|(?<=[、，,。;；(和及与在至于市区县镇道以将:\s]))([一-鿿]{2,4}?(?:街道|镇|乡))(?![一-鿿]?(?:企|级|域|村|政))")
_BEFORE_ZONE = re.compile(r"[一-鿿()]{0,6}?$")


@dataclass(frozen=True)
class _Names:
    short: dict[str, tuple[Concept, ...]]
    """Short district name -> districts (南山 -> 南山区 of 深圳 and of 鹤岗)."""
    zones: re.Pattern[str]
    bare: frozenset[str]
    not_towns: tuple[str, ...]
    not_places: tuple[str, ...]


@lru_cache(maxsize=2)
def _names(ontology: Ontology) -> _Names:
    short: dict[str, list[Concept]] = defaultdict(list)
    for concept in ontology.of_kinds("District", "Zone"):
        for name in concept.properties.get("shortName", ()):
            short[name].append(concept)
    heads = "|".join(map(re.escape, ontology.words("zone-heads")))
    return _Names(
        short={name: tuple(found) for name, found in short.items()},
        zones=re.compile(rf"([一-鿿]{{0,7}}?)({heads})"),
        bare=ontology.word_set("bare-zones"),
        not_towns=ontology.words("not-towns"),
        not_places=ontology.words("not-places"),
    )


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Place mentions; where names overlap the longest counts."""
    names = _names(ontology)
    text = document.folded
    known = _longest(_known(document, ontology, found, names))
    taken = Spans([(m.start, m.end) for m in known])
    mentions = [*known, *_deictic(document)]
    mentions += [m for m in _lists(document, ontology, names, known) if not taken.covers(m.start, m.end)]
    mentions += _after_city(document, names, known)
    mentions += _towns(document, names)
    mentions += _zones(document, ontology, names, known)
    return _without_inner(mentions, text)


def _known(document: Document, ontology: Ontology, found: Sequence[Mention], names: _Names) -> Iterator[Mention]:
    text = document.folded
    for m in found:
        if m.rule != CANDIDATE:
            continue
        concepts = tuple(c for c in m.concepts if ontology.is_a(ontology.concepts[c].kind, "Place"))
        if concepts and not _inside_word(text, m, names):
            yield Mention(m.start, m.end, ontology.concepts[concepts[0]].kind, m.text, "place.name", concepts, "", 0.95)


def _inside_word(text: str, m: Mention, names: _Names) -> bool:
    return any(
        position >= 0 and position <= m.start and m.end <= position + len(word)
        for word in names.not_places
        if (position := text.find(word, max(0, m.start - len(word)), m.end + len(word))) >= 0
    )


def _longest(mentions: Iterator[Mention]) -> list[Mention]:
    chosen: list[Mention] = []
    last = 0
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if m.start >= last:
            chosen.append(m)
            last = m.end
    return chosen


def _deictic(document: Document) -> Iterator[Mention]:
    for match in _DEICTIC.finditer(document.folded):
        level = _LEVEL[match.group(1)]
        yield Mention(
            match.start(), match.end(), level, document.text[match.start() : match.end()], "place.deictic", (), "", 0.9,
            (("deictic", match.group(1)),),
        )  # fmt: skip


def _lists(document: Document, ontology: Ontology, names: _Names, known: list[Mention]) -> Iterator[Mention]:
    """福田、南山、宝安等区: the members are districts when most of them bear a district's short name."""
    text = document.folded
    known_texts = {m.text for m in known}
    for match in _RUN.finditer(text):
        tail = _TAIL.match(text, match.end())
        members = _members(text, match.start(), match.end())
        hits = [(s, e) for s, e in members if text[s:e] in names.short]
        others = sum(1 for s, e in members if text[s:e] in known_texts)
        ends_itself = text[match.end() - 1] in "区县市"
        if not (tail or ends_itself) and others < 2:
            continue
        if (len(hits) + others) * 2 <= len(members) and not (tail and len(hits) >= 2):
            continue
        for s, e in hits:
            concepts = tuple(c.iri for c in names.short[text[s:e]])
            name = ontology.concepts[concepts[0]].name
            yield Mention(s, e, "District", document.text[s:e], "place.list", concepts, name, 0.85)


def _members(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Members of a run; words before the first and after the last name (支持福田 → 福田) are cut to a 2–3 character name."""
    spans = []
    for match in re.finditer(r"[^、和]+", text[start:end]):
        spans.append((start + match.start(), start + match.end()))
    first_start, first_end = spans[0]
    if first_end - first_start > 2:
        spans[0] = (first_end - 2, first_end)
    last_start, last_end = spans[-1]
    for stop in ("等", "各"):
        position = text.find(stop, last_start, last_end)
        if position > last_start:
            last_end = position
    if text[last_end - 1 : last_end] in ("区", "县", "市") and last_end - last_start == 3:
        last_end -= 1
    spans[-1] = (last_start, last_end)
    return spans


def _after_city(document: Document, names: _Names, known: list[Mention]) -> Iterator[Mention]:
    """厦门海沧: a district's short name right after its own city's name."""
    text = document.folded
    for m in known:
        for size in (3, 2):
            short = text[m.end : m.end + size]
            inside = tuple(c for c in names.short.get(short, ()) if set(c.broader) & set(m.concepts))
            if inside and text[m.end + size : m.end + size + 1] not in ("区", "县", "市"):
                yield Mention(
                    m.end, m.end + size, inside[0].kind, document.text[m.end : m.end + size], "place.after-city",
                    tuple(c.iri for c in inside), inside[0].name, 0.85,
                )  # fmt: skip
                break


def _towns(document: Document, names: _Names) -> Iterator[Mention]:
    text = document.folded
    for match in _TOWN.finditer(text):
        name = match.group(1)
        core = re.sub(r"(?:街道|镇|乡)$", "", name)
        if len(core) < 2 or any(name.endswith(w) for w in names.not_towns) or re.search(r"[的各等个全和及与或]", core):
            continue
        start, end = match.start(1), match.end(1)
        yield Mention(start, end, "Town", document.text[start:end], "place.town", (), "", 0.7)


def _zones(document: Document, ontology: Ontology, names: _Names, known: list[Mention]) -> Iterator[Mention]:
    """A place's name followed by a zone head (泉州半导体高新区), or a head alone for the local zone."""
    text = document.folded
    spans = Spans([(m.start, m.end) for m in known])
    for m in known:
        match = names.zones.match(text, m.end)
        if match and not re.search(r"[的和及与在是有为、]", match.group(1)) and m.label in ("Province", "City", "District"):
            end = match.end()
            if not spans.covers(m.start, end):
                name = _expand(text[m.start : end])
                yield Mention(m.start, end, "Zone", document.text[m.start : end], "place.zone", (), name, 0.75)
    for head in sorted(names.bare):
        for match in re.finditer(rf"(?:^|(?<=[、,。;(和及与在于\n]))({head})(?![一-鿿]?(?:等|内|认定|、))", text):
            start, end = match.span(1)
            if not spans.covers(start, end):
                bare = (("bare", _expand(head)),)
                yield Mention(start, end, "Zone", document.text[start:end], "place.bare-zone", (), "", 0.6, bare)


def _expand(name: str) -> str:
    name = re.sub(r"高新区$", "高新技术产业开发区", name)
    return re.sub(r"经开区$", "经济技术开发区", name)


def _without_inner(mentions: list[Mention], text: str) -> list[Mention]:
    """Drop mentions that lie inside a longer place name, except where the longer one has no code and the inner one has."""
    kept = []
    spans = Spans([(m.start, m.end) for m in mentions if m.concepts])
    seen: set[tuple[int, int]] = set()
    for m in sorted(mentions, key=lambda m: (m.start, -m.end, not m.concepts)):
        if (m.start, m.end) in seen or (not m.concepts and spans.covers(m.start, m.end)):
            continue
        seen.add((m.start, m.end))
        kept.append(m)
    return kept
