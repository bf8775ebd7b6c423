"""Numbers as Chinese texts write them, exactly: Arabic with separators, Chinese numerals, 百分之三十.

Values are Decimal, never float, so that 0.1 stays 0.1 and no output depends on float printing.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

ARABIC = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")


def parse(text: str) -> Decimal | None:
    """Value of a whole numeral: 1,234.5, 三千五百, 百分之十五, 3千, 一百二十万; None for anything else."""
    text = text.strip()
    if text.startswith("百分之"):
        return parse(text[3:])
    if ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    head = ARABIC.match(text)
    if head:
        return _scaled(Decimal(head.group().replace(",", "")), text[head.end() :])
    return _chinese(text)


def _scaled(base: Decimal, magnitude: str) -> Decimal | None:
    factor = Decimal(1)
    for char in magnitude:
        if char in _SMALL:
            factor *= _SMALL[char]
        elif char in _LARGE:
            factor *= _LARGE[char]
        else:
            return None
    return base * factor


def _chinese(text: str) -> Decimal | None:
    if not text or any(c not in _DIGITS and c not in _SMALL and c not in _LARGE and c != "点" for c in text):
        return None
    whole, point, fraction = text.partition("点")
    if not whole or (point and not fraction):
        return None
    if all(c in _DIGITS for c in whole) and len(whole) > 1:
        value = Decimal("".join(str(_DIGITS[c]) for c in whole))
    else:
        value = Decimal(_units(whole))
    if fraction:
        if any(c not in _DIGITS for c in fraction):
            return None
        value += Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    return value


def _units(text: str) -> int:
    """Value of a whole spelled numeral: what stands before the last 亿 (then 万) counts that many times."""
    for sign in ("亿", "万"):
        left, found, right = text.rpartition(sign)
        if found:
            return (_units(left) if left else 1) * _LARGE[sign] + (_units(right) if right else 0)
    total = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total += (digit or 1) * _SMALL[char]
            digit = 0
    return total + digit


def canonical(value: Decimal) -> str:
    """One text form per value: no exponent, no trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
