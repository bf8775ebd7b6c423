"""Graph -> files. Each file is written whole or not at all, and the same graph gives the same bytes.

To add a format: write ``exporters/<format>.py`` with ``write(graph, file, *, ...)``, where ``file`` is open for bytes, and add
one line to ``EXPORTERS`` and its file name to ``FILES``. A format that is a folder (name ending in ``/``) gets the path of an
empty folder instead of a file.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.errors import OutputError, UsageError

if TYPE_CHECKING:
    from kg.graph import Graph

EXPORTERS = {
    "nquads": "kg.exporters.nquads:write",
    "ntriples": "kg.exporters.ntriples:write",
    "turtle": "kg.exporters.turtle:write",
    "trig": "kg.exporters.trig:write",
    "jsonld": "kg.exporters.jsonld:write",
    "rdfxml": "kg.exporters.rdfxml:write",
    "graphml": "kg.exporters.graphml:write",
    "gexf": "kg.exporters.gexf:write",
    "neo4j": "kg.exporters.neo4j:write",
    "csv": "kg.exporters.csv:write",
    "csvw": "kg.exporters.csvw:write",
    "xlsx": "kg.exporters.xlsx:write",
    "html": "kg.exporters.html:write",
    "webgl": "kg.exporters.webgl:write",
}

FILES = {
    "nquads": "graph.nq",
    "ntriples": "graph.nt",
    "turtle": "graph.ttl",
    "trig": "graph.trig",
    "jsonld": "graph.jsonld",
    "rdfxml": "graph.rdf",
    "graphml": "graph.graphml",
    "gexf": "graph.gexf",
    "neo4j": "neo4j/",
    "csv": "targets.csv",
    "csvw": "csvw/",
    "xlsx": "targets.xlsx",
    "html": "graph.html",
    "webgl": "graph-webgl.html",
}
"""Name of each format's output in a build folder; a trailing slash marks a folder."""

DEFAULT = ("nquads", "turtle", "jsonld", "graphml", "gexf", "neo4j", "csv", "xlsx", "html")
"""What a build writes when no format is asked for."""

_ALIASES = {
    "nq": "nquads",
    "nt": "ntriples",
    "ttl": "turtle",
    "json-ld": "jsonld",
    "rdf": "rdfxml",
    "xml": "rdfxml",
    "excel": "xlsx",
}


def export(graph: Graph, format: str, path: str | Path, **options: Any) -> Path:
    """Write ``graph`` in ``format`` to ``path`` and return the path.

    Raises UsageError for an unknown format or option, OutputError when the output cannot be written; the old file then
    stays as it was.
    """
    name = check(format)
    write = _writer(name)
    target = Path(path)
    place = atomic_folder if FILES[name].endswith("/") else atomic
    with place(target) as output:
        write(graph, output, **_known(write, name, options))
    return target


def check(format: str) -> str:
    """The format's own name for it or its alias. Raises UsageError for one that is not there."""
    name = _ALIASES.get(format, format)
    if name not in EXPORTERS:
        raise UsageError(f"no format {format!r}; there are: {', '.join(sorted(EXPORTERS))}")
    return name


def options(format: str) -> list[str]:
    """Names of the options that ``export`` takes for ``format``."""
    from inspect import signature

    return list(signature(_writer(check(format))).parameters)[2:]


def _writer(name: str) -> Any:
    module, function = EXPORTERS[name].split(":")
    return getattr(import_module(module), function)


def export_all(graph: Graph, folder: str | Path, formats: Sequence[str] | None = None) -> list[Path]:
    """Write ``formats`` (default: ``DEFAULT``) into ``folder`` under their usual names; ``graph.nq`` is always among them."""
    asked = DEFAULT if formats is None else [check(name) for name in formats]
    wanted = dict.fromkeys(("nquads", *asked))
    return [export(graph, name, Path(folder) / FILES[name]) for name in wanted]


def _known(write: Any, name: str, options: dict[str, Any]) -> dict[str, Any]:
    from inspect import signature

    allowed = list(signature(write).parameters)[2:]
    for option in options:
        if option not in allowed:
            raise UsageError(f"format {name} has no option {option!r}; it has: {', '.join(allowed) or 'none'}")
    return options


@contextmanager
def atomic(path: str | Path) -> Iterator[IO[bytes]]:
    """A file open for bytes that becomes ``path`` when the block ends well; a kill or a full disk leaves the old one.

    Raises OutputError when it cannot be written.
    """
    target = Path(path)
    temporary = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise OutputError(f"{target} is a folder; give a file name")
        descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror or error}") from error
    finally:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


@contextmanager
def atomic_folder(path: str | Path) -> Iterator[Path]:
    """An empty folder that takes the place of ``path`` when the block ends well.

    Refuses to replace a folder that an export did not make (one that holds none of ``_SIGNS``).
    """
    target = Path(path)
    if target.exists() and not _is_ours(target):
        raise OutputError(f"{target} exists and is no earlier export; give a new or empty folder")
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
        yield temporary
        os.chmod(temporary, 0o777 & ~_umask())
        if target.exists():
            old = temporary.with_suffix(".old")
            os.replace(target, old)
            os.replace(temporary, target)
            shutil.rmtree(old)
        else:
            os.replace(temporary, target)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror or error}") from error
    finally:
        if temporary and temporary.exists():
            shutil.rmtree(temporary, ignore_errors=True)


_SIGNS = ("import.cypher", "targets.csv-metadata.json")
"""A file that each format which is a folder has."""


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and (not any(folder.iterdir()) or any((folder / name).is_file() for name in _SIGNS))


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
