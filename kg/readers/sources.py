"""What a build reads: files, folders, globs, ZIP archives, lists of files and web addresses, each thing once, in order."""

from __future__ import annotations

import glob
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from kg.errors import DamagedError, EmptyError, LimitError, ReadError, UnsupportedError
from kg.readers.container import open_container

SUFFIXES = {
    ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown",
    ".txt": "text", ".text": "text", ".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx", ".csv": "csv", ".ofd": "ofd",
    ".doc": "office", ".dot": "office", ".wps": "office", ".wpt": "office", ".rtf": "office", ".odt": "office", ".xls": "office",
    ".et": "office",
}  # fmt: skip
MAX_BYTES = 50 * 1024 * 1024
"""A larger file is rejected: no policy document comes near, and one of a gigabyte would take the machine down."""
MEMBER = "!"
"""Between an archive and the name of its member: plans.zip!2023/plan.docx."""
_URL = re.compile(r"^(https?):/{1,2}(?=[^/])", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """One thing met among the sources: to be read, or with the reason why it is not."""

    path: Path
    error: ReadError | None = None


def collect(sources: Iterable[str]) -> Iterator[Path]:
    """What ``survey`` finds to read."""
    return (found.path for found in survey(sources) if found.error is None)


def survey(sources: Iterable[str], notice: Callable[[str], None] = lambda _: None) -> Iterator[Found]:
    """Files of the given files, folders, globs, archives, list files (@list.txt) and web addresses.

    Each path once, folders sorted. A folder or archive gives every file in it: those of a type that no reader takes and links
    that lead out of the folder come with their error. Hidden files are no documents and linked folders are not followed,
    of which ``notice`` is told. What is named outright is always given, so that it is read or rejected.
    """
    seen: set[str] = set()
    for source in _listed(sources):
        for found in _expand(source, notice):
            name = str(found.path)
            key = name if MEMBER in name or is_url(name) else os.path.abspath(name)
            if key not in seen:
                seen.add(key)
                yield found


def _listed(sources: Iterable[str]) -> Iterator[str]:
    """@list.txt stands for its lines; blank lines and lines with # are left out."""
    for source in sources:
        if source.startswith("@") and Path(source[1:]).is_file():
            lines = Path(source[1:]).read_text("utf-8-sig").splitlines()
            yield from (line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))
        else:
            yield source


def _expand(source: str, notice: Callable[[str], None]) -> Iterator[Found]:
    path = Path(source)
    if is_url(source):
        yield Found(path)
    elif path.is_dir():
        yield from _folder(path, notice)
    elif path.exists() or not glob.has_magic(source):
        yield from _file(path)
    else:
        for match in sorted(glob.glob(source)):
            yield from _expand(match, notice)


def _folder(folder: Path, notice: Callable[[str], None]) -> Iterator[Found]:
    closed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in folders:
            if os.path.islink(os.path.join(root, name)):
                notice(f"{os.path.join(root, name)}: a linked folder, not followed")
        for name in sorted(names):
            if not name.startswith("."):
                yield from _in_folder(Path(root) / name, folder)
    for error in closed:
        path = Path(str(error.filename))
        yield Found(path, ReadError(f"{path}: {error.strerror}", code="PERMISSION"))


def _in_folder(path: Path, folder: Path) -> Iterator[Found]:
    """A file met in a folder: what it names itself by its suffix, else by its first bytes."""
    if path.is_symlink() and path.exists() and not path.resolve().is_relative_to(folder.resolve()):
        yield Found(
            path, ReadError(f"{path}: a link that leads out of {folder}; name its target to read it", code="OUTSIDE_ROOT")
        )
    elif path.suffix.lower() in (*SUFFIXES, ".zip") or _by_content(path):
        yield from _file(path)
    else:
        yield Found(path, unsupported(path))


def unsupported(path: Path) -> UnsupportedError:
    """The error for a type that no reader takes, with the remedy where there is one."""
    remedy = next((text for suffixes, text in _REMEDIES if path.suffix.lower() in suffixes), "")
    return UnsupportedError(f"{path}: no reader for this type" + (f"; {remedy}" if remedy else ""))


_REMEDIES = (
    ((".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"), "unpack it and pass the folder"),
    ((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"), "a picture: run OCR and pass the text"),
    ((".ceb", ".caj", ".ppt", ".pptx", ".dps", ".epub", ".mht", ".mhtml"), "save it as PDF or .docx"),
)


def _by_content(path: Path) -> bool:
    """Whether a file of an unknown suffix (content.jsp, t20240506) is a page or a PDF by its first bytes."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            head = file.read(512)
    except (OSError, ValueError):
        return False
    return head.startswith(b"%PDF") or bool(_PAGE.match(head))


_PAGE = re.compile(rb"[\xef\xbb\xbf\s]{0,40}(?:<!--[^>]{0,200}-->\s{0,20})?<(?:!doctype\s{1,4}html|html)\b", re.IGNORECASE)


def _file(path: Path) -> Iterator[Found]:
    """The file, or the members of an archive; an archive that cannot be opened stands for itself and is rejected later."""
    if path.suffix.lower() != ".zip":
        yield Found(path)
        return
    try:
        names = sorted(_members(path))
    except (ReadError, OSError):
        names = []
    if not any(Path(name).suffix.lower() in SUFFIXES for name in names):
        yield Found(path)
        return
    for name in names:
        member = Path(f"{path}{MEMBER}{name}")
        yield Found(member, None if member.suffix.lower() in SUFFIXES else unsupported(member))


def _members(path: Path) -> list[str]:
    with open_container(load(path), xml_only=False) as archive:
        names = (m.filename for m in archive.infolist() if not m.is_dir())
        return [n for n in names if not member_name(n).startswith(".") and "__MACOSX" not in n]


def member_name(path: str) -> str:
    """The last part of a member's path, whichever slashes its archive was packed with."""
    return path.replace("\\", "/").rpartition("/")[2]


def shown(name: str | Path) -> str:
    """A name as it can be printed and stored.

    Bytes that are no text in the system's encoding are read as GB18030, as archives packed on Chinese systems leave them,
    else written as \\xd6; the rest is as it was.
    """
    return _ODD.sub(_readable, str(name))


_ODD = re.compile(r"[^\x00-\x7f]*[\ud800-\udfff][^\x00-\x7f]*")
"""A stretch with surrogates, by which Python stands for bytes of a name that are not in the system's encoding."""


def _readable(match: re.Match[str]) -> str:
    try:
        raw = match.group().encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        return match.group().encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("ascii", "backslashreplace")


def is_url(source: str) -> bool:
    """Whether a source is a web address (also with the slash that a path object takes away)."""
    return bool(_URL.match(source))


def url_of(source: str | Path) -> str | None:
    """The web address that a source is, with both its slashes; None for files."""
    return _URL.sub(r"\1://", str(source)) if is_url(str(source)) else None


def load(path: Path) -> bytes:
    """The bytes of a file, archive member or page.

    Raises ReadError (NOT_FOUND, PERMISSION, NOT_REGULAR, FETCH), LimitError (TOO_LARGE) or EmptyError.
    """
    if url := url_of(path):
        from kg.readers.web import fetch

        return _filled(fetch(url), path)
    archive, mark, member = str(path).partition(".zip" + MEMBER)
    if mark and not path.exists():
        return _filled(_member(Path(archive + ".zip"), member), path)
    try:
        return _filled(_consistent(path), path)
    except PermissionError as error:
        raise ReadError(f"{path}: may not be read", code="PERMISSION") from error
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: {getattr(error, 'strerror', None) or error}", code="NOT_FOUND") from error


def _consistent(path: Path) -> bytes:
    """The bytes of one state of a file. Raises ReadError (NOT_REGULAR, CHANGED) or LimitError."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise ReadError(f"{path}: no regular file", code="NOT_REGULAR")
    _check_size(path, found.st_size)
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        data = file.read(MAX_BYTES + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        message = f"{path}: changed while it was read; build again when it is complete"
        raise ReadError(message, code="CHANGED", limit=str(before.st_size), observed=str(max(after.st_size, len(data))))
    return data


def _member(archive: Path, name: str) -> bytes:
    with open_container(load(archive), xml_only=False) as container:
        info = next((m for m in container.infolist() if PurePath(m.filename) == PurePath(name)), None)
        if info is None:
            raise ReadError(f"{archive}: no member {name}", code="NOT_FOUND")
        _check_size(Path(name), info.file_size)
        try:
            return container.read(info)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
            raise DamagedError(f"{shown(name)}: cannot be unpacked ({error}); fetch the archive again") from error


def _check_size(path: Path, size: int) -> None:
    if size > MAX_BYTES:
        message = f"{path}: {size} bytes, more than {MAX_BYTES}; split it"
        raise LimitError(message, code="TOO_LARGE", limit=str(MAX_BYTES), observed=str(size))


def _filled(data: bytes, path: Path) -> bytes:
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise EmptyError(f"{path}: the file is empty")
    return data
