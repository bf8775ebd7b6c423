"""GEXF holds to the format's rules: structure and types, every reference, time spans, places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kg.graph import Graph, open_graph
from tests.conftest import ROOT
from tests.graph_examples import CITY, TOPIC, extraction, graph, hostile

GRAPHS: dict[str, Any] = {
    "sample": graph, "hostile": lambda: graph(hostile(), extraction()), "empty": Graph, "examples": lambda: open_graph(ROOT / "exports")
}  # fmt: skip
NS = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
PARSE: dict[str, Any] = {
    "string": str,
    "long": int,
    "integer": int,
    "double": float,
    "boolean": {"true": 1, "false": 0}.__getitem__,
}


def root(made: Graph, folder: Path, **options: Any) -> Any:
    return etree.parse(str(made.export("gexf", folder / "g.gexf", **options))).getroot()


@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_structure_and_types_are_those_of_the_format(name: str, tmp_path: Path) -> None:
    """The file satisfies gexf.rng, our statement of the format's rules for what we write."""
    schema = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "gexf.rng")))
    schema.assertValid(root(GRAPHS[name](), tmp_path))


@pytest.mark.parametrize("change", ["start", "weight", "color", "order"])
def test_the_rules_are_not_blind(change: str, tmp_path: Path) -> None:
    """A bad date, a weight of nothing, a color out of range and a wrong order of elements are each refused."""
    schema = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "gexf.rng")))
    found = root(graph(), tmp_path)
    if change == "start":
        found.find(".//g:node[@start]", NS).set("start", "2023-02-30")
    elif change == "weight":
        found.find(".//g:edge", NS).set("weight", "0")
    elif change == "color":
        found.find(".//viz:color", NS).set("r", "256")
    else:
        node = found.find(".//g:node", NS)
        node.append(node.find("g:attvalues", NS))
    assert not schema.validate(found)


@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_every_reference_and_value_holds(name: str, tmp_path: Path) -> None:
    """Ids are unique, edges end in nodes, values belong to declared columns of their element and parse as their type."""
    found = root(GRAPHS[name](), tmp_path)
    ids = [node.get("id") for node in found.iterfind(".//g:node", NS)]
    numbers = [edge.get("id") for edge in found.iterfind(".//g:edge", NS)]
    assert len(set(ids)) == len(ids) == int(found.find(".//g:nodes", NS).get("count"))
    assert len(set(numbers)) == len(numbers) == int(found.find(".//g:edges", NS).get("count"))
    assert {edge.get(end) for edge in found.iterfind(".//g:edge", NS) for end in ("source", "target")} <= set(ids)
    for kind in ("node", "edge"):
        columns = {a.get("id"): a for a in found.iterfind(f".//g:attributes[@class='{kind}']/g:attribute", NS)}
        for value in found.iterfind(f".//g:{kind}/g:attvalues/g:attvalue", NS):
            column = columns[value.get("for")]
            PARSE[column.get("type")](value.get("value"))
            assert (column.getparent().get("mode") == "dynamic") == (value.get("start") is not None)


@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_spans_are_in_order_and_an_edge_is_not_older_than_its_ends(name: str, tmp_path: Path) -> None:
    """No span ends before it begins; a node that has a beginning is there when its edges begin (a figure of the past excepted)."""
    found = root(GRAPHS[name](), tmp_path)
    spans = {node.get("id"): (node.get("start", ""), node.get("end", "9999")) for node in found.iterfind(".//g:node", NS)}
    assert all(start <= end for start, end in spans.values())
    for edge in found.iterfind(".//g:edge[@start]", NS):
        for end in ("source", "target"):
            assert "/target/" in edge.get(end) or spans[edge.get(end)][0] <= edge.get("start")


def test_years_are_time(tmp_path: Path) -> None:
    """An edge begins with its document, counts its evidence from then, and the target runs from there to the end of its year."""
    made = graph()
    found = root(made, tmp_path)
    assert found.find("g:graph", NS).get("mode") == "dynamic"
    edge = found.find(f".//g:edge[@source='{CITY}'][@target='{TOPIC}']", NS)
    assert edge.get("start") == "2023-05-06" and edge.get("end") is None
    growth = edge.find(".//g:attvalue[@for='evidence']", NS)
    assert (growth.get("value"), growth.get("start"), growth.get("end")) == ("1", "2023-05-06", None)
    target = next(node for node in found.iterfind(".//g:node", NS) if "/target/" in node.get("id"))
    assert (target.get("start"), target.get("end")) == ("2023-05-06", "2025-12-31")


def test_an_undated_graph_is_static(tmp_path: Path) -> None:
    """Without dates of issue and targets with a year, nothing pretends to be dynamic."""
    made = Graph()
    made.store.load(line for line in graph().lines() if "dc/terms/issued" not in line and "#year>" not in line)
    found = root(made, tmp_path)
    assert found.find("g:graph", NS).get("mode") == "static"
    assert not found.findall(".//*[@start]") and not found.findall(".//g:attvalue[@for='evidence']", NS)


def test_places_are_fixed_apart_and_can_be_left_out(tmp_path: Path) -> None:
    """No two nodes share a place, the same graph gives the same places, and positions=False writes none."""
    found = root(graph(), tmp_path)
    places = [(p.get("x"), p.get("y")) for p in found.iterfind(".//viz:position", NS)]
    assert len(set(places)) == len(places) == len(found.findall(".//g:node", NS))
    assert places == [(p.get("x"), p.get("y")) for p in root(graph(), tmp_path).iterfind(".//viz:position", NS)]
    assert not root(graph(), tmp_path, positions=False).findall(".//viz:position", NS)
