"""Bad and odd inputs, by kind: files (A), encodings and text (B), PDF (C), containers and Word (D), collecting (E).

Every rejection is a ReadError with a stable code; nothing else comes out of a reader.
"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import readers
from kg.errors import ReadError
from kg.readers import cleaning, container, sources, web
from kg.readers.pdf_paragraphs import close_up, running

SENTENCE = "全市将以新型显示产业为重点，完善产业链条，培育骨干企业。"


def _code(name: str, data: bytes | None = None, *, path: Path | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        readers.read(path or name, data=data)
    return caught.value.code


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _docx(body: str, **parts: bytes) -> bytes:
    """A Word file made by python-docx whose body is replaced by ``body`` (WordprocessingML)."""
    import docx

    buffer = io.BytesIO()
    docx.Document().save(buffer)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()
    with zipfile.ZipFile(buffer) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    return _zip({**members, "word/document.xml": document, **parts})


# A: files


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\n"])
def test_a1_a2_empty_files(tmp_path: Path, data: bytes) -> None:
    """A1, A2: a file of no bytes, of a byte-order mark or of blanks is EMPTY."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert _code("", path=path) == "EMPTY"


def test_a3_huge_file_is_rejected_unread(tmp_path: Path) -> None:
    """A3: a sparse gigabyte is TOO_LARGE by its size alone."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    assert _code("", path=path) == "TOO_LARGE"


def _look(folder: Path) -> dict[str, str]:
    """Name of each thing met in a folder -> "" for what is read, the code for what is not."""
    return {f.path.name: f.error.code if f.error else "" for f in readers.survey([str(folder)])}


def test_a4_linked_folder_is_told_and_not_followed(tmp_path: Path) -> None:
    """A4: a link to a folder (here a loop) is named once as a notice; each file is met once."""
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "loop").symlink_to(tmp_path)
    notices: list[str] = []
    assert [f.path.name for f in readers.survey([str(tmp_path)], notices.append)] == ["a.txt"]
    assert len(notices) == 1 and "loop" in notices[0]


def test_a5_link_out_of_the_folder(tmp_path: Path) -> None:
    """A5: a link that leads out of the folder is OUTSIDE_ROOT; one within it is read; one named outright is read."""
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text(SENTENCE)
    (folder / "a.txt").write_text(SENTENCE)
    (folder / "within.txt").symlink_to(folder / "a.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    assert _look(folder) == {"a.txt": "", "within.txt": "", "out.txt": "OUTSIDE_ROOT"}
    assert readers.read(next(iter(readers.collect([str(folder / "out.txt")])))).text == SENTENCE


def test_a6_dangling_link(tmp_path: Path) -> None:
    """A6: a link to nothing is NOT_FOUND."""
    path = tmp_path / "a.txt"
    path.symlink_to(tmp_path / "nothing.txt")
    assert _code("", path=path) == "NOT_FOUND"


def test_a7_pipe_is_not_opened(tmp_path: Path) -> None:
    """A7: a FIFO is NOT_REGULAR and is never opened, which would hang."""
    path = tmp_path / "a.txt"
    os.mkfifo(path)
    assert _code("", path=path) == "NOT_REGULAR"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a8_unreadable_folder(tmp_path: Path) -> None:
    """A8: a folder without permission is PERMISSION; its neighbors are read."""
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "closed").mkdir(mode=0)
    assert _look(tmp_path) == {"a.txt": "", "closed": "PERMISSION"}


def test_a9_a10_names(tmp_path: Path) -> None:
    """A9, A10: names in GBK bytes, with line breaks, escape sequences, tags and of 255 bytes are read and shown as text."""
    names = [b"\xd6\xd0\xb9\xfa.txt", b"\xff.txt", b"a\nb.txt", b"\x1b[31mred.txt", b"<script>.txt", b"x" * 251 + b".txt"]
    for name in names:
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
            file.write(SENTENCE.encode())
    documents = [readers.read(path) for path in readers.collect([str(tmp_path)])]
    assert sorted(d.name for d in documents) == sorted(
        ["中国.txt", "\\xff.txt", "a\nb.txt", "\x1b[31mred.txt", "<script>.txt", "x" * 251 + ".txt"]
    )
    assert all((d.source.name + d.source.path).encode() for d in documents)


def test_a13_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A13: bytes of two states of a file are never mixed: it is CHANGED. One replaced by another is read as it was."""
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    real = os.fstat

    def grown(number: int) -> os.stat_result:
        found = real(number)
        with path.open("a") as file:
            file.write("尾")
        return found

    monkeypatch.setattr(os, "fstat", grown)
    assert _code("", path=path) == "CHANGED"


def test_a14_file_that_went_away(tmp_path: Path) -> None:
    """A14: a file that is gone between listing and reading is NOT_FOUND."""
    (tmp_path / "a.txt").write_text(SENTENCE)
    paths = list(readers.collect([str(tmp_path)]))
    paths[0].unlink()
    assert _code("", path=paths[0]) == "NOT_FOUND"


def test_a16_many_files_and_deep_folders(tmp_path: Path) -> None:
    """A16: a hundred levels of folders and a thousand files are listed, each once."""
    deep = tmp_path.joinpath(*["d"] * 100)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(SENTENCE)
    for number in range(1000):
        (tmp_path / f"{number}.txt").touch()
    assert len(set(readers.collect([str(tmp_path)]))) == 1001


def test_folder_sniffs_unknown_suffixes(tmp_path: Path) -> None:
    """Pages and PDFs under odd names (content.jsp, t2024) are met as documents; other types are named, with a remedy."""
    page = f"<!DOCTYPE html><html><body><p>{SENTENCE}</p></body></html>"
    for name in ("content.jsp", "t20240506"):
        (tmp_path / name).write_text(page)
    (tmp_path / "b.rar").write_bytes(b"Rar!")
    (tmp_path / "c.css").write_text("p {}")
    (tmp_path / "d.zip").write_bytes(_zip({"x.txt": SENTENCE.encode(), "y.png": b"", "__MACOSX/._x.txt": b""}))
    assert _look(tmp_path) == {
        "content.jsp": "", "t20240506": "", "b.rar": "UNSUPPORTED", "c.css": "UNSUPPORTED", "d.zip!x.txt": "",
        "d.zip!y.png": "UNSUPPORTED",
    }  # fmt: skip
    errors = {f.path.name: str(f.error) for f in readers.survey([str(tmp_path)]) if f.error}
    assert "unpack it" in errors["b.rar"] and "OCR" in errors["d.zip!y.png"]
    assert readers.read(tmp_path / "content.jsp").text == SENTENCE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a8_unreadable_file(tmp_path: Path) -> None:
    """A8: a file without permission is PERMISSION."""
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    path.chmod(0)
    assert _code("", path=path) == "PERMISSION"


def test_a15_lying_suffix() -> None:
    """A15: content decides: a page named .txt is read as a page with a note, a picture is refused, text is no PDF."""
    page = f"<!DOCTYPE html><html><body><p>{SENTENCE}</p></body></html>".encode()
    document = readers.read("a.txt", data=page)
    assert document.text == SENTENCE
    assert document.notes == ("named .txt but read as html",)
    assert _code("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(64)) == "SCANNED"
    assert _code("a.pdf", SENTENCE.encode()) == "WRONG_TYPE"
    assert _code("a.xyz", SENTENCE.encode()) == "UNSUPPORTED"


# B: encodings and text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_b7_encodings(encoding: str) -> None:
    """B7: the same text comes out of every encoding in use."""
    text = "关于新型显示产业的意见\n" + SENTENCE * 4 + "OLED 2025\n"
    assert readers.read("a.txt", data=text.encode(encoding)).text == text.strip()


def test_b7_big5() -> None:
    """B7: a page that declares Big5 is read as Big5."""
    page = f'<html><head><meta charset="big5"></head><body><p>{"發展新型顯示產業，培育骨幹企業。" * 8}</p></body></html>'
    assert "發展新型顯示產業" in readers.read("a.html", data=page.encode("big5")).text


def test_b4_two_encodings_in_one_file() -> None:
    """B4: UTF-8 that goes on in GB18030 is MIXED_ENCODING, with the byte where it changes (to a character or two)."""
    head = (SENTENCE * 5 + "\n").encode()
    with pytest.raises(ReadError) as caught:
        readers.read("a.txt", data=head + (SENTENCE * 5).encode("gb18030"))
    assert caught.value.code == "MIXED_ENCODING"
    assert 0 <= int(caught.value.observed or 0) - len(head) <= 4


def test_b5_one_broken_byte() -> None:
    """B5: one broken byte costs one character; the rest is kept and a note says where."""
    data = (SENTENCE * 20).encode()
    document = readers.read("a.txt", data=data[:300] + b"\xff" + data[300:])
    assert document.text.count("\ufffd") == 1
    assert any("unreadable" in note for note in document.notes)


def test_b8_b9_b12_invisible_characters() -> None:
    """B8, B9, B12: NUL, controls, zero-width characters and marks of direction go, and are counted."""
    document = readers.read("a.txt", data="新\u200b型\x01显\u202e示\ufeff产业发展。\n".encode())
    assert document.text == "新型显示产业发展。"
    assert "4 control or invisible characters removed" in document.notes


def test_b11_line_ends() -> None:
    """B11: CR, CRLF, NEL and the Unicode separators end lines; quotes still match their offsets."""
    document = readers.read("a.txt", data="标题文字\r第一段。\r\n第二段。\u2028第三段。\x85第四段。".encode())
    assert document.text.split("\n") == ["标题文字", "第一段。", "第二段。", "第三段。", "第四段。"]


def test_b17_error_page() -> None:
    """B17: a page that wants JavaScript is BOILERPLATE, not a document."""
    assert _code("a.html", b"<html><body><p>Please enable JavaScript to continue.</p></body></html>") == "BOILERPLATE"


def test_pictures_of_text() -> None:
    """A page whose text is in pictures is SCANNED."""
    assert _code("a.html", b'<html><body><p><img src="a.png"></p></body></html>') == "SCANNED"


@pytest.mark.parametrize(
    ("name", "unit", "count"),
    [("a.md", "<table", 20_000), ("a.md", "<script>", 20_000), ("a.md", '<p style="display:none">', 8_000), ("a.md", "[", 60_000),
     ("a.md", ">", 60_000), ("a.html", "<b>", 60_000), ("a.txt", "（", 100_000), ("a.txt", "　", 100_000)],
)  # fmt: skip
def test_b14_b19_time_is_linear(name: str, unit: str, count: int) -> None:
    """B14, B19: long runs of open tags and brackets take time in proportion to their length (seconds of CPU)."""
    from time import process_time

    start = process_time()
    try:
        readers.read(name, data=(unit * count + SENTENCE).encode())
    except ReadError as error:
        assert error.code in ("EMPTY", "TOO_DEEP", "LIMIT")
    assert process_time() - start < 4


def test_repeated_paragraphs_are_all_kept() -> None:
    """Only a title is said once: equal paragraphs and equal cells of a row all stay."""
    assert readers.read("a.txt", data=f"标题文字\n\n　　{SENTENCE}\n　　{SENTENCE}\n".encode()).text.count(SENTENCE) == 2
    page = "<html><body><table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>1</td></tr></table></body></html>"
    assert readers.read("a.html", data=page.encode()).text == "甲 | 乙\n1 | 1"


# C: PDF


def test_c1_broken_pdf() -> None:
    """C1: a truncated PDF is DAMAGED."""
    assert _code("a.pdf", b"%PDF-1.7\n1 0 obj\n<<") == "DAMAGED"


def test_c7_scan() -> None:
    """C7: pages without text are SCANNED."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument.new()
    document.new_page(200, 200)
    buffer = io.BytesIO()
    document.save(buffer)
    assert _code("a.pdf", buffer.getvalue()) == "SCANNED"


def test_c10_running_heads() -> None:
    """C10: lines on the head of most pages are running heads, whatever page number they carry."""
    pages = [[f"某市发展规划 第 {n} 页", f"第{n}段正文，各不相同{'字' * n}。"] for n in range(1, 5)]
    assert running(pages) == {"某市发展规划"}


def test_kangxi_radicals_and_spread_text() -> None:
    """Radicals become the characters they look like, and blanks that layout puts around numbers and into words go."""
    assert cleaning.radicals("⼯业和⺠生") == "工业和民生"
    assert (
        close_up("2023 年 3 月 1 日新增 43 件，中 央 督 察 组 反馈 OLED 面板")
        == "2023年3月1日新增43件，中央督察组 反馈 OLED 面板"
    )


# D: containers and Word


def test_d1_bomb_is_not_inflated() -> None:
    """D1: a part of 20 MB that packs to nothing is a BOMB."""
    assert _code("a.docx", _zip({"word/document.xml": bytes(20 << 20)})) == "BOMB"


def test_d2_large_picture_does_no_harm() -> None:
    """D2: a picture that would inflate beyond reason is not inflated, and the text is read."""
    data = _docx(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>", **{"word/media/a.bmp": bytes(20 << 20)})
    assert readers.read("a.docx", data=data).text == SENTENCE


def test_d3_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    """D3: an archive of too many members is ZIP_SHAPE."""
    monkeypatch.setattr(container, "MAX_MEMBERS", 3)
    assert _code("a.docx", _zip({f"{n}.xml": b"<a/>" for n in range(5)})) == "ZIP_SHAPE"


def test_d4_truncated_and_old_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """D4: half a .docx is DAMAGED; the old binary format is UNSUPPORTED with what to do; D6: one with a password ENCRYPTED."""
    monkeypatch.setenv("KG_SOFFICE", "")
    data = _docx("<w:p/>")
    assert _code("a.docx", data[: len(data) // 2]) == "DAMAGED"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert _code("a.doc", ole + bytes(600)) == "UNSUPPORTED"
    assert _code("a.docx", ole + bytes(600) + "EncryptedPackage".encode("utf-16-le")) == "ENCRYPTED"


def test_d7_d8_document_type() -> None:
    """D7, D8: a part that declares a document type (outside files, billion laughs) is DOCTYPE."""
    evil = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
    assert _code("a.docx", _docx("", **{"word/document.xml": evil})) == "DOCTYPE"


def test_d10_word_content() -> None:
    """D10: insertions, links, text boxes and tables are read; deletions and hidden text are not."""
    body = (
        "<w:p><w:r><w:t>正文甲</w:t></w:r><w:ins><w:r><w:t>插入</w:t></w:r></w:ins><w:del><w:r><w:delText>删除</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>"
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件内容</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert readers.read("a.docx", data=_docx(body)).text.split("\n") == ["正文甲插入", "文本框", "控件内容"]


def test_word_headings_and_tables() -> None:
    """Heading styles and tables of a Word file give headings and cells with their heads."""
    import docx

    made = docx.Document()
    made.add_paragraph("某市显示产业发展意见")
    made.add_heading("发展目标", level=2)
    made.add_paragraph(SENTENCE)
    table = made.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("指标", "2025年"), ("产业规模", "1000亿元")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    made.save(buffer)
    document = readers.read("a.docx", data=buffer.getvalue())
    kinds = {document.quote(b.start, b.end): (b.kind, b.level, b.row, b.column) for b in document.blocks}
    assert kinds["某市显示产业发展意见"][0] == "title"
    assert kinds["发展目标"] == ("heading", 2, "", "")
    assert kinds["1000亿元"] == ("cell", 0, "产业规模", "2025年")


def test_workbook_csv_and_ofd() -> None:
    """Workbooks, CSV files and OFD files give their text."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["指标", "2025年"])
    book.active.append(["产业规模", "1000亿元"])
    buffer = io.BytesIO()
    book.save(buffer)
    for name, data in (("a.xlsx", buffer.getvalue()), ("a.csv", "指标,2025年\n产业规模,1000亿元\n".encode("gb18030"))):
        document = readers.read(name, data=data)
        assert [b.column for b in document.blocks if document.quote(b.start, b.end) == "1000亿元"] == ["2025年"]
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    objects = "".join(
        f'<ofd:TextObject Boundary="{x} {y} 50 5"><ofd:TextCode X="0" Y="4">{t}</ofd:TextCode></ofd:TextObject>'
        for x, y, t in ((60, 40, "产业，培育骨干企业。"), (20, 40, "全市重点发展新型显示"), (20, 20, "某市显示产业发展意见"))
    )
    page = f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>".encode()
    ofd = _zip({"OFD.xml": b"<a/>", "Doc_0/Pages/Page_0/Content.xml": page})
    assert readers.read("a.ofd", data=ofd).text == "某市显示产业发展意见\n全市重点发展新型显示产业，培育骨干企业。"


# E: collecting


def test_e_folder_archive_list_and_glob(tmp_path: Path) -> None:
    """Folders, archives, list files and globs give each document once, in order; hidden and foreign files stay out."""
    (tmp_path / "b.txt").write_text(SENTENCE)
    (tmp_path / "a.md").write_text(SENTENCE)
    (tmp_path / ".hidden.txt").write_text(SENTENCE)
    (tmp_path / "c.bin").write_bytes(b"\0")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "d.zip").write_bytes(_zip({"x/plan.txt": SENTENCE.encode(), "x/skip.exe": b"MZ"}))
    found = [str(p.relative_to(tmp_path)) for p in readers.collect([str(tmp_path), str(tmp_path / "*.txt")])]
    assert found == ["a.md", "b.txt", "d.zip!x/plan.txt"]
    (tmp_path / "list.txt").write_text(f"# plans\n{tmp_path / 'b.txt'}\n\n")
    assert [p.name for p in readers.collect([f"@{tmp_path / 'list.txt'}"])] == ["b.txt"]
    document = readers.read(tmp_path / "d.zip!x" / "plan.txt")
    assert (document.name, document.text) == ("plan.txt", SENTENCE)


def test_e_member_outside_the_archive_is_never_written(tmp_path: Path) -> None:
    """D5: a member named ../../evil.txt is read in memory; no file appears."""
    (tmp_path / "a.zip").write_bytes(_zip({"../../evil.txt": SENTENCE.encode()}))
    member = next(iter(readers.collect([str(tmp_path / "a.zip")])))
    assert readers.read(member).text == SENTENCE
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip"]


def test_e_broken_archive_is_given_and_rejected(tmp_path: Path) -> None:
    """An archive that cannot be opened is not passed over: it stands in the list and is rejected."""
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 broken")
    assert [p.name for p in readers.collect([str(tmp_path)])] == ["a.zip"]
    assert _code("", path=tmp_path / "a.zip") == "DAMAGED"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/a.html", "http://[::1]/", "http://10.1.2.3/x", "http://169.254.169.254/latest"]
)
def test_e_private_addresses_are_refused(url: str) -> None:
    """Pages of private addresses are never fetched."""
    with pytest.raises(ReadError) as caught:
        web.fetch(url)
    assert caught.value.code == "PRIVATE_ADDRESS"
    assert sources.is_url(str(Path(url)))


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(sorted(readers.SUFFIXES)),
    st.binary(max_size=400),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"]),
)
def test_only_our_own_errors_come_out(suffix: str, data: bytes, head: bytes) -> None:
    """Whatever the bytes, a reader gives a document with sound offsets or a ReadError."""
    try:
        document = readers.read("a" + suffix, data=head + data)
    except ReadError:
        return
    assert all(0 <= b.start < b.end <= len(document.text) for b in document.blocks)


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="一二三（）1.、。，：；第条章\n 　附件各区发展产业2025年月日《》<b>*#|-", max_size=200),
    st.sampled_from([".txt", ".md", ".html"]),
)
def test_blocks_are_sound_for_any_text(text: str, suffix: str) -> None:
    """Blocks never overlap, never cross a line and stand under earlier headings."""
    try:
        document = readers.read("a" + suffix, data=text.encode())
    except ReadError:
        return
    last = 0
    for index, block in enumerate(document.blocks):
        assert last <= block.start < block.end and "\n" not in document.quote(block.start, block.end)
        assert block.parent < index and (block.parent < 0 or document.blocks[block.parent].kind == "heading")
        last = block.end


def test_long_word_files_take_linear_time() -> None:
    """Three thousand paragraphs of a Word file take a second or two, not the number of its styles times as long."""
    from time import process_time

    data = _docx(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>" * 3000)
    start = process_time()
    assert readers.read("a.docx", data=data).text.count(SENTENCE) == 3000
    assert process_time() - start < 4
