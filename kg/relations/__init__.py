"""Entities and cues in scope -> facts.

Each rule module gives one function (linked, ontology) -> facts; a new one is a module and a line in RELATIONS.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from kg.model import Evidence, Fact, Linked
from kg.ontology import Ontology

RELATIONS: tuple[str, ...] = (
    "kg.relations.policies:relate",
    "kg.relations.responsibilities:relate",
    "kg.relations.development:relate",
    "kg.relations.coverage:relate",
    "kg.relations.location:relate",
    "kg.relations.chains:relate",
    "kg.relations.streams:relate",
)
"""Where the rules are, in the order they run."""

Relate = Callable[[Linked, Ontology], list[Fact]]


def relate(linked: Linked, ontology: Ontology) -> tuple[Fact, ...]:
    """All facts of a document; a fact found by several rules is one with all their evidence."""
    facts: list[Fact] = []
    for target in RELATIONS:
        module, _, name = target.partition(":")
        rule: Relate = getattr(import_module(module), name)
        facts.extend(rule(linked, ontology))
    return merge(facts)


def merge(facts: list[Fact]) -> tuple[Fact, ...]:
    groups: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts:
        if fact.subject != fact.object:
            groups.setdefault((fact.subject, fact.predicate, fact.object), []).append(fact)
    return tuple(_one(groups[key]) for key in sorted(groups))


def _one(group: list[Fact]) -> Fact:
    first = group[0]
    evidence: dict[tuple[int, int], Evidence] = {}
    for item in (e for fact in group for e in fact.evidence):
        evidence.setdefault((item.start, item.end), item)
    stance = next((f.stance for f in group if f.stance), "")
    role = next((f.role for f in group if f.role), "")
    ordered = tuple(evidence[key] for key in sorted(evidence))
    return Fact(first.subject, first.predicate, first.object, ordered, stance, role)


def evidence(linked: Linked, start: int, end: int, rule: str, score: float = 1.0) -> Evidence:
    """Evidence over a span of the document's text."""
    return Evidence(start, end, linked.document.text[start:end], rule, score)
