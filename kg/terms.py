"""How an IRI, a literal and a quad are written: canonical N-Quads, the reference form of the graph.

Literals are in canonical form already (1.5, not 1.50), because the store would rewrite any other. Characters that XML and
UTF-8 cannot hold (C0 controls but tab and line feed, lone surrogates, non-characters) become U+FFFD here, so that every
export of the graph is well-formed.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal, InvalidOperation

from kg.errors import KgError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"

_BAD_IN_IRI = re.compile(
    r'[\x00-\x20<>"{}|\\^`\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3000\ud800-\uf8ff\ufeff\ufff0-\uffff]'
)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')


def clean(text: str) -> str:
    """``text`` with every character that some export could not hold replaced by U+FFFD; offsets stay."""
    return _UNWRITABLE.sub("\ufffd", text)


def is_iri(value: str) -> bool:
    """Whether ``value`` is an absolute IRI that all formats can hold; stricter than the standard on invisible characters."""
    return bool(_SCHEME.match(value)) and not _BAD_IN_IRI.search(value)


def iri_term(value: str) -> str:
    """``<iri>``. Raises KgError for what is no IRI, so that no file is ever half good."""
    if not is_iri(value):
        raise KgError(f"not an IRI: {value!r}; please report this, IRIs are made in kg.iri only")
    return f"<{value}>"


def literal(value: str, *, language: str = "", datatype: str = "") -> str:
    """A literal; ``datatype`` is the local name in ``xsd:`` (decimal, integer, date …), empty for a string."""
    text = _ESCAPED.sub(_escape, clean(value))
    if language:
        return f'"{text}"@{language}'
    return f'"{text}"^^<{XSD}{datatype}>' if datatype else f'"{text}"'


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def integer(value: int) -> str:
    return literal(str(value), datatype="integer")


def boolean(value: bool) -> str:
    return literal("true" if value else "false", datatype="boolean")


def decimal(value: str | float) -> str | None:
    """Canonical ``xsd:decimal`` of a number's text, None when it is not a finite number; at most 30 digits either side."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return None
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return literal("0" if text in ("-0", "") else text, datatype="decimal")


def moment(value: str) -> str:
    """A date, year-month or year with its type; text that is none of them (2025-02-30) stays a string."""
    for pattern, datatype, full in (
        (r"\d{4}-\d\d-\d\d", "date", "{}"),
        (r"\d{4}-\d\d", "gYearMonth", "{}-01"),
        (r"\d{4}", "gYear", "{}-01-01"),
    ):
        if re.fullmatch(pattern, value, re.ASCII):
            try:
                datetime.date.fromisoformat(full.format(value))
            except ValueError:
                return literal(value)
            return literal(value, datatype=datatype)
    return literal(value)
