"""What is measured and how: the metric and the operator of a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.folding import fold
from kg.model import Operator
from kg.ontology import Ontology
from kg.targets.clauses import Clause

_TIME_AT_END = re.compile(
    r"(?:(?:今年|全年|上半年|下半年|年底|年内|每年|[一二三四]季度|(?:到|至|力争)?20[0-9]{2}\s?年(?:底|末|前)?|期间|届时|年均|较)|[\s\x01:(\"])$"
)
_OPENER = re.compile(
    r"(?:[\s、:\"'·*\-]|\x01|其中|并且|并(?![购网联])|且|以及|和(?![平谐])|及(?!时)|而|则|再(?!融资|生|制造|保险|贷款|就业)|还(?!款)|也|同时|届时|"
    r"(?:到|至|截至|截止|力争到?|争取到?|预计到?|计划到?|在|以|从)?\s?(?:20[0-9]{2}\s?(?:年(?:底|末|前)?|(?=[-~至]))(?:[-~至]20[0-9]{2}\s?年?)?(?:前|时|以前)?|\"?十[一二三四五六]五\"?(?:末|期间|期末|时期|规划期)?)|"
    r"(?:到|至|在)?[0-9]{1,2}月(?:[0-9]{1,2}日|底|末|[上中下]旬)(?:之前|以前|前|底|末)?|(?<=[0-9][日月])(?:之前|以前|前)|第?[一二三四]季度|"
    r"(?:到|至)?(?:今年|年内|全年|年底前?|上半年|下半年|本年度|未来|今后)|(?:未来|今后|力争|用|通过|经过)?[0-9一二三四五两]{1,2}年(?:内|左右|时间|(?=累计|共))|"
    r"\(?[0-9一二三四五六七八九十]{1,2}[).、]|[①-⑳])+"
)
_COMPOUNDS = (
    "下达",
    "抵达",
    "发达",
    "到达",
    "通达",
    "可再生",
    "作为",
    "行为",
    "成为",
    "认为",
    "存在",
    "所有",
    "国有",
    "拥有",
    "持有",
    "享有",
    "保有",
    "改造提升",
    "整治提升",
    "完善提升",
)
"""Words whose last character is no operator."""
_AFTER_OPERATORS = (("以上", ">="), ("左右", "~"), ("上下", "~"), ("以内", "<="), ("之内", "<="), ("以下", "<="))
_PROMISE = re.compile(
    r"[一-鿿]{2,6}(?:力争|争取|计划|承诺)(?:让|使|推动|实现)?(?!达|突破|超|增长|增至|提高|提升|上升|下降|完成|在|到|控制|保持|稳定|年均|翻)(?=[一-鿿]{2})"
)
"""南昌力争让…: who promises is no part of the metric."""
_LEVEL_HEAD = re.compile(
    r"[^,，。；;：:|\n]{0,24}?(?:产业集群|集群|产业链|产业园区?|园区|企业|基地|产业(?!集群|链|园|生态)|板块|赛道|商圈)"
)
_SHARED_AFTER = re.compile(
    r"(?:\s?[、和及]\s?[0-9][0-9.,]*\s?[%一-鿿]{0,3}?)+(以上|左右|以内)(?=[,，。；;、)\n]|$|的?目标|水平)"
)
"""55％、70％以上: the word after the last number holds for all."""
_FULFILLED = re.compile(r"(?:完成|实现)[^,，。；;]{1,16}的$")
"""完成主体工程量的80%."""
_COMPARED = re.compile(r"[,，]?(?:同比|环比|(?:较|比)(?:上年|去年|20[0-9]{2}年)(?:末|底|同期)?)(?:分别|均|实现)?")
"""同比增长20%: a comparison names nothing."""
_AHEAD_OF = re.compile(r"(?:高于|快于|低于|领先|优于)[^,，。；;0-9]{1,14}$")
"""增速高于全省平均水平2个百分点."""
_PURPOSE = re.compile(r"力争|确保|争取|计划|预计")
"""Words at the head of a clause that mark an aim."""
_REALIZED = re.compile(r"(?<=[一-鿿]{2})(?:实现|完成)(?=营业|主营|销售收|工业|总产|产值|增加值|利润|利税|税收|旅游)")
"""稀土产业实现营业收入: the verb is no part of the metric."""
_CAUSED = re.compile(
    r"(?:推动|促进|带动|保障|确保|保持|使|使得|引导)(?=[一-鿿\"a-z0-9、]{1,40}(?:率|占比|比重|比例|额|量|收入|产值|增加值|投资|余额|利润|规模|增长|增速)$)"
)
"""推动进出口总额增长6%: who moves a measure is no part of it."""
_ALONE = frozenset(("培训", "孵化", "签约", "竣工", "投产", "开工", "新开工"))
"""Verbs that are counted themselves (培训2万人次)."""
_NOUN = re.compile(r"[^,，。；;：:|\n\x01]{2,36}")
_NOUN_CUT = re.compile(r"(?:、|和|及|以及|与|并|,)(?=(?:[0-9]|[^、]{0,6}$))|、(?=[一-鿿]{2,6}[0-9])")
_NO_NOUN = re.compile(r"[的]?(?:\(|以上|左右|和|及|并|且|、|,|的目标|目标|大关|关口|台阶|水平|的?规模$|之间|之多)")
_MONEY = re.compile(r"元$|美金$|%$|百分点$|番$|倍$")


_OWNERS = re.compile(
    r"(?:支持|推动|引导|鼓励|组织|依托|联合)[^,，。；;\n]{2,60}?等(?:[0-9一二三四五六七八九十]{0,3}家)?(?:企业|单位|机构|高校|院校)?(?=[一-鿿])"
)


@dataclass(frozen=True)
class Reading:
    """What a clause says: metric text, operator, span of the statement; ``growth`` is the word of change, if any."""

    metric: str
    operator: Operator
    start: int
    end: int
    subject: tuple[int, int] | None = None
    growth: str = ""
    built: bool = False
    """Whether a verb of making (建成, 培育) governs the number."""
    forward: bool = False
    """Whether operator words or verbs mark it as an aim."""
    added: bool = False
    """Whether it counts what is new (新增)."""
    item: tuple[int, int] | None = None
    """Its own item of a list that shares one metric (甲 of 甲、乙占比分别为…)."""


@dataclass(frozen=True)
class Lexicon:
    """The word lists, by the character that must be at the place looked at (only a few words share one)."""

    operators: dict[str, tuple[tuple[str, str], ...]]
    """Last character -> (word, kind), longest first."""
    build: tuple[str, ...]
    verbs: dict[str, tuple[str, ...]]
    """First character -> verbs of making, longest first."""
    openers: dict[str, tuple[str, ...]]
    keep: frozenset[str]


@lru_cache(maxsize=2)
def lexicon(ontology: Ontology) -> Lexicon:
    kinds = ("at-least", "at-most", "about", "increase", "decrease", "reach")
    pairs = [(word, kind) for kind in kinds for word in ontology.words(f"{kind}-before")]
    ends: dict[str, list[tuple[str, str]]] = {}
    for word, kind in sorted(pairs, key=lambda p: (-len(p[0]), p[0], p[1])):
        ends.setdefault(word[-1], []).append((word, kind))
    return Lexicon(
        {char: tuple(group) for char, group in ends.items()},
        ontology.words("build-before"),
        _by_first(ontology.words("build-before")),
        _by_first(ontology.words("clause-openers")),
        ontology.word_set("verbs-kept"),
    )


def _by_first(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word)
    return {char: tuple(group) for char, group in groups.items()}


@dataclass
class Head:
    """The words before a number, operators taken off."""

    start: int
    stop: int
    kinds: list[tuple[str, str]]


def head(text: str, clause: Clause, words: Lexicon) -> Head:
    start = opened(text, clause.left, clause.quantity.start, words)
    stop = clause.quantity.start
    kinds: list[tuple[str, str]] = []
    moved = True
    while moved and stop > start:
        moved = False
        time = _TIME_AT_END.search(text, max(start, stop - 10), stop)
        if time:
            stop, moved = time.start(), True
            continue
        if text.endswith(_COMPOUNDS, start, stop):
            break
        for word, kind in words.operators.get(text[stop - 1], ()):
            if text.endswith(word, start, stop):
                if kinds and word.endswith(("增速", "增长率", "增幅")):
                    return Head(start, stop, kinds)  # 增速保持在8%以上: the rate is what is measured
                kinds.append((word, kind))
                stop, moved = stop - len(word), True
                break
    return Head(start, max(start, stop), kinds)


def opened(text: str, left: int, stop: int, words: Lexicon) -> int:
    promise = _PROMISE.match(text, left, stop)
    left, moved = (promise.end() if promise else left), True
    while moved and left < stop:
        match = _OPENER.match(text, left, stop)
        moved = bool(match and match.end() > left)
        if match:
            left = match.end()
        for word in words.openers.get(text[left : left + 1], ()):
            if text.startswith(word, left) and left + len(word) <= stop:
                left, moved = left + len(word), True
                break
    return min(left, stop)


def operator(text: str, clause: Clause, kinds: list[tuple[str, str]], added: bool) -> Operator:
    q = clause.quantity
    found = {kind for _, kind in kinds}
    shared = _SHARED_AFTER.match(text, q.end)
    after = text[q.end : clause.after] or (shared[1] if shared else "")
    if q.attribute("level"):
        return "~"
    if ("increase" in found or added) and ("左右" in after or "about" in found):
        return "~"
    if "increase" in found or added:
        return ">=" if "以上" in after or q.attribute("upper") else "+"
    if q.attribute("doubling"):
        return "+"
    for word, sign in _AFTER_OPERATORS:
        if word in after:
            return sign  # type: ignore[return-value]
    if "decrease" in found:
        return "="
    if q.attribute("upper") or "at-least" in found:
        return ">="
    if "at-most" in found:
        return "<="
    if "about" in found:
        return "~"
    return ">=" if q.attribute("more") and (q.attribute("unit") or "").lstrip("千百十万亿") else "="


_ORIGIN = re.compile(r"(?:由|从)(?:20[0-9]{2}\s?年?(?:底|末)?的?|目前的?|现在的?|原来的?)?(?:约|近|不足)?$")
_ONWARD = re.compile(r"\s?[^,，。；;0-9\n]{0,10}?(?:至|到|为|达)(?:20[0-9]{2}\s?年?(?:底|末)?的?)?(?:约|近|超过?)?[0-9]")


def origin(text: str, clause: Clause) -> int | None:
    """Offset of 由 or 从 when the number is where a change starts from (由33家整合至20家), else None."""
    q = clause.quantity
    found = _ORIGIN.search(text, max(clause.left, q.start - 14), q.start)
    return found.start() if found and _ONWARD.match(text, clause.after) else None


def noun_after(text: str, clause: Clause) -> tuple[int, int] | None:
    """The thing counted after the number: 个|智能工厂."""
    money = _MONEY.search(clause.quantity.attribute("unit") or "") and not clause.quantity.attribute("level")
    if chained := _of_chain(text, clause):
        return chained
    if _NO_NOUN.match(text, clause.after) or (money and text[clause.after : clause.after + 1] != "的"):
        return None
    level = _LEVEL_HEAD.match(text, clause.after, clause.right) if clause.quantity.attribute("level") else None
    if level and len(level.group().strip("的")) >= 2:
        return level.start() + (text[level.start()] == "的"), level.end()
    start = clause.after + (text[clause.after : clause.after + 1] == "的")
    match = _NOUN.match(text, start, clause.right)
    if match is None:
        return None
    cut = _NOUN_CUT.search(text, start, match.end())
    end = cut.start() if cut and cut.start() - start >= 2 else match.end()
    while end > start and text[end - 1] in ' 、和及与并的的"':
        end -= 1
    return (start, end) if end - start >= 2 else None


def _of_chain(text: str, clause: Clause) -> tuple[int, int] | None:
    """分别建成50GW、20GW产能: the noun behind the last number of a chain is that of all."""
    if text[clause.after : clause.after + 1] not in ("、", "和", "及"):
        return None
    unit = re.escape(fold(clause.quantity.attribute("unit") or ""))
    chain = re.compile(
        rf"(?:[、和及]\s?[0-9][0-9.,]*\s?{unit}(?:以上|左右)?)+的?(?P<noun>[一-鿿][^,，。；;：:、|\n0-9]{{1,19}})"
    )
    found = chain.match(text, clause.after, clause.stop) if unit else None
    return found.span("noun") if found else None


def read(text: str, original: str, clause: Clause, words: Lexicon) -> Reading | None:
    """Metric and operator from the clause itself; None when it names nothing (the caller then looks to its left)."""
    top = head(text, clause, words)
    top.start = _after_owners(text, top.start, top.stop)
    lead, making = verb(text, top.start, top.stop, words)
    lead = _with_quote(text, lead, top.stop)
    added = making in ("新增", "净增", "累计新增", "每年新增", "再新增", "年均新增", "力争新增", "新增培育")
    if not added and top.kinds and any(w in ("新增", "净增") or w.endswith("新增") for w, _ in top.kinds):
        added = True
    sign = operator(text, clause, top.kinds, added)
    change = [(w, k) for w, k in top.kinds if k in ("increase", "decrease") and not w.endswith(("新增", "净增"))]
    forward = bool(making) or any(
        kind != "about" and word not in ("为", "有", "共", "是", "在", "共有", "总计", "累计", "合计")
        for word, kind in top.kinds
    )
    forward = (
        forward or bool(_PURPOSE.search(text, clause.left, top.start)) or bool(_FULFILLED.search(text, top.start, top.stop))
    )
    built = bool(making) or (top.start == top.stop and bool(top.kinds))
    growth = change[-1][0] if change else ""
    noun = noun_after(text, clause)
    has_head = (
        top.stop - lead >= 2
        and not _COMPARED.fullmatch(text, lead, top.stop)
        and not text[lead : top.stop].strip(" 、的").isascii()
    )
    level = clause.quantity.attribute("level")
    one = has_head and text.find("、", lead, top.stop) < 0 and not _ends_in_verb(text, lead, top.stop, words)
    if noun and level and one:
        whole = original[lead : top.stop].strip(" 、，的：:") + original[slice(*noun)].strip()
        return Reading(whole, sign, top.start, noun[1], (lead, noun[1]), growth, True, forward)
    if noun and (not has_head or clause.quantity.attribute("level") or _ends_in_verb(text, lead, top.stop, words)):
        return Reading(
            original[noun[0] : noun[1]].strip(), sign, top.start, noun[1], noun, growth, built or has_head, forward, added
        )
    if has_head:
        end = clause.after
        metric = _REALIZED.sub("", original[lead : top.stop].strip(" 、，的：:"))
        if growth:
            metric = original[lead : clause.quantity.start].strip() if text[top.stop :].startswith(growth) else metric + growth
            metric = _without_about(metric)
        metric = _CAUSED.sub("", metric, count=1) if _CAUSED.match(metric) else metric
        if noun:
            metric, end = metric + original[noun[0] : noun[1]], noun[1]
        return Reading(metric, sign, top.start, end, (lead, top.stop), growth, built, forward, added) if metric else None
    if making in _ALONE and text[lead : top.stop].strip() == "":
        return Reading(making, sign, top.start, clause.after, (top.start, top.stop), growth, built, forward, added)
    return Reading("", sign, top.start, clause.after, None, growth, built, forward, added)


def _after_owners(text: str, start: int, stop: int) -> int:
    """Past the bodies that are to do it (支持甲公司、乙集团等|牵头制定国际标准)."""
    found = _OWNERS.match(text, start, stop)
    return found.end() if found and stop - found.end() >= 4 else start


def _with_quote(text: str, lead: int, stop: int) -> int:
    """Back to the quotation mark that opens the metric, when it closes inside (“灯塔”工厂)."""
    return lead - 1 if lead and text[lead - 1] == '"' and text.count('"', lead, stop) % 2 else lead


def _without_about(metric: str) -> str:
    return re.sub(r"(?:约|近|超过|超|分别|左右|不低于|达到|达|均|各|为)+$", "", metric)


def verb(text: str, start: int, stop: int, words: Lexicon) -> tuple[int, str]:
    """(where the noun begins, the verb of making before it)."""
    first = ""
    moved = True
    while moved:
        moved = False
        for word in words.verbs.get(text[start : start + 1], ()):
            if text.startswith(word, start) and start + len(word) <= stop:
                first = first or word
                if start + len(word) == stop or word not in words.keep:
                    start, moved = start + len(word), True
                break
    return start, first


def _ends_in_verb(text: str, start: int, stop: int, words: Lexicon) -> bool:
    return text.endswith(words.build, start, stop) and text[start:stop] not in words.keep
