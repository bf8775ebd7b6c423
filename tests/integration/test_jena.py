"""Apache Jena reads every RDF format without a warning, answers every question alike, and validates against our shapes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from kg import checking, queries
from kg.exporters import FILES
from kg.graph import Graph, open_graph
from kg.prefixes import SPARQL
from tests.conftest import ROOT
from tests.graph_examples import extraction, graph, hostile
from tests.integration.conftest import Jena
from tests.integration.programs import needs
from tests.integration.test_neo4j_cookbook import CASES

pytestmark = [pytest.mark.integration, needs("JENA_CLASSPATH")]

WITH_GRAPHS = ("nquads", "trig", "jsonld")
FORMATS = (*WITH_GRAPHS, "ntriples", "turtle", "rdfxml")


def everything() -> Graph:
    made = Graph()
    made.store.load([*open_graph(ROOT / "exports").lines(), *graph(hostile(), extraction()).lines()])
    return made


def quads(path: Path) -> set[str]:
    return {str(quad) for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("source", [everything, Graph])
def test_riot_finds_nothing_to_say_and_reads_an_equal_graph(
    format: str, source: Callable[[], Graph], jena: Jena, tmp_path: Path
) -> None:
    """Checked as riot --validate does: no warning, no error, and exactly our quads (triples where the format has no graphs)."""
    made = source()
    path = made.export(format, tmp_path / FILES[format])
    assert jena.say("read", path, tmp_path / "back.nq") == []
    found = quads(tmp_path / "back.nq")
    if format in WITH_GRAPHS:
        assert found == {str(quad) for quad in made.store.quads()}
    else:
        assert found == {str(pyoxigraph.Quad(q.subject, q.predicate, q.object)) for q in made.store.quads()}


def test_riot_would_say_something(jena: Jena, tmp_path: Path) -> None:
    """The check is not blind: a bad date and a broken line are reported."""
    path = tmp_path / "bad.nt"
    path.write_text('<a:a> <a:b> "2025-02-30"^^<http://www.w3.org/2001/XMLSchema#date> .\n')
    assert "warning" in jena.say("read", path, tmp_path / "back.nq")[0]


@pytest.mark.parametrize("name", queries.names())
def test_arq_gives_the_same_rows(name: str, jena: Jena, tmp_path: Path) -> None:
    """Each named question, with each of its parameters, gives Jena's engine the rows, in the order, that ours gives."""
    made = everything()
    data = made.export("nquads", tmp_path / "graph.nq")
    known = queries.question(name)
    query = tmp_path / "question.rq"
    query.write_text(SPARQL + known.sparql, "utf-8")
    for given in CASES.get(name, [{}]):
        expected = made.query(name, **given)
        found: list[tuple[str | None, ...]] = []
        for number, terms in enumerate(queries._bindings(made, known, given)):
            bindings = tmp_path / f"{number}.tsv"
            bindings.write_text("".join(f"{variable}\t{term}\n" for variable, term in terms.items()), "utf-8")
            head, *rows = jena.say("ask", data, query, bindings)
            places = [head.index(column) for column in expected.columns]
            found += [tuple(row[place] for place in places) for row in rows]
        assert sorted(found, key=str) == sorted(expected.rows, key=str)


def test_jenas_shacl_agrees_with_our_shapes(jena: Jena, tmp_path: Path) -> None:
    """The examples conform; a target without value and evidence without a quote are found by Jena and by us, and nothing else."""
    made = everything()
    shapes = ROOT / "ontology" / "shapes.ttl"
    assert jena.say("shacl", shapes, made.export("nquads", tmp_path / "good.nq")) == []
    broken = Graph()
    lines = graph().lines()
    dropped = [line for line in lines if line.split(" ")[1].endswith(("#valueText>", "#quote>"))]
    broken.store.load(line for line in lines if line not in dropped)
    found = jena.say("shacl", shapes, broken.export("nquads", tmp_path / "bad.nq"))
    theirs = {entry.split(" ")[0] for entry in found}
    assert theirs == {finding.subject for finding in checking.shacl(broken)}
    assert theirs == {line.split(" ")[0].strip("<>") for line in dropped}
