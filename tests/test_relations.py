"""Relations between places, industries and bodies, by scope."""

from __future__ import annotations

from kg import linking, ontology, relations
from kg.recognizers import engine
from tests.passages import document

VOCABULARY = ontology.load()
PLAN = """成都市促进新型显示产业发展行动计划
一、重点方向
（一）新型显示。重点发展OLED、Mini LED等领域，支持双流区、郫都区等建设集聚区。
（二）集成电路。推动集成电路设计、封装测试等产业做大做强。
二、未来布局
前瞻布局量子信息、脑机接口等未来产业。做强检验检测、工业设计等生产性服务业。
"""


def facts(text: str) -> set[tuple[str, str, str]]:
    """(subject name, predicate, object name) of a passage."""
    passage = document(text)
    linked, _ = linking.link(passage, VOCABULARY, engine.recognize(passage, VOCABULARY))
    names = {e.iri: e.name for e in linked.entities}
    return {(names[f.subject], f.predicate, names[f.object]) for f in relations.relate(linked, VOCABULARY)}


def test_the_issuing_place_develops_what_its_plan_names() -> None:
    """Industries under a cue are developed by the place of the title."""
    found = facts(PLAN)
    assert ("成都市", "develops", "新型显示") in found
    assert ("成都市", "develops", "量子信息") in found


def test_a_plan_covers_the_industries_of_its_title_and_headings() -> None:
    """covers holds for the title's industry and for headed focus areas."""
    found = {(p, o) for s, p, o in facts(PLAN) if p == "covers"}
    assert {("covers", "新型显示"), ("covers", "集成电路")} <= found


def test_a_cluster_is_at_the_districts_of_its_paragraph() -> None:
    """支持双流区、郫都区等建设集聚区 puts the heading's industry there."""
    found = facts(PLAN)
    assert {("新型显示", "locatedIn", "双流区"), ("新型显示", "locatedIn", "郫都区")} <= found


def test_members_belong_to_what_sums_them_up() -> None:
    """检验检测、工业设计等生产性服务业: both are part of it; a segment under a heading is part of the heading's industry."""
    found = facts(PLAN)
    assert ("检验检测", "partOf", "生产性服务业") in found
    assert ("脑机接口", "partOf", "未来产业") in found


def test_a_field_of_application_is_not_developed() -> None:
    """面向汽车、家电等领域 states whom it serves, not what the place develops."""
    found = facts("成都市促进新型显示产业发展行动计划\n面向白色家电、智慧农业等领域需求开展示范。\n")
    assert not {o for s, p, o in found if p == "develops"} & {"白色家电", "智慧农业"}


def test_no_fact_relates_a_thing_to_itself() -> None:
    """Merging never leaves a loop."""
    assert all(s != o for s, _, o in facts(PLAN))


def test_facts_of_several_rules_are_one_with_all_evidence() -> None:
    """The same statement found twice is one fact with two pieces of evidence, in text order."""
    passage = document(PLAN + "三、加快发展新型显示产业。\n四、培育新型显示产业链。\n")
    linked, _ = linking.link(passage, VOCABULARY, engine.recognize(passage, VOCABULARY))
    found = relations.relate(linked, VOCABULARY)
    keys = [(f.subject, f.predicate, f.object) for f in found]
    assert len(keys) == len(set(keys))
    assert any(len(f.evidence) > 1 for f in found)
    for fact in found:
        assert [e.start for e in fact.evidence] == sorted(e.start for e in fact.evidence)


def test_a_town_in_the_text_of_its_county_is_part_of_it() -> None:
    """In a county's own plan the towns named are the county's; the parts of a zone are the zone's."""
    text = "安溪县茶产业规划\n一、布局\n在本县虎邱、龙涓等镇布局基地。支持西咸新区秦汉新城合作。\n"
    found = facts(text)
    nested = {("虎邱镇", "partOf", "安溪县"), ("龙涓镇", "partOf", "安溪县"), ("秦汉新城", "partOf", "西咸新区")}
    assert nested <= found
