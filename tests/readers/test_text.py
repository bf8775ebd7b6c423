"""Plain text: wraps joined, letterhead understood, structure found."""

from __future__ import annotations

from kg import readers
from kg.model import Document

NOTICE = """江北省经济和信息化厅
关于印发《江北省新型显示产业发展
行动计划（2024—2026年）》的通知

江经信电子〔2024〕12号

各市、县（区）人民政府，省政府各部门：

经省政府同意，现将《江北省新型显示产业发展行动计划（2024—2026年）》印发给你们，请认真贯彻执行。

江北省经济和信息化厅  江北省财政厅
二○二四年三月十五日

江北省新型显示产业发展行动计划（2024—2026年）

为推动新型显示产业高质量发展，特制定本行动计划。

一、发展目标
到2026年，产业规模突破1000亿元，培育企业50家以上，创新能力明显增强。
二、重点任务
（一）实施强链工程。围绕面板、材料和装备，引进重点企业，完善产业链条，提升配套水平。
1.突破关键材料。支持偏光片、靶材等材料研发，推动产品进入主流供应链。
（1）建设中试平台。
（二）申报条件：
1.具有独立法人资格；
2.近三年无违法记录；
3.研发投入占比较高。

附件：1.任务分工表
2.联系方式
"""


def _read(text: str, name: str = "a.txt") -> Document:
    return readers.read(name, data=text.encode())


def _blocks(document: Document, kind: str) -> list[str]:
    return [document.quote(b.start, b.end) for b in document.blocks if b.kind == kind]


def test_title_over_lines_is_one_line() -> None:
    """A title broken over three lines is one block, and the metadata holds the plan's title without its wrapper."""
    document = _read(NOTICE)
    plan = "江北省新型显示产业发展行动计划（2024—2026年）"
    assert _blocks(document, "title") == [f"江北省经济和信息化厅关于印发《{plan}》的通知", plan]
    assert document.metadata.title == plan


def test_letterhead_gives_number_date_and_publisher() -> None:
    """Number, Chinese-numeral date and first signing body come from the letterhead and the signature."""
    metadata = _read(NOTICE).metadata
    assert metadata.number == "江经信电子〔2024〕12号"
    assert metadata.signed == metadata.published == "2024-03-15"
    assert metadata.publisher == "江北省经济和信息化厅"


def test_headings_have_levels_and_parents() -> None:
    """Chinese numbering gives levels 1 to 4, each heading stands under the one above, run-in heads are cut off."""
    document = _read(NOTICE)
    headings = {document.quote(b.start, b.end): (i, b) for i, b in enumerate(document.blocks) if b.kind == "heading"}
    assert [b.level for _, b in headings.values()] == [1, 1, 2, 3, 4, 2]
    index, run_in = headings["（一）实施强链工程。"]
    assert run_in.parent == headings["二、重点任务"][0]
    assert document.blocks[index + 1].kind == "paragraph"
    assert headings["1.突破关键材料。"][1].parent == index


def test_list_of_conditions_is_no_heading() -> None:
    """Numbered entries that end with semicolons are items, the last one with its full stop too."""
    assert _blocks(_read(NOTICE), "item") == ["1.具有独立法人资格；", "2.近三年无违法记录；", "3.研发投入占比较高。"]


def test_roles_of_head_and_foot() -> None:
    """Addressee, signature and attachments have their own kinds."""
    document = _read(NOTICE)
    assert _blocks(document, "addressee") == ["各市、县（区）人民政府，省政府各部门："]
    assert _blocks(document, "signature") == ["江北省经济和信息化厅 江北省财政厅", "二○二四年三月十五日"]
    assert _blocks(document, "attachment") == ["附件：1.任务分工表", "2.联系方式"]


def test_blocks_lie_inside_lines() -> None:
    """Blocks follow each other, never overlap and never cross a line break."""
    document = _read(NOTICE)
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        assert "\n" not in document.quote(block.start, block.end)
        last = block.end


def test_hard_wraps_are_joined_even_inside_a_number() -> None:
    """Lines wrapped at a number of characters are joined, a number that was cut is whole again."""
    body = (
        "到2025年，全市新型显示产业规模达到3500亿元，建成国内重要的生产基地，培育一批骨干企业，形成较为完整的产业链条，带动就业超过10000人。"
        * 3
    )
    lines = [body[i : i + 32] for i in range(0, len(body), 32)]
    assert _read("某市发展显示产业\n\n　　" + "\n".join(lines) + "\n").text.split("\n")[1] == body


def test_lines_that_are_paragraphs_stay_apart() -> None:
    """A text with one paragraph a line keeps its lines."""
    lines = ["某市工作动态", "第一段讲背景。" * 12, "第二段讲目标。" * 9, "第三段讲任务。" * 15]
    assert _read("\n".join(lines)).text.split("\n") == lines


def test_foreign_documents_number_is_not_taken() -> None:
    """A number inside a sentence belongs to another document."""
    text = "关于促进产业发展的意见\n\n依据《关于加快发展的通知》（江政发〔2020〕3号）等文件，现提出如下意见。\n"
    assert _read(text).metadata.number is None


def test_field_lines_are_read_and_kept_as_notes() -> None:
    """发文部门：… lines give publisher, number and date, and stay in the text as notes."""
    text = "发文部门：江北省人民政府\n发文文号：江政发[2010]29号\n发文时间：2010-3-18\n\n关于促进新材料产业发展的若干政策\n\n正文如下。\n"
    document = _read(text)
    assert document.metadata.publisher == "江北省人民政府"
    assert document.metadata.number == "江政发[2010]29号"
    assert document.metadata.published == "2010-03-18"
    assert document.metadata.title == "关于促进新材料产业发展的若干政策"
    assert len(_blocks(document, "note")) == 3


def test_closing_remark_names_the_medium() -> None:
    """（据…2017年2月27日消息） gives the publisher and the date."""
    text = "某市召开产业大会\n\n会议提出发展目标，部署重点工作。\n\n（据江北广播电视台2017年2月27日消息编写）\n"
    metadata = _read(text).metadata
    assert (metadata.publisher, metadata.published) == ("江北广播电视台", "2017-02-27")


def test_readings_in_brackets_are_removed_and_noted() -> None:
    """產(chǎn)業(yè) is 產業; a unit in brackets is kept, and the note says what was done."""
    document = _read("顯示產(chǎn)業(yè)發(fā)展規(guī)劃\n\n推動產(chǎn)業(yè)升級，總裝機(kW)達到目標(MW)。\n")
    assert document.text == "顯示產業發展規劃\n推動產業升級，總裝機(kW)達到目標(MW)。"
    assert any("readings" in note for note in document.notes)


def test_navigation_of_a_copied_page_is_left_out() -> None:
    """Site navigation above and below a copied article does not reach the text; the note counts it."""
    text = (
        "返回栏目\n首页最新资讯 • 正文\n\n某市推动光电产业发展\n\n"
        + "正文内容，讲述目标。" * 8
        + "\n\n相关文章\n版权所有:某协会\n"
    )
    document = _read(text)
    assert document.text.startswith("某市推动光电产业发展\n正文")
    assert "版权所有" not in document.text and "返回" not in document.text
    assert "4 lines of navigation or site remarks left out" in document.notes


def test_unnumbered_short_line_before_a_paragraph_is_a_heading() -> None:
    """指导思想 without number is a heading one below the numbered heading it stands under."""
    text = "某市发展规划\n\n一、总体要求\n指导思想\n" + "坚持创新驱动，推动高质量发展，构建现代化产业体系。" * 3 + "\n"
    document = _read(text)
    levels = {document.quote(b.start, b.end): b.level for b in document.blocks if b.kind == "heading"}
    assert levels == {"一、总体要求": 1, "指导思想": 2}
