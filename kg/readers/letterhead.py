"""The head and foot of a document: title over several lines, fields, signature; site navigation left out.

Works on the pieces of any format, so that the same document reads the same as text, page, Word file or PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.folding import simplify
from kg.model import Metadata
from kg.readers import cleaning, metadata, words
from kg.readers.cleaning import clean, squeeze
from kg.readers.structure import Cell, Piece, Reading, is_addressee, is_body_line, is_date_line, numbering

_TITLE_END = r"(?:<title-endings>|<title-endings-too>)》?(?:[(（《][^()（）]{2,24}[)）》])?(?:的通知|的公告)?$"
_WRAPPER = re.compile(r"(?:印发|发布|下发|转发|公布)《?(.{6,100}?)》?的(?:通知|公告|通告|函)(?:[(（][^()（）]{2,12}[)）])?$")
_KEYS = ("publisher", "source", "number", "published", "signed", "title", "other")
_FIELD = f"^(?:{'|'.join(f'(?P<{key}><field-{key}~>)' for key in _KEYS)})" + r"\s*(?:[：:]\s*|[\s　]+(?=\S)|$)(.*)$"
META_LINE = re.compile(
    r"^(?:[12]\d{3}[-年/.·]\d{1,2}[-月/.·]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:$|[·|｜]|来源|作者|浏览|阅读|编辑|点击)|"
    r".{0,30}(?:发布时间|发布日期|更新时间|浏览次数|阅读次数|点击数|点击量)\s*[：:])"
)
_NAVIGATION = (
    r"^(?:<site-remarks>|【法宝引证码】|\w{0,6}https?://\S+$|\[?【?字[体号]|👉|（责编|编辑[：:]|[一-鿿]?ICP备|END$|"
    r".{0,8}声明[：:](?:本|$)|声明[：:]|本(?:文|内容).{0,20}不构成.{0,8}建议)"
)
_TAIL_LINE = re.compile(
    r"[(（]\s*(?:\d{4}\s*年?\s*[—\-–~至]+\s*\d{4}\s*年?|试行|暂行|修订|修正|节选|摘要|征求意见稿|讨论稿|修订版|\d{4}年(?:版|本|修订)?)\s*[)）]"
)
_HEAD, _TAIL = 12, 14
"""How many pieces at the top and the end may be letterhead, fields, navigation or signature."""


@dataclass
class _Found:
    title: str | None = None
    published: str | None = None
    signed: str | None = None
    publisher: str | None = None
    source: str | None = None
    number: str | None = None


def ends_a_title(text: str) -> bool:
    """Whether a line ends as titles of official documents do: …的通知, …规划（2021—2025年）."""
    return bool(words.pattern(_TITLE_END).search(text))


def complete(reading: Reading) -> Reading:
    """The reading with canonical pieces, its title as a piece of kind "title", and the metadata that its text gives."""
    counts: Counter[str] = Counter()
    pieces = _without_navigation(_canonical(reading.pieces, counts), counts)
    found = _Found()
    body = next((i for i, p in enumerate(pieces) if p.kind == "heading" and p.level > 1 or _running_text(p)), _HEAD)
    pieces = _with_tails(pieces)
    pieces = [
        piece if index >= body or index and _closes(pieces, index) else _field(piece, found, index, reading.site)
        for index, piece in enumerate(pieces)
    ]
    given = squeeze(clean(reading.metadata.title or found.title or "", readings=counts["readings"] > 0))
    pieces = _titled(pieces, given)
    pieces = _signed(pieces, found)
    return replace(
        reading,
        pieces=tuple(pieces),
        metadata=_metadata(reading, pieces, found, given),
        notes=(*reading.notes, *cleaning.notes(counts)),
    )


def unwrapped(title: str) -> str:
    """The plan's title without 关于印发…的通知 around it."""
    match = _WRAPPER.search(simplify(title))
    return title[match.start(1) : match.end(1)] if match else title


def _canonical(pieces: Sequence[Piece], counts: Counter[str]) -> list[Piece]:
    """Pieces with clean text, empty ones left out."""
    readings = cleaning.has_readings("\n".join(p.text for p in pieces))
    result = []
    for piece in pieces:
        if piece.cells:
            result.append(_canonical_row(piece, counts, readings))
            continue
        text = clean(piece.text, counts, readings=readings)
        lost = len(text) - len(text.lstrip(" \n\t\u00a0　"))
        text = squeeze(text)
        if text and not (len(text) <= 3 and not any(c.isalnum() for c in text)):
            result.append(replace(piece, text=text, bold=min(len(text), max(0, piece.bold - lost))))
    return result


def _canonical_row(piece: Piece, counts: Counter[str], readings: bool) -> Piece:
    cells, position = [], 0
    for cell in piece.cells:
        text = squeeze(clean(cell.text, counts, readings=readings))
        row, column = (squeeze(clean(t, readings=readings)) for t in (cell.row, cell.column))
        cells.append(Cell(position, text, row, column))
        position += len(text) + 3
    return replace(piece, text=" | ".join(c.text for c in cells), cells=tuple(cells))


def _without_navigation(pieces: list[Piece], counts: Counter[str]) -> list[Piece]:
    """Site navigation at the top and the end; inside the text nothing is dropped."""
    size = len(pieces)
    kept = [
        p
        for i, p in enumerate(pieces)
        if not ((i < 6 or i >= size - _TAIL) and len(p.text) <= 160 and p.kind != "title" and _is_navigation(p.plain, i < 6))
    ]
    counts["navigation"] += size - len(kept) if kept else 0
    return kept or pieces


def _is_navigation(text: str, top: bool) -> bool:
    return bool(words.pattern(_NAVIGATION, re.IGNORECASE).match(text)) and (not top or len(text) <= 40 or "://" in text)


def _field(piece: Piece, found: _Found, index: int, site: str | None) -> Piece:
    """Read a field line (发文字号：…) or a line of date and source under the title; such a piece becomes a note."""
    text = piece.plain
    if index >= _HEAD or len(text) > 120 or piece.kind in ("title", "heading") or "。" in text:
        return piece
    match = words.pattern(_FIELD).match(text)
    if match and (match.lastgroup != "other" or len(text) <= 60):
        value = match.group(match.lastindex or 0) if match.lastindex else ""
        value = text[match.start(len(match.groups())) :].strip()
        key = next(k for k in _KEYS if match.group(k))
        if key == "source":
            found.source = metadata.publisher(value, site) if value else found.source
        elif key in ("published", "signed"):
            setattr(found, key, getattr(found, key) or metadata.iso_date(value))
        elif key == "number":
            found.number = found.number or metadata.document_number(value)
        elif key in ("publisher", "title"):
            setattr(found, key, getattr(found, key) or value or None)
        _line(text, found, site)
        return replace(piece, kind="note") if not piece.cells else piece
    if META_LINE.match(text) and not piece.cells:
        found.published = found.published or metadata.publication_time(text) or metadata.iso_date(text)
        _line(text, found, site)
        return replace(piece, kind="note")
    if re.fullmatch(r"[一-鿿]{2,24}文件|第\s*[0-9一二三四五六七八九十百]{1,5}\s*号", text):
        return replace(piece, kind="note")
    if metadata.own_number(text):
        found.number = found.number or metadata.own_number(text)
        return replace(piece, kind="note")
    return piece


def _with_tails(pieces: list[Piece]) -> list[Piece]:
    """A title whose years or （试行） stand on a line of their own gets them back; a title said twice is said once."""
    result: list[Piece] = []
    for index, piece in enumerate(pieces):
        last = result[-1] if result else None
        if last is not None and len(result) < 40 and not last.cells and len(last.text) <= 90:
            if _TAIL_LINE.fullmatch(piece.plain) and ends_a_title(last.plain):
                result[-1] = replace(last, text=last.text + piece.text)
                continue
            said_twice = index < 5 and _key(last.text) == _key(piece.text) and len(piece.text) >= 8
            if said_twice and not piece.cells and "。" not in piece.text:
                continue
        result.append(piece)
    return result


def _running_text(piece: Piece) -> bool:
    return len(piece.text) > 60 and "。" in piece.text


def _closes(pieces: Sequence[Piece], index: int) -> bool:
    """A date under the name of a body is a signature, no date of publication."""
    return is_date_line(pieces[index].text) and (index > 1 or is_body_line(pieces[index - 1].text))


def _line(text: str, found: _Found, site: str | None) -> None:
    found.source = found.source or metadata.source(text, site)
    found.published = found.published or metadata.publication_time(text)


def _titled(pieces: list[Piece], given: str) -> list[Piece]:
    """Mark the title: the given one where the text has it, else the headline; put a given one first if it is missing."""
    pieces = list(pieces)
    if given:
        index = next((i for i, p in enumerate(pieces[:_HEAD]) if _same(given, p.text)), None)
        if index is None:
            pieces.insert(0, Piece(given, "title"))
        else:
            pieces[index] = replace(pieces[index], kind="title", cells=())
        return _plan_title(pieces)
    pieces = _joined_title(pieces)
    if not any(p.kind == "title" for p in pieces[:_HEAD]):
        for index, piece in enumerate(pieces[:_HEAD]):
            if piece.kind == "note":
                continue
            if _headline(piece):
                pieces[index] = replace(piece, kind="title")
            break
    return _plan_title(pieces)


def _headline(piece: Piece) -> bool:
    text = piece.plain
    return (
        4 <= len(text) <= 90
        and not piece.cells
        and piece.kind in ("paragraph", "heading")
        and text[-1] not in "。；：:，,、"
        and "。" not in text
        and not numbering(text)[0]
        and not is_addressee(text)
        and not is_date_line(text)
        and not text.startswith("附件")
    )


def _joined_title(pieces: list[Piece]) -> list[Piece]:
    """Two to four lines at the top that make one title are one piece: 重庆市人民政府关于 / 加快…的意见."""
    for start in range(min(_HEAD, len(pieces))):
        if pieces[start].kind == "note" or ends_a_title(pieces[start].plain):
            continue
        text = pieces[start].text
        for count in range(2, 5):
            part = pieces[start : start + count]
            if len(part) < count or any(_stops_title(p) for p in part):
                break
            text = "".join(p.text for p in part)
            if len(text) > 110 or re.search(r"[。；：:！？，]", re.sub(r"《[^》]*》", "", text)):
                break
            plain = simplify(text)
            if ends_a_title(plain) and re.search(r"关于|印发|^.{2,12}[省市县区]", plain) and not numbering(part[-1].text)[0]:
                return [*pieces[:start], Piece(text, "title"), *pieces[start + count :]]
    return pieces


def _stops_title(piece: Piece) -> bool:
    return bool(piece.cells) or piece.kind == "note" or is_addressee(piece.text) or is_date_line(piece.text) or _ATTACHED.match(piece.text) is not None


_ATTACHED = re.compile(r"[(（\[]|附\s*件|附[：:]")


def _plan_title(pieces: list[Piece]) -> list[Piece]:
    """The title line of a plan attached to a notice is a title too; the heading above it no longer holds."""
    introduced = set()
    for piece in pieces[:_HEAD]:
        if piece.kind == "title":
            introduced.add(_key(unwrapped(piece.plain)))
        introduced.update(_key(t) for t in re.findall(r"《([^《》]{6,90})》", piece.plain))
    first = next((i for i, p in enumerate(pieces) if p.kind == "title"), -1)
    for index, piece in enumerate(pieces[: first + 60]):
        eligible = piece.kind in ("paragraph", "heading") and not piece.cells and 8 <= len(piece.text) <= 110
        if index > first and eligible and _key(piece.plain) in introduced and piece.text[-1] not in "。；：":
            pieces[index] = replace(piece, kind="title")
    return pieces


def _key(text: str) -> str:
    return re.sub(r"[\s　()（）〔〕《》的]", "", text)


def _same(a: str, b: str) -> bool:
    return re.sub(r"\s", "", a) == re.sub(r"\s", "", b)


def _signed(pieces: list[Piece], found: _Found) -> list[Piece]:
    """Mark signatures: names of bodies right above a date line, or at the end of the text."""
    pieces = list(pieces)
    size = len(pieces)
    for index, piece in enumerate(pieces):
        if index < 2 or piece.kind != "paragraph" or not is_date_line(piece.text):
            continue
        top = index
        while top > 1 and index - top < 20 and pieces[top - 1].kind == "paragraph" and is_body_line(pieces[top - 1].text):
            top -= 1
        for number in range(top, index + 1):
            pieces[number] = replace(pieces[number], kind="signature")
        found.signed = found.signed or metadata.iso_date(re.sub(r"\s", "", piece.plain))
        if top < index:
            found.publisher = found.publisher or _body_name(pieces[top].text)
    for index in range(max(3, size - 4), size):
        if pieces[index].kind == "paragraph" and is_body_line(pieces[index].text):
            found.publisher = found.publisher or _body_name(pieces[index].text)
            pieces[index] = replace(pieces[index], kind="signature")
    return pieces


def _body_name(line: str) -> str:
    """The first of the bodies that sign on one line."""
    return re.split(r"[\s　]+", line.strip())[0]


def _metadata(reading: Reading, pieces: Sequence[Piece], found: _Found, given: str) -> Metadata:
    was = reading.metadata
    source, published = found.source, found.published
    tail = [p.text for p in pieces[-6:] if len(p.text) <= 160]
    remarks = [p.text for p in (*pieces[1:4], *pieces[-4:])]
    for line in remarks:
        name, date = metadata.attributed(line)
        source, published = source or name, published or (date if name else None)
    for line in tail:
        source = source or metadata.source(line, reading.site)
    late = next((d for line in tail if (d := metadata.publication_time(line) or metadata.repost_time(line))), None)
    titles = [p.text for p in pieces[:60] if p.kind == "title"]
    title = given or (titles[0] if titles else None)
    return replace(
        was,
        title=unwrapped(title) if title else None,
        published=was.published or published or found.signed or late,
        signed=was.signed or found.signed,
        publisher=was.publisher or source or found.publisher,
        number=was.number or found.number,
    )
