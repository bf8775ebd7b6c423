"""Labels of lists (负极材料:硅碳负极、人造石墨) and heads of table columns (细分领域, 主要产品)."""

from __future__ import annotations

import re

from kg.folding import fold
from kg.model import Document
from kg.recognizers.phrases import Clause, left_cut
from kg.recognizers.topics.items import Context, right_cut
from kg.recognizers.topics.judgment import VERBAL, Item
from kg.recognizers.topics.words import TopicWords

_OPENING = re.compile(r"(?:^|\n)[\s0-9一二三四五六七八九十()、.．①-⑳·•●◆■—*-]*$")
_STOPS = (":", "。")
_MAX = 12
_CELL = 120
"""Characters of a table cell that may be a list."""


def is_label(document: Document, clause: Clause, start: int) -> bool:
    """Whether a clause is the label of the list that begins at ``start``: it opens its line and ends in a colon or stop."""
    text = document.folded
    if not 2 <= clause.end - clause.start <= _MAX or text[clause.end : start].strip() not in _STOPS:
        return False
    return _OPENING.search(text[max(0, clause.start - 12) : clause.start]) is not None


def item(label: Clause, context: Context) -> Item | None:
    """The label of a list of topics as an industry, unless it is a general word (重点产品:) or begins with a verb."""
    text, words = context.text, context.words
    left = label.start
    while left < label.end and text[left] in " -·":
        left += 1
    start = left_cut(text, left, label.end, context.boundaries, inside=False, known=context.known.ends)
    end = right_cut(left, label.end, context)
    name = text[start:end].strip()
    if start != left or words.stopped(name) or VERBAL.search(name):
        return None
    match = context.known.exact(start, end)
    return Item(start, end, label="Industry", reason="label", score=0.6, concepts=match.concepts if match else ())


def columns(document: Document, words: TopicWords) -> dict[int, str]:
    """Start of a table cell -> class of the topics that its column lists."""
    found = {}
    for block in document.blocks:
        if block.kind == "cell" and block.column and block.end - block.start <= _CELL:
            head = fold(block.column)
            if head.endswith(words.industry_columns):
                found[block.start] = "Industry"
            elif head.endswith(words.technology_columns):
                found[block.start] = "Technology"
    return found
