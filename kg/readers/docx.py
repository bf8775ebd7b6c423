"""Word documents (.docx): paragraphs and tables in order, headings by style, automatic numbers written out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from kg.errors import DamagedError, EmptyError
from kg.model import Metadata
from kg.readers.container import open_container, refuse_doctype
from kg.readers.structure import Piece, Reading, table_pieces

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = "一二三四五六七八九十"


def read(data: bytes) -> Reading:
    """Pieces of a Word document: body, text boxes where they are anchored, footnotes at the end as notes.

    Of tracked changes the insertions are read and the deletions are not; hidden text is left out.
    """
    import docx

    refuse_doctype(open_container(data))
    document = docx.Document(BytesIO(data))
    if getattr(document.element, "body", None) is None:  # a part with another root has no such thing
        raise DamagedError("a document without a body; fetch it again")
    numbers = _Numbers(document)
    pieces: list[Piece] = []
    for element in _content(document.element.body):
        pieces.extend(_element(element, document, numbers))
    pieces.extend(_footnotes(document))
    if not any(p.text.strip() for p in pieces) and document.inline_shapes:
        raise EmptyError("the text is in pictures; run OCR and pass the text", code="SCANNED")
    title = next((p.text for p in pieces[:4] if p.kind == "title"), None)
    return Reading(tuple(pieces), Metadata(title=title))


def _content(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls and tracked insertions."""
    for child in parent:
        name = _local(child)
        if name in ("p", "tbl"):
            yield child
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _content(child)


def _element(element: Any, document: Any, numbers: _Numbers) -> Iterator[Piece]:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    if _local(element) == "tbl":
        yield from _rows(Table(element, document))
        return
    yield from _paragraph(Paragraph(element, document), numbers)
    for box in element.iter(f"{_W}txbxContent"):
        if not any(_local(a) == "Fallback" for a in box.iterancestors()):
            for inner in _content(box):
                yield from _element(inner, document, numbers)


def _paragraph(paragraph: Any, numbers: _Numbers) -> list[Piece]:
    runs = list(_runs(paragraph._p))
    text = numbers.prefix(paragraph) + "".join(t for t, _ in runs)
    style = numbers.styles.name(paragraph)
    if style.startswith("Title"):
        return [Piece(text.replace("\n", ""), "title")]
    if style.startswith(("Heading", "heading", "标题")):
        digits = "".join(c for c in style if c.isdigit())
        return [Piece(text.replace("\n", ""), "heading", min(int(digits or 1), 4))]
    bold = 0
    for run, is_bold in runs:
        if not is_bold:
            break
        bold += len(run)
    bold += len(text) - sum(len(t) for t, _ in runs) if bold else 0
    return [Piece(line, "paragraph", 0, min(bold, len(line)) if n == 0 else 0) for n, line in enumerate(text.split("\n"))]


def _runs(paragraph: Any) -> Iterator[tuple[str, bool]]:
    """(text, bold) of the runs that a reader sees: insertions and links, no deletions, no hidden text, no text boxes."""
    for child in paragraph:
        name = _local(child)
        if name == "r":
            properties = child.find(f"{_W}rPr")
            if properties is not None and properties.find(f"{_W}vanish") is not None:
                continue
            bold = properties.find(f"{_W}b") if properties is not None else None
            yield _run_text(child), bold is not None and bold.get(f"{_W}val") not in ("0", "false")
        elif name in ("ins", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml"):
            yield from _runs(child)


def _run_text(run: Any) -> str:
    parts = []
    for child in run:
        name = _local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in ("tab", "ptab"):
            parts.append("\t")
        elif name in ("br", "cr") and child.get(f"{_W}type") is None:
            parts.append("\n")
        elif name == "noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _footnotes(document: Any) -> Iterator[Piece]:
    from lxml import etree

    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        for note in root:
            text = "".join("".join(t for t, _ in _runs(p)) for p in note.iter(f"{_W}p")).strip()
            if text:
                yield Piece(text, "note")


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


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


class _Styles:
    """Names of paragraph styles by their ids, made once: python-docx looks through all styles for each paragraph."""

    def __init__(self, document: Any) -> None:
        from docx.enum.style import WD_STYLE_TYPE

        self._names = {s.style_id: s.name or "" for s in document.styles if s.type == WD_STYLE_TYPE.PARAGRAPH}
        default = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self._default = (default.name or "") if default is not None else ""

    def name(self, paragraph: Any) -> str:
        return self._names.get(paragraph._p.style, self._default)


class _Numbers:
    """Automatic list numbers, which python-docx leaves out of the text: 一、（一）1. by the list's own format."""

    def __init__(self, document: Any) -> None:
        self.styles = _Styles(document)
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
                depth = level.get(qn("w:ilvl")) or ""
                if fmt is not None and text is not None and depth.isdecimal():
                    levels[int(depth)] = (fmt.get(qn("w:val")) or "", text.get(qn("w:val")) or "")
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
