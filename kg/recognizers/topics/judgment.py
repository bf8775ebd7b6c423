"""Which items of a list are topics, and of which class."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Mention
from kg.recognizers.phrases import BRACKET
from kg.recognizers.topics.vocabulary import Known
from kg.recognizers.topics.words import TopicWords

VERBAL = re.compile(r"[的在是不]|^[和与及业链或同以]|[^混]合?同|为代表|^(?:第|国家|重要|全国|世界|坚持|突出|以下|其他|规模以上|对)|^[0-9一二三四五六七八九十]+(?:大|个|类|条|家)|[或]")
_UNNAMED = re.compile(r"[与及和]$|^[与及和性区]|[一-鿿]{2}(?:中|内|外|上|下|前|后|时)$|^(?:高|新|全|各|该|此|本)[一-鿿]$")
"""What no name looks like: a cut word, a place in space or time."""
_REGULATED = re.compile(r"风险|隐患|安全|监管|执法|整治|信用|垄断|改革|审批|违法|纠纷|短板弱项")
"""What follows a list of fields to be watched, not developed: 等领域风险隐患."""
_KNOWHOW = ("技术", "工艺", "算法")
"""Heads of names that stay technologies in a list of fields."""
_NO_MODIFIER = re.compile(r"向(?![量日阳海心])|用于|利用|促|须|应当|可以|能够|让|使(?!能)|把|被(?!动|服)|将|给(?!水|料)|请|[和与及或]|以及|[0-9]+[月日年]|^(?:省|市|县|区|镇|乡|都|库|上级|各|该|本|我)")
_BRANCHES = ("材料", "装备", "设备", "系统", "终端", "饲料", "肥料")
"""Heads of things that are as often whole branches."""
_ALONE_MAX = 14
"""Characters of a name that stands alone under a cue; longer ones are phrases."""
_TOPICS = ("Industry", "Technology")


@dataclass
class Item:
    """A candidate name [start, end) in a clause, and why it may be a topic.

    ``cue``, ``firm`` and ``making`` say which verbs stand before it in its own part of the clause, ``sited`` that a place does what
    a firm one says.
    """

    start: int
    end: int
    cue: bool = False
    firm: bool = False
    making: bool = False
    sited: bool = False
    label: str = ""
    reason: str = ""
    score: float = 0.0
    concepts: tuple[str, ...] = ()

    def become(self, label: str, reason: str, score: float, concepts: tuple[str, ...] = ()) -> None:
        self.label, self.reason, self.score, self.concepts = label, reason, score, concepts


def accept(text: str, items: list[Item], summary: str, listed: bool, words: TopicWords, known: Known) -> list[Item]:
    """The items of one list that are topics. ``summary`` is what follows 等; ``listed`` is false for a name that stands alone."""
    if not items:
        return []
    list_label = "" if _REGULATED.search(summary[:16]) else _list_label(summary, words)
    for item in items:
        _judge(text, item, words, known)
    _doubt(text, items, listed)
    strong = sum(1 for item in items if item.label)
    for item in items:
        if item.label:
            _relabel(text, item, items, list_label if listed else "")
        elif listed:
            _by_company(text, item, items, list_label, strong, words)
    if listed and not list_label:
        _agree(text, items)
    return [item for item in items if item.label]


def _agree(text: str, items: list[Item]) -> None:
    """The members of a list are of a kind: two of three decide for the rest."""
    labeled = [item for item in items if item.label]
    for label in _TOPICS if len(labeled) > 2 else ():
        if 3 * sum(item.label == label for item in labeled) >= 2 * len(labeled):
            for item in labeled:
                if not text.endswith(_KNOWHOW, item.start, item.end):
                    item.label = label


def _judge(text: str, item: Item, words: TopicWords, known: Known) -> None:
    """Label an item that is a topic by itself."""
    name = text[item.start : item.end]
    bare = _bare(name)
    if bare in words.stops:
        return
    match = known.exact(item.start, item.end) or _without_mark(name, item, words, known)
    if match is not None:
        item.become(match.label, "vocabulary", 0.95, match.concepts)
    elif words.stopped(bare):
        return
    elif bare.endswith(words.industry_marks, 2):
        _marked(bare, item, words, known)
    elif (head := known.head_of(item.start, item.end)) is not None and modifies(name[: head.start - item.start], words):
        if (rank := words.rank.match(name)) and item.start + rank.end() == head.start:
            item.start = head.start  # 千亿级新型显示 is 新型显示
            item.become(head.label, "vocabulary", 0.9, head.concepts)
        else:
            thing = bare.endswith(words.technology_heads, 2) and not bare.endswith(_BRANCHES)
            item.become("Technology" if thing else head.label, "compound", 0.65)
    elif bare.endswith(words.technology_heads, 2):  # a head behind a name of two characters or more
        item.become("Technology", "head", 0.6)
    elif bare.endswith(words.industry_heads, 2) and modifies(bare[:-2], words):
        item.become("Industry", "branch", 0.55)


def _bare(name: str) -> str:
    """A name without its glosses: 大型液化天然气(LNG)运输船."""
    return BRACKET.sub("", name) if "(" in name else name


def _marked(bare: str, item: Item, words: TopicWords, known: Known) -> None:
    """X产业, X集群: an industry, unless X is a general word or a phrase."""
    mark = next(mark for mark in words.industry_marks if bare.endswith(mark, 2))
    core = bare[: -len(mark)]
    if not words.stopped(core) and not VERBAL.search(core) and len(core) <= 12:
        headed = known.ends_a_name(item.start, item.start + len(core)) or core.endswith(words.technology_heads + words.industry_heads)
        item.become("Industry", "mark" if headed else "bare", 0.7 if headed else 0.55)


def modifies(rest: str, words: TopicWords) -> bool:
    """Whether what stands before a known head may be part of the name: no verb, no conjunction, not too long."""
    return len(rest) <= 8 and rest[:2] not in words.openers and not VERBAL.search(rest) and not _NO_MODIFIER.search(rest)


def _doubt(text: str, items: list[Item], listed: bool) -> None:
    """Take the label off names that stand alone and whose form says too little: 提交申请材料, 民生物流."""
    held = any(item.reason in ("vocabulary", "mark", "compound", "head") for item in items)
    for item in items:
        if item.reason in ("head", "compound", "branch") and not listed and (not item.cue or item.end - item.start > _ALONE_MAX):
            item.label = ""
        elif item.reason == "bare" and not (items[0].firm or listed and held or _repeated(text, item)):
            item.label = ""  # 所属产业: the word before the mark may be anything


def _repeated(text: str, item: Item) -> bool:
    """Whether the document says a name again: what it is about it names more than once."""
    name = text[item.start : item.end]
    first = text.find(name)
    return item.end - item.start >= 4 and text.find(name, first + 1) >= 0


def _relabel(text: str, item: Item, items: list[Item], list_label: str) -> None:
    if list_label and not text.endswith(_KNOWHOW, item.start, item.end):
        item.label = list_label  # 等领域 makes industries of most things, 等产品 things of industries
    elif item.reason == "compound" and items[0].making:
        item.label = "Technology"


def _by_company(text: str, item: Item, items: list[Item], list_label: str, strong: int, words: TopicWords) -> None:
    """Label an item by the list it stands in: what sums it up, its cue, its other members."""
    name = _bare(text[item.start : item.end])
    short = len(name) < 3 and not list_label and not (items[0].firm and strong * 2 > len(items))
    if words.stopped(name) or len(name) > 14 or short or _UNNAMED.search(name):
        return
    if list_label:
        item.become(list_label, "list", 0.7)
    elif strong * 2 > len(items) > 2:
        item.become(_majority(items), "siblings", 0.6)
    elif strong and (items[0].firm and not VERBAL.search(name) or items[0].cue and strong * 2 >= len(items)):
        item.become("Technology", "cue", 0.55)
    elif (items[0].making or items[0].sited) and len(items) > 1 and modifies(name, words) and all(_nominal(text, other, words) for other in items):
        item.become("Technology", "verb", 0.5)


def _nominal(text: str, item: Item, words: TopicWords) -> bool:
    """Whether an item looks like the name of a thing: neither too short nor a general word nor a phrase."""
    name = text[item.start : item.end]
    return 3 <= len(name) <= 12 and not words.stopped(name) and not VERBAL.search(name) and not _UNNAMED.search(name)


def _without_mark(name: str, item: Item, words: TopicWords, known: Known) -> Mention | None:
    for mark in words.industry_marks if name.endswith(words.industry_marks) else ():
        if name.endswith(mark) and (match := known.exact(item.start, item.end - len(mark))) is not None:
            return match
    return None


def _list_label(summary: str, words: TopicWords) -> str:
    """Class that the words after 等 give to the list (等产业 -> Industry, 等关键技术 -> Technology)."""
    summary = summary.lstrip()[:12]
    if not summary:
        return ""
    for label, heads in (("Industry", words.industry_summary), ("Technology", words.technology_summary)):
        if (first := heads.search(summary)) and first.start() <= 6:
            return label
    return ""


def _majority(items: list[Item]) -> str:
    labels = [item.label for item in items if item.label]
    return max(_TOPICS, key=lambda label: (labels.count(label), label == "Industry"))
