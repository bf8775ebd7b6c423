"""Turtle, TriG, N-Quads, N-Triples and JSON-LD come back as the graph they were written from."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from kg.exporters import EXPORTERS, FILES
from kg.graph import Graph
from tests.graph_examples import extraction, graph, hostile

FORMATS = {"nquads": "nquads", "ntriples": "nt", "turtle": "turtle", "trig": "trig", "jsonld": "json-ld", "rdfxml": "xml"}
OXIGRAPH = {
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}
WITH_GRAPHS = {"nquads", "trig", "jsonld"}
GRAPHS = {"sample": lambda: graph(), "hostile": lambda: graph(hostile(), extraction()), "empty": lambda: Graph()}


def lines_of(made: Graph, format: str) -> list[str]:
    """The graph as lines with or without graph names, as the format can hold."""
    if format in WITH_GRAPHS:
        return made.lines()
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(q.subject, q.predicate, q.object) for q in made.store.quads())
    return sorted(filter(None, store.dump(format=pyoxigraph.RdfFormat.N_QUADS).decode().split("\n")))


@pytest.mark.parametrize("format", sorted(FORMATS))
@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_oxigraph_reads_back_an_equal_graph(format: str, name: str, tmp_path: Path) -> None:
    """Parsing the file with pyoxigraph gives the very quads (triples) of the graph."""
    made = GRAPHS[name]()
    path = made.export(format, tmp_path / "file")
    store = pyoxigraph.Store()
    store.load(path.read_bytes(), format=OXIGRAPH[format])
    assert sorted(filter(None, store.dump(format=pyoxigraph.RdfFormat.N_QUADS).decode().split("\n"))) == lines_of(made, format)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("format", sorted(FORMATS))
@pytest.mark.parametrize("name", ["sample", "empty"])
def test_rdflib_reads_back_an_equal_graph(format: str, name: str, tmp_path: Path) -> None:
    """Parsing the file with rdflib gives the quads of the graph (no blank nodes, so sets can be compared)."""
    made = GRAPHS[name]()
    path = made.export(format, tmp_path / "file")
    read, expected = rdflib.Dataset(), rdflib.Dataset()
    read.parse(path, format=FORMATS[format])
    expected.parse(data="\n".join(lines_of(made, format)), format="nquads")

    def triples(dataset: rdflib.Dataset) -> set[tuple[str, ...]]:
        with_graph = format in WITH_GRAPHS
        return {tuple(t.n3() for t in (s, p, o)) + ((str(g),) if with_graph else ()) for s, p, o, g in dataset.quads()}

    assert triples(read) == triples(expected)


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_same_bytes_whatever_the_order_of_loading(format: str, tmp_path: Path) -> None:
    """Two stores filled in opposite order give the same file."""
    made = graph(hostile(), extraction())
    other = Graph()
    other.store.load(reversed(made.lines()))
    assert made.export(format, tmp_path / "a").read_bytes() == other.export(format, tmp_path / "b").read_bytes()


def test_turtle_is_readable(tmp_path: Path) -> None:
    """Places, facts and targets stand under headings, with prefixed names and labels."""
    text = graph().export("turtle", tmp_path / "g.ttl").read_text("utf-8")
    assert text.startswith("@prefix kg: <https://w3id.org/policy-kg/ontology#> .\n")
    headings = [line for line in text.split("\n") if line.startswith("### ")]
    assert headings[:5] == ["### Documents", "### Policies", "### Places", "### Agencies", "### Industries and technologies"]
    assert "place:440300 a kg:City ;\n  skos:prefLabel " in text
    assert "kg:develops topic:新型储能" in text


def test_flat_turtle_has_no_evidence(tmp_path: Path) -> None:
    """evidence=False leaves the facts and drops quotes and unread numbers."""
    text = graph().export("turtle", tmp_path / "g.ttl", evidence=False).read_text("utf-8")
    assert "kg:develops topic:新型储能" in text
    assert ' kg:quote "' not in text and " a kg:Evidence" not in text


def test_every_format_has_a_file_name() -> None:
    """EXPORTERS and FILES name the same formats."""
    assert EXPORTERS.keys() == FILES.keys()
