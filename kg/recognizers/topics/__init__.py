"""Industries and technologies, most of which no list holds: found by the grammar of policies.

Each clause is cut into items at 、 and at its conjunctions; verbs and prepositions are taken off the left of an item,
summary words and verbs off its right (``items``). What remains is a topic when the vocabulary knows it or its head, when
its own form says so (…产业, …材料), or when its list does: a list under a cue (重点发展A、B), under a label (负极材料:A、B),
in a column of a table, one that ends in 等产业 or 等技术, or one whose other members are topics (``judgment``). What was
found so is then looked for elsewhere, and names of the vocabulary that stand alone are added (``elsewhere``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE
from kg.recognizers.phrases import BRACKET, Clause, Spans, clauses, split_items
from kg.recognizers.topics import elsewhere, labels
from kg.recognizers.topics.items import Context, clause_items, promising
from kg.recognizers.topics.judgment import Item
from kg.recognizers.topics.vocabulary import Known, Places
from kg.recognizers.topics.words import words_of

_GLOSS = re.compile(r"[（(]([^（）()]{1,30})[)）]")


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Topic mentions, from the vocabulary and from lists, heads, labels and cues."""
    words = words_of(ontology)
    known = Known.of(found, ontology)
    taken = _taken(found, ontology)
    places = Places([(m.start, m.end) for m in found if m.rule != CANDIDATE and ontology.is_a(m.label, "Place")])
    context = Context.of(document, words, known, places)
    coined = {m.start: m.end for m in found if m.rule in ("project.coined", "project.named")}
    items = (_after_coined(item, coined, known) for item in _items(document, context))
    mentions = [_mention(document, item) for item in items if not taken.covers(item.start, item.end)]
    mentions += elsewhere.slashed(document, ontology)
    mentions += elsewhere.headings(document, words, mentions)
    mentions += [_marked(document, start, end) for start, end in elsewhere.marked(context, mentions, taken)]
    mentions += elsewhere.again(document, mentions, taken)
    projects = [(m.start, m.end) for m in found if m.label == "Project"]
    return [*mentions, *elsewhere.alone(document, ontology, words, known, mentions, projects, taken)]


def _items(document: Document, context: Context) -> Iterator[Item]:
    columns = labels.columns(document, context.words)
    before: Clause | None = None
    for clause in [*clauses(document), *_glossed(document.folded)]:
        listing = columns.get(clause.start, "")
        if listing or promising(clause, context):
            label = before if before and labels.is_label(document, before, clause.start) else None
            items = clause_items(clause, context, labeled=label is not None, listing=listing)
            yield from items
            if label and 2 * len(items) >= len(clause.items) > 1 and (head := labels.item(label, context)):
                yield head
        before = clause


def _after_coined(item: Item, projects: Mapping[int, int], known: Known) -> Item:
    """氢能 and not 鹭岭坡氢能 where a project of that coined name begins: the name of the vocabulary that ends the item."""
    if item.concepts or projects.get(item.start, 0) <= item.end:
        return item
    for start in range(item.start + 2, min(item.start + 5, item.end - 1)):
        match = known.exact(start, item.end)
        if match:
            return replace(item, start=start, concepts=match.concepts)
    return item


def _glossed(text: str) -> Iterator[Clause]:
    """Lists in brackets: 五金产业(含锁具、拉链、洁具)."""
    for match in BRACKET.finditer(text):
        if "、" in match.group(1):
            start = match.start(1) + (1 if match.group(1)[0] in "含即如" else 0)
            yield Clause(start, match.end(1), split_items(text, start, match.end(1)))


def _taken(found: Sequence[Mention], ontology: Ontology) -> Spans:
    """Spans inside which no topic is meant: names of bodies (能源局, 中国电子学会), places and numbers with their units."""
    kinds = ontology.classes_under("Agency", "Organization", "Place", "Quantity")
    return Spans([(m.start, m.end) for m in found if m.rule != CANDIDATE and m.label in kinds])


def _marked(document: Document, start: int, end: int) -> Mention:
    return Mention(start, end, "Industry", document.text[start:end], "topic.marked", (), "", 0.6)


def _mention(document: Document, item: Item) -> Mention:
    text = document.text[item.start : item.end]
    name = _GLOSS.sub("", text).strip()
    aliases = tuple(("alias", m.group(1)) for m in _GLOSS.finditer(text))
    return Mention(
        item.start, item.end, item.label, text, f"topic.{item.reason}", item.concepts, name if name != text else "",
        item.score, aliases,
    )  # fmt: skip


__all__ = ["recognize"]
