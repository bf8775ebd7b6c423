"""Numbers with their units: 1.5万亿元, 150家, 30%, 2—3个, 千亿级, 百分之十五."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from kg.folding import fold
from kg.model import Document, Mention
from kg.numerals import canonical, parse
from kg.ontology import Ontology

_MAGNITUDE = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千)"
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_LEVEL = re.compile(r"(?<![0-9一二三四五六七八九十])([0-9]*(?:\.[0-9]+)?)(万亿|千亿|百亿|十亿|千万|百万)(?:元)?(?:级|产业|产值|规模|集群|产业集群|产业链)")
_LEVEL_VALUE = {"万亿": ("1", "万亿元"), "千亿": ("1000", "亿元"), "百亿": ("100", "亿元"), "十亿": ("10", "亿元"), "千万": ("1000", "万元"), "百万": ("100", "万元")}
_PERCENT_WORDS = re.compile(r"百分之([零一二三四五六七八九十百点]+)")


@lru_cache(maxsize=2)
def _pattern(ontology: Ontology) -> re.Pattern[str]:
    units = sorted({fold(f) for u in ontology.of_kinds("Unit") for f in u.forms}, key=lambda f: (-len(f), f))
    unit = "|".join(map(re.escape, units))
    return re.compile(
        rf"(?<![0-9.a-z])(?P<low>{_NUMBER})(?P<lowunit>{_MAGNITUDE}?(?:{unit})?)(?:\s*(?:-|~|至|到)+\s*(?P<high>{_NUMBER}))?"
        rf"\s*(?:余|多|几)?(?P<magnitude>{_MAGNITUDE}?)\s*(?:余|多)?(?P<unit>{unit})?"
    )


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Quantity mentions; attributes value, unit, and upper for a range."""
    text = document.folded
    mentions = [*_levels(document), *_percent_words(document)]
    levels = [(m.start, m.end) for m in mentions]
    for m in _numbers(document, text, ontology):
        if not any(s < m.end and m.start < e for s, e in levels):
            mentions.append(m)
    return mentions


def _numbers(document: Document, text: str, ontology: Ontology) -> Iterator[Mention]:
    for match in _pattern(ontology).finditer(text):
        unit = match.group("unit") or ""
        magnitude = match.group("magnitude") or ""
        low_unit = match.group("lowunit") or ""
        if match.group("high") is None:
            whole = low_unit + magnitude + unit
        else:
            whole = magnitude + unit
            if not whole:
                whole = low_unit
        end = match.end()
        if not whole or text[end : end + 1].isascii() and text[end : end + 1].isalpha():
            continue
        start = match.start()
        attributes = [("value", _value(match.group("low"))), ("unit", whole)]
        if match.group("high"):
            attributes.append(("upper", _value(match.group("high"))))
        yield Mention(start, end, "Quantity", document.text[start:end], "quantity.number", (), "", 1.0, tuple(attributes))


def _value(text: str) -> str:
    value = parse(text)
    return canonical(value if value is not None else Decimal(0))


def _levels(document: Document) -> Iterator[Mention]:
    for match in _LEVEL.finditer(document.folded):
        value, unit = _LEVEL_VALUE[match.group(2)]
        if match.group(1):
            value = canonical(Decimal(match.group(1)) * Decimal(value))
        start, end = match.start(), match.end(2)
        if document.folded[end : end + 1] == "元":
            end += 1
        if document.folded[end : end + 1] == "级":
            end += 1
        attributes = (("value", value), ("unit", unit), ("level", "1"))
        yield Mention(start, end, "Quantity", document.text[start:end], "quantity.level", (), "", 0.9, attributes)


def _percent_words(document: Document) -> Iterator[Mention]:
    for match in _PERCENT_WORDS.finditer(document.folded):
        value = parse(match.group())
        if value is not None:
            start, end = match.span()
            attributes = (("value", canonical(value)), ("unit", "%"))
            yield Mention(start, end, "Quantity", document.text[start:end], "quantity.percent", (), "", 0.9, attributes)
