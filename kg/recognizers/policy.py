"""Policies: titles in 《》, the document's own title with and without a notice around it, titles in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.folding import fold, simplify
from kg.model import Block, Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE

_BOOK = re.compile(r"《([^《》]{2,90}(?:《[^《》]{2,60}》[^《》]{0,20})?)》")
_YEARS = r"(?:\s*[(（][^()（）]{2,24}[)）])?"
_WRAPPER = re.compile(r"(?:关于)?(?:印发|转发|发布|公布|下达)(?:实施)?《?(.{4,80}?)》?(?:的通知|的公告|的通告)$")
_PLAIN_KINDS = (
    "政策举措|行动计划|实施方案|行动方案|工作方案|发展规划|若干措施|若干政策|实施意见|实施细则|管理办法|指导意见|战略合作协议"
)
_QUOTED = re.compile(r"[“\"‘「][^”\"’」\n]{2,40}[”\"’」]")
_NUMBERED = re.compile(r"(?P<body>[一-鿿]{2,8})[〔(\[（][12][0-9]{3}[〕)\]）]第?[0-9]{1,4}号$")
_LEADING_NUMBER = re.compile(r"^[一-鿿]{1,10}[〔(\[（][12][0-9]{3}[〕)\]）]第?[0-9]{1,4}号\s*(?=[一-鿿])")
_GLUED = re.compile(
    r"(?:的通知|的意见|的函|的批复|的决定|的公告|的通告|意见|方案|办法|规划|计划|措施|细则|规定|条例)(?=[一-鿿]{2,8}$)"
)
_HEADLINE = re.compile(r"([^《》:：,，!！?？]{4,20})《[^《》]{2,10}》(?=[:：]|$)")
_VERBS = "发布|印发|出台|制定|提出|通过|公布|推出|编制|解读|解析|读懂|一图|落实|贯彻|实施(?!方案|意见|细则)"
_NEWS_TAIL = re.compile(r"(?:发布|印发|出台|公布|解读|来了|正式发布|政策解读|全文)$")


@lru_cache(maxsize=2)
def _kind_end(ontology: Ontology) -> re.Pattern[str]:
    forms = sorted({f for k in ontology.of_kinds("PolicyKind") for f in k.forms}, key=lambda f: (-len(f), f))
    return re.compile(rf"(?:{'|'.join(map(re.escape, forms))}){_YEARS}$")


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Policy mentions; ``name`` is the title without line breaks, 《》 or the notice around it."""
    kind = _kind_end(ontology)
    mentions: list[Mention] = []
    for group in (
        _titles(document, kind),
        _books(document, kind, ontology),
        _plain(document, ontology, found),
        _announced(document, ontology),
    ):
        covered = [(m.start, m.end) for m in mentions]
        titled = any(m.attribute("own") for m in mentions)
        # 就…提出如下意见 in a policy with a title speaks of itself.
        fresh = [m for m in group if not (titled and m.rule == "policy.about")]
        mentions += [m for m in fresh if not any(s <= m.start and m.end <= e for s, e in covered)]
    return mentions


def _books(document: Document, kind: re.Pattern[str], ontology: Ontology) -> Iterator[Mention]:
    text = document.text
    known = ontology.word_set("known-policies")
    general = {f for k in ontology.of_kinds("PolicyKind") for f in k.forms}
    for match in _BOOK.finditer(text):
        inner = unwrapped(normal(match.group(1)))
        folded = document.folded[match.start(1) : match.end(1)].strip()
        if not kind.search(folded) and not kind.search(inner) and fold(inner) not in known:
            continue
        start, end = match.start(1), match.end(1)
        attributes = (("short", "1"),) if inner in general or len(inner) <= 4 and not inner.endswith("法") else ()
        yield Mention(start, end, "Policy", text[start:end], "policy.book", (), inner, 0.9, attributes)


def _titles(document: Document, kind: re.Pattern[str]) -> Iterator[Mention]:
    """Lines that are a policy's title: the document's own, or that of the plan under a notice; a title may break into lines."""
    used = -1
    for index, block in enumerate(document.blocks[:40]):
        if index <= used or block.kind not in ("title", "heading", "paragraph"):
            continue
        for last in range(index, min(index + 4, len(document.blocks))):
            if last > index and not _continues(document, document.blocks[last - 1], document.blocks[last]):
                break
            text = document.text[block.start : document.blocks[last].end]
            name = _own_title(normal(text) if last > index else text, block, kind)
            if name:
                used = last
                at = text.find(name)
                start = block.start + max(0, at)
                end = start + len(name) if at >= 0 else document.blocks[last].end
                found = document.text[start:end]
                yield Mention(start, end, "Policy", found, "policy.title", (), normal(name), 0.9, (("own", "1"),))
                break


def _continues(document: Document, block: Block, following: Block) -> bool:
    """Whether a title line runs on: it opens with 关于 or 印发 and has neither stop nor colon."""
    line = document.folded[block.start : block.end].strip()
    if following.kind not in ("title", "heading", "paragraph") or len(line) > 50:
        return False
    return ("关于" in line or "印发" in line or line.endswith(("、", "人民政府", "办公厅", "委员会"))) and not re.search(
        r"[。;:]", line
    )


def _own_title(text: str, block: Block, kind: re.Pattern[str]) -> str | None:
    """The policy's title in a title line, None when the line is no such title."""
    plain = simplify(text)
    title = _plain_title(plain, block, kind)
    at = plain.find(title) if title else -1
    return text[at : at + len(title)] if title and at >= 0 else title


def _without_number(line: str) -> str:
    """A title without the document number that a lost line break glued to it: …的函渝府办函〔2021〕52号."""
    number = _NUMBERED.search(line)
    if number is None:
        return line
    glued = _GLUED.search(line, 0, number.end("body"))
    return line[: glued.end() if glued else number.start()]


def _plain_title(text: str, block: Block, kind: re.Pattern[str]) -> str | None:
    """The same of a line in simplified script."""
    line = re.sub(r"^附(?:件|表)?\s*[0-9一二三四五六]?\s*[:：]?\s*", "", text.strip())
    line = _without_number(_LEADING_NUMBER.sub("", line))
    if "关于" in line:
        line = re.sub(r"[ 　]", "", line)
    line = _QUOTED.sub(lambda m: re.sub(r"\s", "", m.group()), line)
    if re.match(r"[及和的与、]", line):
        return None
    if not 8 <= len(line) <= 110 or re.search(r"[。；;!！?？]", line) or line.endswith(("：", ":", "，")):
        return None
    if block.kind != "title" and re.match(r"^\s*(?:[一二三四五六七八九十]+、|[(（]|[0-9]+[.、．]|第)", line):
        return None
    wrapped = _WRAPPER.search(line)
    if wrapped:
        return wrapped.group(1).strip("《》〈〉<>") if kind.search(wrapped.group(1).strip("《》〈〉<>")) else None
    headline = _HEADLINE.match(line)
    if block.kind == "title" and headline and not re.search(_VERBS, headline.group(1)):
        return headline.group()
    line = _NEWS_TAIL.sub("", line)
    if "《" in line or ("，" in line or "," in line) or not kind.search(line):
        return None
    if re.search(r"[ 　:：]", line):
        return None
    short_kind = re.search(r"(?:条|政策|计划|法|目录|清单|建议|指南|公告|函|规定|协议)$", line)
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
        if match and not re.search(_VERBS, match.group()):
            year = _YEAR_BEFORE.search(text, max(0, place.start - 6), place.start)
            start, end = year.start() if year else place.start, match.end()
            yield Mention(
                start, end, "Policy", document.text[start:end], "policy.plain", (), normal(document.text[start:end]), 0.6
            )


_YEAR_BEFORE = re.compile(r"(?<![0-9])[12][0-9]{3}年$")
_NO_TITLE = "[多一两几本该了这其我各和的及与等]|全(?!国)|系列|相关|有关|配套|年度|省级|国家级|市级|区级"
_TITLE_IN_LIST = re.compile(rf"[^,。;:、《》\n()]{{8,34}}?(?:{_PLAIN_KINDS})(?:\s*\([^()\n]{{4,16}}\))?(?=[,。;、的等和]|$)")
_YEAR_TAIL = r"(?:\s*\([^()\n]{4,16}\))?"


@lru_cache(maxsize=2)
def _patterns(ontology: Ontology) -> tuple[re.Pattern[str], ...]:
    cues = "|".join(map(re.escape, ontology.words("announce-cues")))
    kinds = f"{_PLAIN_KINDS}|规划|方案|三年行动"
    title = rf"(?P<title>(?![多一两几本该了这其我各全、和的及与等]|系列|相关|有关|配套)[^,。;:《》\n]{{4,36}}?(?:{kinds}){_YEAR_TAIL})"
    strong = rf"[^,。;:、《》\n()]{{8,34}}(?:{_PLAIN_KINDS}){_YEAR_TAIL}"
    return (
        re.compile(rf"(?:{cues})(?:了)?{title}(?=[,。;:、\s]|$|引起|明确|提出|,)"),
        re.compile(rf'(?:{cues}|实施|落实)(?P<title>[^,。;:《》\n"]{{2,20}}"[0-9一二三四五六七八九十百]{{1,4}}条")'),
        re.compile(
            r"就(?P<topic>[^,。;:《》\n]{6,40}?)(?:提出|出台|制定|印发)(?:若干|实施|指导|如下)?(?P<kind>意见|措施|政策)"
        ),
        re.compile(
            rf"(?:制定|制订|提出|拟定)本(?!校|单位|地|行业|市|县|区|省|企业|辖区|部门|系统|年度)(?P<title>[^,。;:《》\n]{{2,30}}?(?:{kinds}|政策|办法|意见|措施|规定|细则|方案))(?=[。,])"
        ),
        re.compile(
            rf"(?:列入|纳入|[,。;]如|例如|包括|出台|印发|发布)(?:了)?(?P<titles>(?!{_NO_TITLE}){strong}(?:[、和]{strong})*)(?=[,。;、的]|$|等)"
        ),
    )


def _announced(document: Document, ontology: Ontology) -> Iterator[Mention]:
    """Titles without 《》 that an issuing verb opens: 出台新基建三年行动方案; 就…提出意见; 制定本…政策."""
    plain, articles, about, this, listed = _patterns(ontology)
    for match in listed.finditer(document.folded):
        for part in _TITLE_IN_LIST.finditer(document.folded, *match.span("titles")):
            start, end = part.span()
            if not re.search(_VERBS, part.group()):
                words = document.text[start:end]
                yield Mention(start, end, "Policy", words, "policy.listed", (), normal(words), 0.5)
    for pattern in (plain, articles, this):
        for match in pattern.finditer(document.folded):
            start, end = match.span("title")
            if re.search(rf"{_VERBS}|等[0-9一二三四五六七八九十多]", match.group("title")):
                continue
            if pattern is plain and end - start < 8:
                continue
            own = (("own", "1"),) if pattern is this and end - start > 6 else ()
            if pattern is this and not own:
                continue
            name = normal(document.text[start:end])
            yield Mention(start, end, "Policy", document.text[start:end], "policy.announced", (), name, 0.55, own)
    for match in about.finditer(document.folded):
        start, end = match.start("topic"), match.end()
        name = f"关于{normal(document.text[start : match.end('topic')])}的{match.group('kind')}"
        yield Mention(start, end, "Policy", document.text[start:end], "policy.about", (), name, 0.5)


def normal(title: str) -> str:
    """A title on one line."""
    return re.sub(r"\s+", "", title)


def unwrapped(title: str) -> str:
    """关于印发X的通知 -> X."""
    match = _WRAPPER.search(simplify(title))
    inner = title[match.start(1) : match.end(1)].strip("《》〈〉<>") if match else title
    return re.sub(r"^附件[0-9一二三四五六]?[:：]?", "", inner)
