"""Tables of a PDF page: cells between ruled lines, or columns of words with white between them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.readers.pdf_glyphs import Glyph, PageMarks, Rule
from kg.readers.pdf_lines import Line, joined, lines_of, text_of

_NEAR = 3.5
"""Points between lines that meet; cells drawn as single boxes leave a gap between them."""
_OPEN = 6.0
"""Points that column lines go beyond the last row line at a page break."""


@dataclass
class Table:
    """Rows of cells, from ``top`` to ``bottom``; ``columns`` are the places of the ruled lines between them."""

    top: float
    bottom: float
    columns: tuple[float, ...]
    rows: list[list[str]]
    open_above: bool = False
    open: bool = False
    """Whether the first or the last row is open at a page break."""


def ruled(marks: PageMarks) -> tuple[list[Table], list[Glyph]]:
    """Tables with ruled lines, and the characters outside of them."""
    grids = [grid for grid in map(_grid, _networks(marks.horizontal, marks.vertical)) if grid is not None]
    inside: dict[int, list[Glyph]] = defaultdict(list)
    outside: list[Glyph] = []
    for glyph in marks.glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        number = next((n for n, grid in enumerate(grids) if grid.holds(x, y)), None)
        (outside if number is None else inside[number]).append(glyph)
    return [grids[number].table(glyphs) for number, glyphs in sorted(inside.items())], outside


@dataclass(frozen=True)
class _Grid:
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    roots: dict[tuple[int, int], tuple[int, int]]
    """(row, column) -> the first of the cells that no line parts from it."""
    open_above: bool
    open: bool

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def table(self, glyphs: Sequence[Glyph]) -> Table:
        cells: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        for glyph in glyphs:
            row = min(bisect_right(self.ys, (glyph.top + glyph.bottom) / 2) - 1, len(self.ys) - 2)
            column = min(bisect_right(self.xs, (glyph.left + glyph.right) / 2) - 1, len(self.xs) - 2)
            cells[self.roots[row, column]].append(glyph)
        texts = {root: joined(lines_of(found)) for root, found in cells.items()}
        rows = []
        for row in range(len(self.ys) - 1):
            texts_of_row, seen = [], set()
            for column in range(len(self.xs) - 1):
                root = self.roots[row, column]
                # A cell over several rows is said in each of them, one over several columns once.
                texts_of_row.append("" if root in seen else texts.get(root, ""))
                seen.add(root)
            rows.append(texts_of_row)
        return Table(self.ys[0], self.ys[-1], self.xs, rows, self.open_above, self.open)


def _networks(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, together."""
    parents = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    order = sorted(range(len(horizontal)), key=lambda i: horizontal[i].at)
    heights = [horizontal[i].at for i in order]
    for number, rule in enumerate(vertical):
        first = bisect_right(heights, rule.start - _NEAR)
        last = bisect_right(heights, rule.end + _NEAR)
        for i in order[first:last]:
            if horizontal[i].start - _NEAR <= rule.at <= horizontal[i].end + _NEAR:
                parents[root(i)] = root(len(horizontal) + number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parents)):
        group = groups.setdefault(root(index), ([], []))
        if index < len(horizontal):
            group[0].append(horizontal[index])
        else:
            group[1].append(vertical[index - len(horizontal)])
    return _joined(list(groups.values()))


def _joined(groups: list[tuple[list[Rule], list[Rule]]]) -> list[tuple[list[Rule], list[Rule]]]:
    """Networks whose frames touch or lie in one another, as one: cells that are boxes of their own."""
    frames: list[tuple[tuple[float, float, float, float], tuple[list[Rule], list[Rule]]]] = []
    for group in sorted((g for g in groups if g[0] and g[1]), key=lambda g: (_frame(g)[1], _frame(g)[0])):
        frame = _frame(group)
        merged = group
        while True:
            touching = next((n for n, (other, _) in enumerate(frames) if _touch(frame, other)), None)
            if touching is None:
                break
            other, rules = frames.pop(touching)
            merged = (rules[0] + merged[0], rules[1] + merged[1])
            frame = (min(frame[0], other[0]), min(frame[1], other[1]), max(frame[2], other[2]), max(frame[3], other[3]))
        frames.append((frame, merged))
    return [group for _, group in frames]


def _frame(group: tuple[list[Rule], list[Rule]]) -> tuple[float, float, float, float]:
    horizontal, vertical = group
    return (
        min(min(r.start for r in horizontal), min(r.at for r in vertical)),
        min(min(r.at for r in horizontal), min(r.start for r in vertical)),
        max(max(r.end for r in horizontal), max(r.at for r in vertical)),
        max(max(r.at for r in horizontal), max(r.end for r in vertical)),
    )


def _touch(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] - _NEAR <= b[2] and b[0] - _NEAR <= a[2] and a[1] - _NEAR <= b[3] and b[1] - _NEAR <= a[3]


def _grid(group: tuple[list[Rule], list[Rule]]) -> _Grid | None:
    """The grid of a network of at least two columns and one row, or two rows of a frame with a column line."""
    horizontal, vertical = group
    xs, ys = _places([r.at for r in vertical]), _places([r.at for r in horizontal])
    first, last = min(r.start for r in vertical), max(r.end for r in vertical)
    open_above, open_below = first < ys[0] - _OPEN, last > ys[-1] + _OPEN
    ys = (*((first,) if open_above else ()), *ys, *((last,) if open_below else ()))
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > 20_000:
        return None
    walls = _covered(vertical, xs, ys)
    floors = _covered(horizontal, ys, xs)
    roots: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            root = (row, column)
            if row and (row, column) not in floors:
                root = roots[row - 1, column]
            if column and (column, row) not in walls:
                root = min(root, roots[row, column - 1])
            roots[row, column] = root
    return _Grid(xs, ys, roots, open_above, open_below)


def _covered(rules: Sequence[Rule], at: Sequence[float], across: Sequence[float]) -> set[tuple[int, int]]:
    """(number of the place, number of the gap across it) that a line runs along."""
    found: set[tuple[int, int]] = set()
    middles = [(a + b) / 2 for a, b in zip(across, across[1:], strict=False)]
    for rule in rules:
        place = min(range(len(at)), key=lambda n: abs(at[n] - rule.at))
        first, last = bisect_right(middles, rule.start), bisect_right(middles, rule.end)
        found.update((place, gap) for gap in range(first, last))
    return found


def _places(values: Sequence[float]) -> tuple[float, ...]:
    """Values that lie near one another as one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return tuple(sum(group) / len(group) for group in groups)


def spaced(lines: Sequence[Sequence[Line]]) -> list[Table | list[Line]]:
    """Rows of words in columns as tables, other lines as they are. Each of ``lines`` is the parts of a line, left to right."""
    found: list[Table | list[Line]] = []
    start = 0
    while start < len(lines):
        end = _stretch(lines, start)
        table = _columns(lines[start:end]) if end - start >= 3 else None
        if table is None:
            found.append(list(lines[start]))
            start += 1
        else:
            found.append(table)
            start = end
    return found


def _stretch(lines: Sequence[Sequence[Line]], start: int) -> int:
    """End of the lines from ``start`` that may be rows of one table."""
    if len(lines[start]) < 2:
        return start
    end, last = start + 1, start + 1
    while end < len(lines) and lines[end][0].top - lines[end - 1][0].bottom < 2.5 * lines[end][0].height:
        if len(lines[end]) > 1:
            last = end + 1
        elif end - last >= 2:
            break
        end += 1
    return last


def _columns(lines: Sequence[Sequence[Line]]) -> Table | None:
    """A table of lines that fall into three columns or more, most of them in at least two; two are names and values."""
    spans: list[tuple[float, float]] = []
    for part in sorted((part for line in lines for part in line), key=lambda part: part.left):
        if spans and part.left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], part.right))
        else:
            spans.append((part.left, part.right))
    several = sum(1 for line in lines if len(line) > 1)
    if len(spans) < 3 or several < 3 or several * 2 < len(lines):
        return None
    starts = [span[0] for span in spans]
    rows: list[list[str]] = []
    for line in lines:
        cells = [""] * len(spans)
        for part in line:
            cells[bisect_right(starts, part.left + 0.01) - 1] += text_of(part)
        if rows and not cells[0] and len(line) < len(spans) and rows[-1][0]:
            rows[-1] = [a + b for a, b in zip(rows[-1], cells, strict=True)]  # a cell's second line
        else:
            rows.append(cells)
    return Table(lines[0][0].top, lines[-1][0].bottom, tuple(starts), rows)
