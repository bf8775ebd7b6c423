"""Where the characters and the ruled lines of a PDF page are, in points from the page's top left corner as it is shown."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any, NamedTuple

MAX_RULES = 6_000
"""Ruled lines of one page; more are a drawing or a map."""
MAX_OBJECTS = 100_000
"""Objects of one page that are looked through for lines."""
_THIN = 3.0
"""Points: a rectangle thinner than this is a line."""
_SHORT = 6.0
"""Points: lines shorter than this rule nothing."""
_SLANT = math.radians(4)
_FORM_DEPTH = 6
_ASCENT = 0.88
"""Part of a letter's size above the baseline."""


class Glyph(NamedTuple):
    """One character and its box."""

    char: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Rule(NamedTuple):
    """A horizontal or vertical line at ``at`` from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class PageMarks:
    """What is on a page: its characters in file order, ruled lines, and characters that run in other directions."""

    glyphs: list[Glyph]
    horizontal: list[Rule]
    vertical: list[Rule]
    sideways: str
    slanted: int


def marks(page: Any) -> PageMarks:
    """Characters and ruled lines of a pypdfium2 page. A page whose text is turned as a whole is turned back."""
    upright, sideways, slanted, turn = _characters(page)
    horizontal, vertical = _rules(page, turn)
    return PageMarks(upright, horizontal, vertical, sideways, slanted)


class _Raw(NamedTuple):
    """A character as PDFium has it, upward: box, baseline and nominal size; ``size`` 0 is a blank that PDFium made up."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    size: float


def _characters(page: Any) -> tuple[list[Glyph], str, int, int]:
    text_page = page.get_textpage()
    try:
        turned, slanted = _raw_characters(text_page)
    finally:
        text_page.close()
    turn = max(turned, key=lambda quarter: (len(turned[quarter]), -quarter))
    sideways = "".join(c.char for quarter, found in turned.items() if quarter != turn for c in found)
    return _glyphs(turned[turn], turn), sideways, slanted, turn


def _raw_characters(text_page: Any) -> tuple[dict[int, list[_Raw]], int]:
    """Characters by the quarters they are turned (clockwise), and the number of slanted ones."""
    from pypdfium2 import raw

    handle, box = text_page.raw, raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    places = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    turned: dict[int, list[_Raw]] = {0: [], 1: [], 2: [], 3: []}
    last, slanted = 0, 0
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in (0, 2, 10, 13, 0xFFFE):
            continue
        if code == 32 and raw.FPDFText_IsGenerated(handle, index) == 1:
            turned[last].append(_Raw(" ", 0, 0, 0, 0, 0, 0, 0))
            continue
        angle = raw.FPDFText_GetCharAngle(handle, index)
        quarter = round(angle / (math.pi / 2))
        if abs(angle - quarter * math.pi / 2) > _SLANT:
            slanted += 1
            continue
        last = quarter % 4
        raw.FPDFText_GetLooseCharBox(handle, index, places[0])
        raw.FPDFText_GetCharOrigin(handle, index, places[1], places[2])
        size = raw.FPDFText_GetFontSize(handle, index)
        turned[last].append(_Raw(chr(code), box.left, box.bottom, box.right, box.top, x.value, y.value, max(size, 0.01)))
    return turned, slanted


def _glyphs(found: list[_Raw], turn: int) -> list[Glyph]:
    """Glyphs whose heights are those of their letters' size: boxes of single characters (一) may be as flat as they are.

    Blanks that PDFium made up count on pages that have no others: there, all blanks are mere distances.
    """
    sizes: dict[float, list[float]] = {}
    for c in found:
        if c.size:
            sizes.setdefault(c.size, []).append(c.right - c.left if turn % 2 else c.top - c.bottom)
    ems = {size: sorted(heights)[len(heights) * 3 // 4] for size, heights in sizes.items()}
    blanks = not any(c.char == " " and c.size for c in found)
    glyphs: list[Glyph] = []
    waiting = False
    for c in found:
        if not c.size:
            waiting = blanks
            continue
        left, _, right, _ = _turned(turn, c.left, c.bottom, c.right, c.top)
        _, base, _, _ = _turned(turn, c.x, c.y, c.x, c.y)
        em = ems[c.size]
        glyph = Glyph(c.char, left, base - _ASCENT * em, right, base + (1 - _ASCENT) * em)
        if waiting and glyphs and glyphs[-1].right < left and abs(glyphs[-1].bottom - glyph.bottom) < 0.3 * em:
            last = glyphs[-1]
            glyphs.append(Glyph(" ", last.right, last.top, left, last.bottom))
        waiting = False
        glyphs.append(glyph)
    return glyphs


def _turned(turn: int, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) from the top down of a box from the bottom up, for text turned by quarters."""
    if turn == 0:
        return left, -top, right, -bottom
    if turn == 2:
        return -right, bottom, -left, top
    if turn == 3:
        return bottom, left, top, right
    return -top, -right, -bottom, -left


def _rules(page: Any, turn: int) -> tuple[list[Rule], list[Rule]]:
    from pypdfium2 import raw

    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    width, height = page.get_size()
    if raw.FPDFPage_CountObjects(page.raw) > MAX_OBJECTS:
        return [], []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_FORM_DEPTH):
        if len(horizontal) + len(vertical) > MAX_RULES:
            return [], []
        for box in _boxes(item):
            left, top, right, bottom = _turned(turn, *box)
            wide, high = right - left, bottom - top
            if wide > 0.9 * width and high > 0.9 * height:
                continue  # the page's background
            if high <= _THIN and wide > _SHORT:
                horizontal.append(Rule((top + bottom) / 2, left, right))
            elif wide <= _THIN and high > _SHORT:
                vertical.append(Rule((left + right) / 2, top, bottom))
            elif wide > _SHORT and high > _SHORT:
                horizontal += [Rule(top, left, right), Rule(bottom, left, right)]
                vertical += [Rule(left, top, bottom), Rule(right, top, bottom)]
    return horizontal, vertical


def _boxes(item: Any) -> list[tuple[float, float, float, float]]:
    """(left, bottom, right, top) of the straight parts of a path: one box for a rectangle, one for each line of others."""
    from pypdfium2 import raw

    handle = item.raw
    count = raw.FPDFPath_CountSegments(handle)
    matrix = _matrix(item)
    points: list[tuple[int, float, float, bool]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    if count > MAX_RULES:
        return []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        closes = raw.FPDFPathSegment_GetClose(segment)
        a, b, c, d, e, f = matrix
        points.append((kind, a * x.value + c * y.value + e, b * x.value + d * y.value + f, bool(closes)))
    boxes: list[tuple[float, float, float, float]] = []
    start = 0
    for index in range(1, len(points) + 1):
        if index == len(points) or points[index][0] == raw.FPDF_SEGMENT_MOVETO:
            boxes += _subpath(points[start:index], raw.FPDF_SEGMENT_BEZIERTO)
            start = index
    return boxes


def _subpath(points: list[tuple[int, float, float, bool]], curve: int) -> list[tuple[float, float, float, float]]:
    if any(kind == curve for kind, *_ in points):
        return []
    xs, ys = [p[1] for p in points], [p[2] for p in points]
    if len(points) in (4, 5) and len({round(v) for v in xs}) <= 2 and len({round(v) for v in ys}) <= 2:
        return [(min(xs), min(ys), max(xs), max(ys))]
    pairs = list(zip(points, points[1:], strict=False))
    if points[-1][3]:
        pairs.append((points[-1], points[0]))
    straight = [(p, q) for p, q in pairs if abs(p[1] - q[1]) < 1 or abs(p[2] - q[2]) < 1]
    return [(min(p[1], q[1]), min(p[2], q[2]), max(p[1], q[1]), max(p[2], q[2])) for p, q in straight]


def _matrix(item: Any) -> tuple[float, float, float, float, float, float]:
    """Matrix of a path with those of the forms around it."""
    found = item.get_matrix()
    container = getattr(item, "container", None)
    while container is not None:
        found = found.multiply(container.get_matrix())
        container = getattr(container, "container", None)
    a, b, c, d, e, f = found.get()
    return a, b, c, d, e, f
