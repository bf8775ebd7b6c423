"""What a number that names nothing itself is said of: the row of its table, the metric or clause just before."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.folding import fold
from kg.model import Linked
from kg.ontology import Ontology
from kg.tables import Tables
from kg.targets import metric as metrics
from kg.targets import units
from kg.targets.clauses import Clause
from kg.targets.metric import Reading
from kg.targets.scope import Scope

_BARE = ("率", "比例", "占比", "比重", "额", "数", "量", "规模", "面积")
"""Ends of a measure that needs to be told of what."""
_UNIT_BRACKET = re.compile(r"\s?[（(](?:%|％|‰|[千百十万亿]{0,3}(?:美?元|[一-鿿]{1,3}|[A-Za-z]{1,6})(?:/[一-鿿]{1,3})?)[)）]$")
"""The unit behind an indicator: 产值（亿元）."""
_REACH = 300
"""Characters before a clause in which a metric of its sentence is looked for."""


class Carried:
    """Subjects carried over to the clauses of one document; spans of the text."""

    def __init__(self, linked: Linked, ontology: Ontology, tables: Tables, scope: Scope) -> None:
        self.linked = linked
        self.ontology = ontology
        self.text = linked.document.folded
        self.words = metrics.lexicon(ontology)
        self.tables = tables
        self.scope = scope

    def cell(self, clause: Clause) -> tuple[int, int] | None:
        """The indicator of the table row that a number stands in."""
        blocks = self.linked.document.blocks
        if clause.block < 0 or blocks[clause.block].kind != "cell":
            return None
        found = self.tables.subject(clause.block)
        return (blocks[found].start, blocks[found].end) if found is not None else None

    def of_row(self, clause: Clause, reading: Reading) -> Reading | None:
        """A number of a table: the indicator of its row and what the head of its column measures."""
        document, tables = self.linked.document, self.tables
        measure = tables.measure(clause.block) if tables.row(clause.block) else ""
        subject = self.cell(clause)
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

    def with_owner(self, clause: Clause, reading: Reading) -> Reading:
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

    def from_above(self, clause: Clause, reading: Reading) -> Reading | None:
        """The metric of the line above or of the clause just before, for a number that stands alone."""
        subject = self.row(clause) or self.lead(clause)
        if subject is None:
            return None
        metric = self.linked.document.text[subject[0] : subject[1]].strip(" ：:，,。")
        own = subject[0] >= clause.sentence and subject[1] - subject[0] <= 40
        start = subject[0] if own else reading.start
        return replace(reading, metric=metric + reading.growth, start=start, subject=subject, forward=True)

    def row(self, clause: Clause) -> tuple[int, int] | None:
        """What stands before the bar of a line of text, or a short paragraph before one that is only a number."""
        document, text = self.linked.document, self.text
        if clause.block < 0:
            return None
        block = document.blocks[clause.block]
        bar = text.rfind("|", block.start, clause.quantity.start)
        if bar > 0:
            start = max(text.rfind("|", block.start, bar) + 1, block.start)
            found = trim(text, start, bar)
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

    def lead(self, clause: Clause) -> tuple[int, int] | None:
        """A known metric named earlier in the sentence, else the short clause just before."""
        text = self.text
        best = units.last_metric(text, max(clause.sentence, clause.left - _REACH), clause.left, self.ontology)
        if best:
            return self._widen(best, clause.sentence)
        stop = clause.left - 1
        if stop <= clause.sentence or text[stop] not in ",:，：":
            return None
        start = max(text.rfind(c, clause.sentence, stop) for c in ",:，：、\n") + 1
        start = max(start, clause.sentence)
        start, stop = trim(text, metrics.opened(text, start, stop, self.words), stop)
        return (start, stop) if 2 <= stop - start <= 30 and not re.search(r"[0-9]", text[start:stop]) else None

    def _widen(self, span: tuple[int, int], sentence: int) -> tuple[int, int]:
        """A metric with the words that belong to it: back to the last mark."""
        start = max(self.text.rfind(c, sentence, span[0]) for c in ",:，：。；;、\n《》|") + 1
        start = max(start, sentence)
        start = metrics.opened(self.text, start, span[0], self.words)
        return (start, span[1]) if span[1] - start <= 24 else span


def trim(text: str, start: int, stop: int) -> tuple[int, int]:
    """The span without marks and blanks at its ends."""
    while start < stop and text[start] in " \n:,|*·-":
        start += 1
    while stop > start and text[stop - 1] in " \n:,|":
        stop -= 1
    return start, stop
