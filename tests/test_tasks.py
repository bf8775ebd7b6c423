"""Tasks: titles of measures, programmes named in prose, counted lists, and who is responsible for them."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.recognizers import task
from kg.relations import responsibilities
from tests.passages import document, linked


def tasks(text: str) -> list[str]:
    passage = document(text)
    found = task.recognize(passage, ontology.load(), [])
    assert all(passage.text[m.start : m.end] == m.text for m in found)
    return [m.text for m in found]


PLAN = "泉州市数字经济发展行动计划\n一、发展目标\n（一）提升规模。到2025年达到100亿元。\n二、重点任务\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("（一）实施创新能力提升工程。支持企业建设平台。\n", "实施创新能力提升工程"),
        ("（二）加快培育龙头企业。支持企业上市。\n", "加快培育龙头企业"),
        ("（三）强化要素保障。（责任单位：市财政局）\n", "强化要素保障"),
        ("（一）做强产业。支持企业。\n深入实施先进集群培育壮大工程、质量强基赋能行动，支持企业。\n", "质量强基赋能行动"),
        ("计划包括四大工程，分别是：算力底座建设工程、数字政务提升工程。\n", "数字政务提升工程"),
        ("方案提出加强组织领导、加大政策支持、健全工作机制三个保障措施。\n", "加大政策支持"),
        ("（一）做强产业。支持企业。\n加大金融支持。发挥基金作用。\n", "加大金融支持"),
    ],
)
def test_titles_and_named_programmes_are_tasks(text: str, found: str) -> None:
    """A title that begins with a verb, a programme after 实施, and the parts of a counted list are tasks."""
    assert found in tasks(PLAN + text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "提升规模"),
        ("（一）组织领导\n市里成立专班。\n", "组织领导"),
        ("（一）做强水运。支持企业。\n实施通港达园干线航道提升工程，支持企业。\n", "通港达园干线航道提升工程"),
        ("（一）做强产业。推动企业发展。支持企业。\n", "推动企业发展"),
    ],
)
def test_aims_sections_and_sites_are_no_tasks(text: str, wrong: str) -> None:
    """Titles under 目标, names of sections, building sites and the text behind a run-in head are no tasks."""
    assert wrong not in tasks(PLAN + text)


def test_bodies_of_the_bracket_are_responsible_with_their_roles() -> None:
    """(牵头单位：A；配合单位：B) makes A lead and B support, on the words of the bracket."""
    text = PLAN + "（一）强化要素保障。优化服务。（牵头单位：市财政局；配合单位：市科技局）\n"
    result = linked(text)
    facts = responsibilities.relate(result, ontology.load())
    roles = {result.by_iri[f.subject].name: f.role for f in facts}
    assert roles == {"泉州市财政局": "lead", "泉州市科学技术局": "support"}
    assert {e.quote for f in facts for e in f.evidence} == {"牵头单位：市财政局；配合单位：市科技局"}


def test_a_programme_in_prose_takes_no_bracket() -> None:
    """The bracket belongs to the titled task, not to the programme named in its text."""
    text = PLAN + "（一）强化要素保障。实施企业梯度培育工程，优化服务。（市财政局）\n"
    result = linked(text)
    facts = responsibilities.relate(result, ontology.load())
    assert [result.by_iri[f.object].name for f in facts] == ["强化要素保障"]


@pytest.mark.parametrize(
    ("duty", "roles"),
    [
        ("【责任单位：市发改委、市财政局】", {"泉州市发展和改革委员会": "responsible", "泉州市财政局": "responsible"}),
        ("（市工信局牵头，市财政局配合）", {"泉州市工业和信息化局": "lead", "泉州市财政局": "support"}),
        ("牵头单位：市工信局；配合单位：团市委", {"泉州市工业和信息化局": "lead", "共青团泉州市委员会": "support"}),
        ("[市工信局、市财政局按职责分工负责]", {"泉州市工业和信息化局": "responsible", "泉州市财政局": "responsible"}),
        ("由市工信局、市财政局落实。", {"泉州市工业和信息化局": "responsible", "泉州市财政局": "responsible"}),
        (
            "市工信局牵头，市财政局、闽州供水公司配合。",
            {"泉州市工业和信息化局": "lead", "泉州市财政局": "support"},
        ),
        ("由市委金融办牵头推进。", {"中共泉州市委金融委员会办公室": "lead"}),
        ("牵头：市工信局；配合：市财政局。", {"泉州市工业和信息化局": "lead", "泉州市财政局": "support"}),
        ("（市财政局、各县区管委会、各有关部门）", {"泉州市财政局": "responsible"}),
        ("市财政局牵头，市工信局参与，建立机制。", {"泉州市财政局": "lead", "泉州市工业和信息化局": "support"}),
        (
            "市发改委会同市财政局、市商务局统筹用地用能。",
            {"泉州市发展和改革委员会": "responsible", "泉州市财政局": "support", "泉州市商务局": "support"},
        ),
        ("由市财政局会同市商务局组织实施。", {"泉州市财政局": "lead", "泉州市商务局": "lead"}),
        ("牵头部门为市工信局，配合部门为市财政局。", {"泉州市工业和信息化局": "lead", "泉州市财政局": "support"}),
        (
            "——责任单位：市工信局，晋江市、石狮市政府",
            {"泉州市工业和信息化局": "responsible", "晋江市人民政府": "responsible", "石狮市人民政府": "responsible"},
        ),
        ("市财政局负责解释本条。", {}),
        ("企业向市财政局申请，市财政局会审。", {}),
        ("（支持市内企业，含市财政局认定的企业和平台等多类主体在内）", {}),
    ],
)
def test_duties_are_read_in_every_usual_bracket(duty: str, roles: dict[str, str]) -> None:
    """Round, square and no brackets; roles before and behind the bodies; a bracket that holds other text is no duty."""
    result = linked(PLAN + "（一）强化要素保障。优化服务。" + duty + "\n")
    assert {result.by_iri[f.subject].name: f.role for f in responsibilities.relate(result, ontology.load())} == roles


def gazed(text: str) -> list[str]:
    """Tasks of a text whose places, bodies and vocabulary names are known."""
    return sorted(m.text for e in linked(text).entities if e.type == "Task" for m in e.mentions)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("（一）链主领航。扶持企业。（责任单位：市工信局）\n", "链主领航"),
        ("（一）数据要素进园区。\n推动共享。\n（市数据局、市工信局）\n", "数据要素进园区"),
        ("任务一：链式招商\n引进企业。\n责任单位：市商务局\n", "链式招商"),
        ("（一）建设平台。市科技局牵头，9月底前完成。\n", "建设平台"),
        ("3.1 招才引智\n引进团队。\n责任单位：市人社局\n", "招才引智"),
        (
            "（一）支持首台套。奖励企业。\n（二）加快技术改造。奖励企业。\n（三）首批次材料应用保险。奖励企业。\n",
            "首批次材料应用保险",
        ),
        ("（一）加强质量管理。奖励企业。\n（二）做亮品牌。奖励企业。\n", "做亮品牌"),
    ],
)
def test_titles_are_tasks_by_their_place(text: str, found: str) -> None:
    """A title with bodies in charge under it, or among titles of tasks, is a task whatever its first word."""
    assert found in gazed(PLAN + text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "（一）强化要素保障。给予奖励。\n（二）加大财政支持。给予奖励。\n（三）以上政策由市财政局负责解释。\n",
            "以上政策由市财政局负责解释",
        ),
        ("一是加快发展。全市稳中有进。\n二是推动转型。全市稳中有进。\n三是民生保障更加有力。收入增长。\n", "民生保障更加有力"),
        ("（一）做强产业。扩大粮油作物单产提升行动实施规模，支持企业。\n", "扩大粮油作物单产提升行动"),
        ("（一）智能机器人。发展整机。（责任单位：市工信局）\n", "智能机器人"),
        ("（一）强化要素保障。\n支持企业建设平台。（市科技局）\n", "支持企业建设平台"),
        ("三、工作机制\n市里定期调度。（责任单位：市工信局）\n", "工作机制"),
        ("三、空间布局\n（一）构建“一带三区”格局。沿江发展。\n", "构建“一带三区”格局"),
        ("（一）规划先行，产城相融\n园区很大，企业很多，配套设施都已经建好，产业工人也都住进了新居。\n", "规划先行，产城相融"),
    ],
)
def test_names_of_sections_and_topics_are_no_tasks(text: str, wrong: str) -> None:
    """The name of an industry, of a section or of a layout stays what it is."""
    assert wrong not in gazed(PLAN + text)


@pytest.mark.parametrize("brackets", ["（）", "【】", "〔〕"])
def test_bodies_in_a_heading_are_no_part_of_the_task(brackets: str) -> None:
    """（一）强化要素保障（牵头单位：A，责任单位：B）: the title is 强化要素保障, and the bracket gives it its bodies."""
    duty = "牵头单位：市财政局，责任单位：市科技局、市工业和信息化局、市商务局、市自然资源和规划局、晋江市政府"
    result = linked(PLAN + f"（一）强化要素保障{brackets[0]}{duty}{brackets[1]}\n优化服务，提供用地。\n")
    facts = responsibilities.relate(result, ontology.load())
    assert {result.by_iri[f.object].name for f in facts} == {"强化要素保障"}
    assert len({f.subject for f in facts}) == 6


def test_a_table_of_duties_has_a_task_in_each_row() -> None:
    """The cell under 重点任务 is a task when a column of the table holds the bodies in charge."""
    page = (
        "<h1>泉州市数字经济任务分工表</h1><table><tr><td>序号</td><td>重点任务</td><td>牵头单位</td><td>配合单位</td></tr>"
        "<tr><td>1</td><td>算力网络扩容</td><td>市数据局</td><td>市财政局</td></tr>"
        "<tr><td>2</td><td>培育数字工匠。</td><td>市人社局</td><td>晋江市政府</td></tr></table>"
    )
    found = task.recognize(document(page, "page.html"), ontology.load(), [])
    assert [m.text for m in found] == ["算力网络扩容", "培育数字工匠"]


def test_a_long_first_sentence_of_verbs_heads_its_paragraph() -> None:
    """In proposals for a five-year plan the first sentence of a numbered paragraph, all clauses verbal, is its title."""
    body = "坚持把主要精力用在办好工厂上，" * 6 + "保持制造业合理比重。"
    text = "（12）加快推动传统产业焕新、新兴产业成势、未来产业起步，建设全国有影响的先进制造基地。" + body + "\n"
    assert gazed(PLAN + text) == ["加快推动传统产业焕新、新兴产业成势、未来产业起步，建设全国有影响的先进制造基地"]


def test_a_row_of_a_table_of_duties_names_who_is_responsible() -> None:
    """The bodies under 牵头单位 lead the task of their row, those under 配合单位 support it; an empty cell keeps the task."""
    page = (
        "<h1>泉州市数字经济任务分工表</h1><table><tr><td>主要任务</td><td>具体内容</td><td>牵头单位</td><td>配合单位</td></tr>"
        "<tr><td>推进算力扩容</td><td>建设机房</td><td>市数据局</td><td>市财政局</td></tr>"
        "<tr><td>培育数字工匠</td><td>开展培训</td><td>市人社局</td><td>晋江市政府</td></tr></table>"
    )
    result = linked(page, "page.html")
    facts = responsibilities.relate(result, ontology.load())
    assert {(result.by_iri[f.subject].name, f.role, result.by_iri[f.object].name) for f in facts} == {
        ("泉州市数据局", "lead", "推进算力扩容"),
        ("泉州市财政局", "support", "推进算力扩容"),
        ("泉州市人力资源和社会保障局", "lead", "培育数字工匠"),
        ("晋江市人民政府", "support", "培育数字工匠"),
    }


def test_a_bracket_behind_a_numbered_item_is_not_the_duty_of_the_item_before() -> None:
    """1. has a title, 2. has none: the bodies of 2. are not responsible for 1."""
    text = PLAN + "1.支持平台建设。给予奖励。（市科技局）\n2.对上市企业奖励500万元。（市财政局）\n"
    result = linked(text)
    facts = responsibilities.relate(result, ontology.load())
    assert [result.by_iri[f.subject].name for f in facts] == ["泉州市科学技术局"]


def test_two_titles_in_one_line_are_two_tasks() -> None:
    """Where the line break before the next number got lost both titles are found."""
    assert gazed(
        PLAN
        + "三、健全机制保障，强化约束（八）加强机制建设。开展检查，对发现的问题及时督促整改，确保各项制度落到实处、见到成效，并按年度报告。\n"
    ) == [
        "健全机制保障，强化约束",
        "加强机制建设",
    ]


REWARD = "对符合条件的企业，按照研发投入的10%给予最高500万元奖励，对新认定的国家级企业技术中心给予一次性奖励100万元。"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("第一条【支持企业研发】", "支持企业研发"),
        ("第一条 （推动成果转化）", "推动成果转化"),
        ("第一条　支持企业研发　", "支持企业研发"),
        ("1、支持企业研发——", "支持企业研发"),
        ("●支持企业研发。", "支持企业研发"),
        ("——支持企业研发。", "支持企业研发"),
        ("（一）以龙头培育为重点，壮大产业集群。", "以龙头培育为重点，壮大产业集群"),
        ("（一）“强芯”行动：聚焦关键器件\n", "“强芯”行动：聚焦关键器件"),
    ],
)
def test_titles_are_set_off_in_many_ways(line: str, title: str) -> None:
    """In brackets, before a space, a dash or a stop, behind a bullet, with the means before the verb."""
    assert gazed(PLAN + line + REWARD + "\n") == [title]


def test_points_behind_a_title_are_no_part_of_it() -> None:
    """加快数据开放(3分) in a plan of assessment is the task 加快数据开放."""
    assert "加快公共数据开放" in tasks(PLAN + "（一）加快公共数据开放（3分）\n1.建成平台。\n")
