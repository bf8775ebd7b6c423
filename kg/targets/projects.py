"""Figures of one project or fund, which set no aim: the capacity in its name, what it will make, what it costs."""

from __future__ import annotations

import re

from kg.targets.clauses import Clause

_CAPACITY = re.compile(r"吨|瓦|[gmkt]wh?|千伏|kv|辆|片|颗|台|套|支|升|立方米|件|只|头|剂|平方米|米")
"""Units of what a plant makes or holds."""
_NAME_TAIL = re.compile(
    r"级?的?[^,，。；;：:、\n|0-9]{1,18}?(?:项目|生产线|产线|装置|机组|工程(?!机械|技术|中心|师|院|量|建设任务))"
)
"""10万吨…项目, 50GW…生产线: the number is part of what the thing is called."""
_AREA_WORK = re.compile(r"亩|公里|农田|管网|厂房|住房|改造任务")
_ONCE_BUILT = re.compile(
    r"(?:达产|投产|建成|投运|完工|竣工)(?:之)?后|全面达产|全部达产|预计年(?:产|销|新增)|可(?:实现)?年(?:产|销|新增)"
)
_COST = re.compile(
    r"(?:(?:计划|项目|协议|预计|概算)?总投资(?:额)?|计划投资|投资概算|概算投资)(?:约|近|超过?|达到?|为|合计|共计|高达|逾)*$"
)
_FUND_AFTER = re.compile(r"(?:以上|左右)?(?:规模)?的?[^,，。；;：:、\n|0-9]{0,18}?(?:基金|资金池)")
_FUND_BEFORE = re.compile(
    r"(?:基金|资金池)\"?[^,，。；;：:、\n0-9]{0,6}[,，]?(?:总|首期|目标|认缴|母基金)?规模[^,，。；;0-9\n]{0,6}$|总规模[^,，。；;0-9\n]{0,5}$"
)
_MONEY = re.compile(r"元$|美金$")


def is_figure(text: str, clause: Clause) -> bool:
    """Whether a number tells the capacity in a project's name, or what a project will make once it stands."""
    q = clause.quantity
    unit = (q.attribute("unit") or "").lower()
    before = text[max(clause.sentence, q.start - 30) : q.start]
    if _ONCE_BUILT.search(before):
        return True
    if not _CAPACITY.search(unit) or before.endswith(("新增", "达到", "达", "超过", "完成")):
        return False
    tail = _NAME_TAIL.match(text, q.end, clause.right)
    return bool(tail) and not _AREA_WORK.search(tail.group() if tail else "")


def is_cost(text: str, clause: Clause) -> bool:
    """Whether money is the sum that one project takes (总投资48亿元)."""
    unit = clause.quantity.attribute("unit") or ""
    return bool(
        _MONEY.search(unit) and _COST.search(text[max(clause.left, clause.quantity.start - 14) : clause.quantity.start])
    )


_APPROPRIATED = re.compile(
    r"(?:安排|统筹|筹措|列支)(?:不少于|不低于|超过?|约)?(?:(?:省|市|区|县|本)?级|财政|专项|年度|[^,，。；;0-9\n]{0,8}(?:资金|经费))*(?:不少于|不低于|超过?|约)?$"
)
"""安排3000万元: money of the budget."""


def is_fund(text: str, clause: Clause) -> bool:
    """Whether money is the size of a fund (总规模100亿元的产业基金) or set aside in a budget."""
    q = clause.quantity
    if not _MONEY.search(q.attribute("unit") or ""):
        return False
    before = text[max(clause.sentence, q.start - 24) : q.start]
    if _APPROPRIATED.search(before):
        return True
    after = _FUND_AFTER.match(text, q.end, clause.stop)
    if re.search(r"规模[^,，。；;0-9\n]{0,5}$", before) and "基金" in text[clause.sentence : clause.stop]:
        return bool(after or _FUND_BEFORE.search(before))
    return bool(after and after.group().startswith(("的", "规模", "产业", "以上", "基金", "左右"))) or bool(
        after and re.search(r"(?:设立|组建|发起|成立|建立|用好)(?:总额)?$", before)
    )
