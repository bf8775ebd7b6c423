"""Hostile and broken documents, made when they are needed: each a few bytes of code, none of them kept as a file."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import cache

SENTENCE = "全市将以新型显示产业为重点，完善产业链条，培育骨干企业。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(objects: Iterable[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer <</Root 1 0 R /Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, trailer, start))
    return out.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n" % (len(data), entries) + data + b"\nendstream"


def pdf_page(content: bytes, entries: bytes = b"", *, extra: bytes = b"", more: Iterable[bytes] = ()) -> bytes:
    """A PDF of one page that shows ``content`` in Helvetica."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R" + extra + b">>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            stream(content, entries),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *more,
        ]
    )


def text_pdf(text: str = "A policy in plain English text, long enough to be one.", **options: object) -> bytes:
    return pdf_page(b"BT /F 12 Tf 50 700 Td (" + text.encode("latin-1") + b") Tj ET", **options)  # type: ignore[arg-type]


@cache
def deflated(size: int, times: int = 1) -> bytes:
    """``size`` blanks, deflated ``times`` times over."""
    packer = zlib.compressobj(1)
    chunk = b" " * (1 << 20)
    data = b"".join(packer.compress(chunk) for _ in range(size >> 20)) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def flate_bomb(size: int = 1 << 30, times: int = 1) -> bytes:
    names = b" ".join([b"/FlateDecode"] * times)
    return pdf_page(deflated(size, times), b"/Filter[" + names + b"]")


def many_pages(count: int = 100_000) -> bytes:
    """One page that the page tree names ``count`` times."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[" % count + b"3 0 R " * count + b"]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>",
        ]
    )


def many_operators(count: int = 2_000_000) -> bytes:
    """``count`` text operators in one stream that packs to next to nothing."""
    one = b"BT /F 1 Tf 1 1 Td (a) Tj ET\n"
    return pdf_page(zlib.compress(one * count, 1), b"/Filter/FlateDecode")


def page_cycle() -> bytes:
    """A page tree whose node is its own child."""
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]/Parent 2 0 R>>"])


def self_reference() -> bytes:
    """A page whose content is a reference to itself."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"4 0 R",
        ]
    )


def deep_array(depth: int = 20_000) -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R/A " + b"[" * depth + b"]" * depth + b">>", b"<</Type/Pages/Count 0/Kids[]>>"])


def locked_pdf(password: bytes) -> bytes:
    """A page encrypted by the standard handler (40 bit, revision 2) with this user password."""
    from hashlib import md5

    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    user, owner_key = (password + pad)[:32], md5((b"owner" + pad)[:32]).digest()[:5]
    owner, number = _rc4(owner_key, user), b"0123456789abcdef"
    key = md5(user + owner + struct.pack("<i", -4) + number).digest()[:5]
    content = b"BT /F 12 Tf 50 700 Td (A policy in plain English text, long enough.) Tj ET"
    secret = _rc4(md5(key + b"\x04\0\0\0\0").digest()[:10], content)
    encrypt = b"<</Filter/Standard/V 1/R 2/P -4/O<" + owner.hex().encode() + b">/U<" + _rc4(key, pad).hex().encode() + b">>>"
    page = pdf_page(secret)
    body = page[: page.rindex(b"xref\n0 ")]
    objects = [part.partition(b" 0 obj\n")[2].removesuffix(b"\nendobj\n") for part in _objects(body)]
    ids = b"/Encrypt 6 0 R /ID[<" + number.hex().encode() + b"><" + number.hex().encode() + b">]"
    return pdf([*objects, encrypt], trailer=ids)


def _objects(body: bytes) -> list[bytes]:
    starts = [body.index(b"\n%d 0 obj\n" % n) + 1 for n in range(1, 6)]
    return [body[a:b] for a, b in zip(starts, [*starts[1:], len(body)], strict=True)]


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def pack(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def docx(body: str, **parts: bytes) -> bytes:
    """A Word file made by python-docx whose body is replaced by ``body`` (WordprocessingML)."""
    import docx as library

    buffer = io.BytesIO()
    library.Document().save(buffer)
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'.encode()
    with zipfile.ZipFile(buffer) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    return pack({**members, "word/document.xml": document, **parts})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def nested_tables(depth: int = 300) -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * depth + paragraph(SENTENCE) + "</w:tc></w:tr></w:tbl>" * depth)


def nested_tags(depth: int = 5_000) -> bytes:
    return docx("<w:p>" + "<w:smartTag>" * depth + f"<w:r><w:t>{SENTENCE}</w:t></w:r>" + "</w:smartTag>" * depth + "</w:p>")


def laughs(name: str = "word/document.xml") -> bytes:
    """A billion laughs: ten entities, each ten of the one before."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    evil = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "ha">{entities}]><w>&a9;</w>'.encode()
    return docx("", **{name: evil})


def lying_size() -> bytes:
    """A Word file whose directory says that its text of 20 MB has ten bytes."""
    data = bytearray(docx(paragraph("x" * (20 << 20))))
    real = struct.pack(
        "<I", next(i.file_size for i in zipfile.ZipFile(io.BytesIO(data)).infolist() if i.filename == "word/document.xml")
    )
    while (at := data.find(real)) >= 0:
        data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


def overlapping() -> bytes:
    """An archive whose thousand members all stand on the same packed megabyte."""
    single = pack({"a.xml": b" " * (1 << 20)})
    directory = single[single.index(b"PK\x01\x02") : single.index(b"PK\x05\x06")]
    local = single[: single.index(b"PK\x01\x02")]
    entries = b"".join(directory.replace(b"a.xml", b"%05d" % n) for n in range(1000))
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1000, 1000, len(entries), len(local), 0)
    return local + entries + end


def page(body: str, *, charset: str = "", encoding: str = "utf-8") -> bytes:
    """A page that declares ``charset`` and is in ``encoding``."""
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<!DOCTYPE html><html><head>{meta}<title>关于产业的通知</title></head><body>{body}</body></html>".encode(encoding)


def many_cells(rows: int = 1000, columns: int = 1000) -> bytes:
    return page("<table>" + ("<tr>" + "<td>1</td>" * columns + "</tr>") * rows + "</table>")


def yaml_bomb() -> bytes:
    """Front matter of ten lines that unfolds to nine to the tenth power entries."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)]
    return ("---\n" + "\n".join(lines) + "\n---\n" + SENTENCE).encode()


def mojibake_pdf() -> bytes:
    """GBK bytes under a Latin font without a character map."""
    return text_pdf(("全市将以新型显示产业为重点完善产业链" * 2).encode("gbk").decode("latin-1"))


REJECTED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a1-nothing.txt": ("EMPTY", lambda: b""),
    "a2-blank.md": ("EMPTY", lambda: b"\xef\xbb\xbf \r\n\t\n"),
    "a15-picture.txt": ("SCANNED", lambda: b"\x89PNG\r\n\x1a\n" + bytes(64)),
    "a15-text.pdf": ("WRONG_TYPE", lambda: SENTENCE.encode()),
    "b4-mixed.txt": ("MIXED_ENCODING", lambda: (SENTENCE * 5 + "\n").encode() + (SENTENCE * 5).encode("gb18030")),
    "b5-broken.txt": ("ENCODING", lambda: b"".join((SENTENCE * 2).encode() + b"\xff" for _ in range(30))),
    "b7-utf7.txt": ("ENCODING", lambda: (SENTENCE * 5).encode("utf-7")),
    "b17-script.html": ("BOILERPLATE", lambda: b"<html><body><p>Please enable JavaScript to continue.</p></body></html>"),
    "b17-missing.html": ("BOILERPLATE", lambda: page("<h1>404 Not Found</h1><p>您访问的页面不存在</p>")),
    "b17-wall.html": ("BOILERPLATE", lambda: page("<p>您的访问可能对网站造成威胁，请求已被拦截。</p>")),
    "b17-frames.html": ("BOILERPLATE", lambda: page('<frameset cols="*"><frame src="a.html"></frameset>')),
    "b20-long.txt": ("LIMIT", lambda: ("发展新型显示产业和集成电路产业" * 140_000).encode()),
    "c1-truncated.pdf": ("DAMAGED", lambda: text_pdf()[:200]),
    "c2-flate.pdf": ("BOMB", lambda: flate_bomb(256 << 20)),
    "c2-stacked.pdf": ("BOMB", lambda: flate_bomb(256 << 20, times=3)),
    "c3-pages.pdf": ("TOO_MANY_PAGES", many_pages),
    "c4-operators.pdf": ("BOMB", lambda: many_operators(8_000_000)),
    "c5-cycle.pdf": ("DAMAGED", page_cycle),
    "c5-self.pdf": ("SCANNED", self_reference),
    "c5-array.pdf": ("DAMAGED", deep_array),
    "c6-locked.pdf": ("ENCRYPTED", lambda: locked_pdf(b"secret")),
    "c8-mojibake.pdf": ("GARBLED", mojibake_pdf),
    "d1-bomb.docx": ("BOMB", lambda: pack({"word/document.xml": bytes(20 << 20)})),
    "d1-bomb.xlsx": ("BOMB", lambda: pack({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": bytes(20 << 20)})),
    "d1-bomb.ofd": ("BOMB", lambda: pack({"OFD.xml": b"<a/>", "Doc_0/Pages/Page_0/Content.xml": bytes(20 << 20)})),
    "d3-lying.docx": ("DAMAGED", lying_size),
    "d3-overlapping.docx": ("ZIP_SHAPE", overlapping),
    "d3-members.docx": ("ZIP_SHAPE", lambda: pack({f"{n}.xml": b"" for n in range(10_001)})),
    "d4-half.docx": ("DAMAGED", lambda: docx(paragraph(SENTENCE))[:900]),
    "d6-locked.docx": ("ENCRYPTED", lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
    "d7-outside.docx": ("DOCTYPE", lambda: docx("", **{"word/document.xml": b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'})),
    "d7-footnotes.docx": ("DOCTYPE", lambda: docx(paragraph(SENTENCE), **{"word/footnotes.xml": b"<!DOCTYPE w><w/>"})),
    "d8-laughs.docx": ("DOCTYPE", laughs),
    "d8-laughs.xlsx": ("DOCTYPE", lambda: pack({"xl/workbook.xml": b"<!DOCTYPE w><w/>"})),
    "d8-laughs.ofd": ("DOCTYPE", lambda: pack({"OFD.xml": b"<a/>", "Doc_0/Pages/Page_0/Content.xml": b'<!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'})),
    "d9-tables.docx": ("TOO_DEEP", nested_tables),
    "d9-tags.docx": ("TOO_DEEP", nested_tags),
}  # fmt: skip
"""File name (it begins with its case) -> the code it is rejected with, and its bytes."""
