"""Neo4j takes the folder. Set NEO4J_CLASSPATH to the jars of org.neo4j:neo4j-import-tool and neo4j-command-line 5.26."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.graph_examples import extraction, graph, hostile

CLASSPATH = os.environ.get("NEO4J_CLASSPATH", "")
OPENS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.lang", "sun.nio.ch")]
pytestmark = [
    pytest.mark.integration,
    # Where integration is required, a missing part fails the test instead of skipping it.
    pytest.mark.skipif(
        os.environ.get("KG_REQUIRE_INTEGRATION") != "1" and (not CLASSPATH or shutil.which("java") is None),
        reason="needs Java 17 and NEO4J_CLASSPATH",
    ),
]


def test_the_import_tool_takes_every_node_and_relation(tmp_path: Path) -> None:
    """The command of import.sh, run with Neo4j's tool, imports as many nodes and relations as the graph has, hostile names too."""
    made = graph(hostile(), extraction())
    folder = made.export("neo4j", tmp_path / "neo4j")
    command = (folder / "import.sh").read_text().partition("neo4j-admin ")[2].replace("\\\n", " ").replace("${1:-neo4j}", "neo4j")
    home = tmp_path / "home"
    (home / "conf").mkdir(parents=True)
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    java = ["java", "-Xmx1g", *OPENS, f"-Dbasedir={home}", "-cp", CLASSPATH, "org.neo4j.cli.AdminTool", *shlex.split(command)]
    result = subprocess.run(java, cwd=folder, env=environment, capture_output=True, text=True, timeout=180)
    assert result.returncode == 0, result.stderr[-2000:]
    counts = dict(re.findall(r"(\d+) (nodes|relationships)", result.stdout)[i][::-1] for i in range(2))
    net = made.network()
    assert counts == {"nodes": str(len(net.nodes)), "relationships": str(len(net.edges))}
