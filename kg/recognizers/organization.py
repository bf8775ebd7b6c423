"""Organizations with a proper name: by their head (大学, 研究院, 协会, 有限公司 …) and in lists that end in 等企业."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE
from kg.recognizers.phrases import ETC, Clause, Spans, boundary_words, clauses, left_cut, outermost, split_items
from kg.words import Hits, Words

_HEADS = {
    "University": "university-heads",
    "Institute": "institute-heads",
    "Association": "association-heads",
    "Company": "company-heads",
    "Organization": "fund-heads",
}
_WEAK = (
    "公司",
    "集团",
    "银行",
    "股份",
    "分公司",
    "交易所",
    "协会",
    "学会",
    "商会",
    "联合会",
    "促进会",
    "联盟",
    "研究会",
    "基金会",
    "医院",
    "学院",
    "分校",
)
"""Heads that follow general words as often as names (贷款银行, 行业协会): they need a place or 中国 before them."""
_OPENERS = ("中国", "国家", "中华", "全国", "国际", "世界", "亚洲")
_NAME = r"[^,，。;:!?、\n\"<>=/|]"
_NOT_PROPER = re.compile(r"[的和与及]|^(?:等|好|其)")
_PLACELESS = re.compile(r"^[0-9a-z一-鿿·()-]+$")


@dataclass(frozen=True)
class _Words:
    pattern: re.Pattern[str]
    heads: Words
    label_of: dict[str, str]
    left: Words
    opening: frozenset[str]
    """Boundary words and general words, which make no proper name."""
    generic: frozenset[str]
    summary: re.Pattern[str]
    """What follows 等 in a list of companies: 一批行业龙头企业."""


@lru_cache(maxsize=2)
def _words(ontology: Ontology) -> _Words:
    label_of = {word: label for label, name in _HEADS.items() for word in ontology.words(name)}
    heads = "|".join(re.escape(w) for w in sorted(label_of, key=lambda w: (-len(w), w)))
    return _Words(
        pattern=re.compile(rf"({_NAME}{{2,26}}?)({heads})(?![a-z一-鿿]{{0}}(?:们|生|家))"),
        heads=Words(label_of),
        label_of=label_of,
        left=boundary_words(ontology.words("topic-left")),
        opening=ontology.word_set("topic-left") | ontology.word_set("organization-generic"),
        generic=ontology.word_set("organization-generic"),
        summary=re.compile(
            rf"(?:[0-9一二三四五六七八九十百多]+(?:余|多)?家|一批|众多|多家|国内外|国内|行业|知名|重点|优质|领先的?|本地|的)*(?:{'|'.join(ontology.words('company-lists'))})"
        ),
    )


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Organization mentions; names that an agency, policy or quantity already holds are left to it."""
    words = _words(ontology)
    taken = Spans([(m.start, m.end) for m in found if m.rule != CANDIDATE and m.label in ("Agency", "Policy")])
    places = Hits((m.start, m.end) for m in found if ontology.is_a(m.label, "Place"))
    topics = {(m.start, m.end) for m in found if m.rule == CANDIDATE and ontology.of_class(m.concepts, "Topic")}
    heads = document.view(words.heads.hits)
    mentions = [*_known(document, ontology, found)]
    for clause in clauses(document):
        if heads.any_within(clause.start, clause.end):
            mentions.extend(_headed(document, words, clause, places))
        mentions.extend(m for m in _listed(document, words, clause) if (m.start, m.end) not in topics)
    return [m for m in outermost(mentions) if not taken.covers(m.start, m.end)]


def _known(document: Document, ontology: Ontology, found: Sequence[Mention]) -> Iterator[Mention]:
    for m in found:
        if m.rule == CANDIDATE:
            concepts = ontology.of_class(m.concepts, "Organization")
            if concepts:
                kind = ontology.concepts[concepts[0]].kind
                yield Mention(m.start, m.end, kind, m.text, "organization.vocabulary", concepts, "", 0.9)


def _headed(document: Document, words: _Words, clause: Clause, places: Hits) -> Iterator[Mention]:
    text = document.folded
    boundaries = document.view(words.left.lengths)
    position = clause.start
    while match := words.pattern.search(text, position, clause.end):
        head_start, head_end = match.start(2), match.end(2)
        left = left_cut(text, match.start(1), head_start, boundaries, inside=True)
        position = head_end
        name = text[left:head_start].strip(" '()")
        weak = match.group(2) in _WEAK and not name.startswith(_OPENERS)
        if weak and not any(end <= head_start for _, end in places.starting(left, left + 2)):
            continue
        if _is_proper(name, words, left, head_start, places):
            label = words.label_of[match.group(2)]
            yield Mention(left, head_end, label, document.text[left:head_end], "organization.head", (), "", 0.75)


def _is_proper(name: str, words: _Words, left: int, right: int, places: Hits) -> bool:
    """A proper name: one that opens with a place or that general words do not wholly make up."""
    if len(name) < 2 or not _PLACELESS.match(name) or _NOT_PROPER.search(name):
        return False
    if places.starting(left, min(left + 2, right - 1)):
        return name not in words.generic
    rest = name
    moved = True
    while moved and rest:
        moved = False
        for size in range(min(6, len(rest)), 0, -1):
            if rest[:size] in words.opening:
                rest, moved = rest[size:], True
                break
    return len(rest) >= 2


def _listed(document: Document, words: _Words, clause: Clause) -> Iterator[Mention]:
    """A、B等企业: the items are companies, whatever they are called."""
    text = document.folded
    etc = ETC.search(text, clause.start, clause.end)
    if not etc or not words.summary.match(text, etc.end()):
        return
    parts = split_items(text, clause.start, etc.start())
    if len(parts) < 2:
        return
    for number, (left, right) in enumerate(parts):
        cut = left_cut(text, left, right, document.view(words.left.lengths), inside=number == 0)
        name = text[cut:right]
        if 2 <= len(name) <= 12 and _PLACELESS.match(name) and not _is_class(name, words):
            yield Mention(cut, right, "Company", document.text[cut:right], "organization.list", (), "", 0.6)


_CLASS = re.compile(
    r"(?:产业|行业|领域|技术|材料|装备|设备|制造|服务|平台|传感器|面板|基板|芯片|膜|片|源|版|液|幕|模组|电池|系统|中小|科技型|型|类|级|化|性|链主|龙头|企业|公司|新能源|汽车|医药|信息|电子信息|国企|民企|外企|央企|巨人|冠军|新特|独角兽|瞪羚|小巨人|专精特新|上市|规上|高新技术)$"
)


def _is_class(name: str, words: _Words) -> bool:
    """Whether an item names a kind of company (专精特新, 新材料) and not a company."""
    return bool(_CLASS.search(name)) or name in words.generic
