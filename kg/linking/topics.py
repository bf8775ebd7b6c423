"""Which industry or technology a mention is: a vocabulary concept where its name is one, else a topic of its own name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg import iri
from kg.folding import fold
from kg.model import Document, Entity, Mention
from kg.ontology import Ontology


def link(mentions: Sequence[Mention], document: Document, ontology: Ontology) -> list[Entity]:
    """Topic entities; mentions whose names differ only by a tail (产业, 产业集群, 行业, 领域 …) are one.

    A name of the vocabulary gives the concept's IRI but keeps the document's own wording as name, so that a reader finds
    the words of the text.
    """
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(_key(mention, ontology), []).append(mention)
    return [_entity(key, group, ontology) for key, group in groups.items()]


def _key(mention: Mention, ontology: Ontology) -> str:
    concept = next((c for c in mention.concepts if c in ontology.concepts), None)
    return concept or iri.topic(core(mention.canonical, ontology))


def core(name: str, ontology: Ontology) -> str:
    """``name`` without generic tails and spaces around: 新型显示产业集群 -> 新型显示."""
    short = fold(name).strip()
    tails = ontology.words("topic-tails")
    changed = True
    while changed:
        changed = False
        for tail in tails:
            if short.endswith(tail) and len(short) - len(tail) >= 2:
                short, changed = short[: -len(tail)].rstrip(), True
                break
    return name.strip()[: len(short)] if fold(name.strip()).startswith(short) else short


def _entity(key: str, group: list[Mention], ontology: Ontology) -> Entity:
    names = Counter(core(m.canonical, ontology) for m in group)
    concept = ontology.concepts.get(key)
    if concept and (concept.name in names or not names):
        name = concept.name
    else:
        name = min(names, key=lambda n: (-names[n], len(n), n))
    aliases = {m.text for m in group} | {m.canonical for m in group} | set(names)
    return Entity(key, _type(group), name, tuple(sorted(aliases - {name})), tuple(group), max(m.score for m in group))


def _type(group: list[Mention]) -> str:
    """The label most mentions have; on a tie Industry, the wider class."""
    votes = Counter(m.label for m in group)
    return min(votes, key=lambda label: (-votes[label], label))
