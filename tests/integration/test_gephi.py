"""Gephi itself reads GEXF and GraphML. Set GEPHI_TOOLKIT to the gephi-toolkit ``-all`` jar (org.gephi:gephi-toolkit:0.10.1:all)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.graph import Graph
from tests.graph_examples import extraction, graph, hostile

JAR = os.environ.get("GEPHI_TOOLKIT", "")
pytestmark = [
    pytest.mark.integration,
    # Where integration is required, a missing part fails the test instead of skipping it.
    pytest.mark.skipif(
        os.environ.get("KG_REQUIRE_INTEGRATION") != "1" and (not JAR or shutil.which("java") is None),
        reason="needs Java 17 and GEPHI_TOOLKIT, the toolkit's jar",
    ),
]


def imported(path: Path) -> list[str]:
    program = Path(__file__).parent / "GephiCheck.java"
    command = ["java", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", JAR]
    result = subprocess.run([*command, str(program), str(path)], capture_output=True, timeout=120, check=True)
    return result.stdout.decode("utf-8").split("\n")


@pytest.mark.parametrize("format", ["gexf", "graphml"])
def test_gephi_finds_every_node_and_edge(format: str, tmp_path: Path) -> None:
    """Counts, labels (hostile ones too) and column types in Gephi are those of the graph; parallel edges are kept."""
    made: Graph = graph(hostile(), extraction())
    lines = imported(made.export(format, tmp_path / f"graph.{format}"))
    net = made.network()
    assert f"nodes {len(net.nodes)}" in lines and f"edges {len(net.edges)}" in lines
    assert {"column value Double", "column year Long", "column baseline Boolean", "column aliases String"} <= set(lines)
    labels = dict(line[6:].split("\t", 1) for line in lines if line.startswith("label "))
    assert labels == {node.iri: re.sub(r"[ \t\n\r\f\v]", " ", node.label) for node in net.nodes}
