"""One small good document of each format, and ways to damage it: for fuzzing."""

from __future__ import annotations

import html
import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

from tests.pdfs import Page, pdf

TITLE = "某市新型显示产业发展规划"
LINES = (
    "某市人民政府关于印发《某市新型显示产业发展规划》的通知",
    "各区人民政府，市政府各部门：",
    "一、发展目标",
    "到2025年，全市新型显示产业规模突破1000亿元，年均增长12%以上，培育骨干企业50家。",
    "（一）优化空间布局。支持高新区建设显示产业园，推动上游材料在本地配套。",
    "某市人民政府",
    "2023年5月6日",
)
ROWS = (("指标", "2025年目标", "责任单位"), ("产业规模", "1000亿元", "市工信局"), ("骨干企业", "50家", "市发改委"))
TOKENS = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xd6\xd0", b"\xed\xa0\x80", b"\xe2\x80\xae", b"9" * 40, b"-1", b"(", b"|", b"\t",
    b"<table><tr><td rowspan=99999999 colspan=-7>", b"</table>", b"<!--", b"-->", b"<![CDATA[", b"&#xD800;", b"&#0;", b"&#99999999999;",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", b"<meta charset=utf-7>", b"<meta charset=nothing>", b"<div hidden>", b"<pre>", b"<base href=':'>",
    b"---\n", b"+++\n", b"| a | b |\n|---|\n", b"# ", b"> " * 50, b"```", b"[a](b", b"**", b"date: 2023-99-99\n", b"tags: [", b"&a [*a]",
    b"obj", b"endobj", b"stream\n", b"endstream", b"<<", b">>", b"[", b"/Type/Pages", b"/Kids[3 0 R 3 0 R]", b"/Count 9999", b"1e9 ",
    b"BT", b"ET", b" 0 0 0 0 re S ", b" 1e30 -1e30 l S ", b"/MediaBox[0 0 0 0]", b"/Rotate 90", b"q ", b"Q ", b"nan",
    b"<w:tbl>", b"</w:tr>", b"<w:gridSpan w:val='-3'/>", b"<w:vMerge/>", b"<w:ilvl w:val='x'/>", b"w:val=''", b"Boundary='a b'", b"<c r='ZZZ9'/>",
)  # fmt: skip


def packed(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def text() -> bytes:
    table = "\n".join(" | ".join(row) for row in ROWS)
    return "\n".join([TITLE, *LINES, table, "附件：1. 任务分工表"]).encode()


def markdown() -> bytes:
    front = f"---\ntitle: {TITLE}\ndate: 2023-05-06\ntags: [显示, 产业]\nsource: 某市日报\n---\n"
    table = "\n".join(["| " + " | ".join(row) + " |" for row in (ROWS[0], ("---",) * 3, *ROWS[1:])])
    embedded = "<table><tr><td>甲</td><td>1</td></tr></table>\n\n- **加大支持。**对企业给予补助。\n"
    return (front + f"# {TITLE}\n\n" + "\n\n".join(LINES) + f"\n\n{table}\n\n{embedded}").encode()


def page() -> bytes:
    head = f"<title>{TITLE}_某市人民政府</title><meta name='ArticleTitle' content='{TITLE}'><meta name='PubDate' content='2023-05-06'>"
    table = "".join("<tr>" + "".join(f"<td rowspan=1>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    body = "".join(f"<p>{line}</p>" for line in LINES)
    menu = "<div class='nav'><a href='/'>首页</a></div>"
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{menu}<div id='UCAP-CONTENT'>{body}"
        f"<table>{table}</table><p><a href='a.doc'>附件1</a></p></div><div class='footer'>版权所有 某市</div></body></html>"
    ).encode()


def word() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(TITLE, 0)
    for line in LINES:
        document.add_paragraph(line, style="List Number" if line.startswith("（") else None)
    table = document.add_table(len(ROWS), 3)
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def portable() -> bytes:
    first = Page().text(150, 60, TITLE, 20).lines(60, 100, LINES).grid([60, 200, 340, 480], [300, 330, 360, 390])
    for number, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            first.text(64 + 140 * column, 318 + 30 * number, cell)
    return pdf(first, Page().lines(60, 80, LINES[3:5]).text(290, 800, "— 2 —"))


def workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in ((TITLE,), *ROWS, ("产值", 12.5, True)):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def values() -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS * 3).encode()


def fixed_layout(lines: Sequence[str] = LINES) -> bytes:
    """An OFD file of one page for every forty lines."""
    members: dict[str, str | bytes] = {"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<Document/>"}
    for number, start in enumerate(range(0, len(lines), 40)):
        objects = "".join(
            f'<ofd:TextObject ID="{n + 5}" Boundary="20 {20 + 6 * n} 170 6" Font="1" Size="5">'
            f'<ofd:TextCode X="0" Y="5">{html.escape(line)}</ofd:TextCode></ofd:TextObject>'
            for n, line in enumerate(lines[start : start + 40])
        )
        content = f'<ofd:Content><ofd:Layer ID="3">{objects}</ofd:Layer></ofd:Content>'
        page = f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">{content}</ofd:Page>'
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = page
    return packed(members)


SEEDS: dict[str, Callable[[], bytes]] = {
    "plan.html": page, "plan.md": markdown, "plan.txt": text, "plan.docx": word, "plan.pdf": portable, "plan.xlsx": workbook,
    "plan.csv": values, "plan.ofd": fixed_layout,
}  # fmt: skip
"""File name -> what makes the document."""


def archive() -> bytes:
    """A ZIP of the small ones."""
    return packed({name: make() for name, make in SEEDS.items() if name.endswith(("html", "md", "txt", "csv", "pdf"))})


def damaged(data: bytes, random: Random) -> bytes:
    """The document with one to six places changed; of a container, more often than not, inside one member."""
    if data[:2] == b"PK" and random.random() < 0.8:
        return _repacked(data, random)
    for _ in range(random.randint(1, 6)):
        data = _once(data, random)
    return data


def _once(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    end = min(len(data), start + random.choice((1, 1, 2, 3, 4, 16, 64, 400)))
    match random.randrange(8):
        case 0:
            return data[:start] + bytes([random.randrange(256)]) + data[start + 1 :]
        case 1:
            return data[:start] + data[end:]
        case 2:
            return data[:end] + data[start:end] * random.choice((1, 2, 40)) + data[end:]
        case 3:
            other = random.randrange(len(data) + 1)
            return data[:start] + data[other : other + end - start] + data[end:]
        case 4:
            return data[:start] if random.random() < 0.2 else data
        case _:
            return data[:start] + random.choice(TOKENS) + data[start if random.random() < 0.7 else end :]


def _repacked(data: bytes, random: Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            members: dict[str, str | bytes] = {name: container.read(name) for name in container.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error):
        return _once(data, random)
    if not members:
        return _once(data, random)
    main = [
        name
        for name in members
        if name.rpartition("/")[2] in ("document.xml", "Content.xml", "sheet1.xml", "numbering.xml", "workbook.xml")
    ]
    name = random.choice(main if main and random.random() < 0.7 else sorted(members))
    if random.random() < 0.05:
        del members[name]
    else:
        content = members[name]
        assert isinstance(content, bytes)
        for _ in range(random.randint(1, 4)):
            content = _once(content, random)
        members[name] = content
    return packed(members)
