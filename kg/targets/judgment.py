"""Whether a number states an aim: what it is instead (measure, count for style, name), baseline or aim."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from kg.folding import fold
from kg.model import Entity, Linked, Mention
from kg.ontology import Ontology
from kg.tables import Tables
from kg.targets import projects
from kg.targets.clauses import Clause, counts
from kg.targets.metric import Reading, lexicon
from kg.targets.years import PLANS, Years
from kg.words import hits_of

_GENERIC = re.compile(
    r"(?:是|为|即|分为|分成|划分|细分|分设|下设|涉及|包含|含|涵盖|围绕|聚焦|坚持|突出|针对|确定了?|提出了?|推出了?|制定了?|明确了?|精准定位)$"
)
_TIME_OR_LENGTH = re.compile(r"月|工作日|自然日|字|百分")
_PER_UNIT = re.compile(r"/(?:[a-z]|公斤|千克|升|克)")
"""350Wh/kg: a property of a product."""
_UP_TO_MARK = re.compile(r"[^,，。；;：:、|\n]{0,16}")
_LOOKS_BACK = re.compile(r"以来|过去|[一二三四五]年来|上一个五年")
_AHEAD = re.compile(r"(?:到|至)20[0-9]{2}年|发展目标|主要目标|总体目标|目标任务|工作目标|主要任务|重点任务|展望")

_DONE = re.compile(r"(?<![为除])了(?![解结断])")
"""完成了, 建成了; not 为了, 了解."""
_LOOK_BACK = re.compile(r"[\s(]*(?:过去|去年|上年(?![产均销出营纳])|近[一二三四五几]?年|[^,，。；]{0,8}以来|截至|截止|目前)")
_OTHERS = re.compile(r"预测|业内|据测算|据估算|研究机构|我们公司|我公司|本公司|我们企业|公司负责人")
"""What forecasters and firms say of themselves is no aim of a policy."""
_PERIOD = re.compile(r"(?:第)?(?P<quarter>[一二三四])季度|上半年|(?<![0-9])1-(?P<month>[0-9]{1,2})月")
_REACH = 200
"""Characters before a number in which words of its sentence are looked for."""
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_FORCE = re.compile(r"力争|争取|确保|计划|目标|预计|预期|要|将")
_TASK_HEAD = re.compile(
    r"[\s(]*[一二三四五六七八九十0-9]{0,3}[).、\s]*(?!(?:发展|建设|推进|实施|创建|改革)的?(?:基础|现状|环境|形势|成效|回顾|情况|进展|背景|成就))"
    r"(?:夯实|筑牢|优化|营造|改善|完善|强化|加强|提升|提高|打造|建设|推进|推动|加快|实施|发展|构建|深化|健全|增强|巩固|补齐|支持)"
)


@lru_cache(maxsize=128)
def _past_plans(published: int | None) -> re.Pattern[str]:
    """“十三五”时期 in a text of 2021: words that open a look back."""
    names = [name for name, year in PLANS.items() if published and year < published]
    return re.compile(r"(?:%s)\"?(?:时期|期间|以来|规划实施)" % ("|".join(names) or "(?!)"))


class Judge:
    """Judges the numbers of one document."""

    def __init__(self, linked: Linked, ontology: Ontology, years: Years, tables: Tables, *, news: bool) -> None:
        self.linked = linked
        self.ontology = ontology
        self.text = linked.document.folded
        self.years = years
        self.tables = tables
        self.news = news
        self.words = lexicon(ontology)
        self._exceptions = re.compile("|".join(map(re.escape, ontology.words("review-exceptions"))) or "(?!)")
        self._back = [m.start() for m in _past_plans(years.published).finditer(self.text)]
        self._ahead = [m.start() for m in _AHEAD.finditer(self.text)]

    def plain_use(self, clause: Clause) -> str:
        """Use of a number that can be no target: measures of time, counts for style, positions, parts of titles."""
        q, text = clause.quantity, self.text
        unit = q.attribute("unit") or ""
        sum_alone = unit in ("万", "亿") and text[q.end : q.end + 1] in ",，。；;、\n"
        if (
            fold(unit) in self.ontology.word_set("measure-units")
            and not sum_alone
            or _TIME_OR_LENGTH.match(text, q.end)
            and counts(q)
        ):
            return "measure"
        if _PER_UNIT.match(text, q.end):
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
        noun = _UP_TO_MARK.match(rest)
        if noun and noun.group().rstrip(' "的').endswith(self.ontology.words("style-heads")):
            made = text[max(clause.left, q.start - 4) : q.start].endswith(self.words.build)
            return not (made and noun.group().endswith(("方案", "城市")))
        before = text[max(clause.left, q.start - 6) : q.start]
        if re.fullmatch(r"\s*(?:全[省市区县]|其中|总)?共(?:有|计|设|含)?", text[clause.left : q.start]):
            return True
        return bool(_GENERIC.search(before))

    def headings(self, clause: Clause) -> str:
        document = self.linked.document
        if clause.block < 0:
            return ""
        above = [clause.block, *document.headings_of(clause.block)]
        return "\n".join(
            self.text[document.blocks[i].start : document.blocks[i].end] for i in above if document.blocks[i].kind == "heading"
        )

    def is_baseline(self, clause: Clause, reading: Reading, year: int | None, *, after_baseline: bool, after_aim: bool) -> bool:
        """Whether a number states what is so; ``after_baseline``: so does the statement before of its sentence and year."""
        if clause.block >= 0 and self.tables.row(clause.block) and self.tables.past(clause.block):
            return True
        since = self.years.since
        if year and since and year < since:
            return not (self.news and self.linked.own_policy and self.years.governed(clause.block, year))
        text, q = self.text, clause.quantity
        here = clause.left, min(clause.right, clause.after + 10)
        if self._says("past-in-clause", *here) or _DONE.search(text, *here):
            return True
        if projects.is_cost(text, clause) and year is None and not after_aim:
            return True
        forced = _FORCE.search(text, clause.left, q.start)
        if not forced and (_LOOK_BACK.match(text, clause.sentence, q.start) or after_baseline):
            return True
        if _OTHERS.search(text, max(clause.sentence, q.start - _REACH), q.start):
            return True
        ahead = self._says("aim-cues", clause.sentence, clause.stop)
        if self._says("baseline-cues", max(clause.sentence, q.start - 60), clause.after + 6) or self._over(clause):
            return not (ahead and year is not None and (since is None or year >= since) and not self._over(clause))
        if self._says("comparison-cues", *here) and (after_baseline or (self.news and not ahead)):
            return True
        if self.news and year is None and not ahead and not reading.built:
            return True
        return (year is None or bool(since and year <= since)) and self._in_review(clause)

    def _over(self, clause: Clause) -> bool:
        """Whether the last period named before the number (一季度, 1-6月) had ended when the text came out."""
        start = clause.quantity.start
        found = list(_PERIOD.finditer(self.text, max(clause.sentence, start - _REACH), start))
        if not found or _FORCE.search(self.text, found[-1].start(), clause.quantity.start) or self.years.month is None:
            return False
        last = found[-1]
        end = int(last["month"]) if last["month"] else 3 * _QUARTERS[last["quarter"]] if last["quarter"] else 6
        return end < self.years.month

    def _says(self, words: str, start: int, stop: int) -> bool:
        """Whether a word of a list stands in [start, stop)."""
        return hits_of(self.linked.document, self.ontology, words).any_within(start, stop)

    def _in_review(self, clause: Clause) -> bool:
        """Whether the passage looks back: under 发展基础 or 主要成效, or in a paragraph that opens with …以来."""
        headings = self.headings(clause).split("\n")
        if any(map(self._is_review, headings)) and not any(w in h for h in headings for w in self.years.goal_words):
            return True
        start = self.linked.document.blocks[clause.block].start if clause.block >= 0 else 0
        opening = self.text[start : min(start + 40, clause.quantity.start)]
        if clause.quantity.start - start < 600 and _LOOKS_BACK.search(opening):
            return True
        return self._last_before(self._back, start, clause) > self._last_before(self._ahead, start, clause)

    def _is_review(self, heading: str) -> bool:
        """发展基础, 取得的成效, 面临形势; not 基础设施建设 nor 夯实产业基础."""
        plain = self._exceptions.sub("", heading)
        return any(w in plain for w in self.ontology.words("review-sections")) and not _TASK_HEAD.match(heading)

    def _last_before(self, marks: list[int], start: int, clause: Clause) -> int:
        index = bisect_left(marks, clause.quantity.start) - 1
        return marks[index] if index >= 0 and marks[index] >= start else -1

    def is_aim(self, clause: Clause, reading: Reading, year: int | None, *, follows: bool) -> bool:
        """Whether something marks the number as an aim: a year, a verb of making, operator words, a goals section."""
        q = clause.quantity
        if q.attribute("cell") or year or reading.built or reading.forward or q.attribute("level") or self._in_goals(clause):
            return True
        if reading.operator != "=" or clause.chained or follows:
            return True
        return not self.news and self._imperative(clause)

    def _imperative(self, clause: Clause) -> bool:
        """Whether the sentence sets a task: one of its clauses opens with a verb of making."""
        opened = re.split(r"[,，:：]", self.text[clause.sentence : clause.quantity.start])
        return any(part.strip().startswith(self.words.build) for part in opened)

    def _in_goals(self, clause: Clause) -> bool:
        headings = self.headings(clause)
        return any(w in headings for w in self.years.goal_words)
