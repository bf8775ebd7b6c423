"""Turtle for people: prefixes, one block per subject, grouped under headings, documents first and evidence last.

The named graphs are merged; TriG keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from kg.exporters.subjects import SECTIONS, Description, describe, distinct, section_of
from kg.graph import Graph
from kg.prefixes import PREFIXES, shorten
from kg.terms import RDF, XSD

_BARE = {XSD + "integer", XSD + "boolean"}


def write(graph: Graph, file: IO[bytes], *, evidence: bool = True) -> None:
    """``evidence=False`` leaves out evidence and unread numbers: the plain facts."""
    subjects = describe(distinct(graph.lines()), evidence=evidence)
    for text in _file(subjects):
        file.write(text.encode("utf-8"))


def _file(subjects: dict[str, Description]) -> Iterator[str]:
    yield prologue()
    headings, current = list(SECTIONS), -1
    for subject, description in subjects.items():
        if (number := section_of(description)) != current:
            current = number
            yield f"\n### {headings[number]}\n"
        yield "\n" + block(subject, description)


def prologue() -> str:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def block(subject: str, description: Description, indent: str = "") -> str:
    """The statement of one subject, ended by a line feed."""
    parts = [f"{_verb(p)} {', '.join(term(o) for o in objects)}" for p, objects in description.items()]
    return f"{indent}{name(subject)} " + f" ;\n{indent}  ".join(parts) + " .\n"


def name(value: str) -> str:
    return shorten(value) or f"<{value}>"


def _verb(predicate: str) -> str:
    return "a" if predicate == RDF + "type" else name(predicate)


def term(value: str) -> str:
    """A term of N-Triples as Turtle; numbers and truth values bare where Turtle reads them back as the same type."""
    if value[0] == "<":
        return name(value[1:-1])
    if value[-1] != ">":
        return value
    text, _, datatype = value.rpartition("^^")
    kind = datatype[1:-1]
    if kind in _BARE or (kind == XSD + "decimal" and "." in text):
        return text[1:-1]
    return f"{text}^^{name(kind)}"
