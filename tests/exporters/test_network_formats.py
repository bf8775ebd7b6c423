"""GraphML, GEXF, Neo4j, CSV and XLSX: well-formed, complete, the same bytes twice, safe with hostile names."""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest

from kg import exporters
from kg.errors import KgError, OutputError, UsageError
from kg.graph import Graph
from kg.network import network
from kg.property_graph import property_graph, relation_type
from tests.graph_examples import CITY, TOPIC, extraction, graph, hostile

GRAPHS: dict[str, Any] = {"sample": graph, "hostile": lambda: graph(hostile(), extraction()), "empty": Graph}
FILES = ("graphml", "gexf", "csv", "xlsx")
GEXF = "{http://gexf.net/1.3}"


def read(path: Path) -> dict[str, bytes]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("format", [*FILES, "neo4j"])
@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_same_bytes_twice_whatever_the_order_of_loading(format: str, name: str, tmp_path: Path) -> None:
    """Two stores filled in opposite order give the same files, written twice into the same place."""
    made, other = GRAPHS[name](), Graph()
    other.store.load(reversed(made.lines()))
    first = read(made.export(format, tmp_path / "a"))
    assert read(made.export(format, tmp_path / "a")) == first
    second = read(other.export(format, tmp_path / "b"))
    assert list(first.values()) == list(second.values())


@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_graphml_comes_back(name: str, tmp_path: Path) -> None:
    """networkx reads the file back with the same nodes, parallel edges and labels."""
    made = GRAPHS[name]()
    back = networkx.read_graphml(made.export("graphml", tmp_path / "g.graphml"), force_multigraph=True)
    net = made.network()
    assert {n: data["label"] for n, data in back.nodes(data=True)} == {node.iri: node.label for node in net.nodes}
    edges = sorted((s, data["relation"], t) for s, t, data in back.edges(data=True))
    assert edges == [(edge.source, edge.kind, edge.target) for edge in net.edges]


@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_gexf_comes_back(name: str, tmp_path: Path) -> None:
    """An XML parser finds every node and edge with label, kind and declared attributes; every edge has both its ends."""
    made = GRAPHS[name]()
    root = ElementTree.parse(made.export("gexf", tmp_path / "g.gexf")).getroot()
    net = made.network()
    nodes = {node.get("id"): node.get("label") for node in root.iter(f"{GEXF}node")}
    assert nodes == {node.iri: node.label for node in net.nodes}
    edges = [(e.get("source"), e.get("kind"), e.get("target")) for e in root.iter(f"{GEXF}edge")]
    assert edges == [(edge.source, edge.kind, edge.target) for edge in net.edges]
    assert all(source in nodes and target in nodes for source, _, target in edges)
    declared = {a.get("id") for a in root.iter(f"{GEXF}attribute")}
    assert {v.get("for") for v in root.iter(f"{GEXF}attvalue")} <= declared


def test_gexf_gives_what_the_evidence_says(tmp_path: Path) -> None:
    """The edge 深圳市 develops 新型储能 carries stance, quote, document and weight; nodes have a color by class."""
    root = ElementTree.parse(graph().export("gexf", tmp_path / "g.gexf")).getroot()
    edge = next(e for e in root.iter(f"{GEXF}edge") if (e.get("source"), e.get("target")) == (CITY, TOPIC))
    values = {v.get("for"): v.get("value") for v in edge.iter(f"{GEXF}attvalue")}
    assert values["stance"] == "cultivates" and values["quotes"] == "深圳市大力培育新型储能"
    assert values["documents"] == "关于支持新型储能的若干措施" and edge.get("weight") == "1"
    colors = {tuple(sorted(c.attrib.items())) for c in root.iter("{http://gexf.net/1.3/viz}color")}
    assert len(colors) > 5


def neo4j_rows(folder: Path, kind: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for file in sorted(folder.glob(f"{kind}-*.csv")):
        text = file.read_bytes().decode("utf-8")
        assert not text.startswith("\ufeff")
        rows += list(csv.DictReader(io.StringIO(text, newline="")))
    return rows


@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_neo4j_has_every_node_and_relation_once(name: str, tmp_path: Path) -> None:
    """The CSV files hold the nodes and relations of the property graph: each once, ends known, the network's among them."""
    made = GRAPHS[name]()
    folder = made.export("neo4j", tmp_path / "neo4j")
    nodes, edges = neo4j_rows(folder, "nodes"), neo4j_rows(folder, "rels")
    net = network(made, documents=True)
    ids = [row["uri:ID(Resource)"] for row in nodes]
    assert (len(ids), len(edges)) == property_graph(made).size and len(set(ids)) == len(ids)
    assert {node.iri for node in net.nodes} <= set(ids)
    ends = [(row[":START_ID(Resource)"], row[":END_ID(Resource)"]) for row in edges]
    assert {end for pair in ends for end in pair} <= set(ids)
    assert {(edge.source, edge.target) for edge in net.edges} <= set(ends)


def test_neo4j_files_hold_texts_exactly(tmp_path: Path) -> None:
    """Line feeds, semicolons and quotes come back as they were; a backslash is doubled, and then all fields are in quotes."""
    folder = graph(hostile()).export("neo4j", tmp_path / "neo4j")
    rows = neo4j_rows(folder, "nodes")
    labels = {row["label:string"].replace("\\\\", "\\") for row in rows}
    assert {"line\nfeed\ttab", "a;b,c", 'quo"te\\ and \\u0041'} <= labels
    line = next(line for line in (folder / "nodes-Company.csv").read_text("utf-8").split("\n") if "u0041" in line)
    assert all(cell == "" or cell.startswith('"') for cell in line.split(",")) and "te\\\\ and" in line


def test_neo4j_scripts_name_every_file_and_no_data(tmp_path: Path) -> None:
    """import.sh and import.cypher load each CSV file, merge on the uri after the constraint, and hold no text of documents."""
    folder = graph(hostile()).export("neo4j", tmp_path / "neo4j")
    shell, cypher = (folder / "import.sh").read_text(), (folder / "import.cypher").read_text()
    for file in folder.glob("*.csv"):
        assert f"={file.name} \\" in shell and f"file:///{file.name}'" in cypher
    assert os.access(folder / "import.sh", os.X_OK)
    assert cypher.index("CREATE CONSTRAINT") < cypher.index("MERGE")
    assert "DETACH" not in cypher and "深圳" not in cypher
    assert {"rels-ISSUED_BY.csv", "rels-HAS_TARGET.csv", "nodes-City.csv"} <= {file.name for file in folder.iterdir()}


@pytest.mark.parametrize("bad", ["a`b", "x:int", "'; MATCH", "", "\\u0060"])
def test_names_that_could_be_cypher_are_refused(bad: str) -> None:
    """A relation name that is no plain identifier never becomes a relation type."""
    with pytest.raises(KgError):
        relation_type(bad)


def test_machine_csv_is_exact_and_spreadsheet_csv_is_guarded(tmp_path: Path) -> None:
    """The ledger's >= stays, in the spreadsheet form a cell that begins like a formula gets an apostrophe."""
    rows = list(csv.DictReader(graph().export("csv", tmp_path / "t.csv").open(encoding="utf-8", newline="")))
    assert rows[0]["operator"] == ">=" and rows[0]["value"] == "1.50"
    plain = graph(hostile()).export("csv", tmp_path / "o.csv", question="organizations").read_text("utf-8")
    safe = graph(hostile()).export("csv", tmp_path / "s.csv", question="organizations", spreadsheet=True).read_text("utf-8-sig")
    assert "\n=HYPERLINK(1)," in plain and "\n'=HYPERLINK(1)," in safe and "\n'＝1+1," in safe and "\n'-5%," in safe


def test_xlsx_opens_with_numbers_as_numbers_and_no_formulas(tmp_path: Path) -> None:
    """openpyxl reads the workbook: sheet names, a numeric value, and hostile names as text."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(graph(hostile()).export("xlsx", tmp_path / "t.xlsx"))
    assert book.sheetnames[:2] == ["量化目标", "责任分工"]
    heading, row = list(book["量化目标"].iter_rows(values_only=True))[:2]
    ledger = dict(zip(heading, row, strict=True))
    assert ledger["数值"] == 1.5 and ledger["比较"] == "≥" and ledger["期限"] == 2025
    names = [cell for cell in book["企业与机构"].iter_rows(min_col=1, max_col=1)]
    assert {"'=HYPERLINK(1)", "'＝1+1"} <= {cell[0].value for cell in names}
    assert all(cell[0].data_type == "s" for cell in names)


def test_xlsx_has_no_clock(tmp_path: Path) -> None:
    """Every part of the workbook has the same fixed date."""
    with zipfile.ZipFile(graph().export("xlsx", tmp_path / "t.xlsx")) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_unknown_formats_and_options_say_what_exists(tmp_path: Path) -> None:
    """A wrong name is answered with the right ones."""
    with pytest.raises(UsageError, match="graphml"):
        graph().export("gml", tmp_path / "x")
    with pytest.raises(UsageError, match="it has: evidence"):
        graph().export("turtle", tmp_path / "x", evidense=False)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing stops half-way the target keeps its old bytes and nothing is left beside it."""
    target = tmp_path / "g.nt"
    target.write_text("old")

    def broken(graph: Graph, file: Any) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.exporters.ntriples.write", broken)
    with pytest.raises(OutputError, match="No space left"):
        graph().export("ntriples", target)
    assert target.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["g.nt"]


def test_a_folder_of_someone_else_is_not_replaced(tmp_path: Path) -> None:
    """The Neo4j folder takes the place of an earlier export only."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("dear")
    with pytest.raises(OutputError, match="no earlier export"):
        graph().export("neo4j", tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "dear"


def test_export_all_writes_the_reference_form_first(tmp_path: Path) -> None:
    """graph.nq is written whatever else is asked for."""
    paths = exporters.export_all(graph(), tmp_path, ["ttl", "neo4j"])
    assert [path.name for path in paths] == ["graph.nq", "graph.ttl", "neo4j"]
    assert all(path.exists() for path in paths)


def test_no_unclean_character_reaches_xml(tmp_path: Path) -> None:
    """Neither GraphML nor GEXF holds a control character, an escaped one, or a lone surrogate."""
    for format in ("graphml", "gexf"):
        text = graph(hostile()).export(format, tmp_path / "x").read_text("utf-8")
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|&#[0-8];", text)
