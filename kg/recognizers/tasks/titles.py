"""Titles of tasks: headings and run-in heads.

A title is a task by its own words (a verb first, 工程 or 行动 last), or by its place: bodies are named as responsible under
it, or most titles beside it are tasks (人才项目向园区倾斜 between 支持… and 加强…).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Block, Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE
from kg.recognizers.phrases import Spans

NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百0-9]+[章节条编篇]|[一二三四五六七八九十]{1,4}[、.．,]|[一二三四五六七八九十]{1,3}是"
    r"|(?:任务|举措|措施|行动|工程)[一二三四五六七八九十0-9]{1,2}[::]?|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}[.、．]?"
    r"|\([一二三四五六七八九十0-9]{1,4}\)|[0-9]{1,2}\s*[.、．)]|[①-⑳]|专栏[0-9一二三四五六七八九十]{1,3}[::]?"
    r"|[0-9]{1,2}(?=[\s　])|[●•·▲■◆◎★☆▪►➤○]|[-—]{1,2}(?=[一-鿿]))[\s、]*"
)
_NAMED_ACTION = re.compile('^[^:]*(?:工程|行动|专项)$|^"[^"]{1,12}"(?:工程|行动|计划|专项):')
_MEANS = re.compile("(?:坚持)?(?:以|在|从|围绕|聚焦|立足|依托|面向|针对|突出|紧扣)[^,]{2,24},")
_GOAL = re.compile(
    r"(?:目标|要求|原则|思想|(?:发展|现实|现有|工作)基础|现状|背景|附件|解读|条件|定义|附则|总则|形势|意义|依据|思路)[。:]?$"
)
_LAYOUT = re.compile(r"^(?:空间|产业|区域|总体|功能|发展|园区)?布局$")
_PATTERN = re.compile(r'(?:构建|形成|打造)"[^"]+".{0,8}(?:格局|布局|空间|体系|框架)$')
"""构建"一核两翼"发展格局: below 空间布局 it says how places are laid out and is no task."""
_THING = re.compile(r"(?:产业|领域|集群|行业|名录|清单|标准|范围|对象|方式|程序|职责|期限|概况|简介|情况|问题|说明|机构|格局)$")
"""Ends of titles that name a thing; beside tasks they are none."""
_BRANCH = re.compile(r"(?:产业|领域|集群|行业|制造业|服务业)$")
_INNER = re.compile(r"\([一二三四五六七八九十]{1,3}\)(?=[一-鿿])|(?<=[一-鿿])[0-9]{1,2}[.、](?=[一-鿿]{4})")
_SENTENCE = re.compile("^(?:以上|上述|本|该|凡|对|根据|按照?|各|由|自|如|为|经|从)|负责|解释|时期|(?<!就)是")
"""What only sentences begin with or hold; a title that is a task by its place has none of it."""
_PROSE_NUMBER = re.compile(r"^\s*[一二三四五六七八九十]{1,3}是")
_STOPS = "。:：;；,， .—-"
_FIRST = re.compile(r"\s*([^。;:,、?!\n]{4,22})。")
_DUTY = re.compile(r"[(\[【](?:责任|牵头|配合|负责|主办|[省市县区州])[^()\[\]【】]{2,300}[)\]】]$")
_IN_CHARGE = re.compile("牵头|负责(?!解释)")
_POINTS = re.compile(r"\([0-9.]{1,4}分\)$")
"""Points that a plan of assessment gives for a task behind its title: 加快数据开放(3分)."""
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")
_DUTY_LABEL = re.compile(r"(?:责任|牵头|配合|主办|协办|落实)(?:单位|部门)\s*[::]")


@dataclass(frozen=True)
class _Title:
    """A heading that may be a task: its span without number and stops, and whether its words say so."""

    start: int
    end: int
    index: int
    sure: bool


def make(document: Document, start: int, end: int, rule: str, score: float) -> Mention:
    return Mention(start, end, "Task", document.text[start:end], rule, (), "", score)


def find(document: Document, ontology: Ontology, found: Sequence[Mention]) -> Iterator[Mention]:
    """Tasks among the headings and the short first sentences of paragraphs."""
    titles = list(_titles(document, ontology, found))
    for title in titles:
        if title.sure:
            yield make(document, title.start, title.end, "task.heading", 0.75)
    charged = _charged(document, found)
    alike = _among_tasks(document, ontology, titles)
    for title in titles:
        if not title.sure and title.index in charged:
            yield make(document, title.start, title.end, "task.charged", 0.7)
        elif not title.sure and title.index in alike:
            yield make(document, title.start, title.end, "task.beside", 0.6)
    yield from _run_ins(document, ontology)


def _titles(document: Document, ontology: Ontology, found: Sequence[Mention]) -> Iterator[_Title]:
    topics = Spans([(m.start, m.end) for m in found if m.rule == CANDIDATE and _is_topic(m, ontology)])
    bodies = {m.start for m in found if m.label == "Agency" and m.rule != CANDIDATE}
    for index, block in enumerate(document.blocks):
        if block.kind != "heading":
            continue
        whole = head_of(document, block)
        if whole is None or _excluded(document, index, *whole):
            continue
        for span in _parts(document.folded, *whole):
            name = document.folded[span[0] : span[1]]
            sure = is_titled(name, ontology)
            if sure or (span[0] not in bodies and _may_be_titled(name, ontology) and not topics.covers(*span)):
                yield _Title(*span, index, sure)


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Two titles in one line where a line break got lost: 强化约束（八）加强机制建设."""
    inner = _INNER.search(text, start + 4, end - 4)
    return [(start, inner.start()), (inner.end(), end)] if inner else [(start, end)]


def _is_topic(mention: Mention, ontology: Ontology) -> bool:
    return any(ontology.is_a(ontology.concepts[c].kind, "Topic") for c in mention.concepts)


def _excluded(document: Document, index: int, start: int, end: int) -> bool:
    """Whether a heading stands under aims, background or terms, or tells a layout."""
    above = [_title_of(document, number) for number in document.headings_of(index)]
    if any(_GOAL.search(title) and len(title) <= 14 for title in above):
        return True
    return bool(above and _LAYOUT.match(above[0]) and _PATTERN.match(document.folded, start, end))


def _title_of(document: Document, index: int) -> str:
    block = document.blocks[index]
    line = document.folded[block.start : block.end]
    number = NUMBER.match(line)
    return line[number.end() if number else 0 :].strip(" 。:")


def head_of(document: Document, block: Block) -> tuple[int, int] | None:
    """A heading without its number, the stop behind it and the bracket with the bodies in charge."""
    line = document.folded[block.start : block.end]
    number = NUMBER.match(line)
    start = block.start + (number.end() if number else 0)
    duty = _DUTY.search(line.rstrip(_STOPS))
    end = block.start + duty.start() if duty else block.end
    if points := _POINTS.search(document.folded[start:end].rstrip(_STOPS)):
        end = start + points.start()
    while end > start and document.folded[end - 1] in _STOPS:
        end -= 1
    if end - start > 4 and document.folded[start] in "([【" and document.folded[end - 1] in ")]】":
        start, end = start + 1, end - 1  # 第六条【支持企业研发】
    return (start, end) if start < end else None


def is_titled(name: str, ontology: Ontology, *, run_in: bool = False) -> bool:
    """Whether the words of a title make it a task: it begins with a verb or ends in 工程 or 行动."""
    if not (6 if run_in else 5) <= len(name) <= (22 if run_in else 64) or name in ontology.word_set("not-tasks"):
        return False
    if re.search(r"[?？]|《[^》]*$", name) or re.match(r"(?:实施|行动|工作|发展)(?:方案|计划|规划|意见|细则|办法)", name):
        return False
    if _GOAL.search(name) and len(name) <= 8:
        return False
    if run_in and re.search(r"[0-9]{2}|以上$|以下$|元$|%$|为主$", name):
        return False
    verbs = ontology.words("task-verbs")
    if name.startswith(verbs):
        return True
    if run_in:
        return False
    means = _MEANS.match(name)  # 以技术攻关为牵引，建设创新高地
    return bool(means and name.startswith(verbs, means.end())) or bool(_NAMED_ACTION.search(name))


def _may_be_titled(name: str, ontology: Ontology) -> bool:
    """Whether a title could be a task if its place says so."""
    if not 4 <= len(name) <= 40 or name in ontology.word_set("not-tasks"):
        return False
    return not (
        _GOAL.search(name) or _BRANCH.search(name) or _SENTENCE.search(name) or re.search(r"[?？!:《》]|[0-9]{2}", name)
    )


def _charged(document: Document, found: Sequence[Mention]) -> set[int]:
    """Headings right under which bodies are named as responsible: in a bracket or behind 责任单位."""
    text = document.folded
    offsets = [m.start() for m in _DUTY_LABEL.finditer(text)]
    bodies = [m for m in found if m.label == "Agency" and m.rule != CANDIDATE]
    offsets += [m.start for m in bodies if text[m.start - 1 : m.start] in ("(", "[") or _IN_CHARGE.match(text, m.end)]
    charged = set()
    for offset in offsets:
        index = document.block_at(offset)
        if index >= 0:
            charged.add(index if document.blocks[index].kind == "heading" else document.blocks[index].parent)
    return charged


def _among_tasks(document: Document, ontology: Ontology, titles: Sequence[_Title]) -> set[int]:
    """Numbered headings most of whose fellows (of one level under one heading) are tasks by their words."""
    groups: dict[tuple[int, int], list[_Title]] = defaultdict(list)
    for title in titles:
        block = document.blocks[title.index]
        line = document.folded[block.start : block.end]
        if NUMBER.match(line) and not _PROSE_NUMBER.match(line):
            groups[block.parent, block.level].append(title)
    chosen: set[int] = set()
    for group in groups.values():
        sure = sum(title.sure for title in group)
        if sure >= 2 and sure * 3 >= len(group) * 2:
            chosen.update(t.index for t in group if not t.sure and _beside(document.folded[t.start : t.end]))
        if sure:
            verbs = ontology.words("task-verbs")
            chosen.update(t.index for t in group if not t.sure and document.folded.startswith(verbs, t.start, t.end))
    return chosen


def _beside(name: str) -> bool:
    return len(name) >= 5 and _THING.search(name) is None


def _run_ins(document: Document, ontology: Ontology) -> Iterator[Mention]:
    """The short first sentence of a paragraph under a heading: 加大金融支持。支持…"""
    if not any(block.kind == "heading" for block in document.blocks):
        return
    for index, block in enumerate(document.blocks):
        if block.kind not in ("paragraph", "item") or block.parent < 0:
            continue
        span = _run_in(document, block)
        if span and is_titled(document.folded[span[0] : span[1]], ontology, run_in=True):
            if not _excluded(document, index, *span):
                yield make(document, *span, "task.run-in", 0.65)


def _run_in(document: Document, block: Block) -> tuple[int, int] | None:
    if block.start and document.text[block.start - 1] != "\n":
        return None  # the text after a run-in heading
    line = document.folded[block.start : block.end]
    number = NUMBER.match(line)
    first = _FIRST.match(line, number.end() if number else 0)
    if first and len(_BRACKETED.sub("", line[first.end() :]).strip(" 。")) < 4:
        return None  # the whole paragraph, not the head of one
    return (block.start + first.start(1), block.start + first.end(1)) if first else None
