"""Parks, facilities, programmes and events: which names are proper, and how far they reach."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.recognizers import engine
from kg.recognizers.project_names import names
from tests.passages import document

VOCABULARY = ontology.load()


def projects(text: str) -> list[str]:
    """Names of the projects of a passage, in text order."""
    return [m.canonical for m in engine.recognize(document(text), VOCABULARY) if m.label == "Project"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实施“雁栖英才计划”、“归巢计划”。", ["“雁栖英才计划”", "“归巢计划”"]),
        ("实施“启明”“攀峰”等科技攻关计划。", ["“启明”科技攻关计划", "“攀峰”科技攻关计划"]),
        ("依托“滨江湾”科技创新功能区集聚人才。", ["“滨江湾”科技创新功能区"]),
        ("深入实施海归人员创业启动支持计划。", ["海归人员创业启动支持计划"]),
        ("落实“人工智能+”行动。", ["“人工智能+”行动"]),
    ],
)
def test_programmes(text: str, expected: list[str]) -> None:
    """A name in quotation marks with a head, a row of such names that share one, and 实施…计划."""
    assert projects(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "培育“专精特新”企业。",
        "推进“一网通办”平台应用。",
        "落实年度工作计划。",
        "制定“十四五”发展规划。",
        "推动产业发展。",
        "“产业+物流”协同发展。",
    ],
)
def test_slogans_and_plans_of_work_are_no_programmes(text: str) -> None:
    """ "专精特新" names no project, and 发展 ends in no 展."""
    assert projects(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("举办智慧农机创新大赛、临海国际食品展。", ["智慧农机创新大赛", "临海国际食品展"]),
        ("2023年遂宁市产业链招商大会在会展中心举行。", ["2023年遂宁市产业链招商大会"]),
        ("办好广交会、世界动力电池大会。", ["广交会", "世界动力电池大会"]),
        ("举办各类专题论坛。", []),
    ],
)
def test_events(text: str, expected: list[str]) -> None:
    """What is held and has a name; 各类专题论坛 has none."""
    assert projects(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("适时建设芜州机场、宿州机场。", ["芜州机场", "宿州机场"]),
        ("建设鹭岭坡氢能产业园。", ["鹭岭坡氢能产业园"]),
        ("支持企业实施10万吨生态酿酒项目(二期)。", ["10万吨生态酿酒项目(二期)"]),
        ("鼓励市康复器具产业园(金山滨海园区)吸引企业。", ["市康复器具产业园(金山滨海园区)"]),
        ("创建国家动力电池创新中心常州分中心。", ["国家动力电池创新中心常州分中心"]),
        ("建设陶瓷产业互联网平台和茶叶交易平台。", ["陶瓷产业互联网平台", "茶叶交易平台"]),
        ("依托散裂中子源、强流重离子加速器开展研究。", ["散裂中子源", "强流重离子加速器"]),
    ],
)
def test_names_and_their_reach(text: str, expected: list[str]) -> None:
    """Coined names, capacities, phases, parts in brackets and branches."""
    assert projects(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "建设国家级创新平台。",
        "新增国家级制造业创新中心3家。",
        "2023年工程机械产值增长。",
        "推动抗体工程研究。",
        "推动各类开发区建设。",
        "东至渝怀铁路。",
    ],
)
def test_no_projects(text: str) -> None:
    """国家级 is a rank, a year opens no name of a works, and a boundary (东至…) is none."""
    assert projects(text) in ([], ["渝怀铁路"])


def test_a_shared_head_makes_works_but_no_plantations() -> None:
    """甲、乙等抽水蓄能电站 are two stations, 甲、乙等种植基地 name none."""
    assert projects("加快贵阳、黔南等抽水蓄能电站建设。") == ["贵阳抽水蓄能电站", "黔南抽水蓄能电站"]
    assert projects("建设伊春、铁力等北药种植基地。") == []


def test_the_coined_part_of_a_name() -> None:
    """鹭岭坡氢能 opens with a coined word, 绿色氢能 does not."""
    words = names(VOCABULARY)
    assert words.coined_prefix("鹭岭坡氢能") == "鹭岭坡" and words.coined_prefix("绿色氢能") == ""


def test_laboratories_that_act_are_bodies() -> None:
    """乙实验室 in 支持甲大学、乙实验室共建丙中心 acts, 丙中心 is built; laboratories that get support are projects."""
    text = "支持厦门大学、嘉庚创新实验室共建厦门市膜材料工程研究中心。"
    labels = {m.text: m.label for m in engine.recognize(document(text), VOCABULARY)}
    assert labels["嘉庚创新实验室"] == "Institute" and labels["厦门市膜材料工程研究中心"] == "Project"
    assert projects("支持季华实验室、九峰山实验室建设。") == ["季华实验室", "九峰山实验室"]
    assert projects("支持季华实验室、九峰山实验室发布榜单。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加快京港、沿江高铁大通道建设。", {"京港高铁大通道", "沿江高铁大通道"}),
        ("加快霖州、骏关等500千伏输变电工程及安溪、德化等220千伏变电站建设。", {"安溪220千伏变电站", "德化220千伏变电站"}),
    ],
)
def test_lists_share_the_head_of_their_last_member(text: str, expected: set[str]) -> None:
    """Without 等 too, and in the second list of a clause."""
    assert expected <= set(projects(text))


def test_materials_before_a_head_are_no_works() -> None:
    """Ordinary words in a list share no head."""
    assert projects("加快公路、高速铁路建设。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("提升“云帆芯谷”能级。", ["“云帆芯谷”"]),
        ("打造“友谊之城”“和美家园”。", []),
        ("培育“一谷”格局。", []),
        ("开展鲁茶优品中国行。", ["鲁茶优品中国行"]),
        ("开展“甬菜尝鲜荟”“海味消费季”等系列促消费活动。", ["“甬菜尝鲜荟”", "“海味消费季”"]),
        ("引育“链主”企业，实施“聚链成群行动”。", ["“聚链成群行动”"]),
        ("举办不少于20场家电展。", []),
    ],
)
def test_nicknames_tours_and_series(text: str, expected: list[str]) -> None:
    """A valley in quotation marks, promotions that travel or share 活动; no slogans, and no quotation that opens at a closing mark."""
    assert projects(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高标准建设极地观测实验室。", ["极地观测实验室"]),
        ("建设一批省级重点实验室。", []),
        ("加快建设校企联合实验室。", []),
        ("对租用宁波智算中心的企业给予补贴。", ["宁波智算中心"]),
        ("争取国际互联网数据专用通道、国家新型互联网交换中心落户。", ["国际互联网数据专用通道", "国家新型互联网交换中心"]),
        ("扩大从日本进口的中间产品和项目。", []),
    ],
)
def test_what_is_built_or_used_by_its_name(text: str, expected: list[str]) -> None:
    """A laboratory that is built has its name unless that is a kind; 租用 is no part of one, and a name ends in no 和."""
    assert projects(text) == expected
