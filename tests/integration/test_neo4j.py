"""A real Neo4j 5.26 holds what the graph holds, however it came there: pushed, by the script, or by the import tool."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kg.errors import OutputError, UsageError
from kg.exporters.neo4j import DELIMITER
from kg.graph import Graph, open_graph
from kg.property_graph import property_graph, relation_type
from kg.push import push
from tests.conftest import ROOT
from tests.graph_examples import CITY, TOPIC, extraction, graph, hostile
from tests.integration.conftest import PASSWORD, Neo4j
from tests.integration.programs import NEO4J, java, needs, server

pytestmark = [pytest.mark.integration, needs("NEO4J_CLASSPATH")]

Command = Callable[..., subprocess.CompletedProcess[str]]


@contextmanager
def session(url: str) -> Iterator[Any]:
    import neo4j

    with neo4j.GraphDatabase.driver(url, auth=("neo4j", PASSWORD)) as driver, driver.session() as opened:
        yield opened


@pytest.fixture
def database(neo4j_server: Neo4j) -> Iterator[Any]:
    """A session on the database, emptied and without its constraint and index."""
    with session(neo4j_server.url) as opened:
        opened.run("MATCH (n) DETACH DELETE n").consume()
        opened.run("DROP CONSTRAINT n10s_unique_uri IF EXISTS").consume()
        opened.run("DROP INDEX kg_label IF EXISTS").consume()
        yield opened


def everything(opened: Any) -> tuple[list[Any], list[Any]]:
    """All nodes with labels and properties, all relations with ends, type and properties, sorted."""
    nodes = [(sorted(r["l"]), r["p"]) for r in opened.run("MATCH (n) RETURN labels(n) AS l, properties(n) AS p")]
    query = "MATCH (a)-[r]->(b) RETURN a.uri AS a, type(r) AS t, b.uri AS b, properties(r) AS p"
    links = [(r["a"], r["t"], r["b"], r["p"]) for r in opened.run(query)]
    return sorted(nodes, key=lambda n: n[1]["uri"]), sorted(links, key=lambda link: link[:3])


def pushed(made: Graph, server: Neo4j, **options: Any) -> str:
    return push(made, "neo4j", server.url, password=PASSWORD, **options)


def examples() -> Graph:
    return open_graph(ROOT / "exports")


def mixed() -> Graph:
    return graph(hostile(), extraction())


COUNT_CLASSES = """SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE {
  ?thing a/rdfs:subClassOf* ?class FILTER(STRSTARTS(STR(?class), STR(kg:)) && ?class NOT IN (kg:Evidence, kg:Metric)) } GROUP BY ?class"""
COUNT_RELATIONS = """SELECT ?relation (COUNT(*) AS ?n) WHERE { { SELECT DISTINCT ?s ?relation ?o WHERE { ?s ?relation ?o
  FILTER(isIRI(?o) && ?relation NOT IN (rdf:type, rdf:subject, rdf:predicate, rdf:object, kg:evidence, kg:stance, kg:document,
    kg:metricConcept, kg:sourceGroup, rdfs:subClassOf, rdfs:subPropertyOf)) FILTER NOT EXISTS { ?relation rdfs:subPropertyOf ?wider } } } } GROUP BY ?relation"""


@pytest.mark.parametrize("source", [examples, mixed])
def test_counts_by_label_and_type_are_those_of_the_graph(
    source: Callable[[], Graph], database: Any, neo4j_server: Neo4j
) -> None:
    """SPARQL and Cypher count the same things of each class (those above it too) and the same facts of each relation."""
    made = source()
    pushed(made, neo4j_server)
    ours = {row[0].rpartition("#")[2]: int(row[1]) for row in made.query(COUNT_CLASSES)}
    query = "MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS n"
    theirs = {row["label"]: row["n"] for row in database.run(query)}
    assert theirs.pop("Resource") == len(everything(database)[0])
    theirs = {label: n for label, n in theirs.items() if label not in ("Class", "Relation")}
    assert theirs == ours and theirs["Policy"] > 1
    local = {re.split("[#/]", row[0])[-1]: int(row[1]) for row in made.query(COUNT_RELATIONS)}
    unread = int(made.query("SELECT (COUNT(*) AS ?n) WHERE { ?s a kg:UnreadNumber }").rows[0][0] or 0)
    expected = Counter({relation_type(name): n for name, n in local.items()}) + Counter({"DOCUMENT": unread})
    found = {row["t"]: row["n"] for row in database.run("MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS n")}
    assert found == dict(expected)


def test_evidence_is_on_the_relation(database: Any, neo4j_server: Neo4j) -> None:
    """深圳市 DEVELOPS 新型储能 has the quote, its place, its document and its stance."""
    pushed(graph(), neo4j_server)
    found = database.run("MATCH (:City {uri: $a})-[r:DEVELOPS]->(:Topic {uri: $b}) RETURN r", a=CITY, b=TOPIC).single()["r"]
    assert found["quotes"] == ["深圳市大力培育新型储能"] and found["count"] == 1 and found["stances"] == ["cultivates"]
    assert found["ends"][0] - found["starts"][0] == len(found["quotes"][0])
    assert found["documents"] == ["关于支持新型储能的若干措施"] and found["rules"] == ["test.rule"]


def test_a_second_push_changes_nothing(database: Any, neo4j_server: Neo4j) -> None:
    """Nothing is created the second time, and every property stays as it was; hostile names are data like any other."""
    made = mixed()
    pushed(made, neo4j_server)
    first = everything(database)
    assert "(0 and 0 of them new)" in pushed(made, neo4j_server)
    assert everything(database) == first
    labels = {node["label"] for _, node in first[0]}
    assert {"`tick`", "'; MATCH (n) DETACH DELETE n //", 'quo"te\\ and \\u0041', "line\nfeed\ttab"} <= labels


def test_what_others_added_stays(database: Any, neo4j_server: Neo4j) -> None:
    """A property, a node and a relation of the user's own survive another push, with --prune too."""
    pushed(graph(), neo4j_server)
    database.run("MATCH (c {uri: $uri}) SET c.mine = 1 CREATE (c)-[:LIKES]->(:Note {text: 'x'})", uri=CITY).consume()
    pushed(graph(), neo4j_server, prune=True)
    query = "MATCH (c {mine: 1})-[:LIKES]->(n:Note) RETURN count(*) AS n"
    assert database.run(query).single()["n"] == 1


def test_an_interrupted_push_is_resumed(database: Any, neo4j_server: Neo4j) -> None:
    """Stopped after its third batch, the next push begins with the fourth and ends with the same database."""
    made = mixed()
    pushed(made, neo4j_server, batch=20)
    whole = everything(database)
    database.run("MATCH (n) DETACH DELETE n").consume()

    def stop(done: int, total: int, what: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pushed(made, neo4j_server, batch=20, progress=stop)
    begun: list[int] = []
    pushed(made, neo4j_server, batch=20, progress=lambda done, total, what: begun.append(done))
    assert begun[0] == 4 and everything(database) == whole


def test_prune_takes_back_what_the_graph_lost(database: Any, neo4j_server: Neo4j) -> None:
    """After a document is removed, a push with prune leaves the database as a push of the smaller graph alone."""
    pushed(extraction_only(), neo4j_server)
    smaller = everything(database)
    database.run("MATCH (n) DETACH DELETE n").consume()
    pushed(mixed(), neo4j_server)
    assert ", 0 deleted" not in pushed(extraction_only(), neo4j_server, prune=True)
    assert everything(database) == smaller


def extraction_only() -> Graph:
    return graph(extraction())


def test_evidence_as_nodes(database: Any, neo4j_server: Neo4j) -> None:
    """With evidence="nodes" each evidence is a node joined to subject, object and document; there are as many as in the graph."""
    made = examples()
    pushed(made, neo4j_server, evidence="nodes")
    expected = int(made.query("SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE { ?e a kg:Evidence }").rows[0][0] or 0)
    assert database.run("MATCH (e:Evidence)-[:DOCUMENT]->(:Document) RETURN count(*) AS n").single()["n"] == expected
    query = """MATCH (a)<-[:SUBJECT]-(e:Evidence)-[:OBJECT]->(b), (a)-[r]->(b) WHERE type(r) = e.predicate
        RETURN count(e) AS n, count(CASE WHEN e.quote IN r.quotes THEN 1 END) AS same"""
    found = database.run(query).single()
    on_targets = database.run("MATCH (:Target|Incentive)-[:EVIDENCE]->(e:Evidence) RETURN count(e) AS n").single()["n"]
    assert found["n"] == found["same"] == expected - on_targets and on_targets > 0


@pytest.mark.parametrize("source", [examples, mixed, Graph])
def test_the_script_gives_what_a_push_gives(
    source: Callable[[], Graph], database: Any, neo4j_server: Neo4j, tmp_path: Path
) -> None:
    """import.cypher, run statement by statement and twice, leaves every node, relation and property as kg push does."""
    made = source()
    pushed(made, neo4j_server)
    expected = everything(database)
    database.run("MATCH (n) DETACH DELETE n").consume()
    folder = made.export("neo4j", tmp_path / "neo4j")
    for file in folder.glob("*.csv"):
        shutil.copy(file, neo4j_server.home / "import")
    script = re.sub(r"(?m)^//.*\n", "", (folder / "import.cypher").read_text())
    for statement in [*script.split(";\n"), *script.split(";\n")]:
        if statement.strip():
            database.run(statement).consume()
    assert everything(database) == expected


def test_the_import_tool_gives_what_a_push_gives(database: Any, neo4j_server: Neo4j, tmp_path: Path) -> None:
    """A server started on what neo4j-admin imported, with the command of import.sh, holds the pushed database exactly."""
    made = Graph()
    made.store.load([*examples().lines(), *mixed().lines()])
    pushed(made, neo4j_server)
    expected = everything(database)
    folder = made.export("neo4j", tmp_path / "neo4j")
    home = tmp_path / "home"
    report = imported(folder, home)
    nodes, relations = property_graph(made).size
    assert re.search(rf"\b{nodes} nodes", report) and re.search(rf"\b{relations} relationships", report)
    with server(java(neo4j_server.classpath, "Neo4jServer", home, PASSWORD), home / "server.log") as port:
        with session(f"bolt://127.0.0.1:{port}") as opened:
            assert everything(opened) == expected


def imported(folder: Path, home: Path) -> str:
    """What the import tool prints when it makes a database in ``home`` by the command of import.sh."""
    import os

    command = (
        (folder / "import.sh").read_text().partition("neo4j-admin ")[2].replace("\\\n", " ").replace("${1:-neo4j}", "neo4j")
    )
    (home / "conf").mkdir(parents=True)
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    program = java(NEO4J, "org.neo4j.cli.AdminTool", *shlex.split(command))
    result = subprocess.run(program, cwd=folder, env=environment, capture_output=True, text=True, timeout=180)
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stdout


def test_the_array_delimiter_is_in_no_text() -> None:
    """No value holds the character that parts the places of an array in the CSV files."""
    for nodes in property_graph(mixed()).nodes:
        for _, properties in nodes.rows:
            assert DELIMITER not in str(list(properties.values()))


def test_refusals_have_one_clear_line_and_a_code(database: Any, neo4j_server: Neo4j, command: Command, tmp_path: Path) -> None:
    """A wrong password and a closed port exit 6, a wrong kind of address exits 2; each says what to do, none a traceback."""
    file = graph().export("nquads", tmp_path / "graph.nq")
    wrong = command("push", "neo4j", neo4j_server.url, "-g", file, NEO4J_PASSWORD="wrong")
    assert wrong.returncode == 6 and "set NEO4J_PASSWORD" in wrong.stderr and wrong.stderr.count("\n") == 1
    closed = command("push", "neo4j", "bolt://127.0.0.1:1", "-g", file, NEO4J_PASSWORD="x")
    assert (
        closed.returncode == 6 and "no Neo4j answers at bolt://127.0.0.1:1" in closed.stderr and closed.stderr.count("\n") == 1
    )
    none = command("push", "neo4j", neo4j_server.url, "-g", file, NEO4J_PASSWORD=PASSWORD, NEO4J_DATABASE="nothere")
    assert none.returncode == 6 and "no such database" in none.stderr and none.stderr.count("\n") == 1
    good = command("push", "neo4j", neo4j_server.url, "-g", file, NEO4J_PASSWORD=PASSWORD)
    assert good.returncode == 0 and "nodes and" in good.stderr and good.stdout == "" and good.stderr.count("\n") == 1


def test_an_address_that_is_none_is_refused_before_anything_is_sent() -> None:
    """http, no scheme, a password in the address, and a word for evidence that is none are errors of usage."""
    for url in ("http://localhost:7474", "localhost", "bolt://", "bolt://neo4j:secret@localhost"):
        with pytest.raises(UsageError):
            push(graph(), "neo4j", url)
    with pytest.raises(UsageError, match="properties or nodes"):
        push(graph(), "neo4j", "bolt://127.0.0.1:1", evidence="nowhere")
    with pytest.raises(OutputError, match="no Neo4j answers"):
        push(graph(), "neo4j", "bolt://127.0.0.1:1", password="x")
