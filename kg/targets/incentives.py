"""Support money and the conditions that open it: 奖励最高500万元, 投资20亿元以上的项目."""

from __future__ import annotations

import re
from typing import Literal

from kg import iri
from kg.model import Document, Evidence, Incentive
from kg.ontology import Ontology
from kg.targets.clauses import Clause, counts
from kg.targets.recipients import who
from kg.words import hits_of

Kind = Literal["amount", "rate", "threshold"]
_SHARE = re.compile(r"按(?![时期质需月季年])[^,，。；;\n]{0,30}的?$|的(?:最高)?$|给予[^。；;\n]{0,20}$|按(?:照)?$|比例$")
_GIVEN = re.compile(r"给予|给与|奖励|补助|补贴|资助|最高|一次性|贴息")
_MONEY = re.compile(r"元|美金|%")
_SHARED_OUT = re.compile(r"按|给予|执行|不超过|比例")
_PER_HEAD = re.compile(r"奖励|补助|补贴|资助|/人|每[人家户]")
_GRANTED = re.compile(r"给予|奖励|补")
_OR_MORE = re.compile(r"(?:\(含\))?(?:及以上|以上|以下)(?:\(含\))?(?:的|企业|项目|且)")
_BY_SHARE = re.compile(r"按[^，,。；;]{0,20}$")
_CONDITION = re.compile(r"(?:^|[，,。；;：:、\n])\s*(?:对|凡|对于|符合|满足|具备|经认定|获得|新认定|首次)")
_GRANTS = re.compile(
    r"(?:给予|予以|给与|奖励|补助|补贴|资助|奖补|追加|奖金|发放)[^,，。；;0-9的]{0,12}$|最高(?:限额|额度)?(?:不超过|为)?$"
)
"""What stands right before money that is given."""
_BY = re.compile(r"按(?![时期质需月季年])(?:照)?[^,，。；;\n]{0,36}$")
_GRANTED_BY = re.compile(
    r"的?(?:比例|标准)?[^,，。；;0-9\n]{0,6}(?:给予|予以|补助|补贴|奖励|资助|支持|执行|追加|兑现|贴息|退还|返还)"
)
_REACH = 300
"""Characters of a sentence around an amount in which the recipient is looked for."""
_OF_THOSE = re.compile(
    r"[^,，。；;\n]{0,24}?的(?:[^,，。；;\n]{0,16}(?:企业|单位|项目|机构|个人|团队|主体|园区|平台|人才|高校|户型|家庭|旅行社|公司|商户|车辆|设备|产品)|[,，])"
)
"""After a number that only says who gets support: …10%以上的企业."""
_THEN_GIVEN = re.compile(
    r"[^,，。；;\n]{0,24}[,，](?:且[^,，。；;\n]{0,30}[,，])?(?!按)[^,，。；;\n]{0,10}(?:给予|奖励|补助|补贴|奖补|资助)"
)
"""…300人的团队，分别给予."""
_CASE = re.compile(r"\s*(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）.、])?\s*(?:对于?|凡是?|将)")
_OF_CASE = re.compile(r"(?:及?以上|及?以下|以内)?(?:\([^()\n]{0,8}\))?(?:且[^,，。；;\n]{0,20})?[^,，。；;\n]{0,10}的[一-鿿]")
"""对…160千瓦及以下的用户: what the rule is for."""
_LENDING = re.compile(r"(?:发放|新增|投放)[^,，。；;]{0,16}(?:贷款|信贷|授信)[^,，。；;]{0,6}$")
"""新增发放创业担保贷款40亿元: an aim of all banks, not what one firm gets."""
_STOCK = re.compile(r"(?:余额|交易额|保费收入|放款额|贷款规模)[^,，。；;0-9的]{0,8}$")
_MAKES = re.compile(
    r"\s*(?:每年|全[省市县区]|年度)?(?:评选|遴选|培育|打造|建设|建成|创建|新建|引进|认定|形成|推动|实施|完成|支持)"
)
_VOUCHERS = re.compile(r"[^,，。；;0-9\n]{0,12}(?:消费券|惠民券|优惠券|代金券|红包)")
_WHOSE = re.compile(r"的(?:企业|单位|项目|机构|个人|团队|[,，])")
_RISES = re.compile(r"(?:提高|提升|增长|增加|上升|下降|降低|压减|达)(?:到|至)")
"""提高到: said of an aim, not of a condition."""
_AIM = re.compile(r"力争|确保|争取|到20[0-9]{2}|目标")


def kind_of(document: Document, clause: Clause, headings: str, ontology: Ontology) -> Kind | None:
    """amount, rate or threshold when the number is support money or a condition; None when it is neither."""
    text, start = document.folded, clause.quantity.start
    unit = clause.quantity.attribute("unit") or ""
    money = bool(_MONEY.search(unit))
    opening = max(clause.sentence, start - 80)
    before = text[opening:start]
    cues = hits_of(document, ontology, "incentive-cues")
    near = max(clause.sentence, start - 30), min(clause.stop, clause.after + 14)
    support = cues.any_within(opening, start) or cues.any_within(*near)
    if money and (_LENDING.search(before) or _STOCK.search(before)) and not _GIVEN.search(before):
        return None
    rate = unit.endswith("%") and not unit.endswith("点")
    if (rate or money) and _BY.search(before) and _GRANTED_BY.match(text, clause.after):
        return "rate" if rate else "amount"
    if money and not rate and support and _GRANTS.search(before) and not _WHOSE.match(text, clause.after):
        return "amount"
    if _is_threshold(document, clause, before, ontology):
        return "threshold"
    if any(w in headings for w in ontology.words("condition-sections")):
        return "threshold" if not support else ("rate" if rate else "amount")
    if money and (support or _VOUCHERS.match(text, clause.quantity.end)):
        return "rate" if rate else "amount"
    if rate and _SHARE.search(before) and _SHARED_OUT.search(before + text[clause.after : clause.stop][:12]):
        return "rate"
    if not money and support and _PER_HEAD.search(before) and _GRANTED.search(before):
        return "threshold"
    return None


def _is_threshold(document: Document, clause: Clause, before: str, ontology: Ontology) -> bool:
    text = document.folded
    if hits_of(document, ontology, "threshold-cues").any_within(clause.left, clause.right) and not _AIM.search(
        text, max(clause.sentence, clause.left - 60), clause.quantity.start
    ):
        return not _RISES.search(text, clause.left, clause.quantity.start)
    if _CASE.match(text, clause.left, clause.quantity.start) and _OF_CASE.match(text, clause.quantity.end):
        return True
    tail = text[clause.quantity.end : clause.quantity.end + 12]
    opened = bool(_CONDITION.search(text[max(0, clause.sentence - 1, clause.quantity.start - _REACH) : clause.quantity.start]))
    if not counts(clause.quantity) and _OR_MORE.match(tail):
        return True
    later = hits_of(document, ontology, "incentive-cues").any_within(clause.after, min(clause.stop, clause.after + _REACH))
    if later and not _AIM.search(text, clause.left, clause.quantity.start):
        made = counts(clause.quantity) and _MAKES.match(text, clause.left, clause.quantity.start)
        if _OF_THOSE.match(text, clause.quantity.end) or (not made and _THEN_GIVEN.match(text, clause.quantity.end)):
            return True
    given = _GIVEN.search(text, max(clause.sentence, clause.quantity.start - _REACH), clause.quantity.start)
    return opened and not given and not _BY_SHARE.search(before) and later


def incentive(document: Document, clause: Clause, kind: Kind, scope: str) -> Incentive:
    """The record of one amount, rate or threshold; the quote is its clause."""
    stop = clause.right if clause.right > clause.after else clause.after
    start = min(clause.left, clause.quantity.start)
    while start < stop and document.text[start].isspace():
        start += 1
    while stop > clause.after and document.text[stop - 1].isspace():
        stop -= 1
    quote = document.text[start:stop]
    until = clause.quantity.start if kind != "threshold" else min(clause.stop, clause.after + _REACH)
    recipient, condition = who(document.folded, max(clause.sentence, clause.quantity.start - _REACH), until)
    value, unit = clause.quantity.attribute("value") or "0", clause.quantity.attribute("unit") or ""
    return Incentive(
        iri.derived("incentive", scope, kind, quote, value, unit), kind, value, unit, _text(document, recipient),
        _text(document, condition) if kind != "threshold" else "",
        Evidence(start, stop, quote, "incentive." + kind, 0.7),
    )  # fmt: skip


def _text(document: Document, span: tuple[int, int] | None) -> str:
    return document.text[slice(*span)].strip(" ，,、") if span else ""
