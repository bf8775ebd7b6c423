"""What analysts use in Python: frames with types, tables of nodes and edges, safe HTML, and the notebook of the docs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.graph import Graph
from kg.queries import Answer
from tests.graph_examples import extraction, graph, hostile

ROWS = Answer(
    ("name", "value", "year", "baseline", "places"),
    (("甲", "1.50", "2025", "true", None), ("乙", "2", None, "false", "若干"), ("丙", None, "2027", None, "3")),
)
EMPTY = Answer(("name", "year"), ())


def test_pandas_frames_have_numbers_where_all_cells_are() -> None:
    """Values are floats, years whole numbers with gaps, baseline a truth value; a column with other words stays text."""
    frame = ROWS.to_pandas()
    assert [str(frame[c].dtype) for c in ("value", "year", "baseline")] == ["Float64", "Int64", "boolean"]
    assert frame["value"].tolist()[:2] == [1.5, 2.0] and frame["year"].isna().tolist() == [False, True, False]
    assert frame["places"].tolist()[1] == "若干" and frame["name"].tolist() == ["甲", "乙", "丙"]
    assert ROWS.to_pandas(typed=False)["value"].tolist()[:2] == ["1.50", "2"]
    assert EMPTY.to_pandas().shape == (0, 2)


def test_polars_frames_are_typed_alike() -> None:
    """The same columns are numbers, and what is not bound is null."""
    polars = pytest.importorskip("polars")
    frame = ROWS.to_polars()
    assert frame.schema == {
        "name": polars.String, "value": polars.Float64, "year": polars.Int64, "baseline": polars.Boolean, "places": polars.String
    }  # fmt: skip
    assert frame["value"].to_list() == [1.5, 2.0, None] and frame["baseline"].to_list() == [True, False, None]
    assert ROWS.to_polars(typed=False)["value"].to_list() == ["1.50", "2", None]
    assert EMPTY.to_polars().shape == (0, 2)


def test_both_frames_have_the_rows_of_the_answer() -> None:
    """The ledger of a graph: as many rows as the question gives, in the same order, in both."""
    pytest.importorskip("polars")
    answer = graph().query("target-ledger")
    pandas_rows = answer.to_pandas(typed=False).astype(object).where(lambda f: f.notna(), None).values.tolist()
    assert pandas_rows == [list(row) for row in answer.to_polars(typed=False).rows()] == [list(row) for row in answer.rows]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pandas the error says what to install."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"policy-kg\[pandas\]"):
        ROWS.to_pandas()


def test_nodes_and_edges_are_tables() -> None:
    """One row per node and per edge of the network, with the names of both ends and the evidence counted."""
    made = graph()
    net = made.network()
    nodes, edges = made.nodes(), made.edges()
    assert [row[0] for row in nodes] == [node.iri for node in net.nodes]
    assert [(r["source"], r["relation"], r["target"]) for r in edges.records()] == [
        (e.source, e.kind, e.target) for e in net.edges
    ]
    assert edges.to_pandas()["count"].sum() == sum(edge.count for edge in net.edges)
    assert {r["target_label"] for r in edges.records() if r["source_label"] == "深圳市" and r["relation"] == "develops"} == {
        "新型储能"
    }
    assert len(Graph().nodes()) == len(Graph().edges()) == 0


def test_shown_in_a_notebook_words_stay_words() -> None:
    """Cells are escaped; a long answer shows its first rows and says how many there are; a graph tells its size."""
    made = graph(extraction(), hostile())
    for shown in (made._repr_html_(), made.nodes()._repr_html_()):
        assert "<script>alert" not in shown and "<table>" in shown
    assert "&lt;script&gt;" in made.nodes()._repr_html_()
    long = Answer(("name",), tuple((str(n),) for n in range(250)))
    assert long._repr_html_().count("<tr>") == 101 and "250 rows; the first 100 are shown" in long._repr_html_()
    assert "2 documents" in made._repr_html_() and repr(long) == "<kg.Answer: 250 rows of name>"


def test_the_notebook_of_the_docs_runs(root: Path) -> None:
    """Every cell, from the first to the last, in a fresh process; none raises."""
    pytest.importorskip("polars")
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, str(root / "tests" / "notebooks.py")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "notebook.ipynb" in done.stdout


def test_the_notebook_comes_with_its_outputs(root: Path) -> None:
    """The stored file is a notebook of format 4 whose every code cell has run, in order, without an error or an address."""
    stored = json.loads((root / "docs" / "notebook.ipynb").read_text("utf-8"))
    cells = [cell for cell in stored["cells"] if cell["cell_type"] == "code"]
    assert stored["nbformat"] == 4 and len({cell["id"] for cell in stored["cells"]}) == len(stored["cells"])
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert all(cell["outputs"] and all(o["output_type"] != "error" for o in cell["outputs"]) for cell in cells)
