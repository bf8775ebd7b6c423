"""Graph -> a running database. One file per destination, each with ``push(graph, url, *, ...)``.

Pushing is safe to repeat: a second run changes nothing, and one that was interrupted is finished by the next. Passwords come
from the environment and never from the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph import Graph

DESTINATIONS = {
    "neo4j": "kg.push.neo4j:push",
    "sparql": "kg.push.sparql:push",
}

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what is being written)."""


def push(graph: Graph, destination: str, url: str, **options: Any) -> str:
    """Write ``graph`` into the database at ``url`` and return one line that says what was done.

    Raises UsageError for an unknown destination or a URL that cannot be one, OutputError when the server cannot be reached or
    refuses.
    """
    if destination not in DESTINATIONS:
        raise UsageError(f"no destination {destination!r}; there are: {', '.join(sorted(DESTINATIONS))}")
    module, function = DESTINATIONS[destination].split(":")
    done: str = getattr(import_module(module), function)(graph, url, **options)
    return done
