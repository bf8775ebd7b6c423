"""kg export --evidence: plain facts in Turtle, evidence as nodes for Neo4j, an error of usage where it means nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from tests.graph_examples import graph


def test_evidence_option(command: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    """none leaves quotes out of Turtle, nodes adds them to the Neo4j folder; other formats and words exit 2 and write nothing."""
    file = graph().export("nquads", tmp_path / "graph.nq")
    assert command("export", "turtle", "-g", file, "-o", "flat.ttl", "--evidence", "none").returncode == 0
    text = (tmp_path / "flat.ttl").read_text("utf-8")
    assert "kg:develops" in text and ' kg:quote "' not in text
    assert command("export", "neo4j", "-g", file, "-o", "neo4j", "--evidence", "nodes").returncode == 0
    assert (tmp_path / "neo4j" / "nodes-Evidence.csv").is_file()
    for arguments in (("gexf", "none"), ("neo4j", "none"), ("neo4j", "somewhere")):
        wrong = command("export", arguments[0], "-g", file, "-o", "wrong", "--evidence", arguments[1])
        assert wrong.returncode == 2 and wrong.stderr.count("\n") == 1
    assert not (tmp_path / "wrong").exists()
