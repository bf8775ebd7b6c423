"""The attributes of nodes and edges as typed columns, shared by GraphML, GEXF and Neo4j.

Each column has one type, decided here and not by the values, and values are plain text, so no file mixes types.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from kg.network import Edge, Node

Type = Literal["string", "long", "double", "boolean"]
_T = TypeVar("_T")

SEPARATOR = "; "
"""Between the values of a list in a format without lists."""


@dataclass(frozen=True, slots=True)
class Column(Generic[_T]):
    """``value`` gives the text of the cell, empty when the node or edge has none."""

    name: str
    type: Type
    value: Callable[[_T], str]


def attribute(node: Node, name: str) -> str:
    """The value of an attribute, empty when the node has none. Nodes have few, so no table is made."""
    for key, text in node.attributes:
        if key == name:
            return text
    return ""


def _attribute(name: str) -> Callable[[Node], str]:
    return lambda node: attribute(node, name)


def _number(name: str) -> Callable[[Node], str]:
    def value(node: Node) -> str:
        text = attribute(node, name)
        try:
            return text if text and math.isfinite(float(text)) else ""
        except ValueError:
            return ""

    return value


def _year(node: Node) -> str:
    text = attribute(node, "year")
    return text if text.isascii() and text.isdigit() else ""


NODE_COLUMNS: tuple[Column[Node], ...] = (
    Column("type", "string", lambda node: node.type),
    Column("aliases", "string", lambda node: SEPARATOR.join(node.aliases)),
    Column("code", "string", _attribute("code")),
    Column("metric", "string", _attribute("metric")),
    Column("operator", "string", _attribute("operator")),
    Column("value", "double", _number("value")),
    Column("valueText", "string", _attribute("valueText")),
    Column("unit", "string", _attribute("unit")),
    Column("baseValue", "double", _number("baseValue")),
    Column("baseUnit", "string", _attribute("baseUnit")),
    Column("year", "long", _year),
    Column("baseline", "boolean", _attribute("baseline")),
    Column("incentiveKind", "string", _attribute("incentiveKind")),
    Column("recipient", "string", _attribute("recipient")),
    Column("condition", "string", _attribute("condition")),
    Column("quotes", "string", lambda node: SEPARATOR.join(quote.text for quote in node.evidence)),
    Column("documents", "string", lambda node: SEPARATOR.join(dict.fromkeys(quote.document for quote in node.evidence))),
)

EDGE_COLUMNS: tuple[Column[Edge], ...] = (
    Column("relation", "string", lambda edge: edge.kind),
    Column("stance", "string", lambda edge: edge.stance),
    Column("role", "string", lambda edge: edge.role),
    Column("count", "long", lambda edge: str(edge.count)),
    Column("quotes", "string", lambda edge: SEPARATOR.join(quote.text for quote in edge.evidence)),
    Column("documents", "string", lambda edge: SEPARATOR.join(edge.documents)),
)


def weight(edge: Edge) -> str:
    """At least 1, so that an edge of the ontology is drawn too."""
    return str(max(edge.count, 1))
