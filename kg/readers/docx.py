"""Word documents (.docx): paragraphs and tables in order, headings by style, automatic numbers written out."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO
from typing import Any

from kg.model import Metadata
from kg.readers.structure import Piece, Reading, table_pieces

_CHINESE = "一二三四五六七八九十"


def read(data: bytes) -> Reading:
    """Pieces of a Word document."""
    import docx
    from docx.table import Table

    document = docx.Document(BytesIO(data))
    numbers = _Numbers(document)
    pieces: list[Piece] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            pieces.extend(_rows(part))
        else:
            pieces.extend(_paragraph(part, numbers))
    title = next((p.text for p in pieces[:4] if p.kind == "title"), None)
    return Reading(tuple(pieces), Metadata(title=title))


def _paragraph(paragraph: Any, numbers: _Numbers) -> list[Piece]:
    text = numbers.prefix(paragraph) + paragraph.text
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style.startswith("Title"):
        return [Piece(text.replace("\n", ""), "title")]
    if style.startswith("Heading") or style.startswith("标题"):
        digits = "".join(c for c in style if c.isdigit())
        return [Piece(text.replace("\n", ""), "heading", int(digits or 1))]
    bold = 0
    for run in paragraph.runs:
        if not run.bold:
            break
        bold += len(run.text)
    lines = text.split("\n")
    return [Piece(line, "paragraph", 0, bold if n == 0 else 0) for n, line in enumerate(lines)]


def _rows(table: Any) -> list[Piece]:
    """Pieces of a table; a cell merged over columns once, over rows in each of them."""
    rows = []
    for row in table.rows:
        cells: list[str] = []
        previous = None
        for cell in row.cells:
            cells.append("" if cell._tc is previous else cell.text)
            previous = cell._tc
        rows.append(cells)
    return table_pieces(rows)


class _Numbers:
    """Automatic list numbers, which python-docx leaves out of the text: 一、（一）1. by the list's own format."""

    def __init__(self, document: Any) -> None:
        self._formats = self._read(document)
        self._counts: dict[tuple[str, int], int] = defaultdict(int)

    @staticmethod
    def _read(document: Any) -> dict[tuple[str, int], tuple[str, str]]:
        from docx.oxml.ns import qn

        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return {}
        abstract: dict[str, dict[int, tuple[str, str]]] = {}
        for item in root.findall(qn("w:abstractNum")):
            levels = {}
            for level in item.findall(qn("w:lvl")):
                fmt, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
                if fmt is not None and text is not None:
                    levels[int(level.get(qn("w:ilvl")))] = (fmt.get(qn("w:val")), text.get(qn("w:val")) or "")
            abstract[item.get(qn("w:abstractNumId"))] = levels
        found = {}
        for num in root.findall(qn("w:num")):
            link = num.find(qn("w:abstractNumId"))
            for level, value in abstract.get(link.get(qn("w:val")) if link is not None else "", {}).items():
                found[num.get(qn("w:numId")), level] = value
        return found

    def prefix(self, paragraph: Any) -> str:
        properties = paragraph._p.pPr
        numbering = properties.numPr if properties is not None else None
        if numbering is None or numbering.numId is None:
            return ""
        number_id = str(numbering.numId.val)
        level = int(numbering.ilvl.val) if numbering.ilvl is not None else 0
        fmt, pattern = self._formats.get((number_id, level), ("", ""))
        if not pattern or fmt == "bullet":
            return ""
        self._counts[number_id, level] += 1
        for deeper in range(level + 1, 9):
            self._counts[number_id, deeper] = 0
        value = self._counts[number_id, level]
        chinese = fmt.startswith(("chinese", "ideograph", "japaneseCounting"))
        return pattern.replace(f"%{level + 1}", _chinese(value) if chinese else str(value))


def _chinese(value: int) -> str:
    if value <= 10:
        return _CHINESE[value - 1]
    tens, ones = divmod(value, 10)
    return ("" if tens == 1 else _CHINESE[tens - 1]) + "十" + (_CHINESE[ones - 1] if ones else "")
