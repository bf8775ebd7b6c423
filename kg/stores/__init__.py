"""Where quads live. A store keeps each document in a graph of its own and replaces it in one step.

To add a store: write ``stores/<name>.py`` with a class that has the methods of ``Store``, and add one line to ``STORES``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from kg.errors import UsageError

STORES = {
    "memory": "kg.stores.memory:MemoryStore",
    "oxigraph": "kg.stores.oxigraph:OxigraphStore",
}


class Store(Protocol):
    """What the graph needs of a store. Lines are canonical N-Quads without line ends."""

    version: int
    """Grows with every change, so that what was computed from the quads is known to be current."""

    def load(self, lines: Iterable[str]) -> None:
        """Add quads. Raises SyntaxError for a line that is no N-Quads."""

    def replace(self, graph: str, lines: Iterable[str]) -> None:
        """Put ``lines``, all in the named graph ``graph``, in place of what that graph held, in one transaction."""

    def graphs(self) -> list[str]:
        """IRIs of the named graphs, sorted."""

    def lines(self) -> list[str]:
        """All quads, sorted."""

    def quads(self) -> Iterator[Any]:
        """All quads as pyoxigraph terms, in any order."""

    def query(self, sparql: str, substitutions: Mapping[str, Any] | None = None) -> Any:
        """Results of a SPARQL query over the union of all graphs, each triple once; ``substitutions`` binds variables to terms."""

    def snapshot(self, folder: Path) -> Path | None:
        """A copy on disk that another process may open, None for a store that lives in this process only."""

    def __len__(self) -> int: ...

    def close(self) -> None: ...


def open_store(name: str, *arguments: Any) -> Store:
    """The store called ``name``; ``arguments`` are its constructor's (the folder, for a store on disk)."""
    try:
        module, attribute = STORES[name].split(":")
    except KeyError:
        raise UsageError(f"no store {name!r}; there are: {', '.join(sorted(STORES))}") from None
    store: Store = getattr(import_module(module), attribute)(*arguments)
    return store
