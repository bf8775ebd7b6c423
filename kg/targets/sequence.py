"""Statements of one sentence in order: what a number takes over from those before it.

年均增长25% goes on with the metric before it, …分别达到55%、70% gives each number its own item, 新增 holds for a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.model import Document, Operator
from kg.targets.clauses import Clause
from kg.targets.metric import Reading
from kg.targets.scope import Scope
from kg.targets.topics import Topics


@dataclass
class Statement:
    """One statement that was read; ``origin`` tells where the next number starts from (由33家整合至20家)."""

    clause: Clause
    reading: Reading
    baseline: bool
    year: int | None
    origin: bool = False


class Sequence:
    """The statements of the sentence that is being read."""

    def __init__(self, document: Document, scope: Scope, topics: Topics) -> None:
        self.document = document
        self.text = document.folded
        self.scope = scope
        self.topics = topics
        self.last: Statement | None = None
        self.metrics: list[str] = []
        """Metrics stated so far in the sentence."""
        self._rest: list[str] = []
        """Metrics of the numbers still to come in a chain (分别增长20%、25%)."""
        self._places: tuple[int, list[str]] = (-1, [])
        self._order = 0

    def before(self, clause: Clause) -> Statement | None:
        """The last statement, if it stands in the same sentence."""
        return self.last if self.last and self.last.clause.sentence == clause.sentence else None

    def add(self, statement: Statement) -> None:
        """Take down a statement."""
        if not self.before(statement.clause):
            self.metrics = []
        if not statement.origin:
            self.metrics.append(statement.reading.metric)
        self.last = statement

    def spread(self, clause: Clause, places: list[str]) -> None:
        """The places among which the numbers of a clause are shared out (甲区、乙区分别…)."""
        self._places = (clause.left, places)

    def own_place(self, clause: Clause) -> str | None:
        """The place of this number in 甲区、乙区分别…20个、15个."""
        left, places = self._places
        if not places or (not clause.chained and clause.left != left):
            self._places = (-1, [])
            return None
        self._order = self._order + 1 if clause.chained else 0
        return places[self._order] if self._order < len(places) else None

    def after_origin(self, clause: Clause) -> bool:
        """Whether the number is what a change comes to (由33家整合至|20家)."""
        last = self.before(clause)
        return bool(last and last.origin and 0 <= clause.quantity.start - last.clause.after <= _NEAR)

    def goes_on(self, clause: Clause, reading: Reading) -> Reading | None:
        """The reading of a clause without a metric of its own, by the statement before it; None where there is none."""
        last = self.before(clause)
        if last is None or last.clause.after > clause.quantity.start:
            return None
        metric = self._of_each(clause, reading) or last.reading.metric
        if reading.growth and not metric.endswith(reading.growth):
            metric = metric.removesuffix(last.reading.growth) + reading.growth
        start = last.reading.start if clause.chained else reading.start
        growth = reading.growth or (last.reading.growth if clause.chained else "")
        return replace(reading, metric=metric, operator=self._operator(clause, reading, last), start=start,
                       subject=last.reading.subject, growth=growth, built=reading.built or last.reading.built,
                       forward=reading.forward or last.reading.forward)  # fmt: skip

    def completed(self, clause: Clause, reading: Reading) -> Reading:
        """The reading with what it shares with the statement before: 新增 of a list, the noun behind a bare level."""
        last = self.before(clause)
        if last is None:
            return reading
        if reading.operator == "=" and not reading.forward and last.reading.added and last.reading.operator == "+":
            between = self.text[last.reading.end : clause.quantity.start]
            if between[:1] in ("、", "和") and not _COMMA.search(between):
                reading = replace(reading, operator="+", added=True)
        if _LEVEL.fullmatch(reading.metric) and (level := _LEVEL.match(last.reading.metric)):
            reading = replace(reading, metric=reading.metric + last.reading.metric[level.end() :])
        return reading

    def _operator(self, clause: Clause, reading: Reading, last: Statement) -> Operator:
        """分别超过100万、150万台: words before the first number hold for all of its chain."""
        if not clause.chained:
            return reading.operator
        if last.reading.operator == "+" and reading.operator in ("=", ">="):
            return "+"
        before_number = last.clause.after == last.clause.quantity.end and not last.clause.quantity.attribute("upper")
        return last.reading.operator if reading.operator == "=" and before_number else reading.operator

    def _of_each(self, clause: Clause, reading: Reading) -> str:
        """收入550亿元、人次6000万，分别增长20%、25%: the rates are those of the statements before, in order."""
        if clause.chained and self._rest:
            return self._rest.pop(0)
        self._rest = []
        if not reading.growth or "分别" not in self.text[clause.left : clause.quantity.start]:
            return ""
        names = self._earlier(clause)
        self._rest = [name + reading.growth for name in names[1:]]
        return names[0] if names else ""

    def _earlier(self, clause: Clause) -> list[str]:
        """Metrics of the statements before in the sentence, one for each number of a chain; none if they are too few."""
        chain = _CHAIN.match(self.text, clause.quantity.end)
        number = 1 + (chain.group().count("%") if chain else 0)
        return self.metrics[-number:] if 1 < number <= len(self.metrics) and self.before(clause) else []

    def item(self, clause: Clause, reading: Reading) -> Reading:
        """甲、乙产能占比分别提高到55%、70%: each number takes its own item, with the words that the items share."""
        if reading.subject is None:
            return reading
        start, stop = reading.subject
        if "分别" not in self.text[stop : clause.quantity.start] and "分别" not in reading.metric:
            return reading
        last = self.last
        goes_on = clause.chained and last and last.reading.subject == reading.subject
        self._order = order = self._order + 1 if goes_on else 0
        items = [(start + m.start(), start + m.end()) for m in _ITEM.finditer(self.text[start:stop])]
        if len(items) < 2 and order == 0 and len(reading.metric) <= 8 and not reading.growth:
            names = [name + reading.metric for name in self._earlier(clause)]
            self._rest = names[1:]
            return replace(reading, metric=names[0]) if names else reading
        if order >= len(items) or len(items) < 2:
            return reading
        name = self.document.text[slice(*items[order])].strip("分别 ")
        shared = self.document.text[self._name_end(items) : items[-1][1]].strip("分别 ")
        if order < len(items) - 1 and not name.endswith(shared[-2:]):
            name += shared
        tail = reading.growth if reading.growth and not name.endswith(reading.growth) else ""
        return replace(reading, metric=name + tail, item=items[order])

    def _name_end(self, items: list[tuple[int, int]]) -> int:
        """Where the name of the last item of a list ends and what all of them share begins (丙|产能占比)."""
        start, stop = items[-1]
        named = self.scope.name_end(start, stop) or self.topics.name_end(start, stop)
        sizes = {e - s for s, e in items[:-1]}
        alike = start + sizes.pop() if len(sizes) == 1 else stop
        return named or (alike if alike < stop - 1 else stop)


_NEAR = 16
"""Characters between the two numbers of a change."""
_COMMA = re.compile(r"[,，]")
_CHAIN = re.compile(r"(?:\s?[、和及]\s?[0-9.]+%)+")
_ITEM = re.compile(r"(?:(?!、|和|与|以及|(?<!普)及(?!时)).)+")
_LEVEL = re.compile(r"(?:国家|部|省|市|州|县|区|区县)级(?:及?以上)?")
