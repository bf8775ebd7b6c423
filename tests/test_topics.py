"""Topics are found by the grammar of lists and heads, and not where there is none."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.linking import topics
from kg.model import Mention
from kg.recognizers import engine
from tests.passages import document

VOCABULARY = ontology.load()


def found(text: str) -> dict[str, str]:
    """Canonical name -> class of every topic in a passage."""
    mentions = engine.recognize(document(text), VOCABULARY)
    return {topics.core(m.canonical, VOCABULARY): m.label for m in mentions if m.label in ("Industry", "Technology")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("重点发展绒绒制造、蓝蓝加工、微粒储运等产业。", {"绒绒制造", "蓝蓝加工", "微粒储运"}),
        ("着力突破晶须增韧、超窄缝喷射、液桥成形等关键技术。", {"晶须增韧", "超窄缝喷射", "液桥成形"}),
        ("材料甲造、器皿乙造、梳篦丙造四大产业各自突破。", {"材料甲造", "器皿乙造", "梳篦丙造"}),
        ("加快有色金属产业提质。", {"有色金属"}),
        ("推动新型显示产业集聚发展。", {"新型显示"}),
    ],
)
def test_lists_give_topics_that_no_vocabulary_holds(text: str, names: set[str]) -> None:
    """The members of a list under a cue or a summary word are topics, whatever they are called."""
    assert names <= set(found(text))


@pytest.mark.parametrize(
    "text",
    [
        "加强关键核心技术攻关，完善体制机制，提升服务水平。",
        "引进龙头企业、高层次人才、创新团队等。",
        "突破关键共性技术、核心基础材料。",
        "各有关部门要加强组织领导，抓好落实。",
    ],
)
def test_policy_boilerplate_is_no_topic(text: str) -> None:
    """General words of policy language never become an industry or a technology."""
    assert found(text) == {}


def test_the_list_decides_between_industry_and_technology() -> None:
    """等产业 makes industries, 等关键技术 technologies."""
    assert found("重点发展绒绒制造、蓝蓝加工等产业。")["蓝蓝加工"] == "Industry"
    assert found("突破晶须增韧、液桥成形等关键技术。")["液桥成形"] == "Technology"


def test_names_inside_latin_words_are_not_cut_out() -> None:
    """LED is not found in OLED or TFT-LED."""
    assert "LED" not in found("建设一条OLED产线和TFT-LED产线。")


def test_every_mention_quotes_the_text() -> None:
    """text[start:end] is the mention's text for all mentions of a passage in traditional script and full width."""
    passage = document("重點發展新型顯示、Ｍｉｎｉ　ＬＥＤ、半導體等產業，到２０２５年產值達到５００億元。")
    mentions = engine.recognize(passage, VOCABULARY)
    assert mentions
    assert all(passage.text[m.start : m.end] == m.text for m in mentions if isinstance(m, Mention))


def test_traditional_script_gives_the_same_concepts() -> None:
    """A text in traditional characters yields the concepts of its simplified twin."""

    def concepts(text: str) -> set[str]:
        return {c for m in engine.recognize(document(text), VOCABULARY) for c in m.concepts if "/topic/" in c}

    assert concepts("重點發展集成電路、新型顯示。") == concepts("重点发展集成电路、新型显示。") != set()
