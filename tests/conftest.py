"""What several test files share: where things are, the command run in this process, and the evaluation data."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SERVERS = {"test_neo4j": "neo4j", "test_neo4j_cookbook": "neo4j", "test_jena": "jena", "test_push_sparql": "jena"}
"""Test file -> the server that it starts once for all its tests."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With several workers, all tests of one server, or of one file of integration, go to one of them; the others go to any.

    pytest-xdist's own groups (``--dist loadgroup``) find no test with pytest 9.2.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = Path(nodeid.partition("::")[0])
            return SERVERS.get(file.stem, file.stem if file.parent.name == "integration" else nodeid)

    return Scheduling(config, log)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def examples() -> Path:
    return ROOT / "examples"


@pytest.fixture(scope="session")
def evaluation_data() -> Path:
    """The folder of further annotated documents (with ``dev/`` in it) that KG_EVALUATION names; skips where it is not set."""
    folder = os.environ.get("KG_EVALUATION")
    if not folder:
        pytest.skip("KG_EVALUATION names no folder of annotated documents")
    return Path(folder)


@pytest.fixture
def command(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Run ``kg`` as a user does: a process of its own, with its own exit code, stdout and stderr."""

    def run(*arguments: object, timeout: float = 60, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kg", *(str(a) for a in arguments)],
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            timeout=timeout,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )

    return run
