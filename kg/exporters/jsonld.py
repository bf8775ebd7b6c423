"""JSON-LD with its context inside, one ``@graph`` per document. No address is fetched to read it.

Texts only ever become values, never keys, so a label such as ``@reverse`` is a label.
"""

from __future__ import annotations

import json
from typing import IO, Any

from kg.exporters.subjects import Description, describe
from kg.exporters.trig import by_graph
from kg.graph import Graph
from kg.prefixes import PREFIXES, shorten
from kg.terms import RDF, XSD

# Prefixes of things are left out: a reader finds whole IRIs easier to search for, and no name can be taken for a prefix.
CONTEXT = {name: PREFIXES[name] for name in ("kg", "rdf", "rdfs", "skos", "dcterms", "xsd")}


def write(graph: Graph, file: IO[bytes], *, evidence: bool = True) -> None:
    """``evidence=False`` leaves out evidence and unread numbers."""
    file.write(b'{"@context": ' + _dump(CONTEXT) + b',\n"@graph": [')
    for number, (name, quads) in enumerate(by_graph(graph).items()):
        file.write((b",\n" if number else b"\n") + b'{"@id": ' + _dump(name) + b', "@graph": [')
        for place, (subject, description) in enumerate(describe(quads, evidence=evidence).items()):
            file.write((b",\n" if place else b"\n") + _dump(_node(subject, description)))
        file.write(b"]}")
    file.write(b"]}\n")


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _node(subject: str, description: Description) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": subject}
    for predicate, objects in description.items():
        if predicate == RDF + "type":
            node["@type"] = [_short(o.value) for o in objects]
        else:
            values = [_value(o) for o in objects]
            node[_short(predicate)] = values[0] if len(values) == 1 else values
    return node


def _short(value: str) -> str:
    short = shorten(value)
    return short if short and short.partition(":")[0] in CONTEXT else value


def _value(term: Any) -> Any:
    """Numbers keep their text form in ``@value``: a JSON number would come back as another literal."""
    if not hasattr(term, "datatype"):
        return {"@id": term.value}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    return {"@value": term.value, "@type": _short(term.datatype.value)}
