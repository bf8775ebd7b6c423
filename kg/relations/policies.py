"""appliesTo and basedOn: whose a policy is, and what it carries out; issuedBy has a module of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import iri
from kg.model import Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence, issuing
from kg.relations.issuing import cues_of, policies_of
from kg.relations.scope import PLACES, sentences
from kg.words import behind_last

_OPENING = re.compile(r"(?:制定|制订|提出|拟定|编制)(?:了)?(?:本|如下|以下|这)|特制[定订]|现提出|现就|现将|结合[^。]{2,20}实际")
_PURPOSE = re.compile("制定|制订|提出|特制|编制|结合|落实|经|贯彻|现将|分解")
_GUIDING = re.compile("指导思想|总体要求|总体思路|(?:编制|制定|政策)依据|(?:编制|制定|出台)背景|^前言")
"""Headings under which a plan says what it carries out, without saying that it is drawn up."""
_NATIONAL = re.compile("国家|全国|中国|中央|国务院|部关于")
_OPENS = 1500
"""Characters within which the opening of a policy ends, the letterhead and a notice before it included."""


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """Policy facts of a document."""
    issued = issuing.relate(linked, ontology)
    return [*issued, *_applies(linked, ontology, issued), *_based(linked, ontology)]


def _applies(linked: Linked, ontology: Ontology, issued: list[Fact]) -> Iterator[Fact]:
    """The place in the title; else that of the issuer; else one that issues it in the text; for the own policy, the issuing place."""
    places = titled(linked)
    for policy in linked.entities:
        if policy.type != "Policy" or not policy.mentions:
            continue
        first = policy.mentions[0]
        if policy.iri in places:
            place, mention = places[policy.iri]
            words = evidence(linked, mention.start, mention.end, "appliesTo.title", 0.9)
        else:
            fact = next((f for f in issued if f.subject == policy.iri and _seat(f.object) in linked.by_iri), None)
            near = _before_cue(linked, first, ontology)
            if fact is not None:
                place, words = _seat(fact.object), fact.evidence[0]
            elif near is not None and not any(f.subject == policy.iri for f in issued):
                place = near[1].iri
                words = evidence(linked, near[0].start, first.end, "appliesTo.announced", 0.7)
            elif policy.iri == linked.own_policy and linked.issuing_place in linked.by_iri:
                place = linked.issuing_place or ""
                words = evidence(linked, first.start, first.end, "appliesTo.issuer", 0.8)
            elif _announced_here(first) and linked.issuing_place in linked.by_iri:
                place = linked.issuing_place or ""
                words = evidence(linked, first.start, first.end, "appliesTo.context", 0.5)
            else:
                continue
        yield Fact(policy.iri, "appliesTo", place, (words,))


def _announced_here(mention: Mention) -> bool:
    """Whether a policy without a place is one that the text's own place puts out (出台加快培育…工作方案)."""
    return mention.rule in ("policy.announced", "policy.listed") and not _NATIONAL.search(mention.canonical)


def titled(linked: Linked) -> dict[str, tuple[str, Mention]]:
    """Policy -> the first place in its longest title that has one."""
    placed: dict[str, tuple[str, Mention]] = {}
    for policy, mention in sorted(policies_of(linked), key=lambda p: (p[0].iri, -(p[1].end - p[1].start), p[1].start)):
        inside = [p for p in linked.between(mention.start, mention.end, *PLACES) if p[1].type != "Country"]
        if inside and policy.iri not in placed:
            # 国务院关于支持河南省…: the place behind 关于, not the issuer's before it.
            about = linked.document.folded.find("关于", mention.start, mention.end)
            behind = [p for p in inside if p[0].start > about >= 0 and p[0].start - about <= 10]
            inside = behind or inside
            at = 0
            while at + 1 < len(inside) and inside[at + 1][0].start == inside[at][0].end:
                at += 1  # 深圳市龙岗区…措施 is the district's
            placed[policy.iri] = (inside[at][1].iri, mention)
    return placed


def _seat(agency: str) -> str:
    """The place whose body it is, from the body's IRI; a central body's is the country, which no text names as such."""
    return iri.BASE + "place/" + agency.removeprefix(iri.BASE + "agency/").partition("/")[0]


def _before_cue(linked: Linked, mention: Mention, ontology: Ontology) -> tuple[Mention, Entity] | None:
    """深圳发布…行动计划, 杭州近日就…提出意见: the place that stands as subject of the verb."""
    text = linked.document.folded
    start = behind_last(linked.document, "。\n;", mention.start)
    before = text[start : mention.start]
    cue = max((before.rfind(c) for c in (*cues_of(ontology, "issuedBy"), "就")), default=-1)
    places = [p for p in linked.between(start, start + max(cue, 0), *PLACES) if p[1].type != "Country"]
    return places[-1] if cue >= 0 and places and len(before) - cue <= 40 and start + cue - places[-1][0].end <= 12 else None


def _under(linked: Linked, index: int, title: re.Pattern[str]) -> bool:
    """Whether a block stands under a heading with such a title."""
    document = linked.document
    above = (document.blocks[number] for number in document.headings_of(index))
    return any(title.search(document.folded, block.start, block.end) for block in above)


def _under_task(linked: Linked, offset: int) -> bool:
    """Whether a place in the text stands under the title of a task, where laws are cited to be enforced."""
    document = linked.document
    for number in document.headings_of(document.block_at(offset)):
        block = document.blocks[number]
        if any(m.rule == "task.heading" for m, _ in linked.between(block.start, block.end, "Task")):
            return True
    return False


def _based(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """根据《X》…制定本办法: in the opening of the own policy."""
    if not linked.own_policy:
        return
    text = linked.document.folded
    cues = cues_of(ontology, "basedOn")
    afters = "|".join(map(re.escape, ontology.words("basis-after")))
    behind = re.compile(rf"》?(?:\((?:[^()\n]|\([^()\n]*\)){{0,40}}\))?[^。\n]{{0,16}}?(?:{afters})")
    for index, start, end in sentences(linked):
        policies = [(m, e) for m, e in linked.between(start, end, "Policy") if e.iri != linked.own_policy]
        if not policies or not (_PURPOSE.search(text, start, end) or _under(linked, index, _GUIDING)):
            continue
        if not _OPENING.search(text, start, end) and (start > _OPENS or _under_task(linked, start)):
            continue
        first = min((p for p in (text.find(c, start, end) for c in cues) if p >= 0), default=-1)
        if behind.match(text, policies[-1][0].end) and (first < 0 or first > policies[0][0].start):
            first = policies[0][0].start
        if first < 0:
            continue
        for m, policy in policies:
            if m.start >= first:
                words = evidence(linked, first, m.end, "basedOn.opening", 0.75)
                yield Fact(linked.own_policy, "basedOn", policy.iri, (words,))
        if index > 60:
            break
