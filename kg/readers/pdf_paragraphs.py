"""Lines and tables of PDF pages -> pieces: paragraphs joined by where their lines begin and end, tables by rows."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.readers.cleaning import clean, has_readings, radicals
from kg.readers.letterhead import META_LINE
from kg.readers.pdf_glyphs import PageMarks
from kg.readers.pdf_lines import Line, lines_of, ordered, text_of
from kg.readers.pdf_tables import Table, ruled, spaced
from kg.readers.structure import Piece, numbering, table_pieces
from kg.readers.text import glue, is_open, split_run, title_goes_on

_FULL = 1.7
"""Ems before the margin at which a line may end that goes on: a mark that must not begin the next one takes some."""
_INDENTED = 1.2
_SIZES = 1.15
"""Ratio of heights from which two lines are of different sizes."""
_SPREAD = 1.35
"""Ratio of a distance between lines to the usual one from which a paragraph begins."""
_STOPS = "。！？；：!?;:"
_HEADLINES = 8
"""Paragraphs of the first page among which its headline is."""
_EDGE = 3
"""Lines at the top and the bottom of a page that may be heads and feet."""
_LEADERS = re.compile(r"\s*(?:[.·•．]\s?|…){4,}\s*[0-9IVXivx]{0,4}\s*$")
"""Dots that lead to the page number in a table of contents."""
_MARGIN = re.compile(
    r"^(?:[a-z]{4,5}://|about:)\S{1,500}(?:\s+\d{1,4}/\d{1,4})?$|^\d{1,4}[/.]\d{1,2}[/.]\d{1,4},?\s+(?:[上下]午)?\d{1,2}:\d{2}|"
    r"^\s*[-—–·]*\s*(?:第?\s*[0-9]{1,4}\s*页?(?:[\s，,]*[/共]\s*[0-9]{1,4}\s*页?)?)\s*[-—–·]*\s*$"
)
"""Page numbers, and what browsers print above and below a page: time and title, address and number."""


@dataclass(frozen=True)
class TextLine:
    """A line of text on a page; ``column`` tells lines of different columns apart."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    page: int
    column: int = 0

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 1.0)


Row = TextLine | Table
SIDEWAYS = -1
"""Column of text that runs in another direction than the page's."""


def page_rows(marks: PageMarks, number: int) -> list[Row]:
    """Lines and tables of a page in reading order."""
    tables, glyphs = ruled(marks)
    tables = [table for table in tables if any(any(row) for row in table.rows)]
    rows: list[Row] = []
    position = float("-inf")
    for row in _rows(ordered(lines_of(glyphs)), number):
        position = max(position, row.top)  # lines of a second column stand behind those of the first, not beside them
        while tables and tables[0].top < position:
            rows.append(tables.pop(0))
        rows.append(row)
    rows += tables
    if marks.sideways.strip():
        rows.append(TextLine(marks.sideways.strip(), 0, 0, 0, 0, number, SIDEWAYS))
    return rows


def _rows(lines: Sequence[tuple[int, list[Line]]], page: int) -> Iterator[Row]:
    """Lines of columns as they are; those of the whole width with the tables among them."""
    if any(column for column, _ in lines):
        for column, parts in lines:
            yield _text_line(parts, page, column)
        return
    for item in spaced([parts for _, parts in lines]):
        yield item if isinstance(item, Table) else _text_line(item, page, 0)


def _text_line(parts: Sequence[Line], page: int, column: int) -> TextLine:
    text = "  ".join(map(text_of, parts))
    size = statistics.median(p.height for p in parts)
    top = parts[0].top
    return TextLine(text, parts[0].left, top, parts[-1].right, top + size, page, column)


def pieces(pages: list[list[Row]]) -> tuple[list[Piece], Counter[str], str | None]:
    """Pieces of all pages, what was taken out, and the headline: the largest line at the top of the first page."""
    counts: Counter[str] = Counter()
    pages = without_running(pages)
    rows = _tables_joined([row for page in pages for row in page])
    lines = [row for row in rows if isinstance(row, TextLine)]
    layout = _Layout(lines)
    readings = has_readings("".join(line.text for line in lines))
    found: list[Piece] = []
    headlines: list[tuple[float, str]] = []
    for group in _grouped(rows, layout):
        if isinstance(group, Table):
            found += table_pieces([[_tidy(cell, counts) for cell in row] for row in group.rows])
            continue
        text = ""
        for line in group:
            text += glue(text, line.text)
        text = clean(_tidy(_LEADERS.sub("", text), counts), counts, readings=readings)
        large = len(text) <= 60 and group[0].size > _SIZES * layout.size
        if large and group[0].page == 0 and len(found) < _HEADLINES and len(text) > 5 and not text.endswith("文件"):
            headlines.append((round(group[0].size), text.strip()))
        found += [Piece(part, bold=len(part) if large else 0) for part in split_run(text) if part.strip()]
    return found, counts, max(headlines, key=lambda headline: headline[0])[1] if headlines else None


def _tidy(text: str, counts: Counter[str]) -> str:
    return close_up(radicals(clean(text, counts)))


def close_up(text: str) -> str:
    """Without the blanks that layout puts between hanzi and digits (2023 年 3 月) and into spread words (中 央 督 察)."""
    text = re.sub(r"(?<=[一-鿿（《]) ([0-9][0-9.,]*[%％‰]?) (?=[一-鿿])", r"\1", text)
    text = re.sub(r"(?<=[0-9]) (?=[年月日])|(?<=[年月]) (?=[0-9])", "", text)
    return re.sub(r"(?<![一-鿿])[一-鿿](?: [一-鿿]){3,}(?![一-鿿])", lambda m: m.group().replace(" ", ""), text)


class _Layout:
    """What is usual in a document: margins of each page and column, size of letters, distance of lines."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        heights = [line.size for line in lines for _ in range(0, len(line.text), 10)]
        self.size = statistics.median(heights) if heights else 12.0
        groups: dict[tuple[int, int], list[TextLine]] = defaultdict(list)
        for line in lines:
            groups[line.page, line.column].append(line)
        self._margins = {key: _margins(group) for key, group in groups.items() if len(group) >= 8}
        self._usual = _margins(lines) if lines else (0.0, 0.0)
        pitches = [
            (b.top - a.top) / a.size
            for a, b in zip(lines, lines[1:], strict=False)
            if a.page == b.page and a.column == b.column and 0 < b.top - a.top < 5 * a.size and self.full(a)
        ]
        self.pitch = statistics.median(pitches) if pitches else 1.5

    def margins(self, line: TextLine) -> tuple[float, float]:
        return self._margins.get((line.page, line.column), self._usual)

    def full(self, line: TextLine, after: TextLine | None = None) -> bool:
        """Whether a line ends at its margin, or so near that the beginning of the next one had no room."""
        margin = self.margins(line)[1]
        room = _begin(after.text) * line.size - 0.4 * line.size if after is not None else 0.0
        return line.right > margin - max(_FULL * line.size, room)

    def indented(self, line: TextLine) -> bool:
        return line.left > self.margins(line)[0] + _INDENTED * line.size


def _margins(lines: Sequence[TextLine]) -> tuple[float, float]:
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    return lefts[len(lefts) // 20], rights[int(len(rights) * 0.95)]


def _begin(text: str) -> float:
    """Ems of the part at the beginning of a line that must not be broken: a number or word, a mark with its neighbor."""
    match = _UNBROKEN.match(text)
    return sum(0.55 if c.isascii() else 1.0 for c in match.group()) if match else 0.0


_UNBROKEN = re.compile(r"[《（“‘(\[]{0,3}(?:[A-Za-z0-9.,%％+/:_-]{1,40}|.)[，。、；：！？）》”’,.;:)\]—…]{0,3}")


def _grouped(rows: Sequence[Row], layout: _Layout) -> Iterator[Table | list[TextLine]]:
    """Tables, and the lines of each paragraph."""
    group: list[TextLine] = []
    for row in rows:
        if group and isinstance(row, TextLine) and _continues(group, row, layout):
            group.append(row)
            continue
        if group:
            yield group
        group = []
        if isinstance(row, Table):
            yield row
        else:
            group = [row]
    if group:
        yield group


def _continues(group: Sequence[TextLine], line: TextLine, layout: _Layout) -> bool:
    """Whether a line goes on with the paragraph whose lines are ``group``."""
    last = group[-1]
    text = "".join(item.text for item in group[-4:])
    if not 1 / _SIZES < line.size / last.size < _SIZES or _LEADERS.search(last.text):
        return False
    if len(text) < 160 and is_open(text):
        return True
    beside = last.page == line.page and last.column == line.column
    if beside and line.top - last.top > _SPREAD * layout.pitch * max(last.size, line.size):
        return False
    stopped = last.text.rstrip()[-1:] in _STOPS
    if layout.full(last, line) and not (layout.indented(line) and (stopped or line.left > last.left + 0.5 * line.size)):
        return not (stopped and numbering(line.text.strip())[0])
    if META_LINE.match(last.text) or META_LINE.match(line.text):
        return False
    return not numbering(line.text.strip())[0] and title_goes_on(text, line.text)


def _tables_joined(rows: Sequence[Row]) -> list[Row]:
    """A table that goes on after a page break is one; its repeated head is left out."""
    found: list[Row] = []
    for row in rows:
        last = found[-1] if found else None
        if isinstance(row, Table) and isinstance(last, Table) and _same_columns(last, row):
            rest = row.rows[_repeated(last.rows, row.rows) :]
            if last.open and row.open_above and rest and last.rows:
                parts = zip(last.rows[-1], rest.pop(0), strict=True)
                last.rows[-1] = [a + glue(a, b) for a, b in parts]
            last.rows += rest
            last.open = row.open
        else:
            found.append(row)
    return found


def _repeated(above: Sequence[list[str]], below: Sequence[list[str]]) -> int:
    """Rows at the top of the lower part that are those at the top of the table."""
    return next((n for n, (a, b) in enumerate(zip(above, below, strict=False)) if a != b), min(len(above), len(below)))


def _same_columns(a: Table, b: Table) -> bool:
    return len(a.columns) == len(b.columns) and all(abs(x - y) < 6 for x, y in zip(a.columns, b.columns, strict=True))


def without_running(pages: list[list[Row]]) -> list[list[Row]]:
    """Pages without heads, feet and page numbers."""
    edges = [_edges(page) for page in pages]
    heads = running([[line.text for line in (*top, *bottom)] for top, bottom in edges])
    kept = []
    for page, sides in zip(pages, edges, strict=True):
        dropped: set[int] = set()
        for side in sides:
            outer = itertools.takewhile(lambda line: bare(line.text) in heads or _MARGIN.search(line.text), side)
            dropped.update(map(id, outer))
        kept.append([row for row in page if id(row) not in dropped])
    return kept


def _edges(page: Sequence[Row]) -> tuple[list[TextLine], list[TextLine]]:
    """The highest and the lowest lines of a page, from the edge inwards."""
    lines = sorted((row for row in page if isinstance(row, TextLine) and row.column != SIDEWAYS), key=lambda row: row.top)
    return lines[:_EDGE], lines[max(_EDGE, len(lines) - _EDGE) :][::-1]


def running(pages: list[list[str]]) -> set[str]:
    """Lines that stand at the top or bottom of most pages, or of every second one."""
    if len(pages) == 1:
        # A one-page print-out: a head is known by its page number alone.
        return {
            bare(line)
            for line in (*pages[0][:1], *pages[0][-1:], *pages[0][_EDGE : _EDGE + 1])
            if re.search(r"第\s*\d+\s*页|\d+\s*/\s*\d+\s*$", line)
        }
    counts = Counter(
        text for page in pages for text in {bare(line) for line in (*page[:_EDGE], *page[-_EDGE:]) if line.strip()}
    )
    needed = len(pages) * (0.4 if len(pages) >= 6 else 0.5)
    return {line for line, count in counts.items() if count > needed}


def bare(line: str) -> str:
    """A running head without its page number."""
    return re.sub(r"第?\s*\d{1,4}\s*(?:[/／]\s*\d{1,4}\s*)?页?|[-—–]", "", line).strip() or line.strip()
