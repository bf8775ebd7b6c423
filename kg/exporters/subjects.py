"""Quads grouped by subject in reading order: what Turtle, TriG and JSON-LD are written from.

Terms stay as N-Quads writes them, ``<iri>`` or ``"text"@zh``: that is valid in Turtle too, and no object is made for any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg import iri
from kg.terms import RDF, SKOS

Description = dict[str, list[str]]
"""Predicate IRI -> objects as N-Triples writes them, IRIs first, sorted."""

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
LEFT_OUT = frozenset(f"<{iri.term(name)}>" for name in ("Evidence", "UnreadNumber"))
"""Classes that the flat form (``evidence=False``) leaves out."""


def distinct(lines: Iterable[str]) -> list[str]:
    """N-Quads lines -> the triples of all graphs, each once, sorted, without the final dot."""
    return sorted({line.rsplit(" ", 2)[0] for line in lines})


def by_graph(lines: Iterable[str]) -> dict[str, list[str]]:
    """N-Quads lines, sorted -> graph IRI -> its triples, sorted, without the final dot; graphs sorted."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        triple, name, _ = line.rsplit(" ", 2)
        found[name[1:-1]].append(triple)
    return dict(sorted(found.items()))


def describe(triples: Iterable[str], *, evidence: bool = True) -> dict[str, Description]:
    """Sorted triples -> subject IRI -> its description, subjects in section and then IRI order, predicates type and labels first."""
    found: dict[str, Description] = defaultdict(dict)
    for triple in triples:
        subject, predicate, value = triple.split(" ", 2)
        found[subject[1:-1]].setdefault(predicate[1:-1], []).append(value)
    if not evidence:
        found = _flat(found)
    ordered = sorted(found, key=lambda s: (section_of(found[s]), s))
    return {s: {p: _iris_first(found[s][p]) for p in sorted(found[s], key=_predicate)} for s in ordered}


def section_of(description: Description) -> int:
    """Number of the section that a subject stands in."""
    types = description.get(RDF + "type", ())
    return min((_ORDER.get(iri.local(name[1:-1]), len(SECTIONS) - 1) for name in types), default=len(SECTIONS) - 1)


def _flat(found: dict[str, Description]) -> dict[str, Description]:
    kept = {s: d for s, d in found.items() if not LEFT_OUT.intersection(d.get(RDF + "type", ()))}
    for description in kept.values():
        description.pop(iri.term("evidence"), None)
    return kept


def _iris_first(values: list[str]) -> list[str]:
    return sorted(values, key=lambda value: value[0] != "<") if len(values) > 1 else values


def _predicate(predicate: str) -> tuple[int, str]:
    return (_FIRST.index(predicate) if predicate in _FIRST else len(_FIRST), predicate)
