"""Tasks: headings and run-in heads that begin with a verb or end in 工程 or 行动, programmes named in prose, counted lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Block, Document, Mention
from kg.ontology import Ontology
from kg.words import behind_last

_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百0-9]+[章节条编篇]|[一二三四五六七八九十]{1,4}[、.．,]|[一二三四五六七八九十]{1,3}是"
    r"|\([一二三四五六七八九十0-9]{1,4}\)|[0-9]{1,2}\s*[.、．)]|[①-⑳]|专栏[0-9一二三四五六七八九十]{1,3}[::]?)[\s、]*"
)
_ENDS = ("工程", "行动", "专项", "专项行动")
_GOAL = re.compile(
    r"(?:目标|要求|原则|思想|(?:发展|现实|现有|工作)基础|现状|背景|附件|解读|条件|定义|附则|总则|形势|意义|依据|思路)[。:]?$"
)
_STOPS = "。:：;；,， ."
_FIRST = re.compile(r"\s*([^。;:,、?!\n]{4,22})。")
_DUTY = re.compile(r"\((?:责任|牵头|配合|负责|[省市县区])[^()]{2,300}\)$")
_COUNTED = re.compile(
    r"(?:[一二三四五六七八九十0-9]{1,3}|若干)(?:个|项|大|条|方面)?(?:方面)?(?:的)?(?:重点任务|主要任务|重点工作|保障措施|重点举措|任务|措施|举措|工程|行动)"
)
_JOINT = re.compile(r"的|(?:工程|行动|计划|专项)[、和]")
_CLAUSE = re.compile(r"纳入|列入|^要|将|把|打击|围绕|按照|通过|作为|等[0-9一二三四五六七八九十]")
_PART = re.compile(r"[^、,;]+")
_SERIES = re.compile(r"(?:分别(?:是|为)|包括|即|[:：])[::]?([^。\n;]{8,300})")


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Task mentions, without the number before and the stop after the head."""
    mentions: list[Mention] = []
    reach: dict[int, int] = {}  # offset inside a mention -> the farthest end of those that hold it
    for mention in (*_headings(document, ontology), *_programmes(document, ontology), *_series(document, ontology)):
        if reach.get(mention.start, 0) < mention.end:
            mentions.append(mention)
            for offset in range(mention.start, mention.end):
                reach[offset] = max(mention.end, reach.get(offset, 0))
    return sorted(mentions, key=lambda m: (m.start, m.end))


def _make(document: Document, start: int, end: int, rule: str, score: float) -> Mention:
    return Mention(start, end, "Task", document.text[start:end], rule, (), "", score)


def _headings(document: Document, ontology: Ontology) -> Iterator[Mention]:
    headed = any(block.kind == "heading" for block in document.blocks)
    for index, block in enumerate(document.blocks):
        if block.kind == "heading":
            span = _head(document, block)
            rule = "task.heading"
        elif headed and block.kind in ("paragraph", "item") and block.parent >= 0:
            span = _run_in(document, block)
            rule = "task.run-in"
        else:
            continue
        if span and _is_task(document.folded[span[0] : span[1]], ontology, run_in=rule == "task.run-in"):
            if not any(_is_goal(document, above) for above in document.headings_of(index)):
                yield _make(document, *span, rule, 0.75 if rule == "task.heading" else 0.65)


def _head(document: Document, block: Block) -> tuple[int, int] | None:
    line = document.folded[block.start : block.end]
    number = _NUMBER.match(line)
    start = block.start + (number.end() if number else 0)
    duty = _DUTY.search(line.rstrip(_STOPS))
    end = block.start + duty.start() if duty else block.end
    while end > start and document.folded[end - 1] in _STOPS:
        end -= 1
    return (start, end) if start < end else None


def _run_in(document: Document, block: Block) -> tuple[int, int] | None:
    """The short first sentence of a paragraph: 加大金融支持。支持…"""
    if block.start and document.text[block.start - 1] != "\n":
        return None  # the text after a run-in heading
    line = document.folded[block.start : block.end]
    number = _NUMBER.match(line)
    first = _FIRST.match(line, number.end() if number else 0)
    return (block.start + first.start(1), block.start + first.end(1)) if first else None


def _is_task(name: str, ontology: Ontology, *, run_in: bool = False) -> bool:
    if not (6 if run_in else 5) <= len(name) <= (22 if run_in else 46) or name in ontology.word_set("not-tasks"):
        return False
    if re.search(r"[?？]|《[^》]*$", name) or re.match(r"(?:实施|行动|工作|发展)(?:方案|计划|规划|意见|细则|办法)", name):
        return False
    if _GOAL.search(name) and len(name) <= 8:
        return False
    if run_in and re.search(r"[0-9]{2}|以上$|以下$|元$|%$|为主$", name):
        return False
    if any(name.startswith(verb) for verb in ontology.words("task-verbs")):
        return True
    return not run_in and name.endswith(_ENDS) and ":" not in name


def _is_goal(document: Document, index: int) -> bool:
    """Whether a heading opens aims, background or terms, under which nothing is a task: 二、发展目标."""
    block = document.blocks[index]
    line = document.folded[block.start : block.end]
    number = _NUMBER.match(line)
    title = line[number.end() if number else 0 :].strip()
    return bool(_GOAL.search(title)) and len(title) <= 14


@dataclass(frozen=True)
class _Programme:
    led: re.Pattern[str]
    followed: re.Pattern[str]
    joined: re.Pattern[str]
    sites: re.Pattern[str]


@lru_cache(maxsize=2)
def _programme(ontology: Ontology) -> _Programme:
    verbs = "|".join(map(re.escape, ontology.words("programme-verbs")))
    marks = "|".join(map(re.escape, ontology.words("programme-marks")))
    sites = "|".join(map(re.escape, ontology.words("building-words")))
    name = rf"(?P<name>[^,。;:()《》\n]{{0,30}}?(?:{marks})[\"”]?(?:重点|重大|专项|示范)?(?:工程|行动))"
    tail = r"(?!项目|中心|师|方案|计划|指南)"
    return _Programme(
        re.compile(rf"(?:{verbs})(?:好)?{name}{tail}"),
        re.compile(rf"(?:^|(?<=[,。;\n])){name}{tail}(?=要?(?:深入|大力|扎实|全面)?(?:实施|推进))"),
        re.compile(rf"(?:、|和|及|以及|与){name}{tail}"),
        re.compile(sites),
    )


def _programmes(document: Document, ontology: Ontology) -> Iterator[Mention]:
    """实施未来产业培育壮大工程 in prose: a programme of the policy, not a building site (河道工程)."""
    rules = _programme(ontology)
    for pattern in (rules.led, rules.followed):
        for match in pattern.finditer(document.folded):
            following: re.Match[str] | None = match
            while following:
                span = _named(document.folded, following, rules.sites)
                if span:
                    yield _make(document, *span, "task.programme", 0.55)
                following = rules.joined.match(document.folded, following.end())


def _named(text: str, match: re.Match[str], sites: re.Pattern[str]) -> tuple[int, int] | None:
    """The programme's own name: after the last 的 or other programme (以…为特征的新型技术改造工程), without a quotation mark left open."""
    start, end = match.span("name")
    start += max((m.end() for m in _JOINT.finditer(text[start:end])), default=0)
    while text[start] in "、和及与":
        start += 1
    if text[start] == '"' and text[start:end].count('"') == 1 and text[end : end + 1] == '"':
        start += 1
    name = text[start:end]
    if len(name) < 5 or sites.search(name) or _COUNTED.search(name) or _unbalanced(name) or _CLAUSE.search(name):
        return None
    return start, end


def _unbalanced(name: str) -> bool:
    return name.count('"') % 2 == 1


def _series(document: Document, ontology: Ontology) -> Iterator[Mention]:
    """六大工程，分别是：A、B、C; 提出A、B、C三个保障措施: each of the list is a task."""
    text = document.folded
    for match in _COUNTED.finditer(text):
        after = _SERIES.match(text, match.end() + (1 if text[match.end() : match.end() + 1] == "," else 0))
        if after:
            yield from _listed(document, after.start(1), after.end(1), ontology)
        start = behind_last(document, "。;\n,", match.start())
        cue = max(text.rfind(word, start, match.start()) for word in ("提出", "包括", "明确", "实施", "落实", "从", "通过"))
        if cue >= 0 and start:  # the first words of a document are its title, which lists nothing
            end = match.start() - (1 if text[match.start() - 1] == "等" else 0)
            yield from _listed(document, cue + (1 if text[cue] == "从" else 2), end, ontology)


def _listed(document: Document, start: int, end: int, ontology: Ontology) -> list[Mention]:
    """The parts of a list with at least two task-like members; nothing when a member is too long or no task."""
    parts = [(m.start(), m.end()) for m in _PART.finditer(document.folded, start, end)]
    named = []
    for left, right in parts:
        if document.folded[left] in "和及与" and right - left > 4:
            left += 1
        if document.folded[right - 1] == "等":
            right -= 1
        word = document.folded[left:right]
        if not 5 <= len(word) <= 22 or not _is_task(word, ontology):
            break
        named.append(_make(document, left, right, "task.series", 0.6))
    return named if len(named) >= 2 else []
