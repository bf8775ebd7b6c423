"""partOf between industries: what the text lists under an industry, sums up with it, or puts in its brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Fact, Linked
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.development import ground_of, is_excluded
from kg.relations.labels import is_focus_cell, label_of, labels
from kg.relations.lists import Pair, Run, runs_between
from kg.relations.scope import headings_with_topics, is_umbrella, sentences, title_industry
from kg.relations.streams import sides
from kg.words import hits_of

_SUMMARY = re.compile(
    r"(?:产业|行业|领域|技术|产品)?(?:等(?:[0-9一二三四五六七八九十]+(?:大|个|类|条)|一批|若干|多个)?|[0-9一二三四五六七八九十]+大|(?=为))"
    r"(?:为(?:代表|主|主体|主导|重点|核心|支撑|引领|特色)的)?(?:特色|优势|重点|现代|高端|先进|主要|新型)?"
)
"""What sums up a list before the industry that it belongs to: 等, 等3大, 三大, 等为代表的."""
_SHORT = re.compile(
    r"(?:全?产业链条?|产业|领域)?(?:的)?(?:关键|核心)?(?:短板|断点|堵点|缺失|薄弱|配套|上游|下游|零部件|材料|应用|企业)"
)
"""What follows an industry that is not summed up but lacks or is supplied by what is listed."""
_BRACKET = re.compile(r"(?:产业链|产业集群|产业|行业|领域|集群)?\((?:主要)?(?:含|包括|包含|涵盖|即|指)?")
_INCLUDES = re.compile(r"(?:产业链|产业集群|产业|行业|领域|集群)?(?:主要|具体|重点)?(?:包括|包含|分为|细分为|可分为)")
_SEGMENTS = re.compile(
    r"(?:产业|行业|领域|技术|产品)?等?(?:[0-9一二三四五六七八九十]+(?:大|个|类|条))?(?:重点|关键|核心)?(?:细分|子)(?:产业|行业|领域|赛道|方向|门类)"
)
"""What calls a list the segments of the industry named before it in the sentence."""
_CONSISTS = re.compile(r"(?:产业链|产业集群|产业|行业|领域|集群)?(?:发展)?以")
_MAINLY = re.compile(r"(?:产业|行业|领域|技术|产品)?等?为(?:主|主体|主导|重点|核心|支撑|引领|特色|代表)")
"""新能源产业以光伏、风电为主."""
_MERGES = re.compile(r"等?(?:产业|行业|领域|技术)?(?:的)?(?:深度|跨界|协同)?(?:融合|联动|对接|结合|协同)")
"""What follows a list that an industry is to merge with."""
_JOINTS = ("、", "和", "及")
_DIRECT = 8
"""Characters between a label and what it lists at once: a tail, the colon, a verb."""
_MANY = 3
"""Members of a list that goes on about industries summed up before it."""
_SEGMENT_STANCES = ("", "cultivates", "strengthens", "attracts", "pioneers")
"""Stances that list segments; what is to be broken through are technologies."""


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """partOf facts between industries of a document."""
    found = [
        *_summed(linked),
        *_included(linked),
        *_segments(linked),
        *_labeled(linked, ontology),
        *_headings(linked, ontology),
        *_listed(linked, ontology),
        *_under_umbrella(linked, ontology),
        *_of_title(linked, ontology),
    ]
    return [f for f in found if not _is_above(linked, ontology, f)]


def _is_above(linked: Linked, ontology: Ontology, fact: Fact) -> bool:
    """Whether the would-be part is none: it sums up industries, is above the whole in the vocabulary, or is a technology by name."""
    part = linked.by_iri[fact.subject]
    above = fact.subject in ontology.ancestors(fact.object)
    return above or is_umbrella(part, ontology) or part.name.endswith("技术")


def _fact(linked: Linked, part: Pair, whole: Pair, rule: str, score: float) -> Fact:
    start, end = min(part[0].start, whole[0].start), max(part[0].end, whole[0].end)
    if "\n" in linked.document.text[start:end]:
        start, end = part[0].start, part[0].end
    return Fact(part[1].iri, "partOf", whole[1].iri, (evidence(linked, start, end, rule, score),))


def _summed(linked: Linked) -> Iterator[Fact]:
    """A、B等生产性服务业: the items of a list belong to the industry that sums it up."""
    text = linked.document.folded
    for _, start, end in sentences(linked):
        found = runs_between(linked, start, end)
        for run, after in zip(found, found[1:], strict=False):
            head = after.members[0]
            if head[1].type != "Industry" or not _SUMMARY.fullmatch(text, run.end, after.start):
                continue
            if not _SHORT.match(text, head[0].end, end):
                for part in run.members:
                    if part[1].type == "Industry":
                        yield _fact(linked, part, head, "partOf.list", 0.85)


def _included(linked: Linked) -> Iterator[Fact]:
    """五金产业（含锁具、水暖洁具）, 生物经济包括…, 新能源以光伏、风电为主: the items belong to what they stand behind."""
    text = linked.document.folded
    for _, start, end in sentences(linked):
        found = runs_between(linked, start, end)
        for run, after in zip(found, found[1:], strict=False):
            if len(run.members) > 1 or run.members[0][1].type != "Industry":
                continue
            bracket = _BRACKET.fullmatch(text, run.end, after.start) and len(after.members) > 1
            mainly = _CONSISTS.fullmatch(text, run.end, after.start) and _MAINLY.match(text, after.end, end)
            if bracket or mainly or _INCLUDES.fullmatch(text, run.end, after.start):
                for part in after.members:
                    yield _fact(linked, part, run.members[0], "partOf.included", 0.85)


def _segments(linked: Linked) -> Iterator[Fact]:
    """聚焦新材料，发展碳纤维、石墨烯等细分领域: of the industry named alone before the list."""
    text = linked.document.folded
    for _, start, end in sentences(linked):
        found = runs_between(linked, start, end)
        for run, after in zip(found, found[1:], strict=False):
            alone = len(run.members) == 1 and run.members[0][1].type == "Industry"
            if alone and len(after.members) > 1 and _SEGMENTS.match(text, after.end, end):
                for part in after.members:
                    yield _fact(linked, part, run.members[0], "partOf.segments", 0.8)


def _labeled(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """后市场：换电、电池回收: what a label lists belongs to it, of a chain the midstream only."""
    for index, start, end in sentences(linked):
        label = label_of(linked, start)
        if label is None:
            continue
        row = linked.document.blocks[index].row != ""
        for run in runs_between(linked, start, end):
            if run.start == label.start or not _is_segment(linked, run, end):
                continue
            direct = run.start - label.end <= _DIRECT or (row and is_focus_cell(linked, index, ontology))
            for part in run.members:
                ground = ground_of(linked, ontology, index, (start, end), run, part)
                if direct or (part[1].type == "Industry" and ground and ground.stance in _SEGMENT_STANCES):
                    yield _fact(linked, part, label.members[0], "partOf.label", 0.75)


def _is_segment(linked: Linked, run: Run, end: int) -> bool:
    """Whether a list may be of segments: it is not up- or downstream, and not what the industry merges with."""
    side = sides(linked).get(run.start, ("middle",))[0]
    return side == "middle" and not _MERGES.match(linked.document.folded, run.end, end)


def _headings(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """1.新型显示 under 一、电子信息产业, or in a plan for it: a heading's industry belongs to those above it."""
    title = title_industry(linked)
    for index, block in enumerate(linked.document.blocks):
        if block.kind != "heading":
            continue
        above = next(iter(headings_with_topics(linked, index)), None)
        wholes = [above] if above else []
        if title and (above is None or is_umbrella(above[1], ontology)):
            wholes.append(title)
        for run in runs_between(linked, block.start, block.end) if wholes else []:
            for part in run.members:
                if part[1].type == "Industry":
                    for whole in wholes:
                        yield _fact(linked, part, whole, "partOf.headings", 0.85)


def _listed(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """What is listed for development under an industry's heading is a segment of it, unless it has a heading of its own."""
    headed = _headed(linked)
    opening = labels(linked).opening
    for index, start, end in sentences(linked):
        whole = next(iter(headings_with_topics(linked, index)), None)
        if linked.document.blocks[index].kind in ("heading", "title") or whole is None:
            continue
        label = label_of(linked, start)
        for run in runs_between(linked, start, end):
            if not _is_segment(linked, run, end) or (label and label.start != run.start):
                continue
            column = is_focus_cell(linked, index, ontology)
            if not (column or run.start in opening or run.start in sides(linked) or _in_list(linked, run)):
                continue
            for part in run.members:
                sure = part[1].type == "Industry" or run.start in opening or run.start in sides(linked) or _is_kind(part, whole)
                if not sure or part[1].iri in headed or is_excluded(linked, ontology, index, start, end, run, part[0]):
                    continue
                ground = ground_of(linked, ontology, index, (start, end), run, part)
                if ground is None or ground.stance in _SEGMENT_STANCES:
                    yield _fact(linked, part, whole, "partOf.heading", 0.75)


def _is_kind(part: Pair, whole: Pair) -> bool:
    """Whether a name says that it is a kind of the whole: 混凝土机械 of 工程机械, 深沟球轴承 of 轴承."""
    return len(part[1].name) > 2 and part[1].name[-2:] == whole[1].name[-2:]


def _in_list(linked: Linked, run: Run) -> bool:
    text = linked.document.folded
    return len(run.members) > 1 or text[run.start - 1 : run.start] in _JOINTS or text[run.end : run.end + 1] in _JOINTS


def _under_umbrella(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """加快布局未来产业，推动量子科技、脑机接口、氢能…: a long list behind a name that sums up industries."""
    text = linked.document.folded
    for _, start, end in sentences(linked):
        found = runs_between(linked, start, end)
        for run, after, behind in zip(found, found[1:], [*found[2:], None], strict=False):
            summary = _SUMMARY.match(text, after.end, end)
            summed = summary is not None and behind is not None and behind.start == summary.end()
            if summed or len(after.members) < _MANY or not is_umbrella(run.members[-1][1], ontology):
                continue
            for part in after.members:
                if part[1].type == "Industry":
                    yield _fact(linked, part, run.members[-1], "partOf.umbrella", 0.85)


def _of_title(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """重点发展A、B等领域 at the top of a plan for one industry: the focus areas are its segments."""
    title = title_industry(linked)
    focus = hits_of(linked.document, ontology, "focus-cues")
    for index, start, end in sentences(linked) if title else ():
        if not focus.any_within(start, end) or next(iter(headings_with_topics(linked, index)), None) or label_of(linked, start):
            continue
        for run in runs_between(linked, start, end):
            if len(run.members) < 2 or not _is_segment(linked, run, end):
                continue
            for part in run.members:
                ground = ground_of(linked, ontology, index, (start, end), run, part)
                if part[1].type == "Industry" and ground and ground.stance in _SEGMENT_STANCES and title:
                    yield _fact(linked, part, title, "partOf.title", 0.8)


def _headed(linked: Linked) -> set[str]:
    """Industries that a heading is about."""
    return {
        topic.iri
        for block in linked.document.blocks
        if block.kind == "heading"
        for _, topic in linked.between(block.start, block.end, "Industry")
    }
