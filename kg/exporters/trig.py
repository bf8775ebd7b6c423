"""TriG: Turtle with one block per document, so that who said what stays visible."""

from __future__ import annotations

from collections import defaultdict
from typing import IO, Any

from kg.exporters.subjects import describe
from kg.exporters.turtle import block, name, prologue
from kg.graph import Graph


def write(graph: Graph, file: IO[bytes], *, evidence: bool = True) -> None:
    """``evidence=False`` leaves out evidence and unread numbers."""
    file.write(prologue().encode("utf-8"))
    for graph_name, quads in by_graph(graph).items():
        blocks = [block(s, d, "  ") for s, d in describe(quads, evidence=evidence).items()]
        inside = "\n".join(blocks)
        file.write(f"\n{name(graph_name)} {{\n{inside}}}\n".encode())


def by_graph(graph: Graph) -> dict[str, list[Any]]:
    """Graph IRI -> its quads, graphs sorted."""
    found: dict[str, list[Any]] = defaultdict(list)
    for quad in graph.store.quads():
        found[quad.graph_name.value].append(quad)
    return dict(sorted(found.items()))
