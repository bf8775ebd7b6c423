"""Every store of the table keeps the same promises."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import StoreBusyError, StoreDamagedError, UsageError
from kg.graph import Graph
from kg.stores import STORES, Store, open_store
from kg.stores.oxigraph import OxigraphStore
from tests.graph_examples import extraction, graph

A, B = "https://example.org/a", "https://example.org/b"


def quad(value: str, name: str) -> str:
    return f'<x:s> <x:p> "{value}" <{name}> .'


@pytest.fixture(params=sorted(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = open_store(request.param, *([tmp_path / "store"] if request.param == "oxigraph" else []))
    yield made
    made.close()


def values(store: Store) -> list[str]:
    return sorted(row["o"].value for row in store.query("SELECT ?o { <x:s> <x:p> ?o }"))


def test_replace_changes_one_graph_only(store: Store) -> None:
    """The other graph keeps its quads, and a triple that both held stays visible until both have dropped it."""
    store.load([quad("1", A), quad("2", A), quad("2", B)])
    store.replace(A, [quad("3", A)])
    assert store.lines() == [quad("2", B), quad("3", A)]
    assert values(store) == ["2", "3"]
    store.replace(B, [])
    assert store.lines() == [quad("3", A)] and values(store) == ["3"]
    assert store.graphs() == [A] and len(store) == 1


def test_replacing_with_the_same_is_no_change(store: Store) -> None:
    """Replacing a document by itself leaves the same lines."""
    store.load([quad("1", A), quad("2", B)])
    before = store.lines()
    store.replace(A, [quad("1", A)])
    assert store.lines() == before and values(store) == ["1", "2"]


def test_a_bad_line_changes_nothing(store: Store) -> None:
    """A document with a line that is no N-Quads is refused whole: the old one stays."""
    store.load([quad("1", A)])
    with pytest.raises(SyntaxError):
        store.replace(A, [quad("2", A), f"<x:s> nonsense <{A}> ."])
    assert store.lines() == [quad("1", A)] and values(store) == ["1"]


def test_the_union_gives_each_triple_once(store: Store) -> None:
    """A triple of two graphs is one row, and GRAPH still tells both."""
    store.load([quad("1", A), quad("1", B)])
    assert values(store) == ["1"]
    assert sorted(row["g"].value for row in store.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } }")) == [A, B]


def test_the_version_grows_with_every_change(store: Store) -> None:
    """What was computed from the quads can be known to be out of date."""
    seen = [store.version]
    store.load([quad("1", A)])
    seen.append(store.version)
    store.replace(A, [quad("2", A)])
    seen.append(store.version)
    assert seen == sorted(set(seen))


def test_every_store_holds_the_same_graph(store: Store) -> None:
    """A graph in any store gives the lines that the memory store gives, and its network follows changes."""
    made = Graph(store)
    made.add(extraction())
    assert made.lines() == graph().lines()
    assert made.network().nodes == graph().network().nodes
    made.remove(made.documents()[0])
    assert made.network().nodes == ()


def test_a_second_writer_is_told_that_the_store_is_busy(tmp_path: Path) -> None:
    """Another process that opens the folder for writing gets StoreBusyError, not the engine's words."""
    first = OxigraphStore(tmp_path / "store")
    first.load([quad("1", A)])
    code = (
        "import sys; from kg.stores.oxigraph import OxigraphStore; from kg.errors import StoreBusyError\n"
        "try: OxigraphStore(sys.argv[1])\nexcept StoreBusyError as error: print('busy', error.exit_code)"
    )
    result = subprocess.run([sys.executable, "-c", code, str(tmp_path / "store")], capture_output=True, text=True, check=True)
    assert result.stdout == "busy 5\n"
    assert issubclass(StoreBusyError, Exception) and first.lines() == [quad("1", A)]


def test_a_folder_or_file_of_someone_else_is_refused(tmp_path: Path) -> None:
    """What is no store is not touched."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "thesis.txt").write_text("dear")
    for name in ("file", "folder"):
        with pytest.raises(StoreDamagedError, match="not a graph store"):
            OxigraphStore(tmp_path / name)
    assert [p.name for p in (tmp_path / "folder").iterdir()] == ["thesis.txt"]


def test_a_store_survives_closing_and_reading_only(tmp_path: Path) -> None:
    """What was written is there for a reader that opens the folder later."""
    first = OxigraphStore(tmp_path / "store")
    first.load([quad("1", A)])
    first.close()
    assert OxigraphStore(tmp_path / "store", read_only=True).lines() == [quad("1", A)]


def test_an_unknown_store_is_answered_with_those_there_are() -> None:
    """The message lists the table."""
    with pytest.raises(UsageError, match="memory, oxigraph"):
        open_store("redis")
