"""Small extractions written by hand, for the tests of graph, stores, queries and exporters."""

from __future__ import annotations

import hashlib

from kg import iri
from kg.graph import Graph
from kg.model import Document, Entity, Evidence, Extraction, Fact, Incentive, Metadata, Source, Target, UnreadNumber

CITY = iri.place("440300")
DISTRICT = iri.place("440304")
TOPIC = iri.topic("新型储能")
PARENT_TOPIC = iri.topic("LED照明")
POLICY = iri.policy("关于支持新型储能的若干措施", "440300")
BASIS = iri.policy("国家储能意见")
AGENCY = iri.agency("440300", "发展改革")
COMPANY = iri.named("organization", "甲能科技有限公司")
PROJECT = iri.named("project", "储能产业园", "440300")
TASK = iri.named("task", "壮大储能产业", "x")

TEXT = (
    "关于支持新型储能的若干措施\n深圳市大力培育新型储能，福田区做强LED照明。到2025年，新型储能产值达到1.50万亿元。"
    "市发展改革委牵头壮大储能产业。奖励最高500万元。另有37个点位。储能产业园位于福田区。根据国家储能意见制定。甲能科技有限公司。"
)


def evidence(text: str, quote: str, rule: str = "test.rule") -> Evidence:
    start = text.index(quote)
    return Evidence(start, start + len(quote), quote, rule, 0.9)


def extraction(text: str = TEXT, name: str = "a.md", extra: tuple[Entity, ...] = ()) -> Extraction:
    """One document with something of everything."""
    source = Source(name, f"/tmp/{name}", hashlib.sha256(text.encode()).hexdigest(), len(text), "text/markdown", url="https://example.org/a?b=1&c=<d>")
    document = Document(source, text, (), Metadata())

    def fact(subject: str, predicate: str, object_: str, quote: str, stance: str = "", role: str = "") -> Fact:
        return Fact(subject, predicate, object_, (evidence(text, quote),), stance, role)

    return Extraction(
        document=document,
        title="关于支持新型储能的若干措施",
        publisher="深圳市发展和改革委员会",
        published="2023-05-06",
        number="深发改〔2023〕9号",
        entities=(
            Entity(CITY, "City", "深圳市", ("我市",)),
            Entity(DISTRICT, "District", "福田区"),
            Entity(TOPIC, "Industry", "新型储能", ("储能",)),
            Entity(PARENT_TOPIC, "Industry", "LED照明"),
            Entity(POLICY, "Policy", "关于支持新型储能的若干措施"),
            Entity(BASIS, "Policy", "国家储能意见"),
            Entity(AGENCY, "Agency", "深圳市发展和改革委员会", ("市发展改革委",)),
            Entity(COMPANY, "Company", "甲能科技有限公司"),
            Entity(PROJECT, "Project", "储能产业园"),
            Entity(TASK, "Task", "壮大储能产业"),
            *extra,
        ),
        facts=(
            fact(CITY, "develops", TOPIC, "深圳市大力培育新型储能", "cultivates"),
            fact(DISTRICT, "develops", PARENT_TOPIC, "福田区做强LED照明", "strengthens"),
            fact(DISTRICT, "develops", TOPIC, "深圳市大力培育新型储能，福田区"),
            fact(POLICY, "issuedBy", AGENCY, "市发展改革委"),
            fact(POLICY, "appliesTo", CITY, "深圳市"),
            fact(POLICY, "covers", TOPIC, "支持新型储能"),
            fact(POLICY, "basedOn", BASIS, "根据国家储能意见"),
            fact(AGENCY, "responsibleFor", TASK, "市发展改革委牵头壮大储能产业", "", "lead"),
            fact(PROJECT, "locatedIn", DISTRICT, "储能产业园位于福田区"),
            fact(PARENT_TOPIC, "upstreamOf", TOPIC, "福田区做强LED照明"),
        ),
        targets=(
            Target(
                iri.derived("target", "产值", "1.50", text), "产值", ">=", "1.50", "万亿元", "1.50万亿元",
                evidence(text, "到2025年，新型储能产值达到1.50万亿元"), 2025, CITY, TOPIC, POLICY, "1500000000000", "元",
            ),
        ),
        incentives=(
            Incentive(
                iri.derived("incentive", "500", text), "amount", "500", "万元", "", "", evidence(text, "奖励最高500万元")
            ),
        ),
        unread=(UnreadNumber(text.index("37"), text.index("37") + 2, "37", "另有37个点位。"),),
    )


HOSTILE = (
    'quo"te\\ and \\u0041', "line\nfeed\ttab", "null\x00bell\x07vt\x0bdel\x7f", "\ufffe\uffff", "lone\ud800surrogate",
    "]]><!--<script>alert(1)</script>&amp;", "@reverse", "@id", "=HYPERLINK(1)", "＝1+1", "-5%",
    "'; MATCH (n) DETACH DELETE n //",
    "`tick`", "\u202eabc", "emoji😀", "a;b,c", "x" * 2000,
)


def hostile() -> Extraction:
    """A document whose names are what an attacker would write."""
    names = tuple(Entity(iri.named("organization", name), "Company", name, (name + "!",)) for name in HOSTILE)
    return extraction(TEXT + "恶意名称。", "hostile.md", names)


def graph(*extractions: Extraction) -> Graph:
    made = Graph()
    for one in extractions or (extraction(),):
        made.add(one)
    return made
