"""The only place an IRI is made.

Identity is decided from the document and the ontology alone, so IRIs come from a code or from (type, name, scope), never
from the order in which things were met. IRIs are readable: hanzi, ASCII letters and digits stay, the rest becomes ``-``.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

ONTOLOGY = "https://w3id.org/policy-kg/ontology#"
BASE = "https://w3id.org/policy-kg/id/"

_UNSAFE = re.compile(r"[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff._~-]+")


def term(name: str) -> str:
    """IRI of an ontology class or property."""
    return ONTOLOGY + name


def local(iri: str) -> str:
    """The last part of an IRI: the class name of a term, the slug of a resource."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def slug(name: str) -> str:
    """A readable path segment; a name that loses characters gets a short hash, so that two names never share one."""
    plain = _UNSAFE.sub("-", name).strip("-.")
    kept = plain[:80]
    if kept == name:
        return kept
    return f"{kept}-{digest(name, 6)}" if kept else digest(name, 12)


def digest(text: str, length: int = 12) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def place(code_or_name: str) -> str:
    """A place with a GB/T 2260 code (6 or 9 digits) by its code, any other by its name."""
    return BASE + "place/" + slug(code_or_name)


def topic(name: str) -> str:
    return BASE + "topic/" + slug(name)


def agency(place_slug: str, function_or_name: str) -> str:
    """An agency by (place, function); ``place_slug`` is the code or name of its place, CN for central bodies."""
    return f"{BASE}agency/{slug(place_slug)}/{slug(function_or_name)}"


def policy(name: str, scope: str = "") -> str:
    """A policy by its title and the slug of its issuing place."""
    return BASE + "policy/" + (slug(scope) + "/" if scope else "") + slug(name)


def named(kind: str, name: str, scope: str = "") -> str:
    """Any other entity (organization, project, task …) by kind, name and scope."""
    return f"{BASE}{quote(kind.lower())}/" + (slug(scope) + "/" if scope else "") + slug(name)


def document(sha256: str) -> str:
    """A document, which is also the name of its graph, by the hash of its bytes."""
    return BASE + "document/" + sha256[:16]


def derived(kind: str, *parts: str) -> str:
    """A target, incentive or evidence by what it says."""
    return f"{BASE}{kind}/" + digest("\x1f".join(parts), 20)
