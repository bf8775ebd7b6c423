"""Each named question in Cypher gives, on a real Neo4j, the rows that its SPARQL gives on the graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from kg import queries
from kg.graph import Graph, open_graph
from kg.push import push
from tests.conftest import ROOT
from tests.graph_examples import extraction, graph, hostile
from tests.integration.conftest import PASSWORD, Neo4j
from tests.integration.programs import needs
from tests.integration.test_neo4j import session

pytestmark = [pytest.mark.integration, needs("NEO4J_CLASSPATH")]

CASES: dict[str, list[dict[str, str]]] = {
    "chain": [{"topic": "新型储能"}, {"topic": "新型显示"}, {"topic": "LED照明"}],
    "evidence-of": [{"thing": "深圳市"}, {"thing": "新型储能"}, {"thing": "福田区"}],
    "place-targets": [{"place": "四川省"}, {"place": "深圳市"}, {"place": "Sichuan"}],
    "place-targets-by-year": [{"place": "四川省", "year": "2025"}, {"place": "深圳市", "year": "2025"}],
    "places-developing-same": [{"place": "深圳市"}, {"place": "成都市"}],
    "policies-of-place": [{"place": "广东省"}, {"place": "四川省"}],
    "policy-basis": [{}, {"policy": "关于支持新型储能的若干措施"}],
    "projects-in-place": [{"place": "广东省"}, {"place": "深圳市"}],
    "responsibilities": [{}, {"agency": "深圳市发展和改革委员会"}, {"task": "壮大储能产业"}],
    "targets-by-topic": [{"topic": "新型储能"}, {"topic": "新型显示"}, {"topic": "电子信息"}],
    "topics-of-place": [{"place": "四川省"}, {"place": "深圳市"}],
    "who-promotes": [{"topic": "新型显示"}, {"topic": "储能"}, {"topic": "https://w3id.org/policy-kg/id/topic/新型储能"}],
}
"""Parameters of the questions that have some; the others are asked as they are."""


@pytest.fixture(scope="module")
def both(neo4j_server: Neo4j) -> Iterator[tuple[Graph, Any]]:
    """A graph of the examples, a written document and a hostile one; a session on a database that holds the same."""
    made = Graph()
    made.store.load([*open_graph(ROOT / "exports").lines(), *graph(hostile(), extraction()).lines()])
    with session(neo4j_server.url) as opened:
        opened.run("MATCH (n) DETACH DELETE n").consume()
        push(made, "neo4j", neo4j_server.url, password=PASSWORD)
        yield made, opened


def text(value: Any) -> str | None:
    """A value of the driver as SPARQL's answer writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def key(row: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple("" if cell is None else "x" + cell for cell in row)


@pytest.mark.parametrize("name", queries.names())
def test_cypher_gives_the_rows_of_sparql(name: str, both: tuple[Graph, Any]) -> None:
    """Same columns, same rows, each as often; at least one row for one of the parameters, so that something is compared."""
    made, opened = both
    found = 0
    for given in CASES.get(name, [{}]):
        expected = made.query(name, **given)
        parameters = {parameter.name: given.get(parameter.name) for parameter in queries.question(name).parameters}
        body = "\n".join(line for line in queries.cypher(name).split("\n") if not line.startswith((":param", "//")))
        result = opened.run(body, parameters)
        assert tuple(result.keys()) == expected.columns
        rows = [tuple(text(value) for value in record.values()) for record in result]
        assert sorted(rows, key=key) == sorted(expected.rows, key=key)
        assert not [s for s in result.consume().gql_status_objects if s.raw_classification == "DEPRECATION"]
        found += len(rows)
    assert found


def test_the_examples_of_the_docs_run(both: tuple[Graph, Any]) -> None:
    """Each statement shown in docs/neo4j.md finds something."""
    blocks = re.findall(r"```cypher\n(.*?)```", (ROOT / "docs" / "neo4j.md").read_text("utf-8"), re.DOTALL)
    statements = [statement for block in blocks for statement in block.split(";\n") if statement.strip()]
    assert len(statements) >= 3
    for statement in statements:
        assert list(both[1].run(statement)), statement
