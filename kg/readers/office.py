"""Old Office files (.doc, .wps, .xls, .et …) and .rtf, .odt: converted by LibreOffice, where it is installed, then read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.errors import DamagedError, LimitError, UnsupportedError
from kg.readers.structure import Reading

TIMEOUT = 60.0
"""Seconds for one conversion; a start of LibreOffice takes two to five, a document of a hundred pages two more."""
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_EXCEL = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book\0"))
_SLIDES = "PowerPoint Document".encode("utf-16-le")


def read(data: bytes) -> Reading:
    """Pieces of an old Office file, by way of .docx or .xlsx.

    Raises UnsupportedError without LibreOffice, LimitError (TIMEOUT) or DamagedError when the conversion fails.
    """
    if _SLIDES in data:
        raise UnsupportedError("slides, which no reader takes; save them as PDF")
    program = find()
    if program is None:
        raise UnsupportedError("an old Office file; install LibreOffice (soffice), or save it as .docx or .xlsx")
    word = not any(name in data for name in _EXCEL) or "WordDocument".encode("utf-16-le") in data
    with tempfile.TemporaryDirectory(prefix="kg-office-", ignore_cleanup_errors=True) as folder:
        converted = _convert(program, data, Path(folder), "docx" if word else "xlsx")
    if word:
        from kg.readers import docx

        return docx.read(converted)
    from kg.readers import spreadsheet

    return spreadsheet.read_xlsx(converted)


def find() -> str | None:
    """The program: what KG_SOFFICE names, soffice or libreoffice on the path, or where installers put it."""
    named = os.environ.get("KG_SOFFICE")
    if named is not None:
        return named or None
    return shutil.which("soffice") or shutil.which("libreoffice") or next((p for p in _PLACES if os.path.isfile(p)), None)


def _convert(program: str, data: bytes, folder: Path, kind: str) -> bytes:
    """The converted bytes. The profile is private: no settings, macros or running instance of the user's take part."""
    source, target = folder / "source.bin", folder / "out" / f"source.{kind}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    options = [
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        kind,
        "--outdir",
        str(target.parent),
    ]
    command = [program, f"-env:UserInstallation={profile}", *options, str(source)]
    _run(command)
    try:
        return target.read_bytes()
    except OSError as error:
        raise DamagedError("LibreOffice (is its Writer installed?) does not convert it; save it as .docx there") from error


def _run(command: list[str]) -> None:
    """Run to the end, or end it and its children (soffice starts another process) after TIMEOUT."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as error:
        raise UnsupportedError(f"an old Office file, and {command[0]} does not start ({error.strerror})") from error
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        limit = f"{TIMEOUT:g} s"
        raise LimitError("LibreOffice takes too long", code="TIMEOUT", limit=limit, observed=f"more than {limit}") from error
    finally:
        if process.poll() is None:
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
