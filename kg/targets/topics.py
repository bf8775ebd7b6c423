"""Which industry or technology a number is said of: that of the metric, of the sentence, of the heading, of the title."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from kg.folding import fold
from kg.model import Linked
from kg.ontology import Ontology
from kg.targets.clauses import Clause
from kg.targets.metric import Reading

TOPICS = ("Industry", "Technology")
_USES = ("平台", "终端", "场景", "应用", "应用场景", "解决方案", "企业", "示范应用")
_OPENING = re.compile(r"[\s\-—·•*(]*(?:[0-9一二三四五六七八九十]{1,2}[.、)]\s?)?(?P<name>[^。:：,，;；\n]{2,18})[。:：]")
"""A few words that open a paragraph and say what it is about: ——氢能。 1.北斗： 茶产业。"""
_TAIL = re.compile(r"(?:产业|行业|领域|集群|方面|板块|方向|链|业)*$")


class Topics:
    """The topics of one document and what each of them governs."""

    def __init__(self, linked: Linked, ontology: Ontology, *, news: bool) -> None:
        self.linked = linked
        self.news = news
        self.text = linked.document.folded
        self.general = ontology.words("general-metrics")
        self.spans = _longest([(m.start, m.end, e.iri, e.type) for m, e in linked.placed if e.type in TOPICS])
        self.starts = [s for s, _, _, _ in self.spans]
        self.own = self._title_topic()
        names = {(fold(form), e.iri) for e in linked.entities if e.type in TOPICS for form in (e.name, *e.aliases)}
        self.names = sorted((n for n in names if len(n[0]) > 1), key=lambda n: (-len(n[0]), n))
        self._openings: dict[int, str | None] = {}

    def of(self, clause: Clause, reading: Reading, before: str | None, *, own: bool) -> str | None:
        """Topic of a statement; ``before`` is that of the statement before in its sentence, ``own`` allows the title's."""
        metric, subject = reading.metric, reading.item or reading.subject
        inside = self._plainly(*subject) if subject else []
        if not inside and not reading.item:
            inside = self._plainly(reading.start, reading.end)
        if len({iri for _, _, iri, _ in inside}) > 3:
            return None
        if inside:
            return self._without_tail(self._chosen(inside))
        if named := self._named(metric):
            return named
        part = self.text.find("其中", max(clause.sentence, clause.quantity.start - 120), clause.quantity.start) >= 0
        if self.is_general(metric) and not self.news and not part:
            return self._heading(clause) or (self.own if own else None)
        near = before or self._sentence(clause) or self._opening(clause) or self._heading(clause) or self._news(clause)
        if near is None and own:
            near = self.own
        return near or next(iter(self.within(clause.left, clause.quantity.start)), None)

    def is_general(self, metric: str) -> bool:
        """Whether a metric is of the whole economy or of all firms (规上企业, 研发投入强度), of no one industry."""
        return any(word in metric for word in self.general)

    def name_end(self, start: int, stop: int) -> int:
        """End of the name of a topic that opens a span, 0 for none."""
        found = self._between(start, stop)
        return found[0][1] if found and found[0][0] == start else 0

    def within(self, start: int, stop: int) -> list[str]:
        """The topics named in a span, in text order, each once."""
        low = bisect_left(self.starts, start)
        found = (iri for _, e, iri, _ in self.spans[low : bisect_right(self.starts, stop)] if e <= stop)
        return list(dict.fromkeys(found))

    def _plainly(self, start: int, stop: int) -> list[tuple[int, int, str, str]]:
        """Topics of a span that stand in no brackets (五金(含锁具、拉链)产值), else those in brackets."""
        found = self._between(start, stop)
        plain = [t for t in found if self.text.count("(", start, t[0]) == self.text.count(")", start, t[0])]
        return plain or found

    def _chosen(self, found: list[tuple[int, int, str, str]]) -> str | None:
        """The first item of a list, else the first industry, else the first technology."""
        joined = len(found) > 1 and self.text[found[0][1] : found[1][0]] in ("、", "和", "及", "与", "以及")
        industries = [iri for _, _, iri, kind in found if kind == "Industry"]
        return found[0][2] if joined or not industries else industries[0]

    def _without_tail(self, topic: str | None) -> str | None:
        """The title's own topic for what is only its platform, terminal or field of use (工业互联网平台 -> 工业互联网)."""
        own = self.linked.by_iri.get(self.own or "")
        found = self.linked.by_iri.get(topic or "")
        tailed = own and found and any(found.name == own.name + tail for tail in _USES)
        return self.own if tailed else topic

    def _named(self, metric: str) -> str | None:
        """The topic of the document whose name stands in a metric where no mention was made of it; the longest."""
        words = fold(metric)
        return next((iri for name, iri in self.names if name in words), None)

    def _single(self, start: int, stop: int) -> str | None:
        """The one industry of a stretch, else its one technology; None for several."""
        found = self.within(start, stop)
        industries = [iri for iri in found if self.linked.by_iri[iri].type == "Industry"] or found
        return industries[0] if len(industries) == 1 else None

    def _sentence(self, clause: Clause) -> str | None:
        found = [i for i in self.within(clause.sentence, clause.left) if self.linked.by_iri[i].type == "Industry"]
        return found[0] if len(found) == 1 else None

    def _opening(self, clause: Clause) -> str | None:
        """The topic that opens the paragraph as a run-in title (——氢能。…)."""
        if clause.block not in self._openings:
            block = self.linked.document.blocks[clause.block] if clause.block >= 0 else None
            match = _OPENING.match(self.text, block.start, block.end) if block else None
            found = None
            if match:
                tail = _TAIL.search(match["name"])
                stop = match.end("name") - (len(tail.group()) if tail else 0)
                whole = [
                    iri for s, e, iri, _ in self._between(*match.span("name")) if s <= match.start("name") + 2 and e >= stop
                ]
                found = whole[0] if whole else None
            self._openings[clause.block] = found
        return self._openings[clause.block]

    def _between(self, start: int, stop: int) -> list[tuple[int, int, str, str]]:
        return [s for s in self.spans[bisect_left(self.starts, start) : bisect_right(self.starts, stop)] if s[1] <= stop]

    def _heading(self, clause: Clause) -> str | None:
        document = self.linked.document
        for index in document.headings_of(clause.block):
            block = document.blocks[index]
            if self.within(block.start, block.end):
                return self._single(block.start, block.end)
        return None

    def _news(self, clause: Clause) -> str | None:
        """News: the industry named last in the paragraph, else the one of the nearest block above that names just one."""
        if not self.news or clause.block < 0:
            return None
        blocks = self.linked.document.blocks
        found = self._industries(blocks[clause.block].start, clause.sentence)
        if found:
            return found[-1]
        for index in range(clause.block - 1, max(blocks[clause.block].parent, clause.block - 7, -1), -1):
            above = blocks[index]
            names = set(self._industries(above.start, above.end)) if above.kind != "title" else set()
            if len(names) == 1:
                return names.pop()
        return None

    def _industries(self, start: int, stop: int) -> list[str]:
        return [iri for _, _, iri, kind in self._between(start, stop) if kind == "Industry"]

    def _title_topic(self) -> str | None:
        """The one topic of the own policy's title (or of the headline)."""
        own = self.linked.by_iri.get(self.linked.own_policy or "")
        spans = [(m.start, m.end) for m in own.mentions[:3]] if own else []
        spans += [(b.start, b.end) for b in self.linked.document.blocks if b.kind == "title"][:1]
        for start, end in spans:
            if self.within(start, end):
                return self._single(start, end)
        return None


def _longest(spans: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    """Mentions that lie in no longer one, in text order."""
    kept: list[tuple[int, int, str, str]] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1], s[2])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
