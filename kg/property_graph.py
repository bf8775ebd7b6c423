"""The graph as Neo4j has it: nodes with labels, relations with a type, typed properties on both.

The folder for Neo4j and ``kg push neo4j`` are made from it, so that both load the same. Labels are the classes, those above
them and Resource; relation types are the relations in UPPER_SNAKE; ``uri`` is unique, as neosemantics has it. Evidence stands
on the relation (or on the target it supports) as arrays of equal length, one place for each quote; on request each evidence
is a node too. Classes and relations in use are nodes of their own, for their names in Chinese and English.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import iri
from kg.errors import KgError, UsageError
from kg.network import Edge, Network, Node, Quote, network
from kg.prefixes import SPARQL

if TYPE_CHECKING:
    from kg.graph import Graph

Value = str | int | float | bool | list[Any] | None
Properties = dict[str, Value]

EVIDENCE = ("properties", "nodes")
"""Where evidence goes: on the relations, or in nodes as well."""

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}")

_QUOTES = {
    "quotes": "string[]", "documents": "string[]", "sources": "string[]", "starts": "long[]", "ends": "long[]",
    "rules": "string[]", "confidences": "double[]",
}  # fmt: skip
_RELATION = {"count": "long", "stance": "string", "role": "string", **_QUOTES, "stances": "string[]", "roles": "string[]"}
_THING = {"label": "string", "types": "string[]", "aliases": "string[]", "code": "string"}
_NUMBER = {"value": "double", "valueText": "string", "unit": "string", "baseValue": "double", "baseUnit": "string"}
_COLUMNS = {
    "Document": {
        "label": "string", "types": "string[]", "title": "string", "publisher": "string", "issued": "string",
        "documentNumber": "string", "fileName": "string", "sha256": "string", "url": "string",
        "sourceGroup": "string",
    },
    "Target": {
        "label": "string", "types": "string[]", "metric": "string", "operator": "string", **_NUMBER, "surface": "string",
        "year": "long", "baseline": "boolean", **_QUOTES,
    },
    "Incentive": {
        "label": "string", "types": "string[]", "incentiveKind": "string", **_NUMBER, "recipient": "string",
        "condition": "string", **_QUOTES,
    },
}  # fmt: skip
_UNREAD = {"label": "string", "quote": "string", "sentence": "string", "start": "long", "end": "long"}
_TERM = {"label": "string", "labelEn": "string", "name": "string", "type": "string"}
_EVIDENCE = {
    "label": "string", "quote": "string", "start": "long", "end": "long", "rule": "string", "confidence": "double",
    "predicate": "string", "stance": "string", "role": "string",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes of the same classes. ``columns`` is property name -> type."""

    name: str
    """Their class; several (documents may disagree) joined by a hyphen."""
    labels: tuple[str, ...]
    """The classes, those above them, Resource."""
    columns: dict[str, str]
    rows: tuple[tuple[str, Properties], ...]
    """(uri, properties), sorted by uri; a property without a value is None."""


@dataclass(frozen=True, slots=True)
class Relations:
    """Relations of one type; no two have the same ends."""

    type: str
    columns: dict[str, str]
    rows: tuple[tuple[str, str, Properties], ...]
    """(uri of the start, uri of the end, properties), sorted."""


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    nodes: tuple[Nodes, ...]
    relations: tuple[Relations, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Number of nodes and of relations."""
        return sum(len(group.rows) for group in self.nodes), sum(len(group.rows) for group in self.relations)


def property_graph(graph: Graph, *, evidence: str = "properties") -> PropertyGraph:
    """``graph`` for Neo4j; ``evidence="nodes"`` adds a node for each evidence. Raises UsageError for another word."""
    if evidence not in EVIDENCE:
        raise UsageError(f"evidence goes into {' or '.join(EVIDENCE)}, not {evidence!r}")
    net = network(graph, documents=True)
    made = _Maker(graph, net)
    made.things()
    made.unread()
    made.terms()
    if evidence == "nodes":
        made.evidence()
    return made.result()


def relation_type(relation: str) -> str:
    """issuedBy -> ISSUED_BY."""
    return identifier(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", relation).upper())


def identifier(name: str) -> str:
    """Labels and types come from the ontology; anything else would be a way to write Cypher, so it stops the export."""
    if not _IDENTIFIER.fullmatch(name):
        raise KgError(f"{name!r} cannot be a Neo4j label or relation type; use letters, digits and _ in the ontology")
    return name


class _Maker:
    """Collects nodes by their labels and relations by their type."""

    def __init__(self, graph: Graph, net: Network) -> None:
        self._graph = graph
        self._net = net
        self._nodes: dict[str, list[tuple[str, Properties]]] = defaultdict(list)
        self._relations: dict[str, list[tuple[str, str, Properties]]] = defaultdict(list)
        self._above = self._classes_above()
        self._columns: dict[str, dict[str, str]] = {}

    def result(self) -> PropertyGraph:
        nodes = tuple(
            Nodes(name, self._labels(name), self._columns[name], tuple(sorted(rows, key=lambda row: row[0])))
            for name, rows in sorted(self._nodes.items())
        )
        relations = tuple(Relations(k, _RELATION, tuple(sorted(r, key=_ends))) for k, r in sorted(self._relations.items()))
        return PropertyGraph(nodes, relations)

    def things(self) -> None:
        """Entities, targets, incentives and documents, and what the documents state about them."""
        types = self._types()
        details = self._documents()
        for node in self._net.nodes:
            names = types[node.iri]
            self._node(names, node.iri, _COLUMNS.get(node.type, _THING), _thing(node, names) | details.get(node.iri, {}))
        for edge in self._net.edges:
            self._relations[relation_type(edge.kind)].append((edge.source, edge.target, _link(edge)))

    def unread(self) -> None:
        query = """SELECT ?s ?quote ?sentence ?start ?end ?document WHERE {
            ?s a kg:UnreadNumber ; kg:quote ?quote ; kg:sentence ?sentence ; kg:start ?start ; kg:end ?end ; kg:document ?document }"""
        for s, quote, sentence, start, end, document in self._rows(query):
            said: Properties = {"quote": quote, "sentence": sentence, "start": int(start), "end": int(end)}
            self._node(["UnreadNumber"], s, _UNREAD, said | {"label": quote})
            self._plain("DOCUMENT", s, document)

    def terms(self) -> None:
        """Classes and relations in use, by name."""
        query = """SELECT ?s ?zh ?en WHERE { ?s rdfs:label ?zh FILTER(LANG(?zh) = "zh")
            OPTIONAL { ?s rdfs:label ?en FILTER(LANG(?en) = "en") } }"""
        for s, zh, en in self._rows(query):
            if not s.startswith(iri.ONTOLOGY):
                continue
            name = iri.local(s)
            is_class = name[:1].isupper()
            kind = "" if is_class else relation_type(name)
            properties: Properties = {"label": zh, "labelEn": en or None, "name": name, "type": kind or None}
            self._node(["Class" if is_class else "Relation"], s, _TERM, properties)

    def evidence(self) -> None:
        """A node for each evidence, with what it is about and where it stands."""
        query = """SELECT ?s ?quote ?start ?end ?rule ?confidence ?document ?stance ?role ?predicate ?subject ?object WHERE {
            ?s a kg:Evidence ; kg:quote ?quote ; kg:start ?start ; kg:end ?end ; kg:rule ?rule ; kg:confidence ?confidence ;
              kg:document ?document . OPTIONAL { ?s kg:stance ?stance } OPTIONAL { ?s kg:role ?role }
            OPTIONAL { ?s rdf:predicate ?predicate ; rdf:subject ?subject ; rdf:object ?object } }"""
        for s, quote, start, end, rule, confidence, document, stance, role, predicate, subject, object_ in self._rows(query):
            properties: Properties = {
                "label": quote, "quote": quote, "start": int(start), "end": int(end), "rule": rule,
                "confidence": float(confidence), "predicate": relation_type(iri.local(predicate)) if predicate else None,
                "stance": iri.local(stance) or None, "role": role or None,
            }  # fmt: skip
            self._node(["Evidence"], s, _EVIDENCE, properties)
            self._plain("DOCUMENT", s, document)
            if predicate:
                self._plain("SUBJECT", s, subject)
                self._plain("OBJECT", s, object_)
        for target, found in self._rows("SELECT ?target ?evidence WHERE { ?target kg:evidence ?evidence }"):
            self._plain("EVIDENCE", target, found)

    def _node(self, classes: Sequence[str], uri: str, columns: dict[str, str], properties: Properties) -> None:
        name = "-".join(classes)
        self._columns[name] = columns
        self._nodes[name].append((uri, {column: properties.get(column) for column in columns}))

    def _labels(self, name: str) -> tuple[str, ...]:
        classes = name.split("-")
        above = {up for low in classes for up in self._above.get(low, ())} - set(classes)
        return (*(identifier(label) for label in (*classes, *sorted(above))), "Resource")

    def _plain(self, kind: str, start: str, end: str) -> None:
        self._relations[kind].append((start, end, dict.fromkeys(_RELATION) | {"count": 0}))

    def _types(self) -> dict[str, list[str]]:
        """IRI -> names of its classes of ours, the one that the network shows first."""
        found: dict[str, list[str]] = defaultdict(list)
        for s, kind in self._rows("SELECT DISTINCT ?s ?kind WHERE { ?s a ?kind } ORDER BY ?s ?kind"):
            if kind.startswith(iri.ONTOLOGY):
                found[s].append(iri.local(kind))
        return found

    def _classes_above(self) -> dict[str, list[str]]:
        """Class -> the classes of ours above it."""
        found: dict[str, list[str]] = defaultdict(list)
        for low, high in self._rows("SELECT DISTINCT ?low ?high WHERE { ?low rdfs:subClassOf+ ?high } ORDER BY ?low ?high"):
            if high.startswith(iri.ONTOLOGY):
                found[iri.local(low)].append(iri.local(high))
        return found

    def _documents(self) -> dict[str, Properties]:
        query = """SELECT ?s ?title ?publisher ?number ?sha ?url ?group WHERE { ?s a kg:Document ; kg:sha256 ?sha
            OPTIONAL { ?s dcterms:title ?title } OPTIONAL { ?s dcterms:publisher ?publisher }
            OPTIONAL { ?s kg:documentNumber ?number } OPTIONAL { ?s dcterms:source ?url }
            OPTIONAL { ?s kg:sourceGroup ?copies } BIND(STR(COALESCE(?copies, ?s)) AS ?group) } ORDER BY ?s"""
        names = ("title", "publisher", "documentNumber", "sha256", "url", "sourceGroup")
        return {row[0]: {n: v or None for n, v in zip(names, row[1:], strict=True)} for row in self._rows(query)}

    def _rows(self, query: str) -> Iterable[list[str]]:
        names = re.findall(r"\?(\w+)", query[: query.index("WHERE")])
        for row in self._graph.store.query(SPARQL + query):
            yield ["" if row[name] is None else row[name].value for name in names]


def _ends(row: tuple[str, str, Properties]) -> tuple[str, str]:
    return row[0], row[1]


def _thing(node: Node, types: list[str]) -> Properties:
    found: Properties = {"label": node.label, "types": list(types), "aliases": list(node.aliases) or None}
    columns = _COLUMNS.get(node.type, _THING)
    found |= {name: _READ[columns[name]](text) for name, text in node.attributes if name in columns}
    return found | (_evidence(node.evidence) if node.evidence else {})


def _link(edge: Edge) -> Properties:
    found: Properties = {"count": edge.count, "stance": edge.stance or None, "role": edge.role or None}
    if edge.evidence:
        found |= _evidence(edge.evidence)
        found |= {"stances": _list([q.stance for q in edge.evidence]), "roles": _list([q.role for q in edge.evidence])}
    return dict.fromkeys(_RELATION) | found


def _evidence(quotes: Sequence[Quote]) -> Properties:
    return {
        "quotes": _list([quote.text for quote in quotes]),
        "documents": _list(dict.fromkeys(quote.document for quote in quotes)),
        "sources": [quote.document_iri for quote in quotes],
        "starts": [quote.start for quote in quotes],
        "ends": [quote.end for quote in quotes],
        "rules": _list([quote.rule for quote in quotes]),
        "confidences": [quote.confidence for quote in quotes],
    }


def _list(values: Iterable[str]) -> list[str] | None:
    """None for a list of nothing but empty texts: a CSV cell could not tell it from no list."""
    found = list(values)
    return found if any(found) else None


def _long(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,18}", text, re.ASCII) else None


def _double(text: str) -> float | None:
    import math

    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


_READ: dict[str, Callable[[str], Value]] = {
    "string": lambda text: text or None,
    "long": _long,
    "double": _double,
    "boolean": lambda text: text == "true",
}
