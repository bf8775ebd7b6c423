"""What makes a name with a head (产业园, 创新中心 …) a proper one, and how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.ontology import Ontology
from kg.recognizers.coined import Ordinary, ordinary
from kg.words import Hits

_OPENERS = re.compile(
    r"^(?:国家(?!级)|中国|国际(?!化|一流|知名|顶级|先进|领先|性|上)|第[一二三四五六七八九十0-9]+届|20[0-9]{2}年?|中欧|中德|中新|中韩|中日|中俄)"
)
_WORLDWIDE = re.compile(r"^(?:世界|全球|全国|亚洲)")
"""Openers of the names of events; 全球榨菜出口基地 is an aim."""
_EVENT = re.compile(r"(?:博览会|展览会|交易会|洽谈会|大会|论坛|峰会|大赛|展会|年会)$")
_CAPACITY = re.compile(r"(?:年产)?[0-9.]+(?:gwh|gw|mw|(?:万|亿|千)?(?:吨|台|套|片|辆|千瓦|平方米|头|只|支))(?:/年)?")
_OF_LEVEL = re.compile(r"(?:市(?![场级内外民区县直政值圈域三])|省(?![级内外直会市])|自治区)(?=.{3})")
_FUNCTION = re.compile(r"^[集仅人]|[0-9]|[的了和与及等在为是以将被把对向从到各每该本其这那并或且]")
NOT_A_NAME = re.compile(
    r"[的了]|\"\"|/智能|^国家和|[^中]向(?!导|上|日)|[^高直]到(?!位)|赴|[市省]级及|^[)）与和及]|[为是成在]$|[《》;；]|加大|级及以上|外溢|[须需让把]|应(?!用|急)|使(?!用)|(?<!自)由|(?:建设|打造|设立|布局)$|登录|纳入|借助|搭建|建好|扩增|申请人|会议和|一年|这是|建成|"
    r"[0-9一二三四五六七八九十]+(?:个|座|家|批)"
)
_YEAR = re.compile(r"20[0-9]{2}年")
COUNTED = re.compile(
    r"^(?:[0-9一二三四五六七八九十百千两数多几]+(?:余|多)?(?:个|家|座|批|项|条|处)|^[0-9.]+(?:余|多)?[万亿千]?(?:亩|公里|平方|户|间|只|头|名)|一批|若干|多个|各|每|该|本|其|这|此)"
)

_PHASE = re.compile(r"[一二三四五]期|\([一二三四五]期\)")
_BRACKET = re.compile(r"\(([一-鿿a-z0-9、·]{2,14})\)")
_PART = re.compile(r"([一-鿿]{2,6})(?:分中心|副中心|分园区|园区|分园|分基地|基地|分院|片区)")


@dataclass(frozen=True)
class Names:
    """The word lists that decide."""

    generic: frozenset[str]
    coined_heads: frozenset[str]
    """Heads that take a coined name by themselves (九峰山实验室, 芜宣机场)."""
    ordinary: Ordinary
    ordinary_but_places: Ordinary
    """The ordinary words without the names of places."""

    def all_generic(self, core: str) -> bool:
        """Whether general words wholly make up ``core`` (公共服务)."""
        rest, moved = core, True
        while moved and rest:
            moved = False
            for size in range(min(6, len(rest)), 0, -1):
                if rest[:size] in self.generic:
                    rest, moved = rest[size:], True
                    break
        return len(rest) < 2

    def coined_prefix(self, core: str) -> str:
        """The coined word that opens ``core`` before ordinary ones: 求雨岭 of 求雨岭氢能; empty when there is none."""
        for size in (2, 3, 4):
            prefix, rest = core[:size], core[size:]
            if len(prefix) < size or self.ordinary.holds_one(core[: size + 1]) or _FUNCTION.search(prefix):
                continue
            if rest and self.ordinary.makes_up(rest) and not self.ordinary.makes_up(core):
                return prefix
        return ""


@lru_cache(maxsize=2)
def names(ontology: Ontology) -> Names:
    return Names(
        ontology.word_set("project-generic"),
        ontology.word_set("coined-heads"),
        ordinary(ontology),
        ordinary(ontology, places=False),
    )


def is_name(text: str, start: int, end: int, head: str, words: Names) -> bool:
    """Whether [start, end), which ends in ``head``, may be a name at all."""
    core = text[start : end - len(head)]
    if len(core) < 2 or end - start > 36 or COUNTED.match(core) or core in words.generic or NOT_A_NAME.search(core):
        return False
    if head in ("项目", "工程") and core[-1] in "和及与":
        return False
    if _YEAR.match(core) and not _EVENT.search(head):
        return False
    return text.count("(", start, end) == text.count(")", start, end) and core.count('"') % 2 == 0


def score(
    text: str, start: int, end: int, head: str, proper: Hits, words: Names, *, place: int, listed: bool, built: bool
) -> tuple[float, str]:
    """Confidence that the name is a proper one, and why; 0 for a general word.

    It is one that holds a place or a body, opens with 国家 or an ordinal, holds quotation marks, is of a level (市…平台), has a
    capacity (10万吨…项目), is coined, or stands in a list of projects. ``place`` is where the name of a place ends that opens it
    and is nowhere else spoken of in this text, 0 where there is none.
    """
    core = text[start : end - len(head)]
    if named := proper.within(start, end):
        rest = core
        for s, e in named:
            rest = rest.replace(text[s:e], "")
        if not rest and text[start : start + 2] == "中国" and not _EVENT.search(head):
            return 0.0, ""
        telling = bool(rest) and not words.all_generic(rest)
        proper_enough = telling or len(named) > 1 or _EVENT.search(head) or len(head) > 3 or (len(head) > 2 and not rest)
        return (0.7, "named") if proper_enough or head in words.coined_heads else (0.0, "")
    if len(core) > 4 and (_OPENERS.match(core) or (_WORLDWIDE.match(core) and _EVENT.search(head))):
        return 0.65, "national"
    if '"' in core and len(core.strip('"')) >= 2:
        return 0.6, "quoted"
    if len(head) > 2 and (level := _OF_LEVEL.match(core)) and not words.all_generic(core[level.end() :]):
        return 0.55, "level"
    if start < place <= end - len(head) and not words.ordinary_but_places.makes_up(text[start:place]):
        rest = text[place : end - len(head)]
        if head in words.coined_heads or (built or listed) and (len(head) > 2 or not words.all_generic(rest)):
            return 0.55, "place"
    if (built or listed) and _CAPACITY.match(core) and len(core) > 5:
        return 0.55, "capacity"
    if _is_coined(core, head, words, built=built or listed):
        return 0.55, "coined"
    if listed and not words.all_generic(core):
        return 0.55, "listed"
    return 0.0, ""


_SITES = ("园", "基地", "中心", "城", "港", "工厂", "小镇")
"""Ends of heads that a coined name and a branch of industry may precede (求雨岭氢能产业园)."""
_VOLTAGE = re.compile(r"[0-9.]+(?:千伏|kv|万千瓦|mw)|大型|中型|小型|露天|[一二三四五]级")


def _is_coined(core: str, head: str, words: Names, *, built: bool) -> bool:
    core = _VOLTAGE.sub("", core)
    if core.startswith(("东至", "西至", "南至", "北至", "至")):
        return False
    if head in words.coined_heads and 2 <= len(core) <= 6 and not _FUNCTION.search(core):
        if not words.ordinary.makes_up(core) and not words.ordinary.holds_one(core):
            return True
    if not built or not (head.endswith(_SITES) or core.endswith(_SITES)):
        return False
    whole = len(head) > 2 and 2 <= len(core) <= 4 and not _FUNCTION.search(core)
    return bool(words.coined_prefix(core)) or (
        whole and not words.ordinary.makes_up(core) and not words.ordinary.holds_one(core)
    )


def reach(text: str, end: int, stop: int, places: Mapping[int, int]) -> int:
    """Where the name ends, with what follows its head: 区 of 示范园区, 二期, (浦东园区), 常州分中心."""
    if text[end - 1] == "园" and text.startswith("区", end) and end < stop:
        end += 1
    if (part := _PART.match(text, end, stop)) and places.get(end, 0) and places[end] <= part.end(1):
        end = part.end()
    for pattern in (_PHASE, _BRACKET):
        match = pattern.match(text, end, stop)
        if match and (pattern is _PHASE or _names_a_part(match.group(1), match.start(1), places)):
            end = match.end()
    return end


def _names_a_part(inside: str, start: int, places: Mapping[int, int]) -> bool:
    return inside.endswith(("园区", "片区", "基地", "校区", "分园", "期", "段")) or places.get(start, 0) == start + len(inside)
