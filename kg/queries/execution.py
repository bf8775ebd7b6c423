"""Running a checked query: here, or in a process that is killed at its deadline.

Oxigraph cannot be interrupted, so a deadline means the end of a process. A store in memory is handed over by fork, one on
disk as a snapshot that the process opens for reading.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, QueryError, QueryLimitError
from kg.prefixes import SPARQL
from kg.queries.answer import Answer

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from kg.stores import Store

Row = tuple[str | None, ...]

_ORDER = re.compile(r"(DESC\()?\?(\w+)")

MEMORY = 2 << 30
"""Bytes that a query's process may take on top of the graph."""


def execute(
    store: Store, sparql: str, bindings: Sequence[Mapping[str, Any]], columns: tuple[str, ...] = (), max_rows: int | None = None
) -> Answer:
    """Rows for all bindings in the order that the query asks for; with ``columns`` each distinct row once, else as they are."""
    if len(bindings) > 1 and (joined := _joined(sparql, bindings)):
        sparql, bindings = joined, [{}]
    rows: dict[Any, Row] = {}
    shown = columns
    names: tuple[str, ...] = ()
    for binding in bindings:
        names, found = _run(store, sparql, binding)
        shown = columns or names
        places = _places(names, shown)
        for row in found:
            rows.setdefault(tuple(row[place] for place in places) if columns else len(rows), row)
            if max_rows is not None and len(rows) > max_rows:
                raise QueryLimitError(f"the answer has more than {max_rows} rows; add a LIMIT or narrow the question")
    if not columns:
        return Answer(shown, tuple(rows.values()))
    return Answer(shown, _sorted(rows, names, sparql) if len(bindings) > 1 else tuple(rows))


_WHERE = re.compile(r"\bWHERE\s*\{")


def _joined(sparql: str, bindings: Sequence[Mapping[str, Any]]) -> str | None:
    """The query with all bindings as one VALUES block, which the engine looks up a hundred times faster than one by one.

    Terms are written as the engine itself writes them, escaped; None for a query without WHERE.
    """
    where = _WHERE.search(sparql)
    if where is None:
        return None
    names = tuple(bindings[0])
    rows = " ".join(f"({' '.join(str(binding[name]) for name in names)})" for binding in bindings)
    block = f" VALUES ({' '.join('?' + name for name in names)}) {{ {rows} }}"
    return sparql[: where.end()] + block + sparql[where.end() :]


def _sorted(rows: dict[Row, Row], names: tuple[str, ...], sparql: str) -> tuple[Row, ...]:
    """The rows of several runs in the order of the query's last ORDER BY; numbers compare as numbers, unbound comes first."""
    ordered = list(rows)
    for descending, name in reversed(_ORDER.findall(sparql.rpartition("ORDER BY")[2])):
        if name in names:
            place = names.index(name)
            ordered.sort(key=lambda row: _rank(rows[row][place]), reverse=bool(descending))
    return tuple(ordered)


def _rank(text: str | None) -> tuple[int, float, str]:
    if text is None:
        return (0, 0.0, "")
    return (1, float(text), text) if re.fullmatch(r"-?\d{1,15}(\.\d+)?", text, re.ASCII) else (2, 0.0, text)


def _places(names: tuple[str, ...], shown: tuple[str, ...]) -> list[int]:
    missing = [name for name in shown if name not in names]
    if missing:
        raise QueryError(f"the query does not select {', '.join(missing)}, which its header lists under columns")
    return [names.index(name) for name in shown]


def _run(store: Store, sparql: str, binding: Mapping[str, Any]) -> tuple[tuple[str, ...], Any]:
    try:
        result = store.query(SPARQL + sparql, binding)
    except SyntaxError as error:
        raise QueryError(f"the query does not parse: {error}") from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot run: {error}") from error
    if hasattr(result, "variables"):
        names = tuple(variable.value for variable in result.variables)
        return names, (tuple(_text(solution[name]) for name in names) for solution in result)
    if hasattr(result, "__iter__"):
        found = sorted((_text(t.subject), _text(t.predicate), _text(t.object)) for t in result)
        return ("subject", "predicate", "object"), found
    return ("answer",), [("true" if result else "false",)]


def _text(term: Any) -> str | None:
    if term is None:
        return None
    return str(term.value) if hasattr(term, "value") else str(term)


def in_process(
    store: Store,
    sparql: str,
    bindings: Sequence[Mapping[str, Any]],
    columns: tuple[str, ...],
    max_rows: int | None,
    timeout: float,
) -> Answer:
    """As ``execute``, in a child that is killed after ``timeout`` seconds. Raises QueryLimitError then, or when it dies."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory(prefix="kg-query-") as folder:
        copy = store.snapshot(Path(folder) / "snapshot")
        receiver, sender = context.Pipe(duplex=False)
        job = (sparql, bindings, columns, max_rows)
        child = context.Process(target=_child, args=(sender, store, copy, job), daemon=True)
        child.start()
        sender.close()
        try:
            if not receiver.poll(timeout):
                raise QueryLimitError(f"the query was stopped after {timeout:g} seconds (longer than its limit); narrow it")
            outcome = receiver.recv()
        except EOFError:
            raise QueryLimitError("the query crashed its process (too much memory, or too deep); simplify it") from None
        finally:
            child.kill()
            child.join()
            receiver.close()
    if isinstance(outcome, KgError):
        raise outcome
    answer: Answer = outcome
    return answer


def _child(sender: Connection, store: Store, copy: Path | None, job: tuple[Any, ...]) -> None:
    _limit_memory()
    try:
        if copy is not None:
            from kg.stores.oxigraph import OxigraphStore

            store = OxigraphStore(copy, read_only=True)
        sparql, bindings, columns, max_rows = job
        sender.send(execute(store, sparql, bindings, columns, max_rows))
    except KgError as error:
        sender.send(error)
    finally:
        sender.close()


def _limit_memory() -> None:
    """Best effort: where the system knows no such limit, the deadline is the only one."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        return
