"""Companies under short names, branches of bodies, and what only looks like either."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.model import Block, Document, Source
from kg.recognizers import engine
from kg.recognizers.coined import ordinary
from tests.passages import document

VOCABULARY = ontology.load()


def organizations(text: str | Document) -> list[str]:
    """Names of the organizations of a passage, in text order."""
    passage = document(text) if isinstance(text, str) else text
    return [m.canonical for m in engine.recognize(passage, VOCABULARY) if VOCABULARY.is_a(m.label, "Organization")]


def table(column: str, *cells: str) -> Document:
    """A table of one column."""
    text = "\n".join([column, *cells])
    blocks, position = [], 0
    for number, cell in enumerate([column, *cells]):
        blocks.append(Block("cell", position, position + len(cell), column=column if number else ""))
        position += len(cell) + 1
    return Document(Source("table.txt", "", "", len(text), "text/plain"), text, tuple(blocks))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("集聚霖泰科技、骏鹭重工、沐禾等骨干企业。", ["霖泰科技", "骏鹭重工", "沐禾"]),
        ("龙头企业有澜骐药业、珩星生物。", ["澜骐药业", "珩星生物"]),
        ("以磐舟化工、霁远新材为龙头,延伸产业链条。", ["磐舟化工", "霁远新材"]),
        ("集聚霖泰科技、骏鹭重工等12家整机企业,沐禾新材、澜骐等材料企业。", ["霖泰科技", "骏鹭重工", "沐禾新材", "澜骐"]),
        ("骏鹭重工投资12亿元建设二期厂房。", ["骏鹭重工"]),
        ("澜骐药业与霖泰科技分别签下两个项目。", ["澜骐药业", "霖泰科技"]),
        ("霖泰科技高效组件项目落户我区。", ["霖泰科技"]),
        ("珩曜澜12GW电池片项目全面投产。", ["珩曜澜"]),
        ("引进霖海(青岛)、骏鹭重工等企业。", ["霖海(青岛)", "骏鹭重工"]),
        ("以澜骐制药为代表的一批企业快速成长。", ["澜骐制药"]),
    ],
)
def test_short_names_of_companies(text: str, names: list[str]) -> None:
    """A coined core with a tail among companies, or with what only companies do, is a company."""
    assert organizations(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "重点发展集成电路、生物医药、高端装备等产业。",
        "培育智能家电、绿色化工、精密机械等行业企业。",
        "突破功率半导体、合成生物、量子通信等关键技术。",
        "给予最高2000万元奖励。",
        "发展耐心资本、长期资本,支持投早、投小、投硬科技。",
        "综合运用提醒、约谈等方式引导企业自律。",
        "深化校地、校企科技合作。",
        "某经信电子〔2023〕9号",
        "建设世界一流大学和国内多所名牌大学。",
        "设立市级科创产业投资基金。",
    ],
)
def test_ordinary_words_are_no_companies(text: str) -> None:
    """Branches of industry, verbs and numbers do not become companies because they end like one or stand in a list."""
    assert organizations(text) == []


def test_the_place_before_a_short_name_is_not_its_core() -> None:
    """西安霖泰科技 is 霖泰科技, with the longer form kept as another name."""
    mention = next(
        m for m in engine.recognize(document("西安霖泰科技、骏鹭航天等企业牵头。"), VOCABULARY) if m.label == "Company"
    )
    assert (mention.text, mention.canonical) == ("西安霖泰科技", "霖泰科技")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("支持长春理工大学佛山研究院建设。", "长春理工大学佛山研究院"),
        ("依托中国农业科学院兰州兽医研究所开展攻关。", "中国农业科学院兰州兽医研究所"),
        ("(市经信局、电信丰泽分公司)", "电信丰泽分公司"),
        ("支持北大荒种业集团扩大制种。", "北大荒种业集团"),
        ("河钢集团澜骐科技率先改造。", "河钢集团澜骐科技"),
        ("依托国家轴承产品质量检验检测中心(洛阳)提供检测。", "国家轴承产品质量检验检测中心(洛阳)"),
        ("对获得国际展览联盟(UFI)认证的给予奖励。", "国际展览联盟(UFI)"),
        ("(责任单位:市城投集团)", "市城投集团"),
        ("用好省文旅基金。", "省文旅基金"),
        ("2023年河南农业大学参与。", "河南农业大学"),
        ("天津国际医疗器械联合研究院参与。", "天津国际医疗器械联合研究院"),
    ],
)
def test_names_reach_over_their_branches_and_brackets(text: str, name: str) -> None:
    """A branch, a subsidiary and what stands in brackets right after a name belong to it."""
    assert name in organizations(text)


@pytest.mark.parametrize(
    "text", ["建设全国三星级酒店。", "共赢创新发展。", "建设大学科技园、大学城。", "面向武汉大学生创业。", "权威高校联合。"]
)
def test_known_names_inside_other_words_are_none(text: str) -> None:
    """三星 in 三星级, 赢创 in 共赢创新, 武汉大学 in 武汉大学生: a name must stand by itself."""
    assert organizations(text) == []


def test_a_body_listed_among_projects_is_one() -> None:
    """海洋大学 in 推进…、海洋大学等重大项目建设 is still to be built."""
    assert organizations("推进深海科考码头、海洋大学等重大项目建设。") == []


def test_columns_of_companies() -> None:
    """Cells under 链主企业 hold companies, a dash or an agency is none."""
    assert organizations(table("链主企业", "融岳光电、澜骐", "—", "市工业和信息化局")) == ["融岳光电", "澜骐"]
    assert organizations(table("产业链", "融岳光电、澜骐")) == []


def test_ordinary_words_make_up_a_string_or_not() -> None:
    """智能制造 is made of ordinary words, 鑫骐 is not, 重点鑫骐 holds one."""
    words = ordinary(VOCABULARY)
    assert words.makes_up("智能制造") and not words.makes_up("鑫骐")
    assert words.holds_one("重点鑫骐") and not words.holds_one("鑫骐澜")
