"""Rows and columns of the tables of a document: which cell names the thing measured, its unit, its place, its year.

The readers give every cell the head of its column; what a column is for is told from the words of that head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.folding import fold
from kg.model import Document

_SERIAL = re.compile(r"(?:序号|编号|项次|no\.?|#)?")
_UNIT = re.compile(r"(?:计量|指标)?单位(?:\([^)]*\))?")
_KIND = re.compile(r"(?:指标)?(?:属性|性质|类型)")
_DUTY = re.compile(
    r"责任|牵头|配合|部门|链长|链主|负责|备注|说明|承担|主体|业主|联系|企业名单|代表企业|重点企业|骨干企业|依托|时限|进度|来源|分管|单位|投资方|落户地"
)
_GROUP = re.compile(r"类别|分类|类型|维度|领域$|一级指标")
_NAME = re.compile(r"^(?:主要|核心|具体|二级|三级|考核)?(?:指标|任务|目标)(?:名称|内容|项)?$|名称$|^项目$|指标")
_MEASURE = re.compile(
    r"产值|收入|营收|增加值|规模|数量|个数|家数|面积|产能|产量|投资|金额|总额|资金|占比|比重|比例|增速|增幅|增长|税收|利润|率$|值$|量$|数$|额$"
)
_ABOUT_VALUES = re.compile(
    r"20[0-9]{2}|十[一二三四五六]五|目标|规划值|指标值|预期|完成|年均|累计|基数|基期|现状|实际|当前|近期|远期|中期|期末"
)
_PLAIN = re.compile(
    r"(?:到|至)?(?:20[0-9]{2}(?:[-~至](?:20)?[0-9]{2})?年?(?:底|末|度)?|\"?十[一二三四五六]五\"?(?:末|期末|期间|时期)?)"
    r"|(?:目标|规划|指标|预期|预计|计划|实际|完成|基础|现状|基期|考核|约束|当前|近期|远期|中期|期末)(?:值|数|情况|任务)?|基数|累计|力争|\s|[()*:]"
)
"""What a head says about the value without naming what is measured: year, 目标值, 基数."""
_BRACKET = re.compile(r"\(([^()]{1,10})\)")
_CAPTION_UNIT = re.compile(r"单位[:：]\s?([^\s,，;；()|]{1,8})")
_WORD = re.compile(r"[一-鿿]{2}")
_OVER_YEARS = re.compile(r"年均|累计|平均")
"""Heads of values over the years of the other columns."""
_YEAR_CELL = re.compile(r"(?:到|至)?20[0-9]{2}年?底?")
_PAST = re.compile(r"基数|基期|现状|实际|实绩|当前|已完成|完成情况|上年")


class Tables:
    """The tables of one document by block index."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.folded
        self._rows = dict(self._find_rows())

    def _find_rows(self) -> Iterator[tuple[int, range]]:
        blocks, first = self.document.blocks, -1
        for index, block in enumerate(blocks):
            if block.kind != "cell":
                first = -1
                continue
            if first < 0 or "\n" in self.text[blocks[index - 1].end : block.start]:
                first = index
            row = range(first, index + 1)
            for cell in row:
                yield cell, row

    def row(self, index: int) -> range:
        """Block indexes of the row that a cell stands in; empty for what is no cell."""
        return self._rows.get(index, range(0))

    def head(self, index: int) -> str:
        return fold(self.document.blocks[index].column).strip()

    def cell(self, index: int) -> str:
        block = self.document.blocks[index]
        return self.text[block.start : block.end].strip()

    def is_value(self, index: int) -> bool:
        """Whether a cell stands in a column of values: years, 目标值, or a measure (产值（亿元）)."""
        head = self.head(index)
        if not head or _DUTY.search(head) or _UNIT.fullmatch(head):
            return False
        return bool(
            _ABOUT_VALUES.search(head) or _MEASURE.search(_BRACKET.sub("", head)) or self.cell(self.row(index)[0]) in _YEARS
        )

    def past(self, index: int) -> bool:
        """Whether the column holds what is already so: 2022年基数, 现状值."""
        return bool(_PAST.search(self.head(index)))

    def year_text(self, index: int) -> str:
        """The text that may give the year of a value: the head of its column, else a cell of its row that is a year."""
        head = self.head(index)
        if re.search(r"20[0-9]{2}|十[一二三四五六]五", head):
            return head
        if _OVER_YEARS.search(head):
            return next((h for i in reversed(self.row(index)) if re.search(r"20[0-9]{2}", h := self.head(i))), "")
        years = (c for i in self.row(index) if i != index and _YEAR_CELL.fullmatch(c := self.cell(i)) and not self.is_value(i))
        return next(years, "") or next((c for i in self.row(index)[:1] if _YEAR_CELL.fullmatch(c := self.cell(i))), "")

    def units(self, index: int) -> Iterator[str]:
        """What may be the unit of a bare number, best first: brackets of the head, the 单位 cell, brackets of the indicator, the caption."""
        row = self.row(index)
        yield from _bracketed(self.head(index))
        for other in row:
            if other < index and _UNIT.fullmatch(self.head(other)) and (text := self.cell(other)):
                yield "" if text in ("-", "--", "/", "无") else text
        subject = self.subject(index)
        yield from _bracketed(self.cell(subject) if subject is not None else "")
        yield from self._caption_units(row[0])

    def _caption_units(self, first: int) -> Iterator[str]:
        blocks, index = self.document.blocks, first
        while index >= 0 and blocks[index].kind == "cell":
            index -= 1
        above = self.text[blocks[index].start : blocks[index].end] if index >= 0 else ""
        if len(above) <= 60 and (found := _CAPTION_UNIT.search(above)):
            yield found[1]

    def subject(self, index: int) -> int | None:
        """Block of the cell that names what a value is said of: the indicator, else the nearest cell of words to the left."""
        words = [i for i in self.row(index) if i != index and self._names(i)]
        named = [i for i in words if _NAME.search(self.head(i))]
        if named:
            return named[-1]
        left = [i for i in words if i < index and not _GROUP.search(self.head(i))] or [i for i in words if i < index]
        return left[-1] if left else None

    def is_duty(self, index: int) -> bool:
        """Whether a cell says who does it, of what kind it is or the like, and not what is measured."""
        head = self.head(index)
        return bool(_UNIT.fullmatch(head) or _KIND.fullmatch(head) or _DUTY.search(head))

    def _names(self, index: int) -> bool:
        if self.is_duty(index) or self.is_value(index):
            return False
        return bool(_WORD.search(self.cell(index))) or (
            self.cell(index).isascii() and bool(re.search(r"[a-z]{2}", self.cell(index)))
        )

    def measure(self, index: int) -> str:
        """What the head of the column itself measures: 营业收入 of 2026年营业收入目标（亿元）, nothing for 2026年目标."""
        head = _BRACKET.sub("", self.head(index))
        rest = re.sub(r"^的|的$", "", _PLAIN.sub("", head))
        return rest if _WORD.search(rest) else ""


def _bracketed(text: str) -> Iterator[str]:
    """What stands in brackets, the last first: 亿元 of 产值（亿元）."""
    return (m[1].removeprefix("单位:").strip() for m in reversed(list(_BRACKET.finditer(text))))


_YEARS = frozenset(f"{year}年" for year in range(2010, 2050)) | frozenset(str(year) for year in range(2010, 2050))
