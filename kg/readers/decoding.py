"""Bytes -> text, always ours to decide: no HTML library ever sees bytes.

Order: byte-order mark, declared label (gb2312 and gbk mean gb18030, as browsers read them), strict UTF-8, gb18030, big5.
"""

from __future__ import annotations

import codecs
import re

from kg.errors import DecodeError

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,20})", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "big5": "big5hkscs", "utf8": "utf-8",
}  # fmt: skip


def decode(data: bytes) -> tuple[str, str, list[str]]:
    """Text, name of the encoding, and notes on what could not be kept.

    Raises DecodeError when the bytes are no text in any encoding tried.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name, []
    if data.count(b"\0") > len(data) // 200:
        return _utf16(data)
    _refuse_mixture(data)
    _refuse_utf7(data)
    tried = [*_declared(data), "utf-8", "gb18030", "big5hkscs"]
    for name in dict.fromkeys(tried):
        try:
            text = data.decode(name)
        except UnicodeDecodeError as error:
            if name == "utf-8" and (_hanzi(data[: error.start].decode("utf-8")) >= 4 or _nearly_utf8(data)):
                break  # damaged UTF-8, which other encodings would read as garbage without complaint
            continue
        except LookupError:
            continue
        return text, name, _remarks(data, name)
    return _with_losses(data, tried[0])


def _remarks(data: bytes, name: str) -> list[str]:
    """A note when a page declares another encoding than it has."""
    match = _DECLARED.search(data[:4096])
    label = match.group(1).decode("ascii").lower() if match else name
    return [f"declares {label} but is {name}"] if _WIDER.get(label, label) != name else []


def _declared(data: bytes) -> list[str]:
    match = _DECLARED.search(data[:4096])
    if not match:
        return []
    label = match.group(1).decode("ascii").lower()
    # Pages declare gb2312 and are UTF-8: valid UTF-8 with hanzi in it is never gb18030 by chance.
    name = _WIDER.get(label, label)
    return ["utf-8", name] if name != "utf-8" else [name]


def _nearly_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few: another encoding read as UTF-8 loses almost every character."""
    text = data.decode("utf-8", "replace")
    return text.count("\ufffd") * 5 < _hanzi(text)


def _with_losses(data: bytes, first: str) -> tuple[str, str, list[str]]:
    """A few broken bytes cost those characters, and the note says where; many mean that this is no text."""
    fewest = min(("utf-8", "gb18030"), key=lambda name: data.decode(name, "replace").count("\ufffd"))
    best = "utf-8" if _nearly_utf8(data) else fewest
    text = data.decode(best, "replace")
    lost = text.count("\ufffd")
    if lost > 10 and lost * 1000 > len(text):
        message = f"no text in UTF-8, GB18030 or Big5 ({lost} of {len(text)} characters unreadable)"
        raise DecodeError(message, limit="0.1%", observed=f"{100 * lost / len(text):.1f}%")
    return text, best, [f"{lost} unreadable characters, the first at {text.index(chr(0xFFFD))} (read as {best})"]


def _utf16(data: bytes) -> tuple[str, str, list[str]]:
    """UTF-16 without a byte-order mark, if one of its byte orders gives Chinese text."""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _hanzi(text) * 3 > len(text):
            return text, name, ["UTF-16 without a byte-order mark"]
    raise DecodeError("binary content; no text in it")


def _refuse_mixture(data: bytes) -> None:
    """Raises DecodeError for a file that begins in UTF-8 and goes on in GB18030: either reading would be garbage in part."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start
    else:
        return
    if _hanzi(data[:offset].decode("utf-8")) < 4:
        return
    tail = data[offset:].decode("gb18030", "replace")
    broken = data.decode("utf-8", "replace").count("\ufffd")
    if broken > 8 and _hanzi(tail) * 2 > len(tail) and tail.count("\ufffd") < 3:
        message = f"two encodings in one file: UTF-8, and from byte {offset} on GB18030; save it as UTF-8"
        raise DecodeError(message, code="MIXED_ENCODING", observed=str(offset))


def _refuse_utf7(data: bytes) -> None:
    """Raises DecodeError for UTF-7, which any other reading takes for English of odd words."""
    if not data.isascii() or not _SHIFTED.search(data):
        return
    try:
        text = data.decode("utf-7")
    except UnicodeDecodeError:
        return
    if _hanzi(text) * 2 > len(text):
        raise DecodeError("UTF-7, which is not read; save it as UTF-8")


_SHIFTED = re.compile(rb"\+[A-Za-z0-9/+]{8}")


def _hanzi(text: str) -> int:
    return sum("\u4e00" <= char <= "\u9fff" for char in text)
