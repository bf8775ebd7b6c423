"""Confidence as a measured number: how often what a rule says is right on annotated documents.

``data/confidence.json`` holds, for each rule, how many of its statements an annotator shares and how many not, counted on the
annotated examples by ``benchmarks/calibrate.py``. A rule that was seen seldom is drawn towards the score that its author gave it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from kg.model import Entity, Evidence, Extraction, Fact, Target

PRIOR = 5.0
"""Statements that the author's own score counts for: with 5 seen, half of the number is measured."""
CEILING = 0.99
"""No rule is certain, however few of its errors were seen."""


@cache
def measured() -> Mapping[str, tuple[int, int]]:
    """Rule -> (right, wrong)."""
    data = json.loads(files("kg").joinpath("data/confidence.json").read_text("utf-8"))
    return {rule: (right, wrong) for rule, (right, wrong) in data.items()}


def of_rule(key: str, given: float) -> float:
    """Probability in 0..1 that a statement of this rule is right; ``given`` is the score its author gave it."""
    right, wrong = measured().get(key, (0, 0))
    return round(min(CEILING, (right + PRIOR * given) / (right + wrong + PRIOR)), 4)


def entity_key(entity: Entity) -> str:
    """What an entity's confidence hangs on: the best of its rules, and whether several agree."""
    rules = sorted({m.rule for m in entity.mentions})
    if not rules:
        return f"{entity.type}:implied"
    best = max(rules, key=lambda rule: (measured().get(f"{entity.type}:{rule}", (0, 0))[0], rule))
    return f"{entity.type}:{best}" + ("+" if len(rules) > 1 else "")


def fact_key(fact: Fact) -> str:
    """The same of a fact: its best rule, and whether it has further evidence."""
    rules = sorted({e.rule for e in fact.evidence})
    best = max(rules, key=lambda rule: (measured().get(rule, (0, 0))[0], rule))
    return best + ("+" if len(fact.evidence) > 1 else "")


def target_key(target: Target) -> str:
    return target.evidence.rule


def calibrated(extraction: Extraction) -> Extraction:
    """The extraction with measured confidence in place of the scores that rules were given."""
    return replace(
        extraction,
        entities=tuple(_entity(e) for e in extraction.entities),
        facts=tuple(_fact(f) for f in extraction.facts),
        targets=tuple(replace(t, evidence=_scored(t.evidence, of_rule(target_key(t), t.evidence.score))) for t in extraction.targets),
    )


# Written out, since dataclasses.replace takes five times as long and these are called for every statement.


def _entity(e: Entity) -> Entity:
    return Entity(e.iri, e.type, e.name, e.aliases, e.mentions, of_rule(entity_key(e), e.score), e.implied)


def _fact(f: Fact) -> Fact:
    score = of_rule(fact_key(f), max(e.score for e in f.evidence))
    return Fact(f.subject, f.predicate, f.object, tuple(_scored(e, score) for e in f.evidence), f.stance, f.role)


def _scored(evidence: Evidence, score: float) -> Evidence:
    return Evidence(evidence.start, evidence.end, evidence.quote, evidence.rule, score)


def expected_error(judged: Iterable[tuple[float, bool]], bins: int = 10) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error in 0..1 and the reliability diagram: (mean confidence, share right, count) of each bin."""
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for score, right in judged:
        groups[min(bins - 1, int(score * bins))].append((score, right))
    total = sum(map(len, groups))
    diagram = [
        (sum(s for s, _ in group) / len(group), sum(r for _, r in group) / len(group), len(group)) for group in groups if group
    ]
    error = sum(count * abs(confidence - share) for confidence, share, count in diagram) / total if total else 0.0
    return error, diagram
