"""Whose target it is: the place and the topic that a number is said of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from kg.model import Linked
from kg.targets.clauses import Clause

PLACES = ("Region", "Province", "City", "District", "Town", "Zone")
TOPICS = ("Industry", "Technology")
_BODIES = ("Agency", "Organization", "Company", "University", "Institute", "Association", "Policy")
_LEVELS = {"省": "Province", "市": "City", "区": "District", "县": "District"}
_JOINT = re.compile(r"[省市县区]?[、和及与]")
_SELF = re.compile(r"我[省市县区州旗]|全[省市县区州旗]|本[省市县区]|[省市区县]内|两地")


class Scope:
    """Place and topic by the nearest name: in the clause, the sentence, the paragraph, the headings, else the issuer's own."""

    def __init__(self, linked: Linked, *, news: bool) -> None:
        self.linked = linked
        self.news = news
        document = linked.document
        self.own_topic = self._title_topic()
        bodies = _Cover((m.start, m.end) for m, e in linked.placed if e.type in _BODIES)
        self.places = [
            (m.start, m.end, e.iri)
            for m, e in linked.placed
            if e.type in PLACES and not _SELF.fullmatch(m.text) and not bodies.holds(m.start, m.end)
        ]
        self.places = _without_lists(self.places, document.folded)
        self.topics = [(m.start, m.end, e.iri, e.type) for m, e in linked.placed if e.type in TOPICS]
        self._place_starts = [p[0] for p in self.places]
        self._topic_starts = [t[0] for t in self.topics]
        self.text = document.folded

    # Place

    def place(self, clause: Clause, start: int) -> str | None:
        """Nearest place before the number; an official text speaks of its own place unless the clause names another."""
        begin = min(clause.left, start)
        near = self._places(begin, clause.quantity.start)
        if near and (self.news or len(set(near)) == 1):
            return near[-1]
        own = _SELF.search(self.text, begin, clause.quantity.start)
        if own:
            return (self._of_level(own.group(), clause.quantity.start) if self.news else None) or self.linked.issuing_place
        sentence = self._places(clause.sentence, begin)
        if sentence and (self.news or (len(set(sentence)) == 1 and self._opens(clause.sentence, begin))):
            return sentence[-1]
        return self._around(clause) if self.news else self._heading_place(clause) or self.linked.issuing_place

    def _of_level(self, word: str, stop: int) -> str | None:
        """News: the place that 全区, 我市 stands for is the last one of that level named before."""
        level = next((kind for char, kind in _LEVELS.items() if char in word), "")
        last = self.linked.last_before(stop, level) if level else None
        return last[1].iri if last else None

    def _places(self, start: int, stop: int) -> list[str]:
        low = bisect_right(self._place_starts, start - 1)
        return [iri for s, e, iri in self.places[low : bisect_right(self._place_starts, stop)] if e <= stop]

    def _first_run(self, start: int, stop: int) -> str | None:
        """The first place of a span, in its finest form: 阳泉市 of 山西省阳泉市."""
        low = bisect_right(self._place_starts, start - 1)
        run = None
        for s, e, iri in self.places[low : bisect_right(self._place_starts, stop)]:
            if e > stop or (run is not None and s > run[0]):
                break
            run = (e, iri)
        return run[1] if run else None

    def _opens(self, start: int, stop: int) -> bool:
        low = bisect_right(self._place_starts, start - 1)
        return low < len(self.places) and self.places[low][0] - start <= 2 and self.places[low][1] <= stop

    def _heading_place(self, clause: Clause) -> str | None:
        document = self.linked.document
        for index in document.headings_of(clause.block):
            block = document.blocks[index]
            found = self._places(block.start, block.end)
            if found:
                return found[0]
        return None

    def _around(self, clause: Clause) -> str | None:
        """News: the paragraph, then its headings, then the paragraphs above up to the heading, then the issuer's place."""
        document = self.linked.document
        if clause.block < 0:
            return self.linked.issuing_place
        block = document.blocks[clause.block]
        found = self._places(block.start, clause.quantity.start)
        if found:
            return found[-1]
        for index in range(clause.block - 1, max(block.parent, clause.block - 30, -1), -1):
            above = document.blocks[index]
            if above.kind == "title":
                break
            run = self._first_run(above.start, above.end)
            if run:
                return run
        return self._heading_place(clause) or self.linked.issuing_place

    # Topic

    def topic(
        self, clause: Clause, subject: tuple[int, int] | None, start: int, end: int, before: str | None, *, place: str | None
    ) -> str | None:
        """Topic of the metric, of the statement ``before``, or of what the passage is about; None for several or for none."""
        inside = self._inside(*(subject or (start, end))) or self._inside(start, end)
        if len(inside) > 3:
            return None
        industries = [iri for iri in inside if self.linked.by_iri[iri].type == "Industry"]
        around = "" if industries else (before or self._nearest(clause, place))
        near = industries or ([around] if around else inside)
        near = near or self._inside(clause.left, clause.quantity.start) or self._inside(clause.quantity.end, clause.right)
        return near[0] if near else None

    def inside(self, start: int, stop: int) -> str | None:
        """The first topic named in a span."""
        found = self._inside(start, stop)
        return found[0] if found else None

    def _inside(self, start: int, stop: int) -> list[str]:
        low = bisect_right(self._topic_starts, start - 1)
        kept: list[tuple[int, int, str]] = []
        for s, e, iri, _ in self.topics[low : bisect_right(self._topic_starts, stop)]:
            if e <= stop and not (kept and s < kept[-1][1]):
                kept.append((s, e, iri))
        return [iri for _, _, iri in kept]

    def _nearest(self, clause: Clause, place: str | None) -> str | None:
        """Of the sentence, the headings (industries only), the policy's own title."""
        document = self.linked.document
        sentence = self._industries(clause.sentence, clause.left)
        if sentence and len(set(sentence)) == 1:
            return sentence[0]
        for index in document.headings_of(clause.block):
            block = document.blocks[index]
            found = self._industries(block.start, block.end)
            if found:
                return found[0] if len(set(found)) <= 2 else None
        if self.news and clause.block >= 0:
            block = document.blocks[clause.block]
            found = self._industries(block.start, clause.sentence)
            if found:
                return found[-1]
            if above := self._above(clause.block):
                return above
        return self.own_topic if not self.news or place == self.linked.issuing_place else None

    def _above(self, block: int) -> str | None:
        """News: the one industry of the nearest block above, within the section, that names just one."""
        document = self.linked.document
        for index in range(block - 1, max(document.blocks[block].parent, block - 7, -1), -1):
            above = document.blocks[index]
            found = set(self._industries(above.start, above.end)) if above.kind != "title" else set()
            if len(found) == 1:
                return found.pop()
        return None

    def _industries(self, start: int, stop: int) -> list[str]:
        low = bisect_right(self._topic_starts, start - 1)
        return [
            iri
            for s, e, iri, kind in self.topics[low : bisect_right(self._topic_starts, stop)]
            if e <= stop and kind == "Industry"
        ]

    def _title_topic(self) -> str | None:
        """The one industry of the own policy's title (or of the headline)."""
        linked = self.linked
        own = linked.by_iri.get(linked.own_policy or "")
        spans = [(m.start, m.end) for m in own.mentions[:3]] if own else []
        spans += [(b.start, b.end) for b in linked.document.blocks if b.kind == "title"][:1]
        for start, end in spans:
            found = linked.between(start, end, "Industry")
            longest = [
                p for p in found if not any(o[0].start <= p[0].start and p[0].end <= o[0].end and o[0] != p[0] for o in found)
            ]
            if longest and len({e.iri for _, e in longest}) <= 2:
                return longest[0][1].iri
        return None


def _without_lists(places: list[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """Places that stand alone: of 宝安、光明、龙华等区 none is the one a number is said of."""
    joined = set()
    for before, after in zip(places, places[1:], strict=False):
        if after[0] - before[1] <= 2 and _JOINT.fullmatch(text, before[1], after[0]):
            joined |= {before[0], after[0]}
    return [place for place in places if place[0] not in joined]


class _Cover:
    """Whether a stretch lies inside a longer one of a set, by bisection: for each start the farthest end so far."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[tuple[int, int]] = []
        best = (-1, -1)
        for start, end in sorted(spans):
            best = max(best, (end, -start))
            self.starts.append(start)
            self.ends.append(best)

    def holds(self, start: int, end: int) -> bool:
        index = bisect_right(self.starts, start) - 1
        return index >= 0 and self.ends[index][0] > start and (self.ends[index][0], -self.ends[index][1]) != (end, start)
