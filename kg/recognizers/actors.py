"""Laboratories and centers that act: 支持甲大学、乙实验室共建丙中心 speaks of 乙 as a body and of 丙 as a project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.folding import fold
from kg.model import Document, Mention
from kg.recognizers.phrases import Clause, clauses
from kg.words import Hits

_HEADS = ("实验室", "创新中心", "研究中心", "技术中心", "科技中心", "科学中心", "创新院", "检测中心", "医学中心")
_OPENS = re.compile(r"(?:支持|鼓励|推动|引导|组织|联合|会同|携手|发挥)")
_ACTS = re.compile(r"发布|牵头|承担|组建|联合|参与|开展|共建|建设|创建|打造|筹建|设立|布局|申报|实施")
_ALONE = ("发布", "牵头", "承担", "组建", "联合", "参与")
"""What makes actors of a list of laboratories that holds no other body."""


def as_bodies(document: Document, projects: list[Mention], bodies: Sequence[Mention]) -> list[Mention]:
    """``projects``, with those that act turned into institutes."""
    candidates = [m for m in projects if fold(m.text).endswith(_HEADS)]
    if not candidates:
        return projects
    spans = Hits((m.start, m.end) for m in candidates)
    known = Hits((m.start, m.end) for m in bodies)
    acting = {
        span
        for clause in clauses(document)
        if len(clause.items) > 1 and spans.any_within(clause.start, clause.end)
        for span in _acting(document.folded, clause, spans, known)
    }
    return [replace(m, label="Institute", rule="organization.actor", concepts=()) if (m.start, m.end) in acting else m for m in projects]


def _acting(text: str, clause: Clause, spans: Hits, known: Hits) -> Iterator[tuple[int, int]]:
    opens = _OPENS.match(text, clause.start, clause.end)
    if not opens:
        return
    within = spans.within(clause.start, clause.end)
    last = max((end for _, end in [*within[:1], *known.within(clause.start, clause.end)[:1]]), default=clause.start)
    acts = _ACTS.search(text, last, clause.end)
    if not acts:
        return
    listed = [span for span in within if span[1] <= acts.start()]
    if known.any_within(clause.start, acts.start()) or (len(listed) > 1 and acts.group() in _ALONE):
        yield from listed
