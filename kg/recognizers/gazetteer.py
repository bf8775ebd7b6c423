"""Every name of the ontology wherever it stands in the text: Aho-Corasick over characters, all matches, none lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE

_MATCHED = ("Place", "Agency", "Topic", "Organization", "Project", "Policy")
"""Classes whose names are matched as they stand. Agency functions need their place, units and metrics their number."""

_LATIN = re.compile(r"[0-9a-z]")


@dataclass(frozen=True)
class _Matcher:
    automaton: Any
    concepts: tuple[tuple[str, ...], ...]
    """For each form, the IRIs of the concepts that bear it."""


@lru_cache(maxsize=2)
def _matcher(ontology: Ontology) -> _Matcher:
    import daachorse

    matched = {kind for kind in ontology.by_kind if any(ontology.is_a(kind, parent) for parent in _MATCHED)}
    forms, concepts = [], []
    for form, iris in ontology.lexicon.items():
        bearers = tuple(i for i in iris if ontology.concepts[i].kind in matched)
        if len(form) > 1 and bearers:
            forms.append(form)
            concepts.append(bearers)
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(forms) if forms else None
    return _Matcher(automaton, tuple(concepts))


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """All occurrences of all names, overlapping ones too; choosing among them is up to the later recognizers."""
    matcher = _matcher(ontology)
    if matcher.automaton is None:
        return []
    text = document.folded
    mentions = []
    for start, end, index in matcher.automaton.find_overlapping(text):
        if _cuts_a_word(text, start, end):
            continue
        concepts = matcher.concepts[index]
        label = ontology.concepts[concepts[0]].kind
        mentions.append(Mention(start, end, label, document.text[start:end], CANDIDATE, concepts))
    return mentions


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin or numeric name starts or ends inside a longer word (LED in OLED, 5G in 15G)."""
    before = start > 0 and _LATIN.match(text[start]) and _LATIN.match(text[start - 1])
    after = end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end])
    return bool(before or after)
