"""covers, partOf, upstreamOf and downstreamOf: what a policy is about and how its industries hang together."""

from __future__ import annotations

from kg import linking, ontology, relations
from kg.recognizers import engine
from tests.passages import document

VOCABULARY = ontology.load()
TITLE = "芜湖市机器人产业高质量发展行动计划（2024—2026年）\n\n"
PACKAGE = "芜湖市推动经济持续向好若干政策措施\n\n"


def stated(text: str, name: str = "passage.txt") -> set[tuple[str, str, str]]:
    """(subject, predicate, object) of every fact of a text."""
    passage = document(text, name)
    linked, _ = linking.link(passage, VOCABULARY, engine.recognize(passage, VOCABULARY))
    names = {e.iri: e.name for e in linked.entities}
    return {(names[f.subject], f.predicate, names[f.object]) for f in relations.relate(linked, VOCABULARY)}


def covered(text: str, name: str = "passage.txt") -> set[str]:
    return {o for _, p, o in stated(text, name) if p == "covers"}


def test_a_package_covers_what_it_is_to_develop() -> None:
    """A policy whose title names no industry covers those that its sentences develop."""
    assert {"低空经济", "人形机器人"} <= covered(PACKAGE + "加快发展低空经济。\n培育人形机器人、量子科技等产业。\n")


def test_a_plan_covers_its_title_and_its_focus_areas_not_its_other_tasks() -> None:
    """Of a plan for robots the industries of a task in passing are no focus."""
    found = covered(TITLE + "一、重点领域\n（一）工业机器人。做强整机。\n二、保障措施\n发挥现代物流、跨境电商的作用。\n")
    assert {"机器人", "工业机器人"} <= found
    assert not {"现代物流", "跨境电商"} & found


def test_what_stands_below_an_industry_is_not_covered_but_below_an_umbrella_is() -> None:
    """Segments under 新型显示 are its own; those under 未来产业 are areas of the policy."""
    found = covered(
        PACKAGE + "一、新型显示\n重点发展激光显示、柔性显示等产业。\n二、未来产业\n布局量子科技、脑机接口等领域。\n"
    )
    assert {"新型显示", "量子科技", "脑机接口"} <= found
    assert not {"激光显示", "柔性显示"} & found


def test_a_table_of_chains_says_what_the_policy_covers() -> None:
    """A notice on chain leaders covers the chains of its table."""
    table = "芜湖市人民政府办公室关于印发重点产业链链长工作方案的通知\n\n| 产业链 | 链长 |\n|---|---|\n| 新型储能 | 副市长 |\n| 低空经济 | 副市长 |\n"
    assert {"新型储能", "低空经济"} <= covered(table, "passage.md")


def test_news_of_two_policies_give_each_its_own() -> None:
    """What a paragraph lists is covered by the policy that it names."""
    news = (
        "长三角多地布局未来赛道\n\n芜湖市发布《芜湖市低空经济行动方案》，大力发展低空经济、通用航空等产业。\n\n"
        "合肥市印发《合肥市量子信息产业规划》，重点发展量子计算、量子通信等产业。\n"
    )
    found = {(s, o) for s, p, o in stated(news) if p == "covers"}
    assert ("合肥市量子信息产业规划", "量子计算") in found
    assert ("芜湖市低空经济行动方案", "量子计算") not in found


def test_what_an_industry_includes_and_what_a_label_lists_are_segments() -> None:
    """食品产业包括乳制品、饮料 and 前沿材料：石墨烯、气凝胶."""
    found = stated(TITLE + "食品产业包括乳制品、饮料等领域。\n前沿材料：石墨烯、气凝胶。\n")
    assert ("乳制品", "partOf", "食品") in found and ("饮料", "partOf", "食品") in found
    assert ("石墨烯", "partOf", "前沿材料") in found


def test_headed_industries_belong_to_the_one_of_the_title() -> None:
    """A plan for robots that heads 服务机器人 makes it a part."""
    assert ("服务机器人", "partOf", "机器人") in stated(TITLE + "一、服务机器人\n推动量产。\n")


def test_what_an_industry_merges_with_is_no_part_of_it() -> None:
    """推动与人工智能、虚拟现实等产业深度融合."""
    found = stated(PACKAGE + "一、新型显示\n推动与人工智能、虚拟现实等产业深度融合。\n")
    assert ("人工智能", "partOf", "新型显示") not in found


def test_a_list_behind_future_industries_is_of_them() -> None:
    """加快未来产业成势，推动A、B、C发展."""
    found = stated(PACKAGE + "加快未来产业成势，推动量子科技、脑机接口、氢能等领域发展。\n")
    assert {("量子科技", "partOf", "未来产业"), ("氢能", "partOf", "未来产业")} <= found


def test_parts_of_a_chain_are_told_by_their_words() -> None:
    """上游…；中游…；下游… in one sentence, the chain in the heading."""
    found = stated(PACKAGE + "一、光伏\n上游发展多晶硅、光伏玻璃；中游做强光伏组件；下游拓展光伏电站。\n")
    assert {("多晶硅", "upstreamOf", "光伏"), ("光伏玻璃", "upstreamOf", "光伏"), ("光伏电站", "downstreamOf", "光伏")} <= found
    assert ("光伏组件", "partOf", "光伏") in found and ("光伏组件", "downstreamOf", "光伏") not in found


def test_a_row_or_a_heading_of_a_part_holds_for_all_below() -> None:
    """| 上游 | 隔膜 | and 1. 上游材料 above a paragraph."""
    table = TITLE + "| 环节 | 重点产品 |\n|---|---|\n| 上游 | 减速器、控制器 |\n| 下游 | 医疗机器人 |\n"
    found = stated(table, "passage.md")
    assert {("减速器", "upstreamOf", "机器人"), ("医疗机器人", "downstreamOf", "机器人")} <= found


def test_components_are_upstream_of_their_heading() -> None:
    """引进偏光片、背光模组等关键配套企业 under 新型显示."""
    assert ("偏光片", "upstreamOf", "新型显示") in stated(PACKAGE + "一、新型显示\n引进偏光片、背光模组等关键配套企业。\n")


def test_a_river_has_no_part_of_a_chain() -> None:
    """长江中游 and 上下游协同 mark nothing."""
    found = stated(TITLE + "融入长江中游城市群，发展减速器。\n推动上下游协同，发展控制器。\n")
    assert not [f for f in found if f[1] in ("upstreamOf", "downstreamOf")]


def test_what_a_chain_lacks_is_upstream_and_no_part() -> None:
    """补齐偏光片、时序控制芯片等新型显示产业链短板."""
    found = stated(PACKAGE + "一、强链补链\n加快补齐偏光片、时序控制芯片等新型显示产业链短板。\n")
    assert ("偏光片", "upstreamOf", "新型显示") in found
    assert ("偏光片", "partOf", "新型显示") not in found


def test_a_chain_before_its_part_is_no_part() -> None:
    """LED产业上游 names the chain, not what is upstream."""
    found = stated(TITLE + "推动LED产业上游企业集聚。\n引进光伏配套项目。\n")
    assert not [f for f in found if f[1] == "upstreamOf"]


def test_segments_and_focus_areas_of_a_plan_for_one_industry() -> None:
    """聚焦新材料，发展…等细分领域 and the top list of a plan for robots."""
    found = stated(TITLE + "重点发展工业机器人、特种机器人等优势产业。\n聚焦新材料产业，重点发展碳纤维、石墨烯等细分领域。\n")
    assert {("工业机器人", "partOf", "机器人"), ("特种机器人", "partOf", "机器人")} <= found
    assert {("碳纤维", "partOf", "新材料"), ("石墨烯", "partOf", "新材料")} <= found
