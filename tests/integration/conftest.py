"""Servers that several test files share: one of each in a run."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.integration.programs import JENA, NEO4J, compiled, java, server

PASSWORD = "only-for-tests-1"


@dataclass(frozen=True)
class Neo4j:
    url: str
    home: Path
    classpath: str


@pytest.fixture(scope="session")
def neo4j_classpath(tmp_path_factory: pytest.TempPathFactory) -> str:
    assert NEO4J, "set NEO4J_CLASSPATH: the jars of tests/integration/neo4j.xml"
    return compiled("Neo4jServer", NEO4J, tmp_path_factory.mktemp("classes"))


@pytest.fixture(scope="session")
def neo4j_server(neo4j_classpath: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """A Neo4j 5.26 with an empty database, reachable over Bolt by user neo4j with PASSWORD."""
    home = tmp_path_factory.mktemp("neo4j")
    (home / "import").mkdir()
    command = java(neo4j_classpath, "Neo4jServer", home, PASSWORD)
    with server(command, home / "server.log") as port:
        yield Neo4j(f"bolt://127.0.0.1:{port}", home, neo4j_classpath)


@dataclass(frozen=True)
class Jena:
    """One JVM with Fuseki and, by lines on its standard input, Jena's parsers, query engine and SHACL."""

    url: str
    process: subprocess.Popen[bytes]

    def say(self, *words: object) -> Any:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write("\t".join(map(str, words)).encode() + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@pytest.fixture(scope="session")
def jena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jena]:
    """Apache Jena 5.6; the dataset /open takes everything, /locked only user writer with PASSWORD."""
    assert JENA, "set JENA_CLASSPATH: the jars of tests/integration/jena.xml"
    folder = tmp_path_factory.mktemp("jena")
    (folder / "passwords").write_text(f"writer: {PASSWORD}\n")
    command = java(compiled("Jena", JENA, folder), "Jena", folder / "passwords")
    with (folder / "log").open("wb") as log:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log) as process:
            assert process.stdout is not None and process.stdin is not None
            port = process.stdout.readline().split()
            assert port, (folder / "log").read_text()[-2000:]
            yield Jena(f"http://127.0.0.1:{int(port[1])}", process)
            process.stdin.close()
