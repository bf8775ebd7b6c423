"""One HTML page with the interactive graph, complete in itself: it opens from disk and asks no network for anything.

pyvis makes nodes, edges and options, and its package brings the drawing library (vis-network 9.1.2, Apache-2.0 or MIT),
which is written into the page. pyvis's own page is not used because it loads style sheets and scripts from other sites.
``kg.exporters.webgl`` makes the same page for large graphs.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.exporters.page import COLORS, OTHER_COLOR, Selection, assemble, asset, data, select, short
from kg.exporters.positions import places

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.network import Network
    from kg.ontology import Ontology
    from kg.subgraph import Scope

MAX_NODES = 1000
"""Nodes drawn when nothing else is asked for: what a browser moves without a wait."""
MAX_EDGES = 5000
"""Edges drawn; those with most evidence stay."""

_FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei","Heiti SC",sans-serif'


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
    nodes, edges, options = _drawing(selection)
    drawn = {"nodes": nodes, "edges": edges, "options": options}
    return assemble(data(network, selection, vocabulary, scope) | drawn, [_library(), asset("draw-vis.js")])


def _drawing(selection: Selection) -> tuple[list[Any], list[Any], Any]:
    """Nodes, edges and options as pyvis hands them to vis-network."""
    from pyvis.network import Network as Drawing

    drawing = Drawing(directed=True)
    drawing.options = _OPTIONS  # set_options() would take the spaces out of font names
    index = selection.index
    sizes = [_size(selection.degrees.get(node.iri, 0)) for node in selection.nodes]
    pairs = [(index[e.source], index[e.target]) for e in selection.edges]
    spots = places(len(sizes), pairs, [size + 4 for size in sizes])
    for node, size, (x, y) in zip(selection.nodes, sizes, spots, strict=True):
        drawing.add_node(
            index[node.iri],
            label=short(node.label) or " ",
            shape="dot",
            color=COLORS.get(node.type, OTHER_COLOR),
            size=size,
            x=x,
            y=y,
        )
    parallel: Counter[tuple[int, int]] = Counter()
    for number, pair in enumerate(pairs):
        between = (min(pair), max(pair))
        drawing.add_edge(*pair, id=number, **_bend(parallel[between]))
        parallel[between] += 1
    nodes, edges, _, _, _, options = drawing.get_network_data()
    return nodes, edges, json.loads(options)


def _bend(earlier: int) -> dict[str, Any]:
    """The first edge between two nodes is straight, later ones are more and more bent, so that each can be clicked."""
    if not earlier:
        return {}
    return {"smooth": {"enabled": True, "type": "curvedCW", "roundness": round(0.16 * earlier, 2)}}


def _size(degree: int) -> float:
    """Radius in pixels: area grows with the degree, so that a hub does not cover its neighbors."""
    return round(min(4.5 + 2.9 * math.sqrt(degree), 36), 1)


_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {
        "borderWidth": 1,
        "font": {"face": _FONT, "color": "#1f2937", "strokeWidth": 3, "strokeColor": "#ffffff"},
        "scaling": {"label": {"enabled": False, "drawThreshold": 8}},
    },
    "edges": {
        "width": 0.8,
        "selectionWidth": 1.5,
        "smooth": {"enabled": False},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}},
        "color": {"color": "#98a4b5", "highlight": "#c2410c", "hover": "#64748b"},
    },
    "interaction": {
        "hover": True,
        "tooltipDelay": 100,
        "hideEdgesOnDrag": False,
        "dragNodes": True,
        "multiselect": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}


def _library() -> str:
    """vis-network as pyvis ships it, without the line that makes developer tools look for another file."""
    import pyvis

    path = Path(str(pyvis.__file__)).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
    lines = path.read_text("utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))
