"""Turtle for people: prefixes, one block per subject, grouped under headings, documents first and evidence last.

The named graphs are merged; TriG keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from kg.exporters.subjects import SECTIONS, Description, describe, section_of
from kg.graph import Graph
from kg.prefixes import PREFIXES, shorten
from kg.terms import RDF, XSD, literal

_BARE = {XSD + "integer", XSD + "boolean"}


def write(graph: Graph, file: IO[bytes], *, evidence: bool = True) -> None:
    """``evidence=False`` leaves out evidence and unread numbers: the plain facts."""
    subjects = describe(graph.store.quads(), evidence=evidence)
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


def term(value: Any) -> str:
    """A pyoxigraph term as Turtle; numbers and truth values bare where Turtle reads them back as the same type."""
    if not hasattr(value, "datatype"):
        return name(value.value)
    if value.language:
        return literal(value.value, language=value.language)
    datatype = value.datatype.value
    if datatype == XSD + "string":
        return literal(value.value)
    if datatype in _BARE or (datatype == XSD + "decimal" and "." in value.value):
        return str(value.value)
    return f"{literal(value.value)}^^{name(datatype)}"
