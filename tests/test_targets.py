"""Targets from sentences of many provinces and kinds of text. The examples are our own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg import iri, ontology
from kg.model import Block, BlockKind, Document, Entity, Linked, Mention, Metadata, Source
from kg.recognizers import quantity
from kg.targets import Found, find_targets

PLACE = iri.place("某市")
POLICY = iri.policy("某市制造业行动计划（2024—2026年）")


def document(text: str, published: str | None = "2024-03-01") -> Document:
    """A document of lines: # marks a heading, the rest are paragraphs."""
    blocks: list[Block] = []
    offset, parent, body = 0, -1, text.replace("# ", "")
    for line, plain in zip(text.split("\n"), body.split("\n"), strict=True):
        heading = line.startswith("# ")
        kind: BlockKind = "heading" if heading else "cell" if "|" in line else "paragraph"
        blocks.append(Block(kind, offset, offset + len(plain), 1 if heading else 0, -1 if heading else parent))
        parent = len(blocks) - 1 if heading else parent
        offset += len(plain) + 1
    return Document(
        Source("a.txt", "a.txt", "0" * 64, len(text), "text/plain"),
        body,
        tuple(blocks),
        Metadata(published=published, number="某政发〔2024〕1号"),
    )


def linked(
    text: str, topics: tuple[str, ...] = (), places: tuple[str, ...] = (), published: str | None = "2024-03-01"
) -> Linked:
    doc = document(text, published)
    entities = [Entity(POLICY, "Policy", "某市制造业行动计划（2024—2026年）"), Entity(PLACE, "City", "某市", implied=True)]
    for label, names in (("Industry", topics), ("District", places)):
        for name in names:
            mentions = []
            start = doc.text.find(name)
            while start >= 0:
                mentions.append(Mention(start, start + len(name), label, name, "test"))
                start = doc.text.find(name, start + 1)
            entities.append(Entity(iri.named(label, name), label, name, (), tuple(mentions)))
    return Linked(doc, tuple(entities), PLACE, None, POLICY)


def _targets_of(found: Linked) -> Found:
    return find_targets(found, ontology.load(), tuple(quantity.recognize(found.document, ontology.load(), ())))


def read(text: str, **options: object) -> Found:
    return _targets_of(linked(text, **options))  # type: ignore[arg-type]


Row = tuple[str, str, str, int | None]

CASES: list[tuple[str, list[Row]]] = [
    ("到2027年，全省生物医药产业营业收入突破3000亿元。", [(">=", "3000", "亿元", 2027)]),
    ("到2030年，氢能产业产值达到500亿元以上。", [(">=", "500", "亿元", 2030)]),
    ("到2026年，规上工业增加值年均增长7.5%。", [("+", "7.5", "%", 2026)]),
    ("到2025年，数字经济核心产业增加值占地区生产总值比重提高到12%左右。", [("~", "12", "%", 2025)]),
    ("到2025年，研发经费投入强度提高0.5个百分点。", [("+", "0.5", "个百分点", 2025)]),
    ("到2025年，单位工业增加值用水量比2020年下降18%。", [("=", "18", "%", 2025)]),
    ("到2025年，单位地区生产总值能耗降低14%以上。", [(">=", "14", "%", 2025)]),
    ("“十四五”期间，新增国家级专精特新“小巨人”企业80家。", [("+", "80", "家", 2025)]),
    ("到“十五五”末，产业规模力争翻一番。", [("+", "1", "番", 2030)]),
    ("力争到2028年引进整车企业2—3家。", [(">=", "2", "家", 2028), ("<=", "3", "家", 2028)]),
    ("到2027年，培育年营业收入10亿元以上企业15家。", [("=", "15", "家", 2027)]),
    ("到2027年，打造5个百亿级特色产业园区。", [("=", "5", "个", 2027)]),
    ("到2026年，形成千亿级新材料产业集群。", [("~", "1000", "亿元", 2026)]),
    ("到2025年，新能源汽车产量达到1.5万辆，动力电池产能达到60GWh。", [("=", "1.5", "万辆", 2025), ("=", "60", "GWh", 2025)]),
    ("到2026年，规上企业用水重复利用率不低于94%。", [(">=", "94", "%", 2026)]),
    ("到2026年，审批时间压缩到不超过30%。", [("<=", "30", "%", 2026)]),
    ("到2025年，万元产值能耗控制在0.3吨标准煤以内。", [("<=", "0.3", "吨标准煤", 2025)]),
    ("到2025年，建成标准厂房200万平方米。", [("=", "200", "万平方米", 2025)]),
    (
        "到2025年底，光伏发电装机容量达到1200万千瓦，风电装机容量达到800万千瓦。",
        [("=", "1200", "万千瓦", 2025), ("=", "800", "万千瓦", 2025)],
    ),
    ("到2027年，智能算力规模超过10EFLOPS。", [(">=", "10", "EFLOPS", 2027)]),
    ("三年内培育高新技术企业300家。", [("=", "300", "家", 2026)]),
    ("今年完成技术改造投资450亿元。", [("=", "450", "亿元", 2024)]),
    ("到2025年，研发机构覆盖率、发明专利授权率分别达到50%、60%以上。", [(">=", "50", "%", 2025), (">=", "60", "%", 2025)]),
    ("到2030年，服务业增加值达到两千五百亿元。", [("=", "2500", "亿元", 2030)]),
    ("到2026年，建成50个智能工厂和500个数字化车间。", [("=", "50", "个", 2026), ("=", "500", "个", 2026)]),
    ("到2025年，园区总产值达到1,200亿元，年均增长15%。", [("=", "1200", "亿元", 2025), ("+", "15", "%", 2025)]),
    ("到2026年，每万人口高价值发明专利拥有量达到12.5件。", [("=", "12.5", "件", 2026)]),
    ("到2027年，两化融合发展水平指数达到68。", [("=", "68", "", 2027)]),
    ("到2025年，旅游接待人数达到3亿人次，旅游总收入突破3000亿元。", [("=", "3", "亿人次", 2025), (">=", "3000", "亿元", 2025)]),
    ("到2025年，培育产值超百亿元企业5家、超50亿元企业10家。", [("=", "5", "家", 2025), ("=", "10", "家", 2025)]),
    ("到2030年，培育1个万亿级、10个千亿级产业集群。", [("=", "1", "个", 2030), ("=", "10", "个", 2030)]),
    ("到2025年，关键工序数控化率、数字化研发设计工具普及率分别达68%和85%。", [("=", "68", "%", 2025), ("=", "85", "%", 2025)]),
    ("到2027年，工业总产值年均增速保持在8%以上。", [(">=", "8", "%", 2027)]),
    ("到2025年，累计引进和培养高层次人才约1000名。", [("~", "1000", "名", 2025)]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:24] for text, _ in CASES])
def test_sentence_gives_its_targets(text: str, expected: list[Row]) -> None:
    """Operator, value, unit and year of each target are those of the sentence, and nothing else is found."""
    targets, incentives, _, unread = read(text)
    assert [(t.operator, t.value, t.unit, t.year) for t in targets if not t.baseline] == expected
    assert not incentives and not unread


NO_TARGETS = [
    "对新认定的国家级企业技术中心，一次性奖励最高500万元。",
    "对固定资产投资5亿元以上的项目，按照实际投资额的10%给予补助。",
    "实施八大工程，聚焦三个重点领域，发展3大优势产业。",
    "本办法自2024年5月1日起施行，有效期3年，联系电话：0531-86912345。",
    "依据《某省数字经济促进条例》（某政发〔2023〕15号）第12条制定。",
    "申报企业须成立满2年，注册资本不低于1000万元。",
    "重点发展8.5代TFT-LCD、28纳米芯片和5G通信设备。",
    "资金安排坚持“1+3+N”体系，提出28条措施。",
    "请于30个工作日内将材料报送至市工业和信息化局。",
]


@pytest.mark.parametrize("text", NO_TARGETS, ids=[t[:20] for t in NO_TARGETS])
def test_support_dates_and_style_counts_are_no_targets(text: str) -> None:
    """Support money, conditions, dates, names and counts for style set no aim, and each number has a use."""
    targets, _, uses, unread = read(text)
    assert [t.evidence.quote for t in targets if not t.baseline] == []
    assert uses and not unread


def test_support_gives_amount_rate_and_threshold() -> None:
    """对投资5亿元以上的项目，给予10%、最高2000万元补助: the condition, the rate and the amount are told apart."""
    _, incentives, _, _ = read("对固定资产投资5亿元以上的项目，按投资额的10%给予补助，最高2000万元。")
    assert [(i.kind, i.value, i.unit) for i in incentives] == [
        ("threshold", "5", "亿元"), ("rate", "10", "%"), ("amount", "2000", "万元"),
    ]  # fmt: skip


def test_figures_about_the_past_are_baselines() -> None:
    """A figure about what is already so is kept, marked as baseline."""
    targets, _, _, _ = read("截至2023年底，全市已有规上企业1200家，实现产值2300亿元。")
    assert targets and all(t.baseline for t in targets)


def test_year_of_a_goals_section_reaches_its_paragraphs_only() -> None:
    """到2026年 in the goals section governs its later paragraphs, and not the tasks that follow."""
    targets, _, _, _ = read(
        "# 二、主要目标\n到2026年，产业体系基本形成。\n产业规模达到900亿元。\n# 三、主要任务\n建设公共服务平台6个。"
    )
    assert [(t.value, t.year) for t in targets] == [("900", 2026), ("6", None)]


def test_heading_year_governs_its_section() -> None:
    """A year in a heading governs the section below it."""
    targets, _, _, _ = read("# 到2028年的目标\n产值突破700亿元。\n# 保障措施\n培养技能人才3000人。")
    assert [(t.value, t.year) for t in targets] == [("700", 2028), ("3000", None)]


def test_year_of_another_policy_is_not_taken() -> None:
    """A year inside 《》 belongs to that title."""
    targets, _, _, _ = read("落实《某省规划（2021—2025年）》，建设检测中心4个。")
    assert [(t.value, t.year) for t in targets] == [("4", None)]


def test_table_row_gives_metric_and_the_section_gives_the_year() -> None:
    """In a table the cell before the number is the metric."""
    targets, _, _, _ = read("# 到2027年的发展目标\n产业规模 | 机器人产业营业收入 | 600亿元以上")
    assert [(t.metric, t.operator, t.value, t.year) for t in targets] == [("机器人产业营业收入", ">=", "600", 2027)]


def test_indicator_table_gives_one_target_per_year_column() -> None:
    """In a table of indicators the column gives the year, the 单位 cell the unit, and past columns are baselines."""
    rows = [
        ["序号", "指标", "单位", "2022年", "2027年"],
        ["1", "工业增加值", "亿元", "820", "1,500"],
        ["2", "研发投入强度（%）", "", "2.1", "≥3"],
    ]
    text, blocks = "", []
    for row in rows:
        for column, cell in enumerate(row):
            blocks.append(
                Block(
                    "cell", len(text), len(text) + len(cell), row=row[1], column=rows[0][column] if row is not rows[0] else ""
                )
            )
            text += cell + (" | " if column < 4 else "\n")
    doc = Document(
        Source("a.txt", "a.txt", "0" * 64, len(text), "text/plain"), text, tuple(blocks), Metadata(published="2023-05-01")
    )
    targets, _, _, unread = _targets_of(Linked(doc, (), None, None, POLICY))
    assert [(t.metric, t.operator, t.value, t.unit, t.year, t.baseline) for t in targets] == [
        ("工业增加值", "=", "820", "亿元", 2022, True),
        ("工业增加值", "=", "1500", "亿元", 2027, False),
        ("研发投入强度", "=", "2.1", "%", 2022, True),
        ("研发投入强度", ">=", "3", "%", 2027, False),
    ]
    assert not unread


def test_topic_and_place_come_from_the_clause() -> None:
    """The industry in the metric is the topic; a district that the clause names is the place."""
    targets, _, _, _ = read("到2025年，东湖区软件产业营业收入达到200亿元。", topics=("软件",), places=("东湖区",))
    assert [(t.place, t.topic) for t in targets] == [(iri.named("District", "东湖区"), iri.named("Industry", "软件"))]


def test_heading_gives_topic_and_the_issuer_gives_place() -> None:
    """A generic metric takes the industry of its heading and the place of the issuer."""
    targets, _, _, _ = read("# （一）氢能产业\n到2025年，总产值突破100亿元。", topics=("氢能",))
    assert [(t.place, t.topic) for t in targets] == [(PLACE, iri.named("Industry", "氢能"))]


def test_said_of_each_gives_one_target_per_industry() -> None:
    """A、B两大产业均突破 gives a target for each industry."""
    targets, _, _, _ = read("到2026年，装备制造、食品加工两大产业均突破1000亿元。", topics=("装备制造", "食品加工"))
    assert [t.topic for t in targets] == [iri.named("Industry", "装备制造"), iri.named("Industry", "食品加工")]


def test_quote_is_the_text_at_its_offsets() -> None:
    """text[start:end] == quote for every target and incentive."""
    found = linked("到2027年，营业收入超过1.5万亿元，新增上市公司20家；对上市企业给予最高300万元奖励。")
    targets, incentives, _, _ = _targets_of(found)
    assert len(targets) == 2 and len(incentives) == 1
    for evidence in [s.evidence for s in (*targets, *incentives)]:
        assert found.document.text[evidence.start : evidence.end] == evidence.quote


def test_value_in_base_units() -> None:
    """1.5万亿元 is 1500000000000 元."""
    targets, _, _, _ = read("到2027年，工业总产值达到1.5万亿元。")
    assert (targets[0].base_value, targets[0].base_unit) == ("1500000000000", "元")


def test_every_digit_has_a_use() -> None:
    """No digit of a text is left out of the account."""
    text = "2024年3月，某政发〔2024〕1号提出：到2025年建设5G基站2.5万个；电话010-12345678；约37。"
    _, _, uses, unread = read(text)
    for offset, char in enumerate(text):
        if char.isdigit():
            assert any(u.start <= offset < u.end for u in uses), text[offset:]
    assert [u.text for u in unread] == ["37"]


@pytest.mark.skipif("KG_EVALUATION" not in os.environ, reason="KG_EVALUATION names no folder with dev/ and open/")
def test_every_quote_of_real_documents_stands_at_its_offsets() -> None:
    """Evidence of real documents is exact, whatever their layout."""
    from kg import pipeline

    for path in sorted(Path(os.environ["KG_EVALUATION"]).glob("open/documents/*")):
        extraction = pipeline.extract(path)
        for target in extraction.targets:
            evidence = target.evidence
            assert extraction.document.text[evidence.start : evidence.end] == evidence.quote


def test_periods_and_bare_years_are_dates() -> None:
    """1-7月, 20世纪 and a year without 年 are dates and not left unread."""
    _, _, uses, unread = read("1-7月平稳运行。20世纪末起步。举办2023全国大赛。")
    assert not unread and {u.use for u in uses} == {"date"}
