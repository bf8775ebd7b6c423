"""Tasks: titles of measures, rows of a table of duties, programmes named in prose, counted lists."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers.phrases import Spans
from kg.recognizers.tasks import programmes, tables, titles


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Task mentions, without the number before and the stop after the head; a title holds what is named in it."""
    mentions: list[Mention] = []
    for group in (
        [*titles.find(document, ontology, found), *tables.find(document, ontology)],
        programmes.in_prose(document, ontology),
        programmes.in_series(document, ontology),
    ):
        taken = Spans([(m.start, m.end) for m in mentions])
        fresh = {(m.start, m.end): m for m in group if not taken.covers(m.start, m.end)}
        mentions += fresh.values()
    return sorted(mentions, key=lambda m: (m.start, m.end))
