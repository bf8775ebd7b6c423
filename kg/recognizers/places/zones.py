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

_WEAK_HEADS = frozenset(("示范区", "先行区", "先导区", "合作区", "起步区", "管理区", "高新区", "分园区"))
"""Heads that end names of honors and projects too (…产业示范区)."""
_TOPICAL = re.compile("产业|技术|创新|应用|融合|制造|集群|智能|数字|经济|贸易|发展|服务业|农业|旅游|文化|医疗|健康|装备|材料")
_PARTICLES = "以在于由对从为将把与和及至到向"
_VERB = re.compile(
    "落户|落地|落子|入驻|位于|坐落|依托|支持|推动|推进|加快|建设|布局|围绕|聚焦|做强|做大|打造|联合|会同|其中|包括|驻"
)
_LOCATED = re.compile("(?:落户|落地|落子|入驻|位于|坐落于?|依托|[在于向到至])$")
_SITE = re.compile(
    "$|[^一-鿿]|[和及与等]|建设|布局|开工|投产|举行|打造|发展|承接|投资|新建|设立|落地|揭牌|签约|启动|规划|正式|一期|二期"
)
_ORDINARY = re.compile(
    "国家|省级|产业|城市|现代|工业$|行政|经济|技术|示范|特色|各|该|新型|全域|综合|重点|主要|核心|老|高端|创新|科技$|生态$|国际$|沿海|跨境|海外|境外|域外|周边|相关|未来|先进|一流"
)
_BODY = re.compile("管委会|管理委员会|党工委")
_PART = re.compile("([一-鿿]{2,4}?)(?:(?:片区|园区|分区|科学城)(?![一-鿿])|新城|组团)")
_SHORT = re.compile(r"\((?:以下|下文)?(?:简称)?[:\"]?([一-鿿]{1,7}(?:区|基地|城|港|园))\"?\)")


def find(document: Document, ontology: Ontology, names: Names, known: list[Mention]) -> list[Mention]:
    """A place's name followed by a zone head (泉州半导体高新区), a name with a head (安溪分园区), or a head alone."""
    found = list(_after_places(document, ontology, names, known))
    for _ in range(2):  # a name in a list vouches for the next one, in both directions
        found += _named(document, ontology, names, [*known, *found])
    found += _nested(document, [*known, *found])
    spans = Spans([(m.start, m.end) for m in (*known, *found)])
    for match in names.bare.finditer(document.folded):
        start, end = match.span(1)
        if not spans.covers(start, end):
            bare = (("bare", _expand(match.group(1))),)
            found.append(Mention(start, end, "Zone", document.text[start:end], "place.bare-zone", (), "", 0.6, bare))
    return found


def _after_places(document: Document, ontology: Ontology, names: Names, known: list[Mention]) -> Iterator[Mention]:
    text = document.folded
    spans = Spans([(m.start, m.end) for m in known])
    for m in known:
        match = names.zones.match(text, m.end)
        if not match or m.label not in ("Province", "City", "District") or _NOT_IN_NAME.search(match.group(1)):
            continue
        start, end = m.start, match.end()
        # 陕西省高新技术产业开发区 means all zones of the province, 重庆高新区 one zone.
        if not match.group(1) and m.label == "Province" and not ontology.concepts[m.concepts[0]].name.endswith("市"):
            continue
        # 长三角纺织产业示范区 is an honor or a project, 上合示范区 a place.
        if match.group(2) in _WEAK_HEADS and _TOPICAL.search(match.group(1)):
            continue
        if not spans.covers(start, end):
            name = _expand(text[start:end])
            yield Mention(start, end, "Zone", document.text[start:end], "place.zone", (), name, 0.75)


def _named(document: Document, ontology: Ontology, names: Names, known: list[Mention]) -> Iterator[Mention]:
    """柳东新区, 安溪分园区: a word before a head, when the word is a known short name or the text treats it as a place."""
    text = document.folded
    spans = Spans([(m.start, m.end) for m in known])
    starts, ends = {m.start for m in known}, {m.end for m in known}
    for match in names.free_zones.finditer(text):
        start, end = match.span(1)[0], match.end()
        core = match.group(1)
        while len(core) > 2 and core[0] in _PARTICLES:
            start, core = start + 1, core[1:]
        lead = _VERB.match(core)
        if lead and len(core) - lead.end() >= 2:
            start, core = start + lead.end(), core[lead.end() :]
        name = _expand(text[start:end])
        if spans.covers(start, end) or any(word in name for word in ontology.words("not-zones")):
            continue
        # Any verb may stand before a head (推动高新区), so more must speak for a name than the head.
        listed = (text[start - 1 : start] == "、" and start - 1 in ends) or (text[end : end + 1] == "、" and end + 1 in starts)
        located = _LOCATED.search(text, max(0, start - 4), start) is not None and _SITE.match(text, end) is not None
        plain = not _ORDINARY.search(core) and (not _NOT_IN_NAME.search(core) or located and len(core) == 2)
        if core in names.short or (plain and (listed or located or _BODY.match(text, end))):
            yield Mention(start, end, "Zone", document.text[start:end], "place.named-zone", (), name, 0.6)


def _nested(document: Document, known: list[Mention]) -> Iterator[Mention]:
    """西咸新区泾河新城: a part of a zone, named right behind it."""
    for zone in known:
        match = _PART.match(document.folded, zone.end) if zone.label == "Zone" else None
        if match and not _NOT_IN_NAME.search(match.group(1)) and not _ORDINARY.search(match.group(1)):
            start, end = match.span()
            yield Mention(start, end, "Zone", document.text[start:end], "place.nested-zone", (), "", 0.65)


def shortened(document: Document, places: list[Mention]) -> Iterator[Mention]:
    """阎良国家航空高技术产业基地（航空基地）: the short name behind a zone, wherever it stands alone later."""
    text = document.folded
    for zone in places:
        match = _SHORT.match(text, zone.end) if zone.label == "Zone" else None
        if match is None or not _is_short_for(match.group(1), text[zone.start : zone.end]):
            continue
        for start in _occurrences(text, match.group(1), zone.end):
            end = start + len(match.group(1))
            rule, name = "place.short-zone", zone.canonical
            yield Mention(start, end, "Zone", document.text[start:end], rule, zone.concepts, name, 0.7)


def _is_short_for(short: str, name: str) -> bool:
    """Whether the characters of a short name stand in the full name in the same order."""
    rest = iter(name)
    return len(short) < len(name) and all(char in rest for char in short)


def _occurrences(text: str, word: str, start: int) -> Iterator[int]:
    at = text.find(word, start)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _expand(name: str) -> str:
    name = re.sub(r"高新区$", "高新技术产业开发区", name)
    return re.sub(r"经开区$", "经济技术开发区", name)
