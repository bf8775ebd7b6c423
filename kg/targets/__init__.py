"""Quantities in context -> targets, incentives, and an account of every number.

A target is read from the clause around its number: operator words beside it, the metric before it (or the counted thing
after it), the year that governs clause, sentence, paragraph or goals section, and the place and topic it is said of.

    clauses     number -> the stretch of text that speaks of it
    metric      clause -> metric and operator
    years       number -> the year that governs it
    scope       number -> place and topic
    incentives  support money and conditions
    numbers     the use of every other number
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg import iri
from kg.folding import fold
from kg.model import Entity, Evidence, Incentive, Linked, Mention, NumberUse, Operator, Target, UnreadNumber
from kg.ontology import Ontology
from kg.targets import incentives as support
from kg.targets import metric as metrics
from kg.targets import numbers, units
from kg.targets.clauses import Clause, Clauses, after_joint, counts
from kg.targets.metric import Reading
from kg.targets.scope import Scope
from kg.targets.years import PLANS, Years

Found = tuple[list[Target], list[Incentive], list[NumberUse], list[UnreadNumber]]

_STYLE = re.compile(r"(?:大|重)(?=[一-鿿])")
_CELL = re.compile(r"[^|\n]{2,60}")
_GENERIC = re.compile(r"(?:是|为|即|分为|分成|围绕|聚焦|坚持|突出|针对|涵盖|确定了?|提出了?|推出了?|制定了?|明确了?|精准定位)$")


def find_targets(linked: Linked, ontology: Ontology, quantities: tuple[Mention, ...] | None = None) -> Found:
    """Targets, incentives, the use of every number, and the numbers that nothing carries."""
    if quantities is None:
        from kg.recognizers.quantity import recognize

        quantities = tuple(recognize(linked.document, ontology, ()))
    reader = _Reader(linked, ontology, tuple(sorted(quantities, key=lambda q: (q.start, -q.end))))
    targets, found, uses = reader.read()
    uses = numbers.account(linked, uses)
    return _unique(targets), found, uses, numbers.unread(linked, uses)


def _unique(targets: list[Target]) -> list[Target]:
    """Each target once, at its first statement; the headline's copy of a target gives way to the body's."""
    first: dict[str, Target] = {}
    for target in targets:
        first.setdefault(target.iri, target)
    return sorted(first.values(), key=lambda t: (t.evidence.start, t.evidence.end, t.iri))


@dataclass
class _Last:
    """The statement before, for clauses that go on with its metric (年均增长25%; 全年完成3200亿元)."""

    clause: Clause
    reading: Reading


class _Reader:
    def __init__(self, linked: Linked, ontology: Ontology, quantities: tuple[Mention, ...]) -> None:
        self.linked = linked
        self.ontology = ontology
        self.text = linked.document.folded
        self.clauses = Clauses(linked.document, quantities)
        self.years = Years(linked, ontology)
        self.news = _is_news(linked)
        self.scope = Scope(linked, news=self.news)
        self.words = metrics.lexicon(ontology)
        self._back = [m.start() for m in _past_plans(self.years.published).finditer(self.text)]
        self._ahead = [m.start() for m in _AHEAD.finditer(self.text)]
        self.last: _Last | None = None
        self.last_topic: tuple[int, str] | None = None
        self.order = 0

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
            use = self._plain_use(clause)
            if not use:
                kind = (
                    None if q.attribute("cell") else support.kind_of(self.text, clause, self._headings(clause), self.ontology)
                )
                if kind:
                    found.append(support.incentive(self.linked.document, clause, kind, self._key()))
                    use = "incentive"
                elif self._in_title(q) and (q.attribute("value"), q.attribute("unit")) in body:
                    use = "name"
                else:
                    stated = list(self._state(clause))
                    targets += stated
                    use = ("baseline" if stated[0].baseline else "target") if stated else self._unstated(clause)
            if use:
                uses.append(NumberUse(q.start, q.end, use))
        return targets, found, uses

    # What is no statement

    def _plain_use(self, clause: Clause) -> str:
        """Use of a number that can be no target: measures of time, counts for style, positions, parts of titles."""
        q, text = clause.quantity, self.text
        unit = q.attribute("unit") or ""
        if (
            unit in self.ontology.word_set("measure-units")
            or re.match(r"月|工作日|自然日|字|百分", text[q.end : q.end + 3])
            and counts(q)
        ):
            return "measure"
        if q.attribute("spelled") and not self._spelled_aim(clause):
            return "enumeration"
        if any(e.type in ("Policy", "Project", "Agency") for _, e in self._covering(q)):
            return "name"
        if counts(q) and self._is_style(clause):
            return "enumeration"
        if text.startswith('"', q.end) and '"' in text[max(0, q.start - 8) : q.start]:
            return "name"
        return ""

    def _covering(self, q: Mention) -> Iterator[tuple[Mention, Entity]]:
        for mention, entity in self.linked.between(
            max(0, q.start - 60), min(len(self.text), q.end + 60), "Policy", "Project", "Agency"
        ):
            if mention.start <= q.start and q.end <= mention.end:
                yield mention, entity

    def _spelled_aim(self, clause: Clause) -> bool:
        before = self.text[max(clause.left, clause.quantity.start - 10) : clause.quantity.start]
        return before.endswith(self.words.build) and not self._is_style(clause)

    def _is_style(self, clause: Clause) -> bool:
        """三个重点领域, 3大优势产业, 28条措施: counted for style."""
        q, text = clause.quantity, self.text
        rest = text[clause.after : clause.after + 16]
        if rest.startswith(self.ontology.words("style-nouns")):
            return True
        noun = re.match(r"[^,，。；;：:、|\n]{0,16}", rest)
        if noun and noun.group().rstrip(' "的').endswith(self.ontology.words("style-heads")):
            return True
        return bool(_GENERIC.search(text[max(clause.left, q.start - 6) : q.start]))

    def _unstated(self, clause: Clause) -> str:
        return "unread"

    def _in_title(self, q: Mention) -> bool:
        index = self.linked.document.block_at(q.start)
        return index >= 0 and self.linked.document.blocks[index].kind == "title"

    def _headings(self, clause: Clause) -> str:
        document = self.linked.document
        if clause.block < 0:
            return ""
        above = [clause.block, *document.headings_of(clause.block)]
        return "\n".join(
            self.text[document.blocks[i].start : document.blocks[i].end] for i in above if document.blocks[i].kind == "heading"
        )

    # Statements

    def _state(self, clause: Clause) -> Iterator[Target]:
        if (
            self.last
            and self.last.clause.sentence == clause.sentence
            and clause.left < self.last.reading.end < clause.quantity.start
        ):
            clause = replace(clause, left=after_joint(self.text, self.last.reading.end))
        reading = metrics.read(self.text, self.linked.document.text, clause, self.words)
        if reading is None:
            return
        if not reading.metric:
            reading = self._continued(clause, reading)
        if reading is None or len(reading.metric) < 2:
            return
        reading = self._with_owner(clause, self._pick_of_list(clause, reading))
        if len(reading.metric) < 2:
            return
        q = clause.quantity
        year = self.years.of(q.start, clause.left, clause.sentence, clause.after, clause.right, clause.block)
        baseline = self._is_baseline(clause, reading, year)
        if not baseline and not self._is_aim(clause, reading, year):
            return
        self.last = _Last(clause, reading)
        yield from self._targets(clause, reading, year, baseline)

    def _continued(self, clause: Clause, reading: Reading) -> Reading | None:
        """A clause without a metric of its own: that of the statement before, of the table row, of the clause before."""
        last = self.last
        if last and clause.sentence == last.clause.sentence and last.clause.after <= clause.quantity.start:
            metric = last.reading.metric
            if reading.growth and not metric.endswith(reading.growth):
                metric = metric.removesuffix(last.reading.growth) + reading.growth
            start = last.reading.start if clause.chained else reading.start
            operator = self._chain_operator(clause, reading, last)
            growth = reading.growth or (last.reading.growth if clause.chained else "")
            return replace(reading, metric=metric, operator=operator, start=start, subject=last.reading.subject, growth=growth,
                           built=reading.built or last.reading.built, forward=reading.forward or last.reading.forward)  # fmt: skip
        subject = self._row(clause) or self._lead(clause)
        if subject is None:
            return None
        metric = self.linked.document.text[subject[0] : subject[1]].strip(" ：:，,。")
        own = subject[0] >= clause.sentence and subject[1] - subject[0] <= 40
        return replace(
            reading, metric=metric + reading.growth, start=subject[0] if own else reading.start, subject=subject, forward=True
        )

    def _chain_operator(self, clause: Clause, reading: Reading, last: _Last) -> Operator:
        if clause.chained and last.reading.operator in ("+",) and reading.operator in ("=", ">="):
            return last.reading.operator
        return reading.operator

    def _row(self, clause: Clause) -> tuple[int, int] | None:
        """The cell before in a table row, or a short paragraph before one that is only a number."""
        document, text = self.linked.document, self.text
        if clause.block < 0:
            return None
        block = document.blocks[clause.block]
        if block.kind == "cell" and (cell := self._cell_before(clause.block)):
            return cell
        bar = text.rfind("|", block.start, clause.quantity.start)
        if bar > 0:
            start = max(text.rfind("|", block.start, bar) + 1, block.start)
            found = _trim(text, start, bar)
            return found if found[1] - found[0] >= 2 and not text[found[0] : found[1]].isdigit() else None
        if clause.quantity.start - block.start > 12 or block.end - block.start > 50:
            return None
        for index in range(clause.block - 1, max(-1, clause.block - 4), -1):
            above = document.blocks[index]
            line = text[above.start : above.end]
            if len(line) > 60 or "。" in line:
                return None
            if len(line) >= 2 and not re.match(r"[0-9]", line.strip()) and above.kind in ("paragraph", "cell", "item"):
                return above.start, above.end
        return None

    def _cell_before(self, index: int) -> tuple[int, int] | None:
        """The indicator of a table row: the nearest cell to the left that is no number, unit or kind."""
        blocks, text = self.linked.document.blocks, self.text
        for left in range(index - 1, -1, -1):
            block = blocks[left]
            if block.kind != "cell" or "\n" in text[block.end : blocks[left + 1].start]:
                return None
            plain = re.search(r"[一-鿿]{2}", text[block.start : block.end])
            if (
                plain
                and not re.search(r"单位|属性|性质|类型|责任|备注", fold(block.column))
                and not _YEAR_COLUMN.search(block.column)
            ):
                return block.start, block.end
        return None

    def _lead(self, clause: Clause) -> tuple[int, int] | None:
        """A known metric named earlier in the sentence, else the short clause just before."""
        text = self.text
        best = units.last_metric(text, clause.sentence, clause.left, self.ontology)
        if best:
            return self._widen(best, clause.sentence)
        stop = clause.left - 1
        if stop <= clause.sentence or text[stop] not in ",:，：":
            return None
        start = max(text.rfind(c, clause.sentence, stop) for c in ",:，：、\n") + 1
        start = max(start, clause.sentence)
        start, stop = _trim(text, metrics._open(text, start, stop, self.words), stop)
        return (start, stop) if 2 <= stop - start <= 30 and not re.search(r"[0-9]", text[start:stop]) else None

    def _widen(self, span: tuple[int, int], sentence: int) -> tuple[int, int]:
        """A metric with the words that belong to it: back to the last mark."""
        start = max(self.text.rfind(c, sentence, span[0]) for c in ",:，：。；;、\n《》|") + 1
        start = max(start, sentence)
        start = metrics._open(self.text, start, span[0], self.words)
        return (start, span[1]) if span[1] - start <= 24 else span

    def _with_owner(self, clause: Clause, reading: Reading) -> Reading:
        """加快基金投放，使用率达60%: a bare metric takes the object of the task that opens its sentence."""
        if len(reading.metric) > 3 or reading.subject is None or reading.subject[0] < clause.left:
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

    def _pick_of_list(self, clause: Clause, reading: Reading) -> Reading:
        """A、B占比分别提高到55%、70%: each number takes its own item."""
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
        items = re.split(r"、|和|与|及", self.linked.document.text[start:stop])
        if order >= len(items) or len(items) < 2:
            return reading
        tail = reading.growth if reading.growth and not items[order].endswith(reading.growth) else ""
        return replace(reading, metric=items[order].strip("分别 ") + tail)

    def _is_baseline(self, clause: Clause, reading: Reading, year: int | None) -> bool:
        published = self.years.published
        if year and published and year < published:
            return not (self.news and self.linked.own_policy and self.years.governed(clause.block, year))
        text, q = self.text, clause.quantity
        here = text[clause.left : min(clause.right, clause.after + 10)]
        before = text[max(clause.sentence, q.start - 60) : clause.after + 6]
        strong = any(w in here for w in self.ontology.words("past-in-clause"))
        past = strong or any(w in before for w in self.ontology.words("baseline-cues"))
        ahead = any(w in text[clause.sentence : clause.stop] for w in self.ontology.words("aim-cues"))
        if past:
            return not (ahead and not strong and (year is not None and (published is None or year >= published)))
        if self.news and year is None and not ahead and not reading.built:
            return True
        if (year is None or (published and year <= published)) and self._in_review(clause):
            return True
        return False

    def _in_review(self, clause: Clause) -> bool:
        """Whether the passage looks back: under 发展基础 or 主要成效, or in a paragraph that opens with …以来."""
        headings = self._headings(clause)
        words = self.ontology.words("review-sections")
        if any(w in headings for w in words) and not any(w in headings for w in self.years.goal_words):
            return True
        start = self.linked.document.blocks[clause.block].start if clause.block >= 0 else 0
        opening = self.text[start : min(start + 40, clause.quantity.start)]
        if clause.quantity.start - start < 600 and re.search(r"以来|过去|[一二三四五]年来|上一个五年", opening):
            return True
        return self._last_before(self._back, start, clause) > self._last_before(self._ahead, start, clause)

    def _last_before(self, marks: list[int], start: int, clause: Clause) -> int:
        index = bisect_left(marks, clause.quantity.start) - 1
        return marks[index] if index >= 0 and marks[index] >= start else -1

    def _is_aim(self, clause: Clause, reading: Reading, year: int | None) -> bool:
        """Whether something marks the number as an aim: a year, a verb of making, operator words, a goals section."""
        q = clause.quantity
        if q.attribute("cell") or year or reading.built or reading.forward or q.attribute("level") or self._in_goals(clause):
            return True
        if reading.operator != "=" or clause.chained or bool(self.last and self.last.clause.sentence == clause.sentence):
            return True
        return not self.news and self._imperative(clause)

    def _imperative(self, clause: Clause) -> bool:
        """Whether the sentence sets a task: one of its clauses opens with a verb of making."""
        opened = re.split(r"[,，:：]", self.text[clause.sentence : clause.quantity.start])
        return any(part.strip().startswith(self.words.build) for part in opened)

    def _in_goals(self, clause: Clause) -> bool:
        headings = self._headings(clause)
        return any(w in headings for w in self.years.goal_words)

    def _targets(self, clause: Clause, reading: Reading, year: int | None, baseline: bool) -> Iterator[Target]:
        q = clause.quantity
        place = self.scope.place(clause, reading.start)
        for metric, topic in self._subjects(clause, reading, place):
            stated = replace(reading, metric=metric)
            yield self._target(q, stated, q.attribute("value") or "0", year, baseline, place, topic)
            if upper := q.attribute("upper"):
                yield self._target(q, replace(stated, operator="<="), upper, year, baseline, place, topic)

    def _last_topic(self, clause: Clause) -> str | None:
        return self.last_topic[1] if self.last_topic and self.last_topic[0] == clause.sentence else None

    def _subjects(self, clause: Clause, reading: Reading, place: str | None) -> list[tuple[str, str | None]]:
        """(metric, topic) of each thing it is said of: one, or every item of 生物医药、纺织服装两大产业各自突破1000亿元."""
        text = self.text
        shared = clause.chained or re.match(r"\s?[、和及]\s?[0-9]", text[clause.after : clause.after + 3])
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
                return [(_named(original[s:e], tail), self.scope.inside(s, e)) for s, e in items]
        topic = self.scope.topic(clause, reading.subject, reading.start, reading.end, self._last_topic(clause), place=place)
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


_YEAR_COLUMN = re.compile(r"20[0-9]{2}")
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


def _trim(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[start] in " \n:,|*·-":
        start += 1
    while stop > start and text[stop - 1] in " \n:,|":
        stop -= 1
    return start, stop


_AHEAD = re.compile(r"(?:到|至)20[0-9]{2}年|发展目标|主要目标|总体目标|目标任务|工作目标|主要任务|重点任务|展望")


def _past_plans(published: int | None) -> re.Pattern[str]:
    """“十三五”时期 in a text of 2021: words that open a look back."""
    names = [name for name, year in PLANS.items() if published and year < published]
    return re.compile(r"(?:%s)\"?(?:时期|期间|以来|规划实施)" % ("|".join(names) or "(?!)"))


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
    return not (name and (name in plain or plain in name)) if plain else True
