"""The word lists that say what a topic is, as the ontology holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.ontology import Ontology
from kg.recognizers.phrases import boundary_words
from kg.words import Words

_SIZE = "[0-9一二三四五六七八九十百千万亿]{1,6}(?:吨|千瓦|亩|台|辆|元)?级"
"""百万吨级, 千亿级."""


@dataclass(frozen=True, eq=False)
class TopicWords:
    left: frozenset[str]
    boundaries: Words
    openings: Words
    right: tuple[str, ...]
    right_set: frozenset[str]
    right_sizes: tuple[int, ...]
    """Lengths of these words, longest first."""
    behind: tuple[str, ...]
    """Words before which a short name stands free."""
    cues: Words
    firm_cues: Words
    """Verbs that take nothing but topics: 研制, 重点发展."""
    making_cues: Words
    """Verbs whose objects are things and techniques: 突破, 生产."""
    rank: re.Pattern[str]
    """Praise and size that open a name and are no part of it."""
    openers: frozenset[str]
    """Verbs that open a clause and are no modifier of a noun."""
    industry_columns: tuple[str, ...]
    technology_columns: tuple[str, ...]
    industry_summary: re.Pattern[str]
    technology_summary: re.Pattern[str]
    industry_marks: tuple[str, ...]
    technology_heads: tuple[str, ...]
    industry_heads: tuple[str, ...]
    stop_heads: tuple[str, ...]
    stops: frozenset[str]
    generic: frozenset[str]
    signs: Words
    """Marks and heads, any of which may make a clause's name a topic."""

    def stopped(self, name: str) -> bool:
        """Whether a name is too general to be a topic: a stop word, a stop head, general words only."""
        return name in self.stops or len(name) < 2 or name.endswith(self.stop_heads) or self.all_generic(name)

    def all_generic(self, name: str) -> bool:
        """Whether general words alone make up a name: 关键共性技术, 核心基础材料, 高端整机产品."""
        reach, last = {0}, 0
        for start in range(len(name)):
            if start > last:
                return False
            if start in reach:
                for end in range(start + 1, min(start + 6, len(name)) + 1):
                    if name[start:end] in self.generic:
                        reach.add(end)
                        last = max(last, end)
        return len(name) in reach


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


@lru_cache(maxsize=2)
def words_of(ontology: Ontology) -> TopicWords:
    behind = ("topic-right", "industry-marks", "list-industry", "list-technology")
    heads = ("industry-marks", "technology-heads", "industry-heads")
    return TopicWords(
        left=ontology.word_set("topic-left"),
        boundaries=boundary_words(ontology.words("topic-left")),
        openings=boundary_words((*ontology.words("topic-left"), *ontology.words("topic-openings"))),
        right=ontology.words("topic-right"),
        right_set=ontology.word_set("topic-right"),
        right_sizes=tuple(sorted({len(word) for word in ontology.words("topic-right")}, reverse=True)),
        behind=tuple(word for name in behind for word in ontology.words(name)),
        cues=Words(ontology.words("develop-cues")),
        firm_cues=Words(ontology.words("firm-develop-cues")),
        making_cues=Words(ontology.words("making-cues")),
        rank=re.compile(f"(?:{'|'.join(map(re.escape, ontology.words('rank-modifiers')))}|{_SIZE})+"),
        openers=ontology.word_set("verb-openers"),
        industry_columns=ontology.words("industry-columns"),
        technology_columns=ontology.words("technology-columns"),
        industry_summary=_any_of(ontology.words("list-industry")),
        technology_summary=_any_of(ontology.words("list-technology")),
        industry_marks=ontology.words("industry-marks"),
        technology_heads=ontology.words("technology-heads"),
        industry_heads=ontology.words("industry-heads"),
        stop_heads=ontology.words("stop-heads"),
        stops=ontology.word_set("stop-topics"),
        generic=ontology.word_set("generic-modifiers") | ontology.word_set("stop-topics") | ontology.word_set("topic-tails"),
        signs=Words(word for name in heads for word in ontology.words(name)),
    )
