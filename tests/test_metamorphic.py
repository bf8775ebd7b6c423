"""What a document says does not hang on its city, its script, its line breaks, its page or the fame of an industry."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import readers
from tests import metamorphic

FLOORS = {
    "other city": 0.98,
    "traditional script": 0.98,
    "full width": 0.98,
    "hard wrapped": 0.97,
    "without a paragraph": 0.98,
    "made-up industry": 0.55,
    "in a web page": 0.98,
}
"""Least share of statements that follow a change. Raise them when extraction gets steadier; never lower one."""


def _measured(folder: Path) -> dict[str, metamorphic.Rate]:
    return metamorphic.measure([readers.read(path) for path in readers.collect([str(folder)])])


def _assert_steady(rates: dict[str, metamorphic.Rate]) -> None:
    unsteady = {name: (round(rate.value, 3), rate.differences[:5]) for name, rate in rates.items() if rate.value < FLOORS[name]}
    assert not unsteady, f"below the floor: {unsteady}"


@pytest.fixture(scope="module")
def rates(examples: Path) -> dict[str, metamorphic.Rate]:
    return _measured(examples / "documents")


def test_every_change_was_made(rates):
    """Each change applies to the examples: a rate over nothing would prove nothing."""
    assert all(rate.before > 30 for rate in rates.values()), {name: rate.before for name, rate in rates.items()}


def test_extraction_follows_each_change_of_the_examples(rates):
    """Statements before and after a change are the same up to the floor of that change."""
    _assert_steady(rates)


def test_extraction_follows_each_change_of_further_documents(evaluation_data):
    """The same holds for annotated documents that are not part of the project."""
    _assert_steady(_measured(evaluation_data / "dev" / "documents"))


def test_a_change_of_meaning_is_seen():
    """The measure is not blind: another number, or another city only in one place, lowers it."""
    text = "深圳市氢能产业发展行动计划\n\n到2025年，全市氢能产业产值达到500亿元。重点发展燃料电池、制氢装备、储氢材料等产业。\n"
    from kg import pipeline

    original = pipeline.extract(metamorphic.plain(text))
    other = metamorphic.compare(original, metamorphic.Variant(metamorphic.plain(text.replace("500", "600"))))
    assert other.value < 1 and any("500" in d for d in other.differences)
