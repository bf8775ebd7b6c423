"""The page of ``kg.exporters.html`` for large graphs: drawn with WebGL, usable at 100,000 relations.

sigma.js 3 and graphology (both MIT) stand in ``vendor/`` with their licenses and are written into the page; places are computed in
Python. Search, filters, panels, evidence and the security of the page are those of the other one.
"""

from __future__ import annotations

import math
from typing import IO, TYPE_CHECKING

from kg.exporters.page import Selection, assemble, asset, data, select, short
from kg.exporters.positions import places

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.network import Network
    from kg.ontology import Ontology
    from kg.subgraph import Scope

MAX_NODES = 100_000
MAX_EDGES = 200_000
"""More than a browser draws with ease on an ordinary machine; those with most evidence stay."""

LIBRARIES = (("graphology.umd.min.js", ("graphology", "events")), ("sigma.min.js", ("sigma",)))
"""Script -> the licenses it comes under."""


def write(graph: Graph, file: IO[bytes], *, max_nodes: int = MAX_NODES, max_edges: int = MAX_EDGES) -> None:
    """Write the page. Above ``max_nodes`` or ``max_edges`` the best connected part is drawn and the page says so."""
    made = page(graph.network(), graph.vocabulary, scope=graph.scope, max_nodes=max_nodes, max_edges=max_edges)
    file.write(made.encode("utf-8"))


def page(
    network: Network,
    vocabulary: Ontology,
    *,
    scope: Scope | None = None,
    max_nodes: int = MAX_NODES,
    max_edges: int = MAX_EDGES,
) -> str:
    """The page's text, a pure function of its arguments."""
    selection = select(network, max_nodes=max_nodes, max_edges=max_edges)
    scripts = [_library(script, licenses) for script, licenses in LIBRARIES]
    return assemble(data(network, selection, vocabulary, scope) | _drawing(selection), [*scripts, asset("draw-sigma.js")])


def _drawing(selection: Selection) -> dict[str, object]:
    """Places in columns and names as drawn."""
    index = selection.index
    sizes = [_size(selection.degrees.get(node.iri, 0), len(selection.nodes)) for node in selection.nodes]
    pairs = [(index[e.source], index[e.target]) for e in selection.edges]
    spots = places(len(sizes), pairs, [2 * size + 2 for size in sizes])
    return {
        "places": {"x": [x for x, _ in spots], "y": [y for _, y in spots], "size": sizes},
        "names": [short(node.label) for node in selection.nodes],
    }


def _size(degree: int, count: int) -> float:
    """Radius in pixels of the whole graph on the screen: smaller in large graphs, larger for hubs."""
    room = max(0.25, min(1.0, math.sqrt(800 / max(count, 1))))
    return round(room * min(2 + 1.3 * math.sqrt(degree), 18), 1)


def _library(script: str, licenses: tuple[str, ...]) -> str:
    """A library with the notices that its licenses ask for; the files stay as their authors made them."""
    notices = "\n".join(f"{name}\n{asset(f'{name}.LICENSE.txt', 'vendor').strip()}\n" for name in licenses)
    return f"/*!\n{notices}*/\n{asset(script, 'vendor')}"
