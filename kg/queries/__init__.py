"""Named questions (the ``.rq`` files of this folder) and the runner for them and for any SPARQL.

To add a question: write ``queries/<name>.rq`` with the header that docs/queries.md describes. Parameters are terms: one is bound, several
are written as the engine writes terms, so no label can change a query.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError, UsageError
from kg.queries.answer import Answer
from kg.queries.guard import check

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["Answer", "Parameter", "Question", "check", "cypher", "names", "question", "run"]

_HEADER = re.compile(r"#\s*(title-zh|title-en|columns|param)\b\s*:?\s*(.+)")
_PARAMETER = re.compile(r"(\w+):\s*(label|year|text)(?:\s+(?!required\b)(\w+\+?))?(?:\s+(required))?\s*(?:\|\s*(.*))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of the question that a user may bind.

    ``kind`` is label (a name, alias or IRI of a thing of class ``of``), year or text; ``below`` takes in what lies below the
    thing (the districts of a city). An optional one that is not given leaves the variable free.
    """

    name: str
    kind: str
    of: str
    below: bool
    required: bool
    help: str


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its titles, its parameters and the columns it shows (all, when it names none)."""

    name: str
    title_zh: str
    title_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    sparql: str


def names() -> tuple[str, ...]:
    """The named questions, sorted."""
    return tuple(sorted(file.stem for file in Path(__file__).parent.glob("*.rq")))


@lru_cache(maxsize=64)
def question(name: str) -> Question:
    """The question called ``name``, or that of an ``.rq`` file's path. Raises UsageError that names near ones."""
    file = Path(name) if name.endswith(".rq") else Path(__file__).parent / f"{name}.rq"
    if not file.is_file() or (not name.endswith(".rq") and name not in names()):
        from difflib import get_close_matches

        near = get_close_matches(name, names(), n=3)
        hint = f"did you mean {', '.join(near)}" if near else f"there are: {', '.join(names())}"
        raise UsageError(f"no question {name!r}; {hint}")
    return _parse(file.stem, file.read_text("utf-8"))


def cypher(name: str) -> str:
    """The named question in Cypher, for a database that ``kg push neo4j`` filled; same columns and rows as its SPARQL.

    Its head says what it asks and how its parameters are set in cypher-shell and Neo4j's browser.
    """
    known = question(name)
    head = [f"// {known.title_zh} / {known.title_en}"]
    head += [f":param {p.name} => {'...' if p.required else 'null'}; // {p.help}" for p in known.parameters]
    return "\n".join(head) + "\n" + (Path(__file__).parent / "cypher" / f"{known.name}.cypher").read_text("utf-8")


def _parse(name: str, text: str) -> Question:
    head: dict[str, str] = {}
    parameters = []
    for key, value in _HEADER.findall(text):
        if key != "param":
            head[key] = value.strip()
        elif match := _PARAMETER.fullmatch(value.strip()):
            given, kind, of, required, help_text = match.groups()
            parameters.append(_parameter(given, kind, of or "", bool(required), help_text or ""))
        else:
            raise QueryError(f"{name}.rq: cannot read the parameter {value!r}; write 'name: label Class required | help'")
    columns = tuple(c.strip() for c in head.get("columns", "").split(",") if c.strip())
    return Question(name, head.get("title-zh", name), head.get("title-en", name), tuple(parameters), columns, text)


def _parameter(name: str, kind: str, of: str, required: bool, help_text: str) -> Parameter:
    return Parameter(name, kind, of.removesuffix("+"), of.endswith("+"), required, help_text)


def run(
    graph: Graph,
    asked: str,
    parameters: Mapping[str, str] | None = None,
    *,
    timeout: float | None = None,
    max_rows: int | None = None,
) -> Answer:
    """Answer ``asked``: a named question, the path of an ``.rq`` file, or SPARQL (the usual prefixes are declared).

    ``timeout`` in seconds runs it in a process that is killed at the deadline; ``max_rows`` refuses a longer answer.
    Raises QueryError for SPARQL that does not parse or is not allowed, UsageError for a wrong parameter, QueryLimitError when
    a limit stops it. An answer is whole or an error.
    """
    given = {key: value for key, value in (parameters or {}).items() if value not in (None, "")}
    if re.search(r"[{\s]", asked) and not asked.endswith(".rq"):
        check(asked)
        return _execute(graph, asked, [{name: _plain(value) for name, value in given.items()}], (), timeout, max_rows)
    known = question(asked)
    check(known.sparql)
    return _execute(graph, known.sparql, _bindings(graph, known, given), known.columns, timeout, max_rows)


def _bindings(graph: Graph, known: Question, given: Mapping[str, str]) -> list[dict[str, Any]]:
    """One binding per combination of things that the given names may stand for."""
    allowed = {parameter.name for parameter in known.parameters}
    for name in given:
        if name not in allowed:
            raise UsageError(f"{known.name} has no parameter {name!r}; it has: {', '.join(sorted(allowed)) or 'none'}")
    terms: dict[str, list[Any]] = {}
    for parameter in known.parameters:
        if parameter.name in given:
            terms[parameter.name] = _terms(graph, parameter, given[parameter.name])
        elif parameter.required:
            raise UsageError(f"{known.name} needs the parameter {parameter.name} ({parameter.help})")
    return [dict(zip(terms, values, strict=True)) for values in product(*terms.values())]


def _terms(graph: Graph, parameter: Parameter, value: str) -> list[Any]:
    import pyoxigraph

    from kg.queries.labels import resolve, with_those_below
    from kg.terms import XSD, clean

    if parameter.kind == "label":
        found = resolve(graph, value, parameter.of)
        return [pyoxigraph.NamedNode(name) for name in (with_those_below(graph, found) if parameter.below else found)]
    if parameter.kind == "year":
        if not re.fullmatch(r"\d{4}", value, re.ASCII):
            raise UsageError(f"{parameter.name} must be a year of four digits, not {value!r}")
        return [pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(XSD + "gYear"))]
    return [pyoxigraph.Literal(clean(value))]


def _plain(value: str) -> Any:
    """A parameter of free SPARQL: an http(s) IRI, else a Chinese label."""
    import pyoxigraph

    from kg.terms import clean, is_iri

    if value.startswith(("http://", "https://")) and is_iri(value):
        return pyoxigraph.NamedNode(value)
    return pyoxigraph.Literal(clean(value), language="zh")


def _execute(
    graph: Graph,
    sparql: str,
    bindings: list[dict[str, Any]],
    columns: tuple[str, ...],
    timeout: float | None,
    max_rows: int | None,
) -> Answer:
    from kg.queries import execution

    if timeout is None:
        return execution.execute(graph.store, sparql, bindings, columns, max_rows)
    return execution.in_process(graph.store, sparql, bindings, columns, max_rows, timeout)
