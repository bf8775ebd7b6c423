"""issuedBy: who put a policy out, by its title, its letterhead and stamps, and the sentences that announce it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.folding import fold
from kg.model import Document, Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence
from kg.words import Words, behind_last

_FIELDS = ("发文机关", "发文部门", "发布机构", "发布部门", "制定机关", "发文单位", "颁布单位", "发布单位", "印发机关")
_FIELD = re.compile(rf"(?:{'|'.join(_FIELDS)})\s*[::]\s*[^\n]{{0,40}}")
_STAMP = re.compile(
    r"[(]?(?:[一-鿿]{2,12}\([12][0-9]{3}\)(?:第)?[0-9]{1,4}号|[12][0-9]{3}年|经)?[^。\n]{0,60}?"
    r"(?:[12][0-9]{3}\s?年[0-9]{1,2}月(?:[0-9]{1,2}日)?|第[0-9]{1,3}次[^。\n]{0,8}会议)[^。\n]{0,16}[)]?"
)
_DRAWN = re.compile(
    r"(?:该|本|此|这一|这份|上述)(?:文件|措施|办法|方案|计划|意见|规划|政策|条例|细则)由(?P<by>[^。,;\n]{2,60}?)"
    r"(?:牵头|联合|会同|共同|负责|组织)*(?:起草|制定|编制|印发|发布|出台)"
)
_OWNS = re.compile(r"(?:等[0-9一二三四五六七八九十多]*(?:个)?(?:部门|部委|单位|厅局|委办局))?的?|[、和及与,]|联合|会同")
_PASSED = re.compile(r"[(][^\n]{6,200}(?:通过|批准|印发|公布|发布|修正|修订|施行)[^\n]{0,20}[)]")
_LATER = re.compile(r"[^。\n]{0,40}?由(?P<by>[^。,;\n由]{2,40}?)(?:联合|正式)?(?:印发|发布|公布|颁布)")
"""…起草了《X》，经市政府同意，由市政府办公室印发."""
_EVENT = re.compile("发布(?:会|厅|平台|时间|日期|机构)|印发(?:机关|日期|时间)")
"""Words that hold a verb of issuing and issue nothing."""
_HEAD = 800
"""Characters within which letterhead, fields and stamps of a policy stand."""
_SHARED_FIELD = re.compile(r"(?:发文机关|发布机关|发文单位|发布单位|印发单位)(?:都|均)(?:是|为)[^。,;\n]{2,40}")
_ISSUED = re.compile(
    r"》?(?:\((?:[^()\n]|\([^()\n]*\)){0,40}\))?[,、]?(?:已|日前|近日|正式|最近|当日|于[^,。]{2,12}|经[^,。]{2,20}同意,?){0,3}"
    r"(?:由(?P<by>[^。,;\n]{2,60}?))?(?:联合|共同|正式)?(?:印发|发布|出台|公布|颁布|制定|起草|编制|审议通过|通过)"
)
_LISTED = re.compile(r"(?:附件|第?[0-9一二三四五六七八九十]+件?|[\s:.,、()《])*")
_SERVED = re.compile(r"落实|贯彻|按照|根据|依据|(?<![一-鿿])经|响应|围绕")
_ENCLOSED = re.compile(r"附件\s*[:0-9一1]|随文下发|随文印发|一并印发")


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """issuedBy facts of a document."""
    issued = [
        *_in_title(linked),
        *_letterhead(linked),
        *_before_title(linked),
        *_stamped(linked),
        *_announced(linked, ontology),
    ]
    return [*issued, *_enclosed(linked, issued)]


@lru_cache(maxsize=8)
def cues_of(ontology: Ontology, relation: str) -> tuple[str, ...]:
    return tuple(cue for rule in ontology.rules_for(relation) for cue in rule.cues)


@lru_cache(maxsize=8)
def _finder(ontology: Ontology, relation: str) -> Words:
    return Words(cues_of(ontology, relation))


def policies_of(linked: Linked) -> Iterator[tuple[Entity, Mention]]:
    for entity in linked.entities:
        if entity.type == "Policy":
            for mention in entity.mentions:
                yield entity, mention


def _in_title(linked: Linked) -> Iterator[Fact]:
    """国务院关于…的意见, 国土资源部国务院扶贫办国家能源局关于…: the bodies that open a title issued it."""
    text = linked.document.folded
    for policy, mention in policies_of(linked):
        reach = mention.start + 12
        for m, body in linked.between(mention.start, mention.end, "Agency"):
            if m.start > reach:
                break
            reach = m.end + 2
            if "关于" in text[m.end : m.end + 60] or text[m.end : m.end + 2] in ("印发", "、"):
                words = evidence(linked, mention.start, mention.end, "issuedBy.title", 0.9)
                yield Fact(policy.iri, "issuedBy", body.iri, (words,))


def _before_title(linked: Linked) -> Iterator[Fact]:
    """国务院《关于…的通知》, 市发改委等五部门《关于…》: the bodies right before a title in 《》."""
    text = linked.document.folded
    for policy, mention in policies_of(linked):
        if text[mention.start - 1 : mention.start] != "《":
            continue
        end = mention.start - 1
        for m, body in reversed(linked.between(max(0, end - 80), end, "Agency")):
            if not _OWNS.fullmatch(text, m.end, end):
                break
            end = m.start
            words = evidence(linked, m.start, mention.end, "issuedBy.before-title", 0.8)
            yield Fact(policy.iri, "issuedBy", body.iri, (words,))


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


def _stamped(linked: Linked) -> Iterator[Fact]:
    """The line under the title with number, body and date (（黑政规〔2022〕6号 … 2022年3月21日印发）), a field inside a line of
    fields, and a sentence that says who drew the document up."""
    if not linked.own_policy:
        return
    text = linked.document.folded
    spans = [m.span() for m in _FIELD.finditer(text, 0, _HEAD)]
    spans += [m.span("by") for m in _DRAWN.finditer(text)]
    for block in linked.document.blocks:
        if block.start > _HEAD:
            break
        line = text[block.start : block.end].strip()
        if block.kind in ("paragraph", "item", "note") and len(line) <= 240:
            stamped = _PASSED.fullmatch(line) or len(line) <= 100 and _STAMP.fullmatch(line)
            spans += [(block.start, block.end)] if stamped else []
    for start, end in spans:
        for m, body in linked.between(start, end, "Agency"):
            words = evidence(linked, m.start, m.end, "issuedBy.stamp", 0.75)
            yield Fact(linked.own_policy, "issuedBy", body.iri, (words,))


def _announced(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """A、B联合印发《X》: the bodies before the verb; A牵头…《X》日前印发: the bodies before the title."""
    for policy, mention in policies_of(linked):
        spans = [span for span in (_cue(linked, mention, ontology), _later(linked, mention)) if span]
        for m, body in (pair for span in spans for pair in linked.between(*span, "Agency")):
            if _speaks(linked.document, m):
                words = evidence(linked, min(m.start, mention.start), max(m.end, mention.end), "issuedBy.announced", 0.7)
                yield Fact(policy.iri, "issuedBy", body.iri, (words,))
    yield from _fields(linked)


def _later(linked: Linked, mention: Mention) -> tuple[int, int] | None:
    """Where the body stands that issues a policy later in the sentence that names it."""
    found = _LATER.match(linked.document.folded, mention.end)
    if found is None or linked.between(mention.end, found.end(), "Policy"):
        return None
    return found.span("by")


def _speaks(document: Document, body: Mention) -> bool:
    """Whether a body is the subject of its clause: not 经省政府同意, not 落实市委、市政府的部署."""
    text = document.folded
    if _SERVED.search(text, behind_last(document, ",。;\n", body.start), body.start):
        return False
    return not re.match(r".{0,2}(?:同意|批准|审议|指导|要求|部署|决策|获悉|了解到)", text[body.end : body.end + 5])


def _cue(linked: Linked, mention: Mention, ontology: Ontology) -> tuple[int, int] | None:
    """Where the bodies that issue a policy stand: before the verb of issuing, or before or behind a title that is issued."""
    text = linked.document.folded
    start = behind_last(linked.document, "。\n|", mention.start)
    cues = cues_of(ontology, "issuedBy")
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
    return _EVENT.sub(lambda m: " " * len(m.group()), text)


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
