"""Plain text: lines joined where they were wrapped by hand, paragraphs kept."""

from __future__ import annotations

import re

from kg.model import Metadata
from kg.readers import metadata
from kg.readers.decoding import decode
from kg.readers.structure import Piece, Reading, clean, numbering

_INDENT = re.compile(r"^(?:　|[ \t]{2,})")
_STOPS = "。！？!?；;：:"
_TITLE_END = re.compile(r"(?:通知|意见|方案|规划|计划|办法|措施|决定|条例|细则|纲要|公告|通告|的函|批复|报告|政策|[)）])$")


def read(data: bytes) -> Reading:
    """Pieces of a text file."""
    text, encoding, notes = decode(data)
    return from_text(text, encoding=encoding, notes=tuple(notes))


def from_text(text: str, *, encoding: str | None = None, notes: tuple[str, ...] = ()) -> Reading:
    """Pieces of a text, whatever it came from (a file, the pages of a PDF)."""
    lines = clean(text).split("\n")
    pieces = tuple(Piece(p) for p in join(lines))
    head = "\n".join(p.text for p in pieces[:12])
    tail = "\n".join(p.text for p in pieces[-6:])
    found = Metadata(
        title=None,
        published=metadata.publication_time(head) or metadata.publication_time(tail),
        publisher=metadata.source(head) or metadata.source(tail),
        number=metadata.document_number(head),
    )
    return Reading(pieces, found, encoding, notes)


def join(lines: list[str]) -> list[str]:
    """Paragraphs of hard-wrapped lines; a text whose lines are paragraphs comes back as it is."""
    width = _width(lines)
    paragraphs: list[str] = []
    current = last = ""
    blank = True
    for line in lines:
        if not line.strip():
            blank = True
            continue
        if current and _continues(current, last, line, width, blank):
            current += _glue(current, line)
        else:
            if current:
                paragraphs.append(current)
            current = line.rstrip()
        blank, last = False, line.strip("\n")
    if current:
        paragraphs.append(current)
    return paragraphs


def _glue(left: str, right: str) -> str:
    right = right.strip()
    latin = left[-1:].isascii() and left[-1:].isalnum() and right[:1].isascii() and right[:1].isalpha() and len(right) > 1
    return (" " if latin and left[-1:].islower() else "") + right


def _continues(current: str, last: str, line: str, width: int, blank: bool) -> bool:
    """Whether ``line`` goes on where ``current``, whose last line was ``last``, stopped."""
    if _open(current) and len(current) < 160:
        return True
    if blank or _INDENT.match(line) or numbering(line.strip())[0]:
        return False
    if width and len(last) >= width - 3:
        return True
    return _title_goes_on(current, line)


def _open(text: str) -> bool:
    return text.count("《") > text.count("》")


def _title_goes_on(current: str, line: str) -> bool:
    """A title broken over lines: no stop, not yet complete, and complete with the next line."""
    joined = current.strip() + line.strip()
    plain = not any(c in joined for c in _STOPS + "，、")
    return plain and len(joined) <= 70 and not _TITLE_END.search(current.strip()) and bool(_TITLE_END.search(joined))


def _width(lines: list[str]) -> int:
    """Width at which the lines were wrapped, 0 for a text that was not."""
    lengths = [len(line.strip("\n")) for line in lines if len(line.strip()) > 15]
    if len(lengths) < 6 or max(lengths) > 60:
        lengths = [n for n in lengths if n <= 60] if lengths and sum(n > 60 for n in lengths) * 20 < len(lengths) else []
    if len(lengths) < 6:
        return 0
    widest = sorted(lengths)[int(len(lengths) * 0.9)]
    near = sum(1 for n in lengths if widest - 3 <= n <= widest + 3)
    return widest if near * 10 >= len(lengths) * 4 else 0
