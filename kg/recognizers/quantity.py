"""Numbers with their units: 1.5万亿元, 150家, 30%, 2—3个, 千亿级, 百分之十五, 三十余家.

Each mention covers number and unit only; the operator words around it are read with the clause (kg.targets).
Attributes: ``value`` (canonical decimal), ``unit`` as written, and where they apply ``upper`` (range), ``level`` (千亿级),
``more`` (余, 多), ``spelled`` (a Chinese numeral).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.folding import fold, simplify
from kg.model import Document, Mention
from kg.numerals import canonical, parse
from kg.ontology import Ontology
from kg.tables import Tables
from kg.words import anchored

_MAGNITUDE = r"(?:千万亿|百万亿|万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千)"
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_SPELLED = r"[一二三四五六七八九十百千两]"
_PER = r"(?:/(?:年|月|日|天|小时|秒|亩|人|户|家|平方公里|平方米))?"
_DASH = r"\s?(?:-{1,2}|~|至|到)\s?"
_LEVEL = re.compile(
    rf"(?<![0-9.万亿千百十数{'一二三四五六七八九'}])(?P<number>{_NUMBER}?)(?P<magnitude>万亿|千亿|百亿|十亿|亿|千万)(?P<yuan>元?)"
    r"(?P<level>级|(?=(?:特色|优势|新兴|主导|支柱|先进)?(?:产业|集群|园区|企业|板块|赛道)))"
)
_LEVEL_VALUE = {"万亿": ("1", "万亿元"), "千亿": ("1000", "亿元"), "百亿": ("100", "亿元"), "十亿": ("10", "亿元"), "亿": ("1", "亿元"),
                "千万": ("1000", "万元")}  # fmt: skip
_BARE_MONEY = re.compile(
    r"(?<!\| )(?<!\()(?<!单位:)(?<!单位: )(?<![0-9.万亿千百十数几余多一二三四五六七八九两])(?P<magnitude>万亿|千亿|百亿|十亿|千万|百万|亿)(?P<currency>美元|元)"
)
_MAGNITUDE_SIGN = re.compile("[万亿千百十]")
_BARE_VALUE = {"万亿": ("1", "万亿"), "千亿": ("1000", "亿"), "百亿": ("100", "亿"), "十亿": ("10", "亿"), "亿": ("1", "亿"),
               "千万": ("1000", "万"), "百万": ("100", "万")}  # fmt: skip
_PERCENT_WORDS = re.compile(r"百分之([零一二三四五六七八九十百点两]+)")
_TENTHS = re.compile(
    r"(?<![完建形达构组合生集促养变造赞收现转译织汇落速玉编竣第每十百千万])(?P<number>[一二三四五六七八九两])成"
    r"(?=以上|左右|以内|多|[,，。；;、)\s的]|$)"
)
"""七成以上: tenths of the whole."""
_DOUBLING = re.compile(r"翻(?P<number>[一二两三四0-9])番")
_INDEX = re.compile(rf"(?:指数|系数|得分|评分|分值|水平|排名|指标值)(?:总体)?(?:水平)?(?:达到?|提高到|提升至|提升到|为|超过|不低于)(?P<number>{_NUMBER})(?=以上|左右|[,。;、\n]|$)")  # fmt: skip


@lru_cache(maxsize=2)
def _forms(ontology: Ontology) -> frozenset[str]:
    return frozenset(fold(form) for unit in ontology.of_kinds("Unit") for form in unit.forms)


@lru_cache(maxsize=2)
def _units(ontology: Ontology) -> str:
    units = sorted(_forms(ontology), key=lambda f: (-len(f), f))
    return "|".join(
        re.escape(u) + (r"(?![a-z])" if u[-1:].isascii() and u[-1:].isalpha() else _NOT_BEFORE.get(u, "")) for u in units
    )


_NOT_BEFORE = {"部": "(?![门委分级署属省队件位])", "台": "(?![阶风湾账胞商海山])", "路": "(?![灯线段由面网径易演桥])"}
"""A counter -> what must not follow it, where it often begins another word (13部门)."""


@lru_cache(maxsize=2)
def _pattern(ontology: Ontology) -> re.Pattern[str]:
    unit = _units(ontology)
    symbol = "|".join(u for u in unit.split("|") if u[:1].isascii() and u[:1].isalpha())
    return re.compile(
        rf"(?<![0-9.a-z\[(第-])(?<![0-9],)(?P<low>{_NUMBER})"
        rf"(?:(?P<lowunit>\s?{_MAGNITUDE}?(?:{unit})?){_DASH}(?P<high>{_NUMBER}))?"
        rf"\s?(?P<more>[余多几]?)(?P<magnitude>{_MAGNITUDE}?)\s?(?P<more2>[余多]?)(?P<unit>(?:{unit})?{_PER})"
        rf"(?:[^()\n,。;0-9]{{0,8}}\((?P<symbol>(?:{symbol}))\))?"
    )


@lru_cache(maxsize=2)
def _spelled_pattern(ontology: Ontology) -> re.Pattern[str]:
    counters = "|".join(map(re.escape, ontology.words("spelled-counters")))
    return re.compile(
        rf"(?<![第每之各某另任{'一二三四五六七八九十百千两0-9几数上'}])(?P<low>{_SPELLED}{{1,6}})(?P<more>[余多])?(?P<magnitude>万亿|亿|万)?(?P<more2>[余多])?"
        rf"(?P<unit>{counters})(?![a-z])"
    )


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Quantity mentions, in text order, none inside another."""
    kept: list[Mention] = []
    everything = [*_percent_words(document), *_tenths(document), *_levels(document), *_numbers(document, ontology), *_bare(document),
                  *_doublings(document), *_indexes(document), *_spelled(document, ontology), *_cells(document, ontology)]  # fmt: skip
    for mention in sorted(everything, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _mention(document: Document, start: int, end: int, rule: str, score: float, **attributes: str) -> Mention:
    pairs = tuple((key, value) for key, value in attributes.items() if value or key in ("value", "unit"))
    return Mention(start, end, "Quantity", document.text[start:end], rule, (), "", score, pairs)


def _numbers(document: Document, ontology: Ontology) -> Iterator[Mention]:
    for match in _pattern(ontology).finditer(document.folded):
        unit = match["magnitude"] + match["unit"] or (match["lowunit"] or "").strip()
        end = match.end()
        if match["symbol"]:
            unit = document.text[match.start("symbol") : match.end("symbol")]
        elif match["high"] and not unit:
            continue
        if unit in _MAGNITUDES_ALONE and (money := _MONEY_OF_LIST.match(document.folded, end)):
            unit += money[1]
        if not unit or unit in _MAGNITUDES_ALONE and not _counted_thing(document.folded, match.start(), end):
            continue
        more = "1" if match["more"] or (match["more2"] and not match["magnitude"]) else ""
        original = _as_written(document, match, unit)
        yield _mention(document, match.start(), end, "quantity.number", 1.0, value=_value(match["low"]), unit=original,
                       upper=_value(match["high"]) if match["high"] else "", more=more)  # fmt: skip


_MAGNITUDES_ALONE = frozenset(("千", "万", "亿", "百万", "千万", "万亿", "十万", "十亿", "百亿", "千亿"))


_MONEY_OF_LIST = re.compile(r"(?:[、,，和或及][0-9.]+[万亿千])*[、,，和或及][0-9.]+(?:万|亿|千万|百万)(元|美元)")
"""100万、50万、30万元: the last one's 元 holds for all."""
_REACHED = re.compile(r"(?:达到?|超过?|突破|不少于|不低于|增至|增加到|提高到)$")
_END = re.compile(r"以上|台阶|大关|关口|左右|产业|企业|集群|园区|级|[-~]")


def _counted_thing(text: str, start: int, end: int) -> bool:
    """Whether a number with a bare magnitude measures something: 30亿以上, 注册量突破20亿."""
    if _END.match(text, end):
        return True
    return text[end : end + 1] in ",，。；;、\n" and bool(_REACHED.search(text[max(0, start - 4) : start]))


def _as_written(document: Document, match: re.Match[str], unit: str) -> str:
    """The unit with the letters of the text (GWh, not gwh): the folded view lost their case."""
    if unit.isascii() or any(c.isascii() and c.isalpha() for c in unit):
        position = document.folded.find(unit, match.start(), match.end())
        if position >= 0:
            return simplify(document.text[position : position + len(unit)]).replace("％", "%")
    return unit


def _value(text: str) -> str:
    value = parse(text)
    return canonical(value) if value is not None else "0"


def _levels(document: Document) -> Iterator[Mention]:
    for match in _LEVEL.finditer(document.folded):
        if match["magnitude"] == "亿" and match["level"] != "级":
            continue
        value, unit = _LEVEL_VALUE[match["magnitude"]]
        if match["number"]:
            number = parse(match["number"])
            value, unit = (canonical(number) if number is not None else value), match["magnitude"] + "元"
        yield _mention(document, *match.span(), "quantity.level", 0.9, value=value, unit=unit, level="1")


def _bare(document: Document) -> Iterator[Mention]:
    """超千亿元, 亿元以上: a magnitude that is its own number."""
    for match in anchored(_BARE_MONEY, _MAGNITUDE_SIGN, document.folded):
        value, magnitude = _BARE_VALUE[match["magnitude"]]
        yield _mention(document, *match.span(), "quantity.magnitude", 0.9, value=value, unit=magnitude + match["currency"])


def _percent_words(document: Document) -> Iterator[Mention]:
    for match in _PERCENT_WORDS.finditer(document.folded):
        value = parse(match.group())
        if value is not None:
            yield _mention(document, *match.span(), "quantity.percent", 0.9, value=canonical(value), unit="%")


def _tenths(document: Document) -> Iterator[Mention]:
    for match in _TENTHS.finditer(document.folded):
        value = parse(match["number"])
        if value is not None:
            yield _mention(document, *match.span(), "quantity.tenths", 0.8, value=canonical(value * 10), unit="%")


def _doublings(document: Document) -> Iterator[Mention]:
    for match in _DOUBLING.finditer(document.folded):
        yield _mention(
            document, *match.span(), "quantity.doubling", 0.9, value=_value(match["number"]), unit="番", doubling="1"
        )


def _indexes(document: Document) -> Iterator[Mention]:
    """An index has no unit: 发展指数达到65."""
    for match in _INDEX.finditer(document.folded):
        yield _mention(document, *match.span("number"), "quantity.index", 0.8, value=_value(match["number"]), unit="")


def _spelled(document: Document, ontology: Ontology) -> Iterator[Mention]:
    for match in _spelled_pattern(ontology).finditer(document.folded):
        value = parse(match["low"])
        if value is None or value < 2 and not match["magnitude"]:
            continue
        unit = (match["magnitude"] or "") + match["unit"]
        more = "1" if match["more"] or match["more2"] else ""
        yield _mention(
            document, *match.span(), "quantity.spelled", 0.8, value=canonical(value), unit=unit, more=more, spelled="1"
        )


_CELL_NUMBER = re.compile(
    rf"\s*(?:[≥≤><+±]|不低于|不少于|不超过|超过|达到|大于|小于|力争|约|近|下降|降低|增长|提高|累计)?\s*[\[(]?(?P<low>{_NUMBER})"
    rf"(?:{_DASH}(?P<high>{_NUMBER}))?[\])]?\s*(?:以上|以下|左右|以内)?\s*"
)
"""A cell that holds a number and no unit, with the operator words that may stand around it; [15] is a cumulative value."""


def _cells(document: Document, ontology: Ontology) -> Iterator[Mention]:
    """Bare numbers of a table of indicators; the unit is that of the row's 单位 cell, of a bracket, or of the caption."""
    if not any(block.kind == "cell" for block in document.blocks):
        return
    tables, units = Tables(document), _forms(ontology)
    for index, block in enumerate(document.blocks):
        if block.kind != "cell" or not block.column:
            continue
        match = _CELL_NUMBER.fullmatch(document.folded, block.start, block.end)
        if match is None or not tables.is_value(index):
            continue
        unit = next((u for u in tables.units(index) if _is_unit(u, units)), None)
        if unit is None and not (tables.year_text(index) and tables.subject(index) is not None):
            continue
        start, end = match.start("low"), match.end("high") if match["high"] else match.end("low")
        yield _mention(document, start, end, "quantity.cell", 0.8, value=_value(match["low"]), unit=unit or "",
                       upper=_value(match["high"]) if match["high"] else "", cell="1")  # fmt: skip


def _is_unit(text: str, units: frozenset[str]) -> bool:
    """Whether a text is a unit: known, with a magnitude before it, or a known one per something (吨/年, 件/万人)."""
    plain = text.partition("/")[0].lstrip("千百十万亿")
    return not text or text in units or not plain or plain in units
