"""Where names of the vocabulary stand in a document, and where places do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kg.model import Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE


class Known:
    """Topic candidates of the gazetteer, by span."""

    def __init__(self, matches: list[Mention]) -> None:
        self.matches = matches
        self.by_span = {(m.start, m.end): m for m in matches}
        self.ends: dict[int, int] = {}
        """Starts of matches -> where the longest of them ends."""
        for m in matches:
            self.ends[m.start] = max(m.end, self.ends.get(m.start, 0))
        self._starts = sorted(self.ends)
        self._ending: dict[int, list[Mention]] = {}
        for m in sorted(matches, key=lambda m: m.start):
            self._ending.setdefault(m.end, []).append(m)

    @classmethod
    def of(cls, found: Sequence[Mention], ontology: Ontology) -> Known:
        matches = []
        for m in found:
            if m.rule == CANDIDATE and (concepts := ontology.of_class(m.concepts, "Topic")):
                matches.append(Mention(m.start, m.end, m.label, m.text, m.rule, concepts))
        return cls(matches)

    def head_of(self, start: int, end: int) -> Mention | None:
        """The longest match that ends at ``end`` and starts inside (start, end): 挖掘机 of 无人驾驶挖掘机."""
        return next((m for m in self._ending.get(end, ()) if m.start > start), None)

    def ends_a_name(self, start: int, end: int) -> bool:
        """Whether a match ends at ``end`` and starts at or after ``start``."""
        return any(m.start >= start for m in self._ending.get(end, ()))

    def spans_over(self, start: int, middle: int, after: int) -> bool:
        """Whether a match that starts in [start, middle) reaches beyond ``after``."""
        return any(self.ends.get(at, 0) > after for at in range(start, middle))

    def any_between(self, start: int, end: int) -> bool:
        """Whether a match starts in [start, end)."""
        index = bisect_left(self._starts, start)
        return index < len(self._starts) and self._starts[index] < end

    def exact(self, start: int, end: int) -> Mention | None:
        return self.by_span.get((start, end))

    def longest(self) -> list[Mention]:
        """Leftmost-longest, without overlaps."""
        chosen, last = [], 0
        for match in sorted(self.matches, key=lambda m: (m.start, -m.end)):
            if match.start >= last:
                chosen.append(match)
                last = match.end
        return chosen


class Places:
    """Places in the text, which are no part of a topic's name: 引领深圳市集成电路产业."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def after_last(self, start: int, end: int, known: Known) -> int:
        """Where the name begins in [start, end): behind the last place, unless a name of the vocabulary holds it."""
        for place_start, place_end in self._spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
            if place_end + 2 <= end and known.ends.get(place_start, 0) <= place_end and known.ends.get(start, 0) < place_end:
                start = place_end
        return start

    def any_before(self, start: int, end: int) -> bool:
        """Whether a place starts in [start, end): 泸西县 in 泸西县发展…"""
        low = bisect_left(self._starts, start)
        return low < len(self._starts) and self._starts[low] < end
