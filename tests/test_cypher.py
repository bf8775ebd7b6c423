"""The named questions in Cypher: there for each, with the columns of its SPARQL, parameters only as parameters."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from kg import queries
from kg.errors import UsageError

FOLDER = Path(queries.__file__).parent / "cypher"


def test_every_question_has_its_twin() -> None:
    """One .cypher file for each .rq file, and no other."""
    assert tuple(sorted(file.stem for file in FOLDER.glob("*.cypher"))) == queries.names()


@pytest.mark.parametrize("name", queries.names())
def test_a_twin_returns_the_same_columns_and_uses_the_same_parameters(name: str) -> None:
    """What stands after AS in the last RETURN is the columns; each $name is a parameter of the question, and each is used."""
    known = queries.question(name)
    body = (FOLDER / f"{name}.cypher").read_text("utf-8")
    returned = body.rpartition("RETURN ")[2].partition("\nORDER BY")[0]
    while (inner := re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", returned)) != returned:
        returned = inner
    assert tuple(re.split(r"\sAS\s|\s", part.strip())[-1] for part in returned.split(",")) == known.columns
    assert set(re.findall(r"\$(\w+)", body)) == {parameter.name for parameter in known.parameters}


def test_the_command_prints_it(command: Callable[..., CompletedProcess[str]]) -> None:
    """kg query NAME --cypher needs no graph: title, parameters, statement on stdout."""
    result = command("query", "place-targets-by-year", "--cypher")
    assert result.returncode == 0 and result.stdout == queries.cypher("place-targets-by-year")
    assert result.stdout.startswith("// 某地") and ":param year => ...;" in result.stdout and "MATCH" in result.stdout
    assert command("query", "no-such-question", "--cypher").returncode == 2


def test_an_unknown_name_is_refused() -> None:
    """As for SPARQL, the error names what exists."""
    with pytest.raises(UsageError, match="who-promotes"):
        queries.cypher("who-promote")
