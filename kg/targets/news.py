"""Whether a text is a policy or tells of one: news states facts where a policy sets aims."""

from __future__ import annotations

import re

from kg.folding import fold
from kg.model import Linked


def is_news(linked: Linked) -> bool:
    """Whether the text reports on a policy (or on none) rather than being one."""
    own = linked.by_iri.get(linked.own_policy or "")
    if own is None:
        return True
    if linked.document.metadata.number:
        return False
    title = next((linked.document.folded[b.start : b.end] for b in linked.document.blocks if b.kind == "title"), "")
    plain = re.sub(r"[\s《》\"():]", "", title)
    name = re.sub(r"[\s《》\"():]", "", fold(own.name))
    if not plain or not name:
        return True
    before, found, after = plain.partition(name)
    reported = after.startswith("等") or (before.endswith(_REPORTED) and "关于" not in before)
    return reported if found else plain not in name


_REPORTED = ("发布", "出台", "推出", "公布", "印发", "解读", "实施")
"""Verbs of a headline that tells of a policy (某市发布…行动计划); 关于印发… is the policy's own title."""
