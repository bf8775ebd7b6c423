"""Development zones and new areas: a place with a zone head (泉州半导体高新区), a name with a head, a head alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers.phrases import Spans
from kg.recognizers.places.names import Names

_NOT_IN_NAME = re.compile(
    r"[的和及与在是有为、等各个按由将把向从到已未不所其该此]|省级|国家级|市级|县级|认定|建设|申报|支持|推进|加快|新增"
)


def find(document: Document, ontology: Ontology, names: Names, known: list[Mention]) -> Iterator[Mention]:
    """A place's name followed by a zone head (泉州半导体高新区), a name with a head (安溪分园区), or a head alone."""
    text = document.folded
    spans = Spans([(m.start, m.end) for m in known])
    found = []
    for m in known:
        match = names.zones.match(text, m.end)
        if not match or m.label not in ("Province", "City", "District") or _NOT_IN_NAME.search(match.group(1)):
            continue
        end = match.end()
        # 陕西省高新技术产业开发区 means all zones of the province, 重庆高新区 one zone.
        if not match.group(1) and m.label == "Province" and not ontology.concepts[m.concepts[0]].name.endswith("市"):
            continue
        if not spans.covers(m.start, end):
            name = _expand(text[m.start : end])
            found.append(Mention(m.start, end, "Zone", document.text[m.start : end], "place.zone", (), name, 0.75))
    yield from found
    spans = Spans([(m.start, m.end) for m in (*known, *found)])
    starts, ends = {m.start for m in (*known, *found)}, {m.end for m in (*known, *found)}
    for match in names.free_zones.finditer(text):
        start, end = match.span(1)[0], match.end()
        name = _expand(text[start:end])
        core = match.group(1)
        # Any verb may stand before a head (推动高新区), so the word must be a known short name or stand in a list of places.
        listed = (text[start - 1 : start] == "、" and start - 1 in ends) or (text[end : end + 1] == "、" and end + 1 in starts)
        named = core in names.short or (listed and not _NOT_IN_NAME.search(core))
        if named and not spans.covers(start, end) and not any(word in name for word in ontology.words("not-zones")):
            yield Mention(start, end, "Zone", document.text[start:end], "place.named-zone", (), name, 0.6)
    for match in names.bare.finditer(text):
        start, end = match.span(1)
        if not spans.covers(start, end):
            bare = (("bare", _expand(match.group(1))),)
            yield Mention(start, end, "Zone", document.text[start:end], "place.bare-zone", (), "", 0.6, bare)


def _expand(name: str) -> str:
    name = re.sub(r"高新区$", "高新技术产业开发区", name)
    return re.sub(r"经开区$", "经济技术开发区", name)
