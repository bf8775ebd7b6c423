"""Write a document down as text in a test."""

from __future__ import annotations

from kg import linking, ontology, readers
from kg.model import Document, Linked, Mention
from kg.recognizers import agency, gazetteer, place, policy, task


def document(text: str, name: str = "passage.txt") -> Document:
    """A document as the text reader gives it."""
    return readers.read(name, data=text.encode())


def linked(text: str, name: str = "passage.txt") -> Linked:
    """The entities of a passage from the recognizers of places, bodies, policies and tasks alone."""
    vocabulary = ontology.load()
    passage = document(text, name)
    found: list[Mention] = []
    for module in (gazetteer, place, agency, policy, task):
        found = [*found, *module.recognize(passage, vocabulary, found)]
    return linking.link(passage, vocabulary, [m for m in found if m.rule != "gazetteer"])[0]
