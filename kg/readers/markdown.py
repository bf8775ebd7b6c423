"""Markdown with front matter (YAML of Jekyll, Hugo, Hexo; TOML of Hugo) and embedded HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from kg.model import Metadata
from kg.readers import metadata
from kg.readers.decoding import decode
from kg.readers.structure import Piece, Reading, table_pieces

_FRONT = re.compile(r"\A\ufeff?\s*(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_SIZE, _FRONT_NESTS = 50_000, 500
"""Characters and brackets of front matter; that of real pages has a hundredth of it."""
_HEADING_TAG = re.compile(r"<(h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|ul|ol|tr|table|section|article|blockquote|center|hr)\b[^<>]{0,500}>", re.IGNORECASE)
_ITEM_TAG = re.compile(r"<li\b[^<>]{0,500}>", re.IGNORECASE)
_TABLE = re.compile(r"<(table)\b[^<>]{0,500}>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(p|div|span)\b[^<>]{0,300}display\s*:\s*none[^<>]{0,300}>", re.IGNORECASE)
_BOLD_TAG = re.compile(r"</?(?:strong|b)\b[^<>]{0,500}>", re.IGNORECASE)
_DROPPED = re.compile(r"<(script|style)\b[^<>]{0,500}>|<(!--)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$")
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_TITLE = ("title", "标题", "name")
_DATE = ("date", "publishdate", "published", "pubdate", "日期", "发布日期", "发布时间", "created")
_SOURCE = ("source", "来源", "publisher", "发布机构", "site")
_AUTHOR = ("author", "作者")
_NUMBER = ("number", "发文字号", "文号", "document_number")
_URL = ("url", "link", "canonical", "原文链接", "source_url")


def read(data: bytes) -> Reading:
    """Pieces of a Markdown file."""
    text, encoding, notes = decode(data)
    front, body = split_front_matter(text)
    lines = _lines(body)
    pieces = tuple(_blocks(lines))
    return Reading(pieces, _metadata(front, pieces), encoding, tuple(notes))


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Front matter as strings (keys in lower case) and the body; broken YAML is read line by line."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    body = text[match.end() :]
    raw = match.group(2)
    if match.group(1) == "+++":
        import tomllib

        try:
            return _strings(tomllib.loads(raw)), body
        except tomllib.TOMLDecodeError:
            return _by_line(raw), body
    return _yaml(raw), body


def _yaml(raw: str) -> dict[str, str]:
    import yaml

    if len(raw) > _FRONT_SIZE or raw.count("[") + raw.count("{") > _FRONT_NESTS:
        return _by_line(raw)  # the parser's time grows with the square of the nesting
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(raw, Loader=yaml.BaseLoader)):
            return _by_line(raw)  # ten lines of aliases of aliases unfold to a billion entries
        # BaseLoader keeps every scalar as written: no 12:30 -> 750, no on: -> True.
        loaded = yaml.load(raw, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return _by_line(raw)
    return _strings(loaded) if isinstance(loaded, dict) else _by_line(raw)


def _strings(values: dict[Any, Any]) -> dict[str, str]:
    return {
        str(k).lower(): "、".join(str(i) for i in v) if isinstance(v, list) else str(v)
        for k, v in values.items()
        if not isinstance(v, dict)
    }


def _by_line(raw: str) -> dict[str, str]:
    found = {}
    for line in raw.splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip() and not key.startswith((" ", "-")):
            found[key.strip().lower()] = value.strip().strip("\"'")
    return found


def _lines(body: str) -> list[str]:
    body = _replaced(_HIDDEN, _replaced(_DROPPED, body, lambda tag, text: ""), lambda tag, text: "")
    body = _replaced(_TABLE, body, lambda tag, text: "\n" + _html_table(f"<table>{text}</table>") + "\n")
    body = _replaced(_HEADING_TAG, body, _heading)
    body = _BOLD_TAG.sub("**", body)
    body = _ITEM_TAG.sub("\n- ", body)
    body = _BLOCK_TAG.sub("\n", body)
    body = html.unescape(_TAG.sub("", body))
    body = _LINK.sub(r"\1", body)
    return [line for line in body.split("\n") if line.strip() and not _RULE.match(line)]


def _heading(tag: str, text: str) -> str:
    return "\n" + "#" * int(tag[1]) + " " + " ".join(_TAG.sub("", text).split()) + "\n"


def _replaced(opening: re.Pattern[str], body: str, replacement: Callable[[str, str], str]) -> str:
    """``body`` with each element that ``opening`` begins replaced; in linear time, whatever is left open."""
    parts, position = [], 0
    unclosed: set[str] = set()
    for match in opening.finditer(body):
        tag = next(g for g in match.groups() if g).lower()
        if match.start() < position or tag in unclosed:
            continue
        closing = re.compile("-->" if tag == "!--" else f"</{tag}\\s*>", re.IGNORECASE).search(body, match.end())
        if closing is None:
            unclosed.add(tag)
            continue
        parts += [body[position : match.start()], replacement(tag, body[match.end() : closing.start()])]
        position = closing.end()
    return "".join(parts) + body[position:]


def _html_table(table: str) -> str:
    """A table in HTML as the lines of a Markdown table."""
    from bs4 import BeautifulSoup

    from kg.readers.html import grid

    rows = grid(BeautifulSoup(table, "html.parser"))
    return "\n".join("| " + " | ".join(cell.replace("|", "｜") for cell in row) + " |" for row in rows)


def _blocks(lines: list[str]) -> list[Piece]:
    """Pieces of the lines; the lines of one table go together."""
    pieces: list[Piece] = []
    table: list[list[str]] = []
    for line in [*lines, ""]:
        if line.lstrip().startswith("|") and line.count("|") > 1:
            if not _TABLE_RULE.match(line):
                table.append([_plain(c) for c in line.strip().removeprefix("|").removesuffix("|").split("|")])
            continue
        pieces.extend(table_pieces(table))
        table = []
        piece = _piece(line)
        if piece is not None:
            pieces.append(piece)
    return pieces


def _piece(line: str) -> Piece | None:
    heading = re.match(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*$", line)
    if heading:
        return Piece(_plain(heading.group(2)), "heading", min(len(heading.group(1)), 4))
    item = re.match(r"^\s*(?:[-*+]\s+|>[\s>]*)(.*)$", line)
    inner = (item.group(1) if item else line).strip()
    bold = re.match(r"^\*\*(.+?)\*\*", inner)
    text = _plain(inner)
    if not text:
        return None
    quoted = item is not None and line.lstrip().startswith(">")
    return Piece(text, "item" if item and not quoted else "paragraph", 0, len(_plain(bold.group(1))) if bold else 0)


def _plain(text: str) -> str:
    return re.sub(r"\*\*|(?<!\w)__|__(?!\w)|(?<!\*)\*(?!\*)|`", "", text).strip()


def _metadata(front: dict[str, str], pieces: tuple[Piece, ...]) -> Metadata:
    def first(keys: tuple[str, ...]) -> str | None:
        return next((front[k] for k in keys if front.get(k)), None)

    near = [p.text for p in (*pieces[:10], *pieces[-6:])]
    heading = next((p.text for p in pieces[:3] if p.kind == "heading" and p.level == 1), None)
    source = next((s for s in map(metadata.source, near) if s), None)
    return Metadata(
        title=first(_TITLE) or heading,
        published=metadata.iso_date(first(_DATE)) or next((d for d in map(metadata.publication_time, near) if d), None),
        publisher=source or metadata.publisher(first(_SOURCE)) or metadata.publisher(first(_AUTHOR)),
        number=first(_NUMBER),
        url=first(_URL),
        extra=tuple(sorted((k, v) for k, v in front.items() if k in ("tags", "categories", "description"))),
    )
