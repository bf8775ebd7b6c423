"""Whether a number states an aim: what it is instead (measure, count for style, name), baseline or aim."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from kg.model import Entity, Linked, Mention
from kg.ontology import Ontology
from kg.targets.clauses import Clause, counts
from kg.targets.metric import Reading, lexicon
from kg.targets.years import PLANS, Years
from kg.words import hits_of

_GENERIC = re.compile(r"(?:是|为|即|分为|分成|围绕|聚焦|坚持|突出|针对|涵盖|确定了?|提出了?|推出了?|制定了?|明确了?|精准定位)$")
_TIME_OR_LENGTH = re.compile(r"月|工作日|自然日|字|百分")
_UP_TO_MARK = re.compile(r"[^,，。；;：:、|\n]{0,16}")
_LOOKS_BACK = re.compile(r"以来|过去|[一二三四五]年来|上一个五年")
_AHEAD = re.compile(r"(?:到|至)20[0-9]{2}年|发展目标|主要目标|总体目标|目标任务|工作目标|主要任务|重点任务|展望")


@lru_cache(maxsize=128)
def _past_plans(published: int | None) -> re.Pattern[str]:
    """“十三五”时期 in a text of 2021: words that open a look back."""
    names = [name for name, year in PLANS.items() if published and year < published]
    return re.compile(r"(?:%s)\"?(?:时期|期间|以来|规划实施)" % ("|".join(names) or "(?!)"))


class Judge:
    """Judges the numbers of one document."""

    def __init__(self, linked: Linked, ontology: Ontology, years: Years, *, news: bool) -> None:
        self.linked = linked
        self.ontology = ontology
        self.text = linked.document.folded
        self.years = years
        self.news = news
        self.words = lexicon(ontology)
        self._back = [m.start() for m in _past_plans(years.published).finditer(self.text)]
        self._ahead = [m.start() for m in _AHEAD.finditer(self.text)]

    def plain_use(self, clause: Clause) -> str:
        """Use of a number that can be no target: measures of time, counts for style, positions, parts of titles."""
        q, text = clause.quantity, self.text
        unit = q.attribute("unit") or ""
        if (
            unit in self.ontology.word_set("measure-units")
            or _TIME_OR_LENGTH.match(text, q.end)
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
        noun = _UP_TO_MARK.match(rest)
        if noun and noun.group().rstrip(' "的').endswith(self.ontology.words("style-heads")):
            return True
        return bool(_GENERIC.search(text[max(clause.left, q.start - 6) : q.start]))

    def headings(self, clause: Clause) -> str:
        document = self.linked.document
        if clause.block < 0:
            return ""
        above = [clause.block, *document.headings_of(clause.block)]
        return "\n".join(
            self.text[document.blocks[i].start : document.blocks[i].end] for i in above if document.blocks[i].kind == "heading"
        )

    def is_baseline(self, clause: Clause, reading: Reading, year: int | None) -> bool:
        published = self.years.published
        if year and published and year < published:
            return not (self.news and self.linked.own_policy and self.years.governed(clause.block, year))
        before = max(clause.sentence, clause.quantity.start - 60)
        strong = self._says("past-in-clause", clause.left, min(clause.right, clause.after + 10))
        past = strong or self._says("baseline-cues", before, clause.after + 6)
        ahead = self._says("aim-cues", clause.sentence, clause.stop)
        if past:
            return not (ahead and not strong and (year is not None and (published is None or year >= published)))
        if self.news and year is None and not ahead and not reading.built:
            return True
        if (year is None or (published and year <= published)) and self._in_review(clause):
            return True
        return False

    def _says(self, words: str, start: int, stop: int) -> bool:
        """Whether a word of a list stands in [start, stop)."""
        return hits_of(self.linked.document, self.ontology, words).any_within(start, stop)

    def _in_review(self, clause: Clause) -> bool:
        """Whether the passage looks back: under 发展基础 or 主要成效, or in a paragraph that opens with …以来."""
        headings = self.headings(clause)
        words = self.ontology.words("review-sections")
        if any(w in headings for w in words) and not any(w in headings for w in self.years.goal_words):
            return True
        start = self.linked.document.blocks[clause.block].start if clause.block >= 0 else 0
        opening = self.text[start : min(start + 40, clause.quantity.start)]
        if clause.quantity.start - start < 600 and _LOOKS_BACK.search(opening):
            return True
        return self._last_before(self._back, start, clause) > self._last_before(self._ahead, start, clause)

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
