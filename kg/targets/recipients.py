"""Who gets support money and on what condition, from the words before the amount in its sentence."""

from __future__ import annotations

import re

_FOR = re.compile(
    r"(?:^|(?<=[,，:：.;；\s)]))(?:[0-9]{1,2}[.、]|每年|其中)?(?:对于?|凡是?|向)(?P<who>[^,，。；;\n]{2,90}?)"
    r"(?=[,，]|$|(?:每[个家户人]|分别|再|按照?[^,，。；;\n]{0,30})?(?:一次性|最高|额外)?(?:给予|予以|奖励|补助|补贴|资助|进行奖))"
)
"""对…企业，给予…: the words after 对 up to the grant."""
_THOSE = re.compile(r"(?:^|(?<=[,，:：.;；\s]))(?!按)(?P<who>[^,，。；;\n]{4,60}?)的(?=[,，]|分别|每|给予|按)")
"""…的，给予…: a condition that ends in 的 stands for those that meet it."""
_TO = re.compile(
    r"(?:给予|奖励|补贴|支持)(?P<who>[^,，。；;0-9\n]{1,14}?(?:社|企业|单位|机构|个人|者|方|团队|公司|人员|人才|农户|园区|平台|中心|基地|户))"
    r"(?=最高|不超过|总额|一次性|每|[0-9]|$)"
)
_EACH = re.compile(r"(?:评选|遴选|择优扶持|择优支持|择优选取|认定|支持|鼓励)(?P<who>[^,，。；;\n]{2,40}?)(?=[,，])")
_COUNTED = re.compile(r"^(?:一批|若干|[0-9]+(?:余|多)?(?:个|家|名|项)(?:左右|以上)?)")
_MONEY = re.compile(r"[0-9]\s?(?:万|亿)?元|%")
_GRANT = re.compile(r"给予|予以|奖励|补助|补贴|资助|按")
LIMIT = 120
"""Longest condition, in characters."""


def who(text: str, start: int, stop: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """(span of the recipient, span of the condition) named in [start, stop), what stands before an amount."""
    found = _last(_FOR, text, start, stop) or _last(_THOSE, text, start, stop)
    span = found or _last(_TO, text, start, stop) or _last(_EACH, text, start, stop)
    if span is None:
        return None, None
    return _divided(text, *span, stop)


def _last(pattern: re.Pattern[str], text: str, start: int, stop: int) -> tuple[int, int] | None:
    found = None
    for match in pattern.finditer(text[start:stop]):
        if not _MONEY.search(match["who"][-6:]):
            found = start + match.start("who"), start + match.end("who")
    return found


def _divided(text: str, start: int, end: int, stop: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """甲条件的|企业: the noun after the last 的 is who gets it, the words before it the condition."""
    counted = _COUNTED.match(text[start:end])
    start += counted.end() if counted else 0
    bare = text[start:end].removesuffix("的").removesuffix("各")
    at = bare.rfind("的")
    head = (start + at + 1, start + len(bare))
    if 0 < at and 2 <= head[1] - head[0] <= 24:
        return head, _more(text, start, start + at, end, stop)
    if text[end : end + 1] == "的" or text[start:end].endswith("的"):
        return None, _more(text, start, start + len(bare), end, stop)
    rest = _more(text, end, end, end, stop)
    return (start, start + len(bare)), rest if rest and rest[0] < rest[1] else None


def _more(text: str, start: int, end: int, after: int, stop: int) -> tuple[int, int]:
    """A condition goes on with the clauses before the grant that hold a number or 且 and grant nothing."""
    for match in re.finditer(r"[,，](?P<part>[^,，。；;\n]{2,60})(?=[,，])", text[after:stop]):
        if _GRANT.search(match["part"]) or not re.search(r"[0-9]|^且|^并|的$", match["part"]):
            break
        begin = after + match.start("part")
        start, end = (begin if start == end else start), after + match.end("part")
    return (start, end) if end - start <= LIMIT else (start, start)
