"""Plain text: lines joined where they were wrapped by hand, paragraphs kept."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from kg.model import Metadata
from kg.readers import aligned, cleaning, words
from kg.readers.cleaning import clean
from kg.readers.decoding import decode
from kg.readers.letterhead import META_LINE
from kg.readers.structure import Piece, Reading, is_date_line, numbering, table_pieces

_INDENT = re.compile(r"^(?:　|[ \t]{2,})")
_SLACK = 6
"""Columns by which a wrapped line may fall short of the margin: a word or bracket that must not be parted."""
_LARGE = 10_000
_STOPS = "。！？!?；;：:"
_TITLE_END = "(?:<title-endings>|[)）])$"


def read(data: bytes) -> Reading:
    """Pieces of a text file."""
    text, encoding, notes = decode(data)
    return from_text(text, encoding=encoding, notes=tuple(notes))


def from_text(text: str, *, encoding: str | None = None, notes: tuple[str, ...] = ()) -> Reading:
    """Pieces of a text, whatever it came from (a file, the pages of a PDF)."""
    counts: Counter[str] = Counter()
    text = _ENTITY.sub(lambda m: html.unescape(m.group()), text)
    lines = clean(text, counts, readings=cleaning.has_readings(text)).split("\n")
    return Reading(tuple(_pieces(lines)), Metadata(), encoding, (*notes, *cleaning.notes(counts)))


def _pieces(lines: list[str]) -> Iterator[Piece]:
    """Paragraphs and the rows of tables that stand between them."""
    found = list(aligned.tables(lines))
    rows = {index for first, stop, _ in found for index in range(first, stop)}
    fit = _width([line for index, line in enumerate(lines) if index not in rows])
    begin = 0
    for first, stop, table in [*found, (len(lines), len(lines), [])]:
        yield from (Piece(part) for line in join(lines[begin:first], fit) for part in split_run(line))
        yield from table_pieces(table)
        begin = stop


def join(lines: list[str], fit: tuple[Callable[[str], int], int] | None = None) -> list[str]:
    """Paragraphs of hard-wrapped lines; a text whose lines are paragraphs comes back as it is.

    ``fit`` is how the whole text was wrapped, for a part of it.
    """
    measure, width = fit or _width(lines)
    paragraphs: list[str] = []
    current = last = ""
    blank = True
    for line in lines:
        if not line.strip():
            blank = True
            continue
        if current and _continues(current, last, line, width - measure(last) if width else _LARGE, blank):
            current += glue(current, line)
        else:
            if current:
                paragraphs.append(current)
            current = line.rstrip()
        blank, last = False, line.strip("\n")
    if current:
        paragraphs.append(current)
    return paragraphs


def glue(left: str, right: str) -> str:
    """What ``right`` adds to ``left``: itself, behind a blank between Latin words."""
    right = right.strip()
    latin = left[-1:].isascii() and left[-1:].isalnum() and right[:1].isascii() and right[:1].isalpha() and len(right) > 1
    return (" " if latin and left[-1:].islower() else "") + right


def _continues(current: str, last: str, line: str, gap: int, blank: bool) -> bool:
    """Whether ``line`` goes on where ``current`` stopped, whose last line ``last`` ended ``gap`` columns before the margin."""
    if len(current) < 160 and is_open(current):
        return True
    if blank or _INDENT.match(line) or numbering(line.strip())[0]:
        return False
    if META_LINE.match(last) or META_LINE.match(line):
        return False
    if gap <= _SLACK:
        return True
    return title_goes_on(current, line)


def is_open(text: str) -> bool:
    """Whether a title mark is opened and not closed."""
    return text.count("《") > text.count("》")


def title_goes_on(current: str, line: str) -> bool:
    """A title broken over lines: no stop, not yet complete, and complete with the next line."""
    if is_date_line(current) or is_date_line(line) or current.strip().startswith("附"):
        return False
    joined = current.strip() + line.strip()
    plain = not any(c in joined for c in _STOPS + "，、")
    end = words.pattern(_TITLE_END)
    return plain and len(joined) <= 70 and not end.search(current.strip()) and bool(end.search(joined))


_ENTITY = re.compile(r"&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|mdash|middot|hellip|times);")
"""Entities left over in texts that were once pages."""
_RUN = 400
"""Characters from which a line may be a whole document without line breaks."""
_TITLED = r"[一-鿿“”、]{6,60}?(?:方案|规划|计划|办法|措施|意见|细则|政策)(?:[（(][^）)]{4,12}[）)])?"
_BREAK = re.compile(
    r"　　+|(?<=[一-鿿])(?<![第款项条和及])(?=[（(][一二三四五六七八九十]{1,3}[）)][一-鿿])|(?<=[。；：]) +(?=[一-鿿《（“])|(?<=[知见复告号]) (?=各|[一-鿿]{1,10}〔\d{4}〕|[一-鿿]{2,12}[、，：])|(?<=[。；：])\s*(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[条章][\s　])|"
    r"(?<=的通知|的意见|的批复|的公告)(?=[一-鿿]{1,8}〔\d{4}〕)|(?<=〕\d号|\d\d号)(?=各|[一-鿿]{2,12}[：:])|"
    r"(?<=[门位构]：)(?=经|现|为|根据|《)|(?<=[行施实布]。)(?=[一-鿿]{2,20}(?:政府|办公厅|办公室|委员会|厅|局)\s*\d{4}年)|"
    r"(?<=[室府厅局会])(?=\d{4}年\d{1,2}月\d{1,2}日(?:（此件|" + _TITLED + r"))|"
    r"(?<=月\d日|\d\d日)\s*(?=（此件|" + _TITLED + r"(?:为|目|第|依|根|一、))|(?<=公开发布）)"
)


def split_run(line: str) -> list[str]:
    """Paragraphs of a document that lost its line breaks: at double blanks, and before numbered heads and letterhead parts."""
    if len(line) < _RUN:
        return re.split(r"　　+(?=第[一二三四五六七八九十百]{1,4}条)", line)
    return [part for part in _BREAK.sub("\n", line).split("\n") if part.strip()]


def display_width(line: str) -> int:
    """Columns a line takes: two for a wide character, one for any other."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line.rstrip())


def _width(lines: list[str]) -> tuple[Callable[[str], int], int]:
    """How the lines were wrapped: the measure (columns or characters) and the margin, 0 for a text that was not.

    Writers wrap at a number of columns or, more often than one thinks, of characters; the measure with more lines that
    end just at the margin is the right one.
    """
    long = [line for line in lines if display_width(line) > 30]
    best: tuple[int, Callable[[str], int], int] = (0, display_width, 0)
    if len(long) < 5 or sum(display_width(line) > 120 for line in long) * 20 > len(long):
        return display_width, 0
    for measure in (display_width, _length):
        sizes = sorted(measure(line) for line in long if display_width(line) <= 120)
        margin = sizes[int(len(sizes) * 0.9)]
        near = sum(1 for size in sizes if margin - 2 <= size <= margin + 2)
        if near > best[0]:
            best = (near, measure, margin)
        close = sum(1 for size in sizes if margin - _SLACK <= size <= margin + _SLACK)
        if measure is display_width and close * 10 < len(sizes) * 4:
            return display_width, 0
    return best[1], best[2]


def _length(line: str) -> int:
    return len(line.rstrip())
