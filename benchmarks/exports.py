"""Speed of the exports against rdflib's serializers and networkx's writers: python benchmarks/exports.py [--edges N] [--write].

Both sides write the same graph from memory to a file, in the same run and process; what is measured is the writer alone (our
nodes and edges and theirs are made before). What counts is the ratio of processor times. --write renews the table in README.md.
"""

from __future__ import annotations

import argparse
import gc
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MARK = ("<!-- exports -->", "<!-- exports end -->")
RDFLIB = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}
WITH_GRAPHS = ("trig", "nquads", "jsonld")
NETWORKX = {"graphml": "write_graphml_lxml", "gexf": "write_gexf"}
ALONE = ("neo4j", "csv")
"""Formats that neither of them writes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edges", type=int, default=10_000, help="different facts of the made-up graph")
    parser.add_argument("--ours", action="store_true", help="leave rdflib and networkx out (for large graphs)")
    parser.add_argument("--write", action="store_true", help="renew the table in benchmarks/README.md")
    args = parser.parse_args()
    table = measured(args.edges, compare=not args.ours)
    print(table)
    if args.write:
        write(table)


def measured(edges: int, *, compare: bool) -> str:
    from benchmarks.large import graph
    from kg import ontology

    made = graph(edges, ontology.load())
    net = made.network()
    head = f"{len(made):,} quads; {len(net.nodes):,} nodes, {len(net.edges):,} edges."
    lines = [head, "", "| format | kg | theirs | theirs ÷ ours |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        theirs = {**rdflib_writers(made), **networkx_writers(made)} if compare else {}
        for format in (*RDFLIB, *NETWORKX, *ALONE):
            # networkx computes no places, so ours are left out of this comparison.
            options = {"positions": False} if format == "gexf" else {}
            ours = seconds(lambda path, f=format, o=options: made.export(f, path, **o), Path(folder) / format)  # type: ignore[misc]
            lines.append(row(format, ours, theirs.get(format), Path(folder) / "theirs"))
    return "\n".join(lines)


def row(format: str, ours: float, writer: tuple[str, Callable[[Path], Any]] | None, path: Path) -> str:
    if writer is None:
        return f"| `{format}` | {ours:.2f} s | – | – |"
    name, write = writer
    other = seconds(write, path)
    return f"| `{format}` | {ours:.2f} s | {other:.2f} s ({name}) | **{other / ours:.1f}** |"


def seconds(work: Callable[[Path], Any], path: Path) -> float:
    """Least processor time of two runs. What is in memory already is kept from the garbage collector, which would walk all of it."""
    times = []
    for _ in range(2):
        gc.collect()
        gc.freeze()
        start = time.process_time()
        work(path)
        times.append(time.process_time() - start)
    return min(times)


def rdflib_writers(made: Any) -> dict[str, tuple[str, Callable[[Path], Any]]]:
    import rdflib

    from kg.prefixes import PREFIXES

    dataset = made.rdflib()
    flat = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        flat.bind(prefix, namespace, replace=True)
    for s, p, o, _ in dataset.quads():
        flat.add((s, p, o))

    def writer(format: str) -> Callable[[Path], Any]:
        source = dataset if format in WITH_GRAPHS else flat
        return lambda path: source.serialize(path, format=RDFLIB[format], encoding="utf-8")

    return {format: ("rdflib", writer(format)) for format in RDFLIB}


def networkx_writers(made: Any) -> dict[str, tuple[str, Callable[[Path], Any]]]:
    """networkx cannot write lists, so they are joined first, as our writers do while they write."""
    import networkx

    plain: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    source = made.networkx()
    for node, values in source.nodes(data=True):
        plain.add_node(node, **scalars(values))
    for start, end, key, values in source.edges(keys=True, data=True):
        plain.add_edge(start, end, key=key, **scalars(values))

    def writer(function: str) -> Callable[[Path], Any]:
        return lambda path: getattr(networkx, function)(plain, path)

    return {format: ("networkx", writer(function)) for format, function in NETWORKX.items()}


def scalars(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: "; ".join(value) if isinstance(value, tuple) else value for name, value in values.items() if name != "evidence"
    }


def write(table: str) -> None:
    file = ROOT / "benchmarks" / "README.md"
    text = file.read_text("utf-8")
    before, _, rest = text.partition(MARK[0])
    after = rest.partition(MARK[1])[2]
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}."
    file.write_text(f"{before}{MARK[0]}\n{machine} {table}\n{MARK[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
