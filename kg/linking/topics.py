"""Which industry or technology a mention is: a vocabulary concept where its name is one, else a topic of its own name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from kg import iri
from kg.folding import fold, simplify
from kg.model import Document, Entity, Mention
from kg.ontology import Ontology


def link(mentions: Sequence[Mention], document: Document, ontology: Ontology) -> list[Entity]:
    """Topic entities; mentions whose names differ only by a tail (产业, 产业集群, 行业, 领域 …) are one.

    A name of the vocabulary gives the concept's IRI but keeps the document's own wording as name, so that a reader finds
    the words of the text. So are one: a name with and without a word that only dates or praises it (新型智能终端, 智能终端)
    or a tail that says what it is (光计算, 光计算技术), and a name with the gloss in brackets behind it (HJT(异质结)).
    """
    groups: dict[str, list[Mention]] = {}
    forms = _forms(mentions, ontology)
    for mention in mentions:
        groups.setdefault(_key(mention, ontology, forms), []).append(mention)
    return [_entity(key, group, document, ontology) for key, group in _joined(groups, document, ontology).items()]


def _joined(groups: dict[str, list[Mention]], document: Document, ontology: Ontology) -> dict[str, list[Mention]]:
    """Groups whose names mean one thing in this document, under the key of the plainer name."""
    plain = {fold(core(m.canonical, ontology)): key for key, group in groups.items() for m in group}
    joined = {key: _plainer(key, group, plain, ontology) for key, group in groups.items()}
    joined |= _glossed(groups, document)
    result: dict[str, list[Mention]] = {}
    for key, group in groups.items():
        result.setdefault(_root(key, joined), []).extend(group)
    return {key: sorted(group, key=lambda m: (m.start, m.end)) for key, group in result.items()}


def _root(key: str, joined: dict[str, str]) -> str:
    seen = {key}
    while (following := joined.get(key, key)) not in seen:
        seen.add(following)
        key = following
    return key


def _plainer(key: str, group: list[Mention], plain: dict[str, str], ontology: Ontology) -> str:
    """The key of the group that bears the name without its modifier or tail, else its own."""
    name = fold(core(min((m.canonical for m in group), key=lambda n: (len(n), n)), ontology))
    for word in ontology.words("dating-modifiers"):
        if name.startswith(word) and plain.get(name[len(word) :], key) != key:
            return plain[name[len(word) :]]
    for word in ontology.words("class-tails"):
        if name.endswith(word) and len(name) - len(word) >= 2 and plain.get(name[: -len(word)], key) != key:
            return plain[name[: -len(word)]]
    return key


def _glossed(groups: dict[str, list[Mention]], document: Document) -> dict[str, str]:
    """Key of a name in brackets -> key of the name before them, where each is a name as a whole."""
    text = document.folded
    ends = {mention.end: key for key, group in groups.items() for mention in group}
    found = {}
    for key, group in groups.items():
        for mention in group:
            before = ends.get(mention.start - 1)
            if before not in (None, key) and text[mention.start - 1] == "(" and text[mention.end : mention.end + 1] == ")":
                found[key] = str(before)
    return found


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
        return iri.topic(simplify(name))
    if len(forms.get(concept, ())) < 2 or fold(name) == fold(ontology.concepts[concept].name) or fold(name).isascii():
        return concept
    return iri.topic(simplify(name))


@lru_cache(maxsize=20_000)
def core(name: str, ontology: Ontology) -> str:
    """``name`` without generic tails and spaces around: 新型显示产业集群 -> 新型显示."""
    short = fold(name).strip()
    # Shortest tail first, so that a name of the vocabulary with a tail in it (战略性新兴产业) is not passed over.
    tails, general = ontology.words("topic-tails")[::-1], ontology.word_set("generic-modifiers")
    changed = True
    while changed and not any(c.name == short for c in ontology.find(short, ("Industry", "Technology"))):
        changed = False
        for tail in tails:
            if short.endswith(tail) and len(short) - len(tail) >= 2 and short[: -len(tail)] not in general:
                short, changed = short[: -len(tail)].rstrip(), True
                break
    return name.strip()[: len(short)] if fold(name.strip()).startswith(short) else short


def _entity(key: str, group: list[Mention], document: Document, ontology: Ontology) -> Entity:
    names = [core(m.canonical, ontology) for m in group]
    concept = ontology.concepts.get(key)
    name = min(set(names), key=lambda n: (n != (concept.name if concept else ""), -names.count(n), len(n), n))
    aliases = {m.text for m in group} | {m.canonical for m in group} | set(names)
    name = simplify(name)  # one label for one IRI, whatever the script of the document; its own form is an alias
    return Entity(key, _type(group, document), name, tuple(sorted(aliases - {name})), tuple(group), max(m.score for m in group))


_MARK = re.compile(r"产业|行业|赛道")
_KNOWHOW = ("技术", "工艺", "算法")


def _type(group: list[Mention], document: Document) -> str:
    """Industry where the text says so (动力电池产业, a title of its own); else the label most mentions have, on a tie Industry."""
    text = document.folded
    if any(_MARK.match(text, m.end) or _heads(m, document) for m in group) and not group[0].text.endswith(_KNOWHOW):
        return "Industry"
    votes = Counter(m.label for m in group)
    return min(votes, key=lambda label: (-votes[label], label))


def _heads(mention: Mention, document: Document) -> bool:
    """Whether a mention is all that a numbered heading says: (二)动力电池."""
    block = document.blocks[document.block_at(mention.start)] if document.blocks else None
    if block is None or block.kind != "heading":
        return False
    rest = document.folded[block.start : mention.start] + document.folded[mention.end : block.end]
    return not re.search(r"[一-鿿]{3}", re.sub(r"[一二三四五六七八九十]", "", rest))
