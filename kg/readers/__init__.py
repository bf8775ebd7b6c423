"""Bytes -> Document. One file per format; to add a format, add its module and a line in READERS."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

from kg.errors import DamagedError, EmptyError, LimitError, ReadError, UnsupportedError
from kg.model import Document, Source
from kg.readers import letterhead, structure
from kg.readers.structure import Reading

READERS: dict[str, str] = {
    "html": "kg.readers.html:read",
    "markdown": "kg.readers.markdown:read",
    "text": "kg.readers.text:read",
    "pdf": "kg.readers.pdf:read",
    "docx": "kg.readers.docx:read",
}
"""Format name -> function (bytes) -> Reading."""

SUFFIXES = {
    ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown",
    ".txt": "text", ".text": "text", ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip

MEDIA_TYPES = {
    "html": "text/html", "markdown": "text/markdown", "text": "text/plain", "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip

MAX_BYTES = 50 * 1024 * 1024
"""A larger file is rejected: no policy document comes near, and one of a gigabyte would take the machine down."""
MAX_CHARACTERS = 2_000_000


def read(path: str | Path, *, data: bytes | None = None) -> Document:
    """Read one document. ``data`` is taken instead of the file's bytes when given.

    Raises a ReadError (UnsupportedError, DecodeError, EmptyError, DamagedError, LimitError) that says what and why.
    """
    path = Path(path)
    if data is None:
        data = _bytes(path)
    format_name = sniff(data, path.name)
    reading = _run(format_name, data, path.name)
    reading = letterhead.complete(reading)
    text, blocks = structure.assemble(reading.pieces)
    if not text.strip():
        raise EmptyError(f"{path}: no text in it; is it a scan or a form? run OCR and pass the text")
    if len(text) > MAX_CHARACTERS:
        raise LimitError(f"{path}: too long; split it", limit=str(MAX_CHARACTERS), observed=str(len(text)))
    source = Source(
        name=path.name,
        path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type=MEDIA_TYPES[format_name],
        encoding=reading.encoding,
        url=reading.metadata.url,
    )
    return Document(source=source, text=text, blocks=blocks, metadata=reading.metadata, notes=reading.notes)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise LimitError(f"{path}: {size} bytes, more than {MAX_BYTES}; split it", code="TOO_LARGE",
                             limit=str(MAX_BYTES), observed=str(size))
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}", code="NOT_FOUND") from error
    if not data.strip():
        raise EmptyError(f"{path}: the file is empty")
    return data


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
    except Exception as error:
        # Format libraries raise anything on a damaged file; to the caller it is one kind of event.
        raise DamagedError(f"{name}: cannot be read as {format_name} ({type(error).__name__}: {error})") from error


def sniff(data: bytes, name: str) -> str:
    """Format by content first, by suffix where content does not tell. Raises UnsupportedError naming what is read."""
    head = data[:1024].lstrip()
    if head.startswith(b"%PDF"):
        return "pdf"
    if data[:4] == b"PK\x03\x04":
        if b"word/" in data:
            return "docx"
        raise UnsupportedError(f"{name}: a ZIP container that is no .docx; unpack it and pass the folder")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UnsupportedError(f"{name}: an old binary Office file; save it as .docx and pass that")
    if data[:3] in (b"\xff\xd8\xff", b"GIF") or data[:4] == b"\x89PNG":
        raise UnsupportedError(f"{name}: a picture; run OCR and pass the text")
    by_suffix = SUFFIXES.get(Path(name).suffix.lower())
    if by_suffix in ("markdown", "text", "html"):
        return by_suffix
    lowered = head[:512].lower()
    if lowered.startswith((b"<!doctype html", b"<html")) or b"<html" in lowered:
        return "html"
    if by_suffix:
        raise DamagedError(f"{name}: named {Path(name).suffix} but its content is something else")
    raise UnsupportedError(f"{name}: no reader for this type; there are: {', '.join(sorted(SUFFIXES))}")


def collect(sources: Iterable[str]) -> Iterator[Path]:
    """Files of the given files, folders and globs: each once, sorted; hidden files and links in circles are left out.

    A folder gives the files whose suffix a reader takes, a file named outright is always given.
    """
    import glob

    seen: set[Path] = set()
    for source in sources:
        path = Path(source)
        matches = [path] if path.exists() or not glob.has_magic(source) else [Path(m) for m in sorted(glob.glob(source))]
        for match in matches:
            for file in _files(match):
                real = file.resolve()
                if real not in seen:
                    seen.add(real)
                    yield file


def _files(path: Path) -> Iterator[Path]:
    import os

    if not path.is_dir():
        yield path
        return
    for root, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield Path(root) / name
