"""The scorer: what counts as found, missed, wrong, and neither."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg import evaluation
from kg.errors import UsageError


def entity(identifier: str, kind: str, name: str, *aliases: str, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "type": kind, "name": name, "aliases": list(aliases), **more}


def record(entities=(), relations=(), targets=()) -> dict[str, Any]:
    return {
        "document": "a.md",
        "entities": list(entities),
        "relations": [{"subject": s, "predicate": p, "object": o} for s, p, o in relations],
        "targets": list(targets),
    }


def target(**more: Any) -> dict[str, Any]:
    plain = {"metric": "产值", "operator": ">=", "value": 100, "unit": "亿元", "year": 2025, "place": None, "topic": None}
    return {**plain, "quote": "产值100亿元以上", **more}


def tally(gold: dict[str, Any], predicted: dict[str, Any], row: str) -> tuple[int, int, int]:
    found = evaluation.score(gold, predicted).tallies[row]
    return found.tp, found.fp, found.fn


def test_gold_scores_itself_without_fault(examples):
    """Every gold file scored against itself has precision and recall 1 in every row."""
    for file in sorted((examples / "gold").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        rows = evaluation.score(gold, gold).rows()
        assert {row["f1"] for key, row in rows.items() if key != "duplicates"} <= {1.0}, file.name


def test_an_empty_extraction_misses_everything_that_is_required():
    gold = record([entity("1", "Place", "深圳市"), entity("2", "Agency", "市政府", optional=True)], targets=[target()])
    assert tally(gold, {}, "entity:all") == (0, 0, 1)
    assert tally(gold, {}, "target:core") == (0, 0, 1)
    assert evaluation.score(gold, {}).overall.f1 == 0


def test_names_match_without_punctuation_width_and_case():
    gold = record([entity("1", "Policy", "深圳市行动计划(2022-2025年)"), entity("2", "Technology", "Mini LED")])
    got = record([entity("x", "Policy", "《深圳市行动计划（2022—2025年）》"), entity("y", "Technology", "ＭｉｎｉＬＥＤ")])
    assert tally(gold, got, "entity:all") == (2, 0, 0)


def test_topics_match_across_their_two_types_and_without_tails():
    """Industry and Technology are one class; the right type is counted in a row of its own."""
    gold = record([entity("1", "Industry", "氢能产业")])
    got = record([entity("x", "Technology", "氢能")])
    assert tally(gold, got, "entity:Topic") == (1, 0, 0)
    assert tally(gold, got, "topic-type") == (0, 1, 0)


def test_places_keep_their_tails():
    gold, got = record([entity("1", "Place", "某某产业")]), record([entity("x", "Place", "某某")])
    assert tally(gold, got, "entity:Place") == (0, 1, 1)


def test_a_second_entity_for_one_thing_is_a_duplicate_and_no_error():
    gold = record([entity("1", "Place", "深圳市", "深圳")])
    got = record([entity("x", "Place", "深圳市"), entity("y", "Place", "深圳")])
    assert tally(gold, got, "entity:Place") == (1, 0, 0)
    assert tally(gold, got, "duplicates") == (1, 1, 0)


def test_optional_gold_costs_nothing_found_or_not():
    gold = record([entity("1", "Place", "中国", optional=True), entity("2", "Industry", "氢能")], [("1", "develops", "2")])
    got = record([entity("x", "Place", "中国"), entity("y", "Industry", "氢能")], [("x", "develops", "y")])
    assert tally(gold, got, "relation:all") == (0, 0, 0)
    assert tally(gold, record([entity("y", "Industry", "氢能")]), "entity:all") == (1, 0, 0)


def test_a_relation_needs_both_ends_and_the_predicate():
    things = [entity("1", "Place", "深圳市"), entity("2", "Industry", "氢能")]
    gold = record(things, [("1", "develops", "2")])
    assert tally(gold, gold, "relation:develops") == (1, 0, 0)
    assert tally(gold, record(things, [("2", "develops", "1")]), "relation:develops") == (0, 1, 1)
    assert tally(gold, record(things, [("2", "locatedIn", "1")]), "relation:all") == (0, 1, 1)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"value": 0.01, "unit": "万亿元"}, True),
        ({"value": 10_000_000_000, "unit": "元"}, True),
        ({"value": 101}, False),
        ({"year": None}, False),
        ({"unit": "家"}, False),
        ({"metric": "企业数量", "quote": "产值100亿元以上"}, True),
        ({"metric": "企业数量", "quote": "一百户企业"}, False),
        ({"value": "many"}, False),
    ],
    ids=str,
)
def test_target_core_is_value_unit_year_and_words(change, found):
    assert tally(record(targets=[target()]), record(targets=[target(**change)]), "target:core") == (
        (1, 0, 0) if found else (0, 1, 1)
    )


def test_target_full_asks_for_operator_place_and_topic_too():
    place = entity("1", "Place", "深圳市")
    gold = record([place], targets=[target(place="1")])
    assert tally(gold, gold, "target-full") == (1, 0, 0)
    for change in ({"operator": "=", "place": "1"}, {"place": None}):
        got = record([place], targets=[target(**change)])
        assert tally(gold, got, "target-full") == (0, 1, 1)
        assert tally(gold, got, "target:core") == (1, 0, 0)


def test_counters_are_one_unit():
    assert evaluation.amount({"value": 20, "unit": "家"}) == evaluation.amount({"value": 20, "unit": "个"})
    assert evaluation.amount({"value": 2, "unit": "千瓦"}) == (2, "千瓦")


def test_errors_come_with_the_most_costly_first():
    """A missed entity takes its relations with it, so it stands before a missed relation."""
    gold = record(
        [entity("1", "Place", "深圳市"), entity("2", "Industry", "氢能"), entity("3", "Industry", "储能")],
        [("1", "develops", "2"), ("1", "develops", "3")],
    )
    got = record([entity("y", "Industry", "氢能"), entity("z", "Industry", "储能")])
    errors = evaluation.score(gold, got).by_cost()
    assert (errors[0].what, errors[0].cost) == ("深圳市", 3)
    assert [e.cost for e in errors] == sorted((e.cost for e in errors), reverse=True)


def test_no_gold_is_an_error_that_names_the_folder(tmp_path):
    with pytest.raises(UsageError, match=str(tmp_path)):
        evaluation.evaluate(tmp_path, tmp_path)


def test_a_gold_file_without_document_counts_as_missed(tmp_path):
    (tmp_path / "a.md.json").write_text(json.dumps(record([entity("1", "Place", "深圳市")])), "utf-8")
    (tmp_path / "documents").mkdir()
    result = evaluation.evaluate(tmp_path, tmp_path / "documents")
    assert result.absent == ["a.md.json"] and result.total.overall.fn == 1


def test_figures_equal_those_of_the_reference_scorer(evaluation_data: Path, command, tmp_path, examples):
    """Row for row the same numbers as the score.py that comes with the annotated documents."""
    out = tmp_path / "predicted"
    documents, gold = examples / "documents", examples / "gold"
    assert command("extract", documents, "-o", out, timeout=300).returncode == 0
    reference = subprocess.run(
        [sys.executable, evaluation_data / "score.py", gold, out, "--json"], capture_output=True, encoding="utf-8", check=True
    )
    theirs = json.loads(reference.stdout)["scores"]
    ours = json.loads(command("evaluate", gold, out, "--json").stdout)["scores"]
    assert ours == theirs
