"""HTML pages: the article with its title, date and source; menus, footers and lists of links stay out."""

from __future__ import annotations

import re
from typing import Any

from kg.model import Metadata
from kg.readers import metadata
from kg.readers.decoding import decode
from kg.readers.structure import Piece, Reading

_NOISE_TAGS = ("script", "style", "noscript", "nav", "footer", "aside", "form", "button", "iframe", "svg", "select")
_NOISE_NAME = re.compile(
    r"(?:^|[-_ ])(?:nav|menu|footer|foot|copyright|share|related|relate|recommend|hot|sidebar|side|crumb|breadcrumb|pager|"
    r"comment|toolbar|ad|ads|banner|qrcode|report|editor-note|friend|links|login|search|tags|xgwz|tjyd)(?:$|[-_ ])",
    re.IGNORECASE,
)
_ARTICLE = (
    "UCAP-CONTENT", "zoom", "article-content", "TRS_Editor", "TRS_PreAppend", "article_content", "articleContent", "content-body",
    "artibody", "news-content", "news_content", "article-body", "xxgk_content", "detail-content", "pages_content", "main-content",
)  # fmt: skip
_BLOCKS = {"p", "div", "li", "td", "th", "tr", "table", "ul", "ol", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6",
           "blockquote", "dd", "dt", "dl", "pre", "main", "body", "figure", "figcaption", "center", "tbody", "thead"}  # fmt: skip
_TITLE_TAIL = re.compile(r"\s*[_|｜\-–—]+\s*[^_|｜\-–—]{2,20}$")


def read(data: bytes) -> Reading:
    """Pieces of the article of a page."""
    from bs4 import BeautifulSoup

    text, encoding, notes = decode(data)
    soup = BeautifulSoup(text, "html.parser")
    found = _metadata(soup)
    for tag in soup.find_all(_NOISE_TAGS):
        tag.decompose()
    body = _article(soup)
    _drop_noise(body)
    pieces = tuple(_pieces(body, found.title))
    return Reading(pieces, found, encoding, tuple(notes))


def _metadata(soup: Any) -> Metadata:
    tags = {str(m.get("name") or m.get("property") or "").lower(): str(m.get("content") or "") for m in soup.find_all("meta")}
    heading = soup.find("h1")
    title = tags.get("articletitle") or (heading.get_text(strip=True) if heading else "")
    if not title and soup.title:
        title = _TITLE_TAIL.sub("", soup.title.get_text(strip=True))
    time = soup.find("time")
    text = soup.get_text("\n")
    return Metadata(
        title=title or None,
        published=metadata.iso_date(tags.get("pubdate") or tags.get("article:published_time"))
        or (metadata.iso_date(time.get_text()) if time else None)
        or metadata.publication_time(text)
        or _date_near_title(text, title),
        publisher=tags.get("contentsource") or metadata.source(text) or tags.get("og:site_name") or None,
        number=metadata.document_number(text),
        url=tags.get("url") or None,
    )


def _date_near_title(text: str, title: str) -> str | None:
    position = text.rfind(title) if title else -1
    return metadata.iso_date(text[position : position + 400]) if position >= 0 else None


def _article(soup: Any) -> Any:
    """The element that holds the article: a known container, else the one with most text in its own paragraphs."""
    for name in _ARTICLE:
        found = soup.find(id=name) or soup.find(class_=name)
        if found and len(found.get_text(strip=True)) > 120:
            return found
    best, score = soup.body or soup, 0.0
    for tag in soup.find_all(["article", "main", "div", "section", "td"]):
        own = sum(len(p.get_text(strip=True)) for p in tag.find_all("p", recursive=False))
        own += sum(len(t.strip()) for t in tag.find_all(string=True, recursive=False))
        links = sum(len(a.get_text(strip=True)) for a in tag.find_all("a"))
        if own - 2 * links > score:
            best, score = tag, float(own - 2 * links)
    while best.parent is not None and best.parent.name in ("div", "article", "main", "section"):
        parent = best.parent
        inside, outside = len(best.get_text(strip=True)), len(parent.get_text(strip=True))
        if parent.name in ("article",) or (outside > inside * 1.15 and outside < inside * 3 and not _link_heavy(parent)):
            best = parent
        else:
            break
    return best


def _link_heavy(tag: Any) -> bool:
    links = sum(len(a.get_text(strip=True)) for a in tag.find_all("a"))
    return links * 5 > len(tag.get_text(strip=True))


def _drop_noise(body: Any) -> None:
    for tag in body.find_all(True):
        if tag.decomposed or tag is body:
            continue
        names = " ".join([*(tag.get("class") or []), str(tag.get("id") or "")])
        if names.strip() and _NOISE_NAME.search(names) and len(tag.get_text(strip=True)) < 400:
            tag.decompose()


def _pieces(body: Any, title: str | None) -> list[Piece]:
    """Block-level walk: inline tags never cut a word, <br> ends a line."""
    pieces: list[Piece] = []
    buffer: list[str] = []
    bold: list[int] = [0]

    def flush(kind: str = "paragraph", level: int = 0) -> None:
        text = re.sub(r"\s*\n\s*", " ", "".join(buffer)).strip()
        if text:
            pieces.append(Piece(text, kind, level, bold[0] if kind == "paragraph" else 0))  # type: ignore[arg-type]
        buffer.clear()
        bold[0] = 0

    stack: list[tuple[Any, bool]] = [(body, False)]
    while stack:
        node, closing = stack.pop()
        name = getattr(node, "name", None)
        if name is None:
            if type(node).__name__ == "NavigableString":
                buffer.append(re.sub(r"[\r\n\t]+", " ", str(node)))
            continue
        if closing:
            if name in ("strong", "b") and "".join(buffer).strip() and bold[0] == -1:
                bold[0] = len("".join(buffer).strip())
            elif name[0] == "h" and name[1:].isdigit():
                flush("heading", int(name[1]))
            elif name in _BLOCKS:
                flush("item" if name == "li" else "paragraph")
            continue
        if name in _BLOCKS:
            flush()
        if name == "br":
            flush()
            continue
        if name in ("strong", "b") and not "".join(buffer).strip():
            bold[0] = -1
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(list(node.children)))
    flush()
    return [p if p.bold >= 0 else Piece(p.text, p.kind, p.level) for p in pieces]


