"""HTML and Markdown: the article and nothing but the article."""

from __future__ import annotations

from kg import readers
from kg.model import Document

PARAGRAPH = "全市将以新型显示产业为重点，完善产业链条，培育骨干企业，推动产业集群加快发展。"

PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="SiteName" content="江北信息网">
<meta name="ArticleTitle" content="江北加快发展新型显示产业"><meta name="PubDate" content="2023-05-06 10:00">
<meta name="ContentSource" content="本网"><title>江北加快发展新型显示产业-要闻-江北信息网</title></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
<div class="article-content"><p>{PARAGRAPH}</p><p style="display:none">隐藏的广告</p>
<p><strong>目标与任务</strong></p><p>{PARAGRAPH}推动<b>面板</b>
企业发展。</p>
<table><tr><th>指标</th><th>2025年目标</th><th>责任单位</th></tr>
<tr><td rowspan="2">产业规模</td><td>1000亿元</td><td>市工信局</td></tr><tr><td>年均增长10%</td><td>市发展改革委</td></tr></table>
<div class="share">分享到微信</div></div>
<div class="related"><h4>相关阅读</h4><a href="/b">台风预警</a></div>
<footer>版权所有 江北信息网</footer><script>var x = "脚本";</script></body></html>"""


def _read(text: str, name: str) -> Document:
    return readers.read(name, data=text.encode())


def _blocks(document: Document, kind: str) -> list[str]:
    return [document.quote(b.start, b.end) for b in document.blocks if b.kind == kind]


def test_article_without_navigation() -> None:
    """Menus, hidden elements, sharing bars, related links, footers and scripts stay out."""
    text = _read(PAGE, "a.html").text
    for foreign in ("首页", "政务公开", "隐藏", "分享", "台风", "版权", "脚本"):
        assert foreign not in text
    assert text.count(PARAGRAPH) == 2


def test_page_metadata() -> None:
    """Official meta tags give title and date; 本网 is the site's own name; the title leads the text."""
    document = _read(PAGE, "a.html")
    assert document.metadata.title == "江北加快发展新型显示产业"
    assert document.metadata.published == "2023-05-06"
    assert document.metadata.publisher == "江北信息网"
    assert _blocks(document, "title") == ["江北加快发展新型显示产业"]
    assert document.text.startswith("江北加快发展新型显示产业\n")


def test_inline_tags_do_not_cut_words() -> None:
    """Bold inside a sentence and line breaks of the source leave the sentence whole."""
    assert "推动面板" in _read(PAGE, "a.html").text


def test_table_cells_know_row_and_column() -> None:
    """A cell carries its column head and its row head, also below a cell that spans rows."""
    document = _read(PAGE, "a.html")
    cells = {document.quote(b.start, b.end): (b.row, b.column) for b in document.blocks if b.kind == "cell"}
    assert cells["1000亿元"] == ("产业规模", "2025年目标")
    assert cells["年均增长10%"] == ("产业规模", "2025年目标")
    assert cells["市发展改革委"] == ("产业规模", "责任单位")


def test_declared_gb2312_keeps_rare_characters() -> None:
    """A page that declares gb2312 but uses characters beyond it loses none of them."""
    page = f"<html><head><meta charset=gb2312><title>朱镕基</title></head><body><p>陶喆与朱镕基。{PARAGRAPH}</p></body></html>"
    document = readers.read("a.html", data=page.encode("gb18030"))
    assert "陶喆与朱镕基" in document.text
    assert document.source.encoding == "gb18030"


def test_declared_gb2312_that_is_utf8() -> None:
    """A page that declares gb2312 and is UTF-8 is read as UTF-8."""
    page = f"<html><head><meta charset=gb2312></head><body><p>{PARAGRAPH}</p></body></html>"
    assert PARAGRAPH in readers.read("a.html", data=page.encode()).text


def test_deep_nesting_loses_nothing() -> None:
    """Text before, inside and after 50,000 nested elements is found, and the note says how the page was read."""
    page = "<html><body><p>开头文字</p>" + "<div>" * 50_000 + PARAGRAPH + "</div>" * 50_000 + "<p>结尾文字</p></body></html>"
    document = _read(page, "a.html")
    for part in ("开头文字", PARAGRAPH, "结尾文字"):
        assert part in document.text
    assert any("deep" in note for note in document.notes)


def test_huge_rowspan_is_bounded() -> None:
    """rowspan=9007199254740991 costs nothing."""
    page = PAGE.replace('rowspan="2"', 'rowspan="9007199254740991"')
    assert "1000亿元" in _read(page, "a.html").text


FRONT = """
---
title: '又一地发布显示产业政策'
author: 高科技门户
date: Wed, 15 Jun 2022 02:51:00 GMT
tags: [显示, 政策]
---

<div><p>导语文字，说明背景。</p>
<h3>主要目标</h3>

- **规模**：达到1000亿元；
- 企业：超过50家。

| 指标 | 2025年 |
|---|---|
| 规模 | 1000亿元 |

<ol><li>第一条措施；</li><li>第二条措施。</li></ol>
</div>
"""


def test_front_matter_after_a_blank_line() -> None:
    """Front matter is read although a blank line stands before it; English dates become ISO dates."""
    metadata = _read(FRONT, "a.md").metadata
    assert (metadata.title, metadata.publisher, metadata.published) == ("又一地发布显示产业政策", "高科技门户", "2022-06-15")


def test_markdown_structure() -> None:
    """Embedded HTML headings, lists of both kinds and tables have their roles; no markup is left."""
    document = _read(FRONT, "a.md")
    assert _blocks(document, "heading") == ["主要目标"]
    assert _blocks(document, "item") == ["规模：达到1000亿元；", "企业：超过50家。", "第一条措施；", "第二条措施。"]
    assert _blocks(document, "cell") == ["指标", "2025年", "规模", "1000亿元"]
    assert "**" not in document.text and "<" not in document.text and "---" not in document.text


def test_yaml_that_builds_objects_is_plain_text() -> None:
    """Tags of YAML build nothing: the value stays text or is read line by line."""
    text = "---\ntitle: 标题文字\nx: !!python/object/apply:os.system ['false']\n---\n正文。\n"
    assert _read(text, "a.md").metadata.title == "标题文字"


ARTICLE = "".join(
    f"<p>　　第{n}段：全市将以新型显示产业为重点，完善产业链条，培育骨干企业，建设产业园区。</p>" for n in range(8)
)


def _page(inside: str, article: str = ARTICLE) -> str:
    """A page whose class names say nothing, with ``inside`` at the end of the box that holds the article."""
    body = f'<div class="k1"><div class="k2">{article}{inside}</div></div>'
    return readers.read("a.html", data=f"<!DOCTYPE html><html><body>{body}</body></html>".encode()).text


def test_boxes_of_links_are_left_out_whatever_their_name() -> None:
    """Share bars, breadcrumbs and lists of other pages inside the article's box go by their share of links, not by a class name."""
    links = "".join(f'<li><a href="/a/{n}.html">科技成果转化对接会预告第{n}期</a></li>' for n in range(5))
    boxes = [
        '<div class="k3">分享到：<a href="#">微信</a> <a href="#">新浪微博</a> <a href="javascript:window.print()">打印本页</a></div>',
        f'<div class="k4"><h4>相关信息</h4><ul>{links}</ul></div>',
        '<div class="k5">您的位置：<a href="/">网站首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/zwgk/dt/">工作动态</a></div>',
    ]
    plain = _page("")
    assert plain.count("新型显示") == 8
    for box in boxes:
        assert _page(box) == plain


def test_links_that_belong_to_the_text_stay() -> None:
    """Attachments, policies named in a list of links, links inside sentences and pages that are lists of links keep their text."""
    attached = '<p><a href="/a.doc">附件1：任务分工表</a></p><p><a href="/b.pdf">附件2：项目清单</a></p>'
    assert _page(f"<div>{attached}</div>").endswith("附件1：任务分工表\n附件2：项目清单")
    policies = '<p>根据<a href="/1.html">《甲省产业规划》</a><a href="/2.html">《乙市行动方案》</a>制定。</p>'
    assert "根据《甲省产业规划》《乙市行动方案》制定。" in _page(policies)
    sentence = (
        '<p>　　据<a href="/1.html">市统计局</a>和<a href="/2.html">市科技局</a>消息，全市新型显示产业产值增长百分之十五。</p>'
    )
    assert "据市统计局和市科技局消息" in _page(sentence)
    index = "".join(f'<p><a href="/{n}.html">关于加快新型显示产业发展的第{n}号实施意见</a></p>' for n in range(20))
    assert _page("", index).count("实施意见") == 20


def test_many_links_take_little_time() -> None:
    """Five thousand links in one box are measured once, not once each."""
    from time import process_time

    start = process_time()
    links = "".join(f'<a href="/{n}.html">链接{n}</a> ' for n in range(5000))
    assert "链接" not in _page(f"<div>{links}</div>", ARTICLE * 200)
    assert process_time() - start < 5
