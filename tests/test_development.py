"""Who develops what, and what only stands nearby."""

from __future__ import annotations

import pytest

from kg import linking, ontology, relations
from kg.recognizers import engine
from tests.passages import document

VOCABULARY = ontology.load()
TITLE = "宜昌市先进材料产业发展行动方案（2024—2026年）\n\n"
NEWS = "宜昌磷化工向新而行\n\n"


def developed(text: str, name: str = "passage.txt") -> set[tuple[str, str]]:
    """(place, topic) of every develops fact of a text."""
    passage = document(text, name)
    linked, _ = linking.link(passage, VOCABULARY, engine.recognize(passage, VOCABULARY))
    names = {e.iri: e.name for e in linked.entities}
    return {(names[f.subject], names[f.object]) for f in relations.relate(linked, VOCABULARY) if f.predicate == "develops"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("磷化工：黄磷、磷酸铁锂。\n", "磷化工"),
        ("二、重点领域\n（一）氢能。\n到2026年建成加氢站。\n", "氢能"),
        ("枝江市：生物医药，兴山县：磷化工。\n", "生物医药"),
        ("到2026年，新型储能产业产值突破300亿元。\n", "新型储能"),
        ("支持夷陵区建设新能源汽车产业园。\n", "新能源汽车"),
    ],
)
def test_what_a_policy_names_is_developed(text: str, topic: str) -> None:
    """A label, a heading, a list behind a district, a goal and a park say that the issuing place develops the industry."""
    assert ("宜昌市", topic) in developed(TITLE + text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("淘汰落后产能，不再新增电镀项目。\n", "电镀"),
        ("推动新材料在航空航天、轨道交通等领域的规模化应用。\n", "轨道交通"),
    ],
)
def test_what_only_stands_nearby_is_not_developed(text: str, topic: str) -> None:
    """What is cut back and a field of application are not developed."""
    assert topic not in {t for _, t in developed(TITLE + text)}


def test_a_column_of_industries_is_developed_and_a_column_of_companies_is_not() -> None:
    """In a table 产业链 lists what is developed; 链主企业 lists names that may hold an industry's."""
    table = (
        TITLE
        + "| 产业链 | 链长 | 链主企业 |\n|---|---|---|\n| 装备制造 | 副市长 | 三峡造船 |\n| 生物医药 | 副市长 | 人福药业 |\n"
    )
    found = developed(table, "passage.md")
    assert {("宜昌市", "装备制造"), ("宜昌市", "生物医药")} <= found
    assert not {t for _, t in found} & {"造船", "药业"}


def test_in_news_the_subject_of_the_sentence_develops() -> None:
    """Another province that news speak of develops its own industries; a district's are its city's."""
    text = NEWS + "宜昌市加快发展磷化工。\n四川省大力发展锂电池产业，建设动力电池基地。\n"
    found = developed(text)
    assert ("宜昌市", "磷化工") in found
    assert ("四川省", "锂电池") in found and ("宜昌市", "锂电池") not in found


def test_a_place_where_something_is_built_does_not_develop_it() -> None:
    """落户夷陵区 names a site."""
    assert not [p for p, _ in developed(NEWS + "宜昌市引进新能源汽车项目，落户夷陵区的储能电站即将投产。\n") if p == "夷陵区"]


def test_central_bodies_speak_for_china() -> None:
    """News of a ministry's policy: China develops, not a city that is named as a site."""
    text = (
        "低空经济迎来新政\n\n近日，工业和信息化部联合国家发展改革委发布《低空装备行动方案》，提出我国大力发展低空经济。\n\n"
        "工业和信息化部表示，支持合肥、芜湖等地建设低空经济集聚区，中国将加快发展通用航空。\n"
    )
    assert {p for p, t in developed(text) if t in ("低空经济", "通用航空")} == {"中国"}


def test_an_office_speaks_for_its_place_in_news() -> None:
    """山西省阳泉市政府印发…: the city develops, not its province and not the city of the headline."""
    text = NEWS + "宜昌市壮大磷化工。\n\n近日，山西省阳泉市政府印发行动计划，将大力发展低空经济。\n"
    assert ("阳泉市", "低空经济") in developed(text)


def test_a_notice_about_a_park_is_the_parks() -> None:
    """A province's department writes about a zone: the zone of the title develops, not the province that signs."""
    text = "湖南省科学技术厅关于加快长沙高新区建设发展的通知\n湘科发〔2024〕5号\n\n要大力发展量子科技。\n\n湖南省科学技术厅\n2024年3月1日\n"
    assert developed(text) == {("长沙高新技术产业开发区", "量子科技")}
