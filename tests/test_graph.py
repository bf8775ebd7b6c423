"""Extraction -> quads -> Graph."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph
import pytest

from kg import graph as graphs
from kg import iri, ontology, similarity
from kg.errors import KgError, StoreDamagedError, UsageError
from kg.terms import clean, decimal, iri_term, literal, moment
from tests.graph_examples import CITY, HOSTILE, TEXT, TOPIC, extraction, graph, hostile

VOCABULARY = ontology.load()
OTHER = extraction(TEXT + "第二份。", "b.md")


def test_quads_are_sorted_distinct_and_in_the_graph_of_the_document() -> None:
    """One document, one named graph, and no line out of order or twice."""
    lines = graphs.quads(extraction(), VOCABULARY)
    name = f" <{iri.document(extraction().document.source.sha256)}> ."
    assert lines == sorted(set(lines))
    assert all(line.endswith(name) for line in lines)


def test_lines_are_what_the_store_gives_back() -> None:
    """Our N-Quads are canonical: Oxigraph parses and writes back the same lines, hostile names included."""
    for made in (extraction(), hostile()):
        lines = graphs.quads(made, VOCABULARY)
        told = lines + similarity.source_quads(lines)
        assert graphs.merge([lines], VOCABULARY).lines() == sorted(told + graphs.concept_quads(told, VOCABULARY))


def test_merging_is_set_union_in_any_order() -> None:
    """The same documents in any order and number give the same quads."""
    parts = [graphs.quads(extraction(), VOCABULARY), graphs.quads(OTHER, VOCABULARY)]
    one = graphs.merge(parts, VOCABULARY).lines()
    assert graphs.merge([*reversed(parts), parts[0]], VOCABULARY).lines() == one
    shuffled = [random.Random(1).sample(part, len(part)) for part in parts]
    assert graphs.merge(shuffled, VOCABULARY).lines() == one


def test_adding_equals_merging_and_removing_undoes_adding() -> None:
    """Graph.add gives the merged graph, a second add changes nothing, remove leaves what a build without the document gives."""
    both = graph(extraction(), OTHER)
    assert both.lines() == graphs.merge([graphs.quads(e, VOCABULARY) for e in (extraction(), OTHER)], VOCABULARY).lines()
    both.add(OTHER)
    both.remove(iri.document(OTHER.document.source.sha256))
    assert both.lines() == graph(extraction()).lines()


def test_no_blank_nodes() -> None:
    """Every subject and object is an IRI or a literal, so files can be compared line by line."""
    assert not [line for line in graph().lines() if "_:" in line.split('"')[0]]


def test_evidence_is_the_text_at_its_offsets() -> None:
    """Every evidence in the graph satisfies text[start:end] == quote."""
    rows = graph().store.query(
        "PREFIX kg: <https://w3id.org/policy-kg/ontology#> "
        "SELECT ?q ?s ?e { ?x a kg:Evidence ; kg:quote ?q ; kg:start ?s ; kg:end ?e }"
    )
    found = [(row["q"].value, int(row["s"].value), int(row["e"].value)) for row in rows]
    assert len(found) == 12
    assert all(TEXT[start:end] == quote for quote, start, end in found)


def test_stance_and_role_are_sub_properties_too() -> None:
    """A fact with a stance or role states the wide relation and the narrow one."""
    text = "\n".join(graph().lines())
    for name in ("develops", "cultivates", "responsibleFor", "leads"):
        assert f"ontology#{name}> <" in text


def test_listed_places_have_code_and_nesting_up_to_the_country() -> None:
    """The ontology graph holds 440300 with its notation, its province and the country above, though no text names them."""
    lines = graph().lines()
    assert any("place/440300> <http://www.w3.org/2004/02/skos/core#notation> \"440300\"" in line for line in lines)
    part_of = "place/440000> <https://w3id.org/policy-kg/ontology#partOf> <https://w3id.org/policy-kg/id/place/CN>"
    assert any(part_of in line for line in lines)


def test_raw_value_stays_beside_the_typed_one() -> None:
    """1.50 is kept as written in valueText; the decimal is canonical 1.5."""
    text = "\n".join(graph().lines())
    assert '#valueText> "1.50"' in text
    assert '#value> "1.5"^^' in text


@pytest.mark.parametrize(
    ("given", "expected"),
    [("1.50", "1.5"), ("007", "7"), ("1e6", "1000000"), ("-0.0", "0"), ("100", "100"), ("0.001", "0.001")],
)
def test_decimals_are_canonical(given: str, expected: str) -> None:
    """The decimal written is the one Oxigraph would write."""
    written = decimal(given)
    assert written is not None and written.startswith(f'"{expected}"')
    store = pyoxigraph.Store()
    store.load(f"<a:a> <a:b> {written} .".encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert next(iter(store)).object.value == expected


@pytest.mark.parametrize("bad", ["", "若干", "NaN", "Infinity", "1e999"])
def test_what_is_no_number_gets_no_decimal(bad: str) -> None:
    """Text that is no finite number has no typed value."""
    assert decimal(bad) is None


@pytest.mark.parametrize(
    ("given", "datatype"),
    [("2023-05-06", "date"), ("2023-05", "gYearMonth"), ("2023", "gYear"), ("2025-02-30", ""), ("去年", ""), ("2023-13", "")],
)
def test_only_dates_that_exist_are_typed(given: str, datatype: str) -> None:
    """A day that no calendar has stays a string."""
    assert moment(given) == literal(given, datatype=datatype)


@pytest.mark.parametrize("bad", ["", "a b", "relative", "x:<y>", "x:\u202ey", "x:\u3000", "x:`", "x:\ud800"])
def test_bad_iris_are_refused(bad: str) -> None:
    """What is no IRI, or hides invisible characters, never reaches a file."""
    with pytest.raises(KgError):
        iri_term(bad)


def test_hostile_names_are_kept_but_for_unwritable_characters() -> None:
    """Every hostile name is in the graph; controls, surrogates and non-characters are U+FFFD."""
    rows = graph(hostile()).store.query("SELECT ?l { ?x <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }")
    labels = {row["l"].value for row in rows}
    assert {clean(name) for name in HOSTILE} <= labels
    assert not any(ch in label for label in labels for ch in "\x00\x07\x0b\x7f\ufffe\uffff")


def test_open_reads_a_build_folder_a_file_and_a_store(tmp_path: Path) -> None:
    """kg.open gives the same graph from graph.nq, from the folder and from an on-disk store."""
    from kg.stores.oxigraph import OxigraphStore

    made = graph()
    made.export("nquads", tmp_path / "out" / "graph.nq")
    store = OxigraphStore(tmp_path / "only" / "store") if (tmp_path / "only").mkdir() is None else None
    assert store is not None
    store.load(made.lines())
    store.close()
    for path in (tmp_path / "out", tmp_path / "out" / "graph.nq", tmp_path / "only"):
        assert graphs.open_graph(path).lines() == made.lines()


def test_open_says_what_is_missing_or_damaged(tmp_path: Path) -> None:
    """No graph is a usage error that names the remedy; a broken file is a damaged store."""
    with pytest.raises(UsageError, match="kg build"):
        graphs.open_graph(tmp_path)
    (tmp_path / "graph.nq").write_text("<a:b> nonsense\n")
    with pytest.raises(StoreDamagedError, match=r"graph\.nq"):
        graphs.open_graph(tmp_path)


def test_rdflib_and_length(tmp_path: Path) -> None:
    """rdflib's Dataset has as many quads as the graph, and a graph per document."""
    made = graph(extraction(), OTHER)
    dataset = made.rdflib()
    assert len(list(dataset.quads())) == len(made)
    assert len(made.documents()) == 2
    assert "2 documents" in repr(made)


def test_networkx_has_labels_types_and_evidence() -> None:
    """The MultiDiGraph carries what docs/graph.md promises: labels, types, quotes, counts, documents, stances."""
    net = graph(extraction(), OTHER).networkx()
    assert net.nodes[CITY]["label"] == "深圳市"
    assert net.nodes[CITY]["type"] == "City"
    edge = net[CITY][TOPIC]["develops"]
    # One document is the other and a sentence more: two documents, one source.
    assert edge["count"] == edge["sources"] == 1 and len(edge["documents"]) == 2
    assert edge["stance"] == "cultivates"
    assert edge["quotes"] == ("深圳市大力培育新型储能", "深圳市大力培育新型储能")


def test_a_triple_that_two_documents_state_is_one_in_queries() -> None:
    """Counts over the union of graphs count a triple once; replacing one document takes only its own triples out."""
    both = graph(extraction(), OTHER)
    count = f"SELECT (COUNT(*) AS ?n) {{ <{CITY}> <https://w3id.org/policy-kg/ontology#develops> <{TOPIC}> }}"

    def counted() -> str:
        return str(next(iter(both.store.query(count)))["n"].value)

    assert counted() == "1"
    both.remove(iri.document(OTHER.document.source.sha256))
    assert counted() == "1"
    both.remove(iri.document(extraction().document.source.sha256))
    assert counted() == "0" and len(both) == 0
    assert not both.query("ASK { ?s ?p ?o }").rows == (("true",),)
