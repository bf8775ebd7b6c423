"""Nodes and edges as tables: the rows of ``graph.nodes()`` and ``graph.edges()``."""

from __future__ import annotations

from kg.columns import EDGE_COLUMNS, NODE_COLUMNS
from kg.network import Edge, Network
from kg.queries.answer import Answer


def node_rows(net: Network) -> Answer:
    """The nodes as a table, columns as in GraphML."""
    rows = (tuple([n.iri, n.label, *(column.value(n) or None for column in NODE_COLUMNS)]) for n in net.nodes)
    return Answer(("iri", "label", *(column.name for column in NODE_COLUMNS)), tuple(rows))


def edge_rows(net: Network) -> Answer:
    """The edges as a table, columns as in GraphML, with the names of both ends."""
    def ends(edge: Edge) -> tuple[str, ...]:
        return (edge.source, net.by_iri[edge.source].label, edge.target, net.by_iri[edge.target].label)

    rows = (ends(e) + tuple(column.value(e) or None for column in EDGE_COLUMNS) for e in net.edges)
    names = ("source", "source_label", "target", "target_label", *(column.name for column in EDGE_COLUMNS))
    return Answer(names, tuple(rows))
