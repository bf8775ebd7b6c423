"""Tasks in tables: the cell under 任务 in a row that has a cell under 牵头单位 or 责任单位."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Block, Document, Mention
from kg.ontology import Ontology
from kg.recognizers.tasks.titles import NUMBER, make

_SPACE = re.compile(r"\s")


def rows(document: Document) -> Iterator[list[Block]]:
    """Cells of each table row; a row is one line of the text."""
    row: list[Block] = []
    for block in document.blocks:
        if block.kind != "cell":
            continue
        if row and "\n" in document.text[row[-1].end : block.start]:
            yield row
            row = []
        row.append(block)
    if row:
        yield row


def find(document: Document, ontology: Ontology) -> Iterator[Mention]:
    """Task mentions, without the number before them."""
    titles = ontology.word_set("task-columns")
    duties = ontology.word_set("duty-columns")
    for row in rows(document):
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
