"""Targets where the sentence alone does not tell all: years side by side, lists, tables, periods, past and aim, topics.

Every sentence is made up.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Extraction
from kg.pipeline import extract

HEAD = "明河市氢能产业发展行动计划（2024—2026年）\n\n明河市人民政府 2024年3月5日印发\n\n"


def of(tmp_path: Path, text: str, head: str = HEAD, suffix: str = ".txt") -> Extraction:
    path = tmp_path / f"plan{suffix}"
    path.write_text(head + text, encoding="utf-8")
    return extract(path)


Row = tuple[str, str, str, int | None]


def rows(extraction: Extraction) -> list[Row]:
    """(operator, value, unit, year) of every aim, in text order."""
    return [(t.operator, t.value, t.unit, t.year) for t in extraction.targets if not t.baseline]


CASES: dict[str, list[Row]] = {
    "到2024年、2026年，氢能产业产值分别达到50亿元、120亿元。": [("=", "50", "亿元", 2024), ("=", "120", "亿元", 2026)],
    "2024年、2025年各完成改造60家。": [("=", "60", "家", 2024), ("=", "60", "家", 2025)],
    "2024年，氢能产值达到50亿元；2026年，氢能产值突破90亿元；建成加氢站12座。": [
        ("=", "50", "亿元", 2024), (">=", "90", "亿元", 2026), ("=", "12", "座", 2026),
    ],
    "2025年6月底前建成加氢站8座。": [("=", "8", "座", 2025)],
    "到2026年，新增规上企业30家、高新技术企业20家，上市公司达到5家。": [
        ("+", "30", "家", 2026), ("+", "20", "家", 2026), ("=", "5", "家", 2026),
    ],
    "到2026年，新增链主企业4家、专精特新企业40家以上。": [("+", "4", "家", 2026), (">=", "40", "家", 2026)],
    "到2026年，营业收入30亿元以上企业6家、50亿元以上企业2家。": [("=", "6", "家", 2026), ("=", "2", "家", 2026)],
    "到2026年，营业收入年均增长20%左右。": [("~", "20", "%", 2026)],
    "到2026年，化工企业由33家整合至20家以内。": [("<=", "20", "家", 2026)],
    "到2026年，氢能产值从2023年的45亿元提高到100亿元。": [("=", "100", "亿元", 2026)],
    "到2026年，本地配套率达到七成以上。": [(">=", "70", "%", 2026)],
    "组织参展企业2万家次，发布清单3批次，开展对接30场次。": [
        ("=", "2", "万家次", None), ("=", "3", "批次", None), ("=", "30", "场次", None),
    ],
    "制氢装置完成主体工程量的80%。": [("=", "80", "%", None)],
    "到2026年，亩均税收提高到30万元以上。": [(">=", "30", "万元", 2026)],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=[t[:20] for t in CASES])
def test_sentence_gives_its_targets(tmp_path: Path, text: str, expected: list[Row]) -> None:
    """Operator, value, unit and year are those of the sentence, each year with its own number."""
    assert rows(of(tmp_path, text)) == expected


NO_AIM = {
    "设立总规模100亿元的氢能产业基金。": "incentive",
    "一次性组织不少于300人的团队，给予旅行社1万元奖励。": "incentive",
    "对产值增速超过15%的企业，给予最高50万元奖励。": "incentive",
    "甲乙集团将投产10万吨绿色甲醇装置。": "project",
    "该项目达产后年产燃料电池2万台。": "project",
    "全区共3个片区。": "enumeration",
    "储氢瓶压力达到70MPa。": "measure",
}


@pytest.mark.parametrize(("text", "use"), NO_AIM.items(), ids=[t[:16] for t in NO_AIM])
def test_number_of_another_kind_is_no_aim(tmp_path: Path, text: str, use: str) -> None:
    """Funds, conditions of support, capacities of projects, counts of parts and technical measures are told apart."""
    extraction = of(tmp_path, text)
    assert rows(extraction) == []
    offset = extraction.document.text.index(text)
    assert use in {u.use for u in extraction.numbers if u.start >= offset}


BASELINES = (
    "过去一年，全市氢能产业产值达到36亿元，成为全省首个突破30亿元的城市。",
    "总投资30亿元的氢能装备园落户东岭区。",
    "去年，全市氢能企业达到80家。",
)


@pytest.mark.parametrize("text", BASELINES, ids=[t[:10] for t in BASELINES])
def test_what_is_so_already_is_a_baseline(tmp_path: Path, text: str) -> None:
    """A sentence that opens with the past, and the cost of a project, set no aim."""
    assert rows(of(tmp_path, text)) == []


def test_heading_about_infrastructure_does_not_look_back(tmp_path: Path) -> None:
    """基础设施 in a heading is a task; 发展基础 is a look back."""
    text = "一、发展基础\n\n建成加氢站5座。\n\n二、完善基础设施网络\n\n建成加氢站12座。\n"
    assert rows(of(tmp_path, text)) == [("=", "12", "座", None)]


def test_period_is_past_only_when_it_was_over(tmp_path: Path) -> None:
    """In a text of July the first half is a fact and the third quarter an aim."""
    head = "明河市2024年三季度重点任务\n\n明河市人民政府办公室 2024年7月5日\n\n"
    text = "1—6月氢能产业产值36亿元。三季度氢能产业产值达到20亿元，全年力争突破80亿元。"
    assert rows(of(tmp_path, text, head)) == [("=", "20", "亿元", 2024), (">=", "80", "亿元", 2024)]


def test_this_year_is_that_of_the_title(tmp_path: Path) -> None:
    """今年 and 全年 speak of the year in the title, also where the text came out the year before."""
    head = "明河市2025年促进消费若干措施\n\n明河市人民政府 2024年12月30日\n\n"
    assert rows(of(tmp_path, "全年举办促消费活动200场。", head)) == [("=", "200", "场", 2025)]


def test_items_of_a_list_share_the_metric(tmp_path: Path) -> None:
    """甲、乙产能分别达到: each item takes the shared words."""
    extraction = of(tmp_path, "到2026年，锂电、氢能产值占比分别达到35%、20%。")
    assert [(t.metric, t.value) for t in extraction.targets] == [("锂电产值占比", "35"), ("氢能产值占比", "20")]


TABLE = """| 序号 | 指标 | 单位 | 2022年基数 | 2024年 | 2026年 |
| --- | --- | --- | --- | --- | --- |
| 1 | 氢能产业产值 | 亿元 | 36 | 50 | [120] |
| 2 | 加氢站 | 座 | 5 | 8 | ≥12 |
| 3 | 制氢能力 | 吨/年 | — | 900 | 2000-3000 |
"""


def test_table_of_indicators(tmp_path: Path) -> None:
    """Unit column, year columns, a column of what is so, brackets, operators and ranges."""
    extraction = of(tmp_path, TABLE, suffix=".md")
    assert rows(extraction) == [
        ("=", "50", "亿元", 2024), ("=", "120", "亿元", 2026), ("=", "8", "座", 2024), (">=", "12", "座", 2026),
        ("=", "900", "吨/年", 2024), (">=", "2000", "吨/年", 2026), ("<=", "3000", "吨/年", 2026),
    ]  # fmt: skip
    assert [t.value for t in extraction.targets if t.baseline] == ["36", "5"]
    assert {t.metric for t in extraction.targets} == {"氢能产业产值", "加氢站", "制氢能力"}


def test_table_of_chains_takes_the_measure_from_the_head(tmp_path: Path) -> None:
    """The head gives year, measure and unit; cells about who does it are passed over."""
    table = """| 序号 | 产业链 | 牵头部门 | 链主企业 | 2026年营业收入目标（亿元） |
| --- | --- | --- | --- | --- |
| 1 | 智能家电 | 市工信局 | 甲子（明河）、乙丑半导体 | 240 |
| 2 | 新型显示 | 市发展改革委 | — | 90 |
"""
    extraction = of(tmp_path, table, suffix=".md")
    assert rows(extraction) == [("=", "240", "亿元", 2026), ("=", "90", "亿元", 2026)]
    assert [t.metric for t in extraction.targets] == ["智能家电营业收入", "新型显示营业收入"]


def test_table_by_year_in_its_rows(tmp_path: Path) -> None:
    """A row that opens with a year gives it to the values of the row."""
    table = "| 年份 | 产值（亿元） | 加氢站（座） |\n| --- | --- | --- |\n| 2025年 | 80 | 9 |\n| 2026年 | 120 | 12 |\n"
    assert rows(of(tmp_path, table, suffix=".md")) == [
        ("=", "80", "亿元", 2025), ("=", "9", "座", 2025), ("=", "120", "亿元", 2026), ("=", "12", "座", 2026),
    ]  # fmt: skip


def _topics(extraction: Extraction) -> list[str | None]:
    names = {e.iri: e.name for e in extraction.entities}
    return [names.get(t.topic or "") for t in extraction.targets]


def test_topic_is_that_of_the_metric_then_of_the_statement_before(tmp_path: Path) -> None:
    """A bare measure goes on with the industry before it; a measure of all firms in a plan of two industries has none."""
    head = "明河市新材料产业和食品产业提升方案（2024—2026年）\n\n明河市人民政府 2024年3月5日\n\n"
    text = "到2026年，食品产业企业超过50家、产值达到80亿元；新材料产业产值突破90亿元；规上企业研发投入强度达到3%。"
    assert _topics(of(tmp_path, text, head)) == ["食品", "食品", "新材料", None]


def test_paragraph_that_opens_with_a_topic_speaks_of_it(tmp_path: Path) -> None:
    """——新材料。 opens a passage about that industry."""
    head = "明河市新材料产业和食品产业提升方案（2024—2026年）\n\n明河市人民政府 2024年3月5日\n\n"
    assert _topics(of(tmp_path, "——新材料。聚焦薄膜，到2026年产值达到90亿元。", head)) == ["新材料"]


def test_places_at_the_head_of_a_clause_each_take_their_number(tmp_path: Path) -> None:
    """甲区、乙区分别…20个、15个: the first number is the first place's, and the metric begins after them."""
    head = "浙江省装备制造提升方案（2024—2026年）\n\n浙江省人民政府 2024年3月5日\n\n"
    extraction = of(tmp_path, "到2026年，萧山区、余杭区分别引进项目20个、15个。", head)
    names = {e.iri: e.name for e in extraction.entities}
    assert [(names.get(t.place or ""), t.value, t.metric) for t in extraction.targets] == [
        ("萧山区", "20", "项目"), ("余杭区", "15", "项目"),
    ]  # fmt: skip


INCENTIVES: dict[str, list[tuple[str, str, str, str]]] = {
    "对首次纳入规模以上的工业企业，给予一次性奖励20万元。": [("amount", "20", "工业企业", "首次纳入规模以上")],
    "对获得国家级、省级认定的中心，分别给予100万元、50万元奖励。": [
        ("amount", "100", "中心", "获得国家级、省级认定"), ("amount", "50", "中心", "获得国家级、省级认定"),
    ],
    "购置工业机器人的，按购置款的10%给予补助。": [("rate", "10", "", "购置工业机器人")],
    "对研发投入增长10%以上的软件企业，最高补助100万元。": [
        ("threshold", "10", "软件企业", ""), ("amount", "100", "软件企业", "研发投入增长10%以上"),
    ],
    "分别奖励20万、10万、5万元。": [("amount", "20", "", ""), ("amount", "10", "", ""), ("amount", "5", "", "")],
    "发放1000万元体育消费券。": [("amount", "1000", "", "")],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), INCENTIVES.items(), ids=[t[:16] for t in INCENTIVES])
def test_support_money_says_who_gets_it_and_when(tmp_path: Path, text: str, expected: list[tuple[str, str, str, str]]) -> None:
    """Kind, value, recipient and condition; the noun after the last 的 gets it, the words before it are the condition."""
    found = of(tmp_path, text).incentives
    assert [(i.kind, i.value, i.recipient, i.condition) for i in found] == expected


def test_lending_by_banks_is_an_aim(tmp_path: Path) -> None:
    """新增发放贷款40亿元 is an aim, not what one firm gets."""
    extraction = of(tmp_path, "力争新增发放创业担保贷款40亿元。")
    assert rows(extraction) == [("+", "40", "亿元", None)] and not extraction.incentives


NEWS = """2024-03-18 来源：江西日报

2023年，赣州市稀土产业实现营业收入512亿元，同比增长9.6%，其中超10亿元企业12家。

根据《赣州市稀土产业发展三年行动方案（2024—2026年）》，到2026年，全市稀土产业营业收入突破800亿元。

今年，赣州市将实施重点项目45个，其中龙南市12个。一季度已开工项目20个，完成投资23亿元。到2025年引进稀土人才200名。

“我们公司的磁材项目预计今年产值可达8亿元。”业内预测，2030年全球稀土永磁市场规模将达300亿美元。
"""


def test_news_tells_aims_from_facts_and_forecasts(tmp_path: Path) -> None:
    """Only what the plan and the government set is an aim: no result, no forecast, no figure of a firm."""
    extraction = of(tmp_path, NEWS, "赣州：稀土产业集群剑指千亿\n\n")
    assert rows(extraction) == [
        (">=", "800", "亿元", 2026),
        ("=", "45", "个", 2024),
        ("=", "12", "个", 2024),
        ("=", "200", "名", 2025),
    ]
    names = {e.iri: e.name for e in extraction.entities}
    assert {names.get(t.place or "") for t in extraction.targets if t.value in ("800", "45", "200", "23")} == {"赣州市"}


def test_headline_that_reports_a_policy_is_news(tmp_path: Path) -> None:
    """某市发布…行动计划等: the text reports, so a figure without an aim's words is a fact."""
    text = "3月5日，有关部门介绍了情况。全市氢能企业80家。"
    assert rows(of(tmp_path, text, "绍兴发布氢能产业发展行动计划等三份文件\n\n")) == []


def test_run_in_title_gives_the_place_of_its_paragraph(tmp_path: Path) -> None:
    """——萧山区。 opens a passage about that district."""
    head = "浙江省装备制造提升方案（2024—2026年）\n\n浙江省人民政府 2024年3月5日\n\n"
    extraction = of(tmp_path, "——萧山区。聚焦机器人产业。到2026年，产值达到200亿元。引进项目20个。", head)
    names = {e.iri: e.name for e in extraction.entities}
    assert [names.get(t.place or "") for t in extraction.targets] == ["萧山区", "萧山区"]


ASSESSMENT = {
    "好评率达到99%，按时办结率100%，办理时限压缩60%以上。": ["99", "100", "60"],
    "力争担保余额达到150亿元。": ["150"],
    "打造20个区域公用品牌，每个补助200万元。": ["20"],
    "消费规模力争迈上5万亿台阶。": ["5"],
    "对月销售额10万元以下的小规模纳税人免征增值税。": [],
    "用地最多不超过20亩。": [],
}


@pytest.mark.parametrize(("text", "values"), ASSESSMENT.items(), ids=[t[:12] for t in ASSESSMENT])
def test_conditions_are_told_from_aims(tmp_path: Path, text: str, values: list[str]) -> None:
    """Rates on time, balances and things made are aims; tax cases and bounds of a rule are not."""
    assert [t.value for t in of(tmp_path, text).targets if not t.baseline] == values


MORE: dict[str, list[tuple[str, str, int | None]]] = {
    "到2026年，甲产业规模突破500亿元、乙产业规模突破900亿元，年均增速分别达到12%、15%。": [
        ("甲产业规模", "500", 2026), ("乙产业规模", "900", 2026), ("甲产业规模年均增速", "12", 2026), ("乙产业规模年均增速", "15", 2026),
    ],
    "到2026年，接待游客600万人次，旅游收入55亿元，同比分别增长20%、25%。": [
        ("接待游客", "600", 2026), ("旅游收入", "55", 2026), ("接待游客增长", "20", 2026), ("旅游收入增长", "25", 2026),
    ],
    "到2026年，国家级龙头企业达到80家，省级300家。": [("国家级龙头企业", "80", 2026), ("省级龙头企业", "300", 2026)],
    "到2026年，规上工业增加值增速高于全省平均水平2个百分点。": [("规上工业增加值增速高于全省平均水平", "2", 2026)],
    "到2026年，打造储能百亿级集群。": [("储能集群", "100", 2026)],
    "储氢系统能量密度达到350Wh/kg。": [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MORE.items(), ids=[t[8:24] for t in MORE])
def test_metric_is_made_whole(tmp_path: Path, text: str, expected: list[tuple[str, str, int | None]]) -> None:
    """Rates go with the statements before them, a bare level with the noun before it."""
    assert [(t.metric, t.value, t.year) for t in of(tmp_path, text).targets] == expected


def test_goals_section_gives_its_last_year_to_the_next_paragraph(tmp_path: Path) -> None:
    """Of 2025 and 2026 the later paragraphs take 2026; an outlook is left aside."""
    text = "一、发展目标\n\n到2025年，产值达到50亿元；到2026年，产值达到90亿元。展望2035年，建成强市。\n\n培育龙头企业5家。\n"
    assert rows(of(tmp_path, text))[-1] == ("=", "5", "家", 2026)


def test_growth_column_of_a_table(tmp_path: Path) -> None:
    """The unit of the head wins, and the values are those of the last year."""
    table = "| 指标 | 2025年 | 2026年 | 年均增速（%） |\n| --- | --- | --- | --- |\n| 氢能产值（亿元） | 80 | 100 | 12 |\n"
    found = [(t.metric, t.value, t.unit, t.year) for t in of(tmp_path, table, suffix=".md").targets]
    assert found[-1] == ("氢能产值年均增速", "12", "%", 2026)


def test_headline_with_an_aim_of_its_own_gives_its_year_to_nothing_else(tmp_path: Path) -> None:
    """# 氢能投资2027年底力争超千亿元 states one aim; the figures below it are of no such year."""
    text = "# 明河速报\n\n## 氢能投资2027年底力争超千亿元\n\n本次论坛上，80余家企业到会。\n"
    assert 2027 not in {t.year for t in of(tmp_path, text, "", ".md").targets if t.value == "80"}
