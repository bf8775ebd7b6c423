"""N-Triples: the distinct triples of all documents, sorted, without the graphs."""

from __future__ import annotations

from typing import IO

from kg.graph import Graph
from kg.stores.memory import triple


def write(graph: Graph, file: IO[bytes]) -> None:
    for line in sorted({triple(line) for line in graph.lines()}):
        file.write(line.encode("utf-8") + b"\n")
