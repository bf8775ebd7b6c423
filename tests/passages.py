"""Write a document down as text in a test."""

from __future__ import annotations

from kg import readers
from kg.model import Document


def document(text: str, name: str = "passage.txt") -> Document:
    """A document as the text reader gives it."""
    return readers.read(name, data=text.encode())
