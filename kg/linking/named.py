"""Organizations, projects and tasks: one entity per kind and name, scoped where the name alone is not unique."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg import iri
from kg.model import Document, Entity, Mention
from kg.ontology import Ontology

_PROGRAMME = re.compile(r"(?:[深入大力组织加快全面持续扎实]{2})?(?:实施|开展|推进|启动)([^，,。、]{3,30}(?:工程|行动))")
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
        aliases = (mention.text, name, *(_short_titles(name) if base == "Task" else ()))
        entities.append(Entity(key, kind, official, aliases, (mention,), mention.score))
    return entities


def _short_titles(name: str) -> list[str]:
    """How else a task is called: by one clause of its title, or by the programme in it (实施强链工程 -> 强链工程)."""
    clauses = [clause for clause in re.split("[，,：:]", name) if len(clause) >= 6]
    short = clauses if len(clauses) > 1 else []
    programme = _PROGRAMME.fullmatch(name)
    return [*short, programme.group(1)] if programme else short


def clean(name: str) -> str:
    """The name on one line: no breaks or spaces between Chinese characters."""
    return _SPACE.sub(" ", _CJK_SPACE.sub("", name)).strip()
