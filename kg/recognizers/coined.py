"""Whether a stretch of text is a coined name (炬光, 鑫忆迅) or made of ordinary words (智能, 高端装备).

No list holds the names that companies give themselves; what can be listed are the words they are *not*: the vocabulary of
industries, places and general words. A string that such words wholly make up is no name; one that they cannot is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.folding import fold
from kg.ontology import Ontology

_LISTS = (
    "topic-left", "topic-right", "stop-topics", "stop-heads", "generic-modifiers", "topic-tails", "industry-marks", "list-industry",
    "list-technology", "technology-heads", "industry-heads", "organization-generic", "project-generic", "company-lists",
    "project-heads", "project-lists", "ordinary-words",
)  # fmt: skip
_LONGEST = 6
"""Words of more characters than this are names themselves."""


@dataclass(frozen=True)
class Ordinary:
    """The ordinary words of an ontology."""

    words: frozenset[str]

    def makes_up(self, text: str) -> bool:
        """Whether ordinary words of two or more characters wholly make up ``text`` (智能|制造)."""
        reached = {0}
        for start in range(len(text)):
            if start in reached:
                for size in range(2, min(_LONGEST, len(text) - start) + 1):
                    if text[start : start + size] in self.words:
                        reached.add(start + size)
        return len(text) in reached

    def holds_one(self, text: str) -> bool:
        """Whether ``text`` opens or ends with an ordinary word (重点华芯)."""
        return any(text[:size] in self.words or text[-size:] in self.words for size in range(2, min(_LONGEST, len(text)) + 1))


@lru_cache(maxsize=4)
def ordinary(ontology: Ontology, *, places: bool = True) -> Ordinary:
    """Ordinary words: general word lists, names of topics and, if asked for, of places."""
    words = {word for name in _LISTS for word in ontology.words(name)}
    for kind, concepts in ontology.by_kind.items():
        if ontology.is_a(kind, "Topic") or (places and ontology.is_a(kind, "Place")):
            words.update(fold(form) for concept in concepts for form in concept.forms)
    return Ordinary(frozenset(word for word in words if 2 <= len(word) <= _LONGEST))
