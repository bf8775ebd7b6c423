"""Which industry or technology a mention is: a vocabulary concept where its name is one, else a topic of its own name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

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
    forms = _forms(mentions, ontology)
    for mention in mentions:
        groups.setdefault(_key(mention, ontology, forms), []).append(mention)
    return [_entity(key, group, ontology) for key, group in groups.items()]


def _forms(mentions: Sequence[Mention], ontology: Ontology) -> dict[str, set[str]]:
    """Concept -> the different names under which the document speaks of it."""
    forms: dict[str, set[str]] = {}
    for mention in mentions:
        for concept in mention.concepts[:1]:
            forms.setdefault(concept, set()).add(fold(core(mention.canonical, ontology)))
    return forms


def _key(mention: Mention, ontology: Ontology, forms: dict[str, set[str]]) -> str:
    """The concept's IRI; a text that uses two names of one concept side by side means two things by them.

    Of 传感器 and 智能传感器 in one plan only the preferred name is the concept; abbreviations (OLED) are always the same.
    """
    concept = next((c for c in mention.concepts if c in ontology.concepts), None)
    name = core(mention.canonical, ontology)
    if concept is None:
        return iri.topic(name)
    if len(forms.get(concept, ())) < 2 or fold(name) == fold(ontology.concepts[concept].name) or fold(name).isascii():
        return concept
    return iri.topic(name)


@lru_cache(maxsize=20_000)
def core(name: str, ontology: Ontology) -> str:
    """``name`` without generic tails and spaces around: 新型显示产业集群 -> 新型显示."""
    short = fold(name).strip()
    tails, general = ontology.words("topic-tails"), ontology.word_set("generic-modifiers")
    changed = True
    while changed and not any(c.name == short for c in ontology.find(short, ("Industry", "Technology"))):
        changed = False
        for tail in tails:
            if short.endswith(tail) and len(short) - len(tail) >= 2 and short[: -len(tail)] not in general:
                short, changed = short[: -len(tail)].rstrip(), True
                break
    return name.strip()[: len(short)] if fold(name.strip()).startswith(short) else short


def _entity(key: str, group: list[Mention], ontology: Ontology) -> Entity:
    names = Counter(core(m.canonical, ontology) for m in group)
    concept = ontology.concepts.get(key)
    name = min(names, key=lambda n: (n != (concept.name if concept else ""), -names[n], len(n), n))
    aliases = {m.text for m in group} | {m.canonical for m in group} | set(names)
    return Entity(key, _type(group), name, tuple(sorted(aliases - {name})), tuple(group), max(m.score for m in group))


def _type(group: list[Mention]) -> str:
    """The label most mentions have; on a tie Industry, the wider class."""
    votes = Counter(m.label for m in group)
    return min(votes, key=lambda label: (-votes[label], label))
