"""Gephi itself reads GEXF and GraphML and draws them. GEPHI_TOOLKIT is the ``-all`` jar of org.gephi:gephi-toolkit:0.10.1."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kg.graph import Graph, open_graph
from tests.conftest import ROOT
from tests.graph_examples import extraction, graph, hostile
from tests.integration.programs import compiled, java, needs

JAR = os.environ.get("GEPHI_TOOLKIT", "")
pytestmark = [pytest.mark.integration, needs("GEPHI_TOOLKIT")]

Found = dict[str, list[tuple[str, ...]]]


@pytest.fixture(scope="module")
def classpath(tmp_path_factory: pytest.TempPathFactory) -> str:
    return compiled("GephiCheck", JAR, tmp_path_factory.mktemp("classes"))


@pytest.fixture(scope="module")
def made() -> Graph:
    """The examples, a written document and one with hostile names."""
    found = Graph()
    found.store.load([*open_graph(ROOT / "exports").lines(), *graph(hostile(), extraction()).lines()])
    return found


def gephi(classpath: str, path: Path, *picture: Path) -> Found:
    """What GephiCheck says about a file, by the first word of each line."""
    command = java(classpath, "GephiCheck", path, *picture)
    command.insert(1, "-Djava.awt.headless=true")
    result = subprocess.run(command, capture_output=True, timeout=180, check=True)
    found: Found = {}
    for line in result.stdout.decode("utf-8").rstrip("\n").split("\n"):
        word, *rest = line.split("\t")
        found.setdefault(word, []).append(tuple(rest))
    return found


@pytest.fixture(scope="module")
def gexf(made: Graph, classpath: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Found, Path]:
    folder = tmp_path_factory.mktemp("gexf")
    path = made.export("gexf", folder / "graph.gexf")
    return path, gephi(classpath, path, folder / "picture.pdf"), folder / "picture.pdf"


def spaced(text: str) -> str:
    return re.sub(r"[\s\x85]", " ", text)


def same_things(made: Graph, found: Found) -> None:
    net = made.network()
    assert found["nodes"] == [(str(len(net.nodes)),)] and found["edges"] == [(str(len(net.edges)),)]
    assert "issue" not in found
    assert {(row[0], row[1]) for row in found["node"]} == {(node.iri, spaced(node.label)) for node in net.nodes}
    columns = {row for row in found["column"]}
    assert {("node", "value", "Double"), ("node", "year", "Long"), ("node", "baseline", "Boolean")} <= columns
    assert {("node", "aliases", "String"), ("edge", "count", "Long"), ("edge", "quotes", "String")} <= columns


def test_gephi_reads_gexf_whole(made: Graph, gexf: tuple[Path, Found, Path]) -> None:
    """Counts, labels (hostile ones too), column types; every edge with its kind and weight, parallel ones kept; no issue reported."""
    _, found, _ = gexf
    same_things(made, found)
    edges = sorted((source, kind, target, float(weight)) for source, kind, target, weight, _ in found["edge"])
    assert edges == [(edge.source, edge.kind, edge.target, float(max(edge.count, 1))) for edge in made.network().edges]


def test_gephi_sees_the_years(gexf: tuple[Path, Found, Path]) -> None:
    """Every span of the file is Gephi's interval, open ends included, and the growing number of evidences is a dynamic column."""
    path, found, _ = gexf
    ns = "{http://gexf.net/1.3}"

    def span(element: Any) -> str:
        start, end = element.get("start", ""), element.get("end", "")
        return f"{start}/{end}" if start or end else ""

    root = ElementTree.parse(path).getroot()
    assert {row[0]: row[6] for row in found["node"]} == {node.get("id"): span(node) for node in root.iter(f"{ns}node")}
    edges = sorted((e.get("source", ""), e.get("kind", ""), e.get("target", ""), span(e)) for e in root.iter(f"{ns}edge"))
    assert sorted((*row[:3], row[4]) for row in found["edge"]) == edges
    assert ("edge", "evidence", "IntervalIntegerMap") in found["column"]


def test_gephi_shows_color_size_and_place(gexf: tuple[Path, Found, Path]) -> None:
    """They are those of the file."""
    path, found, _ = gexf
    viz = "{http://gexf.net/1.3/viz}"
    theirs = {row[0]: row[2:6] for row in found["node"]}
    for node in ElementTree.parse(path).getroot().iter("{http://gexf.net/1.3}node"):
        size, color, x, y = theirs[node.get("id", "")]
        shade, place, extent = (node.find(viz + name) for name in ("color", "position", "size"))
        assert shade is not None and place is not None and extent is not None
        assert color == "".join(f"{int(shade.get(c, '')):02x}" for c in "rgb")
        assert (float(x), float(y)) == (float(place.get("x", "")), float(place.get("y", "")))
        assert float(size) == pytest.approx(float(extent.get("value", "")))


def test_gephi_draws_the_graph_with_chinese_labels(made: Graph, gexf: tuple[Path, Found, Path]) -> None:
    """The PDF shows the colors of the classes, and labels of the best connected nodes can be read from it (where none overlap)."""
    import pypdfium2

    _, found, picture = gexf
    assert found["font"] != [("none",)], "no font with the Chinese letters of the labels (Debian: fonts-wqy-zenhei)"
    page = pypdfium2.PdfDocument(picture)[0]
    text = page.get_textpage().get_text_bounded()
    largest = sorted(found["node"], key=lambda row: -float(row[2]))[:20]
    assert len([row[1] for row in largest if row[1] in text]) >= 15
    image = page.render(scale=2).to_pil().convert("RGB")
    colors = {color for _, color in image.getcolors(image.width * image.height)}
    drawn = {tuple(bytes.fromhex(row[3])) for row in largest}
    assert drawn <= colors


def test_gephi_reads_graphml(made: Graph, classpath: str, tmp_path: Path) -> None:
    """The same counts, labels and column types by way of GraphML."""
    same_things(made, gephi(classpath, made.export("graphml", tmp_path / "graph.graphml")))
