"""PDF files made by hand: words and lines at places of a page, in points from its top left corner."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tests import hostile

HEIGHT = 842
_CODES = 200
"""Characters of one font, which has one byte for each."""

_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
%s
endcmap CMapName currentdict /CMap defineresource pop end end"""

Show = tuple[float, float, str, float, tuple[float, float, float, float]]


class Page:
    """The content of one page."""

    def __init__(self) -> None:
        self.shown: list[Show] = []
        self.drawn: list[str] = []

    def text(
        self, x: float, y: float, text: str, size: float = 12, turn: tuple[float, float, float, float] = (1, 0, 0, 1)
    ) -> Page:
        """Words whose line begins at ``x`` and stands on ``y``; full-width characters are ``size`` wide, others half of it."""
        self.shown.append((x, HEIGHT - y, text, size, turn))
        return self

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 12, lead: float = 20) -> Page:
        for number, line in enumerate(lines):
            self.text(x, y + number * lead, line, size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        self.drawn.append(f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def box(self, x: float, y: float, width: float, height: float) -> Page:
        self.drawn.append(f"{x} {HEIGHT - y - height} {width} {height} re S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Page:
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self


def pdf(*pages: Page) -> bytes:
    """A file of these pages. Its letters are boxes; the fonts say which characters they stand for."""
    chars = sorted({char for page in pages for _, _, text, _, _ in page.shown for char in text})
    fonts = [chars[n : n + _CODES] for n in range(0, len(chars), _CODES)] or [[" "]]
    first = 5 + 2 * len(fonts)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        hostile.stream(b"1000 0 0 -120 1000 880 d1 0 -120 1000 1000 re f"),
        hostile.stream(b"500 0 0 -120 500 880 d1 0 -120 500 1000 re f"),
    ]
    for number, font in enumerate(fonts):
        objects += _font(font, 6 + 2 * number)
    resources = "".join(f"/F{n} {5 + 2 * n} 0 R" for n in range(len(fonts)))
    codes = {char: (n, code) for n, font in enumerate(fonts) for code, char in enumerate(font, 1)}
    for number, page in enumerate(pages):
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 {HEIGHT}]/Resources<</Font<<{resources}>>>>"
            f"/Contents {first + 2 * number + 1} 0 R>>".encode(),
            hostile.stream("\n".join([*(_show(show, codes) for show in page.shown), *page.drawn]).encode()),
        ]
    return hostile.pdf(objects)


def _font(chars: Sequence[str], unicode_map: int) -> list[bytes]:
    names = "".join("/h" if char.isascii() else "/w" for char in chars)
    widths = " ".join("500" if char.isascii() else "1000" for char in chars)
    font = (
        f"<</Type/Font/Subtype/Type3/FontBBox[0 -120 1000 880]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</w 3 0 R/h 4 0 R>>"
        f"/Encoding<</Type/Encoding/Differences[1{names}]>>/FirstChar 1/LastChar {len(chars)}/Widths[{widths}]"
        f"/Resources<<>>/ToUnicode {unicode_map} 0 R>>"
    )
    pairs = [f"<{code:02x}> <{char.encode('utf-16-be').hex()}>" for code, char in enumerate(chars, 1)]
    blocks = [pairs[n : n + 100] for n in range(0, len(pairs), 100)]
    mapping = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return [font.encode(), hostile.stream((_TO_UNICODE % mapping).encode())]


def _show(show: Show, codes: dict[str, tuple[int, int]]) -> str:
    x, y, text, size, (a, b, c, d) = show
    parts = [
        f"/F{font} {size} Tf <{''.join(f'{codes[char][1]:02x}' for char in run)}> Tj"
        for font, run in groupby(text, key=lambda char: codes[char][0])
    ]
    return f"BT {a} {b} {c} {d} {x} {y} Tm {' '.join(parts)} ET"
