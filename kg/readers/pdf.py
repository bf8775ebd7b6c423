"""PDF with a text layer, by pypdfium2: pages as lines, running heads and page numbers dropped, wraps joined."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kg.errors import DamagedError, EmptyError, LimitError, ReadError
from kg.readers.cleaning import radicals
from kg.readers.structure import Reading
from kg.readers.text import from_text

MAX_PAGES = 2_000
MAX_STREAMS = 200 * 1024 * 1024
"""Inflated bytes of all streams but pictures; plans with large maps in them have a tenth of it."""
_PAGE_NUMBER = re.compile(r"^\s*[-—–]*\s*(?:第?\s*[0-9]{1,4}\s*页?(?:\s*[/共]\s*[0-9]{1,4}\s*页?)?)\s*[-—–]*\s*$")


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
    try:
        pages = [_page(document, index) for index in range(len(document))]
    finally:
        document.close()
    if sum(len(line) for page in pages for line in page) < 20:
        raise EmptyError("pages are pictures without a text layer; run OCR (ocrmypdf -l chi_sim) first", code="SCANNED")
    _refuse_garbage("".join(line for page in pages for line in page))
    running = _running(pages)
    lines = [line for page in pages for line in page if _bare(line) not in running and not _PAGE_NUMBER.match(line)]
    reading = from_text(_close_up(radicals("\n".join(lines))), encoding=None)
    return replace(reading, notes=(*reading.notes, *ignored))


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


def _page(document: Any, index: int) -> list[str]:
    page = document[index]
    text_page = page.get_textpage()
    text: str = text_page.get_text_bounded()
    text_page.close()
    page.close()
    # PDFium marks a hyphen at a line end by U+0002 and U+FFFE.
    return [line.rstrip() for line in text.replace("\x02", "").replace("\ufffe", "").replace("\r\n", "\n").split("\n")]


def _running(pages: list[list[str]]) -> set[str]:
    """Lines that stand at the top or bottom of most pages."""
    if len(pages) == 1:
        # A one-page print-out: a head is known by its page number alone.
        return {_bare(line) for line in pages[0][:1] if re.search(r"第\s*\d+\s*页|\d+\s*/\s*\d+\s*$", line)}
    counts = Counter(_bare(line) for page in pages for line in {*page[:2], *page[-2:]} if line.strip())
    return {line for line, count in counts.items() if count * 2 > len(pages)}


def _close_up(text: str) -> str:
    """Without the blanks that layout puts between hanzi and digits (2023 年 3 月) and into spread words (中 央 督 察)."""
    text = re.sub(r"(?<=[一-鿿（《]) ([0-9][0-9.,]*[%％‰]?) (?=[一-鿿])", r"\1", text)
    text = re.sub(r"(?<=[0-9]) (?=[年月日])|(?<=[年月]) (?=[0-9])", "", text)
    return re.sub(r"(?<![一-鿿])[一-鿿](?: [一-鿿]){3,}(?![一-鿿])", lambda m: m.group().replace(" ", ""), text)


def _bare(line: str) -> str:
    """A running head without its page number."""
    return re.sub(r"第?\s*\d{1,4}\s*(?:[/／]\s*\d{1,4}\s*)?页?|[-—–]", "", line).strip() or line.strip()
