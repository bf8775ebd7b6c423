"""JSON-LD with its context inside, one ``@graph`` per document. No address is fetched to read it.

Texts only ever become values, never keys, so a label such as ``@reverse`` is a label.
"""

from __future__ import annotations

import json
import re
from typing import IO, Any

from kg.exporters.subjects import Description, by_graph, describe
from kg.graph import Graph
from kg.prefixes import PREFIXES, shorten
from kg.terms import RDF

# Prefixes of things are left out: a reader finds whole IRIs easier to search for, and no name can be taken for a prefix.
CONTEXT = {name: PREFIXES[name] for name in ("kg", "rdf", "rdfs", "skos", "dcterms", "xsd")}


def write(graph: Graph, file: IO[bytes], *, evidence: bool = True) -> None:
    """``evidence=False`` leaves out evidence and unread numbers."""
    encode = json.JSONEncoder(ensure_ascii=False).encode

    def put(text: str) -> None:
        file.write(text.encode("utf-8"))

    put(f'{{"@context": {encode(CONTEXT)},\n"@graph": [')
    for number, (name, triples) in enumerate(by_graph(graph.lines()).items()):
        put((",\n" if number else "\n") + f'{{"@id": {encode(name)}, "@graph": [')
        for place, (subject, description) in enumerate(describe(triples, evidence=evidence).items()):
            put((",\n" if place else "\n") + encode(_node(subject, description)))
        put("]}")
    put("]}\n")


def _node(subject: str, description: Description) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": subject}
    for predicate, objects in description.items():
        if predicate == RDF + "type":
            node["@type"] = [_short(value[1:-1]) for value in objects]
        else:
            values = [_value(value) for value in objects]
            node[_short(predicate)] = values[0] if len(values) == 1 else values
    return node


def _short(value: str) -> str:
    short = shorten(value)
    return short if short and short.partition(":")[0] in CONTEXT else value


def _value(value: str) -> Any:
    """Numbers keep their text form in ``@value``: a JSON number would come back as another literal."""
    if value[0] == "<":
        return {"@id": value[1:-1]}
    text, _, rest = value.rpartition('"')
    text = _unescaped(text[1:])
    if not rest:
        return text
    return {"@value": text, "@language": rest[1:]} if rest[0] == "@" else {"@value": text, "@type": _short(rest[3:-1])}


_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: _ESCAPED.get(m[3], m[3]) if m[3] else chr(int(m[1] or m[2], 16)), text)
