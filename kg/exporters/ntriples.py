"""N-Triples: the distinct triples of all documents, sorted, without the graphs."""

from __future__ import annotations

from typing import IO

from kg.graph import Graph


def write(graph: Graph, file: IO[bytes]) -> None:
    for line in sorted({_triple(line) for line in graph.lines()}):
        file.write(line.encode("utf-8") + b"\n")


def _triple(line: str) -> str:
    """The line without its graph name, which is the last IRI and holds no space."""
    head, name, _ = line.rsplit(" ", 2)
    return f"{head} ." if name.startswith("<") and head.count(" ") >= 2 else line
