"""What a number that names nothing itself is said of: the row of its table, the metric or clause just before."""

from __future__ import annotations

import re

from kg.model import Linked
from kg.ontology import Ontology
from kg.tables import Tables
from kg.targets import metric as metrics
from kg.targets import units
from kg.targets.clauses import Clause


class Carried:
    """Subjects carried over to the clauses of one document; spans of the text."""

    def __init__(self, linked: Linked, ontology: Ontology, tables: Tables) -> None:
        self.linked = linked
        self.ontology = ontology
        self.text = linked.document.folded
        self.words = metrics.lexicon(ontology)
        self.tables = tables

    def cell(self, clause: Clause) -> tuple[int, int] | None:
        """The indicator of the table row that a number stands in."""
        blocks = self.linked.document.blocks
        if clause.block < 0 or blocks[clause.block].kind != "cell":
            return None
        found = self.tables.subject(clause.block)
        return (blocks[found].start, blocks[found].end) if found is not None else None

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
        best = units.last_metric(text, clause.sentence, clause.left, self.ontology)
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
