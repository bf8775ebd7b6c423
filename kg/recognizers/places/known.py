"""Names of the gazetteer: which of them mean a place where they stand, and which place the text is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE
from kg.recognizers.phrases import Spans
from kg.recognizers.places.names import HAN, Names

_NEXT_WORD = {"市": "场值", "区": "域块间位别", "县": "域级际", "州": "际", "国": "际", "中": "国华心央共医学小间期型"}
"""Last character of a name -> characters that make another word with it."""
_JOINT = "、和及与"
_CLOSES_COUNTY = re.compile(rf"$|[^{HAN}]|[人政委的与和及是为]")
_OPENING = re.compile(rf"[^{HAN}a-z0-9]|[在于及和与由将对省市州盟、]")


def find(document: Document, ontology: Ontology, found: Sequence[Mention], names: Names) -> list[Mention]:
    text = document.folded
    words = Spans(document.view(names.not_places.hits).spans)  # 和平发展 holds the name of a place but means none
    candidates = []
    for m in found:
        if m.rule != CANDIDATE:
            continue
        concepts = ontology.of_class(m.concepts, "Place")
        if concepts and not (words.covers(m.start, m.end) or _is_of_medium(text, m, names) or _cut_short(text, m)):
            label = ontology.concepts[concepts[0]].kind
            candidates.append(Mention(m.start, m.end, label, m.text, "place.name", concepts, "", 0.95))
    chosen = _longest(candidates)
    certain = [m for m in chosen if _certain(m, names)]
    return _in_context(text, chosen, names, home_of(document, ontology, certain))


def _is_of_medium(text: str, m: Mention, names: Names) -> bool:
    """Whether the name belongs to a medium's (上海 in 上海证券报)."""
    return names.not_after.match(text, m.end) is not None


def _cut_short(text: str, m: Mention) -> bool:
    """Whether the last character belongs to the next word (东方市 in 东方市场, 关中 in 事关中国, 法国 in 司法国际)."""
    after = text[m.end : m.end + 1]
    if after == "" or text.startswith("国家", m.end):
        return False
    return after in _NEXT_WORD.get(text[m.end - 1], "")


def _in_context(text: str, mentions: list[Mention], names: Names, home: frozenset[str]) -> list[Mention]:
    """Keep what needs no context, and of the rest what stands beside another place or has its full name in the text."""
    texts = {text[m.start : m.end] for m in mentions}
    kept = [m for m in mentions if _certain(m, names)]
    starts, ends = {m.start for m in kept}, {m.end for m in kept}
    doubtful = [m for m in mentions if not _certain(m, names)]
    for order in (doubtful, doubtful[::-1]):  # A member of a list vouches for the next one, in both directions.
        for m in order:
            if m.start not in starts and _fits(text, m, starts, ends, names, home, texts):
                kept.append(m)
                starts.add(m.start)
                ends.add(m.end)
    return sorted(kept, key=lambda m: m.start)


def _fits(text: str, m: Mention, starts: set[int], ends: set[int], names: Names, home: frozenset[str], texts: set[str]) -> bool:
    """Whether a name that may mean something else means a place here: its surroundings say so."""
    folded = text[m.start : m.end]
    if m.start in ends:
        return True
    if folded in names.generic:
        return _listed(text, m, starts, ends)
    if folded in names.loose:
        local = any(names.above.get(c, frozenset()) & home for c in m.concepts)
        return _listed(text, m, starts, ends) or (local and opens(text, m.start))
    if _is_small_county(m):
        return opens(text, m.start) and _CLOSES_COUNTY.match(text, m.end) is not None
    if _is_of_cities(folded):
        return opens(text, m.start) or _listed(text, m, starts, ends)
    full = any(folded + tail in texts for tail in "市县区州")
    return full or _listed(text, m, starts, ends) or text.startswith("等地", m.end)


def _listed(text: str, m: Mention, starts: set[int], ends: set[int]) -> bool:
    before, after = text[m.start - 1 : m.start], text[m.end : m.end + 1]
    return (before in tuple(_JOINT) and m.start - 1 in ends) or (after in tuple(_JOINT) and m.end + 1 in starts)


def _is_small_county(m: Mention) -> bool:
    """寿县, 范县: two characters, also the end of 示范县."""
    return m.end - m.start == 2 and m.label == "District" and m.text[-1] in "县区市旗"


def _is_of_cities(folded: str) -> bool:
    """海城市, 宜城市: also the end of 沿海城市, 适宜城市."""
    return len(folded) == 3 and folded.endswith("城市")


def _certain(m: Mention, names: Names) -> bool:
    """Whether a name means a place wherever it stands."""
    doubtful = m.text in names.ambiguous or m.text in names.generic or m.text in names.loose
    return not (doubtful or _is_small_county(m) or _is_of_cities(m.text))


def opens(text: str, start: int) -> bool:
    """Whether a name may begin here: nothing, punctuation or a preposition stands before."""
    return start == 0 or _OPENING.match(text, start - 1) is not None


def _longest(mentions: list[Mention]) -> list[Mention]:
    chosen: list[Mention] = []
    last = 0
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if m.start >= last:
            chosen.append(m)
            last = m.end
    return chosen


def home_of(document: Document, ontology: Ontology, known: list[Mention]) -> frozenset[str]:
    """The places this text is about, as far as names tell: those it names most, and those above and in its title."""
    counts: Counter[str] = Counter()
    title = next((b for b in document.blocks if b.kind == "title"), None)
    for m in known:
        if len(m.concepts) == 1 and m.label in ("Province", "City", "District"):
            in_title = title is not None and title.start <= m.start < title.end
            counts[m.concepts[0]] += 10 if in_title or m.start < 60 else 1
    best = sorted(counts, key=lambda c: (-counts[c], c))[:1]
    return frozenset(best)
