"""The rows of a query, and the forms people take them in."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from html import escape
from typing import Any


@dataclass(frozen=True)
class Answer:
    """Column names and rows of text (None where a variable is unbound). Iterates over the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

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

    def to_pandas(self) -> Any:
        """A pandas DataFrame of text columns; needs pandas."""
        import pandas  # type: ignore[import-untyped,unused-ignore]

        return pandas.DataFrame(self.rows, columns=list(self.columns))

    def to_polars(self) -> Any:
        """A polars DataFrame of text columns; needs polars."""
        import polars  # type: ignore[import-not-found,unused-ignore]

        return polars.DataFrame([list(row) for row in self.rows], schema=list(self.columns), orient="row")

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{escape(value or '')}</td>" for value in row) + "</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
