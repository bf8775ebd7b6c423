"""Organizations and projects need a proper name; general words for them are none."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.recognizers import engine
from tests.passages import document

VOCABULARY = ontology.load()


def found(text: str, parent: str) -> set[str]:
    """Names of the organizations or projects in a passage."""
    mentions = engine.recognize(document(text), VOCABULARY)
    return {m.canonical for m in mentions if VOCABULARY.is_a(m.label, parent)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("支持绵阳职业技术学院扩大招生。", "绵阳职业技术学院"),
        ("依托赣州稀土研究院开展研究。", "赣州稀土研究院"),
        ("引进蓝鲸未来科技有限公司落户。", "蓝鲸未来科技有限公司"),
        ("发挥洛阳轴承产业协会作用。", "洛阳轴承产业协会"),
    ],
)
def test_a_head_with_a_proper_name_is_an_organization(text: str, name: str) -> None:
    """University, institute, company and association by their heads, without the verb before."""
    assert name in found(text, "Organization")


@pytest.mark.parametrize("text", ["支持高等院校和科研院所合作。", "培育龙头企业、骨干企业。", "鼓励上市公司并购。", "设立产业投资基金。"])
def test_general_bodies_are_no_organizations(text: str) -> None:
    """高校, 龙头企业, 上市公司 name nobody."""
    assert found(text, "Organization") == set()


def test_companies_are_listed_under_their_summary() -> None:
    """The members of a list that ends in 等龙头企业 are companies, whatever they are called."""
    assert {"甲鱼光电", "乙木新材"} <= found("引进甲鱼光电、乙木新材等龙头企业。", "Organization")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("加快建设宜宾三江新区智能终端产业园。", "宜宾三江新区智能终端产业园"),
        ("办好中国(绵阳)科技城国际科技博览会。", "中国(绵阳)科技城国际科技博览会"),
        ("争创国家先进计算产业创新中心。", "国家先进计算产业创新中心"),
        ("实施“青春筑梦”计划。", "“青春筑梦”计划"),
    ],
)
def test_a_project_has_something_proper(text: str, name: str) -> None:
    """A place, 国家, or quotation marks make a park, a fair, a centre or a programme a project."""
    assert name in found(text, "Project")


@pytest.mark.parametrize("text", ["建设一批产业园区。", "打造公共服务平台。", "推进重大项目建设。", "建成创新基地10个。"])
def test_unnamed_carriers_are_no_projects(text: str) -> None:
    """一批产业园区, 公共服务平台 name nothing."""
    assert found(text, "Project") == set()


def test_items_of_a_list_take_the_head_they_share() -> None:
    """甲、乙等抽水蓄能电站 are two power stations."""
    assert {"道县抽水蓄能电站", "桃江抽水蓄能电站"} <= found("推进道县、桃江等抽水蓄能电站建设。", "Project")
