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
    carried     subjects of numbers that name nothing themselves
    numbers     the use of every other number
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg import iri
from kg.folding import fold
from kg.model import Evidence, Incentive, Linked, Mention, NumberUse, Operator, Target, UnreadNumber
from kg.ontology import Ontology
from kg.tables import Tables
from kg.targets import incentives as support
from kg.targets import metric as metrics
from kg.targets import numbers, projects, units
from kg.targets.carried import Carried
from kg.targets.clauses import Clause, Clauses, after_joint
from kg.targets.judgment import Judge
from kg.targets.metric import Reading
from kg.targets.scope import Scope
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


@dataclass
class _Last:
    """The statement before, for clauses that go on with its metric (年均增长25%; 全年完成3200亿元)."""

    clause: Clause
    reading: Reading
    baseline: bool
    year: int | None
    origin: bool = False
    """Whether it tells where the next number starts from (由33家整合至20家)."""


class _Reader:
    def __init__(self, linked: Linked, ontology: Ontology, quantities: tuple[Mention, ...]) -> None:
        self.linked = linked
        self.ontology = ontology
        self.text = linked.document.folded
        self.clauses = Clauses(linked.document, quantities)
        tables = Tables(linked.document)
        self.years = Years(linked, ontology, tables)
        self.news = _is_news(linked)
        self.scope = Scope(linked, tables, news=self.news)
        self.topics = Topics(linked, ontology, news=self.news)
        self.words = metrics.lexicon(ontology)
        self.judge = Judge(linked, ontology, self.years, tables, news=self.news)
        self.carried = Carried(linked, ontology, tables)
        self.last: _Last | None = None
        self.last_topic: tuple[int, str] | None = None
        self.order = 0
        self.year_order = (-1, 0)
        self.stated: list[tuple[int, str]] = []
        self.each: tuple[int, list[str]] | None = None
        self.spread: tuple[int, list[str]] | None = None
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
                    use = ("baseline" if stated[0].baseline else "target") if stated else self._unstated(clause)
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

    def _unstated(self, clause: Clause) -> str:
        return "unread"

    def _in_title(self, q: Mention) -> bool:
        index = self.linked.document.block_at(q.start)
        return index >= 0 and self.linked.document.blocks[index].kind == "title"

    # Statements

    def _state(self, clause: Clause) -> Iterator[Target]:
        if (
            self.last
            and self.last.clause.sentence == clause.sentence
            and clause.left < self.last.reading.end < clause.quantity.start
        ):
            clause = replace(clause, left=after_joint(self.text, self.last.reading.end))
        whole, clause = clause, self._past_places(clause)
        reading = metrics.read(self.text, self.linked.document.text, clause, self.words)
        if reading is None:
            return
        origin = metrics.origin(self.text, clause)
        if origin:
            yield from self._origin(clause, reading, origin)
            return
        if not reading.metric or self._after_origin(clause):
            reading = self._of_row(clause, reading) or self._continued(clause, reading)
        if reading is None or len(reading.metric) < 2:
            return
        picked = self._pick_of_list(clause, reading)
        reading = self._with_owner(clause, reading) if picked is reading else picked
        reading = self._of_level(clause, self._carry_added(clause, reading))
        if len(reading.metric) < 2 or reading.metric in _NO_METRIC or reading.metric.endswith(("最多", "至多")):
            return
        q = clause.quantity
        year = self.years.of(q.start, clause.left, clause.sentence, clause.after, clause.right, clause.block)
        last = self.last if self.last and self.last.clause.sentence == clause.sentence and not self.last.origin else None
        follows = last is not None
        baseline = self.judge.is_baseline(
            clause,
            reading,
            year,
            after_baseline=bool(last and last.baseline and year in (None, last.year)),
            after_aim=bool(last and not last.baseline),
        )
        if not baseline and not self.judge.is_aim(clause, reading, year, follows=follows):
            return
        self.last = _Last(clause, reading, baseline, year)
        self.stated = [*(s for s in self.stated if s[0] == clause.sentence), (clause.sentence, reading.metric)]
        for each in self._each_year(clause, year):
            yield from self._targets(whole, reading, each, baseline)

    def _origin(self, clause: Clause, reading: Reading, origin: int) -> Iterator[Target]:
        """由33家整合至20家: where it starts from is a baseline; the number after it takes the same metric."""
        start = metrics.opened(self.text, clause.left, origin, self.words)
        metric = self.linked.document.text[start:origin].strip(" 、，的：:")
        if len(metric) < 2:
            return
        stated = replace(reading, metric=metric, subject=(start, origin), start=start, operator="=", end=clause.after)
        self.last = _Last(clause, stated, True, None, origin=True)
        found = re.search(r"(?<![0-9])20[0-9]{2}(?=\s?年)", self.text[origin : clause.quantity.start])
        yield from self._targets(clause, stated, int(found.group()) if found else None, True)

    def _after_origin(self, clause: Clause) -> bool:
        last = self.last
        return bool(last and last.origin and last.clause.sentence == clause.sentence and last.clause.after <= clause.quantity.start
                    and clause.quantity.start - last.clause.after <= 16)  # fmt: skip

    def _past_places(self, clause: Clause) -> Clause:
        """甲区、乙区分别引进项目20个、15个: the words about the number begin after the places."""
        start = clause.quantity.start
        left = metrics.opened(self.text, clause.left, start, self.words)
        end, places = self.scope.opening(left, start)
        bare = start - end < 2 and not (self.last and self.last.clause.sentence == clause.sentence)
        if self.text[left - 1 : left] == '"' or not places or bare:
            return clause
        self.spread = (clause.sentence, places) if len(places) > 1 and "分别" in self.text[left:end] else None
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

    def _of_row(self, clause: Clause, reading: Reading) -> Reading | None:
        """A number of a table: the indicator of its row and what the head of its column measures."""
        document, tables = self.linked.document, self.carried.tables
        measure = tables.measure(clause.block) if tables.row(clause.block) else ""
        subject = self.carried.cell(clause)
        if subject is None:
            return replace(reading, metric=measure, forward=True) if measure else None
        name = _UNIT_BRACKET.sub("", document.text[slice(*subject)].strip()) or document.text[slice(*subject)].strip()
        if measure and self.scope.is_place(*subject):
            name = ""
        metric = name if not measure or name.endswith(measure) else name + measure
        sign = reading.operator
        if sign == "=" and re.match(r"新增|净增|年均增长", measure or fold(metric)):
            sign = "+"
        growth = "" if reading.growth in metric else reading.growth
        return replace(reading, metric=metric + growth, operator=sign, start=subject[0], subject=subject, forward=True)

    def _continued(self, clause: Clause, reading: Reading) -> Reading | None:
        """A clause without a metric of its own: that of the statement before, of the table row, of the clause before."""
        last = self.last
        if last and clause.sentence == last.clause.sentence and last.clause.after <= clause.quantity.start:
            metric = self._of_each(clause, reading) or last.reading.metric
            if reading.growth and not metric.endswith(reading.growth):
                metric = metric.removesuffix(last.reading.growth) + reading.growth
            start = last.reading.start if clause.chained else reading.start
            operator = self._chain_operator(clause, reading, last)
            growth = reading.growth or (last.reading.growth if clause.chained else "")
            return replace(reading, metric=metric, operator=operator, start=start, subject=last.reading.subject, growth=growth,
                           built=reading.built or last.reading.built, forward=reading.forward or last.reading.forward)  # fmt: skip
        subject = self.carried.row(clause) or self.carried.lead(clause)
        if subject is None:
            return None
        metric = self.linked.document.text[subject[0] : subject[1]].strip(" ：:，,。")
        own = subject[0] >= clause.sentence and subject[1] - subject[0] <= 40
        return replace(
            reading, metric=metric + reading.growth, start=subject[0] if own else reading.start, subject=subject, forward=True
        )

    def _of_each(self, clause: Clause, reading: Reading) -> str:
        """收入550亿元、人次6000万，分别增长20%、25%: the rates are those of the statements before, in order."""
        if clause.chained and self.each and self.each[0] == clause.sentence:
            return self.each[1].pop(0) if self.each[1] else ""
        self.each = None
        if not reading.growth or "分别" not in self.text[clause.left : clause.quantity.start]:
            return ""
        names = self._before(clause)
        self.each = (clause.sentence, [name + reading.growth for name in names[1:]]) if names else None
        return names[0] if names else ""

    def _rates(self, clause: Clause, reading: Reading) -> Reading:
        """甲规模…、乙规模…，年均增速分别达到12%、15%: the rate belongs to each statement before."""
        names = [name + reading.metric for name in self._before(clause)]
        self.each = (clause.sentence, names[1:]) if names else None
        return replace(reading, metric=names[0]) if names else reading

    def _before(self, clause: Clause) -> list[str]:
        """Metrics of the statements before in the sentence, one for each number of a chain; none if they are too few."""
        chain = _CHAIN.match(self.text, clause.quantity.end)
        number = 1 + (chain.group().count("%") if chain else 0)
        earlier = [metric for sentence, metric in self.stated if sentence == clause.sentence]
        return earlier[-number:] if 1 < number <= len(earlier) else []

    def _chain_operator(self, clause: Clause, reading: Reading, last: _Last) -> Operator:
        """分别超过100万、150万台: words before the first number hold for all of its chain."""
        if not clause.chained:
            return reading.operator
        if last.reading.operator == "+" and reading.operator in ("=", ">="):
            return "+"
        before_number = last.clause.after == last.clause.quantity.end and not last.clause.quantity.attribute("upper")
        return last.reading.operator if reading.operator == "=" and before_number else reading.operator

    def _with_owner(self, clause: Clause, reading: Reading) -> Reading:
        """加快基金投放，使用率达60%: a bare metric takes the object of the task that opens its sentence."""
        if (
            len(reading.metric) > 3
            or not reading.metric.endswith(_BARE)
            or reading.subject is None
            or reading.subject[0] < clause.left
        ):
            return reading
        opening = re.match(r"[^,，。；;：:0-9\n]{4,40}(?=[,，])", self.text[clause.sentence : clause.quantity.start])
        if opening is None:
            return reading
        start, verb = metrics.verb(self.text, clause.sentence, clause.sentence + opening.end(), self.words)
        if not verb:
            return reading
        owner = self.linked.document.text[start : clause.sentence + opening.end()]
        owner = re.sub(r"^(?:加快|推进|积极|大力)+", "", owner)
        return replace(reading, metric=owner if reading.metric in owner[-4:] else owner + reading.metric)

    def _carry_added(self, clause: Clause, reading: Reading) -> Reading:
        """新增省级企业45家、国家级企业6家: 新增 holds for the items of its list."""
        last = self.last
        if not last or last.clause.sentence != clause.sentence or reading.operator != "=" or reading.forward:
            return reading
        between = self.text[last.reading.end : clause.quantity.start]
        listed = (
            last.reading.operator == "+"
            and last.reading.added
            and between[:1] in ("、", "和")
            and not re.search(r"[,，]", between)
        )
        return replace(reading, operator="+", added=True) if listed else reading

    def _of_level(self, clause: Clause, reading: Reading) -> Reading:
        """国家级龙头企业80家，省级300家: a bare level takes the noun of the statement before."""
        last = self.last
        if not last or last.clause.sentence != clause.sentence or not _LEVEL.fullmatch(reading.metric):
            return reading
        level = _LEVEL.match(last.reading.metric)
        return replace(reading, metric=reading.metric + last.reading.metric[level.end() :]) if level else reading

    def _pick_of_list(self, clause: Clause, reading: Reading) -> Reading:
        """甲、乙产能占比分别提高到55%、70%: each number takes its own item, with the words that the items share."""
        if reading.subject is None:
            return reading
        start, stop = reading.subject
        if "分别" not in self.text[stop : clause.quantity.start] and "分别" not in reading.metric:
            return reading
        order = 0
        last = self.last
        if clause.chained and last and last.reading.subject == reading.subject:
            order = self.order + 1
        self.order = order
        items = [
            (start + m.start(), start + m.end())
            for m in re.finditer(r"(?:(?!、|和|与|以及|(?<!普)及(?!时)).)+", self.text[start:stop])
        ]
        if len(items) < 2 and order == 0 and len(reading.metric) <= 8 and not reading.growth:
            return self._rates(clause, reading)
        if order >= len(items) or len(items) < 2:
            return reading
        document = self.linked.document
        name = document.text[slice(*items[order])].strip("分别 ")
        shared = document.text[self._name_end(items) : items[-1][1]].strip("分别 ")
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

    def _targets(self, clause: Clause, reading: Reading, year: int | None, baseline: bool) -> Iterator[Target]:
        q = clause.quantity
        place = self.scope.of_item(reading.item) or self._own_place(clause) or self.scope.place(clause, reading.start)
        for metric, topic in self._subjects(clause, reading, place):
            stated = reading if metric == reading.metric else replace(reading, metric=metric)
            yield self._target(q, stated, q.attribute("value") or "0", year, baseline, place, topic)
            if upper := q.attribute("upper"):
                yield self._target(q, replace(stated, operator="<="), upper, year, baseline, place, topic)

    def _own_place(self, clause: Clause) -> str | None:
        """The place of this number in 甲区、乙区分别…20个、15个."""
        if self.spread is None or self.spread[0] != clause.sentence:
            return None
        self.order = self.order + 1 if clause.chained else 0
        places = self.spread[1]
        return places[self.order] if self.order < len(places) else None

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
                return [(_named(original[s:e], tail), next(iter(self.topics.within(s, e)), None)) for s, e in items]
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
_BARE = ("率", "比例", "占比", "比重", "额", "数", "量", "规模", "面积")
"""Ends of a measure that needs to be told of what."""
_CHAIN = re.compile(r"(?:\s?[、和及]\s?[0-9.]+%)+")
_UNIT_BRACKET = re.compile(r"\s?[（(](?:%|％|‰|[千百十万亿]{0,3}(?:美?元|[一-鿿]{1,3}|[A-Za-z]{1,6})(?:/[一-鿿]{1,3})?)[)）]$")
"""The unit behind an indicator: 产值（亿元）."""
_LEVEL = re.compile(r"(?:国家|部|省|市|州|县|区|区县)级(?:及?以上)?")
_NO_METRIC = frozenset(("最多", "最高", "最低", "最少", "至少", "上限", "下限", "部分", "不足", "其中"))
"""What bounds a rule and measures nothing."""
_EACH = re.compile(r"各自|均|都|各达|各超|分别达到|分别突破|分别超过")
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


def _is_news(linked: Linked) -> bool:
    """Whether the text reports on a policy (or on none) rather than being one."""
    own = linked.by_iri.get(linked.own_policy or "")
    if own is None:
        return True
    if linked.document.metadata.number:
        return False
    title = next((linked.document.folded[b.start : b.end] for b in linked.document.blocks if b.kind == "title"), "")
    plain = re.sub(r"[\s《》\"():]", "", title)
    name = re.sub(r"[\s《》\"():]", "", fold(own.name))
    if not plain or not name:
        return True
    before, found, after = plain.partition(name)
    reported = after.startswith("等") or (before.endswith(_REPORTED) and "关于" not in before)
    return reported if found else plain not in name


_REPORTED = ("发布", "出台", "推出", "公布", "印发", "解读", "实施")
"""Verbs of a headline that tells of a policy (某市发布…行动计划); 关于印发… is the policy's own title."""
