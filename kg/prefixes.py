"""The prefixes that outputs and questions share, and short names under them."""

from __future__ import annotations

import re
from functools import lru_cache

from kg import iri
from kg.terms import DCTERMS, RDF, RDFS, SKOS, XSD

PREFIXES = {
    "kg": iri.ONTOLOGY,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "xsd": XSD,
    "place": iri.BASE + "place/",
    "topic": iri.BASE + "topic/",
    "policy": iri.BASE + "policy/",
    "agency": iri.BASE + "agency/",
    "organization": iri.BASE + "organization/",
    "project": iri.BASE + "project/",
    "task": iri.BASE + "task/",
    "target": iri.BASE + "target/",
    "incentive": iri.BASE + "incentive/",
    "evidence": iri.BASE + "evidence/",
    "unread": iri.BASE + "unread/",
    "document": iri.BASE + "document/",
    "metric": iri.BASE + "metric/",
    "graph": iri.BASE + "graph/",
}

# What Turtle allows in a local name without escapes, narrowed to what our IRIs use.
_CHARS = r"0-9A-Za-z_\u3400-\u4dbf\u4e00-\u9fff"
_LOCAL = re.compile(f"[{_CHARS}]([{_CHARS}.-]*[{_CHARS}-])?")
_SPLIT = re.compile(r"(.*[#/])(.*)", re.DOTALL)
_BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}


@lru_cache(maxsize=1 << 16)
def shorten(value: str) -> str | None:
    """``prefix:name`` for an IRI, None when no prefix fits or the rest would need escapes."""
    match = _SPLIT.fullmatch(value)
    prefix = _BY_NAMESPACE.get(match.group(1)) if match else None
    if match is None or prefix is None or not _LOCAL.fullmatch(match.group(2)):
        return None
    return f"{prefix}:{match.group(2)}"


SPARQL = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in PREFIXES.items())
"""Prologue put before every question, on its first line, so that line numbers in messages stay true."""
