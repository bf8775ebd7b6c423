"""Extraction on odd and hostile content, by the number of its case: time in proportion to length, one name for one thing."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time

import pytest

from kg import ontology, pipeline
from kg.graph import Graph
from kg.model import Extraction
from tests.passages import document

WORDS = ontology.load()
FACT = "合肥市重点发展集成电路产业，到2025年集成电路产业产值达到1000亿元。"


def _extract(text: str, name: str = "a.txt") -> Extraction:
    return pipeline.extract(document(text, name), WORDS)


def _facts(extraction: Extraction) -> set[tuple[str, str, str]]:
    return {(f.subject, f.predicate, f.object) for f in extraction.facts}


@pytest.fixture(autouse=True)
def warm() -> Iterator[None]:
    """Patterns and vocabularies are made before time is taken."""
    _extract(FACT)
    yield


def test_e1_a_very_long_text_says_what_its_parts_say() -> None:
    """E1: 200,000 characters in 5,000 paragraphs give the facts and targets of one paragraph, in time that fits a worker's."""
    start = process_time()
    long, short = _extract((FACT + "\n") * 5_000), _extract(FACT)
    assert _facts(long) == _facts(short) != set()
    said = {(t.metric, t.value, t.unit, t.year, t.place, t.topic) for t in long.targets}
    assert said == {(t.metric, t.value, t.unit, t.year, t.place, t.topic) for t in short.targets}
    assert process_time() - start < 15


@pytest.mark.parametrize(
    "text",
    ["This plan promotes the display industry in 2025.\n" * 3, "བོད་ལྗོངས་ཀྱི་བཟོ་ལས་འཕེལ་རྒྱས།\n" * 3],
    ids=["English", "Tibetan"],
)
def test_e2_other_languages_have_no_facts(text: str) -> None:
    """E2: English and Tibetan are read, and give no facts and no targets."""
    extraction = _extract(text)
    assert not extraction.facts and not extraction.targets


def test_e2_traditional_script_says_the_same() -> None:
    """E2: the same sentence in traditional script gives the same facts, its quotes as they are written."""
    extraction = _extract("合肥市重點發展集成電路產業。")
    assert _facts(extraction) == _facts(_extract("合肥市重点发展集成电路产业。")) != set()
    assert {e.quote for f in extraction.facts for e in f.evidence} <= {
        "合肥市重點發展集成電路產業",
        "合肥市重點發展集成電路產業。",
    }


@pytest.mark.parametrize(
    "text",
    ["新型、" * 6_667, "到2025年达到" * 2_500, "到年达到万" * 4_000, FACT + " " * 20_000 + FACT, "新" * 20_000, "、" * 20_000, "1" * 20_000,
     "1," * 10_000, "《" * 20_000, "（" * 20_000, "“" * 20_000, "(" * 20_000, "发展目标" * 5_000, "a" * 20_000, "。" * 20_000, "省市县区" * 5_000,
     "责任单位：" * 4_000, "第一条" * 6_667, "〔2024〕1号" * 2_500, "有限公司" * 5_000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_e5_e7_time_is_linear(text: str) -> None:
    """E5, E7: 20,000 characters of what makes careless patterns explode, and of brackets never closed, take a second or two."""
    start = process_time()
    _extract(text + "\n" + FACT)
    assert process_time() - start < 4


def test_e8_a_sentence_of_ten_thousand_names() -> None:
    """E8: one sentence that lists ten thousand topics takes seconds and states each relation once."""
    start = process_time()
    names = "、".join(["集成电路", "新型显示", "生物医药", "人工智能", "机器人"] * 2_000)
    extraction = _extract(f"合肥市重点发展{names}产业。")
    assert process_time() - start < 10
    assert len(extraction.facts) <= 20


@pytest.mark.parametrize("year", ["２０２５年", "二〇二五年", "2025年底", "“十四五”末", "十四五末"])
def test_e9_one_year_in_many_forms(year: str) -> None:
    """E9: a year in full width, in Chinese numerals and as the end of a five-year plan is the same year."""
    found = _extract(f"到{year}，合肥市集成电路产业产值达到1000亿元。").targets
    assert [(t.year, t.value, t.unit) for t in found] == [(2025, "1000", "亿元")]


@pytest.mark.parametrize("text", ["到2025-02-30", "2025年13月", "到0年", "产值达到" + "9" * 5_000 + "亿元"])
def test_e10_impossible_dates_and_numbers(text: str) -> None:
    """E10: days and months that do not exist and numbers of five thousand digits raise nothing and make no date."""
    extraction = _extract(f"{text}，合肥市重点发展集成电路产业。")
    assert extraction.published is None
    assert all(t.year is None or 1949 <= t.year <= 2100 for t in extraction.targets)


def test_e12_one_ministry_by_many_names() -> None:
    """E12: full name, short name, a name with an invisible character and one with a Kangxi radical are one agency."""
    names = ["工业和信息化部", "工信部", "工信\u200b部", "⼯信部"]
    found = [{e.iri for e in _extract(f"{name}发布了新的产业政策。").entities if e.type == "Agency"} for name in names]
    assert found[0] and all(each == found[0] for each in found)


def test_e16_contradictions_stand_side_by_side() -> None:
    """E16: two documents that give different figures for one target are both in the graph, each with its own evidence."""
    graph = Graph(vocabulary=WORDS)
    for value in ("20", "25"):
        graph.add(_extract(f"到2025年，合肥市集成电路产业产值达到{value}亿元。", f"{value}.txt"))
    rows = graph.query("place-targets", place="合肥市")
    values = {row[rows.columns.index("value")] for row in rows.rows}
    assert values == {"20", "25"}


def test_e17_e18_edited_and_removed_documents() -> None:
    """E17, E18: taking a document back leaves exactly the graph of the others; an edited one replaces what it said."""
    graph = Graph(vocabulary=WORDS)
    kept = _extract(FACT, "kept.txt")
    graph.add(kept)
    alone = graph.lines()
    old = graph.add(_extract("合肥市重点发展生物医药产业。", "edited.txt"))
    graph.remove(old)
    assert graph.lines() == alone
    graph.add(_extract("合肥市重点发展机器人产业。", "edited.txt"))
    assert not any("生物医药" in line for line in graph.lines()) and any("机器人" in line for line in graph.lines())


@pytest.mark.parametrize("name", ["__proto__", "constructor", "NaN", "null", "很" * 300])
def test_e19_odd_names_are_plain_names(name: str) -> None:
    """E19: names that mean something to JavaScript, and names of hundreds of characters, are text like any other."""
    extraction = _extract(f"{name}科技有限公司落户合肥市。{FACT}")
    graph = Graph(vocabulary=WORDS)
    graph.add(extraction)
    assert _facts(_extract(FACT)) <= _facts(extraction)
