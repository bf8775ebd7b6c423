"""HTML pages: the article with its title, date and source; menus, footers and lists of links stay out."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from kg.errors import EmptyError
from kg.model import Metadata
from kg.readers import metadata, words
from kg.readers.article import drop_noise, find_article
from kg.readers.decoding import decode
from kg.readers.structure import Piece, Reading, table_pieces

_NOISE_TAGS = (
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "iframe", "svg", "select", "head",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_IS_HIDDEN = re.compile(r"^(?!until-found)")
"""The attribute ``hidden`` hides whatever its value is, but for until-found."""
_BLOCKS = {
    "p", "div", "li", "td", "th", "tr", "table", "ul", "ol", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote",     "dd", "dt", "dl", "pre", "main", "body", "figure", "figcaption", "center", "tbody", "thead", "header", "hr", "caption",
    "tfoot",
}  # fmt: skip
_TITLE_TAIL = re.compile(r"\s*(?:[_|｜]|\s[-–—]\s?|[-–—](?=[^-–—]{2,14}$))+\s*([^_|｜–—-]{2,20})$")
_MAX_DEPTH = 400
"""Tags nested more deeply than this are read as a stream of text: tree walks would be quadratic or lose the text."""
_MAX_TAGS = 300_000
"""Pages of more tags are read as a stream too; the largest real pages have some thousands."""
_MAX_SPAN = 60
"""Columns or rows one table cell may claim; pages with rowspan=9007199254740991 exist."""
_NO_TITLE = re.compile(
    r"^(?:首页|正文|详情|内容|文章|新闻|无标题|untitled|document|index|通知公告|政策文件|信息公开)(?:页|内容|详情|正文)?$",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:Copyright|版权所有|©)[^\n一-鿿]{0,30}([一-鿿]{2,14}(?:网|报|社|平台|频道|资讯|政府|委员会|局|厅))")
_BLOCKED = r"(?:404|403|502).{0,20}(?:not found|forbidden|页面|error)|<page-errors>"


def read(data: bytes) -> Reading:
    """Pieces of the article of a page. Raises EmptyError (BOILERPLATE) for error pages."""
    from bs4 import BeautifulSoup

    text, encoding, notes = decode(data)
    if unwieldy := _unwieldy(text):
        lines = tuple(Piece(line) for line in _stream(text))
        return Reading(lines, Metadata(), encoding, (*notes, f"{unwieldy}: read as plain text"))
    soup = BeautifulSoup(text, "html.parser")
    found, site = _metadata(soup)
    hidden = _strip(soup)
    body = find_article(soup)
    before = len(_squeezed(body))
    drop_noise(body)
    pieces = _pieces(body)
    if sum(len(p.text) for p in pieces) < 60:
        fallback = _by_trafilatura(text)
        pieces = fallback if _hanzi(fallback) > _hanzi(pieces) else pieces
    whole = "".join(p.text for p in pieces)
    if len(whole) < 200 and words.pattern(_BLOCKED, re.IGNORECASE).search(whole + (found.title or "")):
        raise EmptyError("an error page or one that needs JavaScript; save the page from a browser", code="BOILERPLATE")
    broken = whole.count("\ufffd") - text.count("\ufffd")
    if broken > 0:
        notes.append(f"{broken} references to no character (&#0;) replaced by U+FFFD")
    if len(whole) < 60 and soup.find(("frame", "iframe")) is not None:
        raise EmptyError("the text is in frames; save the page of the frame", code="BOILERPLATE")
    if len(whole) < 60 and soup.find("img") is not None:
        raise EmptyError("the text is in pictures; run OCR and pass the text", code="SCANNED")
    if hidden:
        notes.append(f"{hidden} characters of hidden text left out")
    left = before - len(re.sub(r"\s", "", whole.replace(" | ", "")))
    if left > 20:
        notes.append(f"{left} characters of navigation inside the article left out")
    return Reading(tuple(pieces), found, encoding, tuple(notes), site)


def _metadata(soup: Any) -> tuple[Metadata, str | None]:
    tags = {
        str(m.get("name") or m.get("property") or "").lower(): str(m.get("content") or "").strip()
        for m in soup.find_all("meta")
    }
    page_title = soup.title.get_text(" ", strip=True) if soup.title else ""
    tail = _TITLE_TAIL.search(page_title)
    site = tags.get("sitename") or tags.get("og:site_name") or (tail.group(1).strip() if tail else None) or _site(soup)
    heading = next((h for h in soup.find_all("h1") if len(_squeezed(h)) >= 6), None)
    title = tags.get("articletitle") or (heading.get_text(" ", strip=True) if heading else "") or _shown_title(soup, page_title)
    if len(title) < 5 or _NO_TITLE.match(title):
        title = ""
    text = soup.get_text("\n")
    position = max(text.find(title), 0) if title else 0
    near = text[position : position + 600]
    time = soup.find("time")
    found = Metadata(
        title=title or None,
        published=metadata.iso_date(tags.get("pubdate") or tags.get("article:published_time") or tags.get("publishdate"))
        or (metadata.iso_date(str(time.get("datetime") or "") or time.get_text()) if time else None)
        or metadata.publication_time(text)
        or metadata.iso_date(near[: len(title) + 200]),
        publisher=metadata.publisher(tags.get("contentsource") or _source(text) or None, site),
        number=_number(text),
        url=tags.get("url") or tags.get("og:url") or _canonical(soup),
    )
    return found, site


def _source(text: str) -> str | None:
    return metadata.source(text) or ("本网" if re.search(r"来源\s*[：:]\s*本[网站]", text) else None)


def _number(text: str) -> str | None:
    """A document number in a field or on a line of its own: those inside sentences are other documents'."""
    field = re.search(r"(?:发文字号|发文文号|文\s*号|文件编号)\s*[】\]]?\s*[：:]?\s*([^\n]{0,60}(?:\n[^\n]{0,60}){0,3})", text)
    if field and (number := metadata.document_number(field.group(1))):
        return number
    return next((n for line in text.split("\n") if 6 < len(line) < 50 and (n := metadata.own_number(line))), None)


def _canonical(soup: Any) -> str | None:
    link = soup.find("link", rel="canonical")
    return str(link.get("href")) if link and link.get("href") else None


def _site(soup: Any) -> str | None:
    """The site's name in the copyright line, or beside its logo."""
    match = _OWNER.search(soup.get_text("\n"))
    return match.group(1) if match else None


def _shown_title(soup: Any, page_title: str) -> str:
    """The title tag without the names of column and site: its longest beginning that the page itself shows."""
    places = ["h1", "h2", "h3", "div", "p", "td", "font", "b", "strong", "span"]
    shown = {_squeezed(t) for t in soup.find_all(places) if t.string}
    short = page_title
    while short:
        if re.sub(r"\s", "", short) in shown:
            return short
        shorter = re.sub(r"\s*[_|｜–—-]+[^_|｜–—-]*$", "", short)
        if shorter == short or len(shorter) < 6:
            break
        short = shorter
    return _TITLE_TAIL.sub("", page_title)


def _squeezed(tag: Any) -> str:
    return re.sub(r"\s", "", tag.get_text())


def _strip(soup: Any) -> int:
    """Take out scripts, navigation and hidden elements; returns how many characters were hidden."""
    from bs4.element import Comment

    hidden = 0
    for tag in soup.find_all(_NOISE_TAGS):
        if tag.name in ("noscript", "template"):
            hidden += len(_squeezed(tag))
        tag.decompose()
    for comment in soup.find_all(string=lambda s: isinstance(s, Comment)):
        comment.extract()
    for tag in (*soup.find_all(style=_HIDDEN), *soup.find_all(hidden=_IS_HIDDEN)):
        if not tag.decomposed:
            hidden += len(_squeezed(tag))
            tag.decompose()
    return hidden


class _Walk:
    """Collects pieces of a block-level walk: inline tags never cut a word, <br> ends a line."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._buffer: list[str] = []
        self._bold = 0
        self._in_bold = False

    def text(self, text: str) -> None:
        self._buffer.append(re.sub(r"[\r\n\t]+", "" if self._hanzi(text) else " ", text))

    @staticmethod
    def _hanzi(text: str) -> bool:
        """Line breaks inside Chinese text are no spaces."""
        return bool(re.search(r"[一-鿿，。；、][\r\n\t ]*[\r\n][\r\n\t ]*[一-鿿]", text))

    def open_bold(self) -> None:
        if not "".join(self._buffer).strip():
            self._in_bold = True

    def close_bold(self) -> None:
        if self._in_bold:
            self._bold, self._in_bold = len("".join(self._buffer).strip()), False

    def flush(self, kind: str = "paragraph", level: int = 0) -> None:
        raw = "".join(self._buffer)
        text = raw.strip()
        if text:
            bold = len(text) if self._in_bold else self._bold
            self.pieces.append(Piece(text, kind, level, bold if kind != "heading" else 0))  # type: ignore[arg-type]
        self._buffer.clear()
        self._bold = 0


def _pieces(body: Any) -> list[Piece]:
    walk = _Walk()
    stack: list[tuple[Any, bool]] = [(body, False)]
    while stack:
        node, closing = stack.pop()
        name = getattr(node, "name", None)
        if name is None:
            if type(node).__name__ == "NavigableString":
                walk.text(str(node))
        elif closing:
            _close(walk, name)
        elif name == "table" and _is_data(node):
            walk.flush()
            walk.pieces.extend(table_pieces(grid(node)))
        else:
            _open(walk, name)
            if name != "br":
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(list(node.children)))
    walk.flush()
    return walk.pieces


def _open(walk: _Walk, name: str) -> None:
    if name in _BLOCKS or name == "br":
        walk.flush()
    elif name in ("strong", "b"):
        walk.open_bold()


def _close(walk: _Walk, name: str) -> None:
    if name in ("strong", "b"):
        walk.close_bold()
    elif re.fullmatch(r"h[1-6]", name):
        walk.flush("heading", min(int(name[1]), 4))
    elif name in _BLOCKS:
        walk.flush("item" if name == "li" else "paragraph")


def _is_data(table: Any) -> bool:
    """A table of data, not of layout: no table in it, several columns, short cells."""
    if table.find("table") is not None:
        return False
    rows = [r.find_all(["td", "th"]) for r in table.find_all("tr")]
    if len(rows) < 2 or max((len(r) for r in rows), default=0) < 2:
        return False
    cells = [len(_squeezed(c)) for row in rows for c in row]
    return max(cells) < 2000 and sum(cells) <= 300 * len(cells)


def grid(table: Any) -> list[list[str]]:
    """Rows of texts; a cell that spans rows or columns stands in each of them (columns: once)."""
    grid: list[list[str]] = []
    pending: dict[int, tuple[int, str]] = {}
    for row in table.find_all("tr"):
        texts: list[str] = []
        cells = list(row.find_all(["td", "th"]))
        column = 0
        while cells or column in pending:
            if column in pending:
                left, text = pending.pop(column)
                if left > 1:
                    pending[column] = (left - 1, text)
                texts.append(text)
            else:
                cell = cells.pop(0)
                text = re.sub(r"\s+", " ", cell.get_text(" ")).strip()
                text = re.sub(r"(?<=[一-鿿，。；、（）]) (?=[一-鿿，。；、（）])", "", text)
                texts.append(text)
                if (span := _span(cell, "rowspan")) > 1:
                    pending[column] = (span - 1, text)
                for _ in range(_span(cell, "colspan") - 1):
                    column += 1
                    texts.append("")
            column += 1
        grid.append(texts)
    return grid


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isdigit() and len(value) < 6 else 1


def _hanzi(pieces: list[Piece]) -> int:
    return sum(len(re.findall(r"[一-鿿]", p.text)) for p in pieces)


def _by_trafilatura(text: str) -> list[Piece]:
    import trafilatura

    found = trafilatura.extract(text, include_comments=False, include_tables=True, favor_recall=True)
    return [Piece(line.strip()) for line in (found or "").split("\n") if line.strip()]


_MARK = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]{0,40})|(!--))")
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr image img input isindex link meta param source track wbr".split()
)


def _unwieldy(text: str) -> str:
    """What makes a page too much for a tree, "" for all others: counted as the parser nests, without building the tree."""
    stack: list[str] = []
    open_tags: Counter[str] = Counter()
    number = position = 0
    while match := _MARK.search(text, position):
        position, number = match.end(), number + 1
        name = match.group(2).lower() if match.group(2) else ""
        if not name:
            position = _after(text, "-->", position)
        elif match.group(1):
            while open_tags[name] and stack:
                open_tags[stack[-1]] -= 1
                if stack.pop() == name:
                    break
        elif name in ("script", "style"):
            position = _after(text, "</" + name, position)
        elif name not in _VOID:
            stack.append(name)
            open_tags[name] += 1
        if len(stack) > _MAX_DEPTH:
            return f"tags nested more than {_MAX_DEPTH} deep"
        if number > _MAX_TAGS:
            return f"more than {_MAX_TAGS} tags"
    return ""


def _after(text: str, mark: str, position: int) -> int:
    found = text.find(mark, position)
    return len(text) if found < 0 else found + len(mark)


def _stream(text: str) -> list[str]:
    """Text of a page by events alone: no tree, so no depth is too deep."""
    stream = _Stream()
    stream.feed(text)
    stream.close()
    return [line for raw in "".join(stream.parts).split("\n") if (line := raw.strip())]


class _Stream(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "noscript", "template", "nav", "footer", "head"):
            self._skipped += 1
        elif tag in _BLOCKS or tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "noscript", "template", "nav", "footer", "head"):
            self._skipped = max(0, self._skipped - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(re.sub(r"\s*\n\s*", " ", data))
