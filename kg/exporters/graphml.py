"""GraphML: for yEd, Gephi, igraph, networkx and TinkerPop (``labelV``/``labelE`` are its label keys)."""

from __future__ import annotations

from typing import IO

from kg.columns import EDGE_COLUMNS, NODE_COLUMNS, weight
from kg.exporters.xml import Writer, escape
from kg.graph import Graph


def write(graph: Graph, file: IO[bytes]) -> None:
    net = graph.network()
    xml = Writer(file)
    xml.start("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    _keys(xml)
    xml.start("graph", id="policy-kg", edgedefault="directed")
    for node in net.nodes:
        xml.start("node", id=node.iri)
        xml.text("data", node.label, key="n_label")
        xml.text("data", node.type, key="n_labelV")
        for column in NODE_COLUMNS:
            if value := column.value(node):
                xml.line(f'<data key="n_{column.name}">{escape(value)}</data>')
        xml.end()
    for number, edge in enumerate(net.edges):
        xml.start("edge", id=f"e{number}", source=edge.source, target=edge.target)
        xml.text("data", edge.kind, key="e_label")
        xml.text("data", edge.kind, key="e_labelE")
        xml.text("data", weight(edge), key="e_weight")
        for edge_column in EDGE_COLUMNS:
            if value := edge_column.value(edge):
                xml.line(f'<data key="e_{edge_column.name}">{escape(value)}</data>')
        xml.end()
    xml.end()
    xml.end()


def _keys(xml: Writer) -> None:
    for name in ("label", "labelV"):
        _key(xml, "node", name, "string")
    for column in NODE_COLUMNS:
        _key(xml, "node", column.name, column.type)
    for name, kind in (("label", "string"), ("labelE", "string"), ("weight", "double")):
        _key(xml, "edge", name, kind)
    for edge_column in EDGE_COLUMNS:
        _key(xml, "edge", edge_column.name, edge_column.type)


def _key(xml: Writer, place: str, name: str, kind: str) -> None:
    attributes = {"id": f"{place[0]}_{name}", "for": place, "attr.name": name, "attr.type": kind}
    xml.empty("key", **attributes)
