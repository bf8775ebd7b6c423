"""Every format holds a graph of 100,000 edges whole, the same bytes twice, and an empty graph; all in seconds."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import iri
from kg.exporters import EXPORTERS, FILES
from kg.graph import Graph
from kg.terms import RDF, SKOS
from tests.graph_examples import extraction, graph, hostile

NODES, EDGES = 1_000, 100_000
RELATIONS = ("upstreamOf", "downstreamOf", "partOf")


@pytest.fixture(scope="module")
def large() -> Graph:
    """Industries with a hundred relations each, stated by one document."""
    document = f"<{iri.document('0' * 64)}>"
    names = [f"<{iri.topic(f'产业{number}')}>" for number in range(NODES)]
    lines = [f"{document} <{RDF}type> <{iri.term('Document')}> {document} ."]
    for number, name in enumerate(names):
        lines.append(f"{name} <{RDF}type> <{iri.term('Industry')}> {document} .")
        lines.append(f'{name} <{SKOS}prefLabel> "产业{number}"@zh {document} .')
    for number in range(EDGES):
        start, step = number % NODES, number // NODES
        kind = iri.term(RELATIONS[step % 3])
        lines.append(f"{names[start]} <{kind}> {names[(start + step // 3 + 1) % NODES]} {document} .")
    made = Graph()
    made.store.load(lines)
    return made


def rows(folder: Path, kind: str) -> int:
    texts = (file.read_text("utf-8") for file in folder.glob(f"{kind}-*.csv"))
    return sum(len(list(csv.reader(io.StringIO(text)))) - 1 for text in texts)


def text(path: Path) -> str:
    return path.read_text("utf-8")


COUNT: dict[str, Callable[[Path], int]] = {
    "nquads": lambda path: sum(text(path).count(iri.term(kind)) for kind in RELATIONS),
    "ntriples": lambda path: sum(text(path).count(iri.term(kind)) for kind in RELATIONS),
    "rdfxml": lambda path: sum(text(path).count(f"<kg:{kind} ") for kind in RELATIONS),
    "turtle": lambda path: text(path).count("topic:产业") - NODES,
    "trig": lambda path: text(path).count("topic:产业") - NODES,
    "jsonld": lambda path: text(path).count('"@id": "' + iri.BASE + "topic/") - NODES,
    "graphml": lambda path: text(path).count("<edge "),
    "gexf": lambda path: text(path).count("<edge "),
    "neo4j": lambda path: rows(path, "rels"),
}
"""How many edges a file of the format holds, counted by its syntax."""


@pytest.mark.parametrize("format", sorted(COUNT))
def test_a_hundred_thousand_edges_are_all_there(format: str, large: Graph, tmp_path: Path) -> None:
    """None is lost and none is doubled."""
    assert len(large.network().edges) == EDGES
    assert COUNT[format](large.export(format, tmp_path / FILES[format].strip("/"))) == EDGES


def content(path: Path) -> dict[str, bytes]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {file.name if path.is_dir() else "": file.read_bytes() for file in files}


@pytest.mark.parametrize("format", sorted(EXPORTERS))
@pytest.mark.parametrize("source", [Graph, lambda: graph(hostile(), extraction())])
def test_every_format_writes_an_empty_and_a_hostile_graph_with_the_same_bytes(
    format: str, source: Callable[[], Graph], tmp_path: Path
) -> None:
    """Two graphs that were filled alike give the same bytes, in every format that there is."""
    first = source().export(format, tmp_path / "a")
    second = source().export(format, tmp_path / "b")
    assert content(first) == content(second) != {}
