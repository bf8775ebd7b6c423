"""Numerals: every form gives its exact Decimal, everything else None."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.numerals import canonical, parse

FORMS = {
    "3500": "3500", "1,234.5": "1234.5", "12,345,678": "12345678", "0.5": "0.5", "3千": "3000", "1.5万": "15000",
    "三千五百": "3500", "两千五百": "2500", "十": "10", "十二": "12", "二十": "20", "一百零五": "105", "一百二十万": "1200000",
    "三亿五千万": "350000000", "两万三千": "23000", "二〇二五": "2025", "三点五": "3.5", "百分之十五": "15", "百分之三点五": "3.5",
    "一万亿": "1000000000000", "千": "1000", "百": "100",
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), FORMS.items(), ids=list(FORMS))
def test_numeral_has_its_value(text: str, value: str) -> None:
    """Each way to write a number gives its exact value."""
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "亿级企业", "abc", "若干", "1.2.3", "三点点五", "点", "."])
def test_what_is_no_numeral_is_none(text: str) -> None:
    """Text that is no number gives None, never a guess and never an exception."""
    assert parse(text) is None


def _spell(number: int) -> str:
    """Chinese numeral of 1..9999, with 零 where a place is skipped."""
    digits, units = "零一二三四五六七八九", ["千", "百", "十", ""]
    out, skipped = "", False
    for char, unit in zip(f"{number:04d}", units, strict=True):
        if char == "0":
            skipped = bool(out)
        else:
            out += ("零" if skipped else "") + digits[int(char)] + unit
            skipped = False
    return out


@given(st.integers(min_value=1, max_value=9999), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
def test_spelled_numbers_round_trip(number: int, magnitude: tuple[str, int]) -> None:
    """Every spelled number up to 9999亿 is read back exactly."""
    assert parse(_spell(number) + magnitude[0]) == number * magnitude[1]


@given(st.text(alphabet="零一二三四五六七八九十百千万亿两点0123456789.,百分之", max_size=12))
def test_parse_never_raises(text: str) -> None:
    """Any mixture of numeral characters gives a Decimal or None."""
    assert parse(text) is None or isinstance(parse(text), Decimal)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**12))
def test_canonical_is_one_form_per_value(value: Decimal) -> None:
    """The canonical text has no exponent and no trailing zeros, and keeps the value."""
    text = canonical(value)
    assert Decimal(text) == value and "E" not in text and not (("." in text) and text.endswith("0"))
