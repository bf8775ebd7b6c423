"""What pages, front matter and letterheads say about a document: date, source, number."""

from __future__ import annotations

import re

_DATE = re.compile(r"((?:19|20)[0-9]{2})\s*[-年/.]\s*([0-9]{1,2})\s*[-月/.]\s*([0-9]{1,2})")
_MONTH = re.compile(r"((?:19|20)[0-9]{2})\s*年\s*([0-9]{1,2})\s*月")
_NUMBER = re.compile(r"[一-鿿]{2,12}(?:[发办字函规电][一-鿿]{0,4})?\s*[〔\[［(（]\s*(?:19|20)[0-9]{2}\s*[〕\]］)）]\s*(?:第\s*)?[0-9]{1,5}\s*号")
_SOURCE = re.compile(r"(?:消息来源|文章来源|信息来源|稿件来源|来源|稿源)\s*[：:]\s*([^\s|｜)）<>，。；;]{2,30})")
_TIME = re.compile(r"(?:发布时间|发布日期|发文时间|发布|时间|日期)\s*[：:]?\s*((?:19|20)[0-9]{2}\s*[-年/.]\s*[0-9]{1,2}\s*[-月/.]\s*[0-9]{1,2})")


def iso_date(text: str | None) -> str | None:
    """ISO date of the first date in ``text``, or its year-month, or None."""
    if not text:
        return None
    match = _DATE.search(text)
    if match:
        year, month, day = (int(g) for g in match.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{year:04}-{month:02}-{day:02}"
    match = _MONTH.search(text)
    if match and 1 <= int(match.group(2)) <= 12:
        return f"{int(match.group(1)):04}-{int(match.group(2)):02}"
    return None


def document_number(text: str) -> str | None:
    """The first document number (渝经信电子〔2023〕9号) in ``text``, without spaces."""
    match = _NUMBER.search(text)
    return re.sub(r"\s", "", match.group()) if match else None


def source(text: str) -> str | None:
    """The medium after 来源：, without 综合 and similar tails."""
    match = _SOURCE.search(text)
    return re.sub(r"(?:综合|整理|编辑)$", "", match.group(1)) or None if match else None


def publication_time(text: str) -> str | None:
    match = _TIME.search(text)
    return iso_date(match.group(1)) if match else None
