"""What is refused before the engine sees a query: outbound requests, and text that would crash or stall it.

Oxigraph follows SERVICE and LOAD to any address, dies of deep nesting (a stack overflow, no exception) and has no time
limit. Comments, strings and IRIs are set aside first, so a label that says SERVICE is no reason to refuse.
"""

from __future__ import annotations

import re

from kg.errors import QueryError

MAX_CHARACTERS = 65_536
MAX_TOKENS = 10_000
MAX_DEPTH = 64
MAX_SQUARE = 16
MAX_SIGNS = 16
"""Starting values: a tenth or less of what makes Oxigraph 0.5.13 crash (2,500 braces, 10,000 signs) or stall ([ ] nests)."""

_REFUSED = {
    "SERVICE": "it would call another server",
    "LOAD": "it would fetch an address",
    "FROM": "the graph itself is the dataset",
}

_TOKEN = re.compile(
    r"""
      (?P<skip> <[^<>"{}|^`\\\x00-\x20]*> | \#[^\n\r]* | \s+
        | \"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<name> [?$]\w+ | @[A-Za-z-]+ | [\w.-]*:[\w.:%-]* )
    | (?P<word> [A-Za-z_]\w* )
    | (?P<open> [({\[] ) | (?P<close> [)}\]] )
    | (?P<sign> [!+-] )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)


def check(sparql: str) -> None:
    """Raise QueryError for a query that is too long, nests too deep, or would reach out."""
    if len(sparql) > MAX_CHARACTERS:
        raise QueryError(f"the query has {len(sparql)} characters; at most {MAX_CHARACTERS} are allowed")
    tokens = depth = square = signs = 0
    for match in _TOKEN.finditer(sparql):
        kind, text = match.lastgroup, match.group()
        if kind == "skip":
            tokens += not text.isspace()
            continue
        tokens += 1
        signs = signs + 1 if kind == "sign" else 0
        depth += (kind == "open") - (kind == "close")
        square += (text == "[") - (text == "]")
        _limit(tokens, MAX_TOKENS, "tokens")
        _limit(depth, MAX_DEPTH, "levels of brackets")
        _limit(square, MAX_SQUARE, "levels of square brackets")
        _limit(signs, MAX_SIGNS, "signs in a row")
        if kind == "word" and text.upper() in _REFUSED:
            raise QueryError(f"{text.upper()} is not allowed in a query: {_REFUSED[text.upper()]}")


def _limit(observed: int, limit: int, what: str) -> None:
    if observed > limit:
        raise QueryError(f"the query has more than {limit} {what}; simplify it")
