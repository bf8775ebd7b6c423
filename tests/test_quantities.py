"""Quantity mentions: number and unit exactly as written, wherever they stand."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.model import Document, Source
from kg.recognizers.quantity import recognize
from kg.targets import units


def found(text: str) -> list[tuple[str, str, str]]:
    """(text, value, unit) of every quantity of a text."""
    document = Document(Source("a.txt", "a.txt", "0" * 64, len(text), "text/plain"), text, ())
    mentions = recognize(document, ontology.load(), ())
    assert all(document.text[m.start : m.end] == m.text for m in mentions)
    return [(m.text, m.attribute("value") or "", m.attribute("unit") or "") for m in mentions]


CASES = {
    "产值1.5万亿元": ("1.5万亿元", "1.5", "万亿元"),
    "企业１５０家": ("１５０家", "150", "家"),
    "占比12.5％": ("12.5％", "12.5", "%"),
    "提高0.8个百分点": ("0.8个百分点", "0.8", "个百分点"),
    "投资1,234.5亿元": ("1,234.5亿元", "1234.5", "亿元"),
    "算力5000PFLOPS": ("5000PFLOPS", "5000", "PFLOPS"),
    "产能60GWh": ("60GWh", "60", "GWh"),
    "装机300万千瓦": ("300万千瓦", "300", "万千瓦"),
    "面积20平方公里": ("20平方公里", "20", "平方公里"),
    "千亿级集群": ("千亿级", "1000", "亿元"),
    "万亿级产业": ("万亿级", "1", "万亿元"),
    "超千亿元": ("千亿元", "1000", "亿元"),
    "亿元以上项目": ("亿元", "1", "亿元"),
    "达到百分之三十五": ("百分之三十五", "35", "%"),
    "三千五百亿元": ("三千五百亿元", "3500", "亿元"),
    "八十余家企业": ("八十余家", "80", "家"),
    "80余家企业": ("80余家", "80", "家"),
    "1.7万多条": ("1.7万多条", "1.7", "万条"),
    "2—3个": ("2—3个", "2", "个"),
    "20%-30%": ("20%-30%", "20", "%"),
    "600亿~800亿元": ("600亿~800亿元", "600", "亿元"),
    "50万吨/年": ("50万吨/年", "50", "万吨/年"),
    "翻两番": ("翻两番", "2", "番"),
    "发展指数达到65": ("65", "65", ""),
    "金额30億美元": ("30億美元", "30", "亿美元"),
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=list(CASES))
def test_quantity_is_read_as_written(text: str, expected: tuple[str, str, str]) -> None:
    """Each form gives one mention with its value and its unit."""
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text", ["2025年", "第3条", "5G网络", "渝府发〔2014〕25号", "4K/8K", "十四五", "一些企业", "万众一心", "某地千年古城"]
)
def test_what_is_no_quantity_is_left(text: str) -> None:
    """Dates, ordinals, names and idioms are no quantities."""
    assert found(text) == []


def test_range_keeps_its_upper_bound() -> None:
    """A range carries both bounds."""
    document = Document(Source("a.txt", "a.txt", "0" * 64, 5, "text/plain"), "建设10至15个园区", ())
    (mention,) = recognize(document, ontology.load(), ())
    assert (mention.attribute("value"), mention.attribute("upper"), mention.attribute("unit")) == ("10", "15", "个")


BASES = {
    ("1.5", "万亿元"): ("1500000000000", "元"),
    ("30", "亿美元"): ("3000000000", "美元"),
    ("5", "万千瓦"): ("50000000", "瓦"),
    ("60", "GWh"): ("60000000", "千瓦时"),
    ("20", "平方公里"): ("20000000", "平方米"),
    ("3", "万吨/年"): ("30000", "吨/年"),
    ("2.5", "万个"): ("25000", "个"),
    ("12", "%"): ("12", "%"),
    ("7", "未知单位"): ("7", "未知单位"),
}


@pytest.mark.parametrize(("written", "expected"), BASES.items(), ids=[v + u for v, u in BASES])
def test_base_value_is_exact(written: tuple[str, str], expected: tuple[str, str]) -> None:
    """Values in base units are exact decimals; an unknown unit is kept as it is."""
    assert units.base(*written, ontology.load()) == expected


def test_every_unit_has_a_number_as_factor_and_both_labels() -> None:
    """Each unit of the vocabulary can be converted and shown in both languages."""
    for unit in ontology.load().of_kinds("Unit"):
        assert float(unit.value("factor") or "x") > 0 and unit.value("baseUnit") and unit.name and unit.name_en, unit.iri


def test_metric_concept_is_the_longest_known_ending() -> None:
    """The concept of a metric is the longest known name that the words end in."""
    concept = units.metric_concept("新能源汽车产业营业收入", ontology.load())
    assert concept == "https://w3id.org/policy-kg/id/metric/营业收入"
