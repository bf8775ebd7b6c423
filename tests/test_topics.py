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


def _kinds(text: str) -> dict[str, str]:
    from kg import pipeline
    from tests.passages import document

    return {e.name: e.type for e in pipeline.extract(document(text)).entities if e.type in ("Industry", "Technology")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A known head makes a name of what stands before it.
        ("重点研制双腔室矿用挖掘机、岸边吊装起重机。", {"双腔室矿用挖掘机", "岸边吊装起重机"}),
        # Size and praise are no part of it.
        ("打造千亿级新型储能、全球知名工业机器人产业集群。", {"新型储能", "工业机器人"}),
        # A verb that takes nothing but topics carries the unknown members of its list.
        ("突破碳化硅外延片、溶胀仪、膜分离机等短板。", {"溶胀仪", "膜分离机"}),
        # The label of a list is an industry, its items are things.
        ("二、主攻方向\n1.负极材料：硅碳负极、人造石墨、硬炭微球；\n2.正极材料：磷酸锰铁锂、富锂锰基。\n", {"负极材料", "硬炭微球"}),
        # Lists in brackets.
        ("五金产业（含锁具、拉链、铰链件）产值突破10亿元。", {"锁具", "拉链"}),
        # Two names joined by 和 are two.
        ("加快布局压力传感器和湿度传感器产业。", {"压力传感器", "湿度传感器"}),
        # What the grammar found once is found again.
        ("重点发展光子计数器、光纤陀螺等产品。光子计数器实现量产。", {"光子计数器", "光纤陀螺"}),
        # An industry marked in running text.
        ("从整体看，柔性电池产业的规模还小。", {"柔性电池"}),
    ],
)
def test_names_that_no_list_holds(text, expected):
    assert expected <= set(_kinds(text)), _kinds(text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("推动所属产业和完整产业有序发展。", {"所属", "完整"}),
        ("化解房地产、交通、燃气等领域风险隐患。", {"燃气"}),
        ("市大数据发展中心、市食品产业发展局负责落实。", {"大数据", "食品"}),
        ("会上，嘉宾应用智能建造成果作了介绍。", {"应用智能建造"}),
        ("重点产品：玻璃盖板、导光板。", {"重点产品"}),
    ],
)
def test_phrases_that_are_no_names(text, absent):
    assert not absent & set(_kinds(text)), _kinds(text)


def test_one_topic_for_names_that_differ_in_a_dating_word_a_tail_or_a_gloss():
    text = "发展智能终端产业。打造新型智能终端集群，布局光计算、光计算技术和异质结（HJT）电池。"
    kinds = _kinds(text)
    assert "智能终端" in kinds and "新型智能终端" not in kinds
    assert ("光计算" in kinds) != ("光计算技术" in kinds)


def test_know_how_stays_technology_in_a_list_of_fields():
    kinds = _kinds("在合成生物底层技术、脑图谱技术、精准医学等领域布局。")
    assert kinds.get("合成生物底层技术") == "Technology"


def test_columns_of_a_table_list_industries_and_products():
    text = "| 细分领域 | 主要产品 | 责任单位 |\n|---|---|---|\n| 方便食品 | 速冻面点、即食海带丝 | 区商务局 |\n"
    from kg import pipeline, readers

    found = pipeline.extract(readers.read("plan.md", data=f"# 食品产业行动计划\n\n{text}".encode()))
    kinds = {e.name: e.type for e in found.entities}
    assert kinds.get("方便食品") == "Industry" and kinds.get("即食海带丝") == "Technology"


def test_a_topic_has_one_label_in_both_scripts():
    """The same discovered topic in a simplified and a traditional document: one IRI, one name, its own form an alias."""
    from kg import pipeline, readers

    simplified, traditional = (
        {e.iri: e for e in pipeline.extract(readers.read("p.txt", data=text.encode())).entities}
        for text in ("重点发展光子计数器、光纤陀螺等产品。", "重點發展光子計數器、光纖陀螺等產品。")
    )
    shared = [iri for iri in simplified if iri in traditional]
    assert len(shared) == len(simplified) == 2
    assert all(simplified[iri].name == traditional[iri].name for iri in shared)
    assert any("光子計數器" in traditional[iri].aliases for iri in shared)
