"""PDF with a text layer: tables, columns, heads and feet, lines, and characters in odd places. Files are made by hand."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from kg import readers
from kg.model import Document
from tests.pdfs import Page, pdf

PROSE = (
    "全市把新型显示产业作为支柱产业来培育，支持龙头企业建设第八点六代生产线，"
    "推动上游玻璃基板、驱动芯片和偏光片在本地配套，形成研发、制造、应用一体的产业链。"
)


def read(*pages: Page) -> Document:
    return readers.read("plan.pdf", data=pdf(*pages))


def lines(text: str, width: float) -> list[str]:
    """The text broken at ``width`` full-width characters."""
    found, room = [""], width
    for char in text:
        room -= 0.5 if char.isascii() else 1
        if room < 0:
            found.append("")
            room = width - (0.5 if char.isascii() else 1)
        found[-1] += char
    return found


def cells(document: Document) -> list[tuple[str, str, str]]:
    return [(document.text[b.start : b.end], b.row, b.column) for b in document.blocks if b.kind == "cell"]


def paged() -> Page:
    return Page().lines(60, 80, lines("　　" + PROSE, 38))


def table(page: Page, xs: list[float], ys: list[float], rows: list[list[str]]) -> Page:
    for row, y in zip(rows, ys, strict=False):
        for cell, x in zip(row, xs, strict=False):
            page.lines(x + 4, y + 14, cell.split("/"), lead=14)
    return page


ROWS = [["指标", "2025年目标", "责任单位"], ["氢能产值", "100亿元", "市发改委"], ["加氢站", "36座", "市住建局"]]
XS, YS = [60.0, 200, 320, 480], [200.0, 240, 280, 320]


def test_cells_between_ruled_lines_know_their_heads():
    """A grid of lines is a table of rows and columns."""
    found = cells(read(table(paged().grid(XS, YS), XS, YS, ROWS)))
    assert ("100亿元", "氢能产值", "2025年目标") in found and ("市住建局", "加氢站", "责任单位") in found


def test_cells_drawn_as_single_boxes_are_a_table():
    """Browsers draw a box around each cell, with a gap between boxes."""
    page = paged()
    for x0, x1 in zip(XS, XS[1:], strict=False):
        for y in YS[:-1]:
            page.box(x0, y, x1 - x0 - 1, 39)
    assert ("36座", "加氢站", "2025年目标") in cells(read(table(page, XS, YS, ROWS)))


def test_the_lines_of_a_cell_are_joined():
    """A name broken inside a cell is whole again, and so is a word of another cell in the same line."""
    rows = [ROWS[0], ["氢能产/业产值", "100亿/元", "市发展和/改革委员会"], ROWS[2]]
    found = cells(read(table(paged().grid(XS, YS), XS, YS, rows)))
    assert ("100亿元", "氢能产业产值", "2025年目标") in found and ("市发展和改革委员会", "氢能产业产值", "责任单位") in found


def test_merged_cells():
    """A cell over two rows counts for both of them; one over two columns is said once."""
    page = paged()
    for y in (200, 320):
        page.rule(60, y, 480, y)
    page.rule(60, 240, 480, 240).rule(200, 280, 480, 280)
    page.rule(60, 200, 60, 320).rule(480, 200, 480, 320).rule(200, 200, 200, 320).rule(320, 240, 320, 320)
    rows = [["领域", "目标", ""], ["氢能", "产值", "100亿元"], ["", "加氢站", "36座"]]
    found = cells(read(table(page, XS, YS, rows)))
    assert ("100亿元", "氢能", "") in found or ("100亿元", "氢能", "目标") in found
    assert [cell for cell, _, _ in found].count("氢能") == 2 and [cell for cell, _, _ in found].count("目标") == 1


def test_a_table_goes_on_after_a_page_break():
    """Its repeated head is no row; a row that the break parts is one; the last rows have the heads of the first page."""
    first = table(paged().grid(XS, YS[:3]), XS, YS, [ROWS[0], ROWS[1], ["加氢站（固", "36", "市住房和城"]])
    for x in XS:
        first.rule(x, 280, x, 310)
    second = Page().grid(XS, [90, 130, 170])
    for x in XS:
        second.rule(x, 60, x, 90)
    table(
        second,
        XS,
        [60, 90, 130],
        [["定式）", "座", "乡建设局"], ["电解槽", "500台", "市工信局"], ["氢气", "9万吨", "市能源局"]],
    )
    second.lines(60, 220, lines("　　" + PROSE, 38))
    found = cells(read(first, second))
    assert ("36座", "加氢站（固定式）", "2025年目标") in found and (
        "市住房和城乡建设局",
        "加氢站（固定式）",
        "责任单位",
    ) in found
    assert ("500台", "电解槽", "2025年目标") in found
    again = table(Page().grid(XS, YS[:3]), XS, YS, [ROWS[0], ["电解槽", "500台", "市工信局"]])
    found = cells(read(table(paged().grid(XS, YS), XS, YS, ROWS), again))
    assert ("500台", "电解槽", "2025年目标") in found and [cell for cell, _, _ in found].count("指标") == 1


def test_columns_of_words_without_lines_are_a_table():
    """White between columns is enough when rows stand below one another."""
    rows = [*ROWS, ["电解槽", "500台", "市工信局"]]
    page = paged()
    for number, row in enumerate(rows):
        for x, cell in zip(XS, row, strict=False):
            page.text(x, 200 + 22 * number, cell)
    assert ("500台", "电解槽", "2025年目标") in cells(read(page))


def test_a_frame_around_text_is_no_table():
    """Text in a box, or under a line across the page, stays paragraphs."""
    page = Page().box(50, 50, 500, 120).rule(50, 60, 550, 60).lines(60, 80, lines("　　" + PROSE, 38))
    document = read(page)
    assert not cells(document) and PROSE in document.text


def test_two_columns_are_read_one_after_the_other():
    """Sentences go on at the foot of the first column and the head of the second; headlines over both come first."""
    left, right = "　　" + PROSE + "加快", "建设氢能走廊。" + PROSE
    page = Page().text(150, 60, "某市新型显示产业发展专题", 20)
    for number, (a, b) in enumerate(zip_longest(lines(left, 10), lines(right, 10), fillvalue="")):
        page.text(60, 100 + 20 * number, a).text(330, 100 + 20 * number, b)  # line by line, as some programs write
    text = read(page).text
    assert text.replace("\n", "").index("加快建设氢能走廊。") > text.index("玻璃基板") and text.count(PROSE) == 2


def test_running_heads_and_page_numbers_go():
    """Heads of every page or every second one go with the numbers, and a year on a line of its own stays."""
    pages = []
    for number in range(1, 7):
        page = (
            Page()
            .text(220, 40, "某市产业规划" if number % 2 else "二〇二三年汇编")
            .lines(60, 80, lines("　　" + PROSE[9 * number :], 38))
        )
        page.lines(60, 200, ["　　目标年份", "　　2035", "　　" + PROSE[number : 30 + number]]).text(280, 800, f"— {number} —")
        pages.append(page)
    text = read(*pages).text
    assert "产业规划" not in text and "汇编" not in text and "—" not in text and text.count("2035") == 6


def test_what_browsers_print_around_pages_goes():
    """Time and title above, address and number below, even on a single page."""
    page = paged().text(30, 20, "11/25/26, 9:05 AM", 8).text(250, 20, "某市规划", 8)
    page.text(30, 830, "https://example.gov.cn/a.html", 8).text(560, 830, "1/1", 8)
    assert read(page).text.strip("　") == PROSE


@pytest.mark.parametrize("width", [17, 23, 38])
def test_broken_lines_are_joined_without_blanks(width):
    """Paragraphs come back whole whatever the width of the lines, across pages too, also in the middle of a number."""
    first = "　　到2025年，全市新型显示产业营业收入突破1350亿元，年均增长百分之十二以上，" + PROSE
    second = "　　" + PROSE
    whole = lines(first, width) + lines(second, width)
    document = read(Page().lines(60, 80, whole[:3]), Page().lines(60, 80, whole[3:]))
    assert [p.strip("　") for p in document.text.split("\n")] == [first.strip("　"), PROSE]


def test_a_ragged_margin_is_no_end():
    """A line that ends early because a long number or word had no room goes on."""
    page = Page().lines(60, 80, ["　　" + PROSE[:36], PROSE[36:70], "1234567.89亿元，" + PROSE[:29], PROSE[29:60] + "。"])
    assert "\n" not in read(page).text


def test_paragraphs_without_indents_are_parted_by_their_distance():
    """A wider gap than between lines begins a paragraph."""
    page = Page().lines(60, 80, lines(PROSE, 39)).lines(60, 160, lines(PROSE, 39))
    assert read(page).text == f"{PROSE}\n{PROSE}"


def test_kangxi_radicals_become_characters():
    """⼯⼚ and ⻓ are radicals that fonts name instead of 工厂 and 长, one to one."""
    text = read(Page().lines(60, 80, lines("　　" + PROSE.replace("生产", "⼯⻓"), 38))).text
    assert "工长线" in text and "⼯" not in text


def test_turned_pages_and_watermarks():
    """Text turned by a quarter as a whole is read as usual; slanted characters are left out and counted."""
    page = Page()
    for number, line in enumerate(lines("　　" + PROSE, 20)):
        page.text(100 + 20 * number, 700, line, turn=(0, 1, -1, 0))
    for number, char in enumerate("内部资料"):
        page.text(100 + 60 * number, 500 - 60 * number, char, 40, turn=(0.7, 0.7, -0.7, 0.7))
    document = read(page)
    assert document.text.strip("　") == PROSE and "4 slanted" in " ".join(document.notes)


def test_characters_printed_twice_are_one():
    """Bold imitated by printing again beside itself; a doubled character that is meant stays."""
    page = Page().lines(60, 80, lines("　　" + PROSE, 38)).lines(60.4, 80, lines("　　" + PROSE, 38))
    page.text(84, 160, "强调重重监管的作用")
    text = read(page).text
    assert text.count("产业链") == PROSE.count("产业链") and PROSE in text and "重重监管" in text


def test_contents_lose_their_dots_and_numbers():
    """Entries of a table of contents are lines of their own, though their dots reach the margin."""
    entries = [
        f"第{n}章　{name}".ljust(12, "　") + "." * 40 + str(i)
        for i, (n, name) in enumerate([("一", "总则"), ("二", "布局"), ("三", "保障")], 1)
    ]
    text = read(Page().lines(60, 80, entries).lines(60, 200, lines("　　" + PROSE, 38))).text
    assert [line.replace("　", "") for line in text.split("\n")[:3]] == ["第一章总则", "第二章布局", "第三章保障"]


def test_the_headline_is_the_largest_line_at_the_top():
    """Larger than the text and the letterhead; a masthead repeated in the foot of a single page is no title."""
    page = (
        Page()
        .text(60, 40, "某市产业简报", 24)
        .text(60, 80, "某市人民政府文件", 22)
        .text(150, 120, "某市加快发展新型显示产业", 18)
    )
    page.lines(60, 150, lines("　　" + PROSE, 38)).text(250, 800, "某市产业简报　第1页", 9)
    document = read(page)
    assert document.metadata.title == "某市加快发展新型显示产业" and "简报" not in document.text


def test_names_and_values_side_by_side_are_no_table():
    """Two columns without lines are fields, a line for each."""
    page = paged()
    for number, (name, value) in enumerate((("索引号", "0001"), ("来源", "某市政府网"), ("联系人", "张三"), ("电话", "12345"))):
        page.text(60, 200 + 22 * number, name).text(200, 200 + 22 * number, value)
    document = read(page)
    assert not cells(document) and "联系人 张三" in document.text
