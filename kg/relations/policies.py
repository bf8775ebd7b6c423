"""issuedBy, appliesTo and basedOn: who put a policy out, whose it is, and what it carries out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg import iri
from kg.folding import fold
from kg.model import Document, Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.scope import PLACES, sentences
from kg.words import Words, behind_last

_FIELDS = ("发文机关", "发文部门", "发布机构", "发布部门", "制定机关", "发文单位", "颁布单位", "发布单位", "印发机关")
_SHARED_FIELD = re.compile(r"(?:发文机关|发布机关|发文单位|发布单位|印发单位)(?:都|均)(?:是|为)[^。,;\n]{2,40}")
_ISSUED = re.compile(
    r"》?(?:\((?:[^()\n]|\([^()\n]*\)){0,40}\))?[,、]?(?:已|日前|近日|正式|最近|当日|于[^,。]{2,12}|经[^,。]{2,20}同意,?){0,3}"
    r"(?:由(?P<by>[^。,;\n]{2,60}?))?(?:联合|共同|正式)?(?:印发|发布|出台|公布|颁布|制定)"
)
_OPENING = re.compile(r"(?:制定|制订|提出|拟定|编制)(?:了)?(?:本|如下|以下|这)|特制[定订]|现提出|现就|现将|结合[^。]{2,20}实际")
_OPENS = 1500
"""Characters within which the opening of a policy ends, the letterhead and a notice before it included."""
_LISTED = re.compile(r"(?:附件|第?[0-9一二三四五六七八九十]+件?|[\s:.,、()《])*")
_SERVED = re.compile(r"落实|贯彻|按照|根据|依据|(?<![一-鿿])经|响应|围绕")
_ENCLOSED = re.compile(r"附件\s*[:0-9一1]|随文下发|随文印发|一并印发")


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """Policy facts of a document."""
    issued = [*_in_title(linked), *_letterhead(linked), *_announced(linked, ontology)]
    issued += _enclosed(linked, issued)
    return [*issued, *_applies(linked, ontology, issued), *_based(linked, ontology)]


@lru_cache(maxsize=8)
def _cues(ontology: Ontology, relation: str) -> tuple[str, ...]:
    return tuple(cue for rule in ontology.rules_for(relation) for cue in rule.cues)


@lru_cache(maxsize=8)
def _finder(ontology: Ontology, relation: str) -> Words:
    return Words(_cues(ontology, relation))


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
                yield Fact(
                    policy.iri, "issuedBy", body.iri, (evidence(linked, mention.start, mention.end, "issuedBy.title", 0.9),)
                )


def _letterhead(linked: Linked) -> Iterator[Fact]:
    """Bodies in the signature, in the title line around the plan's title, and in 发文机关 lines issued the own policy."""
    if not linked.own_policy:
        return
    text = linked.document.folded
    for block in linked.document.blocks:
        line = text[block.start : block.end]
        wrapper = block.kind in ("title", "heading", "paragraph") and "关于" in line and block.start < 600
        field = line.startswith(_FIELDS)
        if (
            block.kind != "signature"
            and not field
            and not (wrapper and line.rstrip().endswith(("通知", "意见", "公告", "措施", "决定", "政策", "方案")))
        ):
            continue
        limit = block.start + line.find("关于") if wrapper and not field else block.end
        for m, body in linked.between(block.start, max(limit, block.start), "Agency"):
            words = evidence(linked, m.start, m.end, "issuedBy.letterhead", 0.85)
            yield Fact(linked.own_policy, "issuedBy", body.iri, (words,))


def _announced(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """A、B联合印发《X》: the bodies before the verb; A牵头…《X》日前印发: the bodies before the title."""
    for policy, mention in _policies(linked):
        cue = _cue(linked, mention, ontology)
        if cue is None:
            continue
        for m, body in linked.between(*cue, "Agency"):
            if _speaks(linked.document, m):
                words = evidence(linked, min(m.start, mention.start), max(m.end, mention.end), "issuedBy.announced", 0.7)
                yield Fact(policy.iri, "issuedBy", body.iri, (words,))
    yield from _fields(linked)


def _speaks(document: Document, body: Mention) -> bool:
    """Whether a body is the subject of its clause: not 经省政府同意, not 落实市委、市政府的部署."""
    text = document.folded
    if _SERVED.search(text, behind_last(document, ",。;\n", body.start), body.start):
        return False
    return not re.match(r".{0,2}(?:同意|批准|审议|指导|要求|部署|决策|获悉|了解到)", text[body.end : body.end + 5])


def _cue(linked: Linked, mention: Mention, ontology: Ontology) -> tuple[int, int] | None:
    """Where the bodies that issue a policy stand: before the verb of issuing, or before or behind a title that is issued."""
    text = linked.document.folded
    start = behind_last(linked.document, "。\n", mention.start)
    cues = _cues(ontology, "issuedBy")
    issued = linked.document.view(_finder(ontology, "issuedBy").hits)
    for m, _ in reversed(linked.between(start, mention.start, "Policy")):
        # A印发《X》，B印发《Y》: what stands before X says nothing about Y.
        if issued.any_within(m.end, mention.start) and linked.between(m.end, mention.start, "Agency"):
            start = m.end
            break
    before = _masked(linked, start, mention.start)
    cue = max((before.rfind(c) for c in cues), default=-1)
    reach = 200 if re.search(r"[份件项个部][^。]{0,6}[:,]|》", before[max(cue, 0) :]) else 40
    if cue >= 0 and len(before) - cue <= reach:
        return start, start + cue
    after = _ISSUED.match(text, mention.end)
    if after and after.group("by"):
        return after.start("by"), after.end("by")
    if after and re.search(r"牵头|会同|联合|参与|由", before):
        return start, mention.start
    return None


def _masked(linked: Linked, start: int, end: int) -> str:
    """The text with the titles in it blanked out: the 印发 inside a title is no verb of the sentence."""
    text = linked.document.folded[start:end]
    for m, _ in linked.between(start, end, "Policy"):
        text = text[: m.start - start] + " " * (m.end - m.start) + text[m.end - start :]
    return text


def _fields(linked: Linked) -> Iterator[Fact]:
    """两份文件，发文机关都是A: every policy of the document."""
    text = linked.document.folded
    for match in _SHARED_FIELD.finditer(text):
        for m, body in linked.between(match.start(), match.end(), "Agency"):
            for policy in linked.entities:
                if policy.type == "Policy" and any(n.start > match.start() for n in policy.mentions):
                    words = evidence(linked, match.start(), m.end, "issuedBy.field", 0.6)
                    yield Fact(policy.iri, "issuedBy", body.iri, (words,))


def _enclosed(linked: Linked, issued: list[Fact]) -> list[Fact]:
    """The policies that a notice lists as its attachments share its issuer."""
    own = [f for f in issued if f.subject == linked.own_policy]
    known = {f.subject for f in issued}
    text = linked.document.folded
    found = []
    for match in _ENCLOSED.finditer(text):
        for policy in linked.entities:
            if policy.type != "Policy" or policy.iri in known:
                continue
            at = text.find(fold(policy.name), match.end(), match.end() + 500)
            if at >= 0 and _LISTED.fullmatch(text, behind_last(linked.document, "\n", at), at):
                words = evidence(linked, at, at + len(policy.name), "issuedBy.enclosed", 0.6)
                found += [Fact(policy.iri, "issuedBy", f.object, (words,)) for f in own]
    return found


def _applies(linked: Linked, ontology: Ontology, issued: list[Fact]) -> Iterator[Fact]:
    """The place in the title; else that of the issuer; else one that issues it in the text; for the own policy, the issuing place."""
    titled = _titled(linked)
    for policy in linked.entities:
        if policy.type != "Policy" or not policy.mentions:
            continue
        first = policy.mentions[0]
        if policy.iri in titled:
            place, mention = titled[policy.iri]
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
            else:
                continue
        yield Fact(policy.iri, "appliesTo", place, (words,))


def _titled(linked: Linked) -> dict[str, tuple[str, Mention]]:
    """Policy -> the first place in its longest title that has one."""
    placed: dict[str, tuple[str, Mention]] = {}
    for policy, mention in sorted(_policies(linked), key=lambda p: (p[0].iri, -(p[1].end - p[1].start), p[1].start)):
        inside = [p for p in linked.between(mention.start, mention.end, *PLACES) if p[1].type != "Country"]
        if inside and policy.iri not in placed:
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
    cue = max((before.rfind(c) for c in (*_cues(ontology, "issuedBy"), "就")), default=-1)
    places = [p for p in linked.between(start, start + max(cue, 0), *PLACES) if p[1].type != "Country"]
    return places[-1] if cue >= 0 and places and len(before) - cue <= 40 and start + cue - places[-1][0].end <= 12 else None


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
    cues = _cues(ontology, "basedOn")
    afters = "|".join(map(re.escape, ontology.words("basis-after")))
    behind = re.compile(rf"》?(?:\((?:[^()\n]|\([^()\n]*\)){{0,40}}\))?[^。\n]{{0,16}}?(?:{afters})")
    for index, start, end in sentences(linked):
        policies = [(m, e) for m, e in linked.between(start, end, "Policy") if e.iri != linked.own_policy]
        if not policies or not any(
            w in text[start:end] for w in ("制定", "制订", "提出", "特制", "编制", "结合", "落实", "经", "贯彻")
        ):
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
        if index > 30:
            break
