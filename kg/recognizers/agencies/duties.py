"""Where a text lists the bodies in charge: brackets with bodies in them, what follows 责任单位, columns of duties."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from kg.model import Document, Mention
from kg.recognizers.phrases import Spans

_BRACKET = re.compile(r"\([^()\n]{3,400}(?:\([^()\n]{0,40}\)[^()\n]{0,200}){0,3}\)|\[[^\[\]\n]{3,400}\]")
_LABELED = re.compile(r"(?:责任|牵头|配合|主办|协办|落实|负责|参与|实施|承办)(?:单位|部门|主体)\s*[::][^。\n]{2,400}")
_COLUMN = re.compile(r"(?:单位|部门|主体|分工)(?:\(.{0,20}\))?$|^(?:牵头|配合|责任)")


def spans(document: Document, bodies: Iterable[Mention]) -> Spans:
    """The stretches in which a short name between two commas is that of a body."""
    text = document.folded
    starts = sorted(m.start for m in bodies)
    found = [m.span() for m in _LABELED.finditer(text)]
    found += [m.span() for m in _BRACKET.finditer(text) if _holds(starts, *m.span())]
    found += [(b.start, b.end) for b in document.blocks if b.kind == "cell" and _COLUMN.search(b.column)]
    return Spans(found)


def _holds(starts: list[int], start: int, end: int) -> bool:
    index = bisect_left(starts, start)
    return index < len(starts) and starts[index] < end
