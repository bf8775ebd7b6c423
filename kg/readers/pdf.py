"""PDF with a text layer, by pypdfium2: what is refused, and the pages' lines and tables as pieces."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Any

from kg.errors import DamagedError, EmptyError, LimitError, ReadError
from kg.model import Metadata
from kg.readers import cleaning
from kg.readers.pdf_glyphs import PageMarks, marks
from kg.readers.pdf_paragraphs import TextLine, page_rows, pieces
from kg.readers.structure import Reading

MAX_PAGES = 2_000
MAX_STREAMS = 200 * 1024 * 1024
"""Inflated bytes of all streams but pictures; plans with large maps in them have a tenth of it."""


def read(data: bytes) -> Reading:
    """Pieces of a PDF. Raises EmptyError (SCANNED) for pages that are pictures, ReadError (ENCRYPTED) for a locked file."""
    import pypdfium2 as pdfium

    _refuse_bomb(data)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("needs a password; save it without one", code="ENCRYPTED") from error
        raise
    if len(document) > MAX_PAGES:
        count = len(document)
        document.close()
        raise LimitError("too many pages; split it", code="TOO_MANY_PAGES", limit=str(MAX_PAGES), observed=str(count))
    ignored = _ignored(document, data)
    slanted = 0
    pages = []
    try:
        for index in range(len(document)):
            page = _marks(document, index)
            slanted += page.slanted
            pages.append(page_rows(page, index))
    finally:
        document.close()
    text = "".join(row.text if isinstance(row, TextLine) else "".join(map("".join, row.rows)) for page in pages for row in page)
    if len(text) < 20:
        raise EmptyError("pages are pictures without a text layer; run OCR (ocrmypdf -l chi_sim) first", code="SCANNED")
    _refuse_garbage(text)
    found, counts, headline = pieces(pages)
    notes = [*cleaning.notes(counts), *([f"{slanted} slanted characters (a watermark) left out"] if slanted else [])]
    return Reading(tuple(found), Metadata(title=headline), None, (*notes, *ignored))


def _marks(document: Any, index: int) -> PageMarks:
    page = document[index]
    try:
        return marks(page)
    finally:
        page.close()


def _refuse_bomb(data: bytes) -> None:
    """Raises LimitError (BOMB) when streams that PDFium would inflate to read the text grow beyond MAX_STREAMS.

    They are inflated piece by piece and not kept. Pictures are left out, since nobody looks at them.
    """
    total = 0
    for match in _STREAM.finditer(data):
        entries = match.group(1)
        times = len(_FLATE.findall(entries))
        if times and b"/Image" not in entries:
            total += _inflated(data, match.end(), times, MAX_STREAMS - total)
            if total > MAX_STREAMS:
                limit = f"{MAX_STREAMS >> 20} MiB"
                raise LimitError("its streams inflate beyond reason", code="BOMB", limit=limit, observed=f"more than {limit}")


_STREAM = re.compile(rb"<<((?:(?!endobj|stream)[\s\S]){0,2000}?)>>\s{0,20}stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")


def _inflated(data: bytes, start: int, times: int, limit: int) -> int:
    """Size of the stream at ``start`` after inflating it ``times`` times; more than ``limit`` as soon as that is sure."""
    packers = [zlib.decompressobj() for _ in range(times)]
    size = 0
    for position in range(start, len(data), _CHUNK):
        try:
            size += _feed(packers, data[position : position + _CHUNK], limit - size)
        except zlib.error:
            break
        if size > limit or packers[0].eof:
            break
    return size


def _feed(packers: Sequence[Any], data: bytes, limit: int) -> int:
    """Bytes that ``data`` becomes, at least one more than ``limit`` when it is more."""
    first, rest = packers[0], packers[1:]
    size = 0
    while data and size <= limit and not first.eof:
        out = first.decompress(data, _CHUNK)
        size += _feed(rest, out, limit - size) if rest else len(out)
        data = first.unconsumed_tail
    return size


_CHUNK = 1 << 16


def _ignored(document: Any, data: bytes) -> list[str]:
    """Notes on what is in the file and is neither run nor read."""
    from pypdfium2 import raw

    counts = {
        "scripts": max(0, raw.FPDFDoc_GetJavaScriptActionCount(document)),
        "attached files": max(0, raw.FPDFDoc_GetAttachmentCount(document)),
        "actions that start programs": len(re.findall(rb"/S\s{0,9}/Launch\b", data)),
    }
    return [f"{count} {what} ignored" for what, count in counts.items() if count]


def _refuse_garbage(text: str) -> None:
    """Raises DamagedError (GARBLED) for text of a font without a character map: private, undefined or foreign characters."""
    broken = sum(1 for c in text if c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or (c < " " and c not in "\t\r\n"))
    # GBK bytes shown as Latin-1 (ÐÂÐÍÏÔÊ¾): no European text has so many letters with marks.
    broken += sum(1 for c in text if "\u0080" <= c <= "\u024f")
    if broken * 5 > len(text):
        raise DamagedError(
            "its fonts do not say which characters they show; run OCR (ocrmypdf --force-ocr -l chi_sim)",
            code="GARBLED", limit="20%", observed=f"{100 * broken // len(text)}%",
        )  # fmt: skip
