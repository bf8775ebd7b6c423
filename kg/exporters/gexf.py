"""GEXF 1.3 for Gephi: typed attributes, parallel edges with their kind, a color for each class and a size by degree."""

from __future__ import annotations

import math
from collections import Counter
from typing import IO

from kg.exporters.columns import EDGE_COLUMNS, NODE_COLUMNS, weight
from kg.exporters.xml import Writer
from kg.graph import Graph
from kg.network import Edge, Network, Node

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


def write(graph: Graph, file: IO[bytes]) -> None:
    net = graph.network()
    xml = Writer(file)
    namespaces = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"}
    xml.start("gexf", **namespaces)
    # No lastmodifieddate: the same graph gives the same bytes.
    xml.start("meta")
    xml.text("creator", "policy-kg")
    xml.text("description", "Policy knowledge graph")
    xml.end()
    xml.start("graph", mode="static", defaultedgetype="directed", idtype="string")
    _attributes(xml)
    _nodes(xml, net)
    _edges(xml, net.edges)
    xml.end()
    xml.end()


def _attributes(xml: Writer) -> None:
    for place, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
        xml.start("attributes", **{"class": place})
        for column in columns:
            xml.empty("attribute", id=column.name, title=column.name, type=column.type)
        xml.end()


def _nodes(xml: Writer, net: Network) -> None:
    degree = Counter(end for edge in net.edges for end in (edge.source, edge.target))
    xml.start("nodes", count=str(len(net.nodes)))
    for node in net.nodes:
        xml.start("node", id=node.iri, label=node.label)
        _values(xml, [(column.name, column.value(node)) for column in NODE_COLUMNS])
        _look(xml, node, degree[node.iri])
        xml.end()
    xml.end()


def _look(xml: Writer, node: Node, degree: int) -> None:
    red, green, blue = _COLORS.get(node.type, _OTHER)
    xml.empty("viz:color", r=str(red), g=str(green), b=str(blue))
    xml.empty("viz:size", value=f"{4 + 4 * math.sqrt(degree):.2f}")


def _edges(xml: Writer, edges: tuple[Edge, ...]) -> None:
    xml.start("edges", count=str(len(edges)))
    for number, edge in enumerate(edges):
        place = {"source": edge.source, "target": edge.target}
        xml.start("edge", id=str(number), **place, kind=edge.kind, label=edge.kind, weight=weight(edge))
        _values(xml, [(column.name, column.value(edge)) for column in EDGE_COLUMNS])
        xml.end()
    xml.end()


def _values(xml: Writer, pairs: list[tuple[str, str]]) -> None:
    filled = [(name, value) for name, value in pairs if value]
    if not filled:
        return
    xml.start("attvalues")
    for name, value in filled:
        xml.empty("attvalue", **{"for": name, "value": value})
    xml.end()
