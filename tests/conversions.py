"""One document in the formats that people keep it in: text, Markdown, a web page, Word, PDF."""

from __future__ import annotations

import html
import io
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from kg.model import Block, Document

Convert = Callable[[Document], bytes]


def as_text(document: Document) -> bytes:
    return document.text.encode()


def as_markdown(document: Document) -> bytes:
    """Headings as such; a run-in heading is bold; a table row is a row."""
    lines: list[str] = []
    for line, blocks in _lines(document):
        first = blocks[0] if blocks else None
        if first is None or first.kind == "cell":
            lines += _table_row(line, lines)
        elif first.kind == "title":
            lines += [f"# {line}", ""]
        elif first.kind == "heading" and first.end - first.start == len(line):
            lines += [f"{'#' * min(6, first.level + 1)} {line}", ""]
        else:
            lines += [line, ""]
    return "\n".join(lines).encode()


def _table_row(line: str, before: list[str]) -> list[str]:
    row = f"| {line} |"
    if before and before[-1].startswith("|"):
        return [row]
    return ["", row, "|" + "---|" * (line.count(" | ") + 1)]


def as_html(document: Document) -> bytes:
    parts, rows = [], []
    for line, blocks in _lines(document):
        if blocks and blocks[0].kind == "cell":
            rows.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line.split(" | ")) + "</tr>")
            continue
        parts += [f"<table>{''.join(rows)}</table>"] if rows else []
        rows = []
        tag = _tag(line, blocks)
        parts.append(f"<{tag}>{html.escape(line)}</{tag}>")
    parts += [f"<table>{''.join(rows)}</table>"] if rows else []
    style = "<style>body{font:12pt serif} td{border:1px solid} p{text-indent:2em}</style>"
    title = html.escape(document.metadata.title or "")
    page = f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>{style}</head><body><div class="content">'
    return (page + "\n".join(parts) + "</div></body></html>").encode()


def _tag(line: str, blocks: list[Block]) -> str:
    first = blocks[0] if blocks else None
    if first is not None and first.kind == "title":
        return "h1"
    if first is not None and first.kind == "heading" and first.end - first.start == len(line):
        return f"h{min(6, first.level + 1)}"
    return "p"


def as_docx(document: Document) -> bytes:
    """Word, as python-docx writes it: styles for title and headings, tables as tables."""
    import docx

    target = docx.Document()
    rows: list[list[str]] = []
    for line, blocks in [*_lines(document), ("", [])]:
        if blocks and blocks[0].kind == "cell":
            rows.append(line.split(" | "))
            continue
        if rows:
            table = target.add_table(len(rows), max(map(len, rows)))
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    table.cell(number, column).text = cell
            rows = []
        tag = _tag(line, blocks)
        if tag == "h1":
            target.add_heading(line, 0)
        elif tag != "p":
            target.add_heading(line, int(tag[1]) - 1)
        elif line:
            target.add_paragraph(line)
    stream = io.BytesIO()
    target.save(stream)
    return stream.getvalue()


def as_pdf(chromium: str) -> Convert:
    """The web page as Chromium prints it: lines broken, pages with numbers."""

    def convert(document: Document) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            page, target = Path(folder, "page.html"), Path(folder, "page.pdf")
            page.write_bytes(as_html(document))
            command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
            subprocess.run([*command, f"--print-to-pdf={target}", page.as_uri()], check=True, capture_output=True, timeout=120)
            return target.read_bytes()

    return convert


def _lines(document: Document) -> list[tuple[str, list[Block]]]:
    """Lines of the canonical text with the blocks that start on them."""
    starts: dict[int, list[Block]] = {}
    for block in document.blocks:
        starts.setdefault(document.text.rfind("\n", 0, block.start) + 1, []).append(block)
    position, found = 0, []
    for line in document.text.split("\n"):
        found.append((line, starts.get(position, [])))
        position += len(line) + 1
    return found
