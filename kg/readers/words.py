"""The ontology's word lists as patterns, for readers: of the ontology that a build uses, else of the one shipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from kg import ontology
from kg.ontology import Ontology

_chosen: ContextVar[Ontology | None] = ContextVar("vocabulary", default=None)


@contextmanager
def using(vocabulary: Ontology | None) -> Iterator[None]:
    """Take the words of ``vocabulary`` within."""
    token = _chosen.set(vocabulary)
    try:
        yield
    finally:
        _chosen.reset(token)


def current() -> Ontology:
    """The ontology in use."""
    return _chosen.get() or ontology.load()


def either(name: str) -> str:
    """The words of a list as alternatives of a pattern, longest first."""
    return "|".join(re.escape(word) for word in current().words(name))


def spaced(name: str) -> str:
    """As ``either``, with blanks allowed inside words of two or three characters, which letterheads spread (文　号)."""
    return "|".join(r"\s*".join(map(re.escape, w)) if len(w) <= 3 else re.escape(w) for w in current().words(name))


def pattern(template: str, flags: int = 0) -> re.Pattern[str]:
    """``template`` with ``<list-name>`` and ``<list-name~>`` (blanks allowed) filled in, compiled once per ontology.

    A list's name has a hyphen, so that ``(?P<name>…)`` stays what it is.
    """
    return _compiled(current(), template, flags)


@lru_cache(maxsize=64)
def _compiled(_: Ontology, template: str, flags: int) -> re.Pattern[str]:
    def words(match: re.Match[str]) -> str:
        return spaced(match.group(1)) if match.group(2) else either(match.group(1))

    return re.compile(re.sub(r"<([a-z]+(?:-[a-z]+)+)(~?)>", words, template), flags)
