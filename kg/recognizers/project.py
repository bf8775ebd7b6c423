"""Projects, parks, bases, platforms, laboratories, exhibitions and programmes with a name of their own.

A head (产业园, 创新中心, 博览会 …) makes a project only with something proper before it: a place, an organization, a name in
quotation marks, 国家/世界/第N届, a year, or a branch of industry in a list of projects (建设A平台、B基地等重大项目).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.folding import fold
from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE
from kg.recognizers.actors import as_bodies
from kg.recognizers.phrases import ETC, Clause, Spans, boundary_words, clauses, left_cut, outermost
from kg.recognizers.programmes import programmes, quoted
from kg.recognizers.project_names import COUNTED, NOT_A_NAME, Names, is_name, names, reach, score
from kg.recognizers.shared_heads import works
from kg.words import Hits, Words

_PROJECTS = re.compile(r"[^、]{0,18}(?:项目|工程)(?:加快|建设|尽快|落地|开工|$)")
_BUILD = re.compile(r"(?:建设|推进|推动|打造|启动|实施|筹建|组建|共建|新建|举办|办好|申办|创建|争创|依托|布局|谋划|加快)")


_IN_NAMES = (
    "产业",
    "服务",
    "应用",
    "示范",
    "试点",
    "融合",
    "集聚",
    "国际",
    "国家",
    "招商",
    "联合",
    "研发",
    "协同",
    "孵化",
    "全国",
)
"""Words that bound the name of a topic, but are part of a project's."""


@dataclass(frozen=True)
class _Words:
    heads: tuple[str, ...]
    head: re.Pattern[str]
    found: Words
    """The heads again, to see in one pass which clauses hold one."""
    left: Words
    names: Names
    lists: tuple[str, ...]
    shared: re.Pattern[str]
    works: re.Pattern[str]
    """Heads of works with what may stand before them: 220千伏变电站, 高铁大通道."""


@lru_cache(maxsize=2)
def _words(ontology: Ontology) -> _Words:
    return _Words(
        heads=ontology.words("project-heads"),
        head=re.compile("|".join(map(re.escape, ontology.words("project-heads")))),
        found=Words(ontology.words("project-heads")),
        left=boundary_words(
            word
            for name in ("topic-left", "organization-left", "project-left")
            for word in ontology.words(name)
            if word not in _IN_NAMES
        ),
        names=names(ontology),
        lists=ontology.words("project-lists"),
        works=re.compile(
            rf"(?:[0-9]+(?:千伏|万千瓦))?(?:露天|高铁|航道|提升|国际|支线|运输|一级|二级|三级)*(?:{'|'.join(ontology.words('coined-heads'))})(?:提升工程|扩容工程)?"
        ),
        shared=re.compile(
            rf"((?:[0-9]+(?:千伏|万千瓦|万吨))?[^、,，。的和及等]{{0,8}}?(?:{'|'.join(ontology.words('shared-heads'))}))(?![一-鿿]{{0,2}}(?:区|园))"
        ),
    )


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Project mentions; what an agency, an organization or a policy title holds is left to it."""
    words = _words(ontology)
    taken = Spans(
        [
            (m.start, m.end)
            for m in found
            if m.rule != CANDIDATE
            and (m.label in ("Agency", "Policy") or ontology.is_a(m.label, "Organization") or _is_zone(m))
        ]
    )
    around = _around(found, ontology)
    mentions = [*_known(found, ontology), *quoted(document, ontology)]
    heads = document.view(words.found.hits)
    for clause in clauses(document):
        if heads.any_within(clause.start, clause.end) or document.folded.find("等", clause.start, clause.end) >= 0:
            mentions.extend(_items(document, words, clause, around))
            mentions.extend(works(document, clause, words.works, words.names, document.view(words.left.lengths)))
        mentions.extend(programmes(document, ontology, clause))
    projects = [m for m in outermost(mentions) if not taken.covers(m.start, m.end)]
    return as_bodies(document, projects, [m for m in found if m.rule != CANDIDATE and ontology.is_a(m.label, "Organization")])


_CARRIERS = ("园", "园区", "基地", "示范区", "先导区", "先行区", "集聚区", "创新区", "小镇", "港务区")
"""Ends of names that are projects also where a place of that name is meant."""


def _is_zone(mention: Mention) -> bool:
    """Whether a place is a zone in its own right and no park or demonstration area with a project's name."""
    return mention.label == "Zone" and (bool(mention.concepts) or not fold(mention.text).endswith(_CARRIERS))


@dataclass(frozen=True)
class _Around:
    """What the earlier recognizers found: spans of proper names, ends of topics and places by their starts."""

    proper: Hits
    topics: dict[int, int]
    places: dict[int, int]
    zones: dict[int, int]
    names: dict[int, int]
    """Names of places that the vocabulary knows, also where the text does not speak of the place itself."""


def _around(found: Sequence[Mention], ontology: Ontology) -> _Around:
    believed = [m for m in found if m.rule != CANDIDATE and m.attribute("deictic") is None]
    places = [m for m in believed if ontology.is_a(m.label, "Place")]
    bodies = [m for m in believed if ontology.is_a(m.label, "Organization")]
    topics = [m for m in found if m.rule == CANDIDATE and ontology.of_class(m.concepts, "Topic")]
    return _Around(
        Hits((m.start, m.end) for m in (*places, *bodies)),
        _longest(topics),
        _longest(places),
        _longest(m for m in places if _is_zone(m)),
        _longest(m for m in found if m.rule == CANDIDATE and ontology.of_class(m.concepts, "Place")),
    )


def _longest(mentions: Iterable[Mention]) -> dict[int, int]:
    """Start -> end of the longest mention there."""
    ends: dict[int, int] = {}
    for m in mentions:
        ends[m.start] = max(m.end, ends.get(m.start, 0))
    return ends


def _known(found: Sequence[Mention], ontology: Ontology) -> Iterator[Mention]:
    """Facilities, programmes and fairs of the vocabulary."""
    for m in found:
        if m.rule == CANDIDATE and (concepts := ontology.of_class(m.concepts, "Project")):
            yield Mention(m.start, m.end, "Project", m.text, "project.vocabulary", concepts, "", 0.85)


def _items(document: Document, words: _Words, clause: Clause, around: _Around) -> Iterator[Mention]:
    text = document.folded
    start, end, parts = clause.start, clause.end, clause.items
    etc = ETC.search(text, start, end)
    summary = text[etc.end() : end] if etc else ""
    built = bool(_BUILD.search(text, start, parts[0][1])) if parts else False
    listed = bool(etc) and len(parts) > 1 and _summed(summary, words)
    if etc and len(parts) > 1:
        shared = _shared_head(summary, words)
        if shared or listed:
            yield from _list(document, words, parts, etc.start(), shared, around, built)
    candidates: list[_Candidate] = []
    for left, right in (half for part in parts for half in _halves(text, part, words)):
        inner = ETC.search(text, left, right)
        stop = inner.start() if inner else right
        candidates.extend(_item(document, words, left, stop, around, _Place(start, listed and built, built)))
        if inner:
            candidates.extend(_item(document, words, inner.end(), right, around, _Place(start, False, False)))
    sure = any(c.score >= 0.6 for c in candidates)
    for c in candidates:
        value, reason = (c.score, c.reason) if c.score else (0.5 if sure and built and c.whole else 0.0, "sibling")
        if value:
            yield Mention(c.start, c.end, "Project", document.text[c.start : c.end], f"project.{reason}", (), "", value)


@dataclass(frozen=True)
class _Candidate:
    """A name with a head. ``whole`` means that it is an item of its own and not made of general words."""

    start: int
    end: int
    score: float
    reason: str
    whole: bool


_JOINT = re.compile(r"(?<=[一-鿿]{3})(?<!总部)(?<!(?<!数据)中心)(?:和|与|以及)(?=[0-9a-z一-鿿]{4})")


def _halves(text: str, part: tuple[int, int], words: _Words) -> list[tuple[int, int]]:
    """时尚产业平台和珠宝贸易平台: two items where both halves end in a head."""
    left, right = part
    for joint in _JOINT.finditer(text, left, right):
        if text.endswith(words.heads, left, joint.start()) and words.head.search(text, joint.end() + 2, right):
            return [(left, joint.start()), *_halves(text, (joint.end(), right), words)]
    return [part]


def _summed(summary: str, words: _Words) -> bool:
    """Whether what follows 等 sums up projects: 重大项目, 创新载体, 绿色食品和康养旅游项目."""
    return any(w in summary[:8] for w in words.lists) or bool(_PROJECTS.match(summary))


def _shared_head(summary: str, words: _Words) -> str:
    """The head that all items of a list share: 抽水蓄能电站 in 贵阳、黔南等抽水蓄能电站; empty for 等项目."""
    match = words.shared.match(summary)
    return match.group(1) if match and not NOT_A_NAME.search(match.group(1)) else ""


def _list(
    document: Document, words: _Words, parts: list[tuple[int, int]], stop: int, shared: str, around: _Around, built: bool
) -> Iterator[Mention]:  # fmt: skip
    """Items of a list of projects: each with the head they share, or as they stand where they hold a proper name."""
    text = document.folded
    for number, (left, right) in enumerate(parts):
        if left >= stop:
            return
        end = min(right, stop)
        start = left_cut(text, left, end, document.view(words.left.lengths), inside=number == 0)
        core = text[start:end]
        if not 2 <= len(core) <= 30 or core in words.names.generic or COUNTED.match(core) or NOT_A_NAME.search(core):
            continue
        if core.endswith("区") and shared.endswith("区"):
            continue  # 经开区 among 等开发区 is a place
        named = around.proper.any_within(start, end)
        if shared.endswith(("基地", "区", "园")) and around.places.get(start, 0) >= end:
            continue  # 甲、乙等种植基地: what is grown there has no name
        if not named and shared.endswith(("基地", "区", "园", "平台", "中心", "院")):
            continue  # 辣椒、花椒等生产基地
        if shared and (named or len(core) <= 6) and not core.endswith(words.heads):
            name = document.text[start:end] + shared
            yield Mention(start, end, "Project", document.text[start:end], "project.shared", (), name, 0.55)
        elif not shared and built and named and len(core) > 5:
            yield Mention(start, end, "Project", document.text[start:end], "project.list", (), "", 0.55)


@dataclass(frozen=True)
class _Place:
    """Where a candidate is looked for and what its clause says."""

    clause_start: int
    listed: bool
    built: bool


def _item(
    document: Document, words: _Words, left: int, right: int, around: _Around, where: _Place
) -> Iterator[_Candidate]:  # fmt: skip
    """The name with the last head of [left, right), or, where that is none, the one before a verb or preposition."""
    text = document.folded
    limit = right
    for number, (end, head) in enumerate(reversed(_heads(text, left, right, words))):
        if end > limit or (number and end not in document.view(words.left.lengths) and not _PHASE.match(text, end)):
            continue
        candidate = _candidate(document, words, left, end, head, around, where)
        if candidate:
            yield replace(candidate, end=reach(text, end, right, around.places))
        if candidate and candidate.score:
            limit = candidate.start


def _candidate(
    document: Document, words: _Words, left: int, end: int, head: str, around: _Around, where: _Place
) -> _Candidate | None:  # fmt: skip
    text = document.folded
    start = left_cut(text, left, end - len(head), document.view(words.left.lengths), inside=True, known=around.topics)
    start = max(start, text.rfind("--", start, end) + 2) if text.find("--", start, end) >= 0 else start
    while start < end and text[start] in " \"'(":
        start += 1
    if (serves := _SERVES.match(text, start, end)) and around.proper.starting(serves.end(), serves.end()):
        start = serves.end()
    if around.zones.get(start, 0) >= end or not is_name(text, start, end, head, words.names):
        return None
    core = text[start : end - len(head)]
    place = around.names.get(start, 0)
    value, reason = score(
        text, start, end, head, around.proper, words.names, place=place, listed=where.listed, built=where.built
    )
    topical = (
        head not in _KINDS
        and not _PRAISED.match(core)
        and not _COUNTED_AFTER.match(text, end)
        and (_RAISED.search(text, where.clause_start, start) or text.startswith("建设", end))
        and _BUILD_BEFORE.search(text, max(0, start - 6), start)
        and _has_topic(around.topics, start, end - len(head))
    )
    if not value and topical and not words.names.all_generic(core):
        value, reason = 0.5, "topical"
    if not value and _is_site(text, start, core, head, words):
        value, reason = 0.5, "built"
    whole = len(core) >= 3 and len(head) > 2 and not words.names.all_generic(core)
    return _Candidate(start, end, value, reason, whole)


_SERVES = re.compile(r"(?:服务|支持|保障|依靠|配套|对接|发挥|支撑)")
"""Verbs that are also parts of names; right before a proper name they are verbs (服务南湖制造中心)."""
_SITES = ("实验室", "科学城", "科技城", "科创城", "大学城", "航天城", "航空城", "文旅港", "国际陆港")
_KIND_OF_SITE = re.compile(
    r"(?:级|重点|联合|创新|化|型|企业|院士|高校|共建|一流|开放|专业|特色|新|水平)$|^(?:[省市县校]|国家级|世界|国际|企业|一批|高|各|产业|学科|综合|校企|相关|面向|以|共性)|\""
)


def _is_site(text: str, start: int, core: str, head: str, words: _Words) -> bool:
    """建设深空探测实验室: what is built and is no kind of laboratory or city (省级重点实验室) is one with that name."""
    return (
        head in _SITES
        and len(core) >= 3
        and bool(_BUILD_BEFORE.search(text, max(0, start - 6), start))
        and not _KIND_OF_SITE.search(core)
        and not words.names.all_generic(core)
    )


_PHASE = re.compile(r"[一二三四五]期")
_KINDS = ("项目", "工程", "示范基地")
"""Heads that a branch of industry alone does not make a name with."""
_PRAISED = re.compile(r"(?:优质|市级|省级|国家级|县级|规模化|标准化|高标准|高品质|传统|道地|境外|海外)")
_COUNTED_AFTER = re.compile(r"[0-9一二三四五六七八九十]+(?:余|多)?(?:万|个|家|座|处|亩)")
_RAISED = re.compile(r"建设|建成|打造|筹建|组建|创建|共建|新建|谋划|开工")
_BUILD_BEFORE = re.compile(r"(?:建设|建成|打造|筹建|组建|布局|启动|创建|共建|新建|推进|、|和)$")


def _has_topic(topics: dict[int, int], start: int, end: int) -> bool:
    return any(topics.get(position, end + 1) <= end for position in range(start, end))


def _heads(text: str, left: int, right: int, words: _Words) -> list[tuple[int, str]]:
    """End and word of every head in the item that stands outside brackets."""
    return [
        (match.end(), match.group())
        for match in words.head.finditer(text, left + 2, right)
        if text.count("(", left, match.start()) == text.count(")", left, match.start())
    ]
