"""Organizations, projects and tasks: one entity per kind and name, scoped where the name alone is not unique."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg import iri
from kg.model import Document, Entity, Mention
from kg.ontology import Ontology

_SPACE = re.compile(r"\s+")
_CJK_SPACE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


def link(mentions: Sequence[Mention], document: Document, ontology: Ontology, issuing_place: str | None) -> list[Entity]:
    """A company or a university is the same everywhere; a task belongs to its document's place, a project to the place too
    unless its name carries one."""
    scope = iri.local(issuing_place) if issuing_place else ""
    entities = []
    for mention in mentions:
        name = clean(mention.canonical)
        kind = mention.label
        base = next((p for p in ("Organization", "Project", "Task") if ontology.is_a(kind, p)), kind)
        scoped = scope if base in ("Project", "Task") else ""
        concept = next((ontology.concepts[c] for c in mention.concepts if c in ontology.concepts), None)
        key = concept.iri if concept else iri.named(base, name, scoped)
        official = concept.name if concept else name
        entities.append(Entity(key, kind, official, (mention.text, name), (mention,), mention.score))
    return entities


def clean(name: str) -> str:
    """The name on one line: no breaks or spaces between Chinese characters."""
    return _SPACE.sub(" ", _CJK_SPACE.sub("", name)).strip()
