"""Java programs of this folder: compiled once a run, started as servers that stop with the test."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NEO4J = os.environ.get("NEO4J_CLASSPATH", "")
JENA = os.environ.get("JENA_CLASSPATH", "")
REQUIRED = os.environ.get("KG_REQUIRE_INTEGRATION") == "1"
"""Where integration is required, a missing part fails the test instead of skipping it."""
_OPENS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.lang", "sun.nio.ch")]


def needs(variable: str) -> pytest.MarkDecorator:
    """Skip, with the reason, where Java or the program's jars are missing; never where integration is required."""
    missing = not os.environ.get(variable) or shutil.which("java") is None
    return pytest.mark.skipif(missing and not REQUIRED, reason=f"needs Java 17 and {variable} (.ci/run sets it)")


def java(classpath: str, main: str, *arguments: object, memory: str = "1g") -> list[str]:
    options = [
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        f"-Xmx{memory}",
        "-Dfile.encoding=UTF-8",
        "-Dstdout.encoding=UTF-8",
    ]
    return ["java", *options, *_OPENS, "-cp", classpath, main, *map(str, arguments)]


def compiled(name: str, classpath: str, folder: Path) -> str:
    """The classpath with the class of ``name``.java, compiled into ``folder``."""
    command = ["javac", "-encoding", "UTF-8", "-cp", classpath, "-d", str(folder), str(HERE / f"{name}.java")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return os.pathsep.join((str(folder), classpath))


@contextmanager
def server(command: list[str], log: Path, *, timeout: float = 120) -> Iterator[int]:
    """Start a program that prints "port N" and stops when its input ends; gives the port."""
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        killer = threading.Timer(timeout, process.kill)
        killer.start()
        assert process.stdout is not None
        port = next((int(line.split()[1]) for line in process.stdout if line.startswith(b"port ")), 0)
        killer.cancel()
        assert port, log.read_text(errors="replace")[-2000:]
        drain = threading.Thread(target=process.stdout.read, daemon=True)
        drain.start()
        try:
            yield port
        finally:
            process.communicate(timeout=60)
