"""covers: which industries a policy is about."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Fact, Linked
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.scope import TOPICS, heading_topic, sentences

_FOCUS = (
    "重点发展",
    "聚焦",
    "培育壮大",
    "发展壮大",
    "重点领域",
    "主导产业",
    "支柱产业",
    "优势产业",
    "新兴产业",
    "未来产业",
    "做大做强",
    "巩固提升",
)


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """covers facts of a document."""
    return [*_title_covers(linked), *_focus_covers(linked)]


def _title_covers(linked: Linked) -> Iterator[Fact]:
    """A policy covers the industries that its title names."""
    for policy in linked.entities:
        if policy.type != "Policy":
            continue
        for mention in policy.mentions:
            for _, topic in linked.between(mention.start, mention.end, *TOPICS):
                if topic.type == "Industry":
                    words = evidence(linked, mention.start, mention.end, "covers.title", 0.9)
                    yield Fact(policy.iri, "covers", topic.iri, (words,))


def _focus_covers(linked: Linked) -> Iterator[Fact]:
    """The document's own policy covers the industries of its headings and of its lists of focus areas."""
    if not linked.own_policy:
        return
    text = linked.document.folded
    for index, start, end in sentences(linked):
        block = linked.document.blocks[index]
        topics = linked.between(start, end, "Industry")
        if not topics:
            continue
        heading = block.kind == "heading"
        above = heading_topic(linked, index)
        top = above is None or above[1].type != "Industry"
        focus = top and len(topics) >= 2 and any(word in text[start:end] for word in _FOCUS)
        if heading or focus:
            for _, topic in topics:
                words = evidence(linked, start, end, "covers.heading" if heading else "covers.focus", 0.7)
                yield Fact(linked.own_policy, "covers", topic.iri, (words,))
