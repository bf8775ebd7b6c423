"""The target ledger as CSV. Exact by default, for machines; ``spreadsheet=True`` disarms cells that look like formulas."""

from __future__ import annotations

from typing import IO

from kg.graph import Graph


def write(graph: Graph, file: IO[bytes], *, question: str = "target-ledger", spreadsheet: bool = False) -> None:
    """The rows of a named question. The spreadsheet form begins with a byte order mark, which Excel needs for Chinese."""
    text = graph.query(question).to_csv(spreadsheet=spreadsheet)
    file.write((b"\xef\xbb\xbf" if spreadsheet else b"") + text.encode("utf-8"))
