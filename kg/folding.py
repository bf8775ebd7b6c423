"""The folded view that matching runs on: the same length as the text, so that offsets are shared.

Each character maps to exactly one: full-width to half-width, Kangxi and CJK radicals to ideographs, compatibility
ideographs to their unified form, upper to lower case, traditional to simplified; years in Chinese numerals to digits. Nothing
is inserted or removed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files


def fold(text: str) -> str:
    """Return the folded view of ``text``; ``len(fold(text)) == len(text)`` always holds.

    Years in Chinese numerals become digits (二〇二五年 -> 2025年).
    """
    return _YEAR.sub(lambda match: match.group().translate(_NUMERALS), text.translate(_table()))


_YEAR = re.compile("(?:一九|二[〇○零o0])[〇○零o0一二三四五六七八九]{2}(?=年)")
_NUMERALS = str.maketrans("〇○零o一二三四五六七八九", "0000123456789")


def simplify(text: str) -> str:
    """``text`` with traditional characters simplified and full-width letters and digits narrowed, one to one.

    Case and punctuation stay, which ``fold`` changes.
    """
    return text.translate(_plain())


@cache
def _plain() -> dict[int, int]:
    wide = [*range(ord("０"), ord("９") + 1), *range(ord("Ａ"), ord("Ｚ") + 1), *range(ord("ａ"), ord("ｚ") + 1)]
    return {**_simplified(), **{code: code - 0xFEE0 for code in wide}}


class _Table(dict[int, int]):
    """Fills itself character by character, so that only characters that occur cost anything."""

    def __init__(self, simplified: dict[int, int]) -> None:
        super().__init__()
        self._simplified = simplified

    def __missing__(self, code: int) -> int:
        folded = _fold_one(chr(code))
        value = self._simplified.get(ord(folded), ord(folded))
        self[code] = value
        return value


@cache
def _table() -> _Table:
    return _Table(_simplified())


def _fold_one(char: str) -> str:
    if char in _KEPT:
        return _KEPT[char]
    normal = unicodedata.normalize("NFKC", char)
    if len(normal) != 1:
        normal = char
    lower = normal.lower()
    return lower if len(lower) == 1 else normal


# Circled and bracketed numbers must not become bare digits (① is an item number, ㎡ a unit); quotation marks get one form.
_KEPT = {char: char for char in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳²³…"} | {
    "“": '"', "”": '"', "„": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'",
    "　": " ", "\u00a0": " ", "〔": "(", "〕": ")", "［": "[", "］": "]", "【": "[", "】": "]",
    "—": "-", "–": "-", "－": "-", "‐": "-", "‑": "-", "−": "-", "～": "~", "〜": "~", "∼": "~", "•": "·", "・": "·", "‧": "·",
    "⺠": "民", "⻓": "长", "⻚": "页", "⻛": "风", "⻋": "车",
}


@cache
def _simplified() -> dict[int, int]:
    """Traditional -> simplified, one character to one; pairs of two characters a line in ``traditional.txt``."""
    table: dict[int, int] = {}
    path = files("kg").joinpath("data/traditional.txt")
    for line in path.read_text("utf-8").splitlines():
        if len(line) == 2:
            table[ord(line[0])] = ord(line[1])
    return table
