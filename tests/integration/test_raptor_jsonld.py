"""Raptor (rapper) and jsonld.js, two more readers that share no code with ours, find equal graphs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from kg.exporters import FILES
from kg.graph import Graph, open_graph
from tests.conftest import ROOT
from tests.graph_examples import extraction, graph, hostile
from tests.integration.programs import HERE, REQUIRED

JSONLD = os.environ.get("JSONLD_FOLDER", "")
"""Folder in which npm installed the package jsonld."""
pytestmark = pytest.mark.integration
with_rapper = pytest.mark.skipif(not REQUIRED and shutil.which("rapper") is None, reason="needs rapper (Debian: raptor2-utils)")
with_jsonld = pytest.mark.skipif(
    not REQUIRED and (not JSONLD or shutil.which("node") is None),
    reason="needs node and JSONLD_FOLDER, where npm installed jsonld",
)


def examples() -> Graph:
    return open_graph(ROOT / "exports")


def mixed() -> Graph:
    return graph(hostile(), extraction())


def output(*command: str | Path, **environment: str) -> bytes:
    result = subprocess.run(command, capture_output=True, timeout=120, env=os.environ | environment)
    assert result.returncode == 0, result.stderr.decode()[-2000:]
    assert b"arning" not in result.stderr, result.stderr.decode()
    return result.stdout


@with_rapper
@pytest.mark.parametrize("format", ["ntriples", "turtle", "rdfxml", "nquads", "trig"])
@pytest.mark.parametrize("source", [examples, mixed, Graph])
def test_raptor_reads_an_equal_graph(format: str, source: Callable[[], Graph], tmp_path: Path) -> None:
    """Without a warning, and with exactly our triples."""
    made = source()
    path = made.export(format, tmp_path / FILES[format])
    text = output("rapper", "-q", "-i", format, "-o", "ntriples", path)
    found = {str(quad.triple) for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES)}
    assert found == {str(quad.triple) for quad in made.store.quads()}


@with_jsonld
@pytest.mark.parametrize("source", [examples, mixed, Graph])
def test_jsonld_js_reads_an_equal_graph_and_fetches_nothing(source: Callable[[], Graph], tmp_path: Path) -> None:
    """In safe mode, where whatever would be dropped is an error, and with a loader that refuses every address: exactly our quads."""
    made = source()
    path = made.export("jsonld", tmp_path / "graph.jsonld")
    text = output("node", HERE / "jsonld.cjs", path, NODE_PATH=str(Path(JSONLD) / "node_modules"))
    found = {str(quad) for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)}
    assert found == {str(quad) for quad in made.store.quads()}
