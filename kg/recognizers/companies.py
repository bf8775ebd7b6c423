"""Companies under their short names: by a tail (…科技, …药业), in lists (A、B等企业, 龙头企业有A、B), in columns of tables.

A short name has no head that proves it (有限公司), so three things must agree: it stands between boundaries (a comma, a verb, a
preposition, a place), its core is no ordinary word, and its surroundings speak of companies, which a tail that is itself a
branch of industry (…汽车, …化工) needs more than one that is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.folding import fold
from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers.coined import Ordinary, ordinary
from kg.recognizers.phrases import ETC, Clause, boundary_words, left_cut
from kg.words import Words

SURE, WEAK, PLAIN, NONE = 3, 2, 1, 0
"""How sure an item of a list is a company: by itself, with support, only among others, not at all."""

_NAME = re.compile(r"[0-9a-z一-鿿·]+")
_BRACKETED = re.compile(r"\(([一-鿿]{2,8})\)")
_FUNCTION = re.compile(
    r"^[投促抓降补去]|(?<=.)和|[的了与及等在为是以将被把对向从到上下内外前后各每该本其这那哪并或且均都已又再可应需须要能会不无未非]|(?<=.)中"
)
_CAPACITY = re.compile(r"[0-9]")
_VERB_AFTER = re.compile(
    r"将|在|拟|已|正|计划(?:投|建|在)|目前|暂|投资|签|分别|落户|落地|牵头|扩产|增资|做大|做强|做优|上市|达产|投产|建成|实施|联合|共建|为代表|为龙头|"
    r"成功|率先|入驻|参与|发布|成立|设立|布局|完成|扩建|总部|第[一二三四五六七八九十]"
)
_ACTS = re.compile(
    r"投资|签约|签订|签署|分别|牵头|增资|扩产|(?:将|拟|已|正|计划)(?:在|投|与|于)|参与|发布|上市|为代表|为龙头|成功|宣布"
)
"""What only companies do."""
_JOINED_AFTER = re.compile(r"等|和|与|及")
_PROJECT_AFTER = re.compile(
    r"(?!产业|行业|企业|公司|创新|成果|人才|园|城|型|小镇|实验室|研究|集群)[^,。;:、和与及的]{0,18}?(?:项目|产业园|生产基地|基地|工厂|总部|产线|生产线|研发中心|园区)"
)
_INTRODUCED = re.compile(r"(?:有|为|是|包括|包含|如|主要有|主要包括|以|:|分别为|分别是)?$")


_MODIFIERS = (
    "[0-9一二三四五六七八九十百多余几]+(?:家|个|户)|一批|众多|多家|国内外|国内|国际|全球|世界|行业|知名|著名|重点|优质|领先|本地|本土|代表性?|头部|龙头|骨干|链主|领军|"
    '[0-9一二三四五六七八九十百]+强|独角兽|"?专精特新"?|"?小巨人"?|单项冠军|的'
)
"""What may stand between 等 and the word that sums up a list of companies."""


@dataclass(frozen=True)
class _Words:
    tails: Mapping[str, int]
    """Tail -> how sure it makes a coined name."""
    hits: Words
    signs: Words
    """Tails, words for lists of companies and units of capacity: a clause without any names no company by a short name."""
    boundaries: Words
    ordinary: Ordinary
    summary: re.Pattern[str]
    cue: re.Pattern[str]
    columns: frozenset[str]
    heads: tuple[str, ...]


_UNITS = ("gw", "mw", "万", "亿", "千", "吨", "台", "套", "片", "英寸", "工厂", "(")


@lru_cache(maxsize=2)
def _words(ontology: Ontology) -> _Words:
    tails = dict.fromkeys(ontology.words("company-tails-general"), PLAIN)
    tails |= dict.fromkeys(ontology.words("company-tails-weak"), WEAK) | dict.fromkeys(ontology.words("company-tails"), SURE)
    lists = "|".join(ontology.words("company-lists"))
    cues = "|".join(ontology.words("company-list-cues"))
    return _Words(
        tails=tails,
        hits=Words(tails),
        signs=Words((*tails, *ontology.words("company-lists"), *ontology.words("company-list-cues"), *_UNITS)),
        boundaries=boundary_words(ontology.words("topic-left")),
        ordinary=ordinary(ontology),
        summary=re.compile(rf"(?:{_MODIFIERS})*(?P<branch>[一-鿿]{{0,6}}?)(?:{lists})"),
        cue=re.compile(rf"(?:{cues})(?:\([^()]*\))?(?:主要有|主要包括|主要为|分别为|分别是|包括|包含|有|为|是|如|:|以)?"),
        columns=ontology.word_set("company-columns"),
        heads=ontology.words("project-heads"),
    )


@dataclass(frozen=True)
class Surroundings:
    """What the earlier recognizers found, as spans."""

    organizations: Mapping[int, int]
    """Start -> end of bodies that are known or have a head."""
    topics: frozenset[tuple[int, int]]
    topic_ends: Mapping[int, int]
    places: Mapping[int, int]
    agencies: Mapping[int, int]


def companies(document: Document, ontology: Ontology, clause: Clause, around: Surroundings) -> Iterator[Mention]:
    """Short names of companies in one clause."""
    words = _words(ontology)
    if not document.view(words.signs.hits).any_within(clause.start, clause.end):
        return
    items = _items(document, words, clause, around)
    if not any(item.sure and not item.known for item in items):
        return
    listed = _listed(document, words, clause, items)
    certain = [item for item in items if item.known or (item.sure == SURE and (item.acts or listed))]
    sure = sum(item.sure == SURE for item in items)
    classes = any(item.sure == NONE for item in items)
    for item in items:
        if item.known:
            continue
        if item in certain or (item.sure == SURE and sure > 1):
            yield _mention(document, item, "organization.coined", 0.65)
        elif item.sure == WEAK and (listed or sure or item.acts):
            yield _mention(document, item, "organization.coined", 0.55)
        elif item.sure == PLAIN and len(items) > 1 and ((listed and (sure or not classes)) or 2 * len(certain) >= len(items)):
            yield _mention(document, item, "organization.list", 0.55)


@dataclass(frozen=True)
class _Item:
    start: int
    end: int
    sure: int
    known: bool = False
    acts: bool = False
    place: int = 0
    """Length of the place name that opens it (西安炬光科技)."""


def _mention(document: Document, item: _Item, rule: str, score: float) -> Mention:
    text = document.text[item.start : item.end]
    return Mention(item.start, item.end, "Company", text, rule, (), text[item.place :] if item.place else "", score)


def _listed(document: Document, words: _Words, clause: Clause, items: list[_Item]) -> bool:
    """Whether the clause is a list of companies: A、B等企业, 龙头企业有A、B, 以A、B为龙头."""
    text, first, last = document.folded, items[0].start, items[-1].end
    if any(m.end() == first for m in words.cue.finditer(text, max(0, first - 14), first)) or _ROLE.match(text, last):
        return True
    etc = ETC.match(text, last)
    if not etc:
        return False
    if any(item.sure >= WEAK for item in items) and _PROJECTS.match(text, etc.end()):
        return True
    match = words.summary.match(text, etc.end(), min(clause.end, etc.end() + 24))
    if not match:
        return False
    boundaries = document.view(words.boundaries.lengths)
    return not any(boundaries.get(at, (0,))[0] > 1 for at in range(*match.span("branch")))


_ROLE = re.compile(r"为(?:龙头|骨干|链主|代表|引领)")
_PROJECTS = re.compile(r"[0-9一-鿿]{0,8}?项目")


def _items(document: Document, words: _Words, clause: Clause, around: Surroundings) -> list[_Item]:
    found = []
    many = len(clause.items) > 1
    for number, (left, right) in enumerate(clause.items):
        etc = ETC.search(document.folded, left, right)
        stop = etc.start() if etc else right
        item = _item(
            document, words, left, stop, around, first=number == 0, last=number == len(clause.items) - 1 and not etc, many=many
        )
        if item:
            found.append(item)
            found.extend(_partners(document, words, item.end, stop, around))
        if etc:
            break
    return found


_PARTNER = re.compile(r"(?:和|与|及|携手|联合)")


def _partners(document: Document, words: _Words, end: int, right: int, around: Surroundings) -> Iterator[_Item]:
    """与B in A与B: the other half of a pair that is no list."""
    while (joint := _PARTNER.match(document.folded, end, right)) and joint.end() < right:
        start = joint.end()
        known = around.organizations.get(start)
        partner = (
            _Item(start, known, SURE, known=True)
            if known and known <= right
            else _coined(document, words, start, right, around)
        )
        if not partner or partner.sure != SURE:
            return
        yield partner
        end = partner.end


def _item(
    document: Document, words: _Words, left: int, right: int, around: Surroundings, *, first: bool, last: bool, many: bool
) -> _Item | None:  # fmt: skip
    text = document.folded
    start = left_cut(text, left, right, document.view(words.boundaries.lengths), inside=first)
    for begin in _beginnings(document, words, left, start, right) if first else (start,):
        begin = _past_quotes(text, begin, right)
        if found := _named(document, words, begin, right, around):
            return found
    start = _past_quotes(text, start, right)
    if start >= right:
        return None
    if not many:
        return None
    stop = right
    bracket = _BRACKETED.search(text, start, right)
    core_end = bracket.start() if bracket else stop
    core = text[start:core_end]
    if not (2 <= len(core) <= 7) or not _NAME.fullmatch(core) or (start, core_end) in around.topics:
        return _Item(start, right, NONE)
    placed = around.places.get(start, start)
    if last or start in around.agencies or core_end - placed < 2 or not _is_plain(text[placed:core_end], words):
        return _Item(start, right, NONE)
    named = bracket and around.places.get(bracket.start(1)) == bracket.end(1) and not _BILATERAL.match(core)
    return _Item(start, right, SURE if named else PLAIN)


def _past_quotes(text: str, start: int, right: int) -> int:
    while start < right and text[start] in " \"'(":
        start += 1
    return start


def _named(document: Document, words: _Words, start: int, right: int, around: Surroundings) -> _Item | None:
    """The body that is known, coined or told by its capacity at the start of [start, right)."""
    end = around.organizations.get(start)
    if end and end <= right:
        longer = _extended(document, words, start, end, right, around)
        whole = _with_bracket(document.folded, end, around)
        return longer or _Item(start, whole, SURE, known=whole == end, acts=True)
    return _coined(document, words, start, right, around) or _numbered(document.folded, words, start, right, around)


def _beginnings(document: Document, words: _Words, left: int, start: int, right: int) -> Iterator[int]:
    """Where a name may begin in the first item of a clause: after its cue, its opening verbs, or all of its verbs."""
    text = document.folded
    if text[left] == "和":
        yield left  # 和光…: at the head of a clause it joins nothing
    if cue := words.cue.search(text, left, right):
        yield cue.end()
    yield from dict.fromkeys((left_cut(text, left, right, document.view(words.boundaries.lengths), inside=False), start))


_BILATERAL = re.compile(r"中(?:德|日|韩|新|法|英|美|俄|意|欧|瑞|以|白|荷|泰|马|印|哈|巴|外)")


def _is_plain(core: str, words: _Words) -> bool:
    return not (
        _FUNCTION.search(core)
        or words.ordinary.makes_up(core)
        or words.ordinary.holds_one(core)
        or _CLASS.search(core)
        or core.endswith(words.heads)
    )


_CLASS = re.compile(
    r"(?:材料|装备|设备|制造|服务|平台|传感器|面板|基板|芯片|膜|片|源|版|液|幕|模组|电池|系统|型|类|级|化|性|率|量|业|品|物|药|机|器|车|件|料|剂|酸|醇|酯|胺|盐|油|胶|纤维|树脂|合金|钢|铝|铜|镍|锂|钴)$"
)


def _coined(document: Document, words: _Words, start: int, right: int, around: Surroundings) -> _Item | None:
    """NAME + tail at the start of [start, right), after a place or not."""
    text = document.folded
    place = around.places.get(start, start)
    place = place if place - start >= 2 and place + 3 <= right else start
    tails = document.view(words.hits.lengths)
    best: _Item | None = None
    for tail_start in range(place + 2, min(place + 6, right - 1)):
        for size in tails.get(tail_start, ()):
            end = tail_start + size
            if end > right or end - place > 9:
                continue
            sure = _sure(document, words, place, tail_start, end, right, around)
            if sure:
                acts = end < right and bool(_ACTS.match(text, end) if sure < SURE else not _JOINED_AFTER.match(text, end))
                end = _with_bracket(text, end, around)
                best = _Item(start, end, sure, acts=acts, place=place - start)
                break
        if best:
            return best
    return None


def _extended(document: Document, words: _Words, start: int, end: int, right: int, around: Surroundings) -> _Item | None:
    """北海种业集团, 华新集团安芯科技: a known name with a tail, or the name of a subsidiary, right after it."""
    tails = document.view(words.hits.lengths)
    stop = end
    while sizes := [
        n for n in tails.get(stop, ()) if words.tails[document.folded[stop : stop + n]] == SURE and stop + n <= right
    ]:
        stop += sizes[0]
    if stop > end:
        rest = document.folded[stop : min(right, stop + 24)]
        free = not rest or stop in document.view(words.boundaries.lengths)
        if free or _JOINED_AFTER.match(rest) or _VERB_AFTER.match(rest) or _PROJECT_AFTER.match(rest):
            return _Item(start, stop, SURE, acts=True)
        return None
    daughter = _coined(document, words, end, right, around)
    return _Item(start, daughter.end, SURE, acts=True) if daughter and daughter.sure == SURE else None


def _sure(document: Document, words: _Words, start: int, tail: int, end: int, right: int, around: Surroundings) -> int:
    text = document.folded
    core = text[start:tail]
    if not _NAME.fullmatch(core) or _FUNCTION.search(core) or _CAPACITY.match(core) or words.ordinary.makes_up(core):
        return NONE
    if words.ordinary.holds_one(core) or (start, end) in around.topics or around.topic_ends.get(start, 0) > start + 1:
        return NONE
    sure = words.tails[text[tail:end]]
    rest = text[end : min(right, end + 24)]
    if (
        end == right
        or _JOINED_AFTER.match(rest)
        or _CAPACITY_AFTER.match(rest)
        or (text[end] == "(" and not text[end + 1].isdigit())
    ):
        return sure
    if sure == SURE and _PROJECT_AFTER.match(rest):
        return sure
    if sure == SURE and end in document.view(words.boundaries.lengths):
        return sure
    return sure if _VERB_AFTER.match(rest) else NONE


_CAPACITY_AFTER = re.compile(
    r"(?:第[一二三四五六七八九十0-9]工厂|[0-9.]+(?:gwh|gw|mw|万|亿|千|吨|台|套|片|英寸)[^、,。;]{0,16}?(?:项目|基地|产线|生产线))"
)


def _numbered(text: str, words: _Words, start: int, right: int, around: Surroundings) -> _Item | None:
    """和芯20GW组件项目: what stands before the capacity of a project and is no ordinary word is who builds it."""
    match = _CODED.match(text, start, right)
    if not match or not _CAPACITY_AFTER.match(text, match.end(), right) or start in around.places or start in around.agencies:
        return None
    name = match.group()
    if _FUNCTION.search(name) or words.ordinary.makes_up(name) or words.ordinary.holds_one(name) or start in around.topic_ends:
        return None
    return _Item(start, match.end(), SURE, acts=True)


_CODED = re.compile(r"(?!第)[一-鿿]{3,6}(?=[0-9第])")


def _with_bracket(text: str, end: int, around: Surroundings) -> int:
    """芯海(青岛): the place in brackets belongs to the name."""
    bracket = _BRACKETED.match(text, end)
    if bracket and around.places.get(bracket.start(1)) == bracket.end(1):
        return bracket.end()
    return end


# Tables


def in_tables(document: Document, ontology: Ontology, around: Surroundings) -> Iterator[Mention]:
    """The items of cells whose column is headed 链主企业, 投资方 …"""
    words = _words(ontology)
    text = document.folded
    for block in document.blocks:
        if block.kind != "cell" or not block.column or fold(block.column).strip() not in words.columns:
            continue
        for match in _CELL_ITEM.finditer(text, block.start, block.end):
            start, end = match.span()
            name = text[start:end]
            known = around.organizations.get(start, 0) >= end or start in around.agencies or (start, end) in around.topics
            if not known and 2 <= len(name) <= 24 and not _NOT_IN_CELL.search(name):
                yield Mention(start, end, "Company", document.text[start:end], "organization.table", (), "", 0.7)


_CELL_ITEM = re.compile(r"[^、,;\s/|](?:[^、,;\n/|]*[^、,;\s/|])?")
_NOT_IN_CELL = re.compile(
    r"^[-0-9.%]+$|企业$|^(?:无|暂无|待定|另行|等|各)|[。:]|(?:局|委|办|厅|部|政府|管委会|街道|乡|镇|村)$|[0-9]+家"
)
