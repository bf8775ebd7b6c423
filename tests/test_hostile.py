"""Hostile documents, each by the number of its case: rejected with its code in little time, and of no effect on good ones."""

from __future__ import annotations

import hashlib
import json
import os
import resource
from pathlib import Path
from time import process_time

import pytest

from kg import pipeline, readers, workers
from kg.errors import ReadError
from tests import hostile
from tests.hostile import REJECTED, SENTENCE


@pytest.mark.parametrize("name", sorted(REJECTED))
def test_rejected_with_its_code_and_soon(name: str) -> None:
    """Each is rejected with its code, named in the message, within seconds of work."""
    code, make = REJECTED[name]
    data = make()
    start = process_time()
    with pytest.raises(ReadError) as caught:
        readers.read(name, data=data)
    assert caught.value.code == code
    assert name in str(caught.value)
    assert process_time() - start < 5


def test_c2_bomb_is_not_held_in_memory() -> None:
    """C2: a flate bomb of half a gigabyte is measured piece by piece: no more than 100 MB are added to the process."""
    data = hostile.flate_bomb(512 << 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ReadError):
        readers.read("a.pdf", data=data)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 100


def test_c2_large_pictures_are_no_bombs() -> None:
    """C2: a picture of many blank pixels in a PDF is not inflated and does not count."""
    picture = hostile.stream(hostile.deflated(256 << 20), b"/Subtype/Image/Width 16384/Height 16384/Filter/FlateDecode")
    assert readers.read("a.pdf", data=hostile.text_pdf(more=[picture])).text.startswith("A policy")


def test_c6_empty_password() -> None:
    """C6: a PDF that is encrypted with an empty password opens."""
    assert readers.read("a.pdf", data=hostile.locked_pdf(b"")).text.startswith("A policy")


def test_c9_scripts_attachments_and_actions_are_counted() -> None:
    """C9: what a PDF would run or carries along is ignored, with notes that count it."""
    extra = b"/OpenAction 6 0 R/Names<</JavaScript<</Names[(a) 6 0 R]>>/EmbeddedFiles<</Names[(b) 7 0 R]>>>>"
    more = [
        b"<</S/JavaScript/JS(app.alert\\(1\\))>>",
        b"<</Type/Filespec/F(b.txt)/EF<</F 8 0 R>>>>",
        hostile.stream(b"attached"),
        b"<</S/Launch/F(cmd.exe)>>",
    ]
    document = readers.read("a.pdf", data=hostile.text_pdf(extra=extra, more=more))
    assert document.notes == ("1 scripts ignored", "1 attached files ignored", "1 actions that start programs ignored")


def test_d5_members_with_evil_names(tmp_path: Path) -> None:
    """D5: members named ../../x, /x and with a NUL are read in memory or rejected; no file appears anywhere."""
    names = ["../../evil.txt", "/evil.txt", "a/./../b.txt"]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(hostile.pack({name: SENTENCE.encode() for name in names}))
    report = pipeline.build([tmp_path / "in"], tmp_path / "out", formats=["nquads"])
    assert report.seen == 3 and report.ingested == 1 and len(report.duplicates) == 2
    assert not list(tmp_path.rglob("evil*")) and not Path("/evil.txt").exists()


def test_a11_a12_names_and_links(tmp_path: Path) -> None:
    """A11, A12: an extraction is written inside the output folder whatever a member is called; a hard link is a duplicate."""
    folder, out = tmp_path / "in", tmp_path / "deep" / "out"
    folder.mkdir()
    members = {
        "../../up.txt": SENTENCE,
        "..\\..\\back.txt": SENTENCE + "一",
        "CON.txt": SENTENCE + "二",
        "C:\\x.txt": SENTENCE + "三",
    }
    (folder / "a.zip").write_bytes(hostile.pack({name: text.encode() for name, text in members.items()}))
    (folder / "b.txt").write_text(SENTENCE + "四", "utf-8")
    os.link(folder / "b.txt", folder / "c.txt")
    paths = [str(path) for path in readers.collect([str(folder / "a.zip")])]
    for path, record in pipeline.extract_each(paths):
        assert isinstance(record, dict), (path, record)
        target = (out / f"{record['document']}.json").resolve()
        assert target.parent == out.resolve()
    report = pipeline.build([folder], out, formats=["nquads"])
    assert (report.ingested, report.duplicates) == (5, [("c.txt", "b.txt")])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["deep", "in"]


GOOD = {
    "good-1.txt": "江北省人民政府关于加快新型显示产业发展的意见\n到2026年，全省新型显示产业规模突破1000亿元。\n",
    "good-2.md": "# 合肥市集成电路产业规划\n\n合肥市重点发展集成电路产业，培育骨干企业50家。\n",
    "good-3.html": hostile.page("<p>成都高新区将打造新型显示产业基地，2025年产值达到500亿元。</p>" * 3).decode(),
}


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.iterdir() if p.name != "rejects.jsonl")
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def _write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_hostile_folder_leaves_the_good_part_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, and ones that hang, crash and eat memory, among good documents: the exports are those of the good alone.

    Each bad one is listed with code, message and, where a limit was passed, limit and observed value; the numbers add up.
    """
    formats = ["turtle", "jsonld"]
    pipeline.build([_write(tmp_path / "good", GOOD)], tmp_path / "alone", formats=formats)
    mixed = _write(tmp_path / "mixed", GOOD)
    for name, (_, make) in REJECTED.items():
        (mixed / name).write_bytes(make())
    for name in ("segfault.txt", "raise.txt"):
        (mixed / name).write_text(SENTENCE + name)
    (mixed / "slow.html").write_bytes(hostile.many_cells())
    (mixed / "large.pdf").write_bytes(hostile.many_operators(3_000_000))
    (mixed / "picture.png").write_bytes(b"\x89PNG")
    (mixed / "nowhere.txt").symlink_to(tmp_path / "nothing")
    (mixed / "passwords.txt").symlink_to("/etc/passwd")
    os.mkfifo(mixed / "pipe.txt")
    with (mixed / "sparse.txt").open("wb") as file:
        file.truncate(1 << 30)
    monkeypatch.setattr(pipeline, "WORK", "tests.misbehaving:work")
    limits = workers.Limits(seconds=3, memory=500 * workers.MIB)
    report = pipeline.build([mixed], tmp_path / "out", formats=formats, jobs=2, limits=limits)

    assert (report.ingested, len(report.duplicates), len(report.unsupported)) == (3, 0, 1)
    assert report.seen == 3 + 1 + len(report.rejects) == len(list(mixed.iterdir()))
    lines = (tmp_path / "out" / "rejects.jsonl").read_text("utf-8").splitlines()
    records = {Path(r["path"]).name: r for r in map(json.loads, lines)}
    expected = {name: code for name, (code, _) in REJECTED.items()} | {
        "segfault.txt": "CRASHED", "raise.txt": "INTERNAL", "slow.html": "TIMEOUT", "large.pdf": "MEMORY",
        "picture.png": "UNSUPPORTED", "nowhere.txt": "NOT_FOUND", "passwords.txt": "OUTSIDE_ROOT", "pipe.txt": "NOT_REGULAR",
        "sparse.txt": "TOO_LARGE",
    }  # fmt: skip
    assert {name: record["code"] for name, record in records.items()} == expected
    assert all(record["message"] for record in records.values())
    assert all(records[n]["limit"] and records[n]["observed"] for n in ("slow.html", "large.pdf", "sparse.txt", "d1-bomb.docx"))
    assert _hashes(tmp_path / "alone") == _hashes(tmp_path / "out")
