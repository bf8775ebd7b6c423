"""What labels a stretch of text: the topic or place before a colon (正极材料：…), the head of a table's column or row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Linked
from kg.ontology import Ontology
from kg.relations.lists import Run, runs, runs_between
from kg.relations.scope import PLACES, sentences
from kg.words import Spans

_WIDE = 30
"""Columns of a table at most, to find the head of a cell's row."""
_OPENING = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十0-9]+\)|[0-9]{1,2}[.、．)]|[①-⑳]|[-*•·●]+|[一二三四五六七八九十]是|第[一二三四五六七八九十],)?"
    r"\s*(?:在|其中,?)?\"?"
)
"""What may stand before a label: a number, 在, 其中."""
_CLOSING = re.compile(
    r"(?:产业链|产业集群|产业|行业|集群|类|板块|方向)?\"?(?:\([^()\n]{0,30}\))?(?:(?P<colon>:)|(?:领域|方面|环节|板块|方向)(?:,|:|重点)|(?P<alone>。|$))"
)
"""What follows a label: X：…, X领域，…, or X。 as a sentence of its own."""


@dataclass(frozen=True, slots=True)
class Label:
    """Topics that label a stretch [start, end) of text."""

    run: Run
    start: int
    end: int


@dataclass(frozen=True)
class Labels:
    """The labels of a document, by what they label."""

    topics: dict[int, Label]
    """Start of a sentence -> the label that governs it."""
    opening: frozenset[int]
    """Starts of topics that are labels themselves."""
    places: Spans
    """Stretches behind a place's colon (曹妃甸区：精品钢铁、氢能装备)."""

    def after_place(self, start: int) -> bool:
        """Whether a place labels the list at ``start``."""
        return self.places.covers(start, start + 1)


def labels(linked: Linked) -> Labels:
    """The labels of a document."""
    return linked.view(_labels)


def label_of(linked: Linked, sentence_start: int) -> Run | None:
    """The topics whose label governs the sentence that starts there; None where there are none."""
    found = labels(linked).topics.get(sentence_start)
    return found.run if found else None


def _labels(linked: Linked) -> Labels:
    topics = dict(_topic_labels(linked))
    heads = [(start, label) for start, label in topics.items() if label.run.start >= start]
    opening = frozenset(m.start for start, label in heads for m, _ in label.run.members)
    return Labels(topics, opening, Spans(list(_place_labels(linked))))


def _topic_labels(linked: Linked) -> Iterator[tuple[int, Label]]:
    """Labels by sentence; one holds for the rest of its block, or until the next."""
    text, starts = linked.document.folded, {run.start: run for run in runs(linked)}
    current: Label | None = None
    block = -1
    for index, start, end in sentences(linked):
        if index != block:
            block, current = index, _row_label(linked, index)
        opening = _OPENING.match(text, start, end)
        run = starts.get(opening.end() if opening else start)
        closing = _CLOSING.match(text, run.end, end) if run else None
        if run and closing and (closing["alone"] is None or end < linked.document.blocks[index].end):
            current = Label(run, closing.end(), end)
        if current is not None:
            yield start, current


def _row_label(linked: Linked, index: int) -> Label | None:
    """The topics of the row's head, for a cell: 做强氢能全产业链 | 上游…."""
    blocks = linked.document.blocks
    block = blocks[index]
    if block.kind != "cell" or not block.row:
        return None
    head = index - 1
    while head >= max(0, index - _WIDE) and blocks[head].kind == "cell" and blocks[head].row == block.row:
        head -= 1
    if head < max(0, index - _WIDE) or linked.document.text[blocks[head].start : blocks[head].end] != block.row:
        return None
    named = runs_between(linked, blocks[head].start, blocks[head].end)
    return Label(named[0], block.start, block.end) if named else None


def _place_labels(linked: Linked) -> Iterator[tuple[int, int]]:
    text = linked.document.folded
    for mention, entity in linked.placed:
        if entity.type in PLACES and text.startswith((":", "--"), mention.end):
            stops = [text.find(mark, mention.end, mention.end + 200) for mark in ",。;\n"]
            yield mention.end + 1, min([s for s in stops if s >= 0] or [mention.end + 200])


@lru_cache(maxsize=2)
def _columns(ontology: Ontology) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return ontology.words("focus-columns"), ontology.words("silent-columns")


def is_focus_cell(linked: Linked, index: int, ontology: Ontology) -> bool:
    """Whether a cell stands in a column of industries (产业链, 主导产业, 细分领域)."""
    column = linked.document.blocks[index].column
    return any(word in column for word in _columns(ontology)[0]) and not is_silent_cell(linked, index, ontology)


def is_silent_cell(linked: Linked, index: int, ontology: Ontology) -> bool:
    """Whether a cell stands in a column of companies, offices or figures, whose names say nothing about industries."""
    column = linked.document.blocks[index].column
    return any(word in column for word in _columns(ontology)[1])
