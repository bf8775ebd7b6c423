"""The published JSON-LD context, ``ontology/context.jsonld``: every class and property of the graph under a plain name.

With it a document may say ``{"@id": "…/place/440300", "@type": "City", "develops": "…/topic/新型储能"}``. Our own export has the prefixes
inside, so it reads the same with this context. ``python -m kg.exporters.context > ontology/context.jsonld`` renews the file.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from kg import iri, ontology
from kg.exporters.jsonld import CONTEXT
from kg.prefixes import shorten
from kg.terms import DCTERMS, RDF, RDFS, SKOS, XSD

_FILES = ("core.ttl", "graph.ttl")
_OWL = "http://www.w3.org/2002/07/owl#"
_BORROWED = {
    "prefLabel": {"@id": SKOS + "prefLabel", "@container": "@language"},
    "altLabel": {"@id": SKOS + "altLabel", "@language": "zh"},
    "notation": {"@id": SKOS + "notation"},
    "broader": {"@id": SKOS + "broader", "@type": "@id"},
    "label": {"@id": RDFS + "label", "@container": "@language"},
    "title": {"@id": DCTERMS + "title", "@language": "zh"},
    "publisher": {"@id": DCTERMS + "publisher", "@language": "zh"},
    "issued": {"@id": DCTERMS + "issued", "@type": XSD + "date"},
    "source": {"@id": DCTERMS + "source", "@type": XSD + "anyURI"},
    "subject": {"@id": RDF + "subject", "@type": "@id"},
    "predicate": {"@id": RDF + "predicate", "@type": "@id"},
    "object": {"@id": RDF + "object", "@type": "@id"},
}
"""What the graph takes from other vocabularies."""


def context() -> dict[str, Any]:
    """The context as a JSON object, names sorted."""
    terms: dict[str, Any] = dict(_BORROWED)
    for name, values in _terms().items():
        if _OWL + "Class" in values[RDF + "type"]:
            terms[name] = {"@id": iri.term(name)}
        elif _OWL + "ObjectProperty" in values[RDF + "type"]:
            terms[name] = {"@id": iri.term(name), "@type": "@id"}
        elif _OWL + "DatatypeProperty" in values[RDF + "type"]:
            kind = next(iter(values.get(RDFS + "range", ())), XSD + "string")
            terms[name] = {"@id": iri.term(name)} | ({} if kind == XSD + "string" else {"@type": kind})
    short = {name: {k: _short(v) if k in ("@id", "@type") else v for k, v in term.items()} for name, term in terms.items()}
    return {"@context": {"@version": 1.1, **CONTEXT, **dict(sorted(short.items()))}}


def _short(value: str) -> str:
    return value if value.startswith("@") else shorten(value) or value


def _terms() -> dict[str, dict[str, list[str]]]:
    """Name of a term of ours -> predicate -> values."""
    import pyoxigraph

    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in _FILES:
        for triple in pyoxigraph.parse(path=str(ontology.folder() / file), format=pyoxigraph.RdfFormat.TURTLE):
            if triple.subject.value.startswith(iri.ONTOLOGY):
                found[iri.local(triple.subject.value)][triple.predicate.value].append(triple.object.value)
    return found


if __name__ == "__main__":
    print(json.dumps(context(), ensure_ascii=False, indent=2))
