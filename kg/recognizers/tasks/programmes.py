"""Tasks in prose: programmes (实施未来产业培育壮大工程) and the parts of counted lists (六大工程，分别是：A、B)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers.tasks.titles import is_titled, make
from kg.words import behind_last

_COUNTED = re.compile(
    r"(?:[一二三四五六七八九十0-9]{1,3}|若干)(?:个|项|大|条|方面)?(?:方面)?(?:的)?(?:重点任务|主要任务|重点工作|保障措施|重点举措|任务|措施|举措|工程|行动)"
)
_JOINT = re.compile(r"的|(?:工程|行动|计划|专项)[、和]")
_CLAUSE = re.compile(r"纳入|列入|^要|将|把|打击|围绕|按照|通过|作为|等[0-9一二三四五六七八九十]")
_PART = re.compile(r"[^、,;]+")
_SERIES = re.compile(r"(?:分别(?:是|为)|包括|即|[:：])[::]?([^。\n;]{8,300})")


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
        re.compile(
            rf"(?:^|(?<=[,。;\n])){name}{tail}(?=要?(?:深入|大力|扎实|全面)?(?:实施|推进)(?!规模|范围|方案|细则|情况|主体|单位))"
        ),
        re.compile(rf"(?:、|和|及|以及|与){name}{tail}"),
        re.compile(sites),
    )


def in_prose(document: Document, ontology: Ontology) -> Iterator[Mention]:
    """实施未来产业培育壮大工程 in prose: a programme of the policy, not a building site (河道工程)."""
    rules = _programme(ontology)
    for pattern in (rules.led, rules.followed):
        for match in pattern.finditer(document.folded):
            following: re.Match[str] | None = match
            while following:
                span = _named(document.folded, following, rules.sites)
                if span:
                    yield make(document, *span, "task.programme", 0.55)
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


def in_series(document: Document, ontology: Ontology) -> Iterator[Mention]:
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
        if not 5 <= len(word) <= 22 or not is_titled(word, ontology):
            break
        named.append(make(document, left, right, "task.series", 0.6))
    return named if len(named) >= 2 else []
