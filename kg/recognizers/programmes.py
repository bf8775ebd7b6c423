"""Programmes and events: names in quotation marks with a head ("X计划"), 实施…计划, 举办…大赛."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers.coined import Ordinary, ordinary
from kg.recognizers.phrases import Clause, boundary_words, left_cut
from kg.words import Words

_PROGRAMME = "计划|工程|行动|专项"
_EVENT = (
    "博览会|展览会|交易会|洽谈会|对接会|推介会|展销会|招商大会|年会|大会|峰会|论坛|大赛|竞赛|"
    "(?<![发拓开进扩施参布招伸舒会])展(?![览厅示区馆位品台点能会])|(?:文化|旅游|艺术|购物|美食|电影|音乐|啤酒|消费|采摘)节"
)
_RUNS = f"(?:{_PROGRAMME}|大赛|竞赛|功能区|活动|方案|规划)"
_INSIDE = re.compile(rf'"[^"\n]{{1,14}}(?:{_PROGRAMME}|大赛|论坛|讲堂|峰会|活动)"(?!(?:方案|三年|规划))')
_TAILED = re.compile(
    rf'"([^"\n]{{2,16}})"([0-9a-z一-鿿]{{0,20}}?)({_PROGRAMME}|{_EVENT}|活动|功能区|示范区|平台|品牌)(?![一-鿿]{{0,8}}{_RUNS})'
)
_ROW = re.compile(rf'((?:"[^"\n]{{2,12}}"[、和与]?){{2,6}})等?((?!系列|人才工程)[一-鿿]{{0,10}}?(?:{_PROGRAMME}|大赛|竞赛))')
_NICKNAME = re.compile(
    r'"((?![^"]*[一二三四五六七八九十两双多大]谷)(?:(?![之入进聚双多])[一-鿿]){1,6}?(?:谷|(?:芯|智|数|云|科创|创新)[港岛湾]|[航天科药材]城|(?<![家乐田校花公庄院])园))"'
)
"""A valley, harbor or park in quotation marks and nothing else: "东海芯谷", "云帆智港"."""
_TOUR = re.compile(
    r'(?:开展|组织|举办|实施|推进|启动|参加|参与|打造|持续|深入|办好|支持|鼓励|联合|策划|推动)*(?P<whole>"?(?P<name>[一-鿿]{2,6}(?:中华|中国|全国|全球|世界|丝路|东盟|万里|海外|国际|香港|巴蜀|长三角|大湾区)行)"?)(?![一-鿿]{0,2}(?:业|列|使|为|政|走|动(?!计|方)))'
)
"""Promotions that travel: 外贸优品中华行, "黔酒全球行"."""
_SERIES = re.compile(
    r'((?:"[^"\n]{3,12}"[、和与及]?){2,6})等?(?:系列)?(?:品牌|主题|专项|促销|消费|招商|推介|促消费|引才|人才|特色)*活动'
)
_COUNT = re.compile(r"[一二三四五六七八九十两双0-9]+(?:个|大|项|张|类|条|批)")
_QUOTE = re.compile(r'"([^"\n]{2,12})"')
_JOINED = re.compile(r"制定|跟着|完善|推进|逐一|原则|[等的在为是和与及或]|举办|联手|特征|系列(?!活动)|提供|企业参|用好|依托")
_RUN = re.compile(
    r"(?:启动|组织|深入|大力|持续|全面|扎实|积极|推进)?(?:实施|启动|落实|申报|入选|列入|纳入)"
    r'([^,。;:、"《》()的\n]{5,22}?(?:计划|专项))(?![一-鿿]*(?:行动|方案|管理|项目|资金))'
)
_HELD = re.compile(r"举办|办好|承办|筹办|主办|协办|召开|参加|申办|借助|用好|亮相|依托|举行")
_EVENT_NAME = re.compile(rf'[^,。;:、"《》()\n]{{2,26}}?(?:{_EVENT})(?![一-鿿]{{0,3}}会|季|销)')
_DULL = re.compile(
    r"系列|^(?:一批|若干|一系列|多项|多个)|项目计划|以上|好|支持的|工作计划|年度计划|投资计划|招生计划|用地计划|建设计划|生产计划|采购计划|收购计划|教学计划|培训计划|推进计划|工作专项|^(?:年度|各类|相关|有关|本|该)|^(?:省级|市级|国家级).{0,6}$"
)


@dataclass(frozen=True)
class _Words:
    boundaries: Words
    ordinary: Ordinary
    dull: frozenset[str]
    """Slogans in quotation marks that name no programme: "专精特新", "一带一路"."""


@lru_cache(maxsize=2)
def _words(ontology: Ontology) -> _Words:
    return _Words(
        boundary_words(word for word in ontology.words("topic-left") if word not in ("国际", "发展", "研发", "联合", "孵化")),
        ordinary(ontology),
        ontology.word_set("quoted-slogans"),
    )


def quoted(document: Document, ontology: Ontology) -> Iterator[Mention]:
    """ "X计划" and "X"…计划; slogans ("十四五") make none."""
    words = _words(ontology)
    text = document.folded
    for match in _opened(_TOUR, document):
        if not _JOINED.search(match.group("name")) and match.group("whole").count('"') != 1:
            yield _project(document, *match.span("whole"), "project.tour", 0.55)
    if '"' not in text:
        return
    for match in _opened(_INSIDE, document):
        inside = text[match.start() + 1 : match.end() - 1]
        if inside not in words.dull and not _COUNT.match(inside) and "、" not in inside and "," not in inside:
            yield _project(document, *match.span(), "project.quoted", 0.65)
    for match in _opened(_NICKNAME, document):
        name = match.group(1)
        if len(name) > 2 and name not in words.dull and not _COUNT.match(name) and not words.ordinary.makes_up(name):
            yield _project(document, *match.span(), "project.nickname", 0.6)
    for match in _opened(_SERIES, document):
        for quote in _QUOTE.finditer(text, *match.span(1)):
            if quote.group(1) not in words.dull:
                yield _project(document, *quote.span(), "project.quoted", 0.6)
    for match in _ROW.finditer(text):
        for quote in _QUOTE.finditer(text, *match.span(1)):
            if quote.group(1) not in words.dull and not re.search(f"(?:{_PROGRAMME})$", quote.group(1)):
                name = document.text[quote.start() : quote.end()] + document.text[match.start(2) : match.end(2)]
                mention = _project(document, *quote.span(), "project.quoted", 0.6)
                yield replace(mention, name=name)
    for match in _opened(_TAILED, document):
        if match.group(3) == "活动" and text[match.start() - 1 : match.start()] in ('"', "、", "和") and match.start():
            continue  # one of a series
        slogan = match.group(1) in words.dull or match.group(1)[0].isdigit() or "、" in match.group(1)
        if not slogan and not _JOINED.search(match.group(2)):
            yield _project(document, *match.span(), "project.quoted", 0.6)


def _opened(pattern: re.Pattern[str], document: Document) -> Iterator[re.Match[str]]:
    """The matches that do not begin with a quotation mark that closes: "链主"企业,实施"串链行动"."""
    position = 0
    while match := pattern.search(document.folded, position):
        closing = document.text[match.start()] in _CLOSING
        position = match.start() + 1 if closing else match.end()
        if not closing:
            yield match


_CLOSING = "”」』"


def programmes(document: Document, ontology: Ontology, clause: Clause) -> Iterator[Mention]:
    """实施…计划 and 举办A大赛、B论坛 in one clause."""
    text = document.folded
    if any(word in text[clause.start : clause.end] for word in ("计划", "专项")):
        for match in _RUN.finditer(text, clause.start, clause.end):
            if not _DULL.search(match.group(1)):
                yield _project(document, *match.span(1), "project.programme", 0.5)
    if held := _HELD.search(text, clause.start, clause.end):
        yield from _events(document, ontology, clause, held.end())


def _events(document: Document, ontology: Ontology, clause: Clause, held: int) -> Iterator[Mention]:
    """The events of a list that ``held`` opens."""
    text, words = document.folded, _words(ontology)
    for number, (left, right) in enumerate(clause.items):
        start = left_cut(text, left, right, document.view(words.boundaries.lengths), inside=number == 0)
        if right <= held:
            continue
        match = _EVENT_NAME.match(text, max(start, held) if left < held else start, right)
        if match and not _is_dull_event(match.group(), words):
            yield _project(document, *match.span(), "project.event", 0.55)


def _is_dull_event(name: str, words: _Words) -> bool:
    """Whether it is a kind of event (专题论坛, 各类大赛) and none with a name."""
    core = re.sub(rf"(?:{_EVENT})$", "", name)
    return (
        len(core) < 4
        or "以上" in core
        or "一定" in core
        or words.ordinary.makes_up(core[:4])
        and len(core) < 6
        or bool(
            re.search(
                r"[的等]|不少于|不低于|[0-9]+余?(?:场|次)|性$|[0-9]天|大型|^(?:各类|系列|专题|相关|有关|重要|专业|首届|一批|年度|品牌|大型|高端|知名|行业|线上|线下|国内外?|境内|境外|[0-9一二三四五六七八九十]+(?:场|次|个))",
                core,
            )
        )
    )


def _project(document: Document, start: int, end: int, rule: str, score: float) -> Mention:
    return Mention(start, end, "Project", document.text[start:end], rule, (), "", score)
