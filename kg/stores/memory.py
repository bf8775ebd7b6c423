"""Quads in memory, in Oxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph

from kg.terms import iri_term


class MemoryStore:
    """The default store. Lives as long as the process."""

    def __init__(self) -> None:
        self._store = pyoxigraph.Store()

    def load(self, lines: Iterable[str]) -> None:
        data = "".join(line + "\n" for line in lines if line)
        if data:
            self._store.load(data.encode("utf-8"), format=pyoxigraph.RdfFormat.N_QUADS)

    def replace(self, graph: str, lines: Iterable[str]) -> None:
        """One update request of two operations, which Oxigraph runs as one transaction; lines are our own serialization."""
        name = iri_term(graph)
        tail = f" {name} ."
        triples = "\n".join(line.removesuffix(tail) + " ." for line in lines)
        insert = f" ; INSERT DATA {{ GRAPH {name} {{\n{triples}\n}} }}" if triples else ""
        self._store.update(f"DROP SILENT GRAPH {name}{insert}")

    def graphs(self) -> list[str]:
        return sorted(str(name.value) for name in self._store.named_graphs())

    def lines(self) -> list[str]:
        data = self._store.dump(format=pyoxigraph.RdfFormat.N_QUADS)
        return sorted(filter(None, (data or b"").decode("utf-8").split("\n")))

    def quads(self) -> Iterator[Any]:
        return iter(self._store)

    def query(self, sparql: str, substitutions: Mapping[str, Any] | None = None) -> Any:
        terms = {pyoxigraph.Variable(name): term for name, term in (substitutions or {}).items()}
        return self._store.query(sparql, use_default_graph_as_union=True, substitutions=terms)

    def snapshot(self, folder: Path) -> Path | None:
        return None

    def __len__(self) -> int:
        return len(self._store)

    def close(self) -> None:
        """Nothing to release."""
