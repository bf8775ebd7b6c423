"""Topics that speak for themselves, and the lists that they form: A、B（…）和C is one run of three."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from kg.model import Entity, Linked, Mention
from kg.relations.scope import TOPICS
from kg.words import Spans

_BODIES = ("Agency", "Organization", "University", "Institute", "Association", "Company")
_HOSTS = ("园", "园区", "基地", "区", "小镇", "高地", "集群", "走廊", "带", "谷", "港", "城")
"""Tails of projects that are named for the industry they host."""
_PARTS = ("上游", "中游", "下游", "上下游")
_FIRMS = ("Organization", "Company", "University", "Institute")
_SILENT = ("note", "signature", "addressee")
"""Kinds of blocks that state nothing about industries."""
_RESPONSIBLE = re.compile(
    r"(?:责任|牵头|配合|主管|主办|协办|承办|实施|参与|参加|成员|支持)(?:单位|部门|领导|主体)[^:\n。]{0,4}:[^。;)\n]*|\([^()\n]{0,60}(?:局|委|办|厅)(?:[、,)]|[^()\n]{1,80}\))"
)
"""Who is in charge; names of offices hold names of industries that nobody develops there."""
_COUNTED = re.compile(r"[0-9]+(?:余|多)?(?:个|家|座|处|间|所|名|人)")
"""Figures right behind a name: things that are counted (智能工厂20家), no industry."""
_JOINT = re.compile(
    r"(?:产业链|产业集群|产业|行业|领域|集群|技术|产品|项目|类)?(?:\([^()\n]{0,40}\))?(?:(?:、|/)[^、,;:。()\n]{1,12}){0,2}"
    r"(?:、|/|以及|及其|和|与|及|或)"
)
"""What may stand between two members: a tail, a bracket, items that are no topics, and what joins."""

Pair = tuple[Mention, Entity]


@dataclass(frozen=True, slots=True)
class Run:
    """Topics joined in one list, in text order; a single topic is a run of one."""

    members: tuple[Pair, ...]

    @property
    def start(self) -> int:
        return self.members[0][0].start

    @property
    def end(self) -> int:
        return self.members[-1][0].end


def own_topics(linked: Linked) -> tuple[Pair, ...]:
    """Topics outside the names of bodies and of projects but parks, the longest of those that overlap, in text order."""
    return linked.view(_own_topics)


def _own_topics(linked: Linked) -> tuple[Pair, ...]:
    document = linked.document
    named = [(m.start, m.end) for m, e in linked.placed if e.type in _BODIES]
    projects = [m for m, e in linked.placed if e.type == "Project"]
    named += [(m.start, m.end) for m in projects if not m.text.endswith(_HOSTS)]
    parks = Spans([(m.start, m.end) for m in projects])
    bodies = Spans([*named, *(m.span() for m in _RESPONSIBLE.finditer(document.folded))])
    companies = _companies(linked)
    kept: list[Pair] = []
    for mention, entity in linked.placed:
        if entity.type not in TOPICS or (kept and mention.start < kept[-1][0].end):
            continue
        if document.folded.startswith(_PARTS, mention.start):
            continue  # 上游材料 is a part of a chain, no name
        block = document.block_at(mention.start)
        silent = block >= 0 and document.blocks[block].kind in _SILENT
        if silent or bodies.covers(mention.start, mention.end) or _COUNTED.match(document.folded, mention.end):
            continue
        if mention.rule != "topic.vocabulary" and parks.covers(mention.start, mention.end):
            continue
        if mention.start - 1 not in companies and mention.end + 1 not in companies:
            kept.append((mention, entity))
    return tuple(kept)


def _companies(linked: Linked) -> frozenset[int]:
    """Ends of companies before 、 and starts of companies behind it: what stands beside them in a list is a company too."""
    text = linked.document.folded
    spans = [(m.start, m.end) for m, e in linked.placed if e.type in _FIRMS]
    ends = {end for _, end in spans if text[end : end + 1] == "、"}
    return frozenset(ends | {start for start, _ in spans if text[start - 1 : start] == "、"})


def runs(linked: Linked) -> tuple[Run, ...]:
    """The lists of topics of a document, in text order."""
    return linked.view(_runs)[0]


def _runs(linked: Linked) -> tuple[tuple[Run, ...], list[int]]:
    text = linked.document.folded
    grouped: list[list[Pair]] = []
    for pair in own_topics(linked):
        if grouped and _JOINT.fullmatch(text, grouped[-1][-1][0].end, pair[0].start):
            grouped[-1].append(pair)
        else:
            grouped.append([pair])
    found = tuple(Run(tuple(group)) for group in grouped)
    return found, [run.start for run in found]


def runs_between(linked: Linked, start: int, end: int) -> list[Run]:
    """The lists that begin in [start, end)."""
    found, starts = linked.view(_runs)
    first = bisect_right(starts, start - 1)
    last = bisect_right(starts, end - 1)
    return list(found[first:last])
