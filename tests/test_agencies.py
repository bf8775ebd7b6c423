"""Government bodies: found in every usual form, named in full by place and level."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.linking import agencies, issuer
from kg.recognizers import agency, gazetteer, place
from tests.passages import document


def named(text: str) -> dict[str, str]:
    """Words of each body in ``text`` -> its full name."""
    vocabulary = ontology.load()
    passage = document(text)
    found = [*gazetteer.recognize(passage, vocabulary, [])]
    found += place.recognize(passage, vocabulary, found)
    found += agency.recognize(passage, vocabulary, found)
    bodies = [m for m in found if m.label == "Agency" and m.rule != "gazetteer"]
    speaker = issuer.find_issuer(passage, vocabulary, [m for m in found if m.rule != "gazetteer"])
    resolved = agencies.resolve(bodies, passage, vocabulary, speaker.place_iri)
    for mention in bodies:
        assert passage.text[mention.start : mention.end] == mention.text
    return {mention.text: name for mention, (_, name) in resolved.items()}


CITY = "泉州市数字经济发展行动计划\n一、加快培育\n"
REGION = "内蒙古自治区人民政府办公厅关于印发自治区新能源装备发展行动方案的通知\n"
DISTRICT = "深圳市龙岗区工业和信息化局关于印发《深圳市龙岗区关于支持低空经济发展的若干措施》的通知\n"
PROVINCE = "陕西省人民政府办公厅关于印发高新区认定管理办法的通知\n"


@pytest.mark.parametrize(
    ("text", "words", "full"),
    [
        (CITY + "由市工信局牵头。", "市工信局", "泉州市工业和信息化局"),
        (CITY + "由市发改委牵头。", "市发改委", "泉州市发展和改革委员会"),
        (CITY + "由省科技厅支持。", "省科技厅", "福建省科学技术厅"),
        (CITY + "市委、市政府高度重视。", "市委", "中共泉州市委员会"),
        (CITY + "市委组织部负责。", "市委组织部", "中共泉州市委组织部"),
        (CITY + "（责任单位：市科技局、发改局、税务局）", "发改局", "泉州市发展和改革局"),
        (CITY + "（责任单位：市科技局、发改局、税务局）", "税务局", "国家税务总局泉州市税务局"),
        (PROVINCE + "由陕西金融监管局负责。", "陕西金融监管局", "国家金融监督管理总局陕西监管局"),
        (REGION + "（自治区能源局、工业和信息化厅）", "自治区能源局", "内蒙古自治区能源局"),
        (REGION + "（自治区能源局、工业和信息化厅）", "工业和信息化厅", "内蒙古自治区工业和信息化厅"),
        (DISTRICT + "由区工信局解释。", "区工信局", "龙岗区工业和信息化局"),
        (DISTRICT + "由市工信局支持。", "市工信局", "深圳市工业和信息化局"),
        (PROVINCE + "由省金融监管局负责。", "省金融监管局", "陕西省地方金融监督管理局"),
        (CITY + "由泉州海关负责。", "泉州海关", "泉州海关"),
        (CITY + "由市水务局负责。", "市水务局", "泉州市水务局"),
        (PROVINCE + "由省地方金融监管局负责。", "省地方金融监管局", "陕西省地方金融监督管理局"),
        ("上海市经信委与江苏省工信厅签约。", "上海市经信委", "上海市经济和信息化委员会"),
        ("上海市经信委与江苏省工信厅签约。", "江苏省工信厅", "江苏省工业和信息化厅"),
        ("国家发展改革委、工信部联合印发通知。", "国家发展改革委", "国家发展和改革委员会"),
        ("国家发展改革委、工信部联合印发通知。", "工信部", "工业和信息化部"),
        ("工信部办公厅印发通知。", "工信部办公厅", "工业和信息化部办公厅"),
        ("国务院安全生产工作领导小组办公室印发通知。", "国务院安全生产工作领导小组办公室", "国务院安全生产工作领导小组办公室"),
        (CITY + "新湾街道办事处组织实施。", "新湾街道办事处", "新湾街道办事处"),
        (CITY + "（责任单位：市茶产业发展中心、市财政局）", "市茶产业发展中心", "泉州市茶产业发展中心"),
        (CITY + "（市文化保护和传承事务局）", "市文化保护和传承事务局", "泉州市文化保护和传承事务局"),
        (CITY + "（市科技局，晋江市、石狮市和南安市政府）", "石狮市", "石狮市人民政府"),
        (CITY + "晋江市、石狮市人力资源和社会保障局：", "晋江市", "晋江市人力资源和社会保障局"),
        (CITY + "（安溪县生态环境分局、市房管局）", "安溪县生态环境分局", "泉州市生态环境局安溪分局"),
        (CITY + "（安溪县生态环境分局、市房管局）", "市房管局", "泉州市住房保障和房屋管理局"),
        (
            CITY + "泉州市石化和纺织产业工作专班办公室\n2024年5月6日\n",
            "泉州市石化和纺织产业工作专班办公室",
            "泉州市石化和纺织产业工作专班办公室",
        ),
        (CITY + "泉州市数据工作推进小组负责决策。", "泉州市数据工作推进小组", "泉州市数据工作推进小组"),
        (CITY + "由晋江经济开发区管委牵头。", "晋江经济开发区管委", "晋江经济开发区管理委员会"),
        (
            "长沙市光伏产业行动计划\n一、加快培育\n（市科技局、高新区管委会）",
            "高新区管委会",
            "长沙高新技术产业开发区管理委员会",
        ),
    ],
)
def test_short_form_gets_the_full_name_of_its_place_and_level(text: str, words: str, full: str) -> None:
    """A short form is named in full from the issuer, its level and what it abridges."""
    assert named(text).get(words) == full


@pytest.mark.parametrize(
    "text",
    [
        "各有关部门要加强协调。",
        "各区县人民政府，市政府各部门",
        "生态环境部门负责监督。",
        "各市、自治州人民政府要落实。",
        "委托第三方机构评估。",
        "县委书记到会讲话。",
        "形成全市产业发展格局。",
        "各省、自治区住房城乡建设厅，直辖市住房城乡建设委：",
        "（支持全区创业服务中心、创新中心建设）",
        "（市科技局等各市场主体推进中心）",
        "打造区域算力中心。",
    ],
)
def test_general_words_are_no_bodies(text: str) -> None:
    """Addressees in general, departments of a kind and posts name no body."""
    unwanted = {
        "生态环境部",
        "州人民政府",
        "县人民政府",
        "区县人民政府",
        "委",
        "县委",
        "有关部门",
        "市产业发展格局",
        "自治区住房城乡建设厅",
        "区创业服务中心",
        "创新中心",
        "区域算力中心",
        "市场主体推进中心",
    }
    assert not unwanted & set(named(CITY + text))


def test_task_force_of_the_issuer_takes_its_place() -> None:
    """全市…联席会议 is the issuer's."""
    assert "泉州市陶瓷产业发展联席会议" in named(CITY + "建立全市陶瓷产业发展联席会议制度。").values()


def test_zone_in_a_list_of_bodies_is_its_committee() -> None:
    """火炬开发区 among the bodies of a task is the zone's managing committee."""
    text = "中山市光电产业行动方案\n（市科技局、工信局、火炬开发区）"
    assert named(text)["火炬开发区"].endswith("管理委员会")


def test_same_body_in_two_forms_is_one() -> None:
    """市工信局 and 泉州市工业和信息化局 get the same IRI."""
    vocabulary = ontology.load()
    passage = document(CITY + "泉州市工业和信息化局会同有关方面推进。市工信局负责。")
    found = [*gazetteer.recognize(passage, vocabulary, [])]
    found += place.recognize(passage, vocabulary, found)
    found += agency.recognize(passage, vocabulary, found)
    speaker = issuer.find_issuer(passage, vocabulary, [m for m in found if m.rule != "gazetteer"])
    resolved = agencies.resolve(
        [m for m in found if m.label == "Agency" and m.rule != "gazetteer"], passage, vocabulary, speaker.place_iri
    )
    assert len({found_iri for found_iri, _ in resolved.values()}) == 1 and len(resolved) == 2


def issuing(text: str) -> tuple[str, str | None]:
    vocabulary = ontology.load()
    passage = document(text)
    found = [*gazetteer.recognize(passage, vocabulary, [])]
    found += place.recognize(passage, vocabulary, found)
    found += agency.recognize(passage, vocabulary, found)
    speaker = issuer.find_issuer(passage, vocabulary, [m for m in found if m.rule != "gazetteer"])
    return vocabulary.concepts[speaker.place_iri or ""].name, speaker.agency_name


@pytest.mark.parametrize(
    ("text", "place_name", "body"),
    [
        ("义乌市人民政府关于促进医疗健康产业发展的实施意见\n各镇人民政府：\n我市产业基础好。\n", "义乌市", "义乌市人民政府"),
        ("各镇人民政府：\n为促进我市发展，提出意见。\n义乌市人民政府\n2014年5月6日\n", "义乌市", "义乌市人民政府"),
        ("近日，深圳发布行动计划。深圳将培育集群，上海、北京也有布局。\n", "深圳市", None),
    ],
)
def test_issuer_is_found_from_title_signature_and_news(text: str, place_name: str, body: str | None) -> None:
    """The place that opens the title or signs is the issuer, with its body; a news text has a place but no signing body."""
    assert issuing(text) == (place_name, body)


def test_what_a_list_alone_says_is_less_sure_than_what_is_written_out() -> None:
    """A place in a list of duties has a lower score than a body named with place and function."""
    vocabulary = ontology.load()
    passage = document(CITY + "（泉州市财政局、晋江市、市茶产业发展中心）")
    found = [*gazetteer.recognize(passage, vocabulary, [])]
    found += place.recognize(passage, vocabulary, found)
    score = {m.text: m.score for m in agency.recognize(passage, vocabulary, found)}
    assert score["泉州市财政局"] > score["市茶产业发展中心"] > score["晋江市"]


def test_bureaus_by_kind_and_the_merchants_company_are_no_bodies() -> None:
    """科技厅（局） means all of them; 招商局重工 is a company."""
    found = named(CITY + "各省、自治区工业和信息化主管部门、科技厅（局）、财政厅（局）：支持招商局重工发展。")
    assert not {"科技厅", "财政厅", "招商局"} & set(found)


def test_an_office_inside_the_committee_of_a_zone() -> None:
    """管委会投资促进处 in a text of a zone is that zone's."""
    text = "青岛西海岸新区管理委员会关于印发行动方案的通知\n一、保障措施\n由管委会投资促进处负责。\n"
    assert named(text).get("管委会投资促进处", "").endswith("管理委员会投资促进处")
