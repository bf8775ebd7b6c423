"""Projects, parks, bases, platforms, laboratories, exhibitions and programmes with a name of their own.

A head (产业园, 创新中心, 博览会 …) makes a project only with something proper before it: a place, an organization, a name in
quotation marks, 国家/世界/第N届, a year, or a branch of industry in a list of projects (建设A平台、B基地等重大项目).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE
from kg.recognizers.phrases import ETC, Clause, Spans, boundary_words, clauses, left_cut, outermost
from kg.words import Hits, Words

_OPENERS = re.compile(r"^(?:国家|中国|世界|全球|全国|亚洲|国际|第[一二三四五六七八九十0-9]+届|20[0-9]{2}年?|中欧|中德|中新|中韩|中日)")
_EVENT = re.compile(r"(?:博览会|展览会|交易会|大会|论坛|峰会|大赛|展会|年会)$")
_QUOTED = re.compile(r"\"([^\"\n]{2,16})\"(计划|工程|行动|项目|专项|品牌|活动|平台)")
_NUMBERED = re.compile(r"^(?:[0-9一二三四五六七八九十百千两数多几]+(?:余|多)?(?:个|家|座|批|项|条|处)|一批|若干|多个|各|每|该|本|其|这|此)")
_PROJECTS = re.compile(r"[^、]{0,18}(?:项目|工程)(?:加快|建设|尽快|落地|开工|$)")
_BUILD = re.compile(r"(?:建设|推进|推动|打造|启动|实施|筹建|举办|办好|申办|创建|争创|依托|布局|谋划|加快)")


_IN_NAMES = ("产业", "服务", "应用", "示范", "试点", "融合", "集聚", "国际", "国家")
"""Words that bound the name of a topic, but are part of a project's."""


@dataclass(frozen=True)
class _Words:
    heads: tuple[str, ...]
    head: re.Pattern[str]
    found: Words
    """The heads again, to see in one pass which clauses hold one."""
    left: Words
    generic: frozenset[str]
    lists: tuple[str, ...]
    shared: re.Pattern[str]


@lru_cache(maxsize=2)
def _words(ontology: Ontology) -> _Words:
    return _Words(
        heads=ontology.words("project-heads"),
        head=re.compile("|".join(map(re.escape, ontology.words("project-heads")))),
        found=Words(ontology.words("project-heads")),
        left=boundary_words(word for word in ontology.words("topic-left") if word not in _IN_NAMES),
        generic=ontology.word_set("project-generic"),
        lists=ontology.words("project-lists"),
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
            if m.rule != CANDIDATE and (m.label in ("Agency", "Policy") or ontology.is_a(m.label, "Organization"))
        ]
    )
    proper = Hits(
        (m.start, m.end)
        for m in found
        if m.rule != CANDIDATE
        and m.attribute("deictic") is None
        and (ontology.is_a(m.label, "Place") or ontology.is_a(m.label, "Organization"))
    )
    topics: dict[int, int] = {}
    for m in found:
        if m.rule == CANDIDATE and ontology.of_class(m.concepts, "Topic"):
            topics[m.start] = max(m.end, topics.get(m.start, 0))
    mentions = list(_quoted(document))
    heads = document.view(words.found.hits)
    for clause in clauses(document):
        if heads.any_within(clause.start, clause.end) or document.folded.find("等", clause.start, clause.end) >= 0:
            mentions.extend(_items(document, words, clause, proper, topics))
    return [m for m in outermost(mentions) if not taken.covers(m.start, m.end)]


def _quoted(document: Document) -> Iterator[Mention]:
    for match in _QUOTED.finditer(document.folded):
        yield Mention(
            match.start(), match.end(), "Project", document.text[match.start() : match.end()], "project.quoted", (), "", 0.6
        )


def _items(
    document: Document, words: _Words, clause: Clause, proper: Hits, topics: dict[int, int]
) -> Iterator[Mention]:
    text = document.folded
    start, end, parts = clause.start, clause.end, clause.items
    etc = ETC.search(text, start, end)
    summary = text[etc.end() : end] if etc else ""
    built = bool(_BUILD.search(text, start, parts[0][1])) if parts else False
    if etc and len(parts) > 1:
        shared = _shared_head(summary, words)
        listed = _summed(summary, words)
        if shared or listed:
            yield from _list(document, words, parts, etc.start(), shared, proper, built)
    for left, right in parts:
        inner = ETC.search(text, left, right)
        stop = inner.start() if inner else right
        listed = bool(etc) and len(parts) > 1 and _summed(summary, words)
        yield from _item(document, words, left, stop, proper, topics, listed=listed, built=built)
        if inner:
            yield from _item(document, words, inner.end(), right, proper, topics, listed=False, built=False)


def _summed(summary: str, words: _Words) -> bool:
    """Whether what follows 等 sums up projects: 重大项目, 创新载体, 新兴产业和传统优势特色产业项目."""
    return any(w in summary[:8] for w in words.lists) or bool(_PROJECTS.match(summary))


def _shared_head(summary: str, words: _Words) -> str:
    """The head that all items of a list share: 抽水蓄能电站 in 贵阳、黔南等抽水蓄能电站; empty for 等项目."""
    match = words.shared.match(summary)
    return match.group(1) if match else ""


def _list(
    document: Document, words: _Words, parts: list[tuple[int, int]], stop: int, shared: str, proper: Hits, built: bool
) -> Iterator[Mention]:  # fmt: skip
    """Items of a list of projects: each with the head they share, or as they stand where they hold a proper name."""
    text = document.folded
    for number, (left, right) in enumerate(parts):
        if left >= stop:
            return
        end = min(right, stop)
        start = left_cut(text, left, end, document.view(words.left.lengths), inside=number == 0)
        core = text[start:end]
        if not 2 <= len(core) <= 30 or core in words.generic or _NUMBERED.match(core):
            continue
        named = proper.any_within(start, end)
        if shared and (named or len(core) <= 6) and not core.endswith(words.heads):
            name = document.text[start:end] + shared
            yield Mention(start, end, "Project", document.text[start:end], "project.shared", (), name, 0.55)
        elif not shared and built and named and len(core) > 5:
            yield Mention(start, end, "Project", document.text[start:end], "project.list", (), "", 0.55)


def _item(
    document: Document, words: _Words, left: int, right: int, proper: Hits, topics: dict[int, int], *, listed: bool, built: bool,
) -> Iterator[Mention]:  # fmt: skip
    text = document.folded
    head_end = _head_end(text, left, right, words)
    if head_end is None:
        return
    end, head = head_end
    start = left_cut(text, left, end - len(head), document.view(words.left.lengths), inside=True, known=topics)
    while start < end and text[start] in " \"'(":
        start += 1
    core = text[start : end - len(head)]
    if len(core) < 2 or end - start > 32 or _NUMBERED.match(core) or core in words.generic or _NOT_A_NAME.search(core):
        return
    if text.count("(", start, end) != text.count(")", start, end) or core.count('"') % 2:
        return
    score = _score(text, core, head, start, end, proper, words, listed and built)
    if not score and built and _BUILD_BEFORE.search(text, max(0, start - 6), start) and _has_topic(topics, start, end - len(head)):
        score = 0.5 if not _all_generic(core, words) else 0.0
    coined = start == left and 2 <= len(core) <= 6 and head in _PROPER_HEADS
    if not score and coined and not _all_generic(core, words) and not _has_topic(topics, start, end):
        score = 0.5
    if score:
        yield Mention(start, end, "Project", document.text[start:end], "project.head", (), "", score)


_NOT_A_NAME = re.compile(r"[的了]|^[)）与和及]|[为是成在]$|[须应需使让把]|登录|纳入|借助|搭建|建好|扩增|申请人|[0-9一二三四五六七八九十]+(?:个|座|家|批)|会议和|一年|这是|建成")
_PROPER_HEADS = ("实验室", "科技园", "科技城", "科学城", "大学城", "科创城")
"""Heads that take a coined name (九峰山实验室) where it stands as an item of its own."""
_BUILD_BEFORE = re.compile(r"(?:建设|建成|打造|筹建|组建|布局|启动|创建|、|和)$")


def _has_topic(topics: dict[int, int], start: int, end: int) -> bool:
    return any(topics.get(position, end + 1) <= end for position in range(start, end))


def _head_end(text: str, left: int, right: int, words: _Words) -> tuple[int, str] | None:
    """The last head in the item: its end and the head."""
    best: tuple[int, str] | None = None
    for match in words.head.finditer(text, left + 2, right):
        best = (match.end(), match.group())
    return best


def _score(
    text: str, core: str, head: str, start: int, end: int, proper: Hits, words: _Words, listed: bool
) -> float:
    """Confidence that the name is a proper one; 0 for a general word."""
    if named := proper.within(start, end):
        rest = core
        for s, e in named:
            rest = rest.replace(text[s:e], "")
        return 0.7 if len(rest) >= 1 and rest not in words.generic or _EVENT.search(head) or len(head) > 2 else 0.0
    if _OPENERS.match(core) and len(core) > 4:
        return 0.65
    if '"' in core and len(core.strip('"')) >= 2:
        return 0.6
    if listed and not _all_generic(core, words):
        return 0.55
    return 0.0


def _all_generic(core: str, words: _Words) -> bool:
    rest = core
    moved = True
    while moved and rest:
        moved = False
        for size in range(min(6, len(rest)), 0, -1):
            if rest[:size] in words.generic:
                rest, moved = rest[size:], True
                break
    return len(rest) < 2
