"""The graph as nodes and edges: what networkx, GraphML, GEXF, Neo4j and the page are made from.

Nodes are the entities, targets and incentives (documents on request); evidence becomes attributes of the edge it supports.
A fact that several documents state is one edge with several evidences; a stance or role is an attribute, not a second edge.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg import iri
from kg.terms import DCTERMS, RDF, RDFS, SKOS

if TYPE_CHECKING:
    import networkx

    from kg.graph import Graph


@dataclass(frozen=True, slots=True)
class Quote:
    """One evidence of an edge or node: where it stands and what it says."""

    document: str
    """Title of the document, its file name when it has none."""
    document_iri: str
    start: int
    end: int
    text: str
    rule: str
    confidence: float
    stance: str = ""
    role: str = ""
    source: str = ""
    """The source group of the document: one for all copies of a text."""


@dataclass(frozen=True, slots=True)
class Node:
    """``attributes`` are single values as text (code, metric, value, unit, year …), names as in the ontology."""

    iri: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """``kind`` is the relation's name; ``stance`` and ``role`` join those of the evidence (``cultivates; strengthens``)."""

    source: str
    target: str
    kind: str
    evidence: tuple[Quote, ...] = ()
    stance: str = ""
    role: str = ""

    @property
    def documents(self) -> tuple[str, ...]:
        """Titles of the documents that state it, each once, in order."""
        return tuple(dict.fromkeys(quote.document for quote in self.evidence))

    @property
    def sources(self) -> int:
        """Number of independent sources: documents, where copies of one text are one."""
        return len({quote.source for quote in self.evidence})

    @property
    def count(self) -> int:
        """Number of evidences, 0 for what the ontology states. Copies of one text count once: by the one with most."""
        most: dict[str, int] = {}
        for (source, _), number in Counter((quote.source, quote.document_iri) for quote in self.evidence).items():
            most[source] = max(number, most.get(source, 0))
        return sum(most.values())


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by IRI and edges by (source, kind, target), sorted."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    by_iri: dict[str, Node] = field(default_factory=dict, compare=False)


_TYPE, _PREF, _ALT = RDF + "type", SKOS + "prefLabel", SKOS + "altLabel"
_NOT_NODES = {"Evidence", "UnreadNumber", "Document", "Metric"}
_ATTRIBUTES = {SKOS + "notation": "code"} | {
    iri.term(name): name
    for name in (
        "metric", "operator", "value", "valueText", "unit", "baseValue", "baseUnit", "surface", "year", "baseline",
        "incentiveKind", "recipient", "condition",
    )
}  # fmt: skip
_DOCUMENT_ATTRIBUTES = {DCTERMS + "issued": "issued", DCTERMS + "publisher": "publisher", iri.term("fileName"): "fileName"}
_NARROW = {"strengthens", "cultivates", "attracts", "pioneers", "breaksThrough", "leads", "supports"}
_NO_EDGE = {"evidence", "document", "stance", "metricConcept"} | _NARROW

_Description = dict[str, list[Any]]


def network(graph: Graph, *, documents: bool = False) -> Network:
    """The nodes and edges of ``graph``; ``documents=True`` adds documents and what they mention."""
    with _no_collector():
        return _network(graph, documents)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Millions of small records are made and none is garbage: the collector would only walk them again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _network(graph: Graph, documents: bool) -> Network:
    subjects = _subjects(graph)
    titles = {s: _title(s, d) for s, d in subjects.items() if _is(d, "Document")}
    quotes, supports = _quotes(subjects, titles)
    hidden = _NOT_NODES - ({"Document"} if documents else set())
    nodes = {s: _node(s, d, quotes, titles) for s, d in subjects.items() if (kind := _kind(d)) and kind not in hidden}
    edges = [
        _edge(s, iri.local(p), o.value, supports)
        for s, d in subjects.items()
        if s in nodes
        for p, objects in d.items()
        if iri.local(p) not in _NO_EDGE and p != _TYPE
        for o in objects
        if not hasattr(o, "datatype") and o.value in nodes
    ]
    ordered = tuple(sorted(edges, key=lambda e: (e.source, e.kind, e.target)))
    return Network(tuple(nodes[s] for s in sorted(nodes)), ordered, nodes)


def _subjects(graph: Graph) -> dict[str, _Description]:
    """Subject -> predicate -> objects, distinct over all graphs, sorted."""
    found: dict[str, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for quad in graph.store.quads():
        found[quad.subject.value][quad.predicate.value].add(quad.object)
    return {
        s: {p: sorted(o, key=str) if len(o) > 1 else list(o) for p, o in sorted(d.items())} for s, d in sorted(found.items())
    }


def _is(description: _Description, name: str) -> bool:
    return any(t.value == iri.term(name) for t in description.get(_TYPE, ()))


def _kind(description: _Description) -> str:
    """The class of ours that a subject has; the first by name when documents disagree."""
    return min((iri.local(t.value) for t in description.get(_TYPE, ()) if t.value.startswith(iri.ONTOLOGY)), default="")


def _first(description: _Description, predicate: str, language: str | None = None) -> str:
    return min((o.value for o in description.get(predicate, ()) if language is None or o.language == language), default="")


def _title(subject: str, description: _Description) -> str:
    return _first(description, DCTERMS + "title") or _first(description, iri.term("fileName")) or iri.local(subject)


def _node(subject: str, description: _Description, quotes: dict[str, Quote], titles: dict[str, str]) -> Node:
    label = titles.get(subject) or _first(description, _PREF, "zh") or _first(description, RDFS + "label")
    others = {o.value for p in (_PREF, _ALT) for o in description.get(p, ())} - {label}
    wanted = _ATTRIBUTES | (_DOCUMENT_ATTRIBUTES if subject in titles else {})
    attributes = sorted((name, _first(description, p)) for p, name in wanted.items() if p in description)
    found = (quotes[e.value] for e in description.get(iri.term("evidence"), ()) if e.value in quotes)
    evidence = tuple(sorted(found, key=_place))
    label = label or _first(description, iri.term("valueText")) + _first(description, iri.term("unit")) or iri.local(subject)
    return Node(subject, label, _kind(description), tuple(sorted(others)), tuple(attributes), evidence)


def _place(quote: Quote) -> tuple[str, int, int, str]:
    return (quote.document_iri, quote.start, quote.end, quote.rule)


_Key = tuple[str, str, str]


def _quotes(subjects: dict[str, _Description], titles: dict[str, str]) -> tuple[dict[str, Quote], dict[_Key, list[Quote]]]:
    """Evidence IRI -> quote, and (subject, relation, object) -> its quotes."""
    groups = {s: _first(d, iri.term("sourceGroup")) for s, d in subjects.items() if s in titles}
    quotes: dict[str, Quote] = {}
    supports: dict[_Key, list[Quote]] = defaultdict(list)
    for subject, description in subjects.items():
        if not _is(description, "Evidence"):
            continue
        quote = quotes[subject] = _quote(description, titles, groups)
        statement = [_first(description, RDF + part) for part in ("subject", "predicate", "object")]
        if all(statement):
            supports[(statement[0], iri.local(statement[1]), statement[2])].append(quote)
    return quotes, supports


def _quote(description: _Description, titles: dict[str, str], groups: dict[str, str]) -> Quote:
    document = _first(description, iri.term("document"))
    return Quote(
        document=titles.get(document, iri.local(document)),
        document_iri=document,
        start=int(_first(description, iri.term("start")) or 0),
        end=int(_first(description, iri.term("end")) or 0),
        text=_first(description, iri.term("quote")),
        rule=_first(description, iri.term("rule")),
        confidence=float(_first(description, iri.term("confidence")) or 0),
        stance=iri.local(_first(description, iri.term("stance"))),
        role=_first(description, iri.term("role")),
        source=groups.get(document) or document,
    )


def _edge(source: str, kind: str, target: str, supports: dict[_Key, list[Quote]]) -> Edge:
    evidence = tuple(sorted(supports.get((source, kind, target), ()), key=_place))
    stance = "; ".join(sorted({q.stance for q in evidence if q.stance}))
    role = "; ".join(sorted({q.role for q in evidence if q.role}))
    return Edge(source, target, kind, evidence, stance, role)


def to_networkx(net: Network) -> networkx.MultiDiGraph[str]:
    """A MultiDiGraph: nodes by IRI, edge keys are the relations; attributes as docs/graph.md lists them."""
    import networkx

    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in net.nodes:
        known = {"label": node.label, "type": node.type, "aliases": node.aliases}
        made.add_node(node.iri, **known, evidence=[_as_dict(quote) for quote in node.evidence], **dict(node.attributes))
    for edge in net.edges:
        made.add_edge(
            edge.source,
            edge.target,
            key=edge.kind,
            relation=edge.kind,
            count=edge.count,
            sources=edge.sources,
            quotes=tuple(quote.text for quote in edge.evidence),
            documents=tuple(dict.fromkeys(quote.document_iri for quote in edge.evidence)),
            stance=edge.stance,
            role=edge.role,
            evidence=[_as_dict(quote) for quote in edge.evidence],
        )
    return made


def _as_dict(quote: Quote) -> dict[str, Any]:
    return {name: getattr(quote, name) for name in Quote.__slots__}
