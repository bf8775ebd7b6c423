"""Pieces of text -> one canonical text with blocks: headings by their numbering, run-in heads, items, cells, signatures.

A format reader gives pieces in reading order; ``assemble`` joins them with line breaks and finds the roles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.folding import simplify
from kg.model import Block, BlockKind, Metadata
from kg.readers import words


@dataclass(frozen=True)
class Cell:
    """One table cell with its row and column heads; ``start`` is its offset in the piece."""

    start: int
    text: str
    row: str = ""
    column: str = ""


@dataclass(frozen=True)
class Piece:
    """One paragraph-like stretch. ``bold`` is the length of a bold run at its start; ``level`` of a heading, 0 = unknown.

    A table row is one piece whose text joins the cells by " | ".
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    bold: int = 0
    cells: tuple[Cell, ...] = ()

    @cached_property
    def plain(self) -> str:
        """The text in simplified script, which patterns are written in; the same length, so offsets are shared."""
        return simplify(self.text)


@dataclass(frozen=True)
class Reading:
    """What a format reader found. ``site`` is the name of the web site, for sources that say 本网."""

    pieces: tuple[Piece, ...]
    metadata: Metadata = field(default_factory=Metadata)
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    site: str | None = None


_UNKNOWN = -1
"""Level of a heading that has no number; ``_nest`` puts it one below the numbered heading it stands under."""

_CN = "一二三四五六七八九十百"
_NUMBERING: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"^\s*第[{_CN}0-9]{{1,4}}(?:章|编|篇|部分)[\s　:：]*")),
    (1, re.compile(rf"^\s*(?:[{_CN}]{{1,4}}\s*[、．.]|—、)\s*")),
    (2, re.compile(rf"^\s*[(（][{_CN}]{{1,4}}[)）]\s*、?")),
    (2, re.compile(rf"^\s*第[{_CN}0-9]{{1,4}}[条节][\s　:：]*")),
    (3, re.compile(r"^\s*[0-9０-９]{1,2}\s*[.、．](?![0-9０-９])\s*")),
    (4, re.compile(r"^\s*[0-9]{1,2}\.[0-9]{1,2}[.．、]?[\s　]+(?=[一-鿿])(?![万亿个家项倍元])")),
    (5, re.compile(r"^\s*[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}[.．、]?[\s　]*(?=[一-鿿])")),
    (4, re.compile(r"^\s*[(（][0-9０-９]{1,2}[)）]\s*")),
    (4, re.compile(r"^\s*[0-9０-９]{1,2}[)）]\s*")),
    (4, re.compile(r"^\s*[①-⑳]\s*")),
    (2, re.compile(rf"^\s*(?:任务|举措|行动|工程|措施)[{_CN}0-9]{{1,3}}\s*[:：、](?=[^，。]{{4,}})")),
    (3, re.compile(rf"^\s*[{_CN}]是(?=[^，。]{{4,}})")),
)
_ARTICLE = re.compile(rf"^\s*第[{_CN}0-9]{{1,4}}条")
_BULLET = re.compile(r"^\s*(?:[●•·▲■◆◎★☆▪►➤○]|[—-]{1,2})\s*")
_END = "。！？!?；;：:，,、"
_DATE = re.compile(
    r"^[(（]?[12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日[)）]?$|^[12][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}$|"
    r"^二[〇○零ＯO◯一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日$"
)
_BODY = re.compile(
    r"^[^，。；：、,.;:()（）●•《》0-9]{2,40}(?:人民政府|办公厅|办公室|委员会|管委会|"
    r"领导小组|联席会议|指挥部|联合社|[分支银]行|协会|联合会|总工会|[厅院委部署]|(?<!布)局)"
    r"(?:[\s　]+[^，。；：、,.;:()（）]{4,40})*$"
)
_ADDRESSEE = re.compile(r"^(?:各|省|自治区|市|州|县|区|镇|乡|有关|全|中央|国务院|本|机关)[^。]{3,240}[：:]$")
_SENTENCE = re.compile(r"^[^，,。；;：:！？!?]{4,40}[。：:]")
_OPEN_HEAD = re.compile(r"^[^，,。；;！？!?]{2,20}[，,][^，,。；;！？!?]{2,20}。|^[^，,。；;！？!?]{2,26}。")
_MARKED_HEAD = re.compile(
    r"^(?:[（(【〔\[](?=[^）)】〕\]，,。；;：:]{4,24}[）)】〕\])]))([^）)】〕\]，,。；;：:]{4,24})[）)】〕\]][\s　]*(?=.{20})"
    r"|^([^，,。；;：:！？!?—]{4,24})(?:——|—)(?=.{20})"
)
"""Titles in brackets (第六条【支持企业研发】对…) or before a dash (支持企业研发——对…)."""
_SPACED_HEAD = re.compile(r"^([^，,。；;：:！？!?\s　]{4,20})()[\s　]+(?=[^\s　].{20})")
_DUTY = re.compile(r"必须|不得|应当|须在|^本(?:办法|意见|规定|方案|通知|政策|细则|措施|规划|条例|计划)")
_LABELED = re.compile(r"^[^，,。；;：:]{2,12}[：:](?=[^，,]*(?:[，,]|、[^、]+、))")
_CLAUSE = "(?:<heading-verbs>|大力|积极|着力|全力|持续|全面|深入|扎实|切实|进一步)[^，,。；;：:！？!?]{6,36}"
_LONG_HEAD = f"^{_CLAUSE}(?:[，,]{_CLAUSE}){{0,2}}。(?=.{{100}})"
"""A first sentence all of whose clauses begin with a verb, before a long paragraph: how proposals for five-year plans are laid out."""
_UNNUMBERED = "^(?:<heading-verbs>)(?!方案|意见|细则|办法|计划)[^，,。；;：:！？!?、]{3,36}。(?=.{20})"
_CLAUSE_ONLY = "^(?:<heading-verbs>)[^，,。；;：:！？!?]{2,24}。?$"
_CHARGE = re.compile(r"[(（〔【\[](?:牵头|责任|配合|负责|主办|[省市县区州])[^()（）〔〕【】\[\]。]{2,300}[)）〕】\]]$")
_OPEN_CHARGE = re.compile(r"[(（〔【\[](?:牵头|责任|配合|负责|主办)")
_LABEL = re.compile(r"^(?:牵头|责任|配合|联系|来源|注|备注|单位|时间|附|电话|地址)")


def numbering(text: str) -> tuple[int, int]:
    """(level, length of the number) of a numbered line; (0, 0) for any other."""
    for level, pattern in _NUMBERING:
        match = pattern.match(text)
        if match and match.end() < len(text):
            return level, match.end()
    return 0, 0


def is_date_line(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    return bool(_DATE.match(re.sub(r"[\s　]", "", simplify(text))))


def is_body_line(text: str) -> bool:
    """Whether a line looks like the name of a public body and nothing else."""
    return bool(_BODY.match(simplify(text.strip()))) and not numbering(text)[0]


def is_addressee(text: str) -> bool:
    """各区人民政府，市政府各部门： and the like."""
    return bool(_ADDRESSEE.match(simplify(text)))


def row_piece(texts: Sequence[str], heads: Sequence[str], *, header: bool = False) -> Piece:
    """A table row as one piece; column heads from ``heads``, row head the first cell (empty for the header row)."""
    cells, position = [], 0
    for column, text in enumerate(texts):
        head = heads[column] if column < len(heads) and not header else ""
        row = texts[0] if column and not header else ""
        cells.append(Cell(position, text, row, head))
        position += len(text) + 3
    return Piece(" | ".join(texts), "cell", cells=tuple(cells))


def table_pieces(rows: Sequence[Sequence[str]]) -> list[Piece]:
    """Pieces of a table. A first row whose cells are all short words is the header; one wide cell is a paragraph."""
    rows = [[" ".join(c.split()) for c in row] for row in rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    pieces = []
    first = next((i for i, row in enumerate(rows) if len(set(filter(None, row))) > 1), 0)
    heads = rows[first] if len(rows) > first + 1 and all(len(c) <= 20 and not c.endswith("。") for c in rows[first]) else []
    for number, row in enumerate(rows):
        filled = [c for c in row if c]
        if len(filled) == 1 or len(set(filled)) == 1 and len(filled[0]) > 8:
            pieces.append(Piece(filled[0]))
        else:
            pieces.append(row_piece(row, heads, header=bool(heads) and number == first))
    return pieces


def assemble(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Canonical text of cleaned pieces, and its blocks."""
    blocks: list[Block] = []
    position = 0
    plain = [replace(piece, text=piece.plain) for piece in pieces]
    for index, piece in enumerate(pieces):
        for span in _roles(plain, index):
            blocks.append(replace(span, start=position + span.start, end=position + span.end))
        position += len(piece.text) + 1
    return "\n".join(p.text for p in pieces), tuple(_nest(blocks))


def _roles(pieces: Sequence[Piece], index: int) -> list[Block]:
    """Blocks of one piece, offsets relative to it; two for a run-in heading and its paragraph, one for each table cell."""
    piece = pieces[index]
    text, size = piece.text, len(piece.text)
    if piece.cells:
        return [Block("cell", c.start, c.start + len(c.text), row=c.row, column=c.column) for c in piece.cells if c.text]
    if piece.kind not in ("paragraph", "item", "heading"):
        return [Block(piece.kind, 0, size)]
    level, start = numbering(text)
    if piece.kind == "heading":
        return [Block("heading", 0, size, level or piece.level or 1)]
    if is_addressee(text):
        return [Block("addressee", 0, size)]
    if size <= 120 and _attached(pieces, index):
        return [Block("attachment", 0, size)]
    if _listed(pieces, index, level):
        return [Block("item", 0, size)]
    titled = _CHARGE.sub("", text)  # （一）强化要素保障（责任单位：…） is as short as its title
    short = len(titled) <= 60 and titled[-1:] not in _END and "。" not in titled
    if level and _whole_heading(titled, start, short):
        return [Block("heading", 0, size, level)]
    lead = _lead(text, start, level, piece.bold)
    if lead:
        rest = lead + len(text[lead:]) - len(text[lead:].lstrip())
        head = Block("heading", 0, lead, level or 4)
        kind: BlockKind = "item" if piece.kind == "item" else "paragraph"
        return [head, Block(kind, rest, size)] if rest < size else [head]
    if is_date_line(text):
        return [Block("signature", 0, size)]
    if _unnumbered_heading(pieces, index, short):
        return [Block("heading", 0, size, _UNKNOWN)]
    return [Block("item" if piece.kind == "item" or _BULLET.match(text) else "paragraph", 0, size)]


def _whole_heading(text: str, start: int, short: bool) -> bool:
    """A numbered line that is a heading as a whole: 一、发展目标, （一）打造特色园区。 but no sentence of a list."""
    body = text[start:]
    if _ARTICLE.match(text):
        return short and len(body) <= 24
    if _LABELED.match(body) or _DUTY.search(body):
        return False
    if short:
        return not re.search(r"\d[^，。]{0,12}(?:万元|亿元|%|％)", body) or len(body) <= 30
    if len(body) > 36 or not text.endswith(("。", ":", "：")) or text.count("。") > 1:
        return False
    return not re.search(r"[，,；;]|[：:].", body) and not re.search(r"\d[\d.]*\s*(?:万|亿|元|%|％)", body)


def _attached(pieces: Sequence[Piece], index: int) -> bool:
    """附件：1.… and the numbered lines below it."""
    while index > 0 and re.match(r"^\s*[0-9０-９]{1,2}\s*[.、．]", pieces[index].text) and "。" not in pieces[index].text:
        index -= 1
    text = pieces[index].text
    return len(text) <= 120 and bool(re.match(r"^(?:附\s*件|附[：:]|附表|附录)", text)) and "。" not in text[:-1]


def _listed(pieces: Sequence[Piece], index: int, level: int) -> bool:
    """An entry of a list of sentences (（一）报告；（二）规划；（三）材料。), which has no heading in it."""
    if not level:
        return False
    text = pieces[index].text
    if text.endswith(("；", ";")):
        return "。" not in text
    before = pieces[index - 1].text if index else ""
    return bool(before) and numbering(before)[0] == level and before.endswith(("；", ";")) and "。" not in text[:-1]


def _lead(text: str, start: int, level: int, bold: int) -> int:
    """Length of a run-in head: up to its first 。 or ： after a number, or the bold run; 0 without one."""
    if 4 <= bold < len(text) and bold <= 50 and (level or text[bold - 1] == "。" or text[bold] in "。 　"):
        while bold < len(text) and text[bold] in "。：:":
            bold += 1
        return bold
    if not level:
        mark = _BULLET.match(text)
        after = mark.end() if mark else 0
        match = words.pattern(_UNNUMBERED).match(text[after:]) if len(text) > 40 else None
        return after + match.end() if match else 0
    body = text[start:]
    marked = _MARKED_HEAD.match(body) or (_SPACED_HEAD.match(body) if _ARTICLE.match(text) else None)
    if marked and not (_DUTY.search(marked.group()) or _LABEL.match(marked.group(1) or marked.group(2))):
        return start + marked.end()
    match = _LABELED.match(body) or _SENTENCE.match(body)
    if _ARTICLE.match(text) and (not match or match.end() > 16):
        return 0
    if match is None and len(body) > 60 and not _ARTICLE.match(text):
        match = _OPEN_HEAD.match(body) or words.pattern(_LONG_HEAD).match(body)
    if match and (_OPEN_CHARGE.search(match.group()) or _LABEL.match(match.group()) or _DUTY.search(match.group()) or re.search(r"\d[\d.]*\s*(?:万|亿|元|%|％)", match.group())):
        return 0
    return start + match.end() if match and start + match.end() < len(text) else 0


def _unnumbered_heading(pieces: Sequence[Piece], index: int, short: bool) -> bool:
    """A short line without a stop before a full paragraph, or bold as a whole: 指导思想, 加大金融支持。"""
    piece = pieces[index]
    text, size = piece.text, len(piece.text)
    if short and size > 2 and piece.bold >= size - 1 and not _LABEL.match(text):
        return True
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    if after is None or after.cells or piece.kind == "item" or index == 0 or _LABEL.match(text) or text[0] in "（([【":
        return False
    if pieces[index - 1].kind == "title":
        return False
    long_after = len(after.text) >= 40 and "。" in after.text or numbering(after.text)[0] > 0
    if not long_after or is_body_line(text) or is_date_line(text):
        return False
    if short and 3 <= size <= 30 and not re.search(r"[|｜：:，,]|\d{4}-\d|^[\W\d]+$", text):
        return pieces[index - 1].text[-1:] not in "，、：:"
    return size <= 26 and bool(words.pattern(_CLAUSE_ONLY).match(text)) and text.endswith("。")


def _nest(blocks: Sequence[Block]) -> list[Block]:
    """Give every block the heading it stands under."""
    nested: list[Block] = []
    open_headings: list[int] = []
    guessed: set[int] = set()
    for index, block in enumerate(blocks):
        if block.level == _UNKNOWN:
            guessed.add(index)
            fellows = [nested[i].level for i in open_headings if i in guessed]
            above = [nested[i].level for i in open_headings]
            block = replace(block, level=fellows[-1] if fellows else min(4, above[-1] + 1) if above else 1)
        if block.kind == "heading":
            while open_headings and nested[open_headings[-1]].level >= block.level:
                open_headings.pop()
        if block.kind in ("title", "signature", "addressee"):
            open_headings.clear()
        nested.append(replace(block, parent=open_headings[-1] if open_headings else -1))
        if block.kind == "heading":
            open_headings.append(index)
    return nested
