"""Tasks: headings and run-in heads of a policy that begin with a verb or end in 工程 or 行动."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Document, Mention
from kg.ontology import Ontology

_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百0-9]+[章节条编篇]|[一二三四五六七八九十]{1,4}[、.]|\([一二三四五六七八九十0-9]{1,4}\)|[0-9]{1,2}\s*[.、．]|[①-⑳])[\s　、]*"
)
_ENDS = ("工程", "行动", "计划", "专项")
_SECTIONS = ("目标", "要求", "原则", "思想", "基础", "现状", "背景", "附件", "解读", "条件", "定义", "附则", "总则")


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Task mentions, without the number before and the stop after the head."""
    verbs = ontology.words("task-verbs")
    nots = ontology.word_set("not-tasks")
    mentions = []
    for index, block in enumerate(document.blocks):
        if block.kind != "heading":
            continue
        line = document.folded[block.start : block.end]
        number = _NUMBER.match(line)
        start = block.start + (number.end() if number else 0)
        end = block.end
        while end > start and document.folded[end - 1] in "。:：;；,， .":
            end -= 1
        name = document.folded[start:end]
        if not 4 <= len(name) <= 46 or name in nots or any(w in name for w in ("?", "？")):
            continue
        if not (any(name.startswith(v) for v in verbs) or name.endswith(_ENDS)):
            continue
        if any(_is_goal(document, above) for above in document.headings_of(index)):
            continue
        mentions.append(Mention(start, end, "Task", document.text[start:end], "task.heading", (), "", 0.75))
    return mentions


def _is_goal(document: Document, index: int) -> bool:
    block = document.blocks[index]
    return any(word in document.folded[block.start : block.end] for word in _SECTIONS)
