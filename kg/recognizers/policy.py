"""Policies: titles in 《》, the document's own title with and without a notice around it, titles in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.model import Block, Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE

_BOOK = re.compile(r"《([^《》]{2,90}(?:《[^《》]{2,60}》[^《》]{0,20})?)》")
_YEARS = r"(?:\s*[(（][^()（）]{2,24}[)）])?"
_WRAPPER = re.compile(r"(?:关于)?(?:印发|转发|发布|公布|下达)(?:实施)?《?(.{4,80}?)》?(?:的通知|的公告|的通告)$")
_PLAIN_KINDS = "行动计划|实施方案|行动方案|工作方案|发展规划|若干措施|若干政策|实施意见|实施细则|管理办法|指导意见|战略合作协议"
_NEWS_TAIL = re.compile(r"(?:发布|印发|出台|公布|解读|来了|正式发布|政策解读|全文)$")


@lru_cache(maxsize=2)
def _kind_end(ontology: Ontology) -> re.Pattern[str]:
    forms = sorted({f for k in ontology.of_kinds("PolicyKind") for f in k.forms}, key=lambda f: (-len(f), f))
    return re.compile(rf"(?:{'|'.join(map(re.escape, forms))}){_YEARS}$")


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Policy mentions; ``name`` is the title without line breaks, 《》 or the notice around it."""
    kind = _kind_end(ontology)
    mentions = [*_titles(document, kind), *_books(document, kind)]
    covered = [(m.start, m.end) for m in mentions]
    for m in _plain(document, ontology, found):
        if not any(s <= m.start and m.end <= e for s, e in covered):
            mentions.append(m)
    return mentions


def _books(document: Document, kind: re.Pattern[str]) -> Iterator[Mention]:
    text = document.text
    for match in _BOOK.finditer(text):
        title = normal(match.group(1))
        inner = unwrapped(title)
        if not kind.search(document.folded[match.start(1) : match.end(1)].strip()) and not kind.search(inner):
            continue
        start, end = match.start(1), match.end(1)
        attributes = (("short", "1"),) if len(inner) <= 6 else ()
        yield Mention(start, end, "Policy", text[start:end], "policy.book", (), inner, 0.9, attributes)


def _titles(document: Document, kind: re.Pattern[str]) -> Iterator[Mention]:
    """Whole lines that are a policy's title: the document's own, or that of the plan under a notice."""
    for index, block in enumerate(document.blocks):
        if block.kind not in ("title", "heading", "paragraph") or index > 40:
            continue
        text = document.text[block.start : block.end]
        name = _own_title(text, block, kind)
        if name:
            start = block.start + max(0, text.find(name))
            end = start + len(name) if text.find(name) >= 0 else block.end
            if text.find(name) < 0:
                start = block.start
            yield Mention(start, end, "Policy", document.text[start:end], "policy.title", (), normal(name), 0.9, (("own", "1"),))


def _own_title(text: str, block: Block, kind: re.Pattern[str]) -> str | None:
    """The policy's title in a title line, None when the line is no such title."""
    line = text.strip()
    if not 8 <= len(line) <= 110 or re.search(r"[。；;!！?？]", line) or line.endswith(("：", ":", "，")):
        return None
    if block.kind != "title" and re.match(r"^\s*(?:[一二三四五六七八九十]+、|[(（]|[0-9]+[.、]|第)", line):
        return None
    wrapped = _WRAPPER.search(line)
    if wrapped:
        return wrapped.group(1).strip("《》") if kind.search(wrapped.group(1).strip("《》")) else None
    line = _NEWS_TAIL.sub("", line)
    if "《" in line or ("，" in line or "," in line) or not kind.search(line):
        return None
    if re.search(r"[ 　:：]", line.strip()) and block.kind == "title":
        return None
    short_kind = re.search(r"(?:条|政策|计划|法|目录|清单|建议)$", line)
    if short_kind and not ("关于" in line or re.search(r"(?:省|市|县|区|国)", line[:12])):
        return None
    return line if len(line) >= 8 else None


def _plain(document: Document, ontology: Ontology, found: Sequence[Mention]) -> Iterator[Mention]:
    """山西省光伏产业链2022年行动计划, without 《》: a place at the start, a kind at the end, nothing verbal between."""
    text = document.folded
    pattern = re.compile(rf"[^,，。;；:：、!?\n《》\"的]{{2,36}}?(?:{_PLAIN_KINDS})(?:\([^()]{{4,16}}\))?")
    for place in found:
        if place.rule == CANDIDATE or not ontology.is_a(place.label, "Place") or place.attribute("deictic"):
            continue
        match = pattern.match(text, place.end)
        if match and not re.search(r"发布|印发|出台|制定|提出|通过|公布|推出|实施(?!方案|意见|细则)|编制|《", match.group()):
            start, end = place.start, match.end()
            yield Mention(start, end, "Policy", document.text[start:end], "policy.plain", (), normal(document.text[start:end]), 0.6)


def normal(title: str) -> str:
    """A title on one line."""
    return re.sub(r"\s+", "", title)


def unwrapped(title: str) -> str:
    """关于印发X的通知 -> X."""
    match = _WRAPPER.search(title)
    return match.group(1).strip("《》") if match else title
