"""Government bodies and Party organs: a place (or 省, 市, 区 …) with a function, alone in lists that share the place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE
from kg.recognizers.agencies import duties, functions, shared, unlisted

_INNER_BODY = re.compile(
    r"(?P<body>办公厅|[一-鿿]{2,20}?(?:领导小组|工作组|联席会议|指挥部)(?:办公室)?)(?=关于|印发|发布|会同|牵头|负责|[^一-鿿]|$)"
)
"""The general office of a ministry, and a group of the State Council (国务院安全生产…领导小组办公室)."""


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Agency mentions. Attributes: function (IRI), level (省/市/…) or place (IRI candidates) in ``concepts``."""
    text = document.folded
    placed = [m for m in found if m.rule != CANDIDATE and ontology.is_a(m.label, "Place")]
    ends = {m.end: m for m in placed if not m.attribute("bare")}
    mentions = [*_central(document, text, ontology, found), *unlisted.branches(document)]
    mentions += functions.find(document, ontology, text, ends)
    mentions += [*unlisted.headed(document, text, ends), *unlisted.teams(document, text), *unlisted.local_zones(document, text)]
    charged = duties.spans(document, mentions)
    mentions += unlisted.named_by_level(document, text, charged)
    mentions = _outermost(mentions)
    mentions += shared.bare(document, text, mentions, charged)
    mentions += shared.tails(document, text, ends, mentions)
    mentions += shared.places(document, text, placed, mentions, charged)
    return _outermost(mentions)


def _central(document: Document, text: str, ontology: Ontology, found: Sequence[Mention]) -> Iterator[Mention]:
    for m in found:
        if m.rule == CANDIDATE:
            concepts = tuple(c for c in m.concepts if ontology.concepts[c].kind == "Agency")
            # 生态环境部门 is no ministry.
            if concepts and m.text[-1] + text[m.end : m.end + 1] != "部门":
                yield Mention(m.start, m.end, "Agency", m.text, "agency.central", concepts, "", 0.95)
                inner = _INNER_BODY.match(text, m.end)
                if inner and not m.text.endswith(("办公厅", "办公室")):
                    end = inner.end("body")
                    own = (("office", inner.group("body")),)
                    words = document.text[m.start : end]
                    yield Mention(m.start, end, "Agency", words, "agency.central", concepts, "", 0.85, own)


def _outermost(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for m in sorted(mentions, key=lambda m: (m.start, -m.end, m.attribute("zone") is None)):
        if not kept or m.end > kept[-1].end:
            if kept and m.start < kept[-1].end:
                continue
            kept.append(m)
    return kept
