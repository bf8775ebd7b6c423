"""Cells that a spreadsheet must not run.

A cell that begins with = + - @ (half or full width), a tab or a line end may be taken for a formula when a file is opened in
a spreadsheet; a leading apostrophe makes it text. Machine files stay exact.
"""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def guarded(text: str) -> str:
    """``text``, with an apostrophe before it when a spreadsheet could take it for a formula."""
    return "'" + text if text.lstrip(" ").startswith(_FORMULA) else text
