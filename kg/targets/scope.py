"""Whose target it is: the place that a number is said of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from kg.model import Linked
from kg.tables import Tables
from kg.targets.clauses import Clause

PLACES = ("Region", "Province", "City", "District", "Town", "Zone")
_BODIES = ("Agency", "Organization", "Company", "University", "Institute", "Association", "Policy", "Project")
_LEVELS = {"省": "Province", "市": "City", "区": "District", "县": "District"}
_JOINT = re.compile(r"[省市县区]?[、和及与]")
_SELF = re.compile(r"我[省市县区州旗]|全[省市县区州旗]|本[省市县区]|[省市区县]内|两地")


class Scope:
    """The place by the nearest name: in the clause, the sentence, the paragraph, the headings, else the issuer's own."""

    def __init__(self, linked: Linked, tables: Tables, *, news: bool) -> None:
        self.linked = linked
        self.tables = tables
        self.news = news
        document = linked.document
        bodies = _Cover((m.start, m.end) for m, e in linked.placed if e.type in _BODIES)
        self._all_places = [(m.start, m.end, e.iri) for m, e in linked.placed if e.type in PLACES]
        self._all_starts = [p[0] for p in self._all_places]
        self.places = [
            (m.start, m.end, e.iri)
            for m, e in linked.placed
            if e.type in PLACES and not _SELF.fullmatch(m.text) and not bodies.holds(m.start, m.end)
        ]
        self.places = _without_lists(self.places, document.folded)
        self._place_starts = [p[0] for p in self.places]
        self.text = document.folded
        self.country = next((e.iri for e in linked.entities if e.type == "Country" and e.name == "中国"), None)

    def place(self, clause: Clause, start: int) -> str | None:
        """Nearest place before the number; an official text speaks of its own place unless the clause names another."""
        if clause.block >= 0 and self.tables.row(clause.block) and start < clause.left:
            return self._row_place(clause) or self._heading_place(clause) or self.linked.issuing_place
        begin = min(clause.left, start)
        near = self._places(begin, clause.quantity.start)
        if near and (self.news or len(set(near)) == 1):
            return near[-1]
        own = _SELF.search(self.text, begin, clause.quantity.start)
        if own:
            return (self._of_level(own.group(), clause.quantity.start) if self.news else None) or self.linked.issuing_place
        sentence = self._places(clause.sentence, begin) or (self._policy_place(clause) if self.news else [])
        if sentence and self.news and (opener := self._opener(clause.sentence, begin)):
            return opener
        if sentence and (self.news or (len(set(sentence)) == 1 and self._opens(clause.sentence, begin))):
            return sentence[-1]
        if self.news:
            return self._around(clause)
        return self._block_place(clause) or self._heading_place(clause) or self.linked.issuing_place or self.country

    def is_place(self, start: int, stop: int) -> bool:
        """Whether a span is nothing but the name of a place."""
        return self._place_at(start, stop) is not None

    def name_end(self, start: int, stop: int) -> int:
        """End of the name of a place that opens a span, 0 for none."""
        low = bisect_left(self._all_starts, start)
        found = self._all_places[low : low + 1]
        return found[0][1] if found and found[0][0] == start and found[0][1] <= stop else 0

    def opening(self, start: int, stop: int) -> tuple[int, list[str]]:
        """(end, places) of the names of places that open a span: 甲区、乙区分别|引进项目; (start, []) for none."""
        found: list[str] = []
        end = start
        while (stop_of_name := self.name_end(end, stop)) and (iri := self._place_at(end, stop_of_name)):
            found.append(iri)
            joint = _JOINED.match(self.text, stop_of_name, stop)
            end = joint.end() if joint else stop_of_name
            if not joint:
                break
        manner = _MANNER.match(self.text, end, stop) if found else None
        return (manner.end() if manner else end), found

    def of_item(self, item: tuple[int, int] | None) -> str | None:
        """The place that opens an item of a list."""
        return self._place_at(item[0], self.name_end(*item)) if item and self.name_end(*item) else None

    def _place_at(self, start: int, stop: int) -> str | None:
        low = max(0, bisect_right(self._all_starts, start) - 2)
        return next((iri for s, e, iri in self._all_places[low : low + 3] if s <= start and stop <= e), None)

    def _row_place(self, clause: Clause) -> str | None:
        """The place that a cell of the row names and nothing else, or that the indicator names."""
        blocks = self.linked.document.blocks
        cells = [i for i in self.tables.row(clause.block) if not self.tables.is_duty(i)]
        alone = (found for i in cells if (found := self._place_at(blocks[i].start, blocks[i].end)))
        subject = self.tables.subject(clause.block)
        named = self._places(blocks[subject].start, blocks[subject].end) if subject is not None else []
        return next(alone, None) or (named[0] if named else None)

    def _policy_place(self, clause: Clause) -> list[str]:
        """The place of the policy that the sentence cites (按照《某市…方案》，到2025年…)."""
        cited = self.linked.between(clause.sentence, clause.quantity.start, "Policy")
        low = bisect_left(self._all_starts, clause.sentence)
        return [iri for m, _ in cited[-1:] for s, e, iri in self._all_places[low : low + 8] if m.start <= s and e <= m.end][:1]

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

    def _block_place(self, clause: Clause) -> str | None:
        """The place that opens the paragraph as a run-in title (——某区。…)."""
        if clause.block < 0:
            return None
        block = self.linked.document.blocks[clause.block]
        mark = _ITEM_MARK.match(self.text, block.start, block.end)
        end = self.name_end(mark.end(), block.end) if mark else 0
        return self._place_at(mark.end(), end) if mark and end and self.text[end : end + 1] in ":：。" else None

    def _heading_place(self, clause: Clause) -> str | None:
        document = self.linked.document
        for index in document.headings_of(clause.block):
            block = document.blocks[index]
            found = self._places(block.start, block.end)
            if found:
                return found[0]
        return None

    def _opener(self, start: int, stop: int) -> str | None:
        """The place that opened the last sentence with one at its head (今年，某市将…)."""
        low, high = bisect_left(self._place_starts, start), bisect_left(self._place_starts, stop)
        for s, _, iri in reversed(self.places[max(low, high - 12) : high]):
            near = max(start, s - 40)
            head = self.text[max(near, self.text.rfind("。", near, s) + 1) : s]
            if _HEAD_WORDS.fullmatch(head):
                return iri
        return None

    def _around(self, clause: Clause) -> str | None:
        """News: the paragraph, then its headings, then the paragraphs above up to the heading, then the issuer's place."""
        document = self.linked.document
        if clause.block < 0:
            return self.linked.issuing_place
        block = document.blocks[clause.block]
        found = self._places(block.start, clause.quantity.start)
        if found:
            return self._opener(block.start, clause.sentence) or found[-1]
        for index in range(clause.block - 1, max(block.parent, clause.block - 30, -1), -1):
            above = document.blocks[index]
            if above.kind == "title":
                break
            run = self._first_run(above.start, above.end)
            if run:
                return run
        return self._heading_place(clause) or self.linked.issuing_place


def _without_lists(places: list[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """Places that stand alone: of 宝安、光明、龙华等区 none is the one a number is said of, nor is that of a quoted name."""
    joined = set()
    for before, after in zip(places, places[1:], strict=False):
        if after[0] - before[1] <= 2 and _JOINT.fullmatch(text, before[1], after[0]):
            joined |= {before[0], after[0]}
    return [
        place
        for place in places
        if place[0] not in joined
        and text[place[0] - 1 : place[0]] != "、"
        and not _QUOTED.match(text, place[0] - 1, place[1] + 12)
    ]


_HEAD_WORDS = re.compile(
    r"[\s\"]*(?:今年|明年|去年|目前|近年来|下一步|未来|20[0-9]{2}年|[^,，。；;\n]{0,6}(?:以来|期间))?[,，]?\s*"
)
_ITEM_MARK = re.compile(r"[\s\-—·•*]*(?:[(（]?[0-9一二三四五六七八九十]{1,2}[)）.、]\s?)?")
_JOINED = re.compile(r"[、和及与]|以及")
_MANNER = re.compile(
    r"(?:等(?:[0-9一二三四五六七八九十]{0,3}个?[省市县区地州镇]{1,3}(?:级|域)?)?)?(?:要|应)?(?:分别|各自|各|均|率先)?"
)
_QUOTED = re.compile(r"\"[^\"\n]{2,16}\"")
"""“浙江制造”: a brand, not the place."""


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
