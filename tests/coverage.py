"""How much of a file's Chinese text a reader keeps and how much foreign text it lets in, by counts that share no code with the readers."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kg.readers.decoding import decode

_HAN = re.compile(r"[㐀-鿿⺀-⿕豈-﫿]")
_GRAM = 4
"""Characters that must stand beside one another to count as found."""
_PROSE = 25
"""Chinese characters from which a text outside of links is prose, not a menu."""


def hanzi(text: str) -> str:
    return "".join(_HAN.findall(unicodedata.normalize("NFKC", text)))


@dataclass
class Coverage:
    """Chinese characters wanted and lost, kept and foreign, of several files."""

    wanted: int = 0
    lost: int = 0
    kept: int = 0
    foreign: int = 0
    files: int = 0
    worst: list[tuple[float, float, str]] = field(default_factory=list)

    def add(self, name: str, wanted: str, allowed: str, text: str) -> None:
        """``wanted`` must be in the canonical ``text``, which may have nothing that is not ``allowed``."""
        lost, foreign = missing(hanzi(wanted), hanzi(text)), missing(hanzi(text), hanzi(allowed), once=False)
        size, kept = len(hanzi(wanted)), len(hanzi(text))
        self.wanted, self.lost, self.kept, self.foreign = (
            self.wanted + size,
            self.lost + lost,
            self.kept + kept,
            self.foreign + foreign,
        )
        self.files += 1
        self.worst.append((lost / max(size, 1), foreign / max(kept, 1), name))

    def __str__(self) -> str:
        lost, foreign = 100 * self.lost / max(self.wanted, 1), 100 * self.foreign / max(self.kept, 1)
        return f"{self.files} files, {self.wanted:,} characters, {100 - lost:.2f}% kept, {foreign:.2f}% foreign"


def missing(part: str, whole: str, *, once: bool = True) -> int:
    """Characters of ``part`` in no run of four that ``whole`` has too; as often as it has it, if ``once``.

    A cell over several rows of a table is said in each of them, so that what is said twice is not foreign.
    """
    if len(part) < _GRAM:
        return 0 if part in whole else len(part)
    there = Counter(whole[i : i + _GRAM] for i in range(len(whole) - _GRAM + 1))
    found = bytearray(len(part))
    for i in range(len(part) - _GRAM + 1):
        gram = part[i : i + _GRAM]
        if there[gram] > 0:
            there[gram] -= once
            found[i : i + _GRAM] = b"\1" * _GRAM
    return len(part) - sum(found)


def reference(path: Path) -> tuple[str, str]:
    """(text that must be kept, text that may be) of a file, by plain means."""
    data = path.read_bytes()
    match path.suffix:
        case ".html":
            return page(decode(data)[0])
        case ".docx":
            with zipfile.ZipFile(io.BytesIO(data)) as container:
                xml = container.read("word/document.xml").decode()
            text = "".join(
                re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", xml, flags=re.S))
            )
            return text, text
        case ".pdf":
            return portable(data)
        case ".md":
            text = decode(data)[0]
            body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
            return re.sub(r"<[^>]*>|!?\[([^\]]*)\]\([^)]*\)", r"\1", body), text
        case _:
            text = decode(data)[0]
            return text, text


def page(text: str) -> tuple[str, str]:
    """The innermost element with nine tenths of the prose, without tags; may be kept: headings, fields and title too."""
    from lxml import html

    tree = html.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text))
    for element in list(tree.iter("script", "style", "noscript", "select", "option", "template")):
        element.drop_tree()
    prose: Counter[html.HtmlElement] = Counter()
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "a":
            continue
        own = "".join(
            [
                element.text or "",
                *(child.tail or "" for child in element),
                *(c.text or "" for c in element.iter("span", "b", "strong", "font")),
            ]
        )
        if element.tag in ("p", "td", "div", "li", "section") and len(hanzi(own)) >= _PROSE:
            for above in (element, *element.iterancestors()):
                prose[above] += len(hanzi(own))
    region = tree
    while children := [child for child in region if prose[child] >= 0.9 * prose[tree] and prose[tree]]:
        region = children[0]
    wanted = region.text_content()
    heads = " ".join(e.text_content() for e in tree.iter("title", "h1", "h2", "h3", "table"))
    metas = " ".join(e.get("content") or "" for e in tree.iter("meta"))
    before = "".join(region.getparent().text_content() if region.getparent() is not None and region.tag in ("p", "td") else "")
    return wanted, " ".join([wanted, heads, metas, before])


def portable(data: bytes) -> tuple[str, str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    pages = [document[index].get_textpage().get_text_bounded().splitlines() for index in range(len(document))]
    document.close()
    # Heads, feet and the heads of tables over several pages are wanted no more than once.
    on_pages = Counter(bare for page in pages for bare in {hanzi(line) for line in page})
    repeated = {bare for bare, count in on_pages.items() if count > 2 and count * 5 >= len(pages) * 2}
    lines = [line for page in pages for line in page]
    return "\n".join(line for line in lines if hanzi(line) not in repeated), "\n".join(lines)
