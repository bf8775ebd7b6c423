"""Tables in plain text: rows marked by bars or tabs are rows with cells that know their heads."""

from __future__ import annotations

import pytest

from kg import readers
from kg.model import Document


def read(text: str) -> Document:
    return readers.read("plan.txt", data=text.encode())


def cells(document: Document) -> list[tuple[str, str, str]]:
    return [(document.text[b.start : b.end], b.row, b.column) for b in document.blocks if b.kind == "cell"]


HEAD = "某市产业发展目标表\n为推动产业发展，制定本表。\n"


@pytest.mark.parametrize(
    "rows",
    [
        "指标 | 2025年目标 | 责任单位\n氢能产值 | 100亿元 | 市发改委\n",
        "| 指标 | 2025年目标 | 责任单位 |\n|---|---|---|\n| 氢能产值 | 100亿元 | 市发改委 |\n",
        "指标\t2025年目标\t责任单位\n氢能产值\t100亿元\t市发改委\n",
    ],
)
def test_rows_have_cells_with_heads(rows):
    """Bars, Markdown's bars and tabs mark the same table."""
    found = cells(read(HEAD + rows))
    assert ("100亿元", "氢能产值", "2025年目标") in found and ("市发改委", "氢能产值", "责任单位") in found


def test_a_line_over_the_whole_width_does_not_end_the_table():
    """The name of a group of rows stands between rows; the rows below keep their heads."""
    rows = "指标 | 2025年目标\n氢能产值 | 100亿元\n二、钢铁\n钢铁产值 | 900亿元\n"
    assert ("900亿元", "钢铁产值", "2025年目标") in cells(read(HEAD + rows))


def test_an_empty_cell_keeps_the_columns():
    """A row that lacks a cell has the next one under its own head."""
    found = cells(read(HEAD + "指标 | 2023年 | 2025年\n氢能产值 |  | 100亿元\n"))
    assert ("100亿元", "氢能产值", "2025年") in found


def test_one_line_with_bars_is_no_table():
    """A line of source and author, or a bar in a sentence, stays a paragraph."""
    assert cells(read(HEAD + "来源：某市日报 | 作者：张三\n全市将培育氢能产业。\n")) == []
