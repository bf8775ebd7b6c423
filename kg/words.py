"""Where the words of a list stand in a document: one Aho-Corasick pass finds all of them, however many they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from kg.model import Document
from kg.ontology import Ontology


class Hits:
    """Spans of a text, sorted, so that those near a place are found by bisection."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self._starts = [start for start, _ in self.spans]
        self._longest = max((end - start for start, end in self.spans), default=0)

    def starting(self, first: int, last: int) -> list[tuple[int, int]]:
        """The spans that start in [first, last]."""
        low = bisect_left(self._starts, first)
        return self.spans[low : bisect_right(self._starts, last, low)]

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans that lie wholly in [start, end)."""
        return [span for span in self.starting(start, end) if span[1] <= end]

    def any_within(self, start: int, end: int) -> bool:
        """Whether a span lies wholly in [start, end)."""
        low = bisect_left(self._starts, start)
        while low < len(self._starts) and self._starts[low] < end:
            if self.spans[low][1] <= end:
                return True
            low += 1
        return False

    def last_within(self, start: int, end: int) -> tuple[int, int] | None:
        """The span in [start, end) that ends last, the longest of those; None where there is none."""
        best: tuple[int, int] | None = None
        index = bisect_left(self._starts, end) - 1
        while index >= 0 and self._starts[index] >= start:
            if best and self._starts[index] + self._longest < best[1]:
                break
            span = self.spans[index]
            if span[1] <= end and (best is None or (span[1], -span[0]) > (best[1], -best[0])):
                best = span
            index -= 1
        return best


class Spans:
    """Whether a span lies inside one of many."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(set(spans))
        self._starts = [s for s, _ in self._spans]
        self._reach: list[int] = []
        longest = 0
        for _, end in self._spans:
            longest = max(longest, end)
            self._reach.append(longest)

    def covers(self, start: int, end: int) -> bool:
        """Whether one span holds all of [start, end)."""
        index = bisect_right(self._starts, start) - 1
        while index >= 0 and self._reach[index] >= end:
            if self._spans[index][1] >= end:
                return True
            index -= 1
        return False


class Words:
    """Words to look for. Make it once for an ontology and ask with ``document.view(words.hits)``."""

    def __init__(self, words: Iterable[str]) -> None:
        import daachorse

        self.words = tuple(dict.fromkeys(word for word in words if word))
        self._automaton: Any = daachorse.CharwiseDoubleArrayAhoCorasick(list(self.words)) if self.words else None

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """(start, end, index in ``words``) of every occurrence, overlapping ones too, by their ends."""
        return iter(self._automaton.find_overlapping(text) if self._automaton else ())

    def longest(self, text: str) -> list[tuple[int, int]]:
        """Spans of occurrences that do not overlap: from left to right, the longest word at each place."""
        return [(start, end) for start, end, _ in self._leftmost.find(text)] if self.words else []

    @cached_property
    def _leftmost(self) -> Any:
        import daachorse

        kind = daachorse.MATCH_KIND_LEFTMOST_LONGEST
        return daachorse.CharwiseDoubleArrayAhoCorasick(list(self.words), match_kind=kind)

    def hits(self, document: Document) -> Hits:
        """All occurrences in the folded text."""
        return Hits((start, end) for start, end, _ in self.find(document.folded))

    def lengths(self, document: Document) -> Mapping[int, tuple[int, ...]]:
        """Offset in the folded text -> lengths of the words that start there, longest first."""
        found: dict[int, tuple[int, ...]] = {}
        for start, end, _ in self.find(document.folded):
            found[start] = (end - start, *found.get(start, ()))  # a longer word ends later
        return found


@lru_cache(maxsize=128)
def listed(ontology: Ontology, name: str) -> Words:
    """The words of the list ``kg:<name>``."""
    return Words(ontology.words(name))


def hits_of(document: Document, ontology: Ontology, name: str) -> Hits:
    """Where the words of the list ``kg:<name>`` stand in a document."""
    return document.view(listed(ontology, name).hits)


def behind_last(document: Document, marks: str, offset: int) -> int:
    """Offset behind the last of the characters ``marks`` before ``offset`` in the folded text, 0 where none stands there."""
    positions = document.view(_positions(marks))
    index = bisect_left(positions, offset)
    return positions[index - 1] + 1 if index else 0


@lru_cache(maxsize=32)
def _positions(marks: str) -> Callable[[Document], list[int]]:
    pattern = re.compile(f"[{re.escape(marks)}]")
    return lambda document: [match.start() for match in pattern.finditer(document.folded)]


def anchored(pattern: re.Pattern[str], anchor: re.Pattern[str], text: str, *, before: int = 0) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` as ``finditer`` gives them, tried only around a part that each of them holds.

    ``anchor`` is that part, quick to find where the beginning of ``pattern`` is not (a town's tail, a year); it stands at
    most ``before`` characters behind the start of the match.
    """
    position = 0
    for part in anchor.finditer(text):
        for start in range(max(position, part.start() - before), part.start() + 1):
            if match := pattern.match(text, start):
                position = match.end()
                yield match
                break
