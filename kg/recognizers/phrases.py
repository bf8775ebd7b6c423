"""The grammar of lists that several recognizers share: clauses, items of a list, and where a name begins.

All functions work on ``Document.folded`` and return offsets into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model import Document, Mention
from kg.words import Spans as Spans
from kg.words import Words

CLAUSE = re.compile(r"[^,，。;:!?\n]+")
ETC = re.compile(r"等(?!离子|级|级化|静压|温|效)")
BRACKET = re.compile(r"\(([^()]{1,30})\)")
_ITEM = re.compile(r"[^、]+")
_JOINED = re.compile(r".{2}[和及与].{2}")
_LAST_JOINT = re.compile(r"和(?!谐|平)")
_ENUMERATOR = re.compile(r"\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十0-9]+\)|[0-9]{1,2}[.、．]|[①-⑳])\s*")


def boundary_words(words: Iterable[str]) -> Words:
    """The words that ``left_cut`` takes off: those of a list that have at most five characters."""
    return Words(word for word in words if len(word) <= 5)


def mask(text: str) -> str:
    """``text`` with the contents of brackets blanked, so that punctuation inside them ends nothing."""
    return BRACKET.sub(lambda m: "(" + "x" * (len(m.group()) - 2) + ")", text)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause [start, end) and its items."""

    start: int
    end: int
    items: list[tuple[int, int]]


def clauses(document: Document) -> tuple[Clause, ...]:
    """Clauses of every block, without the number that opens it."""
    return document.view(_clauses)


def _clauses(document: Document) -> tuple[Clause, ...]:
    text = document.folded
    return tuple(
        Clause(start, end, split_items(text, start, end))
        for block in document.blocks
        for start, end in _spans_of_clauses(text, block.start, block.end)
    )


def _spans_of_clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    head = _ENUMERATOR.match(text, start, end)
    first = head.end() if head else start
    if text.find("(", start, end) < 0:
        for match in CLAUSE.finditer(text, first, end):
            yield match.span()
    else:
        for match in CLAUSE.finditer(mask(text[start:end]), first - start):
            yield start + match.start(), start + match.end()


def split_items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Items of a clause: at 、 and 以及, and, in a list, at the last 和 of its last item.

    A list whose middle items hold a conjunction themselves (低空经济和商业航天、机器人) keeps the last one whole too.
    """
    if text.find("、", start, end) < 0 and text.find("以及", start, end) < 0:
        return [(start, end)] if start < end else []
    parts = [(start + m.start(), start + m.end()) for m in _ITEM.finditer(mask(text[start:end]).replace("以及", "、、"))]
    if len(parts) < 2 or any(_JOINED.search(text, a, b) for a, b in parts[1:-1]):
        return parts
    left, right = parts[-1]
    etc = ETC.search(text, left, right)
    joint = _LAST_JOINT.search(text, left, etc.start() if etc else right)
    if joint and joint.start() - left >= 2:
        return [*parts[:-1], (left, joint.start()), (joint.end(), right)]
    return parts


def left_cut(
    text: str,
    left: int,
    right: int,
    words: Mapping[int, tuple[int, ...]],
    *,
    inside: bool,
    known: Mapping[int, int] | None = None,
) -> int:
    """Where a name begins: after the boundary words that open the span and, if ``inside``, after the last one within it.

    ``words`` maps offsets to the lengths of the boundary words that start there, longest first (``Words.lengths``).
    ``known`` maps starts of vocabulary names to their ends: no cut falls inside one (有色金属 keeps its 有).
    """
    known = known or {}
    cut = left
    while (size := _word_at(text, cut, right, words, 1)) and known.get(cut, 0) < cut + size + 1:
        cut += size
    return _inner_cut(text, cut, right, words, known) if inside else cut


def _word_at(text: str, position: int, right: int, words: Mapping[int, tuple[int, ...]], least: int) -> int:
    """Length of the longest boundary word at ``position`` that ends by ``right``; 0 when it is shorter than ``least``."""
    if position not in words:
        return 0
    size = next((n for n in words[position] if position + n <= right), 0)
    if size < least or (size == 1 and text[position : position + 2] in _WORDS_OF_THEIR_OWN):
        return 0
    return size


# Two-character words that open names with what alone would be a preposition or verb.
_WORDS_OF_THEIR_OWN = frozenset(
    ("有色", "有机", "以太", "对苯", "对二", "地理", "地下", "地热", "地铁", "用能", "过滤", "过程", "还原", "含氟", "含能", "向量", "和田", "属具", "即食", "即时", "即热", "即墨", "及时", "对虾", "从江", "被动", "被服", "使能", "以色", "向日", "让胡", "由甲")
)

_COPULAS = {"的": "目", "为": "作行成认人因", "是": "于就总但", "在": "存潜现所正旨"}
"""Character that ends what stands before a name -> characters after which it is part of a word (行为, 存在)."""


def _inner_cut(text: str, cut: int, right: int, words: Mapping[int, tuple[int, ...]], known: Mapping[int, int]) -> int:
    position = cut
    while position < right - 2:
        if position in known:
            position = known[position]
            continue
        size = _word_at(text, position, right - 2, words, 2) if position in words else 0
        if not size and text[position] in _COPULAS and text[position - 1] not in _COPULAS[text[position]]:
            size = 1
        if size:
            cut = position = position + size
        else:
            position += 1
    return cut


def outermost(mentions: list[Mention]) -> list[Mention]:
    """Mentions that do not end inside an earlier one, in text order."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.end > kept[-1].end:
            kept.append(mention)
    return kept
