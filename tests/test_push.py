"""What a push sends and what it says when it cannot; the servers themselves are in tests/integration."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.errors import OutputError, UsageError
from kg.graph import Graph
from kg.push import DESTINATIONS, push
from tests.graph_examples import extraction, graph, hostile


@dataclass
class Server:
    """Notes every request and answers with ``status``."""

    url: str = ""
    status: int = 204
    body: bytes = b""
    requests: list[tuple[str, str, dict[str, str], str]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            made.requests.append((self.command, self.path, dict(self.headers), self.rfile.read(length).decode("utf-8")))
            self.send_response(made.status)
            self.send_header("Content-Length", str(len(made.body)))
            self.end_headers()
            self.wfile.write(made.body)

        do_POST = do_PUT

        def log_message(self, *arguments: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        made.url = f"http://127.0.0.1:{listening.server_address[1]}/ds"
        yield made
        listening.shutdown()


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No user, password or proxy of this machine."""
    for name in ("KG_SPARQL_USER", "KG_SPARQL_PASSWORD", "KG_SPARQL_TOKEN", "NEO4J_PASSWORD", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_graph_store_protocol(server: Server) -> None:
    """One PUT for each named graph, its name as a parameter, its triples as N-Triples in UTF-8; together they are the quads."""
    made = graph(hostile(), extraction())
    seen: list[tuple[int, int, str]] = []
    push(made, "sparql", server.url + "/data?x=1", progress=lambda *step: seen.append(step))
    assert {request[0] for request in server.requests} == {"PUT"} and len(server.requests) == len(seen) == seen[-1][1]
    lines = []
    for _, path, headers, body in server.requests:
        query = parse_qs(urlsplit(path).query)
        assert query["x"] == ["1"] and headers["Content-Type"] == "application/n-triples" and "Authorization" not in headers
        lines += [f"{line[:-1]}<{query['graph'][0]}> ." for line in body.splitlines()] if "\u0085" not in body else []
    assert sorted(lines) == made.lines()


def test_update(server: Server) -> None:
    """One POST for each graph, which drops and fills it in a single request; with prune one more that names what is kept."""
    made = graph()
    push(made, "sparql", server.url + "/update", update=True, prune=True)
    *updates, pruning = [request[3] for request in server.requests]
    names = made.store.graphs()
    assert [text.partition(" ; ")[0] for text in updates] == [f"DROP SILENT GRAPH <{name}>" for name in names]
    assert all(text.count("INSERT DATA { GRAPH <") == 1 for text in updates)
    assert all(f"<{name}>" in pruning for name in names) and pruning.startswith("DELETE { GRAPH ?g")


@pytest.mark.parametrize(
    ("environment", "header"),
    [
        ({"KG_SPARQL_USER": "ann", "KG_SPARQL_PASSWORD": "密码"}, "Basic " + base64.b64encode("ann:密码".encode()).decode()),
        ({"KG_SPARQL_TOKEN": "abc"}, "Bearer abc"),
    ],
)
def test_who_asks_comes_from_the_environment(
    environment: dict[str, str], header: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """User and password as Basic, a token as Bearer."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    push(graph(), "sparql", server.url)
    assert {request[2]["Authorization"] for request in server.requests} == {header}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "set KG_SPARQL_USER"),
        (403, "set KG_SPARQL_USER"),
        (404, "/DATASET/data"),
        (405, "/DATASET/data"),
        (500, "answers 500 Internal Server Error: disk full"),
        (302, "answers 302"),
    ],
)
def test_each_refusal_has_its_words(status: int, words: str, server: Server) -> None:
    """The message names the address and what to do; it stops at the first graph, and follows no redirection with our data."""
    server.status, server.body = status, b"disk full\nat Store.java:17"
    with pytest.raises(OutputError) as caught:
        push(graph(), "sparql", server.url)
    assert words in str(caught.value) and server.url in str(caught.value) and "\n" not in str(caught.value)
    assert len(server.requests) == 1


def test_an_empty_graph_is_pushed_as_nothing(server: Server) -> None:
    """No graphs, no requests, no error."""
    assert push(Graph(), "sparql", server.url).startswith("0 named graphs") and not server.requests


@pytest.mark.parametrize(
    ("destination", "url"),
    [
        ("sparql", "ftp://host/ds"),
        ("sparql", "localhost:3030/ds"),
        ("sparql", "http://ann:secret@host/ds"),
        ("neo4j", "http://localhost:7474"),
        ("neo4j", "localhost"),
        ("neo4j", "bolt://"),
        ("neo4j", "bolt://neo4j:secret@localhost"),
        ("mongodb", "mongodb://localhost"),
    ],
)
def test_a_wrong_address_is_an_error_of_usage(destination: str, url: str) -> None:
    """Refused before anything is sent, without repeating the password."""
    with pytest.raises(UsageError) as caught:
        push(graph(), destination, url)
    assert "secret" not in str(caught.value) or destination == "mongodb"


def test_nothing_listening() -> None:
    """A closed port is said as such for both."""
    with pytest.raises(OutputError, match="no SPARQL server answers at http://127.0.0.1:1/ds: Connection refused"):
        push(graph(), "sparql", "http://127.0.0.1:1/ds")
    pytest.importorskip("neo4j")
    with pytest.raises(OutputError, match="no Neo4j answers at bolt://127.0.0.1:1"):
        push(graph(), "neo4j", "bolt://127.0.0.1:1", password="x")


def test_something_else_listening(server: Server) -> None:
    """An HTTP server is no Neo4j, and the message says which port is meant."""
    pytest.importorskip("neo4j")
    with pytest.raises(OutputError, match="7687, not 7474"):
        push(graph(), "neo4j", server.url.replace("http", "bolt").removesuffix("/ds"), password="x")


def test_a_word_for_evidence_that_is_none() -> None:
    with pytest.raises(UsageError, match="properties or nodes"):
        push(graph(), "neo4j", "bolt://127.0.0.1:1", evidence="nowhere")


def test_every_destination_is_documented() -> None:
    """The page of each destination names its command."""
    from tests.conftest import ROOT

    text = "".join((ROOT / "docs" / name).read_text("utf-8") for name in ("neo4j.md", "rdf.md"))
    assert all(f"kg push {name} " in text for name in DESTINATIONS)
