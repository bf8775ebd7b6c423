"""Characters of a PDF page -> lines in reading order: by height, parted at wide gaps, columns one after the other."""

from __future__ import annotations

import functools
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.readers.pdf_glyphs import Glyph
from kg.readers.text import glue

_GAP = 1.3
"""Ems of white that part a line: a blank of full width is one em."""
_BLANK = 0.2
"""Ems of white between Latin letters that are a blank."""
_WIDE_BLANK = 0.7
"""Ems of white between other characters that are one: justified lines have less."""


_DOUBLE = "—…·.-_ "
"""Marks that fonts draw in pairs at one place."""


@dataclass(frozen=True)
class Line:
    """Characters beside one another."""

    glyphs: tuple[Glyph, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Lines from the top down, whatever the order of the characters in the file."""
    rows: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom, g.left)):
        center = (glyph.top + glyph.bottom) / 2
        if rows and abs(center - middle) < 0.45 * max(min(height, glyph.height), 0.4 * height):
            rows[-1].append(glyph)
            if not glyph.char.isspace():
                height = max(height, glyph.height)
                middle += (center - middle) / len(rows[-1])
        else:
            rows.append([glyph])
            middle, height = center, glyph.height
    return [line for row in rows if (line := _line(row)) is not None]


def parts_of(line: Line, gap: float = _GAP) -> list[Line]:
    """The line parted where there are more than ``gap`` ems of white."""
    found: list[list[Glyph]] = [[]]
    em = max(line.height, 1.0)
    right = line.glyphs[0].right
    for glyph in line.glyphs:
        if not glyph.char.isspace():
            if glyph.left - right > gap * em:
                found.append([])
            right = glyph.right
        found[-1].append(glyph)
    return [part for group in found if (part := _line(group)) is not None]


def _line(glyphs: Sequence[Glyph]) -> Line | None:
    """A line from left to right without characters printed twice; None for blanks alone."""
    ordered: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.left):
        # Bold is imitated by printing a character again a little beside itself.
        if not _printed(ordered, glyph):
            ordered.append(glyph)
    while ordered and ordered[-1].char.isspace():
        ordered.pop()
    while ordered and ordered[0].char.isspace():
        ordered.pop(0)
    if not ordered:
        return None
    tops, bottoms = [g.top for g in ordered], [g.bottom for g in ordered]
    return Line(
        tuple(ordered), ordered[0].left, statistics.median(tops), max(g.right for g in ordered), statistics.median(bottoms)
    )


def _printed(before: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether the same character stands at the same place."""
    for other in before[-2:]:
        if other.char == glyph.char and glyph.left - other.left < 0.25 * other.height:
            return glyph.char not in _DOUBLE
    return False


def text_of(line: Line) -> str:
    """Its text, with blanks where the white between characters is one."""
    parts: list[str] = []
    before: Glyph | None = None
    em = max(line.height, 1.0)
    for glyph in line.glyphs:
        if before is not None and not before.char.isspace() and not glyph.char.isspace():
            white = glyph.left - before.right
            latin = _latin(before.char) and _latin(glyph.char)
            if white > (_BLANK if latin else _WIDE_BLANK) * em:
                parts.append(" ")
        parts.append(glyph.char)
        before = glyph
    return "".join(parts)


def joined(lines: Sequence[Line]) -> str:
    """The text of lines that are one paragraph."""
    return functools.reduce(lambda text, line: text + glue(text, line), map(text_of, lines), "")


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def ordered(lines: Sequence[Line]) -> list[tuple[int, list[Line]]]:
    """(column, parts of the line) in reading order: those of columns of text one column after the other.

    Column 0 is the whole width; equal numbers are equal columns.
    """
    parted = _columns([parts_of(line, _GUTTER) for line in lines], 0)
    if all(column == 0 for column, _ in parted):
        return [(0, parts_of(line)) for line in lines]
    return parted


def _columns(rows: list[list[Line]], column: int) -> list[tuple[int, list[Line]]]:
    gutter = _gutter(rows) if column < _MAX_COLUMN else None
    if gutter is None:
        return [(column, row) for row in rows]
    found: list[tuple[int, list[Line]]] = []
    left: list[list[Line]] = []
    right: list[list[Line]] = []
    for row in [*rows, []]:
        if not row or any(part.left < gutter < part.right for part in row):
            found += _columns(left, 2 * column + 1) + _columns(right, 2 * column + 2)
            found += [(column, row)] if row else []
            left, right = [], []
            continue
        left += [side] if (side := [part for part in row if part.right <= gutter]) else []
        right += [side] if (side := [part for part in row if part.left >= gutter]) else []
    return found


_COLUMN_LINES = 6
_MAX_COLUMN = 15
_GUTTER = 0.9
"""Ems of white between columns of text, at least."""


def _gutter(rows: Sequence[Sequence[Line]]) -> float | None:
    """Where the white between two columns of text is, if there are two.

    A column of text has long lines that end at its margin; cells of a table are short.
    """
    parts = [part for row in rows for part in row]
    if len(parts) < 2 * _COLUMN_LINES:
        return None
    first, last = min(p.left for p in parts), max(p.right for p in parts)
    step = (last - first) / 60
    places = [first + number * step for number in range(10, 51)]
    crossing = {place: sum(1 for p in parts if p.left < place < p.right) for place in places}
    # The middle first: halves are parted again.
    for place in sorted(places, key=lambda place: (crossing[place], abs(place - (first + last) / 2)))[:12]:
        sides = ([p for p in parts if p.right <= place], [p for p in parts if p.left >= place])
        if crossing[place] * 4 > len(parts):
            return None
        if all(len(side) >= _COLUMN_LINES and _is_column(side) for side in sides):
            return place
    return None


def _is_column(side: Sequence[Line]) -> bool:
    left, right = min(p.left for p in side), max(p.right for p in side)
    em = statistics.median(p.height for p in side)
    lines = [p for p in side if p.right - p.left > 8 * em]
    ends = Counter(round(p.right / em) for p in lines)
    aligned = sum(count for end, count in ends.items() if count > 2)
    return right - left > 9 * em and len(lines) * 3 > 2 * len(side) and aligned * 3 >= 2 * len(lines)
