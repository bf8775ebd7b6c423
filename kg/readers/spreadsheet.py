"""Tables: Excel workbooks (.xlsx) and CSV files. Each row is a line, each cell knows its heads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from kg.errors import LimitError
from kg.readers.container import open_container, refuse_doctype
from kg.readers.decoding import decode
from kg.readers.structure import Piece, Reading, table_pieces

MAX_CELLS = 500_000


def read_xlsx(data: bytes) -> Reading:
    """Pieces of a workbook: a heading for each sheet, then its rows. Raises LimitError beyond MAX_CELLS."""
    import openpyxl

    refuse_doctype(open_container(data))
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    pieces: list[Piece] = []
    for sheet in book.worksheets:
        rows = [[_shown(value) for value in row] for row in _bounded(sheet.iter_rows(values_only=True))]
        table = table_pieces(_trimmed(rows))
        if table:
            pieces.extend([Piece(sheet.title, "heading", 1), *table])
    book.close()
    return Reading(tuple(pieces))


def read_csv(data: bytes) -> Reading:
    """Pieces of a CSV file with commas, semicolons or tabs."""
    text, encoding, notes = decode(data)
    head = text[:4096]
    delimiter = max(",;\t", key=lambda d: (head.count(d), d == ","))
    rows = list(_bounded(csv.reader(io.StringIO(text), delimiter=delimiter)))
    return Reading(tuple(table_pieces(_trimmed(rows))), encoding=encoding, notes=tuple(notes))


def _bounded(rows: Iterable[Any]) -> list[Any]:
    seen, kept = 0, []
    for row in rows:
        seen += len(row)
        if seen > MAX_CELLS:
            raise LimitError("too many cells; split the table", code="TOO_LARGE", limit=str(MAX_CELLS), observed=str(seen))
        kept.append(row)
    return kept


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Without the empty columns at the right end."""
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell.strip()), default=0)
    return [row[:width] for row in rows]
