"""Works that share a head without 等 (京港、沿江高铁大通道) or in a second list of the clause (…及甲、乙等变电站)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.model import Document, Mention
from kg.recognizers.phrases import Clause, left_cut, split_items
from kg.recognizers.project_names import NOT_A_NAME, Names

_SECOND = re.compile(r"(?:及|和|与|以及)(?=[^,]{2,40}?等)")
_BUILT = re.compile(r"建设|推进|推动|加快|打造|开工|实施|贯通|新建|建成|规划|谋划|续建|启动")


def works(
    document: Document, clause: Clause, head: re.Pattern[str], names: Names, boundaries: Mapping[int, tuple[int, ...]]
) -> Iterator[Mention]:  # fmt: skip
    """The members of such lists, each with the head they share. ``head`` matches a head with what may stand before it."""
    text = document.folded
    if not _BUILT.search(text, clause.start, clause.end):
        return
    for joint in _SECOND.finditer(text, clause.start, clause.end):
        etc = text.find("等", joint.end(), clause.end)
        match = head.match(text, etc + 1, clause.end)
        if match and text.rfind("等", clause.start, joint.start()) >= 0:
            for start, end in split_items(text, joint.end(), etc):
                if _is_bare(text[start:end], names):
                    yield _member(document, start, end, match.group())
    if len(clause.items) > 1 and text.find("等", clause.start, clause.end) < 0:
        yield from _joined(document, clause, head, names, boundaries)


def _joined(
    document: Document, clause: Clause, head: re.Pattern[str], names: Names, boundaries: Mapping[int, tuple[int, ...]]
) -> Iterator[Mention]:  # fmt: skip
    text = document.folded
    left, right = clause.items[-1]
    match = head.search(text, left + 2, right)
    if not match or not 2 <= match.start() - left <= 9:
        return
    members = []
    for number, (start, end) in enumerate(clause.items[:-1]):
        begin = left_cut(text, start, end, boundaries, inside=number == 0)
        if not _is_bare(text[begin:end], names):
            return
        members.append((begin, end))
    for begin, end in members:
        yield _member(document, begin, end, match.group())
    yield Mention(left, match.end(), "Project", document.text[left : match.end()], "project.shared", (), "", 0.55)


def _is_bare(core: str, names: Names) -> bool:
    """Whether an item is a name without a head: 册亨, 南北盘江-红水河, 黔北(德江)."""
    plain = re.sub(r"\([一-鿿]{2,4}\)", "", core)
    if not 2 <= len(plain) <= 9 or NOT_A_NAME.search(core) or not re.fullmatch(r"[一-鿿-]+", plain):
        return False
    return not names.ordinary_but_places.makes_up(plain) and not names.ordinary_but_places.holds_one(plain)


def _member(document: Document, start: int, end: int, head: str) -> Mention:
    text = document.text[start:end]
    return Mention(start, end, "Project", text, "project.shared", (), text + head, 0.55)
