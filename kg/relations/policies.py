"""issuedBy, appliesTo and basedOn: who put a policy out, whose it is, and what it carries out."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.scope import PLACES, sentences


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """Policy facts of a document."""
    return [
        *_in_title(linked),
        *_letterhead(linked),
        *_announced(linked, ontology),
        *_applies(linked),
        *_based(linked, ontology),
    ]


def _policies(linked: Linked) -> Iterator[tuple[Entity, Mention]]:
    for entity in linked.entities:
        if entity.type == "Policy":
            for mention in entity.mentions:
                yield entity, mention


def _in_title(linked: Linked) -> Iterator[Fact]:
    """国务院关于…的意见: the body that opens a title issued it."""
    for policy, mention in _policies(linked):
        bodies = [(m, e) for m, e in linked.between(mention.start, mention.end, "Agency") if m.start - mention.start <= 12]
        text = linked.document.folded
        for m, body in bodies:
            if "关于" in text[m.end : m.end + 40] or text[m.end : m.end + 2] in ("印发", "、"):
                yield Fact(policy.iri, "issuedBy", body.iri, (evidence(linked, mention.start, mention.end, "issuedBy.title", 0.9),))


def _letterhead(linked: Linked) -> Iterator[Fact]:
    """Bodies in the signature, in the title line around the plan's title, and in 发文机关 lines issued the own policy."""
    if not linked.own_policy:
        return
    text = linked.document.folded
    for block in linked.document.blocks:
        line = text[block.start : block.end]
        wrapper = block.kind in ("title", "heading", "paragraph") and "关于" in line and block.start < 600
        field = line.startswith(("发文机关", "发文部门", "发布机构", "发布部门", "制定机关"))
        if block.kind != "signature" and not field and not (wrapper and line.rstrip().endswith(("通知", "意见", "公告", "措施", "决定", "政策", "方案"))):
            continue
        limit = block.start + line.find("关于") if wrapper and not field else block.end
        for m, body in linked.between(block.start, max(limit, block.start), "Agency"):
            words = evidence(linked, m.start, m.end, "issuedBy.letterhead", 0.85)
            yield Fact(linked.own_policy, "issuedBy", body.iri, (words,))


def _announced(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """A、B联合印发《X》: the bodies before the verb, in the sentence of the policy."""
    text = linked.document.folded
    cues = ontology.words("issue-cues")
    for policy, mention in _policies(linked):
        start = max(text.rfind(mark, 0, mention.start) for mark in ("。", "\n", "；", ";")) + 1
        before = text[start : mention.start]
        cue = max((before.rfind(c) for c in cues), default=-1)
        if cue < 0 or len(before) - cue > 40:
            continue
        for m, body in linked.between(start, start + cue, "Agency"):
            if "同意" not in text[m.end : m.end + 3] and "批准" not in text[m.end : m.end + 3]:
                words = evidence(linked, m.start, mention.end, "issuedBy.announced", 0.7)
                yield Fact(policy.iri, "issuedBy", body.iri, (words,))


def _applies(linked: Linked) -> Iterator[Fact]:
    """The place that opens the title, else for the own policy the issuing place."""
    placed: set[str] = set()
    for policy, mention in sorted(_policies(linked), key=lambda p: (p[0].iri, -(p[1].end - p[1].start))):
        if policy.iri in placed:
            continue
        inside = [(m, e) for m, e in linked.between(mention.start, mention.end, *PLACES) if e.type != "Country"]
        if inside:
            placed.add(policy.iri)
            words = evidence(linked, mention.start, mention.end, "appliesTo.title", 0.9)
            yield Fact(policy.iri, "appliesTo", inside[0][1].iri, (words,))
    if linked.own_policy and linked.own_policy not in placed and linked.issuing_place:
        own = linked.by_iri[linked.own_policy]
        if own.mentions and linked.issuing_place in linked.by_iri:
            m = own.mentions[0]
            words = evidence(linked, m.start, m.end, "appliesTo.issuer", 0.8)
            yield Fact(linked.own_policy, "appliesTo", linked.issuing_place, (words,))


def _based(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """根据《X》…制定本办法: in the opening of the own policy."""
    if not linked.own_policy:
        return
    text = linked.document.folded
    cues = ontology.words("basis-cues")
    for index, start, end in sentences(linked):
        policies = [(m, e) for m, e in linked.between(start, end, "Policy") if e.iri != linked.own_policy]
        if not policies or not any(w in text[start:end] for w in ("制定", "制订", "提出", "特制", "编制", "结合", "落实", "经")):
            continue
        first = min((p for p in (text.find(c, start, end) for c in cues) if p >= 0), default=-1)
        if first < 0:
            continue
        for m, policy in policies:
            if m.start > first:
                words = evidence(linked, first, m.end, "basedOn.opening", 0.75)
                yield Fact(linked.own_policy, "basedOn", policy.iri, (words,))
        if index > 30:
            break
