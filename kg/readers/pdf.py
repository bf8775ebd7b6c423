"""PDF with a text layer, by pypdfium2: pages as lines, running heads and page numbers dropped, wraps joined."""

from __future__ import annotations

import re
from collections import Counter

from kg.errors import EmptyError, ReadError
from kg.readers.structure import Reading
from kg.readers.text import from_text

_PAGE_NUMBER = re.compile(r"^\s*[-—–]*\s*(?:第?\s*[0-9]{1,4}\s*页?(?:\s*[/共]\s*[0-9]{1,4}\s*页?)?)\s*[-—–]*\s*$")


def read(data: bytes) -> Reading:
    """Pieces of a PDF. Raises EmptyError (SCANNED) for pages that are pictures, ReadError (ENCRYPTED) for a locked file."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("needs a password; save it without one", code="ENCRYPTED") from error
        raise
    try:
        pages = [_page(document, index) for index in range(len(document))]
    finally:
        document.close()
    if sum(len(line) for page in pages for line in page) < 20:
        raise EmptyError("pages are pictures without a text layer; run OCR (ocrmypdf -l chi_sim) first", code="SCANNED")
    running = _running(pages)
    lines = [line for page in pages for line in page if line.strip() not in running and not _PAGE_NUMBER.match(line)]
    return from_text("\n".join(lines), encoding=None)


def _page(document: object, index: int) -> list[str]:
    page = document[index]  # type: ignore[index]
    text_page = page.get_textpage()
    text: str = text_page.get_text_bounded()
    text_page.close()
    page.close()
    # PDFium marks a hyphen at a line end by U+0002 and U+FFFE.
    return [line.rstrip() for line in text.replace("\x02", "").replace("\ufffe", "").replace("\r\n", "\n").split("\n")]


def _running(pages: list[list[str]]) -> set[str]:
    """Lines that stand at the top or bottom of most pages."""
    if len(pages) < 3:
        return set()
    counts = Counter(line.strip() for page in pages for line in {*page[:2], *page[-2:]} if line.strip())
    return {line for line, count in counts.items() if count * 2 > len(pages)}
