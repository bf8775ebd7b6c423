"""upstreamOf and downstreamOf: what the text calls upstream, material or component of a chain, and what downstream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from kg.model import Entity, Fact, Linked
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.labels import label_of
from kg.relations.lists import Pair, Run, own_topics, runs_between
from kg.relations.scope import clauses, headings_with_topics, sentences, title_industry
from kg.words import Spans, hits_of

Side = Literal["upstream", "middle", "downstream"]

_MARK = re.compile(r"(?<![上中江河])(?:上游|中游|下游)")
_SUPPORTING = re.compile(r"配套(?:产业|材料|环节|链)")
"""What makes a heading or a row upstream without saying so."""
_SIDES: dict[str, Side] = {"上游": "upstream", "中游": "middle", "下游": "downstream"}
_BEFORE_MARK = re.compile(r"等?(?:关键|核心|产业|产业链|全产业链|链条|的)*")
"""Between a list and the mark that sums it up (偏光片等上游材料), or between a chain and its part (光伏产业链上游)."""
_ETC = re.compile(r"(?:产业|技术|产品)?等")
_SHORT = re.compile(
    r"(?:技术|产品|材料|设备)?等?(?:产业链条?|全产业链|产业|领域|行业|环节)?的?(?:关键|核心|重要|基础|薄弱)?"
    r"(?:短板|断点|堵点|弱项|零部件|零配件|元器件|原材料|原辅材料|原辅料|配套)"
)
"""What says that a list is lacking in a chain or goes into it: 偏光片等新型显示产业链短板, 减速器等核心零部件."""
_REACH = 200
"""Characters before a mark in which its sentence may name the chain."""
_LABEL = re.compile(r"[^,;:。]{0,8}(?::|--)")
"""What makes a mark the label of the rest of its block (上游材料：…)."""
_ALONE = re.compile(r"[^,;:。]{0,8}(?:。|$)")
"""What makes it one as a sentence of its own (1. 上游材料。突破…)."""
_NUMBERED = 4
"""Characters of the number before such a sentence at most."""
_CHAIN = re.compile(r"(?:全?产业链|产业链条|产业集群|产业|行业|领域|全链条|整机|整车)")
_SUPPLIES = re.compile(
    r"(?:为|向|与)(?P<whom>[^,;:。]{2,40}?)(?:企业|产业|主机厂|整机厂)?(?:提供|进行|开展|就近|实现)?(?:本地)?(?:配套|对接)"
)
_COMPONENTS = re.compile(r"(?P<of>.{2,}?)(?:关键|核心|重要|基础)?(?:零部件|零配件|元器件|配件|配套)$")


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """upstreamOf and downstreamOf facts of a document."""
    return [*_marked(linked, ontology), *_components(linked, ontology), *_by_name(linked)]


def sides(linked: Linked) -> dict[int, tuple[Side, int]]:
    """Start of a list -> which part of the chain it is said to be, and where the word stands."""
    return linked.view(_sides)


def _sides(linked: Linked) -> dict[int, tuple[Side, int]]:
    text = linked.document.folded
    found: dict[int, tuple[Side, int]] = {}
    block, whole = -1, None
    for index, start, end in sentences(linked):
        if index != block:
            block, whole = index, _side_of_block(linked, index)
        marks = list(_MARK.finditer(text, start, end))
        for number, mark in enumerate(marks):
            stop = marks[number + 1].start() if number + 1 < len(marks) else end
            for run in _marked_runs(linked, text, start, mark, stop):
                found.setdefault(run.start, (_SIDES[mark.group()], mark.start()))
            if _LABEL.match(text, mark.end(), end) or (
                mark.start() - start <= _NUMBERED and _ALONE.match(text, mark.end(), end)
            ):
                whole = (_SIDES[mark.group()], mark.start())
        found_here = runs_between(linked, start, end)
        for run, after in zip(found_here, [*found_here[1:], None], strict=False):
            lacks = after is not None and _ETC.fullmatch(text, run.end, after.start) and _SHORT.match(text, after.end, end)
            parts = _SHORT.match(text, run.end, end)
            if lacks or (parts and (len(run.members) > 1 or "等" in parts.group())):
                found.setdefault(run.start, ("upstream", run.start))
            elif whole:
                found.setdefault(run.start, whole)
    return found


def _side_of_block(linked: Linked, index: int) -> tuple[Side, int] | None:
    """The part of the chain that a whole block is about, by the head of its row or column or by the heading right above."""
    document, block = linked.document, linked.document.blocks[index]
    texts = [block.row, block.column] if block.kind == "cell" else []
    if block.parent >= 0 and block.kind != "heading":
        above = document.blocks[block.parent]
        texts.append(document.folded[above.start : above.end])
    for text in texts:
        marks = {mark.group() for mark in _MARK.finditer(text)}
        if len(marks) == 1:
            return _SIDES[marks.pop()], block.start
        if not marks and _SUPPORTING.search(text):
            return "upstream", block.start
    return None


def _marked_runs(linked: Linked, text: str, start: int, mark: re.Match[str], stop: int) -> list[Run]:
    """The lists that a mark is about: those behind it in its clause, else the one that it sums up."""
    comma = text.find(",", mark.end(), stop)
    right = stop if comma < 0 else comma
    if after := runs_between(linked, mark.end(), right):
        return after
    left = max(start, text.rfind(",", start, mark.start()) + 1)
    before = runs_between(linked, left, mark.start())
    summed = before and _BEFORE_MARK.fullmatch(text, before[-1].end, mark.start())
    return before[-1:] if summed and (len(before[-1].members) > 1 or "等" in text[before[-1].end : mark.start()]) else []


def _marked(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """上游突破A、B；下游推广C: parts of the chain that the sentence, its label or its heading names."""
    where = sides(linked)
    for index, start, end in sentences(linked):
        for run in runs_between(linked, start, end):
            side, mark = where.get(run.start, ("middle", 0))
            if side == "middle":
                continue
            predicate = side + "Of"
            for chain in chains_of(linked, index, (start, end), mark, run):
                for mention, topic in run.members:
                    words = evidence(linked, min(mark, mention.start), max(mention.end, mark + 2), predicate + ".marked", 0.85)
                    yield Fact(topic.iri, predicate, chain[1].iri, (words,))


def chains_of(linked: Linked, index: int, sentence: tuple[int, int], at: int, run: Run) -> list[Pair]:
    """The chain that a list is a part of: what stands right before the mark, a …产业链 of the sentence, the label, the heading, the title."""
    text, (start, end) = linked.document.folded, sentence
    behind = runs_between(linked, run.end, end)[:1]
    if behind and _ETC.fullmatch(text, run.end, behind[0].start) and _SHORT.match(text, behind[0].end, end):
        return list(behind[0].members)
    before = [
        r for r in runs_between(linked, max(start, at - _REACH), at) if r.start != run.start and r.start not in sides(linked)
    ]
    if before and _BEFORE_MARK.fullmatch(text, before[-1].end, at):
        return list(before[-1].members)
    for other in reversed(before):
        if _CHAIN.match(text, other.end, end):
            return list(other.members)
    label = label_of(linked, start)
    if label and label.start != run.start:
        return list(label.members)
    if above := next(iter(headings_with_topics(linked, index)), None):
        return [above]
    title = title_industry(linked)
    return [title] if title else []


def _components(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """A、B等关键零部件: technologies of a clause with a word for materials and parts, outside lists that are marked themselves."""
    text, hits = linked.document.folded, hits_of(linked.document, ontology, "upstream-cues")
    for index, start, end in sentences(linked):
        if not hits.any_within(start, end):
            continue
        for left, right in clauses(text, start, end):
            found = runs_between(linked, left, right) if hits.any_within(left, right) else []
            members = Spans((m.start, m.end) for run in found for m, _ in run.members)
            if all(members.covers(*hit) for hit in hits.within(left, right)):
                continue
            for run in found:
                if run.start in sides(linked):
                    continue
                for chain in _supplied(linked, left, right, run) or chains_of(linked, index, (start, end), left, run):
                    yield from _component_facts(linked, run, chain, (left, right))


def _component_facts(linked: Linked, run: Run, chain: Pair, span: tuple[int, int]) -> Iterator[Fact]:
    for mention, topic in run.members:
        if topic.type == "Technology" and not span[0] <= chain[0].start <= mention.start <= chain[0].end:
            yield Fact(topic.iri, "upstreamOf", chain[1].iri, (evidence(linked, *span, "upstreamOf.component", 0.8),))


def _supplied(linked: Linked, left: int, right: int, run: Run) -> list[Pair]:
    """Whom a list supplies: 改性塑料为汽车、家电企业提供配套."""
    match = _SUPPLIES.search(linked.document.folded, run.end, right)
    return [p for r in runs_between(linked, *match.span("whom")) for p in r.members] if match else []


def _by_name(linked: Linked) -> Iterator[Fact]:
    """工程机械关键零部件 is upstream of 工程机械 where the document speaks of both."""
    named: dict[str, Entity] = {e.name: e for e in linked.entities if e.type in ("Industry", "Technology")}
    for mention, topic in own_topics(linked):
        match = _COMPONENTS.fullmatch(topic.name)
        chain = named.get(match["of"]) if match else None
        if chain:
            words = evidence(linked, mention.start, mention.end, "upstreamOf.name", 0.6)
            yield Fact(topic.iri, "upstreamOf", chain.iri, (words,))
