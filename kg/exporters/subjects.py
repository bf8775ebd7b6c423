"""Quads grouped by subject in reading order: what Turtle, TriG and JSON-LD are written from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg import iri
from kg.terms import RDF, SKOS

Description = dict[str, list[Any]]
"""Predicate IRI -> objects (pyoxigraph terms), sorted."""

SECTIONS = {
    "Documents": ("Document",),
    "Policies": ("Policy",),
    "Places": ("Country", "Region", "Province", "City", "District", "Town", "Zone", "Place"),
    "Agencies": ("Agency",),
    "Industries and technologies": ("Industry", "Technology", "Topic"),
    "Organizations": ("Organization", "Company", "University", "Institute", "Association"),
    "Projects": ("Project",),
    "Tasks": ("Task",),
    "Targets": ("Target",),
    "Incentives": ("Incentive",),
    "Metrics": ("Metric",),
    "Evidence": ("Evidence",),
    "Numbers that no statement carries": ("UnreadNumber",),
    "Other": (),
}
"""Heading -> classes, in the order in which a person reads them."""

_ORDER = {name: number for number, names in enumerate(SECTIONS.values()) for name in names}
_FIRST = (RDF + "type", SKOS + "prefLabel", SKOS + "altLabel", SKOS + "notation")
LEFT_OUT = frozenset(iri.term(name) for name in ("Evidence", "UnreadNumber"))
"""Classes that the flat form (``evidence=False``) leaves out."""


def describe(quads: Iterable[Any], *, evidence: bool = True) -> dict[str, Description]:
    """Subject IRI -> its description, subjects in section and then IRI order, predicates type and labels first."""
    found: dict[str, dict[str, dict[tuple[str, ...], Any]]] = {}
    for quad in quads:
        objects = found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, {})
        objects[_key(quad.object)] = quad.object
    if not evidence:
        found = _flat(found)
    ordered = sorted(found, key=lambda s: (section(found[s].get(RDF + "type", {})), s))
    return {s: {p: [found[s][p][k] for k in sorted(found[s][p])] for p in sorted(found[s], key=_predicate)} for s in ordered}


def section(types: Iterable[tuple[str, ...]]) -> int:
    """Number of the section that a subject with these types stands in."""
    return min((_ORDER.get(iri.local(key[1]), len(SECTIONS) - 1) for key in types), default=len(SECTIONS) - 1)


def section_of(description: Description) -> int:
    return section([_key(t) for t in description.get(RDF + "type", [])])


def _flat(found: dict[str, Any]) -> dict[str, Any]:
    kept = {s: d for s, d in found.items() if not LEFT_OUT & {k[1] for k in d.get(RDF + "type", {})}}
    for description in kept.values():
        description.pop(iri.term("evidence"), None)
    return kept


def _key(term: Any) -> tuple[str, ...]:
    if hasattr(term, "datatype"):
        return ("2", term.value, term.language or "", term.datatype.value)
    return ("1", term.value)


def _predicate(predicate: str) -> tuple[int, str]:
    return (_FIRST.index(predicate) if predicate in _FIRST else len(_FIRST), predicate)
