"""One HTML page with the interactive graph, complete in itself: it opens from disk and asks no network for anything.

pyvis makes nodes, edges and options, and its package brings the drawing library (vis-network 9.1.2, Apache-2.0 or MIT),
which is written into the page. pyvis's own page is not used because it loads style sheets and scripts from other sites.
Everything taken from documents stands in one JSON block, reaches the page as text only, and a content security policy
forbids every script but ours.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.exporters.positions import places

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.network import Edge, Network, Node, Quote
    from kg.ontology import Ontology

MAX_NODES = 1000
"""Nodes drawn when nothing else is asked for: what a browser moves without a wait."""
MAX_EDGES = 5000
"""Edges drawn; those with most evidence stay."""
MAX_QUOTES = 20
"""Evidences listed for one edge or target; the page says how many more there are."""

COLORS = {
    "Policy": "#c2410c",
    "Country": "#0b5394",
    "Region": "#3d85c6",
    "Province": "#1c6fb5",
    "City": "#2f8fd8",
    "District": "#6fb1e4",
    "Town": "#9cc9ec",
    "Zone": "#4f9aa8",
    "Place": "#2f8fd8",
    "Agency": "#7c3aed",
    "Industry": "#15803d",
    "Technology": "#65a30d",
    "Topic": "#15803d",
    "Organization": "#be185d",
    "Company": "#db2777",
    "University": "#a21caf",
    "Institute": "#c026d3",
    "Association": "#9d174d",
    "Project": "#b7791f",
    "Task": "#64748b",
}
"""Class -> color. Classes that a reader groups (places, organizations, topics) share a hue."""
OTHER_COLOR = "#525252"

_PANEL_ONLY = {"Target", "Incentive"}
"""Not drawn: figures stand in the panel of what they are about."""
_EXTRA_NAMES = {"broader": ("上位概念", "broader"), "narrower": ("下位概念", "narrower")}
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)
_FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei","Heiti SC",sans-serif'


def write(graph: Graph, file: IO[bytes], *, max_nodes: int = MAX_NODES, max_edges: int = MAX_EDGES) -> None:
    """Write the page. Above ``max_nodes`` or ``max_edges`` the best connected part is drawn and the page says so."""
    file.write(page(graph.network(), graph.vocabulary, max_nodes=max_nodes, max_edges=max_edges).encode("utf-8"))


def page(network: Network, vocabulary: Ontology, *, max_nodes: int = MAX_NODES, max_edges: int = MAX_EDGES) -> str:
    """The page's text, a pure function of its arguments."""
    selection = select(network, max_nodes=max_nodes, max_edges=max_edges)
    library, program = _library(), _asset("page.js")
    scripts = f"{_hash(library)} {_hash(program)}"
    parts = {
        "@@policy@@": _POLICY.format(scripts=scripts),
        "@@style@@": _asset("page.css"),
        "@@data@@": as_json(_data(network, selection, vocabulary)),
        "@@library@@": library,
        "@@program@@": program,
    }
    return re.sub("@@[a-z]+@@", lambda mark: parts[mark[0]], _asset("page.html"))


@dataclass(frozen=True, slots=True)
class Selection:
    """What is drawn, most important first, and how much there was."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    degrees: dict[str, int]
    total_nodes: int
    total_edges: int
    cut_edges: bool
    """Whether edges between drawn nodes were left out."""


def select(network: Network, *, max_nodes: int, max_edges: int) -> Selection:
    """The nodes of highest degree (ties by IRI) and the edges between them with most evidence."""
    drawn = {node.iri: node for node in network.nodes if node.type not in _PANEL_ONLY}
    edges = [e for e in network.edges if e.source in drawn and e.target in drawn and e.source != e.target]
    degrees: Counter[str] = Counter()
    for edge in edges:
        degrees.update((edge.source, edge.target))
    nodes = sorted(drawn.values(), key=lambda node: (-degrees[node.iri], node.iri))[: max(0, max_nodes)]
    kept = {node.iri for node in nodes}
    inside = [e for e in edges if e.source in kept and e.target in kept]
    best = sorted(inside, key=lambda e: (-e.count, e.source, e.kind, e.target))[: max(0, max_edges)]
    best.sort(key=lambda e: (e.source, e.target, e.kind))
    return Selection(tuple(nodes), tuple(best), dict(degrees), len(drawn), len(edges), len(best) < len(inside))


def as_json(value: Any) -> str:
    """JSON that can stand in a script element: no text in it can end the element or the line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode("utf-8", "replace").decode("utf-8")


class _Quotes:
    """Quotes and document titles, each kept once: many edges rest on the same sentence."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}
        self.documents: dict[str, int] = {}
        self.titles: list[str] = []

    def listed(self, evidence: Iterable[Quote]) -> list[list[int]]:
        """[document, quote] numbers, each pair once."""
        pairs = dict.fromkeys((self._document(q), self.texts.setdefault(q.text, len(self.texts))) for q in evidence)
        return [list(pair) for pair in pairs]

    def _document(self, quote: Quote) -> int:
        if quote.document_iri not in self.documents:
            self.documents[quote.document_iri] = len(self.titles)
            self.titles.append(quote.document)
        return self.documents[quote.document_iri]


def _data(network: Network, selection: Selection, vocabulary: Ontology) -> dict[str, Any]:
    quotes = _Quotes()
    index = {node.iri: number for number, node in enumerate(selection.nodes)}
    nodes, edges, options = _drawing(selection, index)
    targets = _targets(network, index, quotes)
    facts = [_edge_record(edge, index, quotes) for edge in selection.edges]
    return {
        "nodes": nodes,
        "edges": edges,
        "options": options,
        "things": [_node_record(node, selection, targets.get(node.iri, [])) for node in selection.nodes],
        "facts": facts,
        "classes": _legend(Counter(n.type for n in selection.nodes), vocabulary.classes),
        "relations": _legend(Counter(e.kind for e in selection.edges), vocabulary.relations),
        "narrower": _legend(_narrower(selection), vocabulary.relations),
        "totals": {"nodes": selection.total_nodes, "edges": selection.total_edges, "targets": _count(network, "Target")},
        "quotes": list(quotes.texts),
        "documents": quotes.titles,
        "cutEdges": selection.cut_edges,
        "maxQuotes": MAX_QUOTES,
    }


def _count(network: Network, kind: str) -> int:
    return sum(node.type == kind for node in network.nodes)


def _narrower(selection: Selection) -> Counter[str]:
    return Counter(part for edge in selection.edges for part in edge.stance.split("; ") if part)


def _legend(counts: Counter[str], terms: Any) -> list[dict[str, Any]]:
    """Name, labels, color and count of every class or relation in use, most frequent first."""
    found = []
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        term = terms.get(name)
        zh, en = (term.label_zh, term.label_en) if term else _EXTRA_NAMES.get(name, (name, name))
        found.append({"name": name, "zh": zh or name, "en": en or name, "count": count, "color": COLORS.get(name, OTHER_COLOR)})
    return found


def _node_record(node: Node, selection: Selection, targets: list[dict[str, Any]]) -> dict[str, Any]:
    record: dict[str, Any] = {"label": node.label, "type": node.type, "degree": selection.degrees.get(node.iri, 0)}
    code = dict(node.attributes).get("code", "")
    optional = {"aliases": list(node.aliases), "code": code, "targets": targets}
    return record | {name: value for name, value in optional.items() if value}


def _edge_record(edge: Edge, index: dict[str, int], quotes: _Quotes) -> dict[str, Any]:
    listed = quotes.listed(edge.evidence[:MAX_QUOTES])
    record: dict[str, Any] = {"from": index[edge.source], "to": index[edge.target], "kind": edge.kind, "count": edge.count}
    optional = {"stance": edge.stance, "role": edge.role, "quotes": listed}
    return record | {name: value for name, value in optional.items() if value}


def _targets(network: Network, index: dict[str, int], quotes: _Quotes) -> dict[str, list[dict[str, Any]]]:
    """Node IRI -> the targets about it, by year and metric."""
    found: dict[str, list[dict[str, Any]]] = {}
    for edge in network.edges:
        for end, other in ((edge.source, edge.target), (edge.target, edge.source)):
            node = network.by_iri.get(end)
            if node and node.type == "Target" and other in index:
                found.setdefault(other, []).append(_target_record(node, quotes))
    return {iri: sorted(records, key=_target_order) for iri, records in found.items()}


def _target_record(node: Node, quotes: _Quotes) -> dict[str, Any]:
    values = dict(node.attributes)
    names = ("metric", "operator", "unit", "year")
    record: dict[str, Any] = {name: values[name] for name in names if values.get(name)}
    record["value"] = values.get("valueText") or values.get("value", "")
    if values.get("baseline") == "true":
        record["baseline"] = True
    return record | {"quotes": quotes.listed(node.evidence[:MAX_QUOTES])}


def _target_order(record: dict[str, Any]) -> tuple[bool, str, str, str]:
    """Aims before figures about the past, then by year; those without a year last."""
    return (record.get("baseline", False), record.get("year", "9999"), record.get("metric", ""), record["value"])


def _drawing(selection: Selection, index: dict[str, int]) -> tuple[list[Any], list[Any], Any]:
    """Nodes, edges and options as pyvis hands them to vis-network."""
    from pyvis.network import Network as Drawing

    drawing = Drawing(directed=True)
    drawing.options = _OPTIONS  # set_options() would take the spaces out of font names
    sizes = [_size(selection.degrees.get(node.iri, 0)) for node in selection.nodes]
    pairs = [(index[e.source], index[e.target]) for e in selection.edges]
    spots = places(len(sizes), pairs, [size + 4 for size in sizes])
    for node, size, (x, y) in zip(selection.nodes, sizes, spots, strict=True):
        drawing.add_node(
            index[node.iri],
            label=_short(node.label) or " ",
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


def _short(label: str, limit: int = 14) -> str:
    """The label as drawn; the panel has it in full."""
    flat = " ".join(label.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {
        "borderWidth": 1,
        "font": {"face": _FONT, "color": "#1f2937", "strokeWidth": 3, "strokeColor": "#ffffff"},
        "scaling": {"label": {"enabled": False, "drawThreshold": 8}},
    },
    "edges": {
        "width": 0.7,
        "selectionWidth": 1.5,
        "smooth": {"enabled": False},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}},
        "color": {"color": "#a3aebd", "highlight": "#c2410c", "hover": "#64748b"},
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


def _asset(name: str) -> str:
    return resources.files("kg.exporters").joinpath("assets", name).read_text("utf-8")


def _hash(script: str) -> str:
    """The source expression that lets this very script run and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode('ascii')}'"
