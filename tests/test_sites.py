"""Which things a text puts at which places, and which it does not."""

from __future__ import annotations

import pytest

from kg import ontology, pipeline
from tests.passages import document

VOCABULARY = ontology.load()
HEAD = "绵阳市氢能产业发展行动计划\n\n"


def located(text: str, head: str = HEAD) -> set[tuple[str, str]]:
    """(thing, place) of the locatedIn statements of a plan of Mianyang."""
    found = pipeline.extract(document(head + text))
    entity = found.entity_by_iri
    return {(entity[f.subject].name, entity[f.object].name) for f in found.facts if f.predicate == "locatedIn"}


@pytest.mark.parametrize(
    ("text", "thing", "place"),
    [
        ("支持江油市建设鹭岭坡氢能产业园。", "鹭岭坡氢能产业园", "江油市"),
        ("支持江油市建设鹭岭坡氢能产业园。", "氢能", "江油市"),
        ("江油市重点发展特种钢材、新型建材。", "特种钢材", "江油市"),
        ("三台县以生物医药为主,打造鹭岭坡药谷小镇。", "鹭岭坡药谷小镇", "三台县"),
        ("集成电路产业重点布局在涪城区。", "集成电路", "涪城区"),
        ("江油市:新型显示、智能家电;三台县:生物医药。", "智能家电", "江油市"),
        ("江油市:新型显示、智能家电;三台县:生物医药。", "生物医药", "三台县"),
        ("集聚霖泰科技、骏鹭重工等骨干企业。", "霖泰科技", "绵阳市"),
        ("建设市大数据平台。", "市大数据平台", "绵阳市"),
        ("——江油市。重点发展特种钢材、新型建材。", "新型建材", "江油市"),
        ("以江油市、三台县为两区,分别布局新型显示和生物医药。", "生物医药", "三台县"),
        ("推进鹭岭坡氢能产业园项目,落户江油市。", "鹭岭坡氢能产业园项目", "江油市"),
        ("江油市推进鹭岭坡小微园二期建设。", "鹭岭坡小微园二期", "江油市"),
    ],
)
def test_things_at_places(text: str, thing: str, place: str) -> None:
    """A sentence, a label, the industry in a project's name, a gathering of companies, a name of the city's level."""
    assert (thing, place) in located(text)


def test_parallel_lists_are_matched_in_order() -> None:
    """甲、乙分别发展A、B puts A at 甲 and B at 乙 only; unequal lists say nothing."""
    found = located("江油市、三台县分别发展新型显示、生物医药。")
    assert {("新型显示", "江油市"), ("生物医药", "三台县")} <= found
    assert not {("新型显示", "三台县"), ("生物医药", "江油市")} & found
    assert not located("江油市、三台县分别发展新型显示、生物医药、储能。") & {("储能", "江油市"), ("储能", "三台县")}


@pytest.mark.parametrize(
    "text",
    ["承接德阳市重点发展的装备制造产业转移。", "江油市不再布局电解铝产业。", "面向德阳市拓展新型显示应用市场。"],
)
def test_what_is_not_put_there(text: str) -> None:
    """Partners, markets and denials are no sites."""
    assert not {pair for pair in located(text) if pair[1] in ("德阳市", "江油市")}


def test_a_place_inside_a_policy_or_project_is_no_site() -> None:
    """《四川省氢能产业发展规划》 puts no hydrogen in Sichuan."""
    assert ("氢能", "四川省") not in located("落实《四川省氢能产业发展规划》要求。")


def test_chain_leaders_are_of_the_city_whose_table_it_is() -> None:
    """The companies of a column 链主企业 are at the issuing place."""
    table = "| 产业链 | 链主企业 |\n| --- | --- |\n| 新型显示 | 霖泰科技、骏鹭光电 |\n"
    found = pipeline.extract(document(HEAD + table, name="passage.md"))
    entity = found.entity_by_iri
    pairs = {(entity[f.subject].name, entity[f.object].name) for f in found.facts if f.predicate == "locatedIn"}
    assert {("霖泰科技", "绵阳市"), ("骏鹭光电", "绵阳市")} <= pairs


def test_rows_of_a_table() -> None:
    """A row that opens with a place holds its industries; a duty column is no site."""
    table = "| 区域 | 主导产业 | 责任单位 |\n| --- | --- | --- |\n| 江油市 | 新型显示、智能家电 | 三台县政府 |\n"
    found = pipeline.extract(document(HEAD + table, name="passage.md"))
    entity = found.entity_by_iri
    pairs = {(entity[f.subject].name, entity[f.object].name) for f in found.facts if f.predicate == "locatedIn"}
    assert {("新型显示", "江油市"), ("智能家电", "江油市")} <= pairs
    assert not {p for p in pairs if p[1] == "三台县"}


def test_short_names_in_names_and_regions() -> None:
    """A county's short name in a name places it; a direction (西北工业大学) does not."""
    assert ("江油泵阀小微园二期", "江油市") in located("支持江油市发展,推进江油泵阀小微园二期建设。")
    assert not {pair for pair in located("与西北工业大学合作。") if pair[1].startswith("西北")}


def test_a_districts_short_name_is_not_a_zone_of_that_name() -> None:
    """海沧 after 厦门 is the district 海沧区, although a bonded zone is called after it; its companies are there."""
    found = located("霖泰科技、骏鹭半导体等企业已经签约落户。", head="厦门海沧打造集成电路特色小镇\n\n")
    assert ("霖泰科技", "海沧区") in found
