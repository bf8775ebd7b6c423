"""The marked text: not a letter more or less than the document, every mark where it belongs, facts that lead to their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import ontology
from kg.model import Entity, Extraction, Fact, Mention
from kg.views import highlight
from kg.views.highlight import Mark, marks, page, text_html
from tests import graph_examples
from tests.browser import Browser, running
from tests.graph_examples import CITY, TEXT, evidence, hostile

ATTACK = "</mark></article><script>window.__xss=1</script><img src=x onerror=window.__xss=1>&amp;\u2028"


def extraction(text: str = TEXT, name: str = "a.md") -> Extraction:
    """The document of the graph tests, its names mentioned wherever they stand."""
    one = graph_examples.extraction(text, name)

    def mentions(entity: Entity) -> tuple[Mention, ...]:
        places = [(m.start(), form) for form in (entity.name, *entity.aliases) for m in re.finditer(re.escape(form), text)]
        return tuple(Mention(start, start + len(form), entity.type, form, "test") for start, form in sorted(places))

    return replace(one, entities=tuple(replace(entity, mentions=mentions(entity)) for entity in one.entities))


class Marked(HTMLParser):
    """The text of a piece of HTML and the stretches that its mark elements cover."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[tuple[int, str]] = []
        self.found: set[tuple[int, int, str]] = set()
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "mark":
            self.open.append((len(self.text), str(dict(attrs)["data-type"])))

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            start, kind = self.open.pop()
            self.found.add((start, len(self.text), kind))

    def handle_data(self, data: str) -> None:
        self.text += data


def article(html: str) -> str:
    found = re.search(r"<article[^>]*>(.*)</article>", html, re.DOTALL)
    assert found
    return found[1]


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["City", "Industry", "Task"])), max_size=12)


@given(
    text=st.text(alphabet="甲乙丙<>&\"'\n x", min_size=30, max_size=30),
    spans=spans,
    cuts=st.none() | st.lists(st.integers(0, 30)),
)
@settings(max_examples=150, deadline=None)
def test_the_text_stays_and_marks_nest(text: str, spans: list[tuple[int, int, str]], cuts: list[int] | None) -> None:
    """Without its tags the HTML is the text; marks cover exactly their stretches, and of two that cross one is left out."""
    kept = highlight._nested(Mark(start, end, kind, "名") for start, end, kind in spans)
    found = Marked(text_html(text, kept, ontology.load(), cuts))
    assert found.text == text and not found.open
    assert found.found == {(mark.start, mark.end, mark.type) for mark in kept}
    assert not [(a, b) for a in kept for b in kept if a.start < b.start < a.end < b.end]


def test_examples_come_through_whole(examples: Path) -> None:
    """Of every kind of file: the page has the canonical text and marks each mention that crosses no other."""
    for name in ("p01_chengyu_display.html", "p16_shanxi_pv.md", "p25_yuxi_bio.pdf", "p18_chengdu_ic.docx"):
        one = kg.extract(examples / "documents" / name)
        found = Marked(article(page(one)))
        assert found.text == one.document.text
        mentioned = {(m.start, m.end) for entity in one.entities for m in entity.mentions}
        shown = {(start, end) for start, end, _ in found.found}
        assert len(mentioned & shown) >= 0.95 * len(mentioned) > 0


def test_figures_and_unread_numbers_are_marked() -> None:
    """A target's number, an incentive's amount and a number that nothing carries have marks of their own."""
    found = {TEXT[m.start : m.end]: m.type for m in marks(extraction())}
    assert found["1.50万亿元"] == "Target" and found["500万元"] == "Incentive" and found["37"] == "UnreadNumber"


def test_the_page_lists_what_was_found() -> None:
    """Relations with stance and role, the target with sign and year, the incentive, the unread number, each with its link."""
    html = page(extraction())
    text = Marked(html).text
    for words in ("深圳市 发展（培育） 新型储能", "负责（牵头）", "产值 ≥1.50万亿元，2025年", "金额 500万元", "另有37个点位"):
        assert words in text
    one = extraction()
    assert html.count("data-start=") == sum(len(f.evidence) for f in one.facts) + 3


def test_hostile_words_stay_words() -> None:
    """Text, names and titles that try to be markup are escaped, in the page and in the piece for a notebook."""
    one = extraction(TEXT + ATTACK, ATTACK)
    bad = Entity(CITY, "City", ATTACK)
    fact = Fact(CITY, ATTACK, CITY, (evidence(TEXT + ATTACK, ATTACK, ATTACK),))
    changed = replace(one, title=ATTACK, entities=(bad,), facts=(fact,))
    for html in (page(changed), str(kg.highlight(changed))):
        assert not Marked(html).tags & {"img", "svg", "iframe"}
        assert html.count("<script") == html.count("</script>") == (1 if "<html" in html else 0)
    assert Marked(article(page(changed))).text == changed.document.text


def test_a_notebook_gets_html() -> None:
    """The piece shows itself in a notebook, has a legend with counts and no script."""
    shown = kg.highlight(extraction())
    assert shown._repr_html_() == str(shown) and "<script" not in shown
    assert "地级行政区" in shown and 'title="产业：新型储能"' in shown


def test_the_same_document_gives_the_same_page() -> None:
    """Twice the same bytes, also of a document full of odd names."""
    assert page(hostile()) == page(hostile())


def test_the_command_writes_pages(command, examples: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """To stdout for one document, into a folder for several; --unread has no page; an unknown format is refused."""
    one, two = (examples / "documents" / name for name in ("p16_shanxi_pv.md", "p24_tianjin_bio.html"))
    assert command("extract", one, "--format", "html").stdout.startswith("<!DOCTYPE html>")
    assert command("extract", one, two, "-f", "html", "-o", "out").returncode == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [f"{one.name}.html", f"{two.name}.html"]
    refused = command("extract", one, "-f", "html", "--unread")
    assert refused.returncode == 2 and "json, html" in refused.stderr
    assert command("extract", one, "-f", "pdf").returncode == 2


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running("--disable-gpu") as started:
        yield started


def test_a_fact_leads_to_its_words(tmp_path: Path, browser: Browser) -> None:
    """Every link of the right side, pressed with the keyboard, lights exactly the quoted words; nothing is asked for."""
    one = extraction()
    file = tmp_path / "a.html"
    file.write_text(page(one), "utf-8")
    quotes = [fact.evidence[0].quote for fact in sorted(one.facts, key=lambda fact: fact.evidence[0].start)]
    quotes += ["到2025年，新型储能产值达到1.50万亿元", "奖励最高500万元", "37"]
    lit = "[...document.querySelectorAll('.t.on')].map((piece) => piece.textContent).join('')"
    with browser.page(file) as used:
        for number, words in enumerate(quotes):
            used.run(f"document.querySelectorAll('aside a')[{number}].focus()")
            used.press("Enter")
            assert used.run(lit) == words
        assert used.console == [] and used.requests == []


def test_a_name_leads_to_its_facts_and_the_legend_hides(tmp_path: Path, browser: Browser) -> None:
    """A click on the city lights the facts about it; unticking a class takes its color away; hostile names run nothing."""
    file = tmp_path / "a.html"
    file.write_text(page(extraction(TEXT + ATTACK)), "utf-8")
    with browser.page(file) as used:
        left, top = used.run(
            "(({ left, top }) => [left, top])(document.querySelector('article mark[data-type=City]').getBoundingClientRect())"
        )
        used.click(left + 4, top + 6)
        hits = used.run("[...document.querySelectorAll('li.hit')].map((row) => row.textContent)")
        assert hits and all("深圳市" in row for row in hits)
        used.run("document.querySelector('#legend input[value=Industry]').click()")
        assert used.run("document.querySelector('article mark[data-type=Industry]').classList.contains('plain')")
        assert used.run("window.__xss") is None and used.console == [] and used.requests == []
