"""Where the article of a page is, and what inside it is none: found by how much text and how many links elements hold.

Elements are measured once, in one pass from the leaves up, so that time grows with the page and not with its nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.readers import words

_NOISE_NAME = r"(?:^|[-_ ])(?:<page-noise>)(?:$|[-_ ])"
_LINKED = 0.5
"""Share of links in the text of a box from which it is a menu, a share bar or a list of other pages, whatever its name."""
_BOXES = frozenset(("div", "ul", "ol", "dl", "p", "section", "aside", "h4", "h5", "h6"))
_HOLDERS = frozenset(("article", "main", "div", "section", "td"))
_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar|7z|pptx?|txt|csv|ceb)(?:$|[?#])", re.IGNORECASE)
_BLANK = re.compile(r"\s")


@dataclass(slots=True)
class Extent:
    """What an element holds: characters other than blanks, those of them in links, and links."""

    text: int = 0
    linked: int = 0
    links: int = 0
    attached: bool = False
    """Whether a link leads to a file or names a policy in 《》."""
    titled: bool = False

    def add(self, other: Extent) -> None:
        self.text += other.text
        self.linked += other.linked
        self.links += other.links
        self.attached |= other.attached
        self.titled |= other.titled


def measure(root: Any) -> dict[int, Extent]:
    """Extent of ``root`` and of every element in it, by ``id`` of the element."""
    extents = {id(root): Extent()}
    stack: list[tuple[Any, bool]] = [(child, False) for child in root.children]
    while stack:
        node, closing = stack.pop()
        above = extents[id(node.parent)]
        if getattr(node, "name", None) is None:
            if type(node).__name__ == "NavigableString":
                above.add(Extent(len(_BLANK.sub("", node)), titled="《" in node))
        elif closing:
            own = extents[id(node)]
            if node.name == "a":
                own.linked, own.links = own.text, own.links + 1
                own.attached |= own.titled or bool(_FILE.search(str(node.get("href") or "")))
            above.add(own)
        else:
            extents[id(node)] = Extent()
            stack.append((node, True))
            stack.extend((child, False) for child in node.children)
    return extents


def find_article(soup: Any) -> Any:
    """The element that holds the article: a known container, else the one with most text in its own paragraphs."""
    extents = measure(soup)
    return _known(soup, extents) or _widened(_fullest(soup, extents), soup, extents)


def _known(soup: Any, extents: dict[int, Extent]) -> Any:
    """The largest element that bears a name of the list, if it holds a fifth of the page."""
    whole = extents[id(soup)].text
    named: dict[str, list[Any]] = {}
    for tag in soup.find_all(True):
        for name in dict.fromkeys([str(tag.get("id") or ""), *(tag.get("class") or [])]):
            named.setdefault(name.lower(), []).append(tag)
    for name in words.current().words("page-article"):
        best = max(named.get(name, ()), key=lambda tag: extents[id(tag)].text, default=None)
        if best is not None and extents[id(best)].text > max(120, whole / 5):
            return best
    return None


def _fullest(soup: Any, extents: dict[int, Extent]) -> Any:
    best, score = soup.body or soup, 0
    for tag in (best, *(t for t in soup.find_all(True) if t.name in _HOLDERS)):
        if tag.name == "td" and len(tag.contents) < 2:
            continue  # a cell of a data table; pages laid out in tables have more in theirs
        own = sum(_own(child, extents) for child in tag.children) - 2 * extents[id(tag)].linked
        if own > score:
            best, score = tag, own
    return best


def _own(child: Any, extents: dict[int, Extent]) -> int:
    if getattr(child, "name", None) is None:
        return len(child.strip())
    return extents[id(child)].text if child.name in ("p", "table", "ul", "ol") else 0


def _widened(best: Any, soup: Any, extents: dict[int, Extent]) -> Any:
    """The element around ``best`` while that adds some text of its own and not many links."""
    if best is soup.body or best is soup:
        return best
    while (parent := best.parent) is not None and parent.name in ("div", "article", "main", "section"):
        inside, outside = extents[id(best)].text, extents[id(parent)]
        more = inside * 1.15 < outside.text < inside * 3 and outside.linked * 5 <= outside.text
        if parent.name != "article" and not more:
            break
        best = parent
    return best


def drop_noise(article: Any) -> None:
    """Take out what is no text of the article: elements named as such, and boxes of links."""
    noise = words.pattern(_NOISE_NAME, re.IGNORECASE)
    extents = measure(article)
    for tag in article.find_all(True):
        if tag.decomposed or extents[id(tag)].text >= 400:
            continue
        names = " ".join([*(tag.get("class") or []), str(tag.get("id") or "")])
        if names.strip() and noise.search(names):
            tag.decompose()
    for box in list(_link_boxes(article)):
        box.decompose()


def _link_boxes(article: Any) -> Iterator[Any]:
    """The outermost boxes that are mostly links to other pages; none where the article itself is, none inside tables."""
    extents = measure(article)
    if _mostly_links(extents[id(article)]):
        return
    stack = [article]
    while stack:
        for child in stack.pop().children:
            if getattr(child, "name", None) is None or child.name == "table":
                continue
            if child.name in _BOXES and _mostly_links(extents[id(child)]):
                yield child
            else:
                stack.append(child)


def _mostly_links(extent: Extent) -> bool:
    """A single link is none too many, and attachments and policies named in links belong to the text."""
    return extent.links >= 2 and not extent.attached and extent.linked >= _LINKED * max(1, extent.text)
