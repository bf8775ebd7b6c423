"""Organizations with a proper name: by their head (大学, 研究院, 协会, 有限公司 …) and in lists that end in 等企业."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.folding import fold
from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE
from kg.recognizers.coined import Ordinary, ordinary
from kg.recognizers.companies import Surroundings, companies, in_tables
from kg.recognizers.phrases import Clause, Spans, boundary_words, clauses, left_cut, outermost
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
    "基金",
)
"""Heads that follow general words as often as names (贷款银行, 行业协会): they need a place or 中国 before them."""
_OPENERS = ("中国", "国家", "中华", "全国", "国际", "世界", "亚洲")
_NAME = r"[^,，。;:!?、\n\"<>=/|]"
_COUNTED = re.compile(
    r"[0-9]+(?:个|家|所|名)|[一二三四五六七八九十两]+(?:个|家|所|批)|.{0,3}两级|(?:国家|省|市|县|区)级|.*(?:[0-9]月|[0-9]日|年度|第[一二三四五六七八九十]+条)|.*(?:多所|涉嫌|决定)"
)
_NOT_PROPER = re.compile(r"[的和与及]|^(?:等|好|其)")
_PLACELESS = re.compile(r"^[0-9a-z一-鿿·()-]+$")


_IN_NAMES = frozenset(
    ("国际", "联合", "协同", "生产", "发展", "孵化", "研发", "应用", "推广", "国内", "全国", "采购", "招商", "投产")
)
"""Words that bound the name of a topic, but are part of a body's."""


@dataclass(frozen=True)
class _Words:
    pattern: re.Pattern[str]
    heads: Words
    label_of: dict[str, str]
    left: Words
    ordinary: Ordinary
    opening: frozenset[str]
    """Boundary words and general words, which make no proper name."""
    ambiguous: frozenset[str]
    parents: tuple[str, ...]
    """Short names of the national companies that have a branch everywhere."""

    def all_generic(self, name: str) -> bool:
        """Whether boundary words and general words leave nothing of a name."""
        rest, moved = name, True
        while moved and rest:
            moved = False
            for size in range(min(6, len(rest)), 0, -1):
                if rest[:size] in self.opening:
                    rest, moved = rest[size:], True
                    break
        return len(rest) < 2

    generic: frozenset[str]


@lru_cache(maxsize=2)
def _words(ontology: Ontology) -> _Words:
    label_of = {word: label for label, name in _HEADS.items() for word in ontology.words(name)}
    heads = "|".join(re.escape(w) for w in sorted(label_of, key=lambda w: (-len(w), w)))
    return _Words(
        pattern=re.compile(rf"({_NAME}{{2,26}}?)({heads})(?![a-z一-鿿]{{0}}(?:们|生|家))"),
        heads=Words(label_of),
        label_of=label_of,
        left=boundary_words(
            (*(w for w in ontology.words("topic-left") if w not in _IN_NAMES), *ontology.words("organization-left"))
        ),
        ordinary=ordinary(ontology),
        opening=ontology.word_set("topic-left") | ontology.word_set("organization-generic"),
        generic=ontology.word_set("organization-generic"),
        ambiguous=ontology.word_set("ambiguous-names"),
        parents=ontology.words("branch-parents"),
    )


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Organization mentions; names that an agency, policy or quantity already holds are left to it."""
    words = _words(ontology)
    taken = Spans([(m.start, m.end) for m in found if m.rule != CANDIDATE and m.label in ("Agency", "Policy")])
    places = Hits((m.start, m.end) for m in found if ontology.is_a(m.label, "Place"))
    heads = document.view(words.heads.hits)
    mentions = [*_known(document, ontology, found, words)]
    for clause in clauses(document):
        if heads.any_within(clause.start, clause.end) and not _PROJECTS.search(document.folded, clause.start, clause.end):
            mentions.extend(_headed(document, words, clause, places))
    mentions = outermost([m for m in mentions if not taken.covers(m.start, m.end)])
    around = _surroundings(mentions, found, ontology)
    short = [*in_tables(document, ontology, around)]
    for clause in clauses(document):
        short.extend(companies(document, ontology, clause, around))
    return [m for m in outermost(mentions + short) if not taken.covers(m.start, m.end)]


_PROJECTS = re.compile(r"、[^、]{2,30}等(?:一批|[0-9]+个)?(?:重大|重点)?(?:项目|工程)")
"""A list of projects: what is named in it is one, also when it will be a body one day (海洋大学等重大项目)."""


def _surroundings(mentions: list[Mention], found: Sequence[Mention], ontology: Ontology) -> Surroundings:
    topics = [m for m in found if m.rule == CANDIDATE and ontology.of_class(m.concepts, "Topic")]
    proper = [m for m in found if m.rule != CANDIDATE]
    return Surroundings(
        organizations=_longest(mentions),
        topics=frozenset((m.start, m.end) for m in topics),
        topic_ends=_longest(topics),
        places=_longest([m for m in proper if ontology.is_a(m.label, "Place")]),
        agencies=_longest([m for m in proper if m.label == "Agency"]),
    )


def _longest(mentions: Iterable[Mention]) -> dict[int, int]:
    """Start -> end of the longest mention there."""
    ends: dict[int, int] = {}
    for m in mentions:
        ends[m.start] = max(m.end, ends.get(m.start, 0))
    return ends


_SHORT = 2
"""Known names of at most this many characters may be parts of words (三星 in 三星级): they must stand by themselves."""
_OPENS = re.compile(r"[^0-9a-z一-鿿]|[等和与及由]")
_CLOSES = re.compile(r"[^0-9a-z一-鿿]|[等和与及在将拟为投]|集团|公司|股份|项目|总部|有限")


def _known(document: Document, ontology: Ontology, found: Sequence[Mention], words: _Words) -> Iterator[Mention]:
    text = document.folded
    for m in found:
        if m.rule == CANDIDATE:
            concepts = ontology.of_class(m.concepts, "Organization")
            if not concepts:
                continue
            if (m.end - m.start <= _SHORT or fold(m.text) in words.ambiguous) and not _stands_alone(document, m, words):
                continue
            kind = ontology.concepts[concepts[0]].kind
            if kind == "University" and _GOES_ON.match(text, m.end):
                continue
            yield Mention(m.start, m.end, kind, m.text, "organization.vocabulary", concepts, "", 0.9)


def _stands_alone(document: Document, m: Mention, words: _Words) -> bool:
    text, boundaries = document.folded, document.view(words.left.lengths)
    before, after = text[m.start - 1 : m.start], text[m.end : m.end + 2]
    opens = (
        not before
        or _OPENS.match(before)
        or any(m.start - n in boundaries and n in boundaries[m.start - n] for n in range(1, 6))
    )
    closes = not after or _CLOSES.match(after) or m.end in boundaries
    return bool(opens and closes)


def _headed(document: Document, words: _Words, clause: Clause, places: Hits) -> Iterator[Mention]:
    text = document.folded
    boundaries = document.view(words.left.lengths)
    position = clause.start
    while match := words.pattern.search(text, position, clause.end):
        head_start, head_end = match.start(2), match.end(2)
        left = left_cut(text, match.start(1), head_start, boundaries, inside=True)
        while text[left] in " '(\"":
            left += 1
        if dated := _YEAR.match(text, left, head_start):
            left = dated.end()
        label = words.label_of[match.group(2)]
        if legal := _LEGAL.match(text, head_end, clause.end):
            if not any(at in boundaries and boundaries[at][0] > 1 for at in range(head_end, legal.end() - 4)):
                head_end = legal.end()
        while branch := _branch(text, words, head_end, clause.end, places, boundaries):
            head_end, label = branch
        position = head_end
        name = text[left:head_start].strip(" '()")
        weak = match.group(2) in _WEAK and not name.startswith(_OPENERS)
        placed = any(stop <= head_start for _, stop in places.starting(left, head_start - 2))
        if weak and not placed and not _LEVEL.match(name) and not _is_branch(words, name, match):
            continue
        if match.group(2) in _SERVICES and _BUILT.search(text, clause.start, left):
            continue  # 建设…检测中心: not there yet, a project
        if not _GOES_ON.match(text, head_end) and _is_proper(
            name, words, left, head_start, places, fund=match.group(2).endswith("基金")
        ):
            head_end = _with_bracket(text, head_end)
            yield Mention(left, head_end, label, document.text[left:head_end], "organization.head", (), "", 0.75)


_SERVICES = (
    "检验检测中心",
    "质量检验中心",
    "监督检验中心",
    "质检中心",
    "计量测试中心",
    "临床研究中心",
    "临床医学研究中心",
    "医学中心",
    "人才市场",
)
"""Heads of bodies that may be projects as well, while they are built."""
_BUILT = re.compile(r"建设|创建|争创|打造|筹建|组建|建成|获批|申报|布局|引进|新建|设立|谋划|推进")


def _is_branch(words: _Words, name: str, match: re.Match[str]) -> bool:
    """电信某某分公司: the branch of a national company, whatever its place is called."""
    return match.group(2) in ("分公司", "公司") and name.startswith(words.parents) and 4 <= len(name) <= 10


_LEVEL = re.compile(r"(?:市(?![场级内外民政属管域])|省(?![级内外属管直])|县(?![级域内属])|自治区(?!级))[一-鿿]{2,10}$")
"""市城投集团: the company or fund of the place whose text it is."""
_GOES_ON = re.compile(r"生(?!物|态|产|命|活)|城(?!市|区|乡)|科技园|路|堂|老师|毕业")
"""What makes a head a part of another word: 大学生, 大学城, 大学科技园."""
_YEAR = re.compile(r"20[0-9]{2}年")
_LEGAL = re.compile(r"[一-鿿]{0,10}?(?:股份有限公司|有限责任公司|有限公司)")
"""What ends the full name of a company whose name holds another head (股份转让系统有限责任公司)."""
_HAS_BRANCHES = re.compile(r"(?:大学|学院|科学院|研究院|研究总院|集团|公司|银行)$")
_BRANCH = re.compile(
    r"[一-鿿]{2,18}?(?:研究总院|研究院|研究所|研究中心|分校|校区|学院|附属医院|医院|分公司|子公司|公司|支行|分行|分院|工程院|设计院)"
)
_ABBREVIATION = re.compile(r"\([一-鿿a-z]{2,10}\)")


def _branch(
    text: str, words: _Words, end: int, stop: int, places: Hits, boundaries: Mapping[int, tuple[int, ...]]
) -> tuple[int, str] | None:  # fmt: skip
    """长春理工大学中山研究院: the end and label of the branch whose name follows that of its parent."""
    if not _HAS_BRANCHES.search(text, max(0, end - 4), end):
        return None
    match = _BRANCH.match(text, end, stop)
    if not match or any(at in boundaries and boundaries[at][0] > 1 for at in range(end, match.end() - 2)):
        return None
    inner = match.group()
    if _NOT_PROPER.search(inner) or not (places.starting(end, end) or inner.startswith(("第", "附属")) or len(inner) > 6):
        return None
    label = next((words.label_of[inner[at:]] for at in range(len(inner)) if inner[at:] in words.label_of), "Institute")
    return match.end(), label


def _with_bracket(text: str, end: int) -> int:
    """(浙江) and (ICCA) right after a name belong to it."""
    match = _ABBREVIATION.match(text, end)
    return match.end() if match and not _NOT_PROPER.search(match.group()[1:-1]) and "以下" not in match.group() else end


def _is_proper(name: str, words: _Words, left: int, right: int, places: Hits, *, fund: bool) -> bool:
    """A proper name: one that opens with a place or that general words do not wholly make up."""
    if len(name) < 2 or not _PLACELESS.match(name) or _NOT_PROPER.search(name) or _COUNTED.match(name):
        return False
    if places.starting(left, min(left + 2, right - 1)):
        return name not in words.generic
    if _LEVEL.match(name):
        return not fund or name[1:] not in words.generic
    if name.startswith(_OPENERS):
        return len(name) >= 4 and (name.startswith("国家") or not words.all_generic(name[2:]))
    return not words.all_generic(name) and not (len(name) <= (4 if fund else 8) and words.ordinary.makes_up(name))
