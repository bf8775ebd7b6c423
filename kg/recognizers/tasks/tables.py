"""Tasks in tables: the cell under 任务 in a row that has a cell under 牵头单位 or 责任单位."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers.tasks.titles import NUMBER, make

_SPACE = re.compile(r"\s")


def find(document: Document, ontology: Ontology) -> Iterator[Mention]:
    """Task mentions, without the number before them."""
    titles = ontology.word_set("task-columns")
    duties = ontology.word_set("duty-columns")
    for row in document.rows:
        columns = [_SPACE.sub("", block.column) for block in row]
        if not any(column in duties for column in columns):
            continue
        for block, column in zip(row, columns, strict=True):
            if column in titles:
                number = NUMBER.match(document.folded[block.start : block.end])
                start = block.start + (number.end() if number else 0)
                end = block.end - (1 if document.folded[block.end - 1] in "。;" else 0)
                if 4 <= end - start <= 46:
                    yield make(document, start, end, "task.table", 0.75)
                break
