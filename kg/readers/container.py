"""ZIP containers (archives, .docx, .xlsx, .ofd): checked before a byte is inflated."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO

from kg.errors import DamagedError, LimitError, ReadError

MAX_MEMBERS = 10_000
MAX_XML = 100 * 1024 * 1024
"""Inflated bytes of all XML parts together; a thousand-page document has less than a tenth of it."""
MAX_RATIO = 200
"""Inflated to packed size of a part above one megabyte; text packs 5 to 20 times, bombs a thousand times."""
_BIG = 1024 * 1024


def open_container(data: bytes, *, xml_only: bool = True) -> zipfile.ZipFile:
    """The container, after its directory was checked: member count, sizes, ratios, passwords.

    ``xml_only`` looks at XML parts alone: a huge picture that nobody reads does no harm.
    Raises LimitError (ZIP_SHAPE, BOMB), ReadError (ENCRYPTED) or DamagedError.
    """
    try:
        container = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DamagedError(f"a damaged ZIP container ({error}); fetch it again") from error
    members = container.infolist()
    if len(members) > MAX_MEMBERS:
        raise LimitError("too many members", code="ZIP_SHAPE", limit=str(MAX_MEMBERS), observed=str(len(members)))
    _refuse_overlap(members)
    total = 0
    for member in members:
        if xml_only and not member.filename.lower().endswith((".xml", ".rels")):
            continue
        if member.flag_bits & 1:
            raise ReadError("needs a password; save it without one", code="ENCRYPTED")
        if member.file_size > _BIG and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            ratio = member.file_size // max(member.compress_size, 1)
            raise LimitError(
                f"{member.filename} would inflate beyond reason", code="BOMB", limit=f"{MAX_RATIO}:1", observed=f"{ratio}:1"
            )
        total += member.file_size
    if total > MAX_XML:
        raise LimitError("too large when inflated", code="BOMB", limit=str(MAX_XML), observed=str(total))
    return container


def _refuse_overlap(members: Sequence[zipfile.ZipInfo]) -> None:
    """Raises LimitError for members that share packed bytes: a few of them inflate to any number."""
    places = sorted((m.header_offset, m.header_offset + m.compress_size) for m in members)
    for (_, end), (start, _) in zip(places, places[1:], strict=False):
        if end > start:
            raise LimitError("members stand on one another", code="ZIP_SHAPE")


def refuse_doctype(container: zipfile.ZipFile) -> None:
    """Office and OFD parts have no document type; one that has wants to read files or to grow without end."""
    for member in container.infolist():
        if member.filename.lower().endswith((".xml", ".rels")):
            with container.open(member) as part:
                if b"<!DOCTYPE" in part.read(2048):
                    raise ReadError(f"{member.filename} declares a document type; such files are not read", code="DOCTYPE")
