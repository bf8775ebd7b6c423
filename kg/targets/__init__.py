"""Quantities in context -> targets, incentives, and an account of every number.

A target is read from the clause around its number: operator words beside it, the metric before it (or the counted thing
after it), the year that governs clause, sentence, paragraph or goals section, and the place and topic it is said of.

    clauses     number -> the stretch of text that speaks of it
    metric      clause -> metric and operator
    years       number -> the year that governs it
    scope       number -> place
    topics      number -> industry or technology
    incentives  support money and conditions
    recipients  who gets it, on what condition
    projects    figures of one project or fund
    judgment    aim, baseline, or a number of another kind
    carried     subjects of numbers that name nothing themselves: table rows, lines above, tasks
    sequence    what a number takes over from the statements before it in its sentence
    numbers     the use of every other number
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg import iri
from kg.model import Evidence, Incentive, Linked, Mention, NumberUse, Target, UnreadNumber
from kg.ontology import Ontology
from kg.tables import Tables
from kg.targets import incentives as support
from kg.targets import metric as metrics
from kg.targets import numbers, projects, units
from kg.targets.carried import Carried
from kg.targets.clauses import Clause, Clauses, after_joint
from kg.targets.judgment import Judge
from kg.targets.metric import Reading
from kg.targets.news import is_news
from kg.targets.scope import Scope
from kg.targets.sequence import Sequence, Statement
from kg.targets.topics import Topics
from kg.targets.years import Years

Found = tuple[list[Target], list[Incentive], list[NumberUse], list[UnreadNumber]]


def find_targets(linked: Linked, ontology: Ontology, quantities: tuple[Mention, ...]) -> Found:
    """Targets, incentives, the use of every number, and the numbers that nothing carries."""
    reader = _Reader(linked, ontology, tuple(sorted(quantities, key=lambda q: (q.start, -q.end))))
    targets, found, uses = reader.read()
    uses = numbers.account(linked, uses)
    return _unique(targets), found, uses, numbers.unread(linked, uses)


def _unique(targets: list[Target]) -> list[Target]:
    """Each target once, at its first statement; the headline's copy of a target gives way to the body's."""
    first: dict[str, Target] = {}
    for target in targets:
        first.setdefault(target.iri, target)
    return sorted(first.values(), key=lambda t: (t.evidence.start, t.evidence.end, t.year or 0, float(t.value), t.iri))


class _Reader:
    def __init__(self, linked: Linked, ontology: Ontology, quantities: tuple[Mention, ...]) -> None:
        self.linked = linked
        self.ontology = ontology
        self.text = linked.document.folded
        self.clauses = Clauses(linked.document, quantities)
        tables = Tables(linked.document)
        self.years = Years(linked, ontology, tables)
        self.news = is_news(linked)
        self.scope = Scope(linked, tables, news=self.news)
        self.topics = Topics(linked, ontology, news=self.news)
        self.words = metrics.lexicon(ontology)
        self.judge = Judge(linked, ontology, self.years, tables, news=self.news)
        self.carried = Carried(linked, ontology, tables, self.scope)
        self.sequence = Sequence(linked.document, self.scope, self.topics)
        self.last_topic: tuple[int, str] | None = None
        self.year_order = (-1, 0)
        self.last_support: tuple[int, str, support.Kind] | None = None

    def read(self) -> tuple[list[Target], list[Incentive], list[NumberUse]]:
        targets: list[Target] = []
        found: list[Incentive] = []
        uses = [
            NumberUse(self.clauses.quantities[i].start, self.clauses.quantities[i].end, "name")
            for i in sorted(self.clauses.parts)
        ]
        body = {(q.attribute("value"), q.attribute("unit")) for q in self.clauses.quantities if not self._in_title(q)}
        for _, clause in self.clauses:
            q = clause.quantity
            use = self.judge.plain_use(clause)
            if not use:
                kind = self._support(clause)
                self.last_support = (clause.sentence, q.attribute("unit") or "", kind) if kind else None
                if kind:
                    found.append(support.incentive(self.linked.document, clause, kind, self._key()))
                    use = "incentive"
                elif projects.is_figure(self.text, clause):
                    use = "project"
                elif self._in_title(q) and (q.attribute("value"), q.attribute("unit")) in body:
                    use = "name"
                else:
                    stated = list(self._state(clause))
                    targets += stated
                    use = ("baseline" if stated[0].baseline else "target") if stated else "unread"
            if use:
                uses.append(NumberUse(q.start, q.end, use))
        return targets, found, uses

    def _support(self, clause: Clause) -> support.Kind | None:
        if clause.quantity.attribute("cell"):
            return None
        last, unit = self.last_support, clause.quantity.attribute("unit") or ""
        if last and clause.chained and last[0] == clause.sentence and last[1][-1:] == unit[-1:]:
            return last[2]
        if projects.is_fund(self.text, clause):
            return "amount"
        return support.kind_of(self.linked.document, clause, self.judge.headings(clause), self.ontology)

    def _in_title(self, q: Mention) -> bool:
        index = self.linked.document.block_at(q.start)
        return index >= 0 and self.linked.document.blocks[index].kind == "title"

    # Statements

    def _state(self, clause: Clause) -> Iterator[Target]:
        before = self.sequence.before(clause)
        if before and clause.left < before.reading.end < clause.quantity.start:
            clause = replace(clause, left=after_joint(self.text, before.reading.end))
        whole, clause = clause, self._past_places(clause)
        reading = metrics.read(self.text, self.linked.document.text, clause, self.words)
        if reading is None:
            return
        if origin := metrics.origin(self.text, clause):
            yield from self._origin(clause, reading, origin)
            return
        reading = self._whole(clause, reading)
        if (
            reading is None
            or len(reading.metric) < 2
            or reading.metric in _NO_METRIC
            or reading.metric.endswith(_NO_METRIC_END)
        ):
            return
        year = self.years.of(clause.quantity.start, clause.left, clause.sentence, clause.after, clause.right, clause.block)
        last = before if before and not before.origin else None
        baseline = self.judge.is_baseline(
            clause,
            reading,
            year,
            after_baseline=bool(last and last.baseline and year in (None, last.year)),
            after_aim=bool(last and not last.baseline),
        )
        if not baseline and not self.judge.is_aim(clause, reading, year, follows=last is not None):
            return
        self.sequence.add(Statement(clause, reading, baseline, year))
        for each in self._each_year(clause, year):
            yield from self._targets(whole, reading, each, baseline)

    def _whole(self, clause: Clause, reading: Reading) -> Reading | None:
        """The reading with the metric that its clause leaves to the table row, to the statements before or to the task."""
        if not reading.metric or self.sequence.after_origin(clause):
            found = self.carried.of_row(clause, reading) or self.sequence.goes_on(clause, reading)
            if found is None and (found := self.carried.from_above(clause, reading)) is None:
                return None
            reading = found
        if len(reading.metric) < 2:
            return None
        item = self.sequence.item(clause, reading)
        reading = self.carried.with_owner(clause, reading) if item is reading else item
        return self.sequence.completed(clause, reading)

    def _origin(self, clause: Clause, reading: Reading, origin: int) -> Iterator[Target]:
        """由33家整合至20家: where it starts from is a baseline; the number after it takes the same metric."""
        start = metrics.opened(self.text, clause.left, origin, self.words)
        metric = self.linked.document.text[start:origin].strip(" 、，的：:")
        if len(metric) < 2:
            return
        stated = replace(reading, metric=metric, subject=(start, origin), start=start, operator="=", end=clause.after)
        self.sequence.add(Statement(clause, stated, True, None, origin=True))
        found = re.search(r"(?<![0-9])20[0-9]{2}(?=\s?年)", self.text[origin : clause.quantity.start])
        yield from self._targets(clause, stated, int(found.group()) if found else None, True)

    def _past_places(self, clause: Clause) -> Clause:
        """甲区、乙区分别引进项目20个、15个: the words about the number begin after the places."""
        start = clause.quantity.start
        left = metrics.opened(self.text, clause.left, start, self.words)
        end, places = self.scope.opening(left, start)
        bare = start - end < 2 and not self.sequence.before(clause)
        if self.text[left - 1 : left] == '"' or not places or bare:
            return clause
        self.sequence.spread(clause, places if len(places) > 1 and "分别" in self.text[left:end] else [])
        return replace(clause, left=end)

    def _each_year(self, clause: Clause, year: int | None) -> list[int | None]:
        """2024年、2025年各完成120家 holds for both years; …分别达到500亿元、800亿元 gives each number its own."""
        start = clause.quantity.start
        several = self.years.several(clause.sentence, start)
        end = self.years.list_end(start)
        if len(several) < 2 or year != several[-1]:
            return [year]
        apart = self.text.rfind("分别", end, start)
        if apart >= 0:
            self.year_order = (apart, self.year_order[1] + 1 if self.year_order[0] == apart else 0)
            return [several[min(self.year_order[1], len(several) - 1)]]
        return list(several) if end >= clause.left else [year]

    def _targets(self, clause: Clause, reading: Reading, year: int | None, baseline: bool) -> Iterator[Target]:
        q = clause.quantity
        place = self.scope.of_item(reading.item) or self.sequence.own_place(clause) or self.scope.place(clause, reading.start)
        for metric, topic in self._subjects(clause, reading, place):
            stated = reading if metric == reading.metric else replace(reading, metric=metric)
            yield self._target(q, stated, q.attribute("value") or "0", year, baseline, place, topic)
            if upper := q.attribute("upper"):
                yield self._target(q, replace(stated, operator="<="), upper, year, baseline, place, topic)

    def _last_topic(self, clause: Clause) -> str | None:
        return self.last_topic[1] if self.last_topic and self.last_topic[0] == clause.sentence else None

    def _subjects(self, clause: Clause, reading: Reading, place: str | None) -> list[tuple[str, str | None]]:
        """(metric, topic) of each thing it is said of: one, or every item of 生物医药、纺织服装两大产业各自突破1000亿元."""
        text = self.text
        shared = clause.chained or _NEXT_NUMBER.match(text, clause.after)
        if (
            reading.subject
            and not shared
            and _EACH.search(text[reading.subject[0] : clause.quantity.start])
            and "、" in text[slice(*reading.subject)]
        ):
            items = list(_items(text, *reading.subject))
            if len(items) > 1 and all(e - s <= 16 for s, e in items):
                original = self.linked.document.text
                tail = "产业" if "产业" in text[items[-1][1] : reading.subject[1]] else ""
                return [
                    (_named(_MOVER.sub("", original[s:e]), tail) + reading.growth, next(iter(self.topics.within(s, e)), None))
                    for s, e in items
                ]
        own = not self.news or place == self.linked.issuing_place
        topic = self.topics.of(clause, reading, self._last_topic(clause), own=own)
        self.last_topic = (clause.sentence, topic) if topic else self.last_topic
        return [(reading.metric, topic)]

    def _target(
        self, q: Mention, reading: Reading, value: str, year: int | None, baseline: bool, place: str | None, topic: str | None
    ) -> Target:
        document = self.linked.document
        start, end = min(reading.start, q.start), max(reading.end, q.end)
        while start < q.start and document.text[start] in " \u3000\n\t，,、：:*-":
            start += 1
        unit = q.attribute("unit") or ""
        base_value, base_unit = units.base(value, unit, self.ontology)
        key = (self._key(), reading.metric, reading.operator, value, unit, str(year), place or "", topic or "", str(baseline))
        return Target(
            iri=iri.derived("target", *key), metric=reading.metric, operator=reading.operator, value=value, unit=unit,
            surface=q.text,
            evidence=Evidence(start, end, document.text[start:end], "target." + q.rule.partition(".")[2], 0.6 if baseline else 0.8),
            year=year, place=place, topic=topic, policy=self.linked.own_policy, base_value=base_value, base_unit=base_unit,
            metric_concept=units.metric_concept(reading.metric, self.ontology), baseline=baseline,
        )  # fmt: skip

    def _key(self) -> str:
        return self.linked.own_policy or self.linked.document.source.sha256


_NEXT_NUMBER = re.compile(r"\s?[、和及]\s?[0-9]")
_NO_METRIC = frozenset(("最多", "最高", "最低", "最少", "至少", "上限", "下限", "部分", "不足", "其中"))
_NO_METRIC_END = ("最多", "至多")
"""What bounds a rule and measures nothing."""
_MOVER = re.compile(r"^(?:推动|促进|带动|确保)")
_EACH = re.compile(r"各自|均|都|各达|各超|分别(?:达|突破|超|增长|提高|提升)")
_LIST_TAIL = re.compile(
    r"(?:等)?[一二三四五六七八九十两0-9]{0,2}(?:大|个|类)?(?:产业|行业|领域|集群)?(?:各自|均|都|则|分别|也)*$"
)


def _items(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Spans of the items of a list (A、B、C三大产业), without the words that sum it up."""
    for match in re.finditer(r"[^、]+", text[start:stop]):
        s, e = start + match.start(), start + match.end()
        if e == stop:
            tail = _LIST_TAIL.search(text[s:e])
            e = s + tail.start() if tail else e
        if e > s:
            yield s, e


def _named(item: str, tail: str) -> str:
    return item if item.endswith(("产业", "业", "集群", "行业")) else item + tail
