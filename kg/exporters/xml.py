"""Writing XML piece by piece: escaped, without what XML 1.0 cannot hold. Bounded memory, so a million edges are no matter."""

from __future__ import annotations

import re
from typing import IO

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
# These and everything outside the Char production of XML 1.0; a surrogate could not be encoded at all.
_SPECIAL = re.compile(r'[&<>"]|[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')


def escape(text: str) -> str:
    """``text`` for an attribute or element; characters that XML forbids become U+FFFD, line ends stay as references."""
    return _SPECIAL.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match.group(), "\ufffd")


class Writer:
    """Elements to a file open for bytes, one a line."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._open: list[str] = []
        self.line('<?xml version="1.0" encoding="UTF-8"?>')

    def line(self, text: str) -> None:
        self._file.write(("  " * len(self._open) + text + "\n").encode("utf-8"))

    def start(self, tag: str, **attributes: str) -> None:
        self.line(f"<{tag}{_attributes(attributes)}>")
        self._open.append(tag)

    def end(self) -> None:
        tag = self._open.pop()
        self.line(f"</{tag}>")

    def empty(self, tag: str, **attributes: str) -> None:
        self.line(f"<{tag}{_attributes(attributes)}/>")

    def text(self, tag: str, content: str, **attributes: str) -> None:
        self.line(f"<{tag}{_attributes(attributes)}>{escape(content)}</{tag}>")


def _attributes(attributes: dict[str, str]) -> str:
    """Attributes in the order given, with a space before each."""
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
