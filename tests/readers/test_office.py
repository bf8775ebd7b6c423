"""Old Office files by way of LibreOffice: a stand-in program shows how it is called, the real one that it works."""

from __future__ import annotations

import os
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import readers
from kg.errors import ReadError
from kg.readers import office
from tests.hostile import OLE, SENTENCE, docx, paragraph
from tests.readers.test_formats import LINES, _docx

OLD = OLE + bytes(600)
SHEET = OLE + bytes(600) + "Workbook".encode("utf-16-le")


def _program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def _code(data: bytes = OLD, name: str = "a.doc") -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        readers.read(name, data=data)
    return caught.value.code, str(caught.value)


def test_without_libreoffice_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice .doc, .wps, .xls and .rtf are UNSUPPORTED, and the message says what to install or do."""
    monkeypatch.setenv("KG_SOFFICE", "")
    for name, data in (
        ("a.doc", OLD),
        ("a.wps", OLD),
        ("a.xls", SHEET),
        ("a.rtf", b"{\\rtf1 text}"),
        ("named-wrongly.docx", OLD),
    ):
        code, message = _code(data, name)
        assert code == "UNSUPPORTED" and name in message and "install LibreOffice" in message
    assert _code(OLE + "PowerPoint Document".encode("utf-16-le"), "a.ppt")[0] == "UNSUPPORTED"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_the_conversion_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice runs without a window, in a profile of its own that is gone afterwards; its .docx is read."""
    (tmp_path / "made.docx").write_bytes(docx(paragraph(SENTENCE)))
    script = f'echo "$@" > {tmp_path}/called\nfor a in "$@"; do last=$out; out=$a; done\nmkdir -p "$last"\ncp {tmp_path}/made.docx "$last/source.docx"\n'
    monkeypatch.setenv("KG_SOFFICE", _program(tmp_path, script))
    document = readers.read("a.doc", data=OLD)
    assert (document.text, document.source.media_type) == (SENTENCE, "application/x-ole-storage")
    called = (tmp_path / "called").read_text()
    assert "--headless" in called and "--convert-to docx" in called
    profile = called.split("-env:UserInstallation=file://")[1].split()[0]
    assert not Path(profile).parent.exists()


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_failures_of_the_conversion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that gives nothing, hangs (with a child) or does not start costs the document, with its own code each."""
    monkeypatch.setenv("KG_SOFFICE", _program(tmp_path, "exit 0\n"))
    assert _code()[0] == "DAMAGED"
    monkeypatch.setattr(office, "TIMEOUT", 0.3)
    monkeypatch.setenv("KG_SOFFICE", _program(tmp_path, f"sleep 77 & echo $! > {tmp_path}/child\nwait\n"))
    start = time.monotonic()
    assert _code()[0] == "TIMEOUT"
    assert time.monotonic() - start < 5
    child = (tmp_path / "child").read_text().strip()
    time.sleep(0.1)
    assert "sleep 77" not in subprocess.run(["ps", "-o", "args=", "-p", child], capture_output=True, text=True).stdout
    monkeypatch.setenv("KG_SOFFICE", str(tmp_path / "nothing"))
    assert _code()[0] == "UNSUPPORTED"


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, bytes]]:
    """The notice of test_formats as .doc, .rtf and .odt, written by LibreOffice itself."""
    program = office.find()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    (folder / "a.docx").write_bytes(_docx())
    for kind in ("doc", "rtf", "odt"):
        options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind, "--outdir"]
        subprocess.run([program, *options, str(folder), str(folder / "a.docx")], capture_output=True, timeout=60, check=False)
    if not (folder / "a.doc").exists():
        pytest.skip("LibreOffice has no Writer")
    yield {kind: (folder / f"a.{kind}").read_bytes() for kind in ("doc", "rtf", "odt")}


@pytest.mark.integration
@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.rtf", "a.odt"])
def test_real_conversion(converted: dict[str, bytes], name: str) -> None:
    """A notice as .doc (or .wps), .rtf and .odt gives the text of the same notice as .docx."""
    kind = Path(name).suffix[1:].replace("wps", "doc")
    assert readers.read(name, data=converted[kind]).text == "\n".join(LINES)
