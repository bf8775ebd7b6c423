"""A real Fuseki holds the quads of the graph, by the Graph Store Protocol and by Update, however often it is pushed."""

from __future__ import annotations

import json
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import OutputError, UsageError
from kg.graph import ONTOLOGY_GRAPH, Graph, open_graph
from kg.push import push
from tests.conftest import ROOT
from tests.graph_examples import extraction, graph, hostile
from tests.integration.conftest import PASSWORD, Jena
from tests.integration.programs import needs

pytestmark = [pytest.mark.integration, needs("JENA_CLASSPATH")]

Command = Callable[..., subprocess.CompletedProcess[str]]
WAYS = {"data": False, "update": True}
"""Endpoint -> whether it takes updates."""


def update(url: str, text: str) -> None:
    request = urllib.request.Request(url, text.encode(), {"Content-Type": "application/sparql-update"})
    urllib.request.urlopen(request, timeout=30).close()


def stored(url: str) -> list[str]:
    """All quads of a Fuseki dataset as sorted canonical N-Quads lines."""
    query = urllib.parse.urlencode({"query": "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"})
    asked = urllib.request.Request(f"{url}/query?{query}", headers={"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        names = [row["g"]["value"] for row in json.load(answer)["results"]["bindings"]]
    lines = []
    for name in names:
        request = urllib.request.Request(
            f"{url}/data?graph={urllib.parse.quote(name, safe='')}", headers={"Accept": "application/n-triples"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            for quad in pyoxigraph.parse(answer.read(), format=pyoxigraph.RdfFormat.N_TRIPLES):
                lines.append(f"{quad.subject} {quad.predicate} {quad.object} <{name}> .")
    return sorted(lines)


@pytest.fixture
def fuseki(jena: Jena) -> Iterator[str]:
    """URL of an empty dataset that everybody may write to."""
    update(f"{jena.url}/open/update", "DROP ALL")
    yield f"{jena.url}/open"


def everything() -> Graph:
    """The examples, a written document and a hostile one."""
    made = Graph()
    made.store.load([*open_graph(ROOT / "exports").lines(), *graph(hostile(), extraction()).lines()])
    return made


def lines(made: Graph) -> list[str]:
    return sorted(f"{q.subject} {q.predicate} {q.object} {q.graph_name} ." for q in made.store.quads())


@pytest.mark.parametrize("way", sorted(WAYS))
def test_the_server_holds_the_quads_and_a_second_push_changes_nothing(way: str, fuseki: str) -> None:
    """Every quad, hostile texts too, in its own named graph and nothing else; the same after another push."""
    made = everything()
    said = push(made, "sparql", f"{fuseki}/{way}", update=WAYS[way])
    assert stored(fuseki) == lines(made) and f"with {len(made)} statements" in said
    push(made, "sparql", f"{fuseki}/{way}", update=WAYS[way])
    assert stored(fuseki) == lines(made)


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_document_is_replaced_whole_and_others_stay(way: str, fuseki: str) -> None:
    """What was added to a document's graph goes with the next push; a graph of somebody else's stays."""
    made = graph(hostile(), extraction())
    document = made.documents()[0]
    update(
        f"{fuseki}/update",
        f"INSERT DATA {{ GRAPH <{document}> {{ <a:a> <a:b> <a:c> }} GRAPH <x:mine> {{ <a:a> <a:b> 'kept' }} }}",
    )
    push(made, "sparql", f"{fuseki}/{way}", update=WAYS[way])
    assert stored(fuseki) == sorted([*lines(made), '<a:a> <a:b> "kept" <x:mine> .'])


def test_prune_takes_back_documents_that_are_gone(fuseki: str) -> None:
    """After a document is removed, --prune leaves what a push of the smaller graph leaves."""
    larger, smaller = graph(hostile(), extraction()), graph(extraction())
    push(larger, "sparql", f"{fuseki}/data")
    push(smaller, "sparql", f"{fuseki}/update", update=True, prune=True)
    assert stored(fuseki) == lines(smaller)
    assert any(f"<{ONTOLOGY_GRAPH}>" in line for line in stored(fuseki))


def test_a_password_is_asked_for_and_given(jena: Jena, command: Command, tmp_path: Path) -> None:
    """/locked refuses without user and with a wrong password (exit 6, one line), and takes the right one from the environment."""
    file = graph().export("nquads", tmp_path / "graph.nq")
    for way, option in (("data", []), ("update", ["--update"])):
        url = f"{jena.url}/locked/{way}"
        for wrong in ({}, {"KG_SPARQL_USER": "writer", "KG_SPARQL_PASSWORD": "no"}):
            refused = command("push", "sparql", url, "-g", file, *option, **wrong)
            assert refused.returncode == 6 and "set KG_SPARQL_USER" in refused.stderr and refused.stderr.count("\n") == 1
        good = command("push", "sparql", url, "-g", file, *option, KG_SPARQL_USER="writer", KG_SPARQL_PASSWORD=PASSWORD)
        assert good.returncode == 0 and "named graphs with" in good.stderr and good.stdout == ""


def test_what_is_down_or_not_there_is_said(jena: Jena, command: Command, tmp_path: Path) -> None:
    """A closed port, a dataset that is none and the wrong endpoint exit 6 and say which address to give; a wrong word exits 2."""
    file = graph().export("nquads", tmp_path / "graph.nq")
    closed = command("push", "sparql", "http://127.0.0.1:1/ds/data", "-g", file)
    assert (
        closed.returncode == 6 and "no SPARQL server answers at http://127.0.0.1:1/ds/data: Connection refused" in closed.stderr
    )
    for path in ("/nothere/data", "/open/query"):
        gone = command("push", "sparql", jena.url + path, "-g", file)
        assert gone.returncode == 6 and "DATASET/data" in gone.stderr and gone.stderr.count("\n") == 1
    assert command("push", "sparql", "bolt://x", "-g", file).returncode == 2
    assert command("push", "sparql", f"{jena.url}/open/data", "--prune", "-g", file).returncode == 2


def test_an_address_with_a_password_is_refused() -> None:
    """Others could read it in the list of processes."""
    with pytest.raises(UsageError, match="KG_SPARQL_USER"):
        push(graph(), "sparql", "http://me:secret@127.0.0.1:1/ds/data")
    with pytest.raises(OutputError, match="no SPARQL server answers"):
        push(graph(), "sparql", "http://127.0.0.1:1/ds/data")
