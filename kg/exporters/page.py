"""What the two pages share: what is drawn, the data block with its quotes, and how a page is put together.

Everything taken from documents stands in one JSON block, reaches the page as text only, and a content security policy
forbids every script but ours.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.network import Edge, Network, Node, Quote
    from kg.ontology import Ontology
    from kg.subgraph import Scope

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

    @property
    def index(self) -> dict[str, int]:
        """Number of each drawn node by its IRI."""
        return {node.iri: number for number, node in enumerate(self.nodes)}


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


def drawable(network: Network) -> int:
    """Nodes that a page would draw if it drew all."""
    return sum(node.type not in _PANEL_ONLY for node in network.nodes)


def assemble(data: Mapping[str, Any], scripts: Sequence[str]) -> str:
    """The page's text: ``data`` in its block, then ``scripts`` in order, each allowed by its hash."""
    program = [*scripts, asset("page.js")]
    parts = {
        "@@policy@@": _POLICY.format(scripts=" ".join(script_hash(script) for script in program)),
        "@@style@@": asset("page.css"),
        "@@data@@": as_json(data),
        "@@scripts@@": "\n".join(f"<script>{script}</script>" for script in program),
    }
    return re.sub("@@[a-z]+@@", lambda mark: parts[mark[0]], asset("page.html"))


def as_json(value: Any) -> str:
    """JSON that can stand in a script element: no text in it can end the element or the line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode("utf-8", "replace").decode("utf-8")


def asset(name: str, folder: str = "assets") -> str:
    return resources.files("kg.exporters").joinpath(folder, name).read_text("utf-8")


def script_hash(script: str) -> str:
    """The source expression that lets this very script run and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode('ascii')}'"


def short(label: str, limit: int = 14) -> str:
    """The label as drawn; the panel has it in full."""
    flat = " ".join(label.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def data(network: Network, selection: Selection, vocabulary: Ontology, scope: Scope | None) -> dict[str, Any]:
    """What both pages know of the graph, apart from the drawing.

    A fact is a row [from, to, relation, number of evidences, quotes, stance, role], the relation and the narrower names as
    numbers in their lists, what is empty at the end left out; ``quotes`` of facts and targets are document and quote numbers by turns.
    """
    quotes = _Quotes()
    index = selection.index
    targets = _targets(network, index, quotes)
    relations = _legend(Counter(e.kind for e in selection.edges), vocabulary.relations)
    kinds = {entry["name"]: number for number, entry in enumerate(relations)}
    return {
        "things": [_node_record(node, selection, targets.get(node.iri, [])) for node in selection.nodes],
        "facts": [_edge_row(edge, index, kinds, quotes) for edge in selection.edges],
        "classes": _legend(Counter(n.type for n in selection.nodes), vocabulary.classes),
        "relations": relations,
        "narrower": _legend(_narrower(selection), vocabulary.relations),
        "totals": {"nodes": selection.total_nodes, "edges": selection.total_edges, "targets": _count(network, "Target")},
        "scope": asdict(scope) if scope else None,
        "quotes": list(quotes.texts),
        "documents": quotes.titles,
        "cutEdges": selection.cut_edges,
        "maxQuotes": MAX_QUOTES,
    }


class _Quotes:
    """Quotes and document titles, each kept once: many edges rest on the same sentence."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}
        self.documents: dict[str, int] = {}
        self.titles: list[str] = []

    def listed(self, evidence: Iterable[Quote]) -> list[int]:
        """Document and quote numbers by turns, each pair once."""
        pairs = dict.fromkeys((self._document(q), self.texts.setdefault(q.text, len(self.texts))) for q in evidence)
        return [number for pair in pairs for number in pair]

    def _document(self, quote: Quote) -> int:
        if quote.document_iri not in self.documents:
            self.documents[quote.document_iri] = len(self.titles)
            self.titles.append(quote.document)
        return self.documents[quote.document_iri]


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


def _edge_row(edge: Edge, index: dict[str, int], kinds: dict[str, int], quotes: _Quotes) -> list[Any]:
    row: list[Any] = [index[edge.source], index[edge.target], kinds[edge.kind], edge.count]
    row += [quotes.listed(edge.evidence[:MAX_QUOTES]), edge.stance, edge.role]
    while row[-1] in ("", []):
        row.pop()
    return row


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
