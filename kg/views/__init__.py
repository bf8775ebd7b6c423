"""Tables made of named questions, with headings in Chinese: what people take away as a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import Graph

Row = tuple[str, ...]

HEADINGS = {
    "place_name": "地点", "topic_name": "产业/技术", "metric": "指标", "operator": "比较", "value": "数值", "unit": "单位",
    "year": "期限", "base_value": "基本单位数值", "base_unit": "基本单位", "baseline": "现状", "policy_name": "政策",
    "quote": "原文", "source": "文件", "target": "IRI", "agency_name": "部门", "task_name": "任务", "role": "角色",
    "kind": "类别", "recipient": "对象", "condition": "条件", "number": "数字", "sentence": "句子", "start": "位置",
    "topic": "产业/技术", "places": "地方数", "documents": "文件数", "name": "名称", "type": "类别", "place": "所在地",
    "title": "标题", "publisher": "发布者", "issued": "日期", "file": "文件", "document": "IRI",
    "document_number": "文号",
}  # fmt: skip
"""Column of a question -> its heading."""

VALUES = {
    "operator": {">=": "≥", "<=": "≤", "=": "等于", "+": "增加", "~": "约"},
    "baseline": {"true": "是", "false": ""},
    "role": {"lead": "牵头", "responsible": "负责", "support": "配合"},
    "kind": {"amount": "金额", "rate": "比例", "threshold": "门槛"},
}
"""Codes that people read as words."""

NUMBERS = frozenset({"value", "base_value", "places", "documents", "start", "year"})
"""Columns that hold numbers."""

SHEETS = {
    "量化目标": "target-ledger",
    "责任分工": "responsibilities",
    "扶持条款": "incentives",
    "产业热度": "topic-ranking",
    "企业与机构": "organizations",
    "文件": "documents",
    "未解读数字": "unread-numbers",
}
"""Sheet -> the question it shows."""


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of text; ``numeric`` has the indexes of the columns that hold numbers."""

    title: str
    headings: Row
    rows: tuple[Row, ...]
    numeric: frozenset[int]


def table(graph: Graph, title: str, question: str, *, words: bool = True) -> Table:
    """The rows of a named question under Chinese headings; ``words=False`` leaves the codes as they are."""
    answer = graph.query(question)
    columns = answer.columns
    rows = tuple(tuple(_shown(c, value or "", words) for c, value in zip(columns, row, strict=True)) for row in answer.rows)
    headings = tuple(HEADINGS.get(column, column) for column in columns)
    return Table(title, headings, rows, frozenset(i for i, column in enumerate(columns) if column in NUMBERS))


def tables(graph: Graph) -> list[Table]:
    """All sheets of the workbook."""
    return [table(graph, title, question) for title, question in SHEETS.items()]


def _shown(column: str, value: str, words: bool) -> str:
    return VALUES.get(column, {}).get(value, value) if words else value
