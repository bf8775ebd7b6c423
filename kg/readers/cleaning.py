"""Characters of the canonical text: what is dropped before anything else, and the notes that say so."""

from __future__ import annotations

import re
from collections import Counter

# 產(chǎn)業(yè): pages copied through an obfuscator carry the reading of a character behind it. Names of standards and
# units in brackets behind a character, such as 功率(kw), have no reading of Mandarin or stand alone in their text.
_SYLLABLE = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aāáǎàoōóǒòeēéěèiīíǐìuūúǔùüǖǘǚǜ]{1,3}(?:ng?|r)?"
_READING = re.compile(rf"(?<=[㐀-鿿])[(（]{_SYLLABLE}[)）]")
_TONE = re.compile(r"[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]")
_DROPPED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
_BREAKS = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\u00a0]{2,}")
_RADICALS = {
    # CJK radicals supplement that NFKC leaves alone; PDF fonts map common characters to them.
    "⺠": "民", "⻓": "长", "⻚": "页", "⻛": "风", "⻋": "车", "⻔": "门", "⻢": "马", "⻥": "鱼", "⻦": "鸟", "⻩": "黄",
    "⻅": "见", "⻆": "角", "⻉": "贝", "⻝": "食",
    "⻄": "西", "⻘": "青", "⻜": "飞", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻳": "龟",
}  # fmt: skip


def has_readings(text: str) -> bool:
    """Whether a text is obfuscated by readings in brackets: one with a tone mark, or several plain ones."""
    readings = _READING.findall(text)
    return len(readings) >= 3 or any(_TONE.search(r) for r in readings)


def clean(text: str, counts: Counter[str] | None = None, *, readings: bool = False) -> str:
    """Canonical characters. What is taken out is added to ``counts``; ``readings`` takes out readings in brackets too."""
    counts = Counter() if counts is None else counts
    text = _BREAKS.sub("\n", text)
    text, counts["control"] = _counted(_DROPPED, "", text, counts["control"])
    text, counts["broken"] = _counted(_SURROGATES, "\ufffd", text, counts["broken"])
    if readings:
        text, counts["readings"] = _counted(_READING, "", text, counts["readings"])
    return text


def notes(counts: Counter[str]) -> list[str]:
    """The counts in words."""
    words = {
        "control": "control or invisible characters removed",
        "broken": "broken characters replaced by U+FFFD",
        "readings": "readings in brackets (產(chǎn)業(yè)) removed",
        "navigation": "lines of navigation or site remarks left out",
    }
    return [f"{counts[key]} {text}" for key, text in words.items() if counts[key]]


def _counted(pattern: re.Pattern[str], new: str, text: str, before: int) -> tuple[str, int]:
    text, number = pattern.subn(new, text)
    return text, before + number


def squeeze(text: str) -> str:
    """One line without runs of blanks; blanks between hanzi stay single, as some titles need them."""
    return _BLANKS.sub(" ", text.replace("\n", " ")).strip(" \t\u00a0\u3000")


def radicals(text: str) -> str:
    """Kangxi and CJK radicals as the ideographs they look like, one to one."""
    import unicodedata

    return "".join(_RADICALS.get(c) or (unicodedata.normalize("NFKC", c) if "\u2f00" <= c <= "\u2fd5" else c) for c in text)
