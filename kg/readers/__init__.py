"""Bytes -> Document. One file per format; to add a format, add its module and a line in READERS."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kg.errors import DamagedError, EmptyError, LimitError, ReadError, UnsupportedError
from kg.model import Document, Source
from kg.ontology import Ontology
from kg.readers import letterhead, sources, structure, words
from kg.readers.sources import MAX_BYTES, SUFFIXES, collect, is_url, shown, survey
from kg.readers.structure import Reading

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "READERS", "SUFFIXES", "collect", "is_url", "read", "shown", "sniff", "survey"]

READERS: dict[str, str] = {
    "html": "kg.readers.html:read",
    "markdown": "kg.readers.markdown:read",
    "text": "kg.readers.text:read",
    "pdf": "kg.readers.pdf:read",
    "docx": "kg.readers.docx:read",
    "xlsx": "kg.readers.spreadsheet:read_xlsx",
    "csv": "kg.readers.spreadsheet:read_csv",
    "ofd": "kg.readers.ofd:read",
    "office": "kg.readers.office:read",
}
"""Format name -> function (bytes) -> Reading."""

MEDIA_TYPES = {
    "html": "text/html", "markdown": "text/markdown", "text": "text/plain", "pdf": "application/pdf", "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "ofd": "application/ofd",
    "office": "application/x-ole-storage",
}  # fmt: skip

MAX_CHARACTERS = 2_000_000


def read(path: str | Path, *, data: bytes | None = None, vocabulary: Ontology | None = None) -> Document:
    """Read one document: a file, an archive member (plans.zip!plan.docx) or a web address.

    ``data`` is taken instead of the source's bytes when given; the words readers look for are those of ``vocabulary``
    (default: the ontology shipped).
    Raises a ReadError (UnsupportedError, DecodeError, EmptyError, DamagedError, LimitError) that says what and why.
    """
    path = Path(path)
    if data is None:
        data = sources.load(path)
    elif len(data) > MAX_BYTES:
        raise LimitError(f"{path}: too large; split it", code="TOO_LARGE", limit=str(MAX_BYTES), observed=str(len(data)))
    name = path.name.rpartition(sources.MEMBER)[2]
    name = sources.member_name(name) if sources.MEMBER in str(path) else name
    format_name = sniff(data, name)
    with words.using(vocabulary):
        reading = letterhead.complete(_run(format_name, data, name))
        text, blocks = structure.assemble(reading.pieces)
    if not text.strip():
        raise EmptyError(f"{path}: no text in it; is it a scan or a form? run OCR and pass the text")
    if len(text) > MAX_CHARACTERS:
        raise LimitError(f"{path}: too long; split it", limit=str(MAX_CHARACTERS), observed=str(len(text)))
    source = Source(
        name=shown(name),
        path=shown(path),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type=MEDIA_TYPES[format_name],
        encoding=reading.encoding,
        url=reading.metadata.url or sources.url_of(path),
    )
    notes = (*_mismatch(format_name, name), *reading.notes)
    return Document(source=source, text=text, blocks=blocks, metadata=reading.metadata, notes=notes)


def _mismatch(format_name: str, name: str) -> tuple[str, ...]:
    expected = SUFFIXES.get(Path(name).suffix.lower())
    return (f"named {Path(name).suffix} but read as {format_name}",) if expected not in (None, format_name) else ()


def _run(format_name: str, data: bytes, name: str) -> Reading:
    module, _, function = READERS[format_name].partition(":")
    reader: Callable[[bytes], Reading] = getattr(import_module(module), function)
    try:
        return reader(data)
    except ReadError as error:
        error.args = (f"{name}: {error}",)
        raise
    except RecursionError as error:
        raise LimitError(f"{name}: nested too deeply", code="TOO_DEEP") from error
    except MemoryError:
        raise  # no fault of the format; whoever set the limit says so
    except Exception as error:
        if "Excessive depth" in str(error):  # libxml2's bound on nesting
            raise LimitError(f"{name}: nested too deeply", code="TOO_DEEP", limit="256") from error
        # Format libraries raise anything on a damaged file; to the caller it is one kind of event.
        raise DamagedError(f"{name}: cannot be read as {format_name} ({type(error).__name__}: {error})") from error


def sniff(data: bytes, name: str) -> str:
    """Format by content first, by suffix where content does not tell. Raises UnsupportedError naming what is read."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    by_content = _by_signature(data, head, name)
    if by_content:
        return by_content
    suffix = Path(name).suffix.lower()
    by_suffix = SUFFIXES.get(suffix)
    page = re.match(rb"(?:<!--.{0,300}?-->|<\?xml[^>]{0,200}>|\s)*<(?:!doctype\s+html|html)\b", head, re.IGNORECASE | re.DOTALL)
    if page and by_suffix != "markdown":
        return "html"
    if by_suffix in ("markdown", "text", "html", "csv"):
        return by_suffix
    if by_suffix:
        raise DamagedError(f"{name}: named {suffix} but its content is something else; fetch it again", code="WRONG_TYPE")
    if not suffix and b"\0" not in data[:4096]:
        return "text"
    raise UnsupportedError(f"{name}: no reader for this type; there are: {', '.join(sorted(SUFFIXES))}")


def _by_signature(data: bytes, head: bytes, name: str) -> str | None:
    """Format of a binary file, None for text. Raises UnsupportedError or ReadError for those that nobody reads."""
    if head.startswith(b"%PDF"):
        return "pdf"
    if data[:4] == b"PK\x03\x04":
        return _container(data, name)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReadError(f"{name}: needs a password; save it without one", code="ENCRYPTED")
        return "office"
    if head.startswith(b"{\\rtf"):
        return "office"
    if data[:3] in (b"\xff\xd8\xff", b"GIF") or data[:4] in (b"\x89PNG", b"II*\0", b"MM\0*"):
        raise UnsupportedError(f"{name}: a picture; run OCR and pass the text", code="SCANNED")
    if data[:4] == b"Rar!" or data[:6] == b"7z\xbc\xaf\x27\x1c" or data[:2] == b"\x1f\x8b":
        raise UnsupportedError(f"{name}: an archive other than ZIP; unpack it and pass the folder")
    return None


_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("OFD.xml", "ofd"))


def _container(data: bytes, name: str) -> str:
    from kg.readers.container import open_container

    try:
        members = set(open_container(data, xml_only=True).namelist())
    except ReadError as error:
        error.args = (f"{name}: {error}",)
        raise
    for part, format_name in _PARTS:
        if part in members:
            return format_name
    if "content.xml" in members and Path(name).suffix.lower() in (".odt", ".ods"):
        return "office"
    raise UnsupportedError(f"{name}: a ZIP archive without a readable document; unpack it and pass the folder")
