"""TriG: Turtle with one block per document, so that who said what stays visible."""

from __future__ import annotations

from typing import IO

from kg.exporters.subjects import by_graph, describe
from kg.exporters.turtle import block, name, prologue
from kg.graph import Graph


def write(graph: Graph, file: IO[bytes], *, evidence: bool = True) -> None:
    """``evidence=False`` leaves out evidence and unread numbers."""
    file.write(prologue().encode("utf-8"))
    for graph_name, triples in by_graph(graph.lines()).items():
        blocks = [block(s, d, "  ") for s, d in describe(triples, evidence=evidence).items()]
        inside = "\n".join(blocks)
        file.write(f"\n{name(graph_name)} {{\n{inside}}}\n".encode())
