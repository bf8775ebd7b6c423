"""The stretch of text that speaks of one number: its clause, its sentence, its block.

Brackets are looked through (通用大模型（性能达到国际先进水平）1个); a number inside brackets has the bracket as its clause.
A number that only describes a counted thing (10亿元以上企业10家, 5家百亿级企业) is part of a name, not a statement.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Document, Mention

_CUT = re.compile(r"[。；;！？!?\n：:|，,](?:(?<![，,])|(?<![0-9][，,])|(?![0-9]{3}(?![0-9])))")
"""Marks that end a clause; a comma does unless it stands inside a number (1,200)."""
_MARK = re.compile(r"[，,。；;、：:\n|]")
_MARK_OR_JOINT = re.compile(r"[，,。；;、：:\n|和及]")
_STOP = re.compile(r"[。！？!?\n；;]")
_BRACKET = re.compile(r"\([^()\n]{0,60}\)")
_AFTER = re.compile(
    r"\s?(?:\(含\))?\s?(?:(?:及|或)?以上水平|(?:及|或)?以上|左右|上下|(?:及|或)?以内|之内|(?:及|或)?以下)?(?:\(含\))?"
)
_JOINT = re.compile(r"(?:\s|、|和|与|及|以及|并|,|;|的)*")
_ATTRIBUTE_TAIL = re.compile(r"级?(?:以上|以下|及以上|左右)?的?(?=[一-鿿\"a-z])")


@dataclass(frozen=True)
class Clause:
    """One number and its surroundings; all fields are offsets.

    ``left`` is where the words about this number begin, ``after`` the end of the number with 以上 and the like, ``right``
    the end of the clause or the start of the next number's words; ``sentence`` and ``stop`` bound the sentence.
    """

    quantity: Mention
    block: int
    left: int
    after: int
    right: int
    sentence: int
    stop: int
    chained: bool
    """Whether nothing but 、 or 和 stands between this number and the one before (55％、70％以上)."""


class Clauses:
    """All clauses of a document with a number in them."""

    def __init__(self, document: Document, quantities: tuple[Mention, ...]) -> None:
        self.document = document
        self.raw = document.folded
        self.brackets = [m.span() for m in _BRACKET.finditer(self.raw)]
        self.text = _BRACKET.sub(lambda m: "\x01" * len(m.group()), self.raw)
        self.cuts = [m.start() for m in _CUT.finditer(self.text)]
        self.stops = [m.start() for m in _STOP.finditer(self.text)]
        self.quantities = quantities
        self.parts = {i for i in range(len(quantities)) if self._is_part(i)}

    def __iter__(self) -> Iterator[tuple[int, Clause]]:
        previous: Clause | None = None
        for index in range(len(self.quantities)):
            if index not in self.parts:
                previous = self._clause(index, previous)
                yield index, previous

    def _clause(self, index: int, previous: Clause | None) -> Clause:
        q = self.quantities[index]
        near = bisect_right(self.brackets, (q.start, -1)) - 1
        inside = self.brackets[near] if near >= 0 and q.start < self.brackets[near][1] else None
        left, right = self._around(self.cuts, q)
        sentence, stop = self._around(self.stops, q)
        if inside:
            left, right = self._inside(q, inside)
        after = self._after(q)
        chained = False
        if previous is not None and previous.after > left:
            joint = _JOINT.match(self.raw, previous.after)
            left = joint.end() if joint else previous.after
            chained = left >= q.start
        following = self._next(index)
        if following is not None and after < following.start < right:
            right = following.start
        return Clause(q, self.document.block_at(q.start), min(left, q.start), after, max(right, after), sentence, stop, chained)

    def _next(self, index: int) -> Mention | None:
        return next((self.quantities[i] for i in range(index + 1, len(self.quantities)) if i not in self.parts), None)

    def _after(self, q: Mention) -> int:
        match = _AFTER.match(self.raw, q.end)
        return match.end() if match and match.group().strip() else q.end

    def _around(self, marks: list[int], q: Mention) -> tuple[int, int]:
        low, high = bisect_left(marks, q.start) - 1, bisect_right(marks, q.end - 1)
        return (marks[low] + 1 if low >= 0 else 0), (marks[high] if high < len(marks) else len(self.raw))

    def _inside(self, q: Mention, span: tuple[int, int]) -> tuple[int, int]:
        cuts = [span[0], *(m.start() for m in _CUT.finditer(self.raw, span[0] + 1, span[1] - 1)), span[1] - 1]
        return max(c for c in cuts if c < q.start) + 1, min((c for c in cuts if c >= q.end), default=span[1])

    def _is_part(self, index: int) -> bool:
        q = self.quantities[index]
        if counts(q) or "总" in self.raw[max(0, q.start - 6) : q.start]:
            return False
        if q.attribute("level") and index and counts(self.quantities[index - 1]) and self.quantities[index - 1].end == q.start:
            return True
        after = self.quantities[index + 1] if index + 1 < len(self.quantities) else None
        if q.attribute("level") and after and after.start == q.end and counts(after):
            return True
        tail = _ATTRIBUTE_TAIL.match(self.raw, q.end)
        if tail is None:
            return False
        following = self.quantities[index + 1] if index + 1 < len(self.quantities) else None
        between = self.text[tail.end() : following.start] if following else ""
        if following and counts(following) and 0 < len(between) <= 24 and not _MARK.search(between):
            return bool(tail.group()) or q.attribute("level") is not None or self.raw[q.start - 1] in "超过达破"
        before = self.quantities[index - 1] if index else None
        gap = self.text[self._after(before) : q.start] if before else ""
        return bool(before and counts(before) and len(gap) <= 10 and not _MARK_OR_JOINT.search(gap))


def after_joint(text: str, offset: int) -> int:
    """The offset past 、 和 and the like."""
    match = _JOINT.match(text, offset)
    return match.end() if match else offset


COUNTERS = frozenset(
    "家 个 户 项 件 条 座 所 种 款 台 套 辆 名 人 批 处 艘 架 颗 只 支 位 场 次 列 间 片 幢 栋 台套 人次 床 对 组 班 张 部 宗 家次 户次 企次 场次 批次 台次 项次 件次 团次 架次 艘次 列次 班次".split()
)


def counts(q: Mention) -> bool:
    """Whether the unit is a counter (家, 万辆), so that the thing counted may follow it."""
    return (q.attribute("unit") or "").lstrip("千百十万亿") in COUNTERS
