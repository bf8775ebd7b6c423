"""Quantities in context -> targets, incentives, and an account of every number.

A target is read from the clause around its number: the operator words that touch it, the metric before it (or the counted
thing after it), the year that governs the sentence, paragraph or goals section, and the place and topic it is said of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg import iri
from kg.folding import fold
from kg.model import Evidence, Incentive, Linked, Mention, NumberUse, Operator, Target, UnreadNumber
from kg.numerals import canonical
from kg.ontology import Ontology

_CLAUSE_END = "。；;！？!?\n，,"
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})\s*年?(?:底|末|前)?(?![0-9])")
_YEAR_WORD = re.compile(r"(?<![0-9])(20[0-9]{2})\s*年")
_PLAN = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_PLAN_WORD = re.compile(r"\"?(十[一二三四五六]五)\"?")
_SPAN = re.compile(r"(20[0-9]{2})\s*(?:年)?\s*[-~至到]\s*(20[0-9]{2})\s*年?")
_WITHIN = re.compile(r"(?:今后|未来)?([一二三四五两0-9]+)年内|(?:用|通过)([一二三四五两0-9]+)年(?:左右)?时间")
_THIS_YEAR = re.compile(r"今年|年内|全年|年底前|本年度|上半年|下半年|到年底|年底")
_DIGIT = re.compile(r"[0-9][0-9,.]*")
_DATE = re.compile(r"(?:20|19)[0-9]{2}\s*(?:年|[-/.])\s*(?:[0-9]{1,2}\s*(?:月|[-/.])\s*(?:[0-9]{1,2}\s*日?)?)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}日|[0-9]{1,2}:[0-9]{2}|[0-9]{1,2}月份|(?:20|19)[0-9]{2}(?=[-~至—])")
_DOC_NUMBER = re.compile(r"\(?(?:19|20)[0-9]{2}\)?(?:第)?[0-9]{1,5}号|\[(?:19|20)[0-9]{2}\][0-9]{1,5}号")
_PHONE = re.compile(r"(?:0[0-9]{2,3}-)?[0-9]{7,11}(?![0-9])")
_ENUMERATION = re.compile(r"(?:^|(?<=\n))\s*\(?[0-9]{1,2}[.、．)]|第[0-9]+[条章项届期批次号]|\([0-9]{1,2}\)")
_MODEL = re.compile(r"[a-z][0-9][0-9a-z.-]*|[0-9]+(?:\.[0-9]+)?(?:g|k|d|nm|英寸|寸|代|纳米|微米|毫米|nm)(?![a-z])|\"[0-9+]+\"|[0-9]+\+[0-9]+")
_STYLE = re.compile(r"(?:[0-9]|[一二三四五六七八九十]){1,3}(?:大|个方面|项重点|大类|方面|类)")


@dataclass(frozen=True)
class _Words:
    at_least: tuple[str, ...]
    at_most: tuple[str, ...]
    about: tuple[str, ...]
    increase: tuple[str, ...]
    reach: tuple[str, ...]
    build: tuple[str, ...]
    baseline: tuple[str, ...]
    incentive: tuple[str, ...]
    threshold: tuple[str, ...]
    goals: tuple[str, ...]


@lru_cache(maxsize=2)
def _words(ontology: Ontology) -> _Words:
    names = ("at-least-before", "at-most-before", "about-before", "increase-before", "reach-before", "build-before",
             "baseline-cues", "incentive-cues", "threshold-cues", "goal-sections")  # fmt: skip
    return _Words(*(ontology.words(name) for name in names))


Found = tuple[list[Target], list[Incentive], list[NumberUse], list[UnreadNumber]]


def find_targets(linked: Linked, ontology: Ontology, quantities: tuple[Mention, ...]) -> Found:
    """Targets, incentives, the use of every number, and the numbers that nothing carries."""
    reader = _Reader(linked, ontology)
    targets: list[Target] = []
    incentives: list[Incentive] = []
    uses: list[NumberUse] = []
    for quantity in quantities:
        use = reader.read(quantity, targets, incentives)
        uses.append(NumberUse(quantity.start, quantity.end, use))
    uses = _account(linked, uses)
    unread = [
        UnreadNumber(u.start, u.end, linked.document.text[u.start : u.end], _sentence(linked, u.start))
        for u in uses
        if u.use == "unread"
    ]
    return _unique(targets), incentives, uses, unread


def _unique(targets: list[Target]) -> list[Target]:
    return [t for _, t in sorted({t.iri: t for t in reversed(targets)}.items(), key=lambda p: (p[1].evidence.start, p[0]))]


def _sentence(linked: Linked, offset: int) -> str:
    text = linked.document.text
    start = max(text.rfind(c, 0, offset) for c in "。；！？\n") + 1
    ends = [p for c in "。；！？\n" if (p := text.find(c, offset)) >= 0]
    return text[start : min(ends) + 1 if ends else len(text)].strip()


class _Reader:
    """What the quantities of one document say; keeps the document's years at hand."""

    def __init__(self, linked: Linked, ontology: Ontology) -> None:
        self.linked = linked
        self.ontology = ontology
        self.words = _words(ontology)
        self.text = linked.document.folded
        self.published = _document_year(linked)
        self.horizon = _plan_horizon(linked)
        self.goal_year = _section_years(linked, self.words)
        self.factors = _factors(ontology)

    def read(self, q: Mention, targets: list[Target], incentives: list[Incentive]) -> str:
        """Read one quantity; append what it says; return the use of its number."""
        left, right = self._clause(q)
        clause = self.text[left:right]
        sentence_start = max(self.text.rfind(c, 0, q.start) for c in "。；;！？\n") + 1
        if q.attribute("level") is None and _STYLE.match(self.text, q.start):
            return "enumeration"
        if self._is_incentive(q, clause, sentence_start):
            incentives.append(self._incentive(q, left, right))
            return "incentive"
        if q.attribute("unit") in ("天", "日", "小时", "岁", "分", "千", "万", "%以上", "次"):
            return "measure"
        operator = self._operator(q)
        metric, start, end = self._metric(q, left, right)
        if not metric:
            return "unread"
        year = self._year(q, left, sentence_start)
        baseline = self._is_baseline(q, clause, sentence_start, year)
        targets.extend(self._targets(q, operator, metric, start, end, year, baseline, left, right))
        return "baseline" if baseline else "target"

    # Clause, operator, metric

    def _clause(self, q: Mention) -> tuple[int, int]:
        text = self.text
        left = max(text.rfind(c, 0, q.start) for c in _CLAUSE_END) + 1
        rights = [p for c in _CLAUSE_END if (p := text.find(c, q.end)) >= 0]
        return left, min(rights) if rights else len(text)

    def _before(self, q: Mention, words: tuple[str, ...]) -> str:
        near = self.text[max(0, q.start - 8) : q.start].rstrip(" ")
        return next((w for w in words if near.endswith(w)), "")

    def _operator(self, q: Mention) -> Operator:
        after = self.text[q.end : q.end + 4].lstrip(" ")
        if q.attribute("level"):
            return "~"
        if after.startswith(("以上", "及以上", "或以上")):
            return ">="
        if after.startswith(("以内", "以下")):
            return "<="
        if after.startswith("左右") or self._before(q, self.words.about):
            return "~"
        if q.attribute("upper"):
            return ">="
        if self._before(q, self.words.at_least):
            return ">="
        if self._before(q, self.words.at_most):
            return "<="
        if self._before(q, self.words.increase):
            return "+"
        return "="

    def _metric(self, q: Mention, left: int, right: int) -> tuple[str, int, int]:
        """(metric, start, end) of the statement: the words before the number, or the thing counted after it."""
        start = self._trim_left(left, q.start)
        before = self._strip_operator(start, q.start)
        end = q.end
        for word in ("以上", "左右", "以内", "以下", "余"):
            if self.text.startswith(word, end):
                end += len(word)
        after_end = self._noun_end(end, right)
        after = self.text[end:after_end].strip(" 的")
        head = self.text[start:before].strip(" ")
        if after and after_end - end <= 24 and (not head or head.endswith(self.words.build) or head in self.words.build or self._counts(q)):
            verbless = self._noun_start(start, before)
            owner = self.text[verbless:before].strip(" ")
            owner = "" if owner in self.words.build else owner
            return self.linked.document.text[end:after_end].strip(" 的"), start, after_end
        if head:
            verb = self._noun_start(start, before)
            return self.linked.document.text[verb:before].strip(" "), verb, end
        subject = self._subject(left)
        if subject:
            return self.linked.document.text[subject[0] : subject[1]].strip(), subject[0], end
        return "", start, end

    def _counts(self, q: Mention) -> bool:
        unit = q.attribute("unit") or ""
        return unit in ("家", "个", "户", "项", "件", "条", "座", "所", "种", "款", "台", "套", "辆", "名", "人", "批", "处", "万人", "万辆", "万个", "艘", "架", "颗", "只", "支")

    def _trim_left(self, left: int, stop: int) -> int:
        """Skip the year phrase and connectives that open a clause."""
        pattern = re.compile(
            r"\s*(?:到|至|截至|力争到?|争取到?|预计到?|计划到?|在)?\s*(?:20[0-9]{2}\s*年(?:底|末)?(?:前|时)?|\"?十[一二三四五六]五\"?(?:末|期间|期末|时期)?|今年|年底前?|全年|上半年|三年内|[0-9一二三四五]+年内)?\s*(?:,|，)?\s*(?:力争|争取|预计|全市|全省|全区|全县|我市|我省|确保|使|让|其中|并|以及|累计)*"
        )
        match = pattern.match(self.text, left, stop)
        return match.end() if match else left

    def _strip_operator(self, start: int, stop: int) -> int:
        """Offset where the words before the number end, without operator words."""
        moved = True
        groups = (self.words.at_least, self.words.at_most, self.words.about, self.words.increase, self.words.reach)
        while moved and stop > start:
            moved = False
            while stop > start and self.text[stop - 1] in " 、:(":
                stop -= 1
            for word in (w for group in groups for w in group):
                if self.text.endswith(word, start, stop):
                    stop, moved = stop - len(word), True
                    break
        return stop

    def _noun_start(self, start: int, stop: int) -> int:
        for word in self.words.build:
            if self.text.startswith(word, start) and stop - start - len(word) >= 2 and word not in ("发展", "建设", "支持", "突破"):
                return start + len(word)
        return start

    def _noun_end(self, start: int, right: int) -> int:
        stop = right
        for mark in "、()（）":
            position = self.text.find(mark, start, stop)
            if position > start:
                stop = position
        match = re.search(r"(?:和|及)(?=[0-9])|以及|,", self.text[start:stop])
        return start + match.start() if match else stop

    def _subject(self, left: int) -> tuple[int, int] | None:
        """The subject of the clause before, for a clause that opens with its number or verb."""
        stop = left - 1
        if stop <= 0 or self.text[stop] in "。\n；;":
            return None
        start = max(self.text.rfind(c, 0, stop) for c in _CLAUSE_END) + 1
        start = self._trim_left(start, stop)
        return (start, stop) if 2 <= stop - start <= 24 and not _DIGIT.search(self.text, start, stop) else None

    # Year, baseline, incentive

    def _year(self, q: Mention, left: int, sentence_start: int) -> int | None:
        """Last year in which it is to be met: of the clause, the sentence, the paragraph, the goals section."""
        text = self.text
        index = self.linked.document.block_at(q.start)
        block = self.linked.document.blocks[index]
        for start in (left, sentence_start, block.start):
            year = self._last_year(start, q.start)
            if year:
                return year
        clause_end = min((p for c in "。；;\n" if (p := text.find(c, q.end)) >= 0), default=len(text))
        if _YEAR_WORD.search(text, q.end, min(clause_end, q.end + 16)):
            found = _YEAR_WORD.search(text, q.end, min(clause_end, q.end + 16))
            return int(found.group(1)) if found else None
        return self.goal_year.get(index)

    def _last_year(self, start: int, stop: int) -> int | None:
        best: tuple[int, int] | None = None
        for match in _YEAR_WORD.finditer(self.text, start, stop):
            if not _SPAN.match(self.text, match.start()) or match.start() + 12 > stop:
                best = (match.start(), int(match.group(1)))
        for match in _PLAN_WORD.finditer(self.text, start, stop):
            if best is None or match.start() > best[0]:
                best = (match.start(), _PLAN[match.group(1)])
        match_within = next(iter(_WITHIN.finditer(self.text, start, stop)), None)
        if match_within and (best is None or match_within.start() > best[0]):
            return self.horizon
        if best is None and self.published and any(_THIS_YEAR.finditer(self.text, start, stop)):
            return self.published
        return best[1] if best else None

    def _is_baseline(self, q: Mention, clause: str, sentence_start: int, year: int | None) -> bool:
        if year and self.published and year < self.published:
            return True
        before = self.text[sentence_start : q.start]
        ahead = any(w in before for w in ("力争", "到20", "达到", "目标", "确保", "将", "争取", "规划", "要"))
        past = any(w in before[-60:] or w in clause for w in self.words.baseline)
        if past and not (ahead and year and (not self.published or year >= self.published)):
            return True
        return self.linked.own_policy is None and year is None

    def _is_incentive(self, q: Mention, clause: str, sentence_start: int) -> bool:
        unit = q.attribute("unit") or ""
        before = self.text[sentence_start : q.start]
        after = self.text[q.end : q.end + 12]
        money = unit.endswith("元") or unit == "%" or "元/" in after[:4]
        if money and any(w in before[-50:] or w in clause for w in self.words.incentive):
            return True
        if after.startswith(("以上的", "以下的", "(含)以上", "以上企业", "以上且", "及以上的")) and not self._counts(q):
            return True
        strict = ("符合", "申报条件", "认定条件", "投资要求", "产出要求", "不得", "应达到", "必须", "投资强度", "容积率", "具备")
        index = self.linked.document.block_at(q.start)
        headings = "".join(
            self.text[self.linked.document.blocks[i].start : self.linked.document.blocks[i].end]
            for i in (index, *self.linked.document.headings_of(index))
            if self.linked.document.blocks[i].kind == "heading"
        )
        if any(w in headings for w in ("条件", "准入", "要求", "奖励", "补贴", "优惠政策", "扶持政策", "支持标准")):
            return True
        return any(w in clause for w in strict)

    def _incentive(self, q: Mention, left: int, right: int) -> Incentive:
        document = self.linked.document
        quote = document.text[left:right].strip()
        start = left + document.text[left:right].find(quote)
        unit = q.attribute("unit") or ""
        money = any(w in self.text[left:right] for w in self.words.incentive)
        kind = "rate" if unit == "%" else ("amount" if money else "threshold")
        recipient = _recipient(quote)
        value = q.attribute("value") or "0"
        return Incentive(
            iri.derived("incentive", self._scope(), quote, value, unit), kind,  # type: ignore[arg-type]
            value, unit, recipient, "", Evidence(start, start + len(quote), quote, "incentive.clause", 0.6),
        )  # fmt: skip

    # Assembling

    def _targets(
        self, q: Mention, operator: Operator, metric: str, start: int, end: int, year: int | None, baseline: bool,
        left: int, right: int,
    ) -> Iterator[Target]:  # fmt: skip
        place, topic = self._place(q, left), self._topic(q, metric, start, end, left, right)
        upper = q.attribute("upper")
        bounds: list[tuple[Operator, str]] = [(operator, q.attribute("value") or "0")]
        if upper:
            bounds.append(("<=", upper))
        for op, value in bounds:
            yield self._target(q, op, value, metric, start, end, year, baseline, place, topic)

    def _target(
        self, q: Mention, operator: Operator, value: str, metric: str, start: int, end: int, year: int | None, baseline: bool,
        place: str | None, topic: str | None,
    ) -> Target:  # fmt: skip
        document = self.linked.document
        start, end = min(start, q.start), max(end, q.end)
        while start < end and document.text[start].isspace():
            start += 1
        quote = document.text[start:end]
        unit = q.attribute("unit") or ""
        base_value, base_unit = self._base(value, unit)
        key = (self._scope(), metric, operator, value, unit, str(year), place or "", topic or "", str(baseline))
        return Target(
            iri=iri.derived("target", *key),
            metric=metric,
            operator=operator,
            value=value,
            unit=unit,
            surface=q.text,
            evidence=Evidence(start, end, quote, "target." + q.rule.partition(".")[2], 0.6 if baseline else 0.8),
            year=year,
            place=place,
            topic=topic,
            policy=self.linked.own_policy,
            base_value=base_value,
            base_unit=base_unit,
            metric_concept=self._concept(metric),
            baseline=baseline,
        )

    def _scope(self) -> str:
        return self.linked.own_policy or self.linked.document.source.sha256

    def _concept(self, metric: str) -> str | None:
        name = fold(metric)
        for size in range(len(name), 1, -1):
            found = self.ontology.find(name[-size:], ("Metric",))
            if found:
                return found[0].iri
        return None

    def _base(self, value: str, unit: str) -> tuple[str, str]:
        factor, base = self.factors.get(fold(unit), (Decimal(1), unit))
        if fold(unit) not in self.factors:
            for magnitude in ("万亿", "千亿", "百亿", "十亿", "亿", "千万", "百万", "万", "千"):
                rest = fold(unit)[len(magnitude) :]
                if fold(unit).startswith(magnitude) and (not rest or rest in self.factors):
                    inner, base = self.factors.get(rest, (Decimal(1), rest))
                    factor = _MAGNITUDES[magnitude] * inner
                    break
        return canonical(Decimal(value) * factor), base

    def _place(self, q: Mention, left: int) -> str | None:
        if self.linked.own_policy is None or self.linked.issuing_place is None:
            kinds = ("Region", "Province", "City", "District", "Zone")
            start = max(self.text.rfind(c, 0, q.start) for c in "。\n") + 1
            bodies = [(m.start, m.end) for m, _ in self.linked.between(start, q.start, "Agency", "Organization", "Project", "Company")]
            places = [
                e for m, e in self.linked.between(start, q.start, *kinds) if not any(s <= m.start < t for s, t in bodies)
            ]
            if places:
                return places[-1].iri
        return self.linked.issuing_place

    def _topic(self, q: Mention, metric: str, start: int, end: int, left: int, right: int) -> str | None:
        inside = self.linked.between(min(start, q.start), max(end, q.end), "Industry", "Technology")
        if inside:
            return inside[-1][1].iri if inside[-1][0].end <= q.start or len(inside) == 1 else inside[0][1].iri
        before = self.linked.between(left, q.start, "Industry", "Technology")
        if before:
            return before[-1][1].iri
        if re.match(r"(?:产业|行业|集群)?(?:总?规模|总?产值|营业收入|营收|主营|增加值|产业)", fold(metric)):
            return self._scope_topic(q)
        return None

    def _scope_topic(self, q: Mention) -> str | None:
        document = self.linked.document
        for index in document.headings_of(document.block_at(q.start)):
            block = document.blocks[index]
            topics = self.linked.between(block.start, block.end, "Industry")
            if topics:
                return topics[0][1].iri
        own = self.linked.by_iri.get(self.linked.own_policy or "")
        if own and own.mentions:
            topics = self.linked.between(own.mentions[0].start, own.mentions[0].end, "Industry")
            if topics:
                return topics[0][1].iri
        return None


_MAGNITUDES = {
    "千": Decimal(10**3), "万": Decimal(10**4), "百万": Decimal(10**6), "千万": Decimal(10**7), "亿": Decimal(10**8),
    "十亿": Decimal(10**9), "百亿": Decimal(10**10), "千亿": Decimal(10**11), "万亿": Decimal(10**12),
}  # fmt: skip


@lru_cache(maxsize=2)
def _factors(ontology: Ontology) -> dict[str, tuple[Decimal, str]]:
    return {
        fold(form): (Decimal(unit.value("factor") or "1"), unit.value("baseUnit") or unit.name)
        for unit in ontology.of_kinds("Unit")
        for form in unit.forms
    }


def _document_year(linked: Linked) -> int | None:
    meta = linked.document.metadata
    for text in (meta.published, meta.signed):
        if text and text[:4].isdigit():
            return int(text[:4])
    for block in linked.document.blocks:
        if block.kind == "signature":
            match = _YEAR_WORD.search(linked.document.folded, block.start, block.end)
            if match:
                return int(match.group(1))
    number = re.search(r"[\[(]((?:19|20)[0-9]{2})[\])]", fold(meta.number or ""))
    return int(number.group(1)) if number else None


def _plan_horizon(linked: Linked) -> int | None:
    """Last year of the own policy's span: 2026 of (2024-2026年)."""
    own = linked.by_iri.get(linked.own_policy or "")
    match = _SPAN.search(fold(own.name)) if own else None
    return int(match.group(2)) if match else None


def _section_years(linked: Linked, words: _Words) -> dict[int, int]:
    """Block index -> year that its goals section gives: 到2025年 of the heading or of an opening clause."""
    years: dict[int, int] = {}
    document = linked.document
    current: int | None = None
    section: int | None = None
    for index, block in enumerate(document.blocks):
        line = document.folded[block.start : block.end]
        above = [index, *document.headings_of(index)]
        goal = next((i for i in above if document.blocks[i].kind == "heading" and _names_goals(document.folded, document.blocks[i].start, document.blocks[i].end, words)), None)
        if goal is None:
            current = section = None
            opening = re.search(r"(?:到|至|力争)\s*(20[0-9]{2})\s*年[^。]{0,30}[:：]$", line)
            if opening:
                current, section = int(opening.group(1)), -1
            continue
        if goal != section:
            current, section = None, goal
        if current is not None:
            years[index] = current
        match = re.search(r"(?:到|至|力争)\s*(20[0-9]{2})\s*年", line)
        if match:
            current = int(match.group(1))
            years.setdefault(index, current)
    return years


def _names_goals(text: str, start: int, end: int, words: _Words) -> bool:
    return any(text.find(word, start, end) >= 0 for word in words.goals)


def _recipient(quote: str) -> str:
    match = re.search(r"(?:对|给予|支持)([^，。；对给]{2,30}?)(?:，|给予|按|奖励|补助|一次性|$)", quote)
    return match.group(1) if match else ""


def _account(linked: Linked, uses: list[NumberUse]) -> list[NumberUse]:
    """Give every digit of the text a use: those of quantities have one, the rest are dates, numbers of lists, names …"""
    text = linked.document.folded
    spans: list[tuple[int, int, str]] = [(u.start, u.end, u.use) for u in uses if u.use != "unread"]
    for pattern, use in (
        (_DOC_NUMBER, "document-number"), (_DATE, "date"), (_ENUMERATION, "enumeration"), (_MODEL, "name"), (_PHONE, "phone"),
        (_STYLE, "enumeration"),
    ):  # fmt: skip
        spans += [(m.start(), m.end(), use) for m in pattern.finditer(text)]
    for mention, entity in linked.placed:
        if entity.type in ("Policy", "Project", "Technology", "Organization", "Agency", "Industry"):
            spans.append((mention.start, mention.end, "name"))
    spans.sort(key=lambda s: (s[0], -s[1]))
    accounted = list(uses)
    known = {(u.start, u.end) for u in uses}
    for match in _DIGIT.finditer(text):
        start, end = match.start(), match.end()
        while text[end - 1] in ",.":
            end -= 1
        if any(s <= start and end <= e for s, e in known):
            continue
        use = next((u for s, e, u in spans if s < end and start < e), "unread")
        accounted.append(NumberUse(start, end, use))
    return sorted(accounted, key=lambda u: (u.start, u.end, u.use))
