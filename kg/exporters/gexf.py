"""GEXF 1.3 for Gephi: typed attributes, parallel edges with their kind, years, and a look that can be read at once.

Color is by class, size by degree, and places are fixed (the same for the same graph). Time: an edge begins when the first document
that states it was issued, a thing with its first edge, and a target ends with its year, so that Gephi's timeline shows which
targets run; ``evidence`` of an edge is its number of evidences as it grows.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from typing import IO

from kg.columns import EDGE_COLUMNS, NODE_COLUMNS, attribute, weight
from kg.exporters.positions import places
from kg.exporters.xml import Writer, escape
from kg.graph import Graph
from kg.network import Edge, Network, Node
from kg.prefixes import SPARQL

# Okabe and Ito's palette, told apart by color-blind readers too; wider classes share a color.
_PLACE, _AGENCY, _POLICY = (0, 114, 178), (213, 94, 0), (204, 121, 167)
_COLORS = {
    **dict.fromkeys(("Country", "Region", "Province", "City", "District", "Town", "Zone", "Place"), _PLACE),
    **dict.fromkeys(("Organization", "Company", "University", "Institute", "Association"), (230, 159, 0)),
    "Agency": _AGENCY,
    "Policy": _POLICY,
    "Industry": (0, 158, 115),
    "Technology": (86, 180, 233),
    "Project": (148, 103, 189),
    "Task": (140, 140, 140),
    "Target": (240, 228, 66),
}
_OTHER = (180, 180, 180)
MAX_PLACED = 20_000
"""Nodes up to which places are computed when nothing is said: some seconds of computing; Gephi lays out larger graphs better itself."""

Span = tuple[str, str]
"""First and last day (ISO 8601), each empty when open."""


def write(graph: Graph, file: IO[bytes], *, positions: bool | None = None) -> None:
    """``positions`` says whether nodes get fixed places; None means up to ``MAX_PLACED`` nodes."""
    net = graph.network()
    days = _days(graph)
    edge_spans = [(_first_day(edge, days), "") for edge in net.edges]
    node_spans = _node_spans(net, edge_spans, days)
    dated = any(span != ("", "") for span in (*edge_spans, *node_spans.values()))
    xml = Writer(file)
    xml.start("gexf", **{"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"})
    # No lastmodifieddate: the same graph gives the same bytes.
    xml.start("meta")
    xml.text("creator", "policy-kg")
    xml.text("description", "Policy knowledge graph")
    xml.end()
    time = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"} if dated else {"mode": "static"}
    xml.start("graph", defaultedgetype="directed", idtype="string", **time)
    _attributes(xml, dated)
    _nodes(xml, net, node_spans, len(net.nodes) <= MAX_PLACED if positions is None else positions)
    _edges(xml, net.edges, edge_spans, days)
    xml.end()
    xml.end()


def _days(graph: Graph) -> dict[str, str]:
    """Document IRI -> day of issue; a year or month stands for its first day, another text for none."""
    found = {}
    for row in graph.store.query(
        SPARQL + "SELECT ?document ?issued WHERE { ?document a kg:Document ; dcterms:issued ?issued }"
    ):
        match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", row["issued"].value, re.ASCII)
        if match:
            found[row["document"].value] = "-".join((match[1], match[2] or "01", match[3] or "01"))
    return {document: day for document, day in found.items() if _is_day(day)}


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _first_day(thing: Edge | Node, days: dict[str, str]) -> str:
    return min((days[quote.document_iri] for quote in thing.evidence if quote.document_iri in days), default="")


def _node_spans(net: Network, edge_spans: list[Span], days: dict[str, str]) -> dict[str, Span]:
    begins: dict[str, str] = {}
    for edge, (begin, _) in zip(net.edges, edge_spans, strict=True):
        for end in (edge.source, edge.target):
            if begin and begin < begins.get(end, "9999"):
                begins[end] = begin
    return {node.iri: _node_span(node, begins.get(node.iri, ""), days) for node in net.nodes}


def _node_span(node: Node, begin: str, days: dict[str, str]) -> Span:
    """A figure about the past has its year; a target runs from its document to the end of its year."""
    begin = min(filter(None, (begin, _first_day(node, days))), default="")
    year = attribute(node, "year")
    if node.type != "Target" or not re.fullmatch(r"[12]\d{3}", year, re.ASCII):
        return begin, ""
    last = f"{year}-12-31"
    return (begin if begin and begin <= last and attribute(node, "baseline") != "true" else f"{year}-01-01"), last


def _attributes(xml: Writer, dated: bool) -> None:
    for place, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
        xml.start("attributes", **{"class": place, "mode": "static"})
        for column in columns:
            xml.empty("attribute", id=column.name, title=column.name, type=column.type)
        xml.end()
    if dated:
        xml.start("attributes", **{"class": "edge", "mode": "dynamic"})
        xml.empty("attribute", id="evidence", title="evidence", type="integer")
        xml.end()


def _nodes(xml: Writer, net: Network, spans: dict[str, Span], placed: bool) -> None:
    degree = Counter(end for edge in net.edges for end in (edge.source, edge.target))
    points = _places(net, degree) if placed else {}
    xml.start("nodes", count=str(len(net.nodes)))
    for node in net.nodes:
        xml.start("node", id=node.iri, label=node.label, **_span(spans[node.iri]))
        _values(xml, [(column.name, column.value(node)) for column in NODE_COLUMNS])
        red, green, blue = _COLORS.get(node.type, _OTHER)
        xml.empty("viz:color", r=str(red), g=str(green), b=str(blue))
        if node.iri in points:
            x, y = points[node.iri]
            xml.empty("viz:position", x=str(x), y=str(y))
        xml.empty("viz:size", value=f"{_size(degree[node.iri]):.2f}")
        xml.end()
    xml.end()


def _size(degree: int) -> float:
    return 6 + 3.5 * math.sqrt(degree)


def _places(net: Network, degree: Counter[str]) -> dict[str, tuple[int, int]]:
    """Gephi's y axis points up; a node keeps room for its label, whose letters are as large as the node."""
    order = sorted(net.nodes, key=lambda node: (-degree[node.iri], node.iri))
    rank = {node.iri: number for number, node in enumerate(order)}
    pairs = [(rank[edge.source], rank[edge.target]) for edge in net.edges]
    points = places(len(order), pairs, [_room(node, _size(degree[node.iri])) for node in order])
    return {node.iri: (round(x * _APART), round(-y * _APART)) for node, (x, y) in zip(order, points, strict=True)}


_APART = 1.5
"""Stretches the layout, which is made for a page that shows labels only where there is room."""


def _room(node: Node, size: float) -> float:
    return size + 0.3 * size * math.sqrt(min(len(node.label), 30))


def _edges(xml: Writer, edges: tuple[Edge, ...], spans: list[Span], days: dict[str, str]) -> None:
    xml.start("edges", count=str(len(edges)))
    for number, (edge, span) in enumerate(zip(edges, spans, strict=True)):
        place = {"source": edge.source, "target": edge.target}
        xml.start("edge", id=str(number), **place, kind=edge.kind, label=edge.kind, weight=weight(edge), **_span(span))
        _values(xml, [(column.name, column.value(edge)) for column in EDGE_COLUMNS], _growth(edge, days))
        xml.end()
    xml.end()


def _growth(edge: Edge, days: dict[str, str]) -> list[tuple[str, str, str]]:
    """Values of ``evidence`` with first and last day: how many there were from each day on that brought one."""
    if not edge.evidence:
        return []
    brought = Counter(days[quote.document_iri] for quote in edge.evidence if quote.document_iri in days)
    found, total = [], 0
    ordered = sorted(brought)
    for day, following in zip(ordered, (*ordered[1:], ""), strict=False):
        total += brought[day]
        found.append((str(total), day, following))
    return found


def _span(span: Span) -> dict[str, str]:
    if span == ("", ""):
        return {}
    return {name: day for name, day in zip(("start", "end"), span, strict=True) if day}


def _values(xml: Writer, columns: list[tuple[str, str]], growth: list[tuple[str, str, str]] | None = None) -> None:
    filled = [pair for pair in columns if pair[1]]
    if not filled and not growth:
        return
    xml.start("attvalues")
    for name, text in filled:
        xml.line(f'<attvalue for="{name}" value="{escape(text)}"/>')
    for text, first, last in growth or ():
        xml.empty("attvalue", **{"for": "evidence", "value": text}, **_span((first, last)))
    xml.end()
