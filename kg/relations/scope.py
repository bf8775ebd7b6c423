"""Scopes that several relation rules share: sentences, clauses, and the topic a paragraph is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.folding import fold
from kg.model import Document, Entity, Linked, Mention
from kg.ontology import Ontology

TOPICS = ("Industry", "Technology")
PLACES = ("Country", "Region", "Province", "City", "District", "Town", "Zone")
_BODIES = ("Agency", "Organization", "University", "Institute", "Association", "Company", "Project", "Policy")
_DUTIES = re.compile(r"(?:责任|牵头|配合)(?:单位|部门)")
"""What only official texts spell out."""
_CARRY = 8
"""Paragraphs over which news go on about the policy named last."""
_ALONE = 8
"""Characters that a heading may have besides a name that stands there alone: its number and a tail such as 产业链."""
_SENTENCE = re.compile(r"[^。！？!?;；\n]+[。！？!?;；]?")


def sentences(linked: Linked) -> tuple[tuple[int, int, int], ...]:
    """(block index, start, end) of every sentence of the text, in order."""
    return linked.document.view(_sentences)


def _sentences(document: Document) -> tuple[tuple[int, int, int], ...]:
    text = document.folded
    return tuple(
        (index, *match.span())
        for index, block in enumerate(document.blocks)
        for match in _SENTENCE.finditer(text, block.start, block.end)
    )


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
    places = linked.between(start, end, *PLACES)
    if not places:
        return []
    spans = [(m.start, m.end) for m, _ in linked.between(start, end, *_BODIES)]
    return [(m, e) for m, e in places if not any(s <= m.start and m.end <= t and (s, t) != (m.start, m.end) for s, t in spans)]


def heading_topic(linked: Linked, block_index: int) -> tuple[Mention, Entity] | None:
    """The industry named by the nearest heading above a block, the topic its paragraph is about."""
    named = linked.view(_heading_topics)
    return next((named[index] for index in linked.document.headings_of(block_index) if index in named), None)


def headings_with_topics(linked: Linked, block_index: int) -> Iterator[tuple[Mention, Entity]]:
    """What the headings above a block are about, innermost first: an industry, or what is named there alone ((一)动力电池)."""
    named, document = linked.view(_heading_topics), linked.document
    for index in document.headings_of(block_index):
        if index in named:
            mention, entity = named[index]
            rest = document.blocks[index].end - document.blocks[index].start - (mention.end - mention.start)
            if entity.type == "Industry" or rest <= _ALONE:
                yield mention, entity


def is_umbrella(entity: Entity, ontology: Ontology) -> bool:
    """Whether a name sums up industries (未来产业, 现代服务业) and is none of its own."""
    return fold(entity.name).endswith(ontology.words("umbrella-industries"))


def _heading_topics(linked: Linked) -> dict[int, tuple[Mention, Entity]]:
    """Index of a block that others stand under -> the topic it names."""
    blocks = linked.document.blocks
    named = {}
    for index in sorted({block.parent for block in blocks if block.parent >= 0}):
        start, end = blocks[index].start, blocks[index].end
        topics = linked.between(start, end, *TOPICS)
        # A title of several clauses (壮大新兴产业，持续建设…中心) heads more than the one topic that it names.
        if topics and linked.document.folded.find(",", start, end) < 0:
            named[index] = _widest(topics)
    return named


def _widest(topics: list[tuple[Mention, Entity]]) -> tuple[Mention, Entity]:
    """The longest name of a heading; in 打造…的智能终端生产基地 there is but one."""
    return max(topics, key=lambda pair: (pair[1].type == "Industry", pair[0].end - pair[0].start, -pair[0].start))


def level(entity: Entity, ontology: Ontology) -> int:
    """0 = country … 5 = town; for choosing the more specific of two places."""
    order = {"Country": 0, "Region": 1, "Province": 2, "City": 3, "District": 4, "Zone": 4, "Town": 5}
    return order.get(entity.type, 3)


def is_policy_text(linked: Linked) -> bool:
    """Whether the document is official itself and not news about one: by its title, number, addressee, signature or duties."""
    return linked.view(_is_policy_text)


def _is_policy_text(linked: Linked) -> bool:
    own, document = linked.by_iri.get(linked.own_policy or ""), linked.document
    if own is not None and any(m.attribute("own") for m in own.mentions):
        return True
    signed = any(block.kind in ("addressee", "signature") for block in document.blocks)
    return signed or bool(document.metadata.number) or _DUTIES.search(document.folded) is not None


def title_industry(linked: Linked) -> tuple[Mention, Entity] | None:
    """The one industry that the title of the document's own policy names; None when it names none or several."""
    return linked.view(_title_industry)


def _title_industry(linked: Linked) -> tuple[Mention, Entity] | None:
    own = linked.by_iri.get(linked.own_policy or "")
    spans = [(m.start, m.end) for m in own.mentions] if own else []
    spans += [(b.start, b.end) for b in linked.document.blocks if b.kind == "title"][:1]
    named = {e.iri: (m, e) for start, end in reversed(spans) for m, e in linked.between(start, end, "Industry")}
    return next(iter(named.values())) if len(named) == 1 else None


def possessed(linked: Linked) -> tuple[tuple[Mention, Entity, Mention, Entity], ...]:
    """(place mention, place, topic mention, topic) of topics named right after a place other than the issuer, and their lists."""
    return linked.view(_possessed)


def _possessed(linked: Linked) -> tuple[tuple[Mention, Entity, Mention, Entity], ...]:
    return tuple(_possessions(linked))


def _possessions(linked: Linked) -> Iterator[tuple[Mention, Entity, Mention, Entity]]:
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


def policy_in_force(linked: Linked, ontology: Ontology, index: int, end: int) -> str | None:
    """The policy that a sentence reports on: the document's own, or in news the one named last, at most a few paragraphs above."""
    if is_policy_text(linked):
        return linked.own_policy
    blocks = linked.document.blocks
    first = index
    while first > max(0, index - _CARRY) and blocks[first - 1].kind in ("paragraph", "item"):
        first -= 1
    named = [p for p in linked.between(blocks[first].start, end, "Policy") if not _is_basis(linked, ontology, p[0])]
    return named[-1][1].iri if named else linked.own_policy


def _is_basis(linked: Linked, ontology: Ontology, mention: Mention) -> bool:
    """Whether a policy is named as what another one carries out (根据《…》)."""
    before = linked.document.folded[max(0, mention.start - 12) : mention.start]
    return any(cue in before for rule in ontology.rules_for("basedOn") for cue in rule.cues)
