"""Odd encodings and odd pages, by the number of their case: all of the text comes out, or the page is rejected."""

from __future__ import annotations

from time import process_time

import pytest

from kg import readers
from kg.errors import ReadError
from tests import hostile
from tests.hostile import SENTENCE, page

TEXT = f"<p>{SENTENCE}</p>" * 5


def test_b1_characters_outside_the_declared_charset() -> None:
    """B1: a page that declares gb2312 and holds characters of gb18030 gives all of its text."""
    document = readers.read("a.html", data=page(f"<p>{SENTENCE}朱镕基陶喆䶮</p>" * 5, charset="gb2312", encoding="gb18030"))
    assert document.text.count("朱镕基陶喆䶮") == document.text.count(SENTENCE) == 5
    assert document.source.encoding == "gb18030"


@pytest.mark.parametrize(("charset", "encoding"), [("gb2312", "utf-8"), ("gbk", "utf-8"), ("utf-8", "gb18030")])
def test_b2_b3_wrong_charset(charset: str, encoding: str) -> None:
    """B2, B3: a page in another encoding than it declares gives all of its text, with a note."""
    document = readers.read("a.html", data=page(TEXT, charset=charset, encoding=encoding))
    assert document.text.count(SENTENCE) == 5
    assert any(note.startswith("declares") for note in document.notes)


def test_b6_short_gbk() -> None:
    """B6: four characters of GBK, which statistics take for Korean, are read by the fixed order of encodings."""
    assert readers.read("a.txt", data="产业政策".encode("gbk")).text == "产业政策"


def test_b5_truncated_character_at_the_end() -> None:
    """B5: UTF-8 cut within its last character keeps the rest."""
    document = readers.read("a.txt", data=(SENTENCE * 20).encode()[:-1])
    assert document.text == (SENTENCE * 20)[:-1] + "\ufffd"
    assert any("1 unreadable" in note for note in document.notes)


@pytest.mark.parametrize("reference", ["&#0;", "&#xD800;", "&#x110000;"])
def test_b8_b10_references_to_no_character(reference: str) -> None:
    """B8, B10: references to NUL, to surrogates and beyond Unicode become U+FFFD and are counted."""
    document = readers.read("a.html", data=page(f"<p>新{reference}型显示。{SENTENCE}</p>" * 3))
    assert document.text.count("\ufffd") == 3 and document.text.encode()
    assert any(note.startswith("3 references") for note in document.notes)


def test_b10_surrogates_in_utf8() -> None:
    """B10: surrogates encoded as if they were characters cost themselves, not the encoding of the file."""
    document = readers.read("a.txt", data=f"新\ud800型显示。{SENTENCE}".encode("utf-8", "surrogatepass"))
    assert document.text == "新" + "\ufffd" * 3 + f"型显示。{SENTENCE}"


@pytest.mark.parametrize("tag", ["div", "i", "xyz", "p", "table"])
def test_b13_deep_nesting_loses_nothing(tag: str) -> None:
    """B13: text before, in and after 50,000 nested tags of any name comes out whole in seconds, with a note."""
    start = process_time()
    document = readers.read("a.html", data=page(TEXT + f"<{tag}>" * 50_000 + TEXT + f"</{tag}>" * 50_000 + TEXT))
    assert document.text.count(SENTENCE) == 15
    assert any("deep" in note for note in document.notes)
    assert process_time() - start < 5


def test_b13_nesting_below_the_limit_takes_linear_time() -> None:
    """B13: three hundred levels around 70,000 characters and a thousand links, which are read as a tree, take a second or two."""
    start = process_time()
    inside = TEXT * 500 + '<a href="/">首页</a>' * 1_000
    document = readers.read("a.html", data=page("<div><font>" * 150 + inside + "</font></div>" * 150))
    assert document.text.count(SENTENCE) == 2_500
    assert process_time() - start < 8


def test_b13_closing_tags_that_close_nothing_hide_no_depth() -> None:
    """B13: </x> after each <i> does not make the nesting look shallow."""
    start = process_time()
    assert readers.read("a.html", data=page("<i></x>" * 50_000 + TEXT)).text.count(SENTENCE) == 5
    assert process_time() - start < 5


@pytest.mark.parametrize(
    "body",
    ["<b>" * 200_000, "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + "></p>", f'<p a="{"x" * (20 << 20)}"></p>', f"<!--{'x' * (20 << 20)}-->"],
    ids=["tags", "attributes", "attribute", "comment"],
)  # fmt: skip
def test_b14_giant_tokens(body: str) -> None:
    """B14: unclosed tags, attributes and comments without measure leave the text beside them whole, in seconds."""
    start = process_time()
    assert readers.read("a.html", data=page(body + TEXT)).text.count(SENTENCE) == 5
    assert process_time() - start < 5


def test_b15_spans_beyond_reason() -> None:
    """B15: a cell that claims quadrillions of rows and columns gets a bounded number."""
    cell = "<td rowspan=9007199254740991 colspan=9007199254740991>1</td>"
    document = readers.read("a.html", data=page(TEXT + "<table>" + ("<tr>" + cell * 20 + "</tr>") * 20 + "</table>"))
    assert document.text.count(SENTENCE) == 5 and len(document.text) < 20_000


def test_b16_text_nobody_sees() -> None:
    """B16: text in scripts, templates and hidden elements is no text of the document, and is counted."""
    hidden = [
        f'<div style="display:none">{SENTENCE}</div>', f"<div hidden>{SENTENCE}</div>", f"<noscript>{SENTENCE}</noscript>",
        f"<template>{SENTENCE}</template>", f"<script>'{SENTENCE}'</script>",
    ]  # fmt: skip
    document = readers.read("a.html", data=page(TEXT + "".join(hidden)))
    assert document.text.count(SENTENCE) == 5
    assert f"{4 * len(SENTENCE)} characters of hidden text left out" in document.notes


def test_b18_a_page_of_no_known_shape() -> None:
    """B18: a page of 500 hanzi in inline tags only, without an article element, still gives its text."""
    assert readers.read("a.html", data=page("<span><font>" + SENTENCE * 20 + "</font></span>")).text.count(SENTENCE) == 20


def test_b19_front_matter_cannot_grow_or_run() -> None:
    """B19: aliases of aliases are not unfolded, tags of Python objects build none; the text below is read."""
    start = process_time()
    assert readers.read("a.md", data=hostile.yaml_bomb()).text.endswith(SENTENCE)
    evil = f"---\ntitle: !!python/object/apply:os._exit [1]\n---\n{SENTENCE * 3}"
    assert SENTENCE in readers.read("a.md", data=evil.encode()).text
    nested = "---\na: " + "[" * 5_000 + f"\n---\n{SENTENCE}"
    assert SENTENCE in readers.read("a.md", data=nested.encode()).text
    assert process_time() - start < 5


def test_b20_long_lines() -> None:
    """B20: a line of half a million characters without a stop is read in seconds; one beyond the limit is rejected."""
    start = process_time()
    text = "发展新型显示产业和集成电路产业" * 33_334
    assert readers.read("a.txt", data=text.encode()).text == text
    assert process_time() - start < 5
    with pytest.raises(ReadError) as caught:
        readers.read("a.txt", data=(text * 5).encode())
    assert (caught.value.code, caught.value.limit) == ("LIMIT", "2000000")
