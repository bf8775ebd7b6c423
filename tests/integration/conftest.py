"""Servers that several test files share: one of each in a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.programs import NEO4J, compiled, java, server

PASSWORD = "only-for-tests-1"


@dataclass(frozen=True)
class Neo4j:
    url: str
    home: Path
    classpath: str


@pytest.fixture(scope="session")
def neo4j_classpath(tmp_path_factory: pytest.TempPathFactory) -> str:
    assert NEO4J, "set NEO4J_CLASSPATH: the jars of tests/integration/pom.xml"
    return compiled("Neo4jServer", NEO4J, tmp_path_factory.mktemp("classes"))


@pytest.fixture(scope="session")
def neo4j_server(neo4j_classpath: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """A Neo4j 5.26 with an empty database, reachable over Bolt by user neo4j with PASSWORD."""
    home = tmp_path_factory.mktemp("neo4j")
    (home / "import").mkdir()
    command = java(neo4j_classpath, "Neo4jServer", home, PASSWORD)
    with server(command, home / "server.log") as port:
        yield Neo4j(f"bolt://127.0.0.1:{port}", home, neo4j_classpath)
