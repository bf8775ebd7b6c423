"""CSV on the Web: valid for an independent reader, and back to the graph's own triples by the W3C's rules."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from kg import iri
from kg.errors import OutputError
from kg.exporters.csvw import COLUMNS, CSV, DESCRIPTION
from kg.graph import Graph
from kg.terms import RDF, XSD
from tests.graph_examples import TEXT, extraction, graph, hostile

TWO = (extraction(), extraction(TEXT + "附件，另发。", 'b,"x".md'))


def exported(made: Graph, folder: Path) -> tuple[list[dict[str, str]], dict[str, Any]]:
    made.export("csvw", folder)
    with (folder / CSV).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return rows, json.loads((folder / DESCRIPTION).read_text("utf-8"))


def triples(rows: list[dict[str, str]], description: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Generating RDF from Tabular Data on the Web, section 4, minimal mode, as far as the description goes."""

    def filled(template: str, row: dict[str, str]) -> str:
        return re.sub(r"\{\+(\w+)\}", lambda m: row[m[1]], template)

    def term(column: dict[str, Any], row: dict[str, str]) -> str:
        if "valueUrl" in column:
            return f"<{filled(column['valueUrl'], row)}>"
        value = row[column["name"]]
        if "lang" in column:
            return str(pyoxigraph.Literal(value, language=column["lang"]))
        kind = column["datatype"]
        return str(pyoxigraph.Literal(value, datatype=None if kind == "string" else pyoxigraph.NamedNode(XSD + kind)))

    schema = description["tableSchema"]
    found = set()
    for row in rows:
        for column in schema["columns"]:
            if column.get("suppressOutput") or (not column.get("virtual") and not row[column["name"]]):
                continue
            predicate = column["propertyUrl"].replace("rdf:", RDF)
            found.add((f"<{filled(column.get('aboutUrl', schema['aboutUrl']), row)}>", f"<{predicate}>", term(column, row)))
    return found


def stated(made: Graph) -> set[tuple[str, str, str]]:
    """What the graph says of its targets and of the documents of their evidence."""
    wanted = {f"<{column.property}>" for column in COLUMNS if column.property} | {f"<{RDF}type>"}
    found = set()
    for line in made.lines():
        subject, predicate, rest = line.split(" ", 2)
        if subject.startswith(f"<{iri.BASE}target/") and predicate in wanted:
            found.add((subject, predicate, rest.rsplit(" ", 2)[0]))
    rows = made.query("SELECT ?e ?d { ?t a kg:Target ; kg:evidence ?e . ?e kg:document ?d }").rows
    return found | {(f"<{e}>", f"<{iri.term('document')}>", f"<{d}>") for e, d in rows}


@pytest.mark.parametrize("which", ["small", "hostile", "examples"])
def test_a_reader_gets_the_triples_of_the_graph(which: str, tmp_path: Path, root: Path) -> None:
    """By the rules of the W3C every target's triples come back, none more and none less."""
    from kg.graph import open_graph

    made = {
        "small": lambda: graph(*TWO),
        "hostile": lambda: graph(hostile()),
        "examples": lambda: open_graph(root / "exports"),
    }[which]()
    rows, description = exported(made, tmp_path / "csvw")
    assert rows and triples(rows, description) == stated(made)


def test_an_independent_reader_takes_it(tmp_path: Path) -> None:
    """The csvw package finds the description valid and reads typed values: exact numbers, years, truth values."""
    csvw = pytest.importorskip("csvw")
    exported(graph(*TWO), tmp_path / "csvw")
    read = csvw.CSVW(str(tmp_path / "csvw" / DESCRIPTION), validate=True)
    assert read.is_valid
    (first, second) = read.tables[0].iterdicts()
    assert str(first["value"]) == "1.5" and first["value_text"] == "1.50" and first["baseline"] is False
    assert {first["document"].unsplit(), second["document"].unsplit()} == set(graph(*TWO).documents())


def test_one_row_for_each_target(tmp_path: Path) -> None:
    """The primary key holds; names of place and topic stand beside their IRIs."""
    rows, description = exported(graph(*TWO), tmp_path / "csvw")
    assert description["tableSchema"]["primaryKey"] == "target"
    assert len({row["target"] for row in rows}) == len(rows) == 2
    assert {(row["place_name"], row["topic_name"], row["quote"]) for row in rows} == {
        ("深圳市", "新型储能", "到2025年，新型储能产值达到1.50万亿元")
    }


def test_empty_and_repeated(tmp_path: Path) -> None:
    """An empty graph has its heading and a description; twice the same bytes; an earlier export is replaced, a foreign folder not."""
    rows, description = exported(Graph(), tmp_path / "a")
    assert rows == [] and (tmp_path / "a" / CSV).read_text("utf-8").startswith("target,label,")
    exported(graph(*TWO), tmp_path / "a")
    exported(graph(*reversed(TWO)), tmp_path / "b")
    for name in (CSV, DESCRIPTION):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "mine.txt").write_text("x")
    with pytest.raises(OutputError, match="no earlier export"):
        graph().export("csvw", tmp_path / "c")
