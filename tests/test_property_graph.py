"""The graph for Neo4j: labels, types, typed properties, evidence in arrays that belong together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.graph import Graph
from kg.model import Entity
from kg.property_graph import Nodes, PropertyGraph, property_graph
from tests.graph_examples import CITY, COMPANY, TOPIC, extraction, graph, hostile


def node(made: PropertyGraph, uri: str) -> tuple[Nodes, dict[str, Any]]:
    return next((group, properties) for group in made.nodes for name, properties in group.rows if name == uri)


def relation(made: PropertyGraph, kind: str, start: str, end: str) -> dict[str, Any]:
    group = next(group for group in made.relations if group.type == kind)
    return next(properties for a, b, properties in group.rows if (a, b) == (start, end))


def test_labels_are_the_class_those_above_it_and_resource() -> None:
    """深圳市 is a City and so a Place; an industry is a Topic."""
    made = property_graph(graph())
    assert node(made, CITY)[0].labels == ("City", "Place", "Resource")
    assert node(made, TOPIC)[0].labels == ("Industry", "Topic", "Resource")


def test_a_thing_of_two_classes_has_both() -> None:
    """When documents disagree, both classes are labels and types, and the thing is still one node."""
    first = extraction()
    others = tuple(replace(e, type="Organization") if e.iri == COMPANY else e for e in first.entities)
    second = replace(extraction("另一文。" + first.document.text, "b.md"), entities=others)
    group, properties = node(property_graph(graph(first, second)), COMPANY)
    assert group.labels == ("Company", "Organization", "Resource") and properties["types"] == ["Company", "Organization"]
    assert isinstance(others[0], Entity) and group.name == "Company-Organization"


def test_evidence_stands_in_arrays_of_one_length() -> None:
    """Place n of quotes, sources, starts, ends, rules and confidences is the same evidence, cut from the same text."""
    second = extraction("另一文。" + extraction().document.text, "b.md")
    found = relation(property_graph(graph(extraction(), second)), "DEVELOPS", CITY, TOPIC)
    names = ("quotes", "sources", "starts", "ends", "rules", "confidences", "stances")
    assert {len(found[name]) for name in names} == {2} and 1 <= found["count"] <= 2
    assert [end - start for start, end in zip(found["starts"], found["ends"], strict=True)] == [len(q) for q in found["quotes"]]
    assert sorted(start for start in found["starts"]) == [14, 18] and found["roles"] is None
    assert found["documents"] == ["关于支持新型储能的若干措施"]


def test_values_have_the_type_of_their_column() -> None:
    """Every value is None or what its column says, lists hold no None, and no property is missing or extra."""
    kinds: dict[str, Any] = {"string": str, "long": int, "double": float, "boolean": bool}
    made = property_graph(graph(hostile(), extraction()), evidence="nodes")
    rows = [(g.columns, p) for g in made.nodes for _, p in g.rows]
    rows += [(g.columns, p) for g in made.relations for _, _, p in g.rows]
    for columns, properties in rows:
        assert properties.keys() == columns.keys()
        for name, value in properties.items():
            kind = columns[name]
            if kind.endswith("[]"):
                assert value is None or (value and all(type(item) is kinds[kind[:-2]] for item in value))
            else:
                assert value is None or type(value) is kinds[kind]


def test_no_node_and_no_relation_is_there_twice() -> None:
    """A uri is in one group only, and the ends of every relation are nodes."""
    made = property_graph(graph(hostile(), extraction()), evidence="nodes")
    uris = [uri for group in made.nodes for uri, _ in group.rows]
    links = [(group.type, a, b) for group in made.relations for a, b, _ in group.rows]
    assert len(set(uris)) == len(uris) and len(set(links)) == len(links)
    assert {end for _, a, b in links for end in (a, b)} <= set(uris)
    assert made.size == (len(uris), len(links))


def test_an_empty_graph_is_empty() -> None:
    assert property_graph(Graph()) == PropertyGraph((), ())


@pytest.mark.parametrize(("kind", "name"), [("Class", "City"), ("Relation", "develops")])
def test_classes_and_relations_bring_their_names(kind: str, name: str) -> None:
    """The words for them in both languages, and the relation type under which a relation is found."""
    group = next(group for group in property_graph(graph()).nodes if group.name == kind)
    found = next(properties for _, properties in group.rows if properties["name"] == name)
    assert found["label"] and found["labelEn"] and found["type"] == ("DEVELOPS" if name == "develops" else None)
