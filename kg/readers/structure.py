"""Pieces of text -> one canonical text with blocks: headings by their numbering, run-in heads, items, signatures.

A format reader gives pieces in reading order; ``assemble`` cleans them, joins them with line breaks and finds the roles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.model import Block, BlockKind, Metadata


@dataclass(frozen=True)
class Piece:
    """One paragraph-like stretch. ``bold`` is the length of a bold run at its start; ``level`` of a heading, 0 = unknown."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    bold: int = 0
    row: str = ""
    column: str = ""


@dataclass(frozen=True)
class Reading:
    """What a format reader found."""

    pieces: tuple[Piece, ...]
    metadata: Metadata = field(default_factory=Metadata)
    encoding: str | None = None
    notes: tuple[str, ...] = ()


# 產(chǎn)業(yè): pages copied through an obfuscator carry the reading of a character behind it.
_PINYIN = re.compile(r"(?<=[㐀-鿿])[(（][a-zɡāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüńňǹ]{1,7}[)）]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\u00a0]{2,}")

_CN = "一二三四五六七八九十百"
_NUMBERING: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"^\s*第[{_CN}0-9]{{1,4}}[章编篇部分]{{1,2}}[\s　:：]*")),
    (1, re.compile(rf"^\s*[{_CN}]{{1,4}}[、．.]\s*")),
    (2, re.compile(rf"^\s*[(（][{_CN}]{{1,4}}[)）]\s*、?")),
    (2, re.compile(rf"^\s*第[{_CN}0-9]{{1,4}}条[\s　:：]*")),
    (3, re.compile(r"^\s*[0-9０-９]{1,2}\s*[.、．](?![0-9０-９])\s*")),
    (4, re.compile(r"^\s*[(（][0-9０-９]{1,2}[)）]\s*")),
    (4, re.compile(r"^\s*[①-⑳]\s*")),
    (3, re.compile(rf"^\s*[{_CN}]是(?=[^，。]{{4,}})")),
)
_END = "。！？!?；;：:，,、"
_DATE = re.compile(r"^[12][0-9]{3}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日$|^二[〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日$")
_BODY = re.compile(r"^[^，。；：、]{4,40}(?:人民政府|办公厅|办公室|委员会|厅|局|部|院|委|管委会)(?:\s+[^，。；：、]{4,30})*$")
_ADDRESSEE = re.compile(r"^(?:各|省|市|县|区|有关)[^。]{4,160}[：:]$")
_TASK_LEAD = re.compile(r"^[^，。；：！？]{4,40}[。：:]")


def clean(text: str) -> str:
    """Canonical characters: no controls, no obfuscating pinyin, one kind of line end, single spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _CONTROL.sub("", text)
    return _PINYIN.sub("", text)


def numbering(text: str) -> tuple[int, int]:
    """(level, length of the number) of a numbered line; (0, 0) for any other."""
    for level, pattern in _NUMBERING:
        match = pattern.match(text)
        if match and match.end() < len(text):
            return level, match.end()
    return 0, 0


def assemble(reading: Reading) -> tuple[str, tuple[Block, ...], tuple[str, ...]]:
    """Canonical text, its blocks, and the notes."""
    pieces = _with_title(reading)
    blocks: list[Block] = []
    parts: list[str] = []
    position = 0
    for piece in pieces:
        for span in _roles(piece):
            start, end = position + span.start, position + span.end
            blocks.append(replace(span, start=start, end=end, row=piece.row, column=piece.column))
        parts.append(piece.text)
        position += len(piece.text) + 1
    return "\n".join(parts), tuple(_nest(blocks)), reading.notes


def _with_title(reading: Reading) -> list[Piece]:
    pieces = []
    for piece in reading.pieces:
        text = _SPACES.sub(" ", clean(piece.text)).strip(" \n\t　")
        if text:
            lost = len(piece.text) - len(piece.text.lstrip(" \n\t　"))
            pieces.append(replace(piece, text=text, bold=min(len(text), max(0, piece.bold - lost))))
    title = clean(reading.metadata.title or "").strip()
    if title and not any(_same(title, p.text) for p in pieces[:8]):
        pieces.insert(0, Piece(title, "title"))
    elif title:
        index = next(i for i, p in enumerate(pieces[:8]) if _same(title, p.text))
        pieces[index] = replace(pieces[index], kind="title")
    elif pieces and len(pieces[0].text) < 80 and pieces[0].text[-1] not in "。；：:，":
        pieces[0] = replace(pieces[0], kind="title")
    return pieces


def _same(a: str, b: str) -> bool:
    return re.sub(r"\s", "", a) == re.sub(r"\s", "", b)


def _roles(piece: Piece) -> list[Block]:
    """Blocks of one piece, offsets relative to it; two for a run-in heading and its paragraph."""
    text, size = piece.text, len(piece.text)
    if piece.kind not in ("paragraph", "item", "heading"):
        return [Block(piece.kind, 0, size)]
    level, start = numbering(text)
    if piece.kind == "heading":
        return [Block("heading", 0, size, level or piece.level or 1)]
    short = size <= 60 and text[-1] not in _END and "。" not in text
    if level and (short or (size <= 60 and text.endswith("。") and text.count("。") == 1 and "，" not in text)):
        return [Block("heading", 0, size, level)]
    lead = _lead(text, start, level, piece.bold)
    if lead:
        rest = lead + len(text[lead:]) - len(text[lead:].lstrip())
        head = Block("heading", 0, lead, level or 4)
        return [head, Block("paragraph", rest, size)] if rest < size else [head]
    if _ADDRESSEE.match(text):
        return [Block("addressee", 0, size)]
    if _DATE.match(re.sub(r"\s", "", text)) or (short and _BODY.match(text)):
        return [Block("signature", 0, size)]
    if short and piece.bold >= size - 1 and size > 2:
        return [Block("heading", 0, size, 1)]
    if text.startswith(("附件", "附：", "附:")):
        return [Block("attachment", 0, size)]
    return [Block("item" if piece.kind == "item" else "paragraph", 0, size)]


def _lead(text: str, start: int, level: int, bold: int) -> int:
    """Length of a run-in head: up to its first 。 or ： after a number, or the bold run; 0 without one."""
    if 4 <= bold < len(text) and bold <= 50:
        return bold
    match = _TASK_LEAD.match(text[start:]) if level else None
    if match is None and not level and len(text) > 40:
        # 打造全球领先的智能终端生产基地。持续巩固…: an unnumbered head is a clause of its own before a long paragraph.
        match = re.match(r"^(?:打造|推动|加快|实施|建设|构建|加强|强化|提升|完善|优化|培育|支持|推进)[^，。；：！？、]{6,36}。(?=.{20})", text)
    if match and start + match.end() < len(text):
        return start + match.end()
    return 0


def _nest(blocks: Sequence[Block]) -> list[Block]:
    """Give every block the heading it stands under."""
    nested: list[Block] = []
    open_headings: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            while open_headings and nested[open_headings[-1]].level >= block.level:
                open_headings.pop()
        if block.kind == "title":
            open_headings.clear()
        nested.append(replace(block, parent=open_headings[-1] if open_headings else -1))
        if block.kind == "heading":
            open_headings.append(index)
    return nested
