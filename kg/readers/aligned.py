"""Tables of plain text: lines whose columns are parted by tabs, bars or runs of blanks.

Two lines or more with bars between blanks, or with two tabs or more, are a table whatever they say. Of lines with other
marks only tables of numbers are taken: a head of short words and at least two lines below it with as many columns, half
of them with a number beside the first column. Anything else stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MARKS = re.compile(r"[ \u3000\u00a0]*(?:\t[ \t\u3000\u00a0]*|[|｜])[ \u3000\u00a0]*")
_BLANKS = re.compile(r"[ \u3000\u00a0]{2,}")
_NUMBER = re.compile(
    r"[≥≤><约近±\[(（]?\s?[0-9][0-9,.]{0,9}\s?(?:[%％‰]|[一-鿿/]{0,4})[\])）]?(?:以上|左右|以内|以下)?|[-—/]{1,2}"
)
_RULE = re.compile(r"[-—:=+\s|｜]+")
_MAX_HEAD = 20
"""Characters of the longest head of a column."""
_MAX_CELL = 60


def tables(lines: Sequence[str]) -> Iterator[tuple[int, int, list[list[str]]]]:
    """(first line, line after the last, rows of cells) of each table of numbers."""
    index = 0
    while index < len(lines):
        end = _marked(lines, index)
        if end > index:
            yield index, end, [cells for line in lines[index:end] if (cells := _barred(line))]
            index = end
            continue
        head = _cells(lines[index])
        if len(head) < 2 or not _is_head(head):
            index += 1
            continue
        rows, stop = [head], index + 1
        while stop < len(lines) and (row := _row(lines[stop], len(head))) is not None:
            rows += [row] if row else []
            stop += 1
        if _of_numbers(rows, marked=bool(_MARKS.search(lines[index].strip()))):
            yield index, stop, rows
        index = stop


def _marked(lines: Sequence[str], start: int) -> int:
    """End of the rows with bars or tabs from ``start``, or ``start``; a line over the whole width may stand between rows."""
    if len(_barred(lines[start])) < 2:
        return start
    rows, end = 1, start + 1
    while end < len(lines):
        if len(_barred(lines[end])) != 1:
            rows += 1
        elif not lines[end].strip() or len(_barred(lines[min(end + 1, len(lines) - 1)])) < 2:
            break
        end += 1
    return end if rows > 1 else start


def _barred(line: str) -> list[str]:
    """Cells of a row; the line alone when it has no marks of cells, nothing for the rule below a table's head."""
    if "|" in line:
        if _TABLE_RULE.match(line):
            return []
        return [cell.strip() for cell in re.split(r"\s\|(?=\s)", line.strip().strip("|"))]
    inner = line.strip("\t")
    return [cell.strip() for cell in inner.split("\t")] if inner.count("\t") > 1 else [line.strip()]


_TABLE_RULE = re.compile(r"^[\s|:+-]*-[\s|:+-]*$")


def _cells(line: str) -> list[str]:
    text = line.strip(" \u3000\u00a0\r|｜")
    if not text or len(text) > 400:
        return []
    return (_MARKS if _MARKS.search(text) else _BLANKS).split(text)


def _row(line: str, size: int) -> list[str] | None:
    """Cells of a line of a table; empty for a rule under the head, None for a line that is none."""
    if line.strip() and _RULE.fullmatch(line):
        return []
    cells = _cells(line)
    return cells if len(cells) == size and all(len(c) <= _MAX_CELL for c in cells) else None


def _is_head(cells: Sequence[str]) -> bool:
    return all(0 < len(c) <= _MAX_HEAD and re.search(r"[一-鿿]", c) and not re.search(r"[。，；！？:：]", c) for c in cells)


def _of_numbers(rows: Sequence[Sequence[str]], *, marked: bool) -> bool:
    body = rows[1:]
    if len(body) < 2 or (not marked and len(rows[0]) < 3):
        return False
    return sum(any(_NUMBER.fullmatch(c) for c in row[1:]) for row in body) * 2 >= len(body)
