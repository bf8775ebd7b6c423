"""Confidence is a measured number, and honest on annotated documents."""

from __future__ import annotations

import json

import pytest

from benchmarks import calibrate
from kg import confidence

LARGEST_ERROR = 0.05


def test_a_rule_never_seen_keeps_the_score_of_its_author():
    assert confidence.of_rule("no.such.rule", 0.62) == 0.62


def test_what_was_counted_outweighs_the_author_as_it_grows(monkeypatch):
    """Five statements count as much as the author's score; hundreds drown it; certainty is never said."""
    counted = {"few": (5, 0), "many": (200, 200), "perfect": (10_000, 0)}
    monkeypatch.setattr(confidence, "measured", lambda: counted)
    assert confidence.of_rule("few", 0.5) == 0.75
    assert abs(confidence.of_rule("many", 0.9) - 0.5) < 0.01
    assert confidence.of_rule("perfect", 0.5) == confidence.CEILING


def test_the_expected_error_is_the_mean_gap_between_said_and_right():
    error, diagram = confidence.expected_error([(0.9, True), (0.9, True), (0.9, False), (0.2, False)])
    assert error == pytest.approx((3 * abs(0.9 - 2 / 3) + 1 * 0.2) / 4)
    assert [count for _, _, count in diagram] == [1, 3]


def test_the_counts_are_well_formed():
    data = json.loads(calibrate.DATA.read_text("utf-8"))
    assert data and all(right >= 0 and wrong >= 0 and right + wrong > 0 for right, wrong in data.values())


def test_confidence_is_honest_on_the_annotated_documents(root):
    """What is said with 80 percent is right in about four of five cases: the expected calibration error stays small."""
    judged = [(score, right) for _, _, score, right in calibrate.judgments(root / "tests/gold")]
    error, diagram = confidence.expected_error(judged)
    assert len(judged) > 1000 and error <= LARGEST_ERROR, diagram


def test_confidence_is_honest_on_documents_it_was_not_counted_on(evaluation_data):
    """The same on annotated documents that are not part of the project, with twice the allowance."""
    judged = [(score, right) for _, _, score, right in calibrate.judgments(evaluation_data / "dev")]
    error, diagram = confidence.expected_error(judged)
    assert error <= 2 * LARGEST_ERROR, diagram
