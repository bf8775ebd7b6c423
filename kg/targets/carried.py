"""What a number that names nothing itself is said of: the row of its table, the metric or clause just before."""

from __future__ import annotations

import re

from kg.folding import fold
from kg.model import Linked
from kg.ontology import Ontology
from kg.targets import metric as metrics
from kg.targets import units
from kg.targets.clauses import Clause

_YEAR_COLUMN = re.compile(r"20[0-9]{2}")


class Carried:
    """Subjects carried over to the clauses of one document; spans of the text."""

    def __init__(self, linked: Linked, ontology: Ontology) -> None:
        self.linked = linked
        self.ontology = ontology
        self.text = linked.document.folded
        self.words = metrics.lexicon(ontology)

    def row(self, clause: Clause) -> tuple[int, int] | None:
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
