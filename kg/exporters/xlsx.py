"""A workbook of the tables of kg.views: targets, duties, incentives, topics, organizations, documents, unread numbers.

Written directly (a zip of small XML files with fixed dates), so that the same graph gives the same bytes. Text cells are
inline strings, which no spreadsheet runs as formulas; an apostrophe guards them against a later save as CSV.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator
from typing import IO

from kg.exporters.cells import guarded
from kg.exporters.xml import escape
from kg.graph import Graph
from kg.views import Table, tables

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MAX_ROWS = 1_048_575
"""Rows below the heading that a sheet holds."""
MAX_CELL = 32_767
"""Characters that a cell holds; longer quotes end with an ellipsis."""


def write(graph: Graph, file: IO[bytes]) -> None:
    sheets = tables(graph)
    with zipfile.ZipFile(file, "w") as package:
        for name, content in _parts(sheets):
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 3
            package.writestr(part, content.encode("utf-8"))


def _parts(sheets: list[Table]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>' for n in numbers
    )
    yield "[Content_Types].xml", (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/>{overrides}</Types>'
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    links = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*links, ("styles", "styles.xml")])
    names = "".join(f'<sheet name="{escape(t.title)}" sheetId="{n}" r:id="rId{n}"/>' for n, t in enumerate(sheets, 1))
    yield "xl/workbook.xml", f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{names}</sheets></workbook>'
    yield "xl/styles.xml", _STYLES
    for n, sheet in enumerate(sheets, 1):
        yield f"xl/worksheets/sheet{n}.xml", _sheet(sheet)


_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _relations(targets: list[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _sheet(table: Table) -> str:
    """The heading stays in view, and can be filtered by."""
    if len(table.rows) > MAX_ROWS:
        raise ValueError(f"{table.title} has {len(table.rows)} rows; a sheet holds {MAX_ROWS}: export csv instead")
    heading = "".join(_text(_name(i, 1), text, ' s="1"') for i, text in enumerate(table.headings))
    rows = "".join(_row(number, row, table.numeric) for number, row in enumerate(table.rows, 2))
    area = f"A1:{_name(len(table.headings) - 1, len(table.rows) + 1)}"
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
        f'<sheetData><row r="1">{heading}</row>{rows}</sheetData><autoFilter ref="{area}"/></worksheet>'
    )


def _row(number: int, row: tuple[str, ...], numeric: frozenset[int]) -> str:
    cells = (_cell(_name(i, number), text, i in numeric) for i, text in enumerate(row) if text)
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, text: str, numeric: bool) -> str:
    if numeric and re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text, re.ASCII) and math.isfinite(float(text)):
        return f'<c r="{place}"><v>{text}</v></c>'
    return _text(place, guarded(text))


def _text(place: str, text: str, style: str = "") -> str:
    shown = text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(shown)}</t></is></c>'


def _name(column: int, row: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
