"""The rows of a query, and the forms people take them in."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import dataclass
from html import escape
from importlib import import_module
from typing import Any

from kg.errors import UsageError

NUMBERS = frozenset({"value", "base_value", "baseValue", "places", "documents", "count", "start", "end", "year"})
"""Columns that hold numbers, where all their cells do."""
BOOLEANS = frozenset({"baseline"})
SHOWN = 100
"""Rows that a notebook shows."""


@dataclass(frozen=True, repr=False)
class Answer:
    """Column names and rows of text (None where a variable is unbound). Iterates over the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    def __repr__(self) -> str:
        return f"<kg.Answer: {len(self)} rows of {', '.join(self.columns)}>"

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> list[dict[str, str | None]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_json(self) -> str:
        return json.dumps(self.records(), ensure_ascii=False, indent=1)

    def to_csv(self, *, spreadsheet: bool = False) -> str:
        """RFC 4180, exact; ``spreadsheet=True`` disarms cells that a spreadsheet would run as formulas."""
        from kg.exporters.cells import guarded

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        for row in self.rows:
            cells = ["" if value is None else value for value in row]
            writer.writerow([guarded(cell) for cell in cells] if spreadsheet else cells)
        return out.getvalue()

    def to_pandas(self, *, typed: bool = True) -> Any:
        """A pandas DataFrame. ``typed`` makes numbers of number columns and truth values of baseline; else all is text."""
        pandas = _optional("pandas")
        frame = pandas.DataFrame(self.rows, columns=list(self.columns), dtype="string")
        for column, values in self._typed().items() if typed else ():
            kind = "Int64" if all(isinstance(v, int) for v in values if v is not None) else "Float64"
            frame[column] = pandas.array(values, dtype="boolean" if column in BOOLEANS else kind)
        return frame

    def to_polars(self, *, typed: bool = True) -> Any:
        """A polars DataFrame, typed as ``to_pandas`` is."""
        polars = _optional("polars")
        frame = polars.DataFrame(
            [list(row) for row in self.rows], schema=dict.fromkeys(self.columns, polars.String), orient="row"
        )
        columns = [polars.Series(column, values) for column, values in (self._typed().items() if typed else ())]
        return frame.with_columns(columns)

    def _typed(self) -> dict[str, list[Any]]:
        """Columns of numbers and truth values whose every cell is one; a column of nothing stays text."""
        found = {}
        for place, column in enumerate(self.columns):
            read = _truth if column in BOOLEANS else _number if column in NUMBERS else None
            if read is None:
                continue
            try:
                values = [read(row[place]) if row[place] else None for row in self.rows]
            except ValueError:
                continue
            if any(value is not None for value in values):
                whole = all(isinstance(value, int) for value in values if value is not None)
                found[column] = values if whole else [None if value is None else float(value) for value in values]
        return found

    def _repr_html_(self) -> str:
        """In a notebook: a table of the first rows, and how many there are."""
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(_html_row(row) for row in self.rows[:SHOWN])
        more = f"; the first {SHOWN} are shown" if len(self.rows) > SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{len(self.rows)} rows{more}</p>"


def _html_row(row: tuple[str | None, ...]) -> str:
    return "<tr>" + "".join(f'<td style="text-align:left">{escape(value or "")}</td>' for value in row) + "</tr>"


def _number(text: str | None) -> int | float:
    value = float(text or "")
    if not math.isfinite(value):
        raise ValueError(text)
    return int(text or "") if re.fullmatch(r"-?\d{1,18}", text or "", re.ASCII) else value


def _truth(text: str | None) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _optional(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise UsageError(f"{name} is not installed: pip install 'policy-kg[{name}]'") from None
