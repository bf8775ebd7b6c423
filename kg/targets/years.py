"""The year in which a target is to be met: of its clause, its sentence, its paragraph, or its goals section.

A year inside 《》 or after 较, 比, 自 says something else and is passed over; the span of a plan alone gives no year.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.folding import fold
from kg.model import Linked
from kg.ontology import Ontology
from kg.tables import Tables
from kg.words import Hits, anchored, hits_of

PLANS = {"八五": 1995, "九五": 2000, "十五": 2005, "十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030,
         "十六五": 2035}  # fmt: skip
"""Last year of each five-year plan."""

_ERA = re.compile(
    r"(?P<before>较|比|相比|自|从|由|以|与|超出)?\"?(?P<reach>到|至|截至|在|力争|争取)?[ ]?\"?(?:(?<![0-9])(?P<year>20[0-9]{2})\s?年(?:底|末|末期|前|以前)?"
    r"|(?P<plan>十[一二三四五六]五)\"?(?P<end>末|期末|期间|时期|规划期|期内|结束)?)"
)
_CORE = re.compile(r"(?<![0-9])20[0-9]{2}\s?年|十[一二三四五六]五")
"""What every match of _ERA holds; the words before it have at most _BEFORE characters."""
_BEFORE = 7
_SPAN = re.compile(r"(?<![0-9])(20[0-9]{2})\s?年?\s?[-~至到]{1,2}\s?(20[0-9]{2})\s?年?")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_TITLE = re.compile(r"《[^《》\n]{0,80}》")
_WITHIN = re.compile(
    r"(?:今后|未来|用|通过|经过|力争)?([一二三四五六两0-9]+)(?:-[0-9一二三四五六])?年(?:内|时间|左右|的?努力|(?=累计|共|新增|新建|完成|建成|建设|打造|培育|培养|引进|引育|供应|投入|投资|实现|改造|推广|实施|开展|组织|创建|形成|集聚|筹集|提供|培训|攻关|突破))"
)
_NOW = re.compile(
    r"今年|(?<![0-9])年内|全年|(?<![0-9])年底前?|本年度?|上半年|下半年|[一二三四]季度|[0-9]{1,2}月底前?|[0-9]{1,2}月(?:[0-9]{1,2}日|末|[上中下]旬)?(?:之前|以前|前)"
)
_REACH = 400
"""Characters before a clause in which a time of its sentence is looked for."""
_STATES = re.compile(r"[0-9千百万]\s?(?:亿|万|%|家|个)|[超破达][千百万]亿")
"""A headline that states an aim itself (2027年底力争超千亿元) gives its year to nothing else."""
_OUTLOOK = re.compile(r"展望|远景|远期|放眼|[再又]?经过")
_DURING = re.compile(r"期间|时期|期内")
_LAST_YEAR = re.compile(r"(?<![较比])去年|(?<![较比以])上年(?![产均销出营纳])|过去一年")
_PAST_AFTER = re.compile(r"以来|起(?!降)|发布|印发|出台|实施|版|度?以前|同期|基础")
_MONTH = re.compile(r"\s?[0-9]{1,2}\s?月(?:[0-9]{1,2}日)?")
_DUE = re.compile(r"\s?[0-9]{1,2}\s?月(?:[0-9]{1,2}日)?(?:底|末|中旬|下旬)?(?:之前|以前|前|底|末)")
_LIST = re.compile(r"(?<![0-9])20[0-9]{2}\s?年?(?:底|末)?(?:\s?[、和与及]\s?(?:到|至)?20[0-9]{2}\s?年?(?:底|末)?)+")
"""Years side by side: 2025年、2027年分别达到…, 2024年和2025年各完成…."""


class Years:
    """The years of one document and what they govern."""

    def __init__(self, linked: Linked, ontology: Ontology, tables: Tables) -> None:
        self.linked = linked
        self.text = linked.document.folded
        self.tables = tables
        self.published = document_year(linked)
        self.now = title_year(linked) or self.published
        self.lists = [m.span() for m in _LIST.finditer(self.text)]
        self.month = document_month(linked)
        first, self.horizon = plan_span(linked)
        self.since = self.published or first
        self.goal_words = ontology.words("goal-sections")
        titles = {position for m in _TITLE.finditer(self.text) for position in range(*m.span())}
        self.marks = [m for m in self._find() if m[0] not in titles]
        self.starts = [m[0] for m in self.marks]
        self._above: dict[int, int | None] = {}
        self._goals = self._goal_headings(hits_of(linked.document, ontology, "goal-sections"))
        self.sections = self._sections()

    def _find(self) -> list[tuple[int, int, int, bool]]:
        """(start, end, year, whether the form governs what follows) of every year that may be a deadline."""
        marks = []
        spans = list(_SPAN.finditer(self.text))
        covered = {position for m in spans for position in range(*m.span())}
        for match in anchored(_ERA, _CORE, self.text, before=_BEFORE):
            at = match.start("year") if match["year"] else match.start("plan")
            if at in covered or (match["before"] and match["before"] != "以"):
                continue
            if self.text.startswith('"末较', match.end()) or _PAST_AFTER.match(self.text, match.end()):
                continue
            year = int(match["year"]) if match["year"] else PLANS[match["plan"]]
            if match["plan"] and not match["end"] and not match["reach"]:
                continue
            month = _MONTH.match(self.text, match.end())
            due = _DUE.match(self.text, match.end())
            if month and not match["reach"] and not due:
                continue
            reach = (match["reach"] or "在") != "在" or bool(match["end"]) or bool(due)
            marks.append((match.start(), match.end(), year, reach or self._opens(*match.span(), year)))
        for found in spans:
            marks.append((found.start(), found.end(), int(found[2]), False))
        return sorted(marks)

    def _opens(self, start: int, end: int, year: int) -> bool:
        """2026年，…: a year to come that stands at the head of a clause governs what follows like 到2026年."""
        if self.published and year < self.published:
            return False
        before = self.text[max(0, start - 3) : start].rstrip(" \u3000")[-1:]
        return before in "。；;：:\n" and self.text[end : end + 1] in ",，、和"

    def of(self, start: int, left: int, sentence: int, after: int, right: int, block: int) -> int | None:
        """Year for a number at ``start`` whose clause begins at ``left`` and ends at ``right``."""
        near = self._last(left, start) or self._now(left, start, block, sentence)
        if near is None:
            near = self._column(block) or self._first(after, right)
        return (
            near
            or self._last(sentence, left)
            or self._now(sentence, min(left + 2, start), block, sentence)
            or self._earlier(sentence, block)
            or self._opening(block, start)
            or self.sections.get(block)
        )

    def _column(self, block: int) -> int | None:
        """Year in the head of the column or in the row, for a table cell; the last one of a span."""
        if block < 0 or not self.tables.row(block):
            return None
        text = self.tables.year_text(block)
        found = _YEAR.findall(text)
        plan = re.search(r"十[一二三四五六]五", text)
        return int(found[-1]) if found else PLANS.get(plan[0]) if plan else None

    def governed(self, block: int, year: int) -> bool:
        """Whether a block stands under a lead-in, heading or 到…年 of that year: an aim, even when read years later."""
        if block < 0:
            return False
        span = self.linked.document.blocks[block]
        return self.sections.get(block) == year or any(
            m[3] and m[2] == year and span.start <= m[0] < span.end and not _DURING.search(self.text, m[0], m[1])
            for m in self.marks
        )

    def _last(self, start: int, stop: int) -> int | None:
        index = bisect_left(self.starts, stop) - 1
        if index >= 0 and self.marks[index][0] >= start:
            return self.marks[index][2]
        match = _WITHIN.search(self.text, start, stop)
        return self.horizon if match else None

    def _first(self, start: int, stop: int) -> int | None:
        index = bisect_left(self.starts, start)
        return self.marks[index][2] if index < len(self.marks) and self.marks[index][0] < stop else None

    def _now(self, start: int, stop: int, block: int, sentence: int) -> int | None:
        if self.now and _LAST_YEAR.search(self.text, max(sentence, stop - _REACH), stop):
            return self.now - 1
        if _NOW.search(self.text, start, stop):
            return self._heading_year(block) or self.now
        return None

    def _earlier(self, sentence: int, block: int) -> int | None:
        """9月底前投产；…: a time of this year in an earlier part of the same sentence."""
        if block < 0 or self.text[sentence - 1 : sentence] not in (";", "；"):
            return None
        low = max(self.linked.document.blocks[block].start, sentence - _REACH)
        begin = max(low, self.text.rfind("。", low, sentence) + 1)
        if bisect_left(self.starts, begin) < bisect_left(self.starts, sentence):
            return None
        return (self._heading_year(block) or self.now) if _NOW.search(self.text, begin, sentence) else None

    def several(self, left: int, start: int) -> list[int]:
        """The years side by side that are the last ones named before a number of the same sentence."""
        index = bisect_left(self.lists, (start, 0)) - 1
        if index < 0 or self.lists[index][0] < left or self.lists[index][1] > start:
            return []
        first, stop = self.lists[index]
        if bisect_left(self.starts, stop) < bisect_left(self.starts, start):
            return []
        return [int(year) for year in re.findall(r"20[0-9]{2}", self.text[first:stop])]

    def list_end(self, start: int) -> int:
        """End of the last list of years before an offset."""
        index = bisect_left(self.lists, (start, 0)) - 1
        return self.lists[index][1] if index >= 0 else 0

    def _heading_year(self, block: int) -> int | None:
        """Year that the headings above a block give, the innermost first; the same for all blocks under one heading."""
        parent = self.linked.document.blocks[block].parent
        if parent not in self._above:
            self._above[parent] = self._find_heading_year(block)
        return self._above[parent]

    def _find_heading_year(self, block: int) -> int | None:
        blocks = self.linked.document.blocks
        for index in self.linked.document.headings_of(block):
            start, end = blocks[index].start, blocks[index].end
            if blocks[index].level and not _STATES.search(self.text, start, end) and (year := self._last(start, end)):
                return year
        return None

    def _opening(self, block: int, start: int) -> int | None:
        """到2025年 that opens the paragraph or one of its earlier sentences."""
        if block < 0:
            return None
        begin = self.linked.document.blocks[block].start
        for index in range(bisect_left(self.starts, start) - 1, -1, -1):
            mark = self.marks[index]
            if mark[0] < begin:
                return None
            if mark[3] and (
                mark[0] == begin or self.text[mark[0] - 1] in "。；;：: \n" or self.text[mark[1] : mark[1] + 1] in ",，"
            ):
                return mark[2]
        return None

    def _sections(self) -> dict[int, int]:
        """Block -> year that its heading, its goals section or a lead-in line (到2025年，…：) gives."""
        years: dict[int, int] = {}
        document = self.linked.document
        current: int | None = None
        owner: int | None = None
        lead: int | None = None
        for index, block in enumerate(document.blocks):
            inherited = self._heading_year(index)
            goal = self._goal_heading(index)
            if goal != owner:
                current, owner, lead = None, goal, None
            if block.kind == "heading" and goal is None:
                lead = None
            year = lead or (current if goal is not None else None) or inherited
            if year:
                years[index] = year
            given = self._governing(block.start, block.end)
            if given and goal is not None:
                current = given
            line = self.text[block.start : block.end].rstrip()
            if block.kind != "heading" and line.endswith(":"):
                lead = self._any(block.start, block.end)
            elif (
                block.kind == "paragraph"
                and lead
                and not re.match(r"\s*(?:[-*·•①-⑳(]|[0-9一二三四五])", line)
                and len(line) > 40
            ):
                lead = None
        return years

    def _governing(self, start: int, stop: int) -> int | None:
        """The year that a block gives to those below it: the last one named, an outlook (展望2035年) left aside."""
        found = [m for m in self.marks[bisect_left(self.starts, start) : bisect_left(self.starts, stop)] if m[3]]
        near = [m for m in found if not _OUTLOOK.search(self.text, max(start, m[0] - 6), m[0])] or found
        return near[-1][2] if near else None

    def _any(self, start: int, stop: int) -> int | None:
        found = self.marks[bisect_left(self.starts, start) : bisect_left(self.starts, stop)]
        return found[-1][2] if found else None

    def _goal_heading(self, index: int) -> int | None:
        return next((i for i in (index, *self.linked.document.headings_of(index)) if i in self._goals), None)

    def _goal_headings(self, words: Hits) -> frozenset[int]:
        blocks = enumerate(self.linked.document.blocks)
        return frozenset(i for i, block in blocks if block.kind == "heading" and words.any_within(block.start, block.end))


def document_year(linked: Linked) -> int | None:
    """Year of the document: published, signed, under the signature, of its number."""
    meta, document = linked.document.metadata, linked.document
    for text in (meta.published, meta.signed):
        if text and text[:4].isdigit():
            return int(text[:4])
    for block in document.blocks:
        match = (
            re.search(r"(?<![0-9])(20[0-9]{2})\s?年", document.folded[block.start : block.end])
            if block.kind == "signature"
            else None
        )
        if match:
            return int(match[1])
    number = re.search(r"[\[(]((?:19|20)[0-9]{2})[\])]", fold(meta.number or ""))
    return int(number[1]) if number else None


def title_year(linked: Linked) -> int | None:
    """The one year of the title (2025年工作要点), which 今年 and 全年 speak of; None for a span or none."""
    document = linked.document
    title = next((document.folded[b.start : b.end] for b in document.blocks if b.kind == "title"), "")
    own = linked.by_iri.get(linked.own_policy or "")
    for text in (title, fold(own.name) if own else ""):
        found = set(re.findall(r"(?<![0-9])(20[0-9]{2})\s?年", text)) if not _SPAN.search(text) else set()
        if len(found) == 1:
            return int(found.pop())
    return None


def plan_span(linked: Linked) -> tuple[int | None, int | None]:
    """First and last year of the own policy's span: 2024 and 2026 of (2024-2026年)."""
    own = linked.by_iri.get(linked.own_policy or "")
    match = _SPAN.search(fold(own.name)) if own else None
    return (int(match[1]), int(match[2])) if match else (None, None)


def document_month(linked: Linked) -> int | None:
    """Month in which the document came out."""
    meta = linked.document.metadata
    for text in (meta.published, meta.signed):
        if text and re.fullmatch(r"[0-9]{2}", text[5:7]):
            return int(text[5:7])
    return None
