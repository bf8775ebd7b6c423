"""A name that a user types -> the things of the graph that bear it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.folding import fold
from kg.prefixes import SPARQL
from kg.terms import clean, is_iri

if TYPE_CHECKING:
    from kg.graph import Graph

# ?kind is projected because only projected variables can be bound from outside.
_BEARERS = (
    SPARQL + "SELECT DISTINCT ?thing ?name ?kind WHERE { ?thing skos:prefLabel|skos:altLabel ?name ; a/rdfs:subClassOf* ?kind }"
)


def resolve(graph: Graph, name: str, kind: str = "") -> list[str]:
    """IRIs of the things of class ``kind`` (or any) called ``name``, sorted; an IRI stands for itself.

    Those with the name as preferred label win over those with it as alias. Widths, case and traditional characters do not
    matter. Raises UsageError with similar names when there is none.
    """
    if name.startswith(("http://", "https://")) and is_iri(name):
        return [name]
    import pyoxigraph

    from kg import iri

    fixed: dict[str, Any] = {"kind": pyoxigraph.NamedNode(iri.term(kind))} if kind else {}
    for language in ("zh", "en"):
        bound = {"name": pyoxigraph.Literal(clean(name), language=language)}
        found = {row["thing"].value for row in graph.store.query(_BEARERS, fixed | bound)}
        if found:
            return _preferred(graph, found, bound)
    every = [(row["name"].value, row["thing"].value) for row in graph.store.query(_BEARERS, fixed)]
    wanted = fold(name.strip())
    same = {thing for label, thing in every if fold(label) == wanted}
    if same:
        return sorted(same)
    raise UsageError(_unknown(name, kind, wanted, sorted({label for label, _ in every})))


def with_those_below(graph: Graph, things: list[str]) -> list[str]:
    """``things`` and everything inside or under them (districts of a city, segments of an industry), each once."""
    under: dict[str, list[str]] = {}
    # Not one path expression: with its upper end bound from outside the engine walks it from every lower end.
    for row in graph.store.query(SPARQL + "SELECT ?lower ?upper WHERE { ?lower kg:partOf|skos:broader ?upper }"):
        under.setdefault(row["upper"].value, []).append(row["lower"].value)
    found = dict.fromkeys(things)
    queue = list(things)
    while queue:
        for lower in sorted(under.get(queue.pop(0), ())):
            if lower not in found:
                found[lower] = None
                queue.append(lower)
    return list(found)


def _preferred(graph: Graph, found: set[str], bound: dict[str, Any]) -> list[str]:
    query = SPARQL + "SELECT ?thing ?name WHERE { ?thing skos:prefLabel ?name }"
    preferred = {row["thing"].value for row in graph.store.query(query, bound)} & found
    return sorted(preferred or found)


def _unknown(name: str, kind: str, wanted: str, labels: list[str]) -> str:
    from difflib import get_close_matches

    near = [label for label in labels if wanted in fold(label) or fold(label) in wanted][:5]
    near += [label for label in get_close_matches(name, labels, n=5) if label not in near]
    hint = f"similar: {'、'.join(near[:5])}" if near else "kg query documents shows what the graph was built from"
    return f"no {kind or 'thing'} called {name!r} in the graph; {hint}"
