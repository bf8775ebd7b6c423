"""Canonical N-Quads: one sorted line per quad. The reference form, which every other format can be made from."""

from __future__ import annotations

from typing import IO

from kg.graph import Graph


def write(graph: Graph, file: IO[bytes]) -> None:
    for line in graph.lines():
        file.write(line.encode("utf-8") + b"\n")
