"""Policies: titles in every form, the document's own, who issued them, whose they are, and what they carry out."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.relations import policies
from tests.passages import linked


def titles(text: str) -> set[str]:
    return {e.name for e in linked(text).entities if e.type == "Policy"}


def facts(text: str, predicate: str) -> set[tuple[str, str]]:
    result = linked(text)
    found = [f for f in policies.relate(result, ontology.load()) if f.predicate == predicate]
    for item in (e for f in found for e in f.evidence):
        assert result.document.text[item.start : item.end] == item.quote
    return {(result.by_iri[f.subject].name, result.by_iri[f.object].name) for f in found if f.object in result.by_iri}


NOTICE = "泉州市人民政府办公室关于印发泉州市数字经济发展行动计划的通知\n泉政办〔2023〕9号\n各县（市、区）人民政府：\n一、总则\n为加快发展，制定本计划。\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (NOTICE, "泉州市数字经济发展行动计划"),
        ("近日，泉州市印发《泉州市新材料产业\n发展规划（2021—2025年）》。\n", "泉州市新材料产业发展规划（2021—2025年）"),
        (
            "泉州市人民政府关于\n加快推进全市陶瓷产业提质升级的意见\n泉政〔2021〕9号\n",
            "泉州市人民政府关于加快推进全市陶瓷产业提质升级的意见",
        ),
        ("此前，深圳发布智能穿戴产业集群行动计划，引起关注。\n", "智能穿戴产业集群行动计划"),
        ("泉州市落实培育壮大市场主体“30条”。\n", "培育壮大市场主体“30条”"),
        ("杭州近日就加快推进人工智能产业创新发展提出意见。\n", "关于加快推进人工智能产业创新发展的意见"),
        ("根据《中国制造2025》，制定本方案。\n", "中国制造2025"),
        (
            "泉州市“数实融合 智造未来”专项行动的若干意见\n一、强化创新\n支持企业。\n",
            "泉州市“数实融合智造未来”专项行动的若干意见",
        ),
        ("泉州市制造业重点任务分解表\n一、强化创新\n支持企业。\n", "泉州市制造业重点任务分解表"),
        ("2025年泉州市促进消费一揽子政策举措近日发布。\n", "2025年泉州市促进消费一揽子政策举措"),
        ("对列入全国现代商贸流通体系试点实施方案的项目给予补助。\n", "全国现代商贸流通体系试点实施方案"),
        (
            "制定有针对性的政策，如加快建设湄洲湾石化基地实施方案、促进海洋产业高质量发展若干措施。\n",
            "促进海洋产业高质量发展若干措施",
        ),
        (
            "关于《泉州市低空经济发展办法（征求意见稿）》公开征求意见的公告\n我局起草了办法。\n",
            "泉州市低空经济发展办法（征求意见稿）",
        ),
        ("泉州集成电路《实施细则》：企业能拿到什么\n\n正文介绍情况。\n", "泉州集成电路《实施细则》"),
    ],
)
def test_titles_are_found_in_every_form(text: str, title: str) -> None:
    """With and without 《》, across line breaks, behind a notice, after a verb of issuing."""
    assert title in titles(text)


@pytest.mark.parametrize(
    "text",
    [
        "据《经济日报》报道，产业回升。\n",
        "泉州市出台一系列政策。\n",
        "会议发布7份行动计划。\n",
        "法规类型：行业规定\n",
    ],
)
def test_newspapers_and_general_words_are_no_policies(text: str) -> None:
    """A newspaper in 《》, counted plans and form fields name no policy."""
    assert titles(text) == set()


def test_short_forms_are_aliases_of_the_own_policy() -> None:
    """《行动计划》 in the text of the plan is the plan."""
    result = linked(NOTICE + "《行动计划》提出三项任务。\n")
    own = result.by_iri[result.own_policy or ""]
    assert own.name == "泉州市数字经济发展行动计划" and "行动计划" in own.aliases


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (NOTICE, ("泉州市数字经济发展行动计划", "泉州市人民政府办公室")),
        (
            "浙江省经信厅、江苏省工信厅在合肥签下一份协议，名为《长三角新型显示战略合作协议》。\n",
            ("长三角新型显示战略合作协议", "浙江省经济和信息化厅"),
        ),
        ("国家发展改革委牵头，共有13部门参与，《灯光产业发展规划》日前印发。\n", ("灯光产业发展规划", "国家发展和改革委员会")),
        ("《泉州市新材料产业行动方案》日前由泉州市工信局印发。\n", ("泉州市新材料产业行动方案", "泉州市工业和信息化局")),
        ("《国务院关于加快发展生产性服务业的指导意见》提出要求。\n", ("国务院关于加快发展生产性服务业的指导意见", "国务院")),
    ],
)
def test_issuers_are_found_in_letterhead_sentence_and_title(text: str, fact: tuple[str, str]) -> None:
    """issuedBy from the notice's title, from the verb, from 日前印发, and from a body that opens the title."""
    assert fact in facts(text, "issuedBy")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("泉州市数字经济发展行动计划\n（泉政〔2023〕9号　泉州市人民政府　2023年3月1日印发）\n一、总则\n", "泉州市人民政府"),
        ("泉州市数字经济发展行动计划\n（泉州市数据管理局　2023年6月）\n一、总则\n", "泉州市数据管理局"),
        ("索引号：0001　发布机构：泉州市商务局\n泉州市数字经济发展行动计划\n一、总则\n", "泉州市商务局"),
        ("泉州市数字经济发展行动计划\n一、总则\n加快发展。本计划由市财政局牵头起草。\n", "泉州市财政局"),
        (
            "关于《泉州市数字经济发展行动计划（征求意见稿）》公开征求意见的公告\n我局起草了行动计划。\n泉州市商务局\n2023年5月6日\n",
            "泉州市商务局",
        ),
    ],
)
def test_issuer_of_the_document_by_stamp_field_and_draft(text: str, body: str) -> None:
    """The line under the title, a field among others, the sentence that says who drew it up, the signature of a draft."""
    assert body in {name for _, name in facts(text, "issuedBy")}


def test_a_press_conference_issues_nothing_and_a_later_clause_may() -> None:
    """发布会 is no 发布; …起草了《X》，由市政府办公室印发 names two bodies; a congress passes a regulation."""
    news = "泉州市数字办召开新闻发布会，解读《泉州市数据办法》。\n"
    assert facts(news, "issuedBy") == set()
    later = "泉州市财政局起草了《泉州市数据办法》，经市政府同意，由市政府办公室印发。\n"
    assert {body for _, body in facts(later, "issuedBy")} == {"泉州市财政局", "泉州市人民政府办公室"}
    passed = "泉州市数据发展条例\n（2023年6月30日泉州市第十七届人民代表大会常务委员会第十次会议通过）\n第一章 总则\n"
    assert ("泉州市数据发展条例", "泉州市人民代表大会常务委员会") in facts(passed, "issuedBy")


def test_a_title_belongs_to_the_body_before_it() -> None:
    """国务院《关于…的通知》 and 市商务局等三部门《…》 are theirs; a body elsewhere in the sentence is not the issuer."""
    text = "根据国务院《关于推进贸易创新的通知》、泉州市商务局等三部门《泉州市外贸办法》，市财政局要落实《泉州市基金条例》。\n"
    assert facts(text, "issuedBy") == {("关于推进贸易创新的通知", "国务院"), ("泉州市外贸办法", "泉州市商务局")}


def test_issuer_of_one_policy_is_not_that_of_the_next() -> None:
    """国务院印发《A》，安徽省人民政府印发《B》: B is not the State Council's."""
    text = "依据《国务院关于印发软件产业发展规划的通知》、《安徽省人民政府关于印发安徽省软件产业发展规划的通知》，提出意见。\n"
    assert ("安徽省软件产业发展规划", "国务院") not in facts(text, "issuedBy")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (NOTICE, ("泉州市数字经济发展行动计划", "泉州市")),
        ("此前，深圳发布智能穿戴产业集群行动计划，引起关注。\n", ("智能穿戴产业集群行动计划", "深圳市")),
        (
            "根据《国务院关于支持福建加快建设海峡西岸的意见》，制定方案。\n",
            ("国务院关于支持福建加快建设海峡西岸的意见", "福建省"),
        ),
        (NOTICE + "出台海洋产业高质量发展若干措施。\n", ("海洋产业高质量发展若干措施", "泉州市")),
    ],
)
def test_a_policy_applies_to_the_place_of_its_title_or_its_issuer(text: str, fact: tuple[str, str]) -> None:
    """appliesTo from the title, else from who issues it."""
    assert fact in facts(text, "appliesTo")


def test_basis_is_what_the_own_policy_carries_out() -> None:
    """根据《A》…制定本计划 and 以《B》为依据制定."""
    text = NOTICE + "根据《福建省数字经济发展规划》，结合实际，制定本计划。\n"
    assert facts(text, "basedOn") == {("泉州市数字经济发展行动计划", "福建省数字经济发展规划")}
    text = NOTICE + "以《中国制造2025》为依据，制定了本计划。\n"
    assert facts(text, "basedOn") == {("泉州市数字经济发展行动计划", "中国制造2025")}


def test_guiding_section_names_the_basis() -> None:
    """Under 指导思想 a plan says what it carries out without saying that it is drawn up."""
    text = "泉州市数字经济发展行动计划\n1.1 指导思想\n衔接《福建省数字经济规划》，发挥港口优势。\n1.2 发展目标\n对照《福建省统计办法》核算。\n"
    assert facts(text, "basedOn") == {("泉州市数字经济发展行动计划", "福建省数字经济规划")}


def test_the_plan_of_the_province_is_not_that_of_the_city() -> None:
    """省政府关于印发…措施的通知 with the same tail as the city's own measures is another policy."""
    text = "泉州市2023年提振市场信心政策措施\n根据《福建省人民政府关于印发提振市场信心政策措施的通知》，制定本措施。\n"
    assert facts(text, "issuedBy") == {("提振市场信心政策措施", "福建省人民政府")}


def test_reported_policy_without_basis_has_none() -> None:
    """A policy that is only mentioned is no basis."""
    assert facts(NOTICE + "此前《福建省数字经济发展规划》已经发布。\n", "basedOn") == set()


def test_a_number_glued_to_the_title_is_the_number() -> None:
    """Where the line break between title and document number got lost, both are still told apart."""
    from kg.pipeline import extract
    from tests.passages import document

    found = extract(
        document(
            "泉州市人民政府办公室关于同意建立茶产业联席会议制度的函泉政办函〔2021〕52号\n市农业农村局：\n同意建立联席会议制度。\n2021年8月17日\n"
        )
    )
    assert (found.title, found.number) == ("泉州市人民政府办公室关于同意建立茶产业联席会议制度的函", "泉政办函〔2021〕52号")
