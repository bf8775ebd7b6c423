"""Scopes that several relation rules share: sentences, clauses, and the topic a paragraph is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Entity, Linked, Mention
from kg.ontology import Ontology

TOPICS = ("Industry", "Technology")
PLACES = ("Country", "Region", "Province", "City", "District", "Town", "Zone")
_SENTENCE = re.compile(r"[^。！？!?;；\n]+[。！？!?;；]?")


def sentences(linked: Linked) -> Iterator[tuple[int, int, int]]:
    """(block index, start, end) of every sentence of the text, in order."""
    text = linked.document.folded
    for index, block in enumerate(linked.document.blocks):
        for match in _SENTENCE.finditer(text, block.start, block.end):
            yield index, match.start(), match.end()


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of [start, end) between commas."""
    left = start
    while left < end:
        stop = text.find(",", left, end)
        right = end if stop < 0 else stop
        yield left, right
        left = right + 1


def own_places(linked: Linked, start: int, end: int) -> list[tuple[Mention, Entity]]:
    """Places named in [start, end) that stand for themselves, not inside the name of a body, project or policy."""
    names = linked.between(start, end, "Agency", "Organization", "University", "Institute", "Association", "Company",
                           "Project", "Policy")
    spans = [(m.start, m.end) for m, _ in names]
    return [
        (m, e)
        for m, e in linked.between(start, end, *PLACES)
        if not any(s <= m.start and m.end <= t and (s, t) != (m.start, m.end) for s, t in spans)
    ]


def heading_topic(linked: Linked, block_index: int) -> tuple[Mention, Entity] | None:
    """The industry named by the nearest heading above a block, the topic its paragraph is about."""
    document = linked.document
    for index in document.headings_of(block_index):
        block = document.blocks[index]
        topics = linked.between(block.start, block.end, *TOPICS)
        if topics:
            return _widest(topics)
    return None


def _widest(topics: list[tuple[Mention, Entity]]) -> tuple[Mention, Entity]:
    """The longest name of a heading; in 打造…的智能终端生产基地 there is but one."""
    return max(topics, key=lambda pair: (pair[1].type == "Industry", pair[0].end - pair[0].start, -pair[0].start))


def level(entity: Entity, ontology: Ontology) -> int:
    """0 = country … 5 = town; for choosing the more specific of two places."""
    order = {"Country": 0, "Region": 1, "Province": 2, "City": 3, "District": 4, "Zone": 4, "Town": 5}
    return order.get(entity.type, 3)


def is_policy_text(linked: Linked) -> bool:
    """Whether the document is a policy itself and not news about one."""
    own = linked.by_iri.get(linked.own_policy or "")
    return own is not None and any(m.attribute("own") for m in own.mentions)


def possessed(linked: Linked) -> Iterator[tuple[Mention, Entity, Mention, Entity]]:
    """(place mention, place, topic mention, topic) of topics named right after a place other than the issuer, and their lists."""
    text = linked.document.folded
    for place_mention, place in linked.placed:
        if place.type not in ("Region", "Province", "City", "District", "Zone") or place.iri == linked.issuing_place:
            continue
        at = place_mention.end
        for mention, topic in linked.between(at, at + 60, *TOPICS):
            if mention.start != at and not (mention.start == at + 1 and text[at] == "、"):
                break
            yield place_mention, place, mention, topic
            at = mention.end
