"""Writing XML piece by piece: escaped, without what XML 1.0 cannot hold. Bounded memory, so a million edges are no matter."""

from __future__ import annotations

import re
from typing import IO

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
# These and everything outside the Char production of XML 1.0; a surrogate could not be encoded at all.
_SPECIAL = re.compile(r'[&<>"]|[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')
_LINES = 2000
"""Lines that are encoded and written at once."""


def escape(text: str) -> str:
    """``text`` for an attribute or element; characters that XML forbids become U+FFFD, line ends stay as references."""
    return _SPECIAL.sub(_escape, text) if _SPECIAL.search(text) else text


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match.group(), "\ufffd")


class Writer:
    """Elements to a file open for bytes, one a line. The file is complete when the first element is closed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._open: list[str] = []
        self._lines: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>']
        self._indent = ""

    def line(self, text: str) -> None:
        self._lines.append(self._indent + text)
        if len(self._lines) >= _LINES:
            self._write()

    def start(self, tag: str, **attributes: str) -> None:
        self.line(f"<{tag}{_attributes(attributes)}>")
        self._open.append(tag)
        self._indent += "  "

    def end(self) -> None:
        tag = self._open.pop()
        self._indent = self._indent[2:]
        self.line(f"</{tag}>")
        if not self._open:
            self._write()

    def empty(self, tag: str, **attributes: str) -> None:
        self.line(f"<{tag}{_attributes(attributes)}/>")

    def text(self, tag: str, content: str, **attributes: str) -> None:
        self.line(f"<{tag}{_attributes(attributes)}>{escape(content)}</{tag}>")

    def _write(self) -> None:
        self._lines.append("")
        self._file.write("\n".join(self._lines).encode("utf-8"))
        self._lines.clear()


def _attributes(attributes: dict[str, str]) -> str:
    """Attributes in the order given, with a space before each."""
    found = ""
    for name, value in attributes.items():
        found += f' {name}="{escape(value)}"'
    return found
