"""Which mentions name the same policy, which policy is the document's own, and how the document is described."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg import iri
from kg.folding import fold
from kg.linking.issuer import Issuer
from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.words import behind_last

_YEARS = re.compile(r"[(（][^()（）]{2,24}[)）]$")
_ALIKE = 8
"""Characters that a title without its issuer must have to be taken for the end of a longer one."""
_NUMBER = re.compile(r"[一-鿿]{2,8}[〔(\[（][12][0-9]{3}[〕)\]）]第?[0-9]{1,4}号")
_CALLED = re.compile(r"(?:以下|下文|下)?(?:简|统)?称(?:为|作)?[\"“]?《?([^《》\"”)）,，。]{2,14})(?=[》\"”)）])")


@dataclass(frozen=True)
class LinkedPolicy:
    """One policy of a document; ``own`` marks the one that the document is or reports on."""

    iri: str
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    own: bool = False


def link(mentions: Sequence[Mention], document: Document, ontology: Ontology, issuer: Issuer) -> list[LinkedPolicy]:
    """Policies by title; a title with and without its issuer or its years is one policy, short forms (《意见》) are aliases."""
    full = [m for m in mentions if not m.attribute("short")]
    groups: list[list[Mention]] = []
    alike: dict[str, list[list[Mention]]] = {}  # the same title has the same end
    for mention in sorted(full, key=lambda m: (-len(m.canonical), m.start)):
        near = alike.setdefault(_key(mention.canonical)[-_ALIKE:], [])
        group = next((g for g in near if _same(g[0].canonical, mention.canonical) and not _rivals(g[0], mention)), None)
        if group is None:
            group = []
            groups.append(group)
            near.append(group)
        group.append(mention)
    groups.sort(key=lambda g: min(m.start for m in g))
    own = _own(groups, document, ontology)
    scope = iri.local(issuer.place_iri) if issuer.place_iri else ""
    linked = []
    for number, group in enumerate(groups):
        names = {m.canonical for m in group}
        name = max(names, key=lambda n: (len(n), n))
        short = _short_forms(group, name, mentions, document, alone=number == own)
        aliases = (names | {m.text for m in group} | {s for s, _ in short} | {_YEARS.sub("", name)}) - {name}
        found = tuple(sorted({*group, *(m for _, m in short if m)}, key=lambda m: (m.start, m.end)))
        linked.append(
            LinkedPolicy(iri.policy(name, scope if number == own else ""), name, tuple(sorted(aliases)), found, number == own)
        )
    return linked


@lru_cache(maxsize=4096)
def _key(title: str) -> str:
    return re.sub(r"[\s《》〈〉<>\"“”的]", "", _YEARS.sub("", fold(title)))


def _same(longer: str, shorter: str) -> bool:
    a, b = _key(longer), _key(shorter)
    if a == b:
        return True
    years = {m.group() for t in (longer, shorter) if (m := _YEARS.search(t))}
    return len(years) < 2 and len(b) >= _ALIKE and a.endswith(b)


def _rivals(one: Mention, other: Mention) -> bool:
    """Whether both titles open with their issuer and the issuers differ: 国务院关于印发…, 安徽省人民政府关于印发…."""
    openings = [m.text.partition("关于")[0] for m in (one, other) if "关于" in m.text[2:30]]
    longer, shorter = sorted((one.canonical, other.canonical), key=len, reverse=True)
    lead = re.match(r"[一-鿿]{2,8}?[省市县区州盟旗]", longer.removesuffix(shorter)) if longer.endswith(shorter) else None
    if lead and openings and not any(lead.group() in opening for opening in openings):
        return True  # 省政府关于印发…措施的通知 is not the 某市…措施 that carries it out
    return len(openings) == 2 and all(openings) and openings[0] != openings[1]


def _own(groups: list[list[Mention]], document: Document, ontology: Ontology) -> int | None:
    """The group of the title line; else the policy of the headline or of the opening that is not named as a basis."""
    for number, group in enumerate(groups):
        if any(m.attribute("own") for m in group):
            return number
    early = [n for n, g in enumerate(groups) if any(m.start < 400 and not _is_basis(m, document, ontology) for m in g)]
    return early[0] if early else None


def _is_basis(mention: Mention, document: Document, ontology: Ontology) -> bool:
    """Whether a policy is named behind 根据 or 贯彻落实, as what another one carries out."""
    text = document.folded
    if _draft_notice(document, mention):
        return False
    start = behind_last(document, "。\n", mention.start)
    before = text[start : mention.start]
    basis = max(before.rfind(cue) for rule in ontology.rules_for("basedOn") for cue in rule.cues)
    issue = max(before.rfind(cue) for cue in ("印发", "发布", "出台", "制定", "解读", "转发", "起草", "编制"))
    if issue < 0 and (document.metadata.number or any(block.kind == "signature" for block in document.blocks)):
        return True  # a notice is not the policy that it cites
    return basis >= 0 and basis > issue


def _draft_notice(document: Document, mention: Mention) -> bool:
    """Whether a notice asks for comments on this draft: 关于《X（征求意见稿）》公开征求意见的公告."""
    block = document.blocks[max(0, document.block_at(mention.start))]
    line = document.folded[block.start : block.end]
    return "征求意见" in line and len(line) <= 120 and mention.start < 600


def _short_forms(
    group: list[Mention], name: str, mentions: Sequence[Mention], document: Document, *, alone: bool
) -> list[tuple[str, Mention | None]]:
    """《行动方案》 and 以下简称… that mean this policy."""
    found: list[tuple[str, Mention | None]] = []
    for mention in group:
        match = _CALLED.search(document.folded, mention.end, mention.end + 30)
        if match:
            found.append((document.quote(*match.span(1)), None))
    plain = _key(name)
    for mention in mentions:
        if mention.attribute("short") and alone and plain.endswith(_key(mention.canonical)):
            found.append((mention.canonical, mention))
    return found


def describe(document: Document, issuer: Issuer, own_name: str | None) -> tuple[str | None, str | None, str | None, str | None]:
    """(title, publisher, published, number): a notice goes by its plan's title, news by its headline."""
    meta = document.metadata
    title = meta.title or next((document.quote(b.start, b.end) for b in document.blocks if b.kind == "title"), None)
    if title is None or meta.number and title == meta.number or re.search(r"关于印发|的通知$", title) or not meta.title:
        title = own_name or title
    number = meta.number
    if own_name and title and title.startswith(own_name) and _NUMBER.fullmatch(title[len(own_name) :]):
        title, number = own_name, number or title[len(own_name) :]  # a lost line break glued the number to the title
    dates = [document.folded[b.start : b.end] for b in document.blocks if b.kind == "signature"]
    published = meta.published or next((d for d in map(_iso, dates) if d), None)
    return title, meta.publisher or issuer.agency_name, published, number


def _iso(text: str) -> str | None:
    match = re.search(r"([12][0-9]{3})年([0-9]{1,2})月([0-9]{1,2})日", re.sub(r"\s", "", text))
    return f"{match.group(1)}-{int(match.group(2)):02}-{int(match.group(3)):02}" if match else None
