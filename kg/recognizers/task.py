"""Tasks: titles of measures, rows of a table of duties, programmes named in prose, counted lists."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers.tasks import programmes, tables, titles


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Task mentions, without the number before and the stop after the head; a title holds what is named in it."""
    mentions: list[Mention] = []
    reach: dict[int, int] = {}  # offset inside a mention -> the farthest end of those that hold it
    for mention in (
        *titles.find(document, ontology, found),
        *tables.find(document, ontology),
        *programmes.in_prose(document, ontology),
        *programmes.in_series(document, ontology),
    ):
        if reach.get(mention.start, 0) < mention.end:
            mentions.append(mention)
            for offset in range(mention.start, mention.end):
                reach[offset] = max(mention.end, reach.get(offset, 0))
    return sorted(mentions, key=lambda m: (m.start, m.end))
