"""Tables of plain text, whose columns are parted by tabs, bars or runs of blanks."""

from __future__ import annotations

import pytest

from kg.readers import aligned, text

ROWS = [["序号", "指标", "单位", "2023年", "2026年"], ["1", "氢能产值", "亿元", "36", "120"], ["2", "加氢站", "座", "5", "≥12"]]


@pytest.mark.parametrize("gap", ["\t", " | ", "｜", "    ", "　　"], ids=["tab", "bar", "wide bar", "blanks", "wide blanks"])
def test_table_is_found_between_its_neighbors(gap: str) -> None:
    """A head of words and rows of as many cells are a table, whatever parts the columns; the lines around stay lines."""
    lines = ["主要指标如下。", *(gap.join(row) for row in ROWS), "各地要抓好落实。"]
    assert list(aligned.tables(lines)) == [(1, 4, ROWS)]


@pytest.mark.parametrize(
    "lines",
    [
        ["明河市人民政府    2024年3月5日", "明河市发展和改革委员会    2024年3月5日"],
        ["一、发展目标", "到2026年产值达到120亿元。", "加氢站达到12座。"],
        ["姓名    单位    职务", "甲    明河市    主任", "乙    明河市    科长"],
    ],
    ids=["signatures", "prose", "words only"],
)
def test_what_holds_no_table_of_numbers_stays_text(lines: list[str]) -> None:
    """Signatures, prose and lists of words are no tables of numbers."""
    assert list(aligned.tables(lines)) == []


def test_rule_under_the_head_is_no_row() -> None:
    """A line of dashes below the head is left out."""
    lines = ["指标 | 2024年 | 2026年", "--- | --- | ---", "加氢站（座） | 8 | 12", "车辆（辆） | 500 | 2000"]
    assert [len(rows) for _, _, rows in aligned.tables(lines)] == [3]


def test_cells_of_a_text_file_know_their_column() -> None:
    """The reader makes cells of the table, and the text around keeps its paragraphs."""
    lines = ["一、主要指标", *("\t".join(row) for row in ROWS), "二、重点任务"]
    pieces = text.read("\n".join(lines).encode()).pieces
    assert [p.text for p in pieces if not p.cells] == ["一、主要指标", "二、重点任务"]
    assert [c.column for p in pieces for c in p.cells if c.text == "120"] == ["2026年"]


def test_many_lines_with_columns_are_read_in_linear_time() -> None:
    """Lines that all look like a head are looked at once."""
    assert list(aligned.tables(["甲乙    丙丁    戊己"] * 20_000)) == []
