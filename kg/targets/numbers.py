"""An account of every number of a text: what a target or incentive carries, and what the rest is (date, name, phone …)."""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.model import Linked, NumberUse, UnreadNumber

_END = re.compile(r"[。；！？\n]")
_DIGIT = re.compile(r"[0-9][0-9,.]*")
_CLASSES = (
    ("document-number", re.compile(r"[\[(](?:19|20)[0-9]{2}[\])]\s?(?:第)?\s?[0-9]{1,5}\s?号|(?:19|20)[0-9]{2}年(?:第)?[0-9]{1,5}号|icp[备证]?[0-9-]+号?(?:-[0-9]+)?")),
    ("date", re.compile(r"(?<![0-9])(?:20|19)[0-9]{2}\s?(?:年|[-/.·])\s?(?:[0-9]{1,2}\s?(?:月|[-/.·])\s?(?:[0-9]{1,2}\s?日?)?)?"
                        r"|[0-9]{1,2}\s?[-~至]\s?[0-9]{1,2}月份?|[0-9]{2}世纪|(?<![0-9.])(?:20|19)[0-9]{2}(?=[一-鿿])(?![个家户万亿余多])|[0-9]{1,2}月(?:[0-9]{1,2}日|份)?|[0-9]{1,2}日|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|(?<![0-9])(?:20|19)[0-9]{2}(?=[-~至—])|(?<=[-~至])(?:20|19)[0-9]{2}(?![0-9])"
                        r"|[0-9]{1,2}[-~至]?[0-9]{0,2}\s?(?:个月|个工作日|个自然日|年|天|小时|周岁|分钟)")),
    ("ordinal", re.compile(r"第\s?[0-9]+|[0-9]+\s?(?:期|版|届|号|次会议|强|楼|室|路|栋)|前[0-9]+|top\s?[0-9]+|排名|[0-9]+位")),
    ("enumeration", re.compile(r"(?:^|(?<=\n)|(?<=[。；;:：|]))\s*[(]?[0-9]{1,3}(?:[.、．)]|\s(?=[一-鿿]))|\([0-9]{1,2}\)|(?<![0-9])[0-9]{1,2}\.(?=[一-鿿])|专栏[0-9]+|表[0-9]+|附件[0-9]+|图[0-9]+|[0-9]{1,3}\s?(?:大|类|方面|重|化)")),
    ("measure", re.compile(r"[0-9]+(?:\.[0-9]+)?\s?[:∶]\s?[0-9]+(?:\.[0-9]+)?|[0-9]{1,2}/[0-9]{1,2}(?![0-9/])|[0-9]{1,2}[时级]")),
    ("enumeration", re.compile(r"(?:^|(?<=\n))\s*[0-9]{1,2}(?:\.[0-9]{1,2})*\s?(?=[一-鿿《|])")),
    ("phone", re.compile(r"(?<![0-9])(?:12[0-9]{3}|11[0-9]|400[0-9-]{7,9})(?![0-9])")),
    ("phone", re.compile(r"(?:0[0-9]{2,3}-)?[0-9]{7,11}(?:-[0-9]+)?(?![0-9])|(?:邮编|邮政编码|电话|传真)\D{0,3}[0-9-]+")),
    ("name", re.compile(r"[a-z]+[-/]?[0-9][0-9a-z.+/-]*|[0-9]+(?:\.[0-9]+)?(?:[a-z](?![a-z])|nm|英寸|寸|代线?|纳米|微米|毫米|k/[0-9]k)|\"[0-9+xn]+\"|[0-9]+(?:\+[0-9xn]+)+|\"[0-9]+[^\"\n]{0,12}\"|[0-9]+\s?[a-z]{1,4}\b")),
    ("code", re.compile(r"(?<![0-9])(?:[0-9]{12,}|[a-z0-9]*[0-9]{6,}[a-z0-9]*)|[0-9]+(?:-[0-9]+){2,}|gb/?t?\s?[0-9.-]+")),
)  # fmt: skip
"""Kind of number -> what it looks like; earlier ones win."""

_NAMED = (
    "Policy",
    "Project",
    "Technology",
    "Organization",
    "Company",
    "University",
    "Institute",
    "Association",
    "Agency",
    "Industry",
    "Task",
)


def account(linked: Linked, uses: list[NumberUse]) -> list[NumberUse]:
    """Every number of the text with its use, in text order; what nothing explains is ``unread``."""
    text = linked.document.folded
    covered = sorted((u.start, u.end) for u in uses)
    result = list(uses)
    index = 0
    for match in _DIGIT.finditer(text):
        start, end = match.start(), match.start() + len(match.group().rstrip(",."))
        while index < len(covered) and covered[index][1] <= start:
            index += 1
        if index == len(covered) or covered[index][0] > start:
            result.append(NumberUse(start, end, _use(linked, text, start, end)))
    return sorted(result, key=lambda u: (u.start, u.end, u.use))


_WINDOW = 30
"""Characters each side of a number in which the form that explains it must lie."""
_LONG = 40
"""Digits beyond which a number is no quantity; the forms would take time by the square of its length."""


def _use(linked: Linked, text: str, start: int, end: int) -> str:
    if end - start > _LONG:
        return "code"
    low, high = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
    for use, pattern in _CLASSES:
        if any(m.start() < end and m.end() > start for m in pattern.finditer(text, low, high)):
            return use
    around = linked.between(max(0, start - 80), min(len(text), end + 80), *_NAMED)
    return "name" if any(m.start < end and m.end > start for m, _ in around) else "unread"


def unread(linked: Linked, uses: list[NumberUse]) -> list[UnreadNumber]:
    """The numbers without a use, each with its sentence."""
    text = linked.document.text
    ends = [match.end() for match in _END.finditer(text)]
    return [
        UnreadNumber(u.start, u.end, text[u.start : u.end], _sentence(text, ends, u.start)) for u in uses if u.use == "unread"
    ]


def _sentence(text: str, ends: list[int], offset: int) -> str:
    """The sentence that holds an offset; ``ends`` are where sentences end."""
    index = bisect_right(ends, offset)
    return text[ends[index - 1] if index else 0 : ends[index] if index < len(ends) else len(text)].strip()
