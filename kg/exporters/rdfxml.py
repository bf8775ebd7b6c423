"""RDF/XML, for tools that read nothing else: the distinct triples of all documents, sorted, without the graphs."""

from __future__ import annotations

from typing import IO

from kg.graph import Graph
from kg.prefixes import PREFIXES
from kg.stores.memory import triple

_PREDICATES = ("kg", "rdf", "rdfs", "skos", "dcterms", "xsd")


def write(graph: Graph, file: IO[bytes]) -> None:
    import pyoxigraph

    lines = "".join(f"{line}\n" for line in sorted({triple(line) for line in graph.lines()}))
    triples = (quad.triple for quad in pyoxigraph.parse(lines.encode("utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES))
    prefixes = {name: PREFIXES[name] for name in _PREDICATES}
    pyoxigraph.serialize(triples, file, format=pyoxigraph.RdfFormat.RDF_XML, prefixes=prefixes)
