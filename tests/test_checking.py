"""kg check: a good graph has no findings, and each kind of damage is found."""

from __future__ import annotations

import dataclasses

import pytest

from kg import checking, iri, ontology
from kg.graph import Graph
from kg.ontology import Concept, Rule
from tests.graph_examples import CITY, POLICY, TOPIC, extraction, graph, hostile

KG, SKOS = "https://w3id.org/policy-kg/ontology#", "http://www.w3.org/2004/02/skos/core#"
DOCUMENT = iri.document(extraction().document.source.sha256)


def damaged(*lines: str, without: str = "\0") -> Graph:
    made = Graph()
    made.store.load([line for line in graph().lines() if without not in line] + [f"{line} <{DOCUMENT}> ." for line in lines])
    return made


def test_a_built_graph_has_no_findings() -> None:
    """What the builder writes keeps every promise, hostile names included; an empty graph too."""
    for made in (graph(), graph(hostile()), Graph()):
        assert checking.check(made) == []


XSD, A = "http://www.w3.org/2001/XMLSchema#", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
QUOTE = (
    f'<x:e> <{KG}quote> "四个字呀"',
    f'<x:e> <{KG}start> "0"^^<{XSD}integer>',
    f'<x:e> <{KG}end> "3"^^<{XSD}integer>',
)
# Code of the finding -> (lines added to the document's graph, what lines to drop hold).
DAMAGE: dict[str, tuple[tuple[str, ...], str]] = {
    "no-evidence": ((f"<{POLICY}> <{KG}covers> <{iri.topic('LED照明')}>",), "\0"),
    "wrong-class": ((f"<{CITY}> <{KG}develops> <{POLICY}>",), "\0"),
    "evidence-incomplete": ((), "#rule>"),
    "evidence-length": (QUOTE, "\0"),
    "evidence-elsewhere": ((f"<x:e> <{KG}document> <x:other>", f"<x:e> {A} <{KG}Evidence>"), "\0"),
    "confidence-range": ((f'<x:e> <{KG}confidence> "1.5"^^<{XSD}decimal>',), "\0"),
    "target-incomplete": ((), "#metric>"),
    "target-untyped": ((), "#value>"),
    "target-year": ((f'<x:t> <{KG}year> "1066"^^<{XSD}gYear>',), "\0"),
    "name-missing": ((), 'prefLabel> "壮大储能产业"'),
    "hierarchy-cycle": ((f"<{TOPIC}> <{SKOS}broader> <{TOPIC}>",), "\0"),
    "names-differ": ((f'<{CITY}> <{SKOS}prefLabel> "鹏城"@zh',), "\0"),
}


@pytest.mark.parametrize("code", sorted(DAMAGE))
def test_each_damage_is_found(code: str) -> None:
    """A graph with one thing wrong has a finding of that code."""
    lines, without = DAMAGE[code]
    assert code in {finding.code for finding in checking.check(damaged(*lines, without=without))}


def test_every_question_of_the_check_has_a_damage_that_it_finds() -> None:
    """No check is there that these tests have not seen fire."""
    assert {code for _, code, _, _ in checking._QUESTIONS} <= DAMAGE.keys()


def test_shapes_accept_what_is_built_and_refuse_damage() -> None:
    """pyshacl finds nothing in a built graph, and a missing quote and a wrong class in a damaged one."""
    pytest.importorskip("pyshacl")
    assert checking.shacl(graph()) == []
    assert "shacl-MinCount" in {f.code for f in checking.shacl(damaged(without="#quote>"))}
    assert "shacl-Class" in {f.code for f in checking.shacl(damaged(f"<{CITY}> <{KG}develops> <{POLICY}>"))}


def test_the_ontology_shipped_has_no_errors() -> None:
    """Every class and relation is labeled in both languages, every broader concept exists, every rule has an example."""
    assert [f for f in checking.check_ontology() if f.severity == "error"] == []


def test_bad_ontology_entries_are_found() -> None:
    """A broader concept that is in no file, a cycle, a rule without example or with an unknown relation."""
    words = ontology.load()
    lost = Concept("x:lost", "Industry", "丢失", "", (), ("x:nowhere",), "", {})
    loop = Concept("x:loop", "Industry", "循环", "loop", (), ("x:loop",), "", {})
    rule = Rule("x:rule", "loves", ("爱",), "madly", {}, (), ())
    bad = dataclasses.replace(words, hash="bad", concepts={"x:lost": lost, "x:loop": loop}, rules=(rule,))
    codes = {f.code for f in checking.check_ontology(bad)}
    assert {"broader-missing", "broader-cycle", "rule-relation", "rule-stance", "example-missing", "label-missing"} <= codes


def test_findings_read_as_one_line() -> None:
    """A finding prints severity, code, subject and message."""
    assert str(checking.Finding("error", "no-evidence", "x:a", "rests on nothing")) == "error: no-evidence: x:a: rests on nothing"
