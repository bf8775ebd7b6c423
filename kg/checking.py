"""Checks of a graph and of the ontology's files, each with what is wrong, where, and how much it matters.

``check`` runs quick questions over Oxigraph; ``shacl`` runs ontology/shapes.ttl with pyshacl, which takes seconds where the
quick check takes milliseconds, and says the same in a standard form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kg import iri, ontology
from kg.errors import UsageError
from kg.prefixes import SPARQL
from kg.terms import RDF, RDFS

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.ontology import Concept, Ontology

_SHACL = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """``code`` is stable; ``subject`` is the IRI it is about. An error breaks a promise, a warning deserves a look."""

    severity: Literal["error", "warning"]
    code: str
    subject: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.code}: {self.subject}: {self.message}"


# Each question selects ?subject and, where it helps, ?detail.
_QUESTIONS: tuple[tuple[Literal["error", "warning"], str, str, str], ...] = (
    (
        "error", "evidence-incomplete", "evidence without quote, offsets, document or rule",
        "?subject a kg:Evidence FILTER(!EXISTS { ?subject kg:quote ?q ; kg:start ?s ; kg:end ?e ; kg:document ?d ; kg:rule ?r })",
    ),
    (
        "error", "evidence-length", "the quote is not as long as its offsets say",
        "?subject kg:quote ?detail ; kg:start ?s ; kg:end ?e FILTER(STRLEN(?detail) != ?e - ?s)",
    ),
    (
        "error", "evidence-elsewhere", "evidence that stands in another document's graph",
        "GRAPH ?g { ?subject a kg:Evidence ; kg:document ?detail } FILTER(?g != ?detail)",
    ),
    (
        "error", "confidence-range", "a confidence outside 0..1",
        "?subject kg:confidence ?detail FILTER(?detail < 0 || ?detail > 1)",
    ),
    (
        "error", "target-incomplete", "a target without metric, operator, value or evidence",
        "?subject a kg:Target FILTER(!EXISTS { ?subject kg:metric ?m ; kg:operator ?o ; kg:valueText ?v ; kg:evidence ?e })",
    ),
    (
        "error", "name-missing", "a thing without a name",
        "?d kg:mentions ?subject FILTER(!EXISTS { ?subject skos:prefLabel ?l })",
    ),
    (
        "error", "hierarchy-cycle", "a place or concept inside itself",
        "?subject (kg:partOf|skos:broader)+ ?subject FILTER(EXISTS { ?subject skos:prefLabel ?l })",
    ),
    (
        "warning", "target-untyped", "a target whose value is no number",
        "?subject a kg:Target ; kg:valueText ?detail FILTER(!EXISTS { ?subject kg:value ?v })",
    ),
    (
        "warning", "target-year", "a target year outside 1949..2100",
        "?subject kg:year ?y BIND(STR(?y) AS ?detail) FILTER(?detail < '1949' || ?detail > '2100')",
    ),
    (
        "warning", "names-differ", "one thing with two preferred Chinese names",
        "?subject skos:prefLabel ?a, ?detail FILTER(LANG(?a) = 'zh' && LANG(?detail) = 'zh' && STR(?a) < STR(?detail))",
    ),
)  # fmt: skip


def check(graph: Graph, vocabulary: Ontology | None = None) -> list[Finding]:
    """Findings about ``graph``, errors first. An empty list is a graph that keeps its promises."""
    words = vocabulary or graph.vocabulary
    found = {f for question in _QUESTIONS for f in _ask(graph, *question)}
    found |= set(_relations(graph, words)) | set(_unsupported(graph, words))
    return sorted(found)


def _rows(graph: Graph, sparql: str) -> Iterator[tuple[str, ...]]:
    for row in graph.store.query(SPARQL + sparql):
        yield tuple("" if term is None else str(term.value) for term in row)


def _ask(graph: Graph, severity: Literal["error", "warning"], code: str, message: str, where: str) -> Iterator[Finding]:
    for subject, detail in _rows(graph, f"SELECT DISTINCT ?subject ?detail WHERE {{ {where} }}"):
        yield Finding(severity, code, subject, f"{message}: {detail}" if detail else message)


def _unsupported(graph: Graph, vocabulary: Ontology) -> Iterator[Finding]:
    """Relations that documents state and no evidence carries."""
    supported = set(_rows(graph, "SELECT ?s ?p ?o WHERE { ?e rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"))
    ends = _ends()
    for subject, predicate, object_, name in _rows(graph, "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o FILTER(ISIRI(?o)) } }"):
        relation = iri.local(predicate)
        stated = predicate.startswith(iri.ONTOLOGY) and relation in ends and relation in vocabulary.relations
        if stated and iri.BASE + "document/" in name and (subject, predicate, object_) not in supported:
            yield Finding("error", "no-evidence", subject, f"{relation} {object_} rests on no words of a document")


def _relations(graph: Graph, vocabulary: Ontology) -> Iterator[Finding]:
    """Relations whose ends are of the wrong class."""
    types: dict[str, set[str]] = {}
    for subject, kind in _rows(graph, f"SELECT DISTINCT ?s ?t WHERE {{ ?s a ?t FILTER(STRSTARTS(STR(?t), '{iri.ONTOLOGY}')) }}"):
        types.setdefault(subject, set()).add(iri.local(kind))
    for relation, (domain, range_) in sorted(_ends().items()):
        for subject, object_ in _rows(graph, f"SELECT DISTINCT ?s ?o WHERE {{ ?s <{iri.term(relation)}> ?o }}"):
            for end, wanted, word in ((subject, domain, "subject"), (object_, range_, "object")):
                if wanted and not any(vocabulary.is_a(kind, wanted) for kind in types.get(end, ())):
                    yield Finding("error", "wrong-class", end, f"{word} of {relation}, but no {wanted}")


_RELATIONS = ("issuedBy", "appliesTo", "covers", "basedOn", "develops", "locatedIn", "responsibleFor", "upstreamOf", "downstreamOf")


def _ends() -> dict[str, tuple[str, str]]:
    """Relation -> (domain, range) class, empty where the ontology states none; only relations that rest on evidence."""
    found = dict.fromkeys(_RELATIONS, ("", ""))
    for subject, values in _triples([ontology.folder() / "core.ttl"]).items():
        if iri.local(subject) in found:
            domain, range_ = ((values.get(RDFS + key) or [""])[0] for key in ("domain", "range"))
            found[iri.local(subject)] = (iri.local(domain), iri.local(range_))
    return found


def _triples(files: Iterable[Path]) -> dict[str, dict[str, list[str]]]:
    import pyoxigraph

    found: dict[str, dict[str, list[str]]] = {}
    for file in files:
        for triple in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE):
            values = found.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, [])
            values.append(triple.object.value)
    return found


_LABELED = ("Industry", "Technology", "Metric", "Unit")
"""Kinds of concepts whose entries need a name in both languages; places and agencies have official Chinese names only."""


def check_ontology(vocabulary: Ontology | None = None) -> list[Finding]:
    """Findings about the ontology's files, errors first."""
    words = vocabulary or ontology.load()
    found = [f for concept in words.concepts.values() for f in _concept(concept, words)]
    found += [f for table in (words.classes, words.relations) for term in table.values() for f in _labels(term)]
    found += [f for rule in words.rules for f in _rule(rule, words)]
    return sorted(found)


def _labels(term: Any) -> Iterator[Finding]:
    for language, label in (("Chinese", term.label_zh), ("English", term.label_en)):
        if not label:
            yield Finding("error", "label-missing", term.iri, f"no {language} label")


def _concept(concept: Concept, words: Ontology) -> Iterator[Finding]:
    for above in concept.broader:
        if above not in words.concepts:
            yield Finding("error", "broader-missing", concept.iri, f"broader {above} is in no file")
    if concept.iri in words.ancestors(concept.iri):
        yield Finding("error", "broader-cycle", concept.iri, "the concept is above itself")
    if concept.name == iri.local(concept.iri) and not words.find(concept.name):
        yield Finding("error", "label-missing", concept.iri, "no Chinese label")
    if concept.kind in _LABELED and not concept.name_en:
        yield Finding("warning", "label-missing", concept.iri, "no English label")


def _rule(rule: Any, words: Ontology) -> Iterator[Finding]:
    if rule.relation and rule.relation not in words.relations:
        yield Finding("error", "rule-relation", rule.iri, f"states {rule.relation!r}, which is no relation")
    if rule.cues and not rule.examples:
        yield Finding("error", "example-missing", rule.iri, "cues without an example sentence that proves them")
    if rule.stance and rule.stance not in words.relations:
        yield Finding("error", "rule-stance", rule.iri, f"stance {rule.stance!r} is no relation")


def shacl(graph: Graph) -> list[Finding]:
    """Violations of ontology/shapes.ttl. Raises UsageError when pyshacl is not installed."""
    try:
        import pyshacl
    except ImportError:
        raise UsageError("SHACL needs pyshacl: pip install 'policy-kg[shacl]'") from None
    import rdflib

    from kg.stores.memory import triple

    data = rdflib.Graph()
    lines = {triple(line) for line in graph.lines()}
    data.parse(data="\n".join(sorted(lines)), format="nt")
    shapes = rdflib.Graph().parse(ontology.folder() / "shapes.ttl", format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False, meta_shacl=False)
    return sorted(_results(report))


def _results(report: Any) -> Iterator[Finding]:
    import rdflib

    result_class = rdflib.URIRef(_SHACL + "ValidationResult")
    for result in report.subjects(rdflib.URIRef(RDF + "type"), result_class):
        node, path, component = (
            str(report.value(result, rdflib.URIRef(_SHACL + key)) or "")
            for key in ("focusNode", "resultPath", "sourceConstraintComponent")
        )
        what = iri.local(component).removesuffix("ConstraintComponent")
        yield Finding("error", f"shacl-{what}", node, f"{iri.local(path)} breaks {what}" if path else f"breaks {what}")
