"""Extraction -> quads, quads -> Graph.

A document becomes a set of quads in a graph of its own by a pure function; merging documents is set union. The labels,
codes and broader concepts of what the documents use stand in one more graph, a pure function of the other quads and the
ontology. There are no blank nodes and no clock, so the same documents give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import iri, ontology, similarity
from kg.errors import StoreDamagedError, UsageError
from kg.model import Document, Entity, Evidence, Extraction, Fact, Incentive, Target, UnreadNumber
from kg.ontology import Concept, Ontology
from kg.terms import DCTERMS, RDF, RDFS, SKOS, boolean, decimal, integer, iri_term, literal, moment

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.network import Network
    from kg.queries import Answer
    from kg.stores import Store
    from kg.subgraph import Scope

ONTOLOGY_GRAPH = iri.BASE + "graph/ontology"
"""Name of the graph that holds labels, codes and hierarchy of the concepts in use."""

Triple = tuple[str, str, str]
"""Subject, predicate and object, each written as in N-Quads."""

_TYPE, _LABEL = f"<{RDF}type>", f"<{RDFS}label>"
_PREF, _ALT = f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>"
_ROLES = {"lead": "leads", "support": "supports"}
_IRI = re.compile(r"<([^<>]+)>")


def quads(extraction: Extraction, vocabulary: Ontology) -> list[str]:
    """The document's quads: sorted canonical N-Quads lines without line ends, all in the graph ``iri.document(sha256)``."""
    name = iri_term(iri.document(extraction.document.source.sha256))
    found = {f"{s} {p} {o} {name} ." for s, p, o in _triples(extraction, vocabulary, name)}
    return sorted(found)


def concept_quads(lines: Iterable[str], vocabulary: Ontology) -> list[str]:
    """The ontology graph for ``lines``: every concept they name and all above it, and the classes in use."""
    used = {name for line in lines for name in _IRI.findall(line)}
    concepts = {name for name in used if name in vocabulary.concepts}
    concepts |= {above for name in concepts for above in vocabulary.ancestors(name) if above in vocabulary.concepts}
    kinds = {iri.local(name) for name in used if name.startswith(iri.ONTOLOGY)}
    kinds |= {vocabulary.concepts[c].kind for c in concepts}
    triples = [t for c in sorted(concepts) for t in _concept(vocabulary.concepts[c], vocabulary)]
    triples += [t for kind in sorted(kinds) for t in _term(kind, vocabulary)]
    return sorted({f"{s} {p} {o} {iri_term(ONTOLOGY_GRAPH)} ." for s, p, o in triples})


def merge(documents: Iterable[Iterable[str]], vocabulary: Ontology, copies: Iterable[tuple[str, str]] = ()) -> Graph:
    """Set union of the quads of several documents, with the graphs of sources and of the ontology. The order does not matter.

    ``copies`` are (document, further file name under which the same text was found).
    """
    lines = sorted({line for document in documents for line in document})
    lines += similarity.source_quads(lines, copies)
    graph = Graph(vocabulary=vocabulary)
    graph.store.load(lines + concept_quads(lines, vocabulary))
    return graph


def _kg(name: str) -> str:
    return f"<{iri.ONTOLOGY}{name}>"


def _triples(extraction: Extraction, vocabulary: Ontology, document: str) -> Iterator[Triple]:
    yield from _document(extraction, document)
    for entity in extraction.entities:
        yield from _entity(entity, vocabulary, document)
    for fact in extraction.facts:
        yield from _fact(fact, extraction.document, document)
    for target in extraction.targets:
        yield from _target(target, extraction.document, document)
    for incentive in extraction.incentives:
        yield from _incentive(incentive, extraction.document, document)
    for number in extraction.unread:
        yield from _unread(number, extraction.document, document)


def _document(extraction: Extraction, name: str) -> Iterator[Triple]:
    source, metadata = extraction.document.source, extraction.document.metadata
    yield name, _TYPE, _kg("Document")
    yield name, _kg("fileName"), literal(source.name)
    yield name, _kg("sha256"), literal(source.sha256)
    for predicate, value in (
        (f"<{DCTERMS}title>", extraction.title and literal(extraction.title, language="zh")),
        (f"<{DCTERMS}publisher>", extraction.publisher and literal(extraction.publisher, language="zh")),
        (f"<{DCTERMS}issued>", extraction.published and moment(extraction.published)),
        (_kg("documentNumber"), extraction.number and literal(extraction.number)),
        (f"<{DCTERMS}source>", _url(source.url or metadata.url)),
        (_kg("fingerprint"), literal(mark) if (mark := similarity.fingerprint(extraction.document.folded)) else None),
    ):
        if value:
            yield name, predicate, value


def _url(value: str | None) -> str | None:
    return literal(value, datatype="anyURI") if value else None


def _entity(entity: Entity, vocabulary: Ontology, document: str) -> Iterator[Triple]:
    """A listed entity bears the vocabulary's label, the same in all documents; the words of the text are alternative labels."""
    subject = iri_term(entity.iri)
    concept = vocabulary.concepts.get(entity.iri)
    label = concept.name if concept else entity.name
    yield subject, _TYPE, _kg(entity.type)
    if vocabulary.is_a(entity.type, "Topic"):
        yield subject, _TYPE, f"<{SKOS}Concept>"
    yield subject, _PREF, literal(label, language="zh")
    for form in sorted({entity.name, *entity.aliases} - {label, ""}):
        yield subject, _ALT, literal(form, language="zh")
    yield document, _kg("mentions"), subject


def _fact(fact: Fact, text: Document, document: str) -> Iterator[Triple]:
    subject, predicate, object_ = iri_term(fact.subject), _kg(fact.predicate), iri_term(fact.object)
    narrower = fact.stance or _ROLES.get(fact.role, "")
    yield subject, predicate, object_
    if narrower:
        yield subject, _kg(narrower), object_
    for evidence in fact.evidence:
        name = _evidence_name(text, evidence, fact.subject, fact.predicate, fact.object)
        yield from _evidence(name, evidence, document)
        yield name, f"<{RDF}subject>", subject
        yield name, f"<{RDF}predicate>", predicate
        yield name, f"<{RDF}object>", object_
        if fact.stance:
            yield name, _kg("stance"), _kg(fact.stance)
        if fact.role:
            yield name, _kg("role"), literal(fact.role)


def _evidence_name(text: Document, evidence: Evidence, *statement: str) -> str:
    place = (text.source.sha256, str(evidence.start), str(evidence.end), evidence.rule)
    return iri_term(iri.derived("evidence", *place, *statement))


def _evidence(name: str, evidence: Evidence, document: str) -> Iterator[Triple]:
    yield name, _TYPE, _kg("Evidence")
    yield name, _kg("document"), document
    yield name, _kg("quote"), literal(evidence.quote)
    yield name, _kg("start"), integer(evidence.start)
    yield name, _kg("end"), integer(evidence.end)
    yield name, _kg("rule"), literal(evidence.rule)
    yield name, _kg("confidence"), decimal(f"{evidence.score:.3f}") or integer(0)


def _supported(subject: str, key: str, evidence: Evidence, text: Document, document: str) -> Iterator[Triple]:
    name = _evidence_name(text, evidence, key)
    yield subject, _kg("evidence"), name
    yield from _evidence(name, evidence, document)


def _strings(subject: str, *pairs: tuple[str, str]) -> Iterator[Triple]:
    for name, value in pairs:
        if value:
            yield subject, _kg(name), literal(value)


def _numbers(subject: str, *pairs: tuple[str, str]) -> Iterator[Triple]:
    """Typed values; a text that is no number (若干) has only its string."""
    for name, value in pairs:
        number = decimal(value) if value else None
        if number:
            yield subject, _kg(name), number


def _links(subject: str, *pairs: tuple[str, str | None]) -> Iterator[Triple]:
    for name, value in pairs:
        if value:
            yield subject, _kg(name), iri_term(value)


def _target(target: Target, text: Document, document: str) -> Iterator[Triple]:
    subject = iri_term(target.iri)
    yield subject, _TYPE, _kg("Target")
    yield subject, _LABEL, literal(target_label(target), language="zh")
    yield subject, _kg("baseline"), boolean(target.baseline)
    yield from _strings(
        subject,
        ("metric", target.metric),
        ("operator", target.operator),
        ("valueText", target.value),
        ("unit", target.unit),
        ("baseUnit", target.base_unit),
        ("surface", target.surface),
    )
    yield from _numbers(subject, ("value", target.value), ("baseValue", target.base_value))
    yield from _links(subject, ("place", target.place), ("topic", target.topic), ("metricConcept", target.metric_concept))
    if target.year is not None:
        yield subject, _kg("year"), moment(f"{target.year:04d}")
    if target.policy:
        yield iri_term(target.policy), _kg("hasTarget"), subject
    yield from _supported(subject, target.iri, target.evidence, text, document)


_SIGNS = {">=": "≥", "<=": "≤", "=": "", "+": "增加", "~": "约"}


def target_label(target: Target) -> str:
    """One line for people: 产值≥1.5万亿元（2025年）."""
    year = f"（{target.year}年）" if target.year is not None else ""
    return f"{target.metric}{_SIGNS[target.operator]}{target.value}{target.unit}{year}"


def _incentive(incentive: Incentive, text: Document, document: str) -> Iterator[Triple]:
    subject = iri_term(incentive.iri)
    yield subject, _TYPE, _kg("Incentive")
    yield from _strings(
        subject,
        ("incentiveKind", incentive.kind),
        ("valueText", incentive.value),
        ("unit", incentive.unit),
        ("recipient", incentive.recipient),
        ("condition", incentive.condition),
    )
    yield from _numbers(subject, ("value", incentive.value))
    yield from _supported(subject, incentive.iri, incentive.evidence, text, document)


def _unread(number: UnreadNumber, text: Document, document: str) -> Iterator[Triple]:
    subject = iri_term(iri.derived("unread", text.source.sha256, str(number.start), str(number.end)))
    yield subject, _TYPE, _kg("UnreadNumber")
    yield subject, _kg("document"), document
    yield subject, _kg("start"), integer(number.start)
    yield subject, _kg("end"), integer(number.end)
    yield from _strings(subject, ("quote", number.text), ("sentence", number.sentence))


def _concept(concept: Concept, vocabulary: Ontology) -> Iterator[Triple]:
    subject = iri_term(concept.iri)
    is_place = vocabulary.is_a(concept.kind, "Place")
    yield subject, _TYPE, _kg(concept.kind)
    if vocabulary.is_a(concept.kind, "Topic"):
        yield subject, _TYPE, f"<{SKOS}Concept>"
    yield subject, _PREF, literal(concept.name, language="zh")
    if concept.name_en:
        yield subject, _PREF, literal(concept.name_en, language="en")
    for alias in sorted({*concept.aliases, *concept.properties.get("shortName", ())} - {concept.name}):
        yield subject, _ALT, literal(alias, language="zh")
    for above in concept.broader:
        yield subject, _kg("partOf") if is_place else f"<{SKOS}broader>", iri_term(above)
    if concept.notation:
        yield subject, f"<{SKOS}notation>", literal(concept.notation)


def _term(name: str, vocabulary: Ontology) -> Iterator[Triple]:
    """Labels of a class or relation in use and of those above it, so that a reader of the file alone knows what it means."""
    for table, above in ((vocabulary.classes, "subClassOf"), (vocabulary.relations, "subPropertyOf")):
        term = table.get(name)
        if term is None:
            continue
        for text, language in ((term.label_zh, "zh"), (term.label_en, "en")):
            if text:
                yield iri_term(term.iri), _LABEL, literal(text, language=language)
        for parent in term.parents:
            yield iri_term(term.iri), f"<{RDFS}{above}>", _kg(parent)
            yield from _term(parent, vocabulary)


class Graph:
    """The knowledge graph: a store with the views that analysts use.

    ``store`` is any Store (memory when none is given); ``vocabulary`` the ontology that ``add`` uses (loaded
    when first needed).
    """

    def __init__(self, store: Store | None = None, *, vocabulary: Ontology | None = None) -> None:
        from kg.stores.memory import MemoryStore

        self.store: Store = store if store is not None else MemoryStore()
        self._vocabulary = vocabulary
        self._network: tuple[int, Network] | None = None
        self.scope: Scope | None = None
        """What this graph was cut out by, None for a whole one."""

    @property
    def vocabulary(self) -> Ontology:
        if self._vocabulary is None:
            self._vocabulary = ontology.load()
        return self._vocabulary

    def __len__(self) -> int:
        """Number of quads."""
        return len(self.store)

    def __repr__(self) -> str:
        return f"<kg.Graph: {len(self)} quads from {len(self.documents())} documents>"

    def _repr_html_(self) -> str:
        """In a notebook: how many documents, and how many things of each class the graph holds."""
        return (
            f"<p><b>kg.Graph</b>: {len(self.documents())} documents, {len(self)} quads</p>{self.query('summary')._repr_html_()}"
        )

    def lines(self) -> list[str]:
        """All quads as sorted canonical N-Quads lines, without line ends: the reference form."""
        return self.store.lines()

    def documents(self) -> list[str]:
        """IRIs of the documents, sorted."""
        return [name for name in self.store.graphs() if name not in (ONTOLOGY_GRAPH, similarity.GRAPH)]

    def add(self, extraction: Extraction) -> str:
        """Add a document, or replace it whole when its bytes are known. Returns its IRI."""
        name = iri.document(extraction.document.source.sha256)
        lines = quads(extraction, self.vocabulary)
        self.store.replace(name, lines)
        self._group_sources()
        self.store.load(concept_quads([*lines, *similarity.source_quads(lines)], self.vocabulary))
        return name

    def _group_sources(self) -> None:
        """Say anew which documents are one source."""
        name = iri_term(similarity.GRAPH)
        found = self.store.query(
            f"SELECT ?d ?p ?o WHERE {{ ?d a {_kg('Document')} ; ?p ?o "
            f"FILTER(?p IN (<{RDF}type>, {_kg('fingerprint')}, {_kg('copyName')})) }}"
        )
        lines = (f"{row['d']} {row['p']} {row['o']} {name} ." for row in found)
        self.store.replace(similarity.GRAPH, similarity.source_quads(lines))

    def remove(self, document: str) -> None:
        """Take back all that ``document`` (its IRI) states; the graph is then as if it had never been read."""
        if document not in self.documents():
            raise UsageError(f"no document {document} in this graph; kg query documents lists them")
        self.store.replace(document, [])
        self._group_sources()
        rest = [line for line in self.lines() if not line.endswith(f" <{ONTOLOGY_GRAPH}> .")]
        self.store.replace(ONTOLOGY_GRAPH, concept_quads(rest, self.vocabulary))

    def query(self, sparql: str, *, timeout: float | None = None, **parameters: str) -> Answer:
        """Run SPARQL, an .rq file, or a named question with its parameters: ``graph.query("who-promotes", topic="储能")``."""
        from kg import queries

        return queries.run(self, sparql, parameters, timeout=timeout)

    def network(self) -> Network:
        """Nodes and edges with evidence, as plain records (what the graph formats are written from)."""
        from kg.network import network

        # Several exports of one build ask for it; the store's version tells when it is out of date.
        version = self.store.version
        if self._network is None or self._network[0] != version:
            self._network = (version, network(self))
        return self._network[1]

    def cut(
        self,
        *,
        focus: Sequence[str] = (),
        hops: int = 1,
        topics: Sequence[str] = (),
        types: Sequence[str] = (),
        max_nodes: int | None = None,
    ) -> Graph:
        """The part around ``focus``, about ``topics``, made of ``types``: ``graph.cut(focus=["深圳市"], hops=2)``."""
        from kg.subgraph import cut

        return cut(self, focus=focus, hops=hops, topics=topics, types=types, max_nodes=max_nodes)

    def nodes(self) -> Answer:
        """Every node as a row: IRI, label, class and attributes (``graph.nodes().to_pandas()``)."""
        from kg.views.rows import node_rows

        return node_rows(self.network())

    def edges(self) -> Answer:
        """Every edge as a row: ends, relation, stance, role, number of evidences, quotes, documents."""
        from kg.views.rows import edge_rows

        return edge_rows(self.network())

    def networkx(self) -> networkx.MultiDiGraph[str]:
        """A MultiDiGraph; docs/graph.md lists the attributes of nodes and edges."""
        from kg.network import to_networkx

        return to_networkx(self.network())

    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset with one named graph per document, prefixes bound."""
        import rdflib

        from kg.prefixes import PREFIXES

        dataset = rdflib.Dataset(default_union=True)
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace, replace=True)
        dataset.parse(data="".join(line + "\n" for line in self.lines()), format="nquads")
        return dataset

    def export(self, format: str, path: str | Path, **options: Any) -> Path:
        """Write the graph in ``format`` (see ``kg.exporters.EXPORTERS``) to ``path``, whole or not at all."""
        from kg import exporters

        return exporters.export(self, format, path, **options)


def open_graph(path: str | Path) -> Graph:
    """The graph of a build folder (its ``graph.nq``, else its ``store/``), of an N-Quads file, or of a store's folder.

    Raises UsageError when there is none, StoreDamagedError when the file is no N-Quads.
    """
    root = Path(path)
    file = root / "graph.nq" if root.is_dir() else root
    if file.is_file():
        return _from_file(file)
    from kg.stores.oxigraph import OxigraphStore

    for folder in (root / "store", root):
        if (folder / "CURRENT").is_file():
            return Graph(OxigraphStore(folder))
    raise UsageError(f"no graph at {root}: expected graph.nq or store/ in it; kg build SOURCE -o {root} makes one")


def _from_file(file: Path) -> Graph:
    graph = Graph()
    try:
        with file.open(encoding="utf-8", newline="\n") as lines:
            graph.store.load(line.rstrip("\n") for line in lines)
    except (SyntaxError, ValueError) as error:
        raise StoreDamagedError(f"{file}: {error}; build it again with kg build") from error
    return graph
