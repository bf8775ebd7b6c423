"""Quads in memory, in Oxigraph.

The default graph holds every triple of the named graphs once. Oxigraph's own union of graphs gives a triple as often as there
are graphs that hold it, which makes counts wrong and joins quadratic in the number of documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph

from kg.terms import iri_term

_AT_ONCE = 50_000


def triple(line: str) -> str:
    """A quad's line without its graph name, which is its last IRI and holds no space."""
    return line.rsplit(" ", 2)[0] + " ."


class MemoryStore:
    """The default store. Lives as long as the process."""

    def __init__(self) -> None:
        self._store = pyoxigraph.Store()
        self.version = 0

    def load(self, lines: Iterable[str]) -> None:
        """Some lines at a time, so that a large file takes little more memory than its quads."""
        given = (line for line in lines if line)
        while some := list(islice(given, _AT_ONCE)):
            data = "".join(f"{line}\n{triple(line)}\n" for line in some)
            self.version += 1
            self._store.load(data.encode("utf-8"), format=pyoxigraph.RdfFormat.N_QUADS)

    def replace(self, graph: str, lines: Iterable[str]) -> None:
        """One update request, which Oxigraph runs as one transaction; lines are our own serialization.

        Triples that no other graph holds leave the default graph with the old version.
        """
        name = iri_term(graph)
        triples = "\n".join(triple(line) for line in lines if line)
        others = f"FILTER NOT EXISTS {{ GRAPH ?h {{ ?s ?p ?o }} FILTER(?h != {name}) }}"
        delete = f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} {others} }} ; DROP SILENT GRAPH {name}"
        insert = f" ; INSERT DATA {{\n{triples}\nGRAPH {name} {{\n{triples}\n}} }}" if triples else ""
        self.version += 1
        self._store.update(delete + insert)

    def graphs(self) -> list[str]:
        return sorted(str(name.value) for name in self._store.named_graphs())

    def lines(self) -> list[str]:
        found: list[str] = []
        for name in self._store.named_graphs():
            data = self._store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=name) or b""
            found.extend(f"{line[:-2]} {name} ." for line in data.decode("utf-8").split("\n") if line)
        return sorted(found)

    def quads(self) -> Iterator[Any]:
        for name in self._store.named_graphs():
            yield from self._store.quads_for_pattern(None, None, None, name)

    def query(self, sparql: str, substitutions: Mapping[str, Any] | None = None) -> Any:
        terms = {pyoxigraph.Variable(name): term for name, term in (substitutions or {}).items()}
        return self._store.query(sparql, substitutions=terms)

    def snapshot(self, folder: Path) -> Path | None:
        return None

    def __len__(self) -> int:
        return sum(1 for _ in self.quads())

    def close(self) -> None:
        """Nothing to release."""
