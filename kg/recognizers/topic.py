"""Industries and technologies, most of which no list holds: found by the grammar of policies.

Each clause is cut into items at 、 and at its conjunctions; verbs and prepositions are taken off the left of an item,
summary words and verbs off its right. What remains is a topic when the vocabulary knows it, when its head says so
(…产业, …材料), or when its list does: a list under a cue (重点发展A、B), a list that ends in 等产业 or 等技术, or one whose
other members are topics.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.folding import fold
from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE
from kg.recognizers.phrases import BRACKET, ETC, Spans, clauses, left_cut, split_items

_BAD = re.compile(r"[。;:!?\"<>\[\]{}=@#|]|[0-9]{4}年|^[0-9.%]+$|^[0-9.]+[亿万千百个家项条]")
_VERBAL = re.compile(r"[的在是不]|^[和与及业链或同以]|[^混]合?同|为代表|^(?:第|国家|重要|全国|世界|坚持|突出|以下|其他|规模以上|对)|^[0-9一二三四五六七八九十]+(?:大|个|类|条|家)|[或]")
_COUNTED = re.compile(r"(?:[0-9]+|[一二三四五六七八九十两]+)(?:大|个|类|条)(?P<noun>[^、,]{0,6}?(?:产业链|产业集群|产业|领域|行业|集群|赛道|方向|板块|技术|产品|环节))")
_INTRODUCED = re.compile(r"(产业链|产业集群|产业|领域|行业|集群|赛道|方向|板块|技术|产品)(?:为|是|有|即|包括|包含|涵盖|:|主要为|主要有|主要是|主要包括|分别为|分别是)$")
_ROLE = re.compile(r"为(?:代表|主|重点|核心|引领|支撑|特色|龙头|导向|牵引|基础|先导|支柱)")
"""What a list is said to be (以A、B为代表的硬科技): the name ends before it."""
_UNNAMED = re.compile(r"[与及和]$|^[与及和性区]|[一-鿿]{2}(?:中|内|外|上|下|前|后|时)$|^(?:高|新|全|各|该|此|本)[一-鿿]$")
"""What no name looks like: a cut word, a place in space or time."""
_REGULATED = re.compile(r"风险|隐患|安全|监管|执法|整治|信用|垄断|改革|审批|违法|纠纷|短板弱项")
"""What follows a list of fields to be watched, not developed: 等领域风险隐患."""
_ROLE_AFTER = re.compile(r"为(?:代表|主|重点|核心|引领|支撑|特色|龙头|导向|牵引|基础|先导|支柱)")
_KNOWHOW = ("技术", "工艺", "算法")
"""Heads of names that stay technologies in a list of fields."""
_COLUMN_SUMMARY = {"Industry": "领域", "Technology": "产品"}
_PREDICATE = re.compile(r"在(?![线建研产职校])|用于|应用于|占(?!地)|本地|(?:取得|具有|具备|形成|进入|得到)")
"""Where what is said about the last item of a list begins."""
_MAX = 24
_TOPICS = ("Industry", "Technology")


@dataclass(frozen=True)
class _Words:
    left: frozenset[str]
    right: tuple[str, ...]
    cues: frozenset[str]
    firm_cues: frozenset[str]
    making_cues: frozenset[str]
    industry_columns: tuple[str, ...]
    technology_columns: tuple[str, ...]
    openers: frozenset[str]
    """Verbs that open a clause and are no modifier of a noun."""
    rank: re.Pattern[str]
    """Praise and size that open a name and are no part of it."""
    industry_lists: tuple[str, ...]
    technology_lists: tuple[str, ...]
    industry_marks: tuple[str, ...]
    technology_heads: tuple[str, ...]
    industry_heads: tuple[str, ...]
    stop_heads: tuple[str, ...]
    stops: frozenset[str]
    generic: frozenset[str]
    signs: re.Pattern[str]
    """Marks and heads, any of which may make a clause's name a topic."""


@lru_cache(maxsize=2)
def _words(ontology: Ontology) -> _Words:
    signs = ontology.word_set("industry-marks") | ontology.word_set("technology-heads")
    return _Words(
        signs=re.compile("|".join(map(re.escape, sorted(signs)))),
        left=ontology.word_set("topic-left"),
        right=ontology.words("topic-right"),
        cues=ontology.word_set("develop-cues"),
        rank=re.compile(f"(?:{'|'.join(map(re.escape, ontology.words('rank-modifiers')))})+"),
        industry_columns=ontology.words("industry-columns"),
        technology_columns=ontology.words("technology-columns"),
        openers=ontology.word_set("verb-openers"),
        making_cues=ontology.word_set("making-cues"),
        firm_cues=ontology.word_set("firm-develop-cues"),
        industry_lists=ontology.words("list-industry"),
        technology_lists=ontology.words("list-technology"),
        industry_marks=ontology.words("industry-marks"),
        technology_heads=ontology.words("technology-heads"),
        industry_heads=ontology.words("industry-heads"),
        stop_heads=ontology.words("stop-heads"),
        stops=ontology.word_set("stop-topics"),
        generic=ontology.word_set("generic-modifiers") | ontology.word_set("stop-topics") | ontology.word_set("topic-tails"),
    )


@dataclass
class _Item:
    """A candidate name [start, end) in a clause, and why it may be a topic."""

    start: int
    end: int
    cue: bool = False
    firm: bool = False
    making: bool = False
    label: str = ""
    reason: str = ""
    score: float = 0.0
    concepts: tuple[str, ...] = ()


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Topic mentions, from the vocabulary and from lists, heads and cues."""
    words = _words(ontology)
    known = _known(found, ontology)
    taken = _taken(found, ontology)
    places = _Places([(m.start, m.end) for m in found if m.rule != CANDIDATE and ontology.is_a(m.label, "Place")])
    mentions: list[Mention] = []
    label: tuple[int, int] | None = None
    columns = _columns(document, words)
    for start, end in [*clauses(document), *_glossed(document.folded)]:
        if start not in columns and not _promising(document.folded, start, end, words, known):
            label = (start, end)
            continue
        labeled = label if label and _labels(document, label, start) else None
        listing = columns.get(start, "")
        items = _clause_items(document.folded, start, end, words, known, places, labeled=labeled is not None, listing=listing)
        if labeled and 2 * len(items) > document.folded.count("、", start, end) and (head := _label_item(document.folded, labeled, words, known)):
            items.append(head)
        mentions += [_mention(document, item) for item in items if not taken.covers(item.start, item.end)]
        label = (start, end)
    mentions += _slashed(document, ontology)
    mentions += _headings(document, words, mentions)
    mentions += _again(document, mentions, taken)
    covered = Spans([(m.start, m.end) for m in mentions] + [(m.start, m.end) for m in found if m.label == "Project"])
    for match in known.longest():
        if _general(match, ontology):
            continue  # 工业, 服务业: a topic in a list or under a cue only
        if not covered.covers(match.start, match.end) and not taken.covers(match.start, match.end):
            if fold(match.text) not in words.stops and _stands_free(document.folded, match, words):
                label = ontology.concepts[match.concepts[0]].kind
                mentions.append(_of(match, label, "topic.vocabulary", 0.9))
    return mentions


def _columns(document: Document, words: _Words) -> dict[int, str]:
    """Start of a table cell -> class of the topics that its column lists (细分领域, 主要产品)."""
    found = {}
    for block in document.blocks:
        if block.kind == "cell" and block.column and block.end - block.start <= 120:
            head = fold(block.column)
            label = "Industry" if head.endswith(words.industry_columns) else "Technology" if head.endswith(words.technology_columns) else ""
            if label:
                found[block.start] = label
    return found


def _glossed(text: str) -> Iterator[tuple[int, int]]:
    """Lists in brackets: 五金产业(含锁具、拉链、洁具)."""
    for match in BRACKET.finditer(text):
        if "、" in match.group(1):
            start = match.start(1)
            yield (start + (1 if text[start] in "含即如" else 0), match.end(1))


_LABEL_STARTS = re.compile(r"(?:^|\n)[\s0-9一二三四五六七八九十()、.．①-⑳·•●◆■—*-]*$")
_LABEL_MAX = 12


def _labels(document: Document, label: tuple[int, int], start: int) -> bool:
    """Whether a clause is the label of the list that follows it: 负极材料:硅碳负极、人造石墨; ——五金。智能锁、拉链。"""
    text = document.folded
    left, right = label
    if not 2 <= right - left <= _LABEL_MAX or text[right:start].strip() not in (":", "。"):
        return False
    opening = text[max(0, left - 12) : left]
    return _LABEL_STARTS.search(opening) is not None


def _label_item(text: str, label: tuple[int, int], words: _Words, known: _Known) -> _Item | None:
    """The label of a list of topics as a topic, unless it is a general word (重点产品:) or begins with a verb."""
    left, right = label
    while left < right and text[left] in " -·":
        left += 1
    start = left_cut(text, left, right, words.left, inside=False, known=known.ends)
    end = _right_cut(text, left, right, words, known)
    name = text[start:end].strip()
    if start != left or len(name) < 2 or _stopped(name, words) or _VERBAL.search(name) or _BAD.search(name):
        return None
    match = known.exact(start, end)
    return _Item(start, end, label="Industry", reason="label", score=0.6, concepts=match.concepts if match else ())


def _again(document: Document, mentions: Sequence[Mention], taken: Spans) -> Iterator[Mention]:
    """A name that the grammar found once means the same wherever it stands in the document."""
    covered = Spans([(m.start, m.end) for m in mentions])
    names = {fold(m.text): m for m in mentions if not m.concepts and m.end - m.start >= 4 and m.score >= 0.6 and "\n" not in m.text}
    text = document.folded
    for name, first in names.items():
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not covered.covers(at, end) and not taken.covers(at, end):
                yield Mention(at, end, first.label, document.text[at:end], "topic.again", (), first.name, 0.6)
            at = text.find(name, end)


_SLASHED = re.compile(r"(?<![a-z])([a-z]{2,12})\s*/\s*([a-z]{2,12})(\s?)([a-z]{2,8})(?![a-z])")


def _slashed(document: Document, ontology: Ontology) -> list[Mention]:
    """Mini/Micro LED: both halves with the shared head, when the vocabulary knows both."""
    mentions = []
    for match in _SLASHED.finditer(document.folded):
        for half in match.group(1, 2):
            found = ontology.find(f"{half} {match.group(4)}") or ontology.find(half + match.group(4))
            topics = tuple(c.iri for c in found if ontology.is_a(c.kind, "Topic"))
            if topics:
                kind, name = ontology.concepts[topics[0]].kind, ontology.concepts[topics[0]].name
                text = document.text[match.start() : match.end()]
                mentions.append(Mention(match.start(), match.end(), kind, text, "topic.slash", topics, name, 0.85))
    return mentions


_HEAD_NAME = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十0-9]+\)|[0-9]{1,2}[.、．]|[①-⑳])\s*([^,，。:;、!?\s]{2,12}?)(?:产业集群|产业链|产业|领域)?[。:]?$")


def _headings(document: Document, words: _Words, mentions: list[Mention]) -> list[Mention]:
    """(一)光学感知。 beside (二)新型显示。: a short numbered head is an industry when a head of the same row is one."""
    at = {(m.start, m.end) for m in mentions}
    rows: dict[tuple[int, int], list[tuple[int, int, bool]]] = {}
    for block in document.blocks:
        if block.kind == "heading" and (match := _HEAD_NAME.match(document.folded[block.start : block.end])):
            start, end = block.start + match.start(1), block.start + match.end(1)
            known = any(start == s and e <= block.end for s, e in at)
            rows.setdefault((block.parent, block.level), []).append((start, end, known))
    return [
        Mention(start, end, "Industry", document.text[start:end], "topic.heading", (), "", 0.6)
        for row in rows.values()
        if sum(known or _headlike(document.folded[s:e], words) for s, e, known in row) * 2 >= len(row) > 1 or row[0][2]
        for start, end, known in row
        if not known and not _stopped(document.folded[start:end], words) and document.folded[start : start + 2] not in words.left
    ]


def _headlike(name: str, words: _Words) -> bool:
    return name.endswith(words.technology_heads + words.industry_heads) and _headed(name, words.technology_heads + words.industry_heads)


def _general(match: Mention, ontology: Ontology) -> bool:
    return all(ontology.concepts[c].value("general") == "true" for c in match.concepts)


def _stands_free(text: str, match: Mention, words: _Words) -> bool:
    """Whether a short name is a word of its own here: not 雷达 in 雷达卫星角反射器, not LED in TFT-LED, not in a gloss."""
    before, after = text[max(0, match.start - 1) : match.start], text[match.end : match.end + 1]
    if _BODY_NAME.match(text, match.end):
        return False
    if "-" in (before, after) and text[match.start : match.end].isascii():
        return False
    if match.end - match.start > 2 or not after or not "一" <= after <= "鿿":
        return True
    rest = text[match.end : match.end + 5]
    return any(rest.startswith(w) for group in (words.right, words.industry_marks, words.industry_lists, words.technology_lists) for w in group) or (
        after in "等和与及的为是在有将以、"
    ) or rest[:2] in words.left


_BODY_NAME = re.compile(
    r"(?:[一-鿿]{0,2}(?:研究院|研究所|研究中心|创新中心|发展中心|服务中心|技术中心|检测中心|实验室|大学|学院|有限公司|分公司|集团|委员会|办公室|协会|学会|商会|联盟)"
    r"|(?:产业|行业|事业)?(?:发展|管理|监管|监督管理)?(?:局|厅)(?![一-鿿]{0,1}(?:域|面|部|部署)))"
)
"""What makes the words before it part of the name of a body: 大数据发展中心, 酒类食品产业发展局."""


# Vocabulary matches and spans that other recognizers hold


class _Known:
    """Topic candidates of the gazetteer, by span."""

    def __init__(self, matches: list[Mention]) -> None:
        self.matches = matches
        self.by_span = {(m.start, m.end): m for m in matches}
        self.ends: dict[int, int] = {}
        for m in matches:
            self.ends[m.start] = max(m.end, self.ends.get(m.start, 0))

        self._starts = sorted(self.ends)
        self._ending: dict[int, list[Mention]] = {}
        for m in sorted(matches, key=lambda m: m.start):
            self._ending.setdefault(m.end, []).append(m)

    def head_of(self, start: int, end: int) -> Mention | None:
        """The longest match that ends at ``end`` and starts inside (start, end): 挖掘机 of 无人驾驶挖掘机."""
        return next((m for m in self._ending.get(end, ()) if m.start > start), None)

    def ends_a_name(self, start: int, end: int) -> bool:
        """Whether a match ends at ``end`` and starts at or after ``start``."""
        return any(m.start >= start for m in self._ending.get(end, ()))

    def any_between(self, start: int, end: int) -> bool:
        """Whether a match starts in [start, end)."""
        index = bisect_left(self._starts, start)
        return index < len(self._starts) and self._starts[index] < end

    def exact(self, start: int, end: int) -> Mention | None:
        return self.by_span.get((start, end))

    def longest(self) -> list[Mention]:
        """Leftmost-longest, without overlaps."""
        chosen, last = [], 0
        for match in sorted(self.matches, key=lambda m: (m.start, -m.end)):
            if match.start >= last:
                chosen.append(match)
                last = match.end
        return chosen


class _Places:
    """Places in the text, which are no part of a topic's name: 引领深圳市集成电路产业."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def after_last(self, start: int, end: int, known: _Known) -> int:
        """Where the name begins in [start, end): behind the last place, unless a name of the vocabulary holds it."""
        for place_start, place_end in self._spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
            if place_end + 2 <= end and known.ends.get(place_start, 0) <= place_end and known.ends.get(start, 0) < place_end:
                start = place_end
        return start


def _known(found: Sequence[Mention], ontology: Ontology) -> _Known:
    matches = []
    for mention in found:
        if mention.rule == CANDIDATE:
            concepts = tuple(c for c in mention.concepts if ontology.is_a(ontology.concepts[c].kind, "Topic"))
            if concepts:
                matches.append(_with_concepts(mention, concepts))
    return _Known(matches)


def _with_concepts(mention: Mention, concepts: tuple[str, ...]) -> Mention:
    return Mention(mention.start, mention.end, mention.label, mention.text, mention.rule, concepts)


def _taken(found: Sequence[Mention], ontology: Ontology) -> Spans:
    """Spans inside which no topic is meant: names of bodies (能源局, 中国电子学会) and places."""
    kinds = ("Agency", "Organization", "Place", "Quantity")
    return Spans(
        [
            (m.start, m.end)
            for m in found
            if m.rule != CANDIDATE and (m.label == "Quantity" or any(ontology.is_a(m.label, k) for k in kinds))
        ]
    )


def _of(match: Mention, label: str, rule: str, score: float) -> Mention:
    return Mention(match.start, match.end, label, match.text, rule, match.concepts, "", score)


def _mention(document: Document, item: _Item) -> Mention:
    text = document.text[item.start : item.end]
    name = _BRACKET_ANY.sub("", text).strip()
    aliases = tuple(("alias", m.group(1)) for m in _BRACKET_ANY.finditer(text))
    return Mention(
        item.start, item.end, item.label, text, f"topic.{item.reason}", item.concepts, name if name != text else "",
        item.score, aliases,
    )


_BRACKET_ANY = re.compile(r"[（(]([^（）()]{1,30})[)）]")


# Items


def _promising(text: str, start: int, end: int, words: _Words, known: _Known) -> bool:
    """Whether a clause can hold a topic: a list, a name of the vocabulary, a mark or a head. Most clauses hold none."""
    if text.find("、", start, end) >= 0 or text.find("以及", start, end) >= 0:
        return True
    return known.any_between(start, end) or words.signs.search(text, start, end) is not None


def _clause_items(
    text: str, start: int, end: int, words: _Words, known: _Known, places: _Places, *,
    labeled: bool = False, listing: str = "",
) -> list[_Item]:
    parts = [part for whole in split_items(text, start, end) for part in _known_halves(text, whole, words, known)]
    items: list[_Item] = []
    remainder: list[_Item] = []
    summary, listed = "", len(parts) > 1
    for number, (left, right) in enumerate(parts):
        etc = ETC.search(text, left, right)
        if etc:
            summary = summary or text[etc.end() : right]
            right = etc.start()
        elif listed and number == len(parts) - 1 and (counted := _COUNTED.search(text, left + 2, right)):
            # 材料制造、机电制造四大产业: the list is summed up without 等.
            summary, right = text[counted.start("noun") : counted.end()], counted.start()
        item = _trim(text, left, right, words, first=True, known=known, places=places)
        if item is not None:
            items.append(item)
        if etc:
            rest = _trim(text, etc.end(), parts[number][1], words, first=True, known=known, places=places)
            remainder = [rest] if rest is not None else []
            break
    if not items:
        return []
    items[0].firm = items[0].firm or labeled
    before = text[max(0, items[0].start - 14) : items[0].start]
    if not summary and (introduced := _INTRODUCED.search(before)):
        summary = introduced.group(1)
    if listing:
        summary, listed = _COLUMN_SUMMARY[listing], True
    if (role := _ROLE_AFTER.search(text, items[-1].end, min(end, items[-1].end + 24))) and text.startswith("以", start):
        items[0].firm = True  # 以A、B等药材为重点
    return [*_accept(text, items, summary, listed, words, known), *_accept(text, remainder, "", False, words, known)]


_JOINT = re.compile(r"和|以及|或|与|及")


def _known_halves(text: str, part: tuple[int, int], words: _Words, known: _Known) -> list[tuple[int, int]]:
    """新材料和新能源: two names joined by 和 are two items, by 与 or 及 only two of the vocabulary; a pair it holds is one."""
    left, right = part
    for match in _JOINT.finditer(text, left, right):
        middle, after = match.span()
        if any(s < middle and e > after for s, e in known.by_span if s >= left):
            continue
        if match.group() in "与及":
            halves = known.ends_a_name(left, middle) and after in known.ends
        else:
            halves = _nameable(text, left, middle, words, known) and (
                after in known.ends or _nameable(text, after, ETC.split(text[after:right])[0].__len__() + after, words, known)
            )
        if halves:
            return [(left, middle), (after, right)]
    return [part]


def _nameable(text: str, start: int, end: int, words: _Words, known: _Known) -> bool:
    """Whether [start, end) ends in a name of the vocabulary, a mark or the head of a technology."""
    return known.ends_a_name(start, end) or text.endswith(words.industry_marks + words.technology_heads, start, end)


def _trim(
    text: str, left: int, right: int, words: _Words, *, first: bool, known: _Known, places: _Places
) -> _Item | None:
    """Take verbs and prepositions off the left, summary words off the right."""
    cue = firm = making = False
    start = left
    cut = left_cut(text, left, right, words.left, inside=first, known=known.ends)
    if cut > left:
        opening = text[left:cut]
        cue = any(word in opening for word in words.cues)
        firm = any(word in opening for word in words.firm_cues)
        making = any(word in opening for word in words.making_cues)
        start = cut
    end = right
    start = places.after_last(start, end, known)
    while start < end and text[start] in " \t　\"'(-·":
        start += 1
    while start < end and text[end - 1] in " \t　\"'":
        end -= 1
    if role := _ROLE.search(text, start + 2, end):
        end = role.start()
    if (said := _PREDICATE.search(text, start + 2, end)) and start not in known.ends:
        end = said.start()
    end = _right_cut(text, start, end, words, known)
    if end - start < 2 or len(BRACKET.sub("", text[start:end])) > _MAX or _BAD.search(text[start:end]):
        return None
    if text.count("(", start, end) != text.count(")", start, end):
        return None
    return _Item(start, end, cue, firm, making)


def _right_cut(text: str, start: int, end: int, words: _Words, known: _Known) -> int:
    moved = True
    while moved and end - start > 2 and text.endswith(words.right, start, end) and known.exact(start, end) is None:
        moved = False
        for word in words.right:
            if text.endswith(word, start, end) and end - len(word) - start >= 2:
                end, moved = end - len(word), True
                break
    return end


# Decisions


def _accept(
    text: str, items: list[_Item], summary: str, listed: bool, words: _Words, known: _Known
) -> list[_Item]:
    if not items:
        return []
    list_label = "" if _REGULATED.search(summary[:16]) else _list_label(summary, words)
    cue = items[0].cue
    for item in items:
        _judge(text, item, words, known)
        if item.reason in ("head", "compound") and not listed and (not item.cue or item.end - item.start > 14):
            item.label = ""  # 提交申请材料: a head alone, without a list or a cue, names nothing to make
    strong = sum(1 for item in items if item.label)
    for item in items:
        if item.label and listed and list_label and not text.endswith(_KNOWHOW, item.start, item.end):
            item.label = list_label  # 等领域 makes industries of most things, 等产品 things of industries
        elif item.reason == "compound" and items[0].making:
            item.label = "Technology"
        if item.label or not listed:
            continue
        name = text[item.start : item.end]
        if _stopped(name, words) or len(name) > 14 or len(name) < 3 and not list_label or _UNNAMED.search(name):
            continue
        if list_label:
            item.label, item.reason, item.score = list_label, "list", 0.7
        elif strong * 2 > len(items) and len(items) > 2:
            item.label, item.reason, item.score = _majority(items), "siblings", 0.6
        elif strong and (items[0].firm and not _VERBAL.search(name) or cue and strong * 2 >= len(items)):
            item.label, item.reason, item.score = "Technology", "cue", 0.55
    return [item for item in items if item.label]


def _judge(text: str, item: _Item, words: _Words, known: _Known) -> None:
    """Label an item that is a topic by itself."""
    name = text[item.start : item.end]
    bare = BRACKET.sub("", name)
    match = known.exact(item.start, item.end) or _known_without_tail(name, item, words, known)
    if bare in words.stops:
        return
    if match is not None:
        item.label, item.reason, item.score, item.concepts = match.label, "vocabulary", 0.95, match.concepts
        return
    if _stopped(bare, words):
        return
    for mark in words.industry_marks:
        if bare.endswith(mark) and len(bare) - len(mark) >= 2:
            core = bare[: -len(mark)]
            if core not in words.stops and not _stopped(core, words) and not _VERBAL.search(core) and len(core) <= 12:
                item.label, item.reason, item.score = "Industry", "mark", 0.7
            return
    head = known.head_of(item.start, item.end)
    if head is not None and _modifies(name[: head.start - item.start], words):
        if (rank := words.rank.match(name)) and item.start + rank.end() == head.start:
            item.start = head.start  # 千亿级新型显示 is 新型显示
            item.label, item.reason, item.score, item.concepts = head.label, "vocabulary", 0.9, head.concepts
        else:
            item.label, item.reason, item.score = head.label, "compound", 0.65
    elif bare.endswith(words.technology_heads) and _headed(bare, words.technology_heads):
        item.label, item.reason, item.score = "Technology", "head", 0.6
    elif bare.endswith(words.industry_heads) and _headed(bare, words.industry_heads) and _modifies(bare[:-2], words):
        item.label, item.reason, item.score = "Industry", "branch", 0.55


_VERBAL_MODIFIER = re.compile(r"[用促须应可能让使把被将向给对请令]|[0-9]+[月日年]|^(?:省|市|县|区|镇|乡|都|库|上级|各|该|本|我)")


def _modifies(rest: str, words: _Words) -> bool:
    """Whether what stands before a known head may be part of the name: no verb, no conjunction, not too long."""
    if len(rest) > 8 or _VERBAL.search(rest) or _JOINT.search(rest) or rest[:2] in words.openers:
        return False
    return _VERBAL_MODIFIER.search(rest) is None


def _headed(name: str, heads: tuple[str, ...]) -> bool:
    return any(len(name) - len(head) >= 2 and name.endswith(head) for head in heads)


def _known_without_tail(name: str, item: _Item, words: _Words, known: _Known) -> Mention | None:
    for mark in words.industry_marks:
        if name.endswith(mark):
            match = known.exact(item.start, item.end - len(mark))
            if match is not None:
                return match
    return None


def _stopped(name: str, words: _Words) -> bool:
    if name in words.stops or len(name) < 2 or _all_generic(name, words):
        return True
    return name.endswith(words.stop_heads)


def _all_generic(name: str, words: _Words) -> bool:
    """Whether general words alone make up a name: 关键共性技术, 核心基础材料, 高端整机产品."""
    reach = {0}
    for start in range(len(name)):
        if start in reach:
            reach |= {start + size for size in range(1, min(6, len(name) - start) + 1) if name[start : start + size] in words.generic}
    return len(name) in reach


def _list_label(summary: str, words: _Words) -> str:
    """Class that the words after 等 give to the list (等产业 -> Industry, 等关键技术 -> Technology)."""
    summary = summary.lstrip()[:12]
    if not summary:
        return ""
    for label, heads in (("Industry", words.industry_lists), ("Technology", words.technology_lists)):
        for head in heads:
            position = summary.find(head)
            if 0 <= position <= 6:
                return label
    return ""


def _majority(items: list[_Item]) -> str:
    labels = [item.label for item in items if item.label]
    return max(_TOPICS, key=lambda label: (labels.count(label), label == "Industry"))
