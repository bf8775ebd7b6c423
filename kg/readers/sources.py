"""What a build reads: files, folders, globs, ZIP archives, lists of files and web addresses, each thing once, in order."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import EmptyError, LimitError, ReadError
from kg.readers.container import open_container

SUFFIXES = {
    ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown",
    ".txt": "text", ".text": "text", ".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx", ".csv": "csv", ".ofd": "ofd",
}  # fmt: skip
MAX_BYTES = 50 * 1024 * 1024
"""A larger file is rejected: no policy document comes near, and one of a gigabyte would take the machine down."""
MEMBER = "!"
"""Between an archive and the name of its member: plans.zip!2023/plan.docx."""
_URL = re.compile(r"^(https?):/{1,2}(?=[^/])", re.IGNORECASE)


def collect(sources: Iterable[str]) -> Iterator[Path]:
    """Files of the given files, folders, globs, archives, list files (@list.txt) and web addresses.

    Each once, folders sorted; hidden files and linked folders are left out. A folder gives the files whose suffix a
    reader takes and the members of its archives; what is named outright is always given, so that it is read or rejected.
    """
    seen: set[str] = set()
    for source in _listed(sources):
        for path in _expand(source):
            key = str(path) if MEMBER in str(path) or is_url(str(path)) else str(path.resolve())
            if key not in seen:
                seen.add(key)
                yield path


def _listed(sources: Iterable[str]) -> Iterator[str]:
    """@list.txt stands for its lines; blank lines and lines with # are left out."""
    for source in sources:
        if source.startswith("@") and Path(source[1:]).is_file():
            lines = Path(source[1:]).read_text("utf-8-sig").splitlines()
            yield from (line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))
        else:
            yield source


def _expand(source: str) -> Iterator[Path]:
    path = Path(source)
    if is_url(source):
        yield path
    elif path.is_dir():
        yield from _folder(path)
    elif path.exists() or not glob.has_magic(source):
        yield from _file(path)
    else:
        for match in sorted(glob.glob(source)):
            yield from _expand(match)


def _folder(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and (Path(name).suffix.lower() in SUFFIXES or name.lower().endswith(".zip")):
                yield from _file(Path(root) / name)


def _file(path: Path) -> Iterator[Path]:
    """The file, or the members of an archive; an archive that cannot be opened stands for itself and is rejected later."""
    if path.suffix.lower() != ".zip":
        yield path
        return
    try:
        names = sorted(_members(path))
    except (ReadError, OSError):
        names = []
    yield from (Path(f"{path}{MEMBER}{name}") for name in names) if names else [path]


def _members(path: Path) -> list[str]:
    with open_container(load(path), xml_only=False) as archive:
        names = (m.filename for m in archive.infolist() if not m.is_dir())
        return [n for n in names if Path(n).suffix.lower() in SUFFIXES and not Path(n).name.startswith(".") and "__MACOSX" not in n]


def is_url(source: str) -> bool:
    """Whether a source is a web address (also with the slash that a path object takes away)."""
    return bool(_URL.match(source))


def load(path: Path) -> bytes:
    """The bytes of a file, archive member or page.

    Raises ReadError (NOT_FOUND, PERMISSION, NOT_REGULAR, FETCH), LimitError (TOO_LARGE) or EmptyError.
    """
    if is_url(str(path)):
        from kg.readers.web import fetch

        return _filled(fetch(_URL.sub(r"\1://", str(path))), path)
    archive, mark, member = str(path).partition(".zip" + MEMBER)
    if mark and not path.exists():
        return _filled(_member(Path(archive + ".zip"), member), path)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise ReadError(f"{path}: no regular file", code="NOT_REGULAR")
        _check_size(path, found.st_size)
        return _filled(path.read_bytes(), path)
    except PermissionError as error:
        raise ReadError(f"{path}: may not be read", code="PERMISSION") from error
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: {getattr(error, 'strerror', None) or error}", code="NOT_FOUND") from error


def _member(archive: Path, name: str) -> bytes:
    with open_container(load(archive), xml_only=False) as container:
        try:
            info = container.getinfo(name)
        except KeyError as error:
            raise ReadError(f"{archive}: no member {name}", code="NOT_FOUND") from error
        _check_size(Path(name), info.file_size)
        return container.read(info)


def _check_size(path: Path, size: int) -> None:
    if size > MAX_BYTES:
        message = f"{path}: {size} bytes, more than {MAX_BYTES}; split it"
        raise LimitError(message, code="TOO_LARGE", limit=str(MAX_BYTES), observed=str(size))


def _filled(data: bytes, path: Path) -> bytes:
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise EmptyError(f"{path}: the file is empty")
    return data
