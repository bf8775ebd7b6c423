"""The published JSON-LD context: current, complete, and another way to write the same quads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph

from kg import iri
from kg.exporters.context import context
from kg.terms import SKOS, XSD
from tests.conftest import ROOT
from tests.graph_examples import CITY, TOPIC, graph

FILE = ROOT / "ontology" / "context.jsonld"


def quads(document: Any) -> set[str]:
    data = json.dumps(document, ensure_ascii=False).encode()
    return {str(quad) for quad in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.JSON_LD)}


def test_the_file_is_current() -> None:
    """It is what the ontology says now; if not: python -m kg.exporters.context > ontology/context.jsonld."""
    assert json.loads(FILE.read_text("utf-8")) == context()


def test_a_plain_document_means_the_graphs_statements() -> None:
    """Names, values, links and texts in two languages become the IRIs, types and languages that the graph uses."""
    document = context() | {
        "@id": CITY, "@type": "City", "prefLabel": {"zh": "深圳市", "en": "Shenzhen"}, "develops": TOPIC, "year": "2025", "value": "1.5",
    }  # fmt: skip
    assert quads(document) == {
        f"<{CITY}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{iri.term('City')}>",
        f'<{CITY}> <{SKOS}prefLabel> "深圳市"@zh',
        f'<{CITY}> <{SKOS}prefLabel> "Shenzhen"@en',
        f"<{CITY}> <{iri.term('develops')}> <{TOPIC}>",
        f'<{CITY}> <{iri.term("year")}> "2025"^^<{XSD}gYear>',
        f'<{CITY}> <{iri.term("value")}> "1.5"^^<{XSD}decimal>',
    }


def test_our_export_reads_the_same_with_it(tmp_path: Path) -> None:
    """The published context in place of the one inside changes no quad."""
    made = graph()
    document = json.loads(made.export("jsonld", tmp_path / "graph.jsonld").read_text("utf-8"))
    assert quads(document | context()) == quads(document) == {str(quad) for quad in made.store.quads()}
