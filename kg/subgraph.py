"""A part of a graph: what lies around some things, is about some topics, or belongs to some classes.

The cut is a graph again, so every export and every question works on it. It is a pure function of the graph and the choice:
which nodes stay is decided on ``kg.network``, then the quads about them are kept, with the evidence and documents they rest on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import iri
from kg.errors import UsageError
from kg.terms import RDF

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.network import Network
    from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Choice:
    """What to keep, as IRIs and class names. Empty parts keep everything.

    ``hops`` counts relations in either direction, from ``focus``; ``topics`` keeps them and all that is joined with one;
    ``types`` are classes (with those below) that the rest of the cut is made of; ``max_nodes`` keeps the nearest, then the
    best connected.
    """

    focus: tuple[str, ...] = ()
    hops: int = 1
    topics: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    max_nodes: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a cut was made by, in names for people, and how many nodes and edges the whole graph has."""

    focus: tuple[str, ...]
    hops: int
    topics: tuple[str, ...]
    types: tuple[str, ...]
    max_nodes: int | None
    whole_nodes: int
    whole_edges: int


def cut(
    graph: Graph,
    *,
    focus: Sequence[str] = (),
    hops: int = 1,
    topics: Sequence[str] = (),
    types: Sequence[str] = (),
    max_nodes: int | None = None,
) -> Graph:
    """The part of ``graph`` that the names choose, a graph in memory with its ``scope``; ``graph`` stays as it is.

    Names are those of ``kg query``: labels, aliases or IRIs; a topic takes in the topics below it. Types are class names or
    their labels. Raises UsageError with the nearest names for one that is not there.
    """
    from kg.graph import Graph
    from kg.queries.labels import with_those_below

    if hops < 0 or (max_nodes is not None and max_nodes < 1):
        raise UsageError("hops must be 0 or more, max_nodes 1 or more")
    vocabulary, net = graph.vocabulary, graph.network()
    things = _resolved(graph, net, focus, "")
    about = _resolved(graph, net, topics, "Topic")
    choice = Choice(things, hops, tuple(with_those_below(graph, list(about))), _classes(vocabulary, types), max_nodes)
    kept = nodes(net, choice, vocabulary)
    made = Graph(vocabulary=vocabulary)
    made.store.load(lines(graph.lines(), kept, frozenset(net.by_iri)))
    labels = [tuple(net.by_iri[name].label for name in names) for names in (things, about)]
    made.scope = Scope(labels[0], hops, labels[1], choice.types, max_nodes, len(net.nodes), len(net.edges))
    return made


def nodes(net: Network, choice: Choice, vocabulary: Ontology) -> frozenset[str]:
    """IRIs of the nodes that ``choice`` keeps: types first, then topics, then hops, then the limit."""
    named = set(choice.focus) | set(choice.topics)
    kinds = {kind: _is_any(vocabulary, kind, choice.types) for kind in {node.type for node in net.nodes}}
    kept = {node.iri for node in net.nodes if kinds[node.type] or node.iri in named}
    near = _neighbors(net, kept)
    if choice.topics:
        kept = set(_distances(near, [t for t in choice.topics if t in kept], 1)) | set(choice.focus)
        near = _neighbors(net, kept)
    distances = _distances(near, choice.focus, choice.hops) if choice.focus else dict.fromkeys(kept, 0)
    if choice.max_nodes is None or len(distances) <= choice.max_nodes:
        return frozenset(distances)
    degrees = Counter({name: sum(other in distances for other in near[name]) for name in distances})
    first = sorted(distances, key=lambda name: (distances[name], name not in named, -degrees[name], name))
    return frozenset(first[: choice.max_nodes])


def _is_any(vocabulary: Ontology, kind: str, types: Iterable[str]) -> bool:
    return not types or any(vocabulary.is_a(kind, parent) for parent in types)


def _neighbors(net: Network, kept: set[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for edge in net.edges:
        if edge.source in kept and edge.target in kept and edge.source != edge.target:
            found[edge.source].append(edge.target)
            found[edge.target].append(edge.source)
    return found


def _distances(near: Mapping[str, list[str]], start: Iterable[str], hops: int) -> dict[str, int]:
    """Node -> number of relations from the nearest start, for those within ``hops``."""
    found = dict.fromkeys(start, 0)
    ring = list(found)
    for distance in range(1, hops + 1):
        ring = [other for name in ring for other in near.get(name, ())]
        ring = [name for name in dict.fromkeys(ring) if name not in found]
        found.update(dict.fromkeys(ring, distance))
    return found


_STATEMENT = tuple(f"<{RDF}{part}>" for part in ("subject", "object"))
_EVIDENCE, _DOCUMENT, _METRIC, _MENTIONS = (f"<{iri.term(n)}>" for n in ("evidence", "document", "metricConcept", "mentions"))


def lines(every: Iterable[str], kept: frozenset[str], known: frozenset[str]) -> list[str]:
    """The N-Quads lines about the ``kept`` of the ``known`` nodes, their evidence and documents, and the words of the ontology.

    Numbers that no statement carries are left out: they are about no thing. ``every`` is gone through twice.
    """
    inside, outside = {f"<{name}>" for name in kept}, {f"<{name}>" for name in known - kept}
    subjects = inside | _support(every, inside)
    words = f"<{iri.ONTOLOGY}"
    terms = ((line, *_terms(line)) for line in every)
    return [line for line, s, _, o in terms if (s in subjects or s.startswith(words)) and o not in outside]


def _terms(line: str) -> tuple[str, str, str]:
    """Subject, predicate and object; the graph's name is the last IRI and holds no space."""
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest.rsplit(" ", 2)[0]


def _support(every: Iterable[str], inside: set[str]) -> set[str]:
    """What kept things rest on: evidence of targets, incentives and statements between kept things; documents; metrics."""
    ends: dict[str, int] = defaultdict(int)
    sources: dict[str, str] = {}
    found: set[str] = set()
    for subject, predicate, object_ in map(_terms, every):
        if predicate in _STATEMENT:
            ends[subject] += object_ in inside
        elif predicate == _DOCUMENT:
            sources[subject] = object_
        elif predicate in (_EVIDENCE, _METRIC) and subject in inside:
            found.add(object_)
        elif predicate == _MENTIONS and object_ in inside:
            found.add(subject)
    found |= {name for name, sides in ends.items() if sides == 2}
    return found | {sources[name] for name in found if name in sources}


def _resolved(graph: Graph, net: Network, names: Sequence[str], kind: str) -> tuple[str, ...]:
    from kg.queries.labels import resolve

    found: dict[str, None] = {}
    for name in names:
        things = [thing for thing in resolve(graph, name, kind) if thing in net.by_iri]
        if not things:
            raise UsageError(f"{name!r} is no node of the graph; a focus is a place, topic, agency, policy or the like")
        found.update(dict.fromkeys(things))
    return tuple(found)


def _classes(vocabulary: Ontology, names: Sequence[str]) -> tuple[str, ...]:
    """Class names for names or labels (``City``, ``城市``), in any case."""
    known: dict[str, str] = {}
    for name, term in vocabulary.classes.items():
        for form in (term.label_en, term.label_zh, name):
            known[form.casefold()] = name
    for wanted in names:
        if wanted.casefold() not in known:
            from difflib import get_close_matches

            near = get_close_matches(wanted.casefold(), sorted(filter(None, known)), n=5)
            hint = f"similar: {'、'.join(near)}" if near else "there are: " + ", ".join(sorted(vocabulary.classes))
            raise UsageError(f"no class called {wanted!r}; {hint}")
    return tuple(dict.fromkeys(known[name.casefold()] for name in names))
