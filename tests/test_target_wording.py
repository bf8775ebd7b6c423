"""Wordings of aims: times at the head of a clause, three years without 内, who moves a measure, 以上 after a rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import extract, to_json

HEAD = "嘉禾市2024—2026年制造业发展行动计划\n\n一、主要任务\n"


def _targets(folder: Path, sentence: str, head: str = HEAD) -> list[tuple[str, str, str, str, int | None]]:
    path = folder / "plan.txt"
    path.write_text(f"{head}{sentence}\n", encoding="utf-8")
    found = to_json(extract(path))["targets"]
    return [(t["metric"], t["operator"], f"{float(t['value']):g}", t["unit"], t["year"]) for t in found]


@pytest.mark.parametrize(
    ("sentence", "metric", "operator", "value", "unit"),
    [
        ("推动进出口总额增长6%以上。", "进出口总额增长", ">=", "6", "%"),
        ("推动首贷占比达到40%左右。", "首贷占比", "~", "40", "%"),
        ("保单融资满足率不低于80%。", "保单融资满足率", ">=", "80", "%"),
        ("芯片产能达到8万片/月以上。", "芯片产能", ">=", "8", "万片/月"),
    ],
)
def test_metric_and_operator(tmp_path: Path, sentence: str, metric: str, operator: str, value: str, unit: str) -> None:
    """The metric has no verb of moving it; 以上 bounds a rise; a month is a measure of capacity."""
    assert (metric, operator, value, unit) in [t[:4] for t in _targets(tmp_path, sentence)]


def test_date_at_the_head_is_no_metric(tmp_path: Path) -> None:
    """3月20日前复产率: the date gives the year of the text and stays out of the metric."""
    head = "甲省人民政府关于2025年第一季度经济工作的通知\n\n一、工作\n"
    found = _targets(tmp_path, "确保3月5日前工业企业复工率达70%以上，3月20日前复产率达100%。", head)
    assert [(t[0], t[4]) for t in found] == [("工业企业复工率", 2025), ("复产率", 2025)]


def test_three_years_of_a_plan(tmp_path: Path) -> None:
    """三年新增 means the last year of the plan's span, as 三年内 does."""
    policy = "嘉禾市人民政府办公室关于印发《嘉禾市制造业发展行动计划（2024—2026年）》的通知\n\n一、主要任务\n"
    assert [t[4] for t in _targets(tmp_path, "三年新增智能工厂20家。", policy)] == [2026]
