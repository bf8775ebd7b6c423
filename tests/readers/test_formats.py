"""The same document says the same, whatever format it comes in."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from kg import readers

LINES = [
    "江北省人民政府办公厅关于印发江北省新型显示产业行动方案的通知",
    "江政办发〔2024〕8号",
    "各市人民政府，省政府各部门：",
    "《江北省新型显示产业行动方案》已经省政府同意，现印发给你们，请认真贯彻执行。",
    "江北省人民政府办公厅",
    "2024年5月6日",
    "江北省新型显示产业行动方案",
    "一、发展目标",
    "到2026年，产业规模突破1000亿元，培育骨干企业50家以上，形成较为完整的产业链条。",
    "二、重点任务",
    "（一）实施强链工程。围绕面板、材料和装备，引进重点企业，完善产业链条。（责任单位：省工业和信息化厅）",
    "（二）实施创新工程。支持企业建设研发机构，突破关键材料和核心装备。",
]


def _docx() -> bytes:
    import docx

    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _html() -> bytes:
    body = "".join(f"<p>　　{line}</p>\n" for line in LINES)
    return f"<html><head><title>首页</title></head><body><div class='nav'>首页</div><div id='zoom'>{body}</div></body></html>".encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    "a.txt": lambda: "\r\n".join(LINES).encode("gb18030"),
    "indented.txt": lambda: "\n".join("　　" + line for line in LINES).encode(),
    "a.md": lambda: "\n\n".join(LINES).encode(),
    "a.docx": _docx,
    "a.html": _html,
}


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_same_text_blocks_and_metadata(name: str) -> None:
    """Text, Markdown, Word and HTML of one notice give the same text, the same roles and the same metadata."""
    document = readers.read(name, data=MAKERS[name]())
    assert document.text == "\n".join(LINES)
    assert [b.kind for b in document.blocks] == [
        "title", "note", "addressee", "paragraph", "signature", "signature", "title", "heading", "paragraph", "heading",
        "heading", "paragraph", "heading", "paragraph",
    ]  # fmt: skip
    metadata = document.metadata
    assert metadata.title == "江北省新型显示产业行动方案"
    assert (metadata.number, metadata.published, metadata.publisher) == (
        "江政办发〔2024〕8号", "2024-05-06", "江北省人民政府办公厅",
    )  # fmt: skip


def test_a_text_that_lost_its_line_breaks() -> None:
    """A notice in one line gets its paragraphs back at the letterhead and the numbered heads."""
    text = "".join(LINES[:4]) + "".join(LINES[4:6]) + "（此件公开发布）" + "".join(LINES[7:]) + "".join(LINES[8:] * 2)
    document = readers.read("a.txt", data=text.encode())
    quotes = [document.quote(b.start, b.end) for b in document.blocks]
    assert quotes[:3] == LINES[:3]
    assert "（一）实施强链工程。" in quotes
    assert document.metadata.signed == "2024-05-06"
