"""partOf between industries, upstreamOf and downstreamOf: what the text lists under an industry and calls its up- or downstream."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.scope import TOPICS, clauses, heading_topic, sentences

_SUMMARY = re.compile(r"等(?:[0-9一二三四五六七八九十]+(?:大|个))?")
_LISTED = re.compile(r"^(?:[、和与及]|以及|\s)+$")


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """Chain facts of a document."""
    return [*_summed(linked), *_headings(linked), *_under_heading(linked), *_streams(linked, ontology)]


def _summed(linked: Linked) -> Iterator[Fact]:
    """A、B等生产性服务业: the items of a list belong to the industry that sums it up."""
    text = linked.document.folded
    for _, start, end in sentences(linked):
        for match in _SUMMARY.finditer(text, start, end):
            head = [
                (m, e)
                for m, e in linked.between(match.end(), min(end, match.end() + 16), *TOPICS)
                if m.start - match.end() <= 2 and e.type == "Industry"
            ]
            if not head:
                continue
            for mention, item in _list_before(linked, start, match.start()):
                words = evidence(linked, mention.start, head[0][0].end, "partOf.list", 0.75)
                if item.type == "Industry":
                    yield Fact(item.iri, "partOf", head[0][1].iri, (words,))


def _list_before(linked: Linked, start: int, end: int) -> list[tuple[Mention, Entity]]:
    """The run of topics joined by 、 that ends at ``end``."""
    text = linked.document.folded
    run: list[tuple[Mention, Entity]] = []
    right = end
    for mention, entity in reversed(linked.between(start, end, *TOPICS)):
        gap = text[mention.end : right]
        if gap == "" or _LISTED.match(gap):
            run.append((mention, entity))
            right = mention.start
        elif mention.end <= right:
            break
    return run


def _under_heading(linked: Linked) -> Iterator[Fact]:
    """An industry in a list under another's heading is a segment of it, unless it has a heading of its own."""
    headed = _heading_topics(linked)
    for index, start, end in sentences(linked):
        block = linked.document.blocks[index]
        if block.kind in ("heading", "title"):
            continue
        above = heading_topic(linked, index)
        if above is None or above[1].type != "Industry":
            continue
        topics = [(m, e) for m, e in linked.between(start, end, *TOPICS) if e.type == "Industry"]
        for mention, topic in topics:
            if topic.iri not in headed and topic.iri != above[1].iri and _in_list(linked, mention):
                words = evidence(linked, start, end, "partOf.heading", 0.6)
                yield Fact(topic.iri, "partOf", above[1].iri, (words,))


def _heading_topics(linked: Linked) -> set[str]:
    """Industries that a heading is about."""
    return {
        topic.iri
        for block in linked.document.blocks
        if block.kind == "heading"
        for _, topic in linked.between(block.start, block.end, "Industry")
    }


def _headings(linked: Linked) -> Iterator[Fact]:
    """1.新型显示 under 一、战略性新兴产业: a heading's industry belongs to that of the heading above."""
    for index, block in enumerate(linked.document.blocks):
        if block.kind != "heading":
            continue
        above = heading_topic(linked, index)
        if above is None or above[1].type != "Industry":
            continue
        for mention, topic in linked.between(block.start, block.end, "Industry"):
            words = evidence(linked, mention.start, mention.end, "partOf.headings", 0.6)
            yield Fact(topic.iri, "partOf", above[1].iri, (words,))


def _in_list(linked: Linked, mention: Mention) -> bool:
    text = linked.document.folded
    return text[mention.end : mention.end + 1] in ("、", "和", "及") or text[mention.start - 1 : mention.start] in (
        "、",
        "和",
        "及",
    )


def _streams(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    text = linked.document.folded
    for predicate, name in (("upstreamOf", "upstream-cues"), ("downstreamOf", "downstream-cues")):
        cues = ontology.words(name)
        for index, start, end in sentences(linked):
            above = heading_topic(linked, index)
            if above is None or not any(cue in text[start:end] for cue in cues):
                continue
            for left, right in clauses(text, start, end):
                if any(cue in text[left:right] for cue in cues):
                    for _, topic in linked.between(left, right, *TOPICS):
                        if topic.type == "Technology":
                            words = evidence(linked, left, right, predicate, 0.6)
                            yield Fact(topic.iri, predicate, above[1].iri, (words,))
