"""Places: what the vocabulary holds, which words of a text are places, and which place each one is."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path

import pytest

from kg import iri, ontology
from kg.linking import places
from kg.model import Block, Document, Mention, Source
from kg.ontology import Ontology
from kg.recognizers import gazetteer, place


@pytest.fixture(scope="module")
def words() -> Ontology:
    return ontology.load()


def document(text: str) -> Document:
    source = Source(name="t.txt", path="t.txt", sha256="0" * 64, size=len(text), media_type="text/plain")
    return Document(source=source, text=text, blocks=(Block("paragraph", 0, len(text)),))


def recognized(text: str, words: Ontology) -> list[Mention]:
    read = document(text)
    found = place.recognize(read, words, gazetteer.recognize(read, words, []))
    assert all(text[m.start : m.end] == m.text for m in found)
    return found


def resolved(text: str, words: Ontology, issuer: str | None = None) -> dict[str, str]:
    """Text of each mention -> code (or name) of its place."""
    of = places.resolve(recognized(text, words), document(text), words, iri.place(issuer) if issuer else None)
    return {mention.text: iri.local(place_iri) for mention, place_iri in of.items()}


# Vocabulary


def test_every_province_city_and_county_has_a_code_and_a_parent(words: Ontology) -> None:
    """34 provinces, 333 prefectures and at least 2,840 current counties; each parent exists, each code is the IRI's end."""
    current = [c for c in words.of_kinds("Province", "City", "District") if c.value("validUntil") is None]
    count = {kind: sum(1 for c in current if c.kind == kind) for kind in ("Province", "City", "District")}
    assert count["Province"] == 34 and count["City"] == 333 and count["District"] >= 2840
    for concept in words.of_kinds("Province", "City", "District"):
        assert re.fullmatch(r"\d{6}", concept.notation) and concept.iri == iri.place(concept.notation)
        assert concept.broader and all(parent in words.concepts for parent in concept.broader), concept.name


def test_abolished_units_point_to_living_successors(words: Ontology) -> None:
    """崇文区 ended and its successor is 东城区; no successor is missing from the vocabulary or abolished itself."""
    abolished = [c for c in words.of_kinds("City", "District") if c.value("validUntil")]
    assert len(abolished) > 400
    for concept in abolished:
        for successor in concept.properties.get("isReplacedBy", ()):
            assert words.concepts[successor].value("validUntil") is None, concept.name
    assert words.concepts[iri.place("110103")].properties["isReplacedBy"] == (iri.place("110101"),)
    assert words.concepts[iri.place("340721")].properties["isReplacedBy"] == (iri.place("340706"),)


def test_zones_and_regions_have_known_parents(words: Ontology) -> None:
    """Each zone and region of China lies in a place of the vocabulary; the national new areas are there."""
    for concept in words.of_kinds("Zone"):
        assert concept.broader and all(parent in words.concepts for parent in concept.broader), concept.name
    for name in "两江新区 雄安新区 西咸新区 贵安新区 天府新区 湘江新区 滇中新区 赣江新区".split():
        assert words.find(name, ("Zone",)), name


@pytest.mark.parametrize(
    ("form", "code"),
    [("深圳", "440300"), ("广西", "450000"), ("内蒙古", "150000"), ("西双版纳", "532800"), ("恩施州", "422800")],
)
def test_short_names_find_the_official_place(form: str, code: str, words: Ontology) -> None:
    """The usual short name is an alternative label."""
    assert iri.place(code) in {c.iri for c in words.find(form)}


def test_two_letter_county_names_are_no_alternative_labels(words: Ontology) -> None:
    """南山 and 和平 would fire everywhere, so they are short names, not labels."""
    for code, short in (("440305", "南山"), ("120101", "和平")):
        concept = words.concepts[iri.place(code)]
        assert short in concept.properties["shortName"] and short not in concept.aliases


# Recognition


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持福田、南山、宝安等区建设集聚区", {"福田": "福田区", "南山": "南山区", "宝安": "宝安区"}),
        ("在和平、南开、河西等区布局", {"和平": "和平区", "南开": "南开区", "河西": "河西区"}),
        ("支持坪山、光明和大鹏等区创建集聚区", {"坪山": "坪山区", "光明": "光明区", "大鹏": "大鹏新区"}),
        ("支持坦洲、板芙和神湾等镇承接项目", {"坦洲": "坦洲镇", "板芙": "板芙镇", "神湾": "神湾镇"}),
        ("在厦门海沧建设基地", {"厦门": "", "海沧": "海沧区"}),
        ("坦洲、板芙等镇承接项目", {"坦洲": "坦洲镇", "板芙": "板芙镇"}),
        ("打造泉州半导体高新区", {"泉州半导体高新区": "泉州半导体高新技术产业开发区", "泉州": ""}),
        ("粤桂两省加强合作", {"粤": "广东省", "桂": "广西壮族自治区"}),
        ("吸引企业在渝投资", {"渝": "重庆市"}),
        ("大会在蓉召开，在深企业参加", {"深": "深圳市"}),
        ("沪苏浙皖，合力推进", {"沪": "上海市", "苏": "江苏省", "浙": "浙江省", "皖": "安徽省"}),
    ],
)
def test_places_by_pattern(text: str, expected: dict[str, str], words: Ontology) -> None:
    """Lists with one tail, short names after their city, towns, zones and abbreviations get their full name."""
    found = {m.text: m.name for m in recognized(text, words)}
    for form, name in expected.items():
        assert form in found
        assert not name or found[form] == name


@pytest.mark.parametrize(
    "text",
    [
        "走和平发展道路",
        "新增城市地下管网20公里",
        "沿海城市群加快发展",
        "省级示范县域工业集中区",
        "热烈隆重庆祝",
        "推动高新区高质量发展",
        "《省级高新技术产业开发区管理办法》",
        "建成乡镇通三级公路",
        "住房城乡建设厅",
        "消息来源：上海证券报",
        "与阿里巴巴、京东等企业合作",
        "城区面积扩大",
        "南山集团投资建设铝业基地",
        "统筹城乡发展，强化以城带乡",
        "区域协调发展",
        "鼓励各街道办事处",
        "培育一批特色镇",
        "吸引各类人才投资兴业",
        "东方市场规模扩大",
        "事关中国式现代化",
        "正在深化改革、在深入调研基础上",
        "深化执法司法国际合作",
        "加快新城区建设、老城区改造",
    ],
)
def test_words_that_only_look_like_places(text: str, words: Ontology) -> None:
    """None of these holds a place."""
    assert [(m.text, m.rule) for m in recognized(text, words) if m.rule != "place.bare-zone"] == []


def test_cities_joined_by_their_first_characters(words: Ontology) -> None:
    """芜马组合港 of an Anhui text joins 芜湖 and 马鞍山; elsewhere the characters mean nothing, and 南北一体化 never does."""
    joined = {m.text: m.name for m in recognized("安徽省行动方案。构建芜马组合港", words) if m.rule == "place.joined-cities"}
    assert joined == {"芜": "芜湖市", "马": "马鞍山市"}
    assert not [m for m in recognized("广东省行动方案。构建芜马组合港", words) if m.rule == "place.joined-cities"]
    assert not [m for m in recognized("广西行动方案。南北一体化", words) if m.rule == "place.joined-cities"]


def test_ambiguous_short_name_needs_company(words: Ontology) -> None:
    """白银 is a city in a list of cities and a metal elsewhere."""
    assert "白银" in {m.text for m in recognized("兰州、白银、天水加快发展", words)}
    assert "白银" not in {m.text for m in recognized("黄金、白银价格上涨", words)}


def test_town_name_does_not_swallow_the_verb(words: Ontology) -> None:
    """撤销杜桥镇岸头村 names 杜桥镇, 将东塍镇列入 names 东塍镇."""
    assert [m.text for m in recognized("撤销杜桥镇岸头村", words)] == ["杜桥镇"]
    assert [m.text for m in recognized("规划将东塍镇列入试点", words)] == ["东塍镇"]


@pytest.mark.parametrize(
    "text", ["和" * 3000 + "与" * 3000, "、" * 500, "兰州、" + "白银、" * 2000, "重庆" * 2000 + "高新区", "一" * 9000, ""]
)
def test_odd_text_is_read_in_time_without_error(text: str, words: Ontology) -> None:
    """Long runs of joints, list marks or names raise nothing and cost time in proportion to their length."""
    from time import perf_counter

    started = perf_counter()
    recognized(text, words)
    assert perf_counter() - started < 5


def test_mentions_never_repeat_a_span(words: Ontology) -> None:
    """Each span is at most one place mention."""
    spans = [(m.start, m.end) for m in recognized("支持重庆市两江新区、长寿经开区、西部科学城和成都市高新区", words)]
    assert len(spans) == len(set(spans))


# Linking


@pytest.mark.parametrize(
    ("text", "issuer", "form", "code"),
    [
        ("支持鼓楼区发展软件产业", "350100", "鼓楼区", "350102"),
        ("支持鼓楼区发展软件产业", "320100", "鼓楼区", "320106"),
        ("学习北京市朝阳区的做法", "220100", "朝阳区", "110105"),
        ("支持福田、南山、宝安等区", "440300", "南山", "440305"),
        ("吉林省推进产业振兴，吉林加快发展", "220000", "吉林", "220000"),
        ("我市加快发展", "440305", "我市", "440300"),
        ("我市加快发展", "320583", "我市", "320583"),
        ("全市加快发展", "500000", "全市", "500000"),
        ("全省加快发展", "440300", "全省", "440000"),
        ("全区上下", "450100", "全区", "450000"),
        ("我县加快发展", "360424", "我县", "360424"),
    ],
)
def test_homonyms_and_deictic_words(text: str, issuer: str, form: str, code: str, words: Ontology) -> None:
    """A neighbor decides, then the issuing place and what lies above it."""
    assert resolved(text, words, issuer)[form] == code


def test_a_member_of_a_list_has_the_level_of_its_neighbors(words: Ontology) -> None:
    """吉林 is the city between 长春 and 四平, and each doubtful name of the list is vouched for by the one beside it."""
    found = resolved("长春、吉林、四平、辽源、白山共同发展", words, "220000")
    assert found == {"长春": "220100", "吉林": "220200", "四平": "220300", "辽源": "220400", "白山": "220600"}


@pytest.mark.parametrize(
    ("text", "issuer", "form", "name"),
    [
        ("火炬高新区管委会", "350200", "火炬高新区", "厦门火炬高技术产业开发区"),
        ("火炬高新区管委会", "442000", "火炬高新区", "中山火炬高技术产业开发区"),
        ("支持昆山开发区建设", "320500", "昆山开发区", "昆山经济技术开发区"),
        ("依托武汉东湖高新区建设", "420000", "武汉东湖高新区", "武汉东湖新技术开发区"),
    ],
)
def test_zones_by_their_usual_names(text: str, issuer: str, form: str, name: str, words: Ontology) -> None:
    """The short form of a zone is the zone of the issuing city."""
    assert resolved(text, words, issuer)[form] == name


def test_deictic_word_that_does_not_fit_stays_open(words: Ontology) -> None:
    """全区 in a province's text, and 我市 where no issuer is known, mean no place that we could name."""
    assert resolved("全区上下", words, "440000") == {}
    assert resolved("我市加快发展", words) == {}


def test_local_high_tech_zone_is_the_one_of_the_issuing_city(words: Ontology) -> None:
    """高新区 in a text of 南昌 is 南昌高新技术产业开发区."""
    assert resolved("依次是高新区、经开区", words, "360100")["高新区"] == "南昌高新技术产业开发区"


def test_town_without_code_carries_its_parent(words: Ontology) -> None:
    """杜桥镇 named after 临海市 gets its county before its name, so that two 城关镇 stay apart."""
    assert resolved("临海市杜桥镇", words, "331000")["杜桥镇"] == "临海市杜桥镇"


def test_name_of_a_coded_place(words: Ontology) -> None:
    """The official name comes from the vocabulary; a place without entry has none."""
    assert places.name_of(iri.place("440305"), words) == "南山区"
    assert places.name_of(iri.place("某镇"), words) == ""


# Accuracy


def _plain(name: str) -> str:
    return re.sub(r"[\s\"'“”‘’《》()（）\[\]【】「」]", "", unicodedata.normalize("NFKC", name)).lower()


def test_accuracy_on_annotated_documents(words: Ontology) -> None:
    """At least 95 % of the places of the annotated documents are found, and at least 95 % of those found are right."""
    root = os.environ.get("KG_EVALUATION")
    if not root:
        pytest.skip("KG_EVALUATION is unset: no annotated documents")
    from kg import readers

    hit = missed = wrong = 0
    for file in sorted(Path(root).glob("*/documents/*")):
        gold_file = file.parent.parent / "gold" / f"{file.name}.json"
        gold = [e for e in json.loads(gold_file.read_text("utf-8"))["entities"] if e["type"] == "Place"]
        read = readers.read(file)
        found: dict[str, set[str]] = {}
        mentions = place.recognize(read, words, gazetteer.recognize(read, words, []))
        for mention, place_iri in places.resolve(mentions, read, words, None).items():
            names = found.setdefault(place_iri, {_plain(places.name_of(place_iri, words) or mention.canonical)})
            names.add(_plain(mention.text))
        used = set()
        for entity in gold:
            forms = {_plain(n) for n in [entity["name"], *entity.get("aliases", [])]}
            matches = [i for i, names in found.items() if names & forms]
            used.update(matches)
            if not entity.get("optional"):
                hit, missed = hit + bool(matches), missed + (not matches)
        wrong += len(found.keys() - used)
    assert hit / (hit + missed) >= 0.95
    assert hit / (hit + wrong) >= 0.95


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("浙江省永嘉县。项目落户南湖生态新区，投资5亿元。", "南湖生态新区", "Zone"),
        ("项目落地云和工业新区，投资5亿元。", "云和工业新区", "Zone"),
        ("湖州市长兴县规划。由长兴县、泗安工业园区推进。", "泗安工业园区", "Zone"),
        ("同安区规划。同安工业集中区布局新材料。", "同安工业集中区", "Zone"),
        ("支持西咸新区秦汉新城建设总部。", "秦汉新城", "Zone"),
        ("布局海洋经济，支持以望城经开区为核心。", "望城经济技术开发区", "Zone"),
        ("发挥闽西南协同发展区作用。", "闽西南", "Region"),
        ("青岛市规划。在即墨区、田横经济区、红岛经济区布局。", "红岛经济区", "Zone"),
        ("在本区新湾、义蓬、河庄等镇街布局。", "新湾镇", "Town"),
    ],
)
def test_zones_and_towns_that_no_list_holds(text: str, name: str, kind: str, words: Ontology) -> None:
    """A zone after a verb of place, in a list of places, under a local short name or inside another zone; towns before 镇街."""
    found = recognized(text, words)
    names = {(words.concepts[m.concepts[0]].name if m.concepts else m.canonical, m.label) for m in found}
    assert (name, kind) in names


@pytest.mark.parametrize(
    "text",
    [
        "建设纺织产业融合示范区。",
        "泉州市打造泉州智能制造产业示范区。",
        "推动国家级新区、省级开发区建设。",
        "落户现代产业新区。",
        "依托产业新城发展。",
    ],
)
def test_honors_and_kinds_of_zones_are_no_zones(text: str, words: Ontology) -> None:
    """…产业示范区 is a title or a project, 国家级新区 a kind."""
    assert not [m for m in recognized(text, words) if m.label == "Zone"]


def test_short_name_in_brackets_stands_for_its_zone_everywhere(words: Ontology) -> None:
    """西安国家民用航天产业基地（航天基地）: 航天基地 is the same zone from there on."""
    text = "重点布局在西安国家民用航天产业基地（航天基地）。由航天基地推进。"
    found = [m for m in recognized(text, words) if m.text == "航天基地"]
    assert len(found) == 2 and len({m.concepts or m.canonical for m in found}) == 1


def test_a_place_that_begins_with_the_tail_of_a_town_makes_none(words: Ontology) -> None:
    """与江苏镇江 names a city, no town 江苏镇."""
    assert "江苏镇" not in [m.text for m in recognized("与江苏镇江、浙江嘉兴建立协作机制。", words)]
