"""The items of a clause, each cut down to what may be a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Document
from kg.recognizers.phrases import BRACKET, ETC, Clause, left_cut
from kg.recognizers.topics.judgment import Item, accept
from kg.recognizers.topics.vocabulary import Known, Places
from kg.recognizers.topics.words import TopicWords
from kg.words import Hits

_BAD = re.compile(r"[。;:!?\"<>\[\]{}=@#|]|[0-9]{4}年|^[0-9.%]+$|^[0-9.]+[亿万千百个家项条]")
_COUNTED = re.compile(r"(?:[0-9]+|[一二三四五六七八九十两]+)(?:大|个|类|条)(?P<noun>[^、,]{0,6}?(?:产业链|产业集群|产业|领域|行业|集群|赛道|方向|板块|技术|产品|环节))")
_INTRODUCED = re.compile(r"(产业链|产业集群|产业|领域|行业|集群|赛道|方向|板块|技术|产品)(?:为|是|有|即|包括|包含|涵盖|:|主要为|主要有|主要是|主要包括|分别为|分别是)$")
_ROLE = re.compile(r"为(?:代表|主|重点|核心|引领|支撑|特色|龙头|导向|牵引|基础|先导|支柱)")
"""What a list is said to be (以A、B为代表的硬科技): the name ends before it."""
_PREDICATE = re.compile(r"在(?![线建研产职校])|向(?![量日阳海心])|用于|应用于|占(?!地)|本地|(?:取得|具有|具备|形成|进入|得到)")
"""Where what is said about the last item of a list begins."""
_SAID_OF_ALL = re.compile(r"(?:实施|开展|推进|推动|加快|打造|实现|形成|组建|落地|落户|签约|提供)(?=[一-鿿]{2})")
"""Verbs in a further item of a list that speak of all of it."""
_SUMMARY = {"Industry": "领域", "Technology": "产品"}
"""What a column lists -> the word that would sum it up."""
_JOINT = re.compile(r"和|以及|或|与|及")
_MAX = 24


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules ask of one document."""

    text: str
    words: TopicWords
    known: Known
    places: Places
    boundaries: Mapping[int, tuple[int, ...]]
    openings: Mapping[int, tuple[int, ...]]
    """Boundary words, and those that are boundaries only where they open an item (开发)."""
    cues: Hits
    firm: Hits
    making: Hits
    signs: Hits

    @classmethod
    def of(cls, document: Document, words: TopicWords, known: Known, places: Places) -> Context:
        return cls(
            document.folded,
            words,
            known,
            places,
            boundaries=document.view(words.boundaries.lengths),
            openings=document.view(words.openings.lengths),
            cues=document.view(words.cues.hits),
            firm=document.view(words.firm_cues.hits),
            making=document.view(words.making_cues.hits),
            signs=document.view(words.signs.hits),
        )


def promising(clause: Clause, context: Context) -> bool:
    """Whether a clause can hold a topic: a list, a name of the vocabulary, a mark or a head. Most clauses hold none."""
    start, end = clause.start, clause.end
    return len(clause.items) > 1 or context.known.any_between(start, end) or context.signs.any_within(start, end)


def clause_items(clause: Clause, context: Context, *, labeled: bool = False, listing: str = "") -> list[Item]:
    """The topics of a clause. ``labeled``: it follows the label of a list; ``listing``: the class its column lists."""
    text, words, known = context.text, context.words, context.known
    parts = [part for whole in clause.items for part in _halves(whole, context)]
    items: list[Item] = []
    remainder: list[Item] = []
    summary, listed = "", len(parts) > 1 or bool(listing)
    for number, (left, right) in enumerate(parts):
        etc = ETC.search(text, left, right)
        if etc:
            summary = summary or text[etc.end() : right]
            right = etc.start()
        elif listed and number == len(parts) - 1 and (counted := _COUNTED.search(text, left + 2, right)):
            # 材料制造、机电制造四大产业: the list is summed up without 等.
            summary, right = text[counted.start("noun") : counted.end()], counted.start()
        item = _trim(left, right, context, further=number > 0, last=number == len(parts) - 1 and not etc)
        if item is not None:
            items.append(item)
        if etc:
            rest = _trim(etc.end(), parts[number][1], context)
            remainder = [rest] if rest is not None else []
            break
    if not items:
        return []
    items[0].firm = items[0].firm or labeled or _said_to_be(clause, items[-1], context)
    before = text[max(0, items[0].start - 14) : items[0].start]
    if not summary and (introduced := _INTRODUCED.search(before)):
        summary = introduced.group(1)
    summary = _SUMMARY.get(listing, summary)
    return [*accept(text, items, summary, listed, words, known), *accept(text, remainder, "", False, words, known)]


def _said_to_be(clause: Clause, last: Item, context: Context) -> bool:
    """Whether a list is 以A、B等药材为重点."""
    return context.text.startswith("以", clause.start) and _ROLE.search(context.text, last.end, min(clause.end, last.end + 24)) is not None


def _halves(part: tuple[int, int], context: Context) -> list[tuple[int, int]]:
    """新材料和新能源: two names joined by 和 are two items, by 与 or 及 only two of the vocabulary; a pair it holds is one."""
    left, right = part
    text, known = context.text, context.known
    for match in _JOINT.finditer(text, left, right):
        middle, after = match.span()
        if known.spans_over(left, middle, after):
            continue
        if match.group() in "与及":
            two = known.ends_a_name(left, middle) and after in known.ends
        else:
            etc = ETC.search(text, after, right)
            stop = etc.start() if etc else right
            two = _nameable(left, middle, context) and (after in known.ends or _nameable(after, stop, context))
        if two:
            return [(left, middle), (after, right)]
    return [part]


def _nameable(start: int, end: int, context: Context) -> bool:
    """Whether [start, end) ends in a name of the vocabulary, a mark or the head of a technology."""
    heads = context.words.industry_marks + context.words.technology_heads
    return context.known.ends_a_name(start, end) or context.text.endswith(heads, start, end)


def _trim(left: int, right: int, context: Context, *, further: bool = False, last: bool = True) -> Item | None:
    """Take verbs, prepositions and places off the left, summary words and predicates off the right."""
    text, known = context.text, context.known
    if further and (said := _SAID_OF_ALL.search(text, left + 2, right)):
        right = said.start()  # …、电堆实施专项: what is said about the whole list
    cut = left_cut(text, left, right, context.openings, inside=False, known=known.ends)
    cut = left_cut(text, cut, right, context.boundaries, inside=True, known=known.ends)
    cut = left_cut(text, cut, right, context.boundaries, inside=False, known=known.ends)
    start, end = context.places.after_last(cut, right, known), right
    while start < end and text[start] in " \t　\"'(-·":
        start += 1
    while start < end and text[end - 1] in " \t　\"'":
        end -= 1
    if role := _ROLE.search(text, start + 2, end):
        end = role.start()
    if start not in known.ends and (said := _PREDICATE.search(text, start + 2, end)):
        end = said.start()
    end = right_cut(start, end, context, last=last)
    if end - start < 2 or len(without_brackets(name := text[start:end])) > _MAX or _BAD.search(name):
        return None
    if text.count("(", start, end) != text.count(")", start, end):
        return None
    return Item(
        start,
        end,
        cue=context.cues.any_within(left, cut),
        firm=context.firm.any_within(left, cut),
        sited=context.places.any_before(left, cut) and context.firm.any_within(left, cut),
        making=context.making.any_within(left, cut),
    )


def without_brackets(name: str) -> str:
    return BRACKET.sub("", name) if "(" in name else name


def right_cut(start: int, end: int, context: Context, *, last: bool = True) -> int:
    """Where a name ends: before the summary words and verbs that close the span; inside a list a name is whole."""
    text, words, moved = context.text, context.words, last
    while moved and end - start > 2 and text.endswith(words.right, start, end) and context.known.exact(start, end) is None:
        moved = False
        for size in words.right_sizes:
            if end - size - start >= 2 and text[end - size : end] in words.right_set:
                end, moved = end - size, True
                break
    return end
