"""Bodies whose function the ontology knows: with their place, their level (市工信局), or alone in a list that shares the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg import iri
from kg.model import Document, Mention
from kg.ontology import Ontology

_LEVEL = re.compile(r"(自治区|地区|师市|高新区|经开区|开发区|示范区|新区|园区|省|市|县|区|州|盟|旗)$")
_JOINED = re.compile(r"^(?:[、,，;；\s]|和|与|及|会同|联合|以及|等)*$")
_OPEN = re.compile(r"(?:[单部][位门]|牵头|责任|配合|负责)?[:：(（〔\[、;；]\s*$")
_YOUTH_LEAGUE = iri.BASE + "function/共青团"
LISTED_GENERIC = re.compile(r"各[省市县区州旗地自治盟镇(),、和及]{0,14}$")
_GOVERNMENT_AS_WORD = re.compile(r"性|投资|采购|引导|债|购买|储备|补贴|网站|门户|工作报告|令")
_BY_KIND = re.compile(r"\([局厅委办](?:[、,局厅委办]{0,4})\)")
"""科技厅(局): the bodies of that kind wherever they are, not one of them."""
_MERCHANTS = re.compile(r"(?:重工|轮船|港口|蛇口|金陵|能源运输|物流|资本|公路|(?:[一-鿿]{2})?集团)")
"""What makes 招商局 the company of that name."""
_NOT_COMMITTEE = re.compile(r"员(?!会)|托|派|任|培|内|书记|副书记|常委(?!会)|秘书长")
_SCORES = {
    "agency.headed": 0.85,
    "agency.team": 0.8,
    "agency.zone": 0.8,
    "agency.shared": 0.85,
    "agency.shared-tail": 0.85,
    "agency.bracket": 0.8,
    "agency.by-level": 0.75,
    "agency.in-list": 0.7,
    "agency.listed-place": 0.7,
}
"""Confidence by rule; bodies whose place and function are both written have 0.9."""
_OF_TOWNS = frozenset(("办事处", "党政办公室", "党政办"))
"""Forms that only a town or subdistrict has; elsewhere they are words."""
_GENERIC = re.compile(r"^(?:各|有关|相关|上级|本级|所在|当地|地方|同级|我)")


@dataclass(frozen=True)
class _Forms:
    automaton: Any
    functions: tuple[str, ...]
    forms: tuple[str, ...]


@lru_cache(maxsize=2)
def _forms(ontology: Ontology) -> _Forms:
    import daachorse

    pairs: dict[str, str] = {}
    for function in ontology.of_kinds("AgencyFunction"):
        for form in function.properties.get("form", ()):
            pairs.setdefault(form, function.iri)
    forms = sorted(pairs)
    kind = daachorse.MATCH_KIND_LEFTMOST_LONGEST
    return _Forms(
        daachorse.CharwiseDoubleArrayAhoCorasick(forms, match_kind=kind), tuple(pairs[f] for f in forms), tuple(forms)
    )


def find(document: Document, ontology: Ontology, text: str, ends: dict[int, Mention]) -> Iterator[Mention]:
    forms = _forms(ontology)
    previous: Mention | None = None
    for start, end, index in forms.automaton.find(text):
        mention = _one(document, text, ends, start, end, forms.functions[index], forms.forms[index], previous, ontology)
        if mention is not None:
            previous = mention
            yield mention


def _one(
    document: Document,
    text: str,
    ends: dict[int, Mention],
    start: int,
    end: int,
    function: str,
    form: str,
    previous: Mention | None,
    ontology: Ontology,
) -> Mention | None:
    if text[end : end + 1] in ("长", "属", "级", "直") or (form.endswith("部门") and text[end : end + 1] == "的"):
        return None
    if _BY_KIND.match(text, end) or (form == "招商局" and _MERCHANTS.match(text, end)):
        return None
    if form.endswith("政府") and _GOVERNMENT_AS_WORD.match(text, end):
        return None
    if form == "委" and _NOT_COMMITTEE.match(text, end):
        return None
    place = ends.get(start)
    if form in _OF_TOWNS and (place is None or place.label != "Town"):
        return None
    if place is not None:
        left = place.start
        parent = ends.get(left)
        if parent is not None and not parent.attribute("deictic"):
            left = parent.start
        if text[max(0, left - 2) : left] == "中共":
            left -= 2
        if text[max(0, left - 6) : left] == "国家税务总局":
            left -= 6
        deictic = place.attribute("deictic")
        attributes = (("function", function), ("form", form), ("level", deictic or ""))
        return make(document, left, end, place.concepts, "agency.place", attributes, place.canonical)
    level = _LEVEL.search(text, max(0, start - 3), start)
    if level:
        left = level.start()
        if LISTED_GENERIC.search(text[max(0, left - 16) : left]) or text[max(0, left - 2) : left] == "自治":
            return None
        if _GENERIC.match(text[max(0, left - 1) : left]) and text[max(0, left - 1) : left] != "我":
            return None
        if text[max(0, left - 1) : left] in ("各", "级", "全", "县", "区") and level.group(1) not in ("省", "自治区"):
            return None
        if text[max(0, left - 2) : left] in ("有关", "相关", "所在", "本级"):
            return None
        if form == "委" and text[max(0, left - 1) : left] == "团":
            left, function = left - 1, _YOUTH_LEAGUE
        attributes = (("function", function), ("form", form), ("level", level.group(1)))
        return make(document, left, end, (), "agency.level", attributes, "")
    return _bare(document, text, start, end, function, form, previous, ontology)


def _bare(
    document: Document, text: str, start: int, end: int, function: str, form: str, previous: Mention | None, ontology: Ontology
) -> Mention | None:
    """发改局 in (市科技局、发改局、财政局): the place of the body before it in the list; first in a bracket, the issuer's."""
    if form in ("政府", "委员会", "海关", "党委", "商务", "人民政府", "体育", "能源") or len(form) < 3 or form.startswith("委"):
        return None
    if previous is not None and start - previous.end <= 6 and _JOINED.match(text[previous.end : start]):
        attributes = (
            ("function", function), ("form", form), ("level", previous.attribute("level") or ""), ("shared", "1"),
        )  # fmt: skip
        name = previous.name.removesuffix("\t") if previous.name else ""
        return make(document, start, end, previous.concepts, "agency.shared", attributes, name)
    if _OPEN.search(text[max(0, start - 6) : start]) and form.endswith(("局", "委", "厅", "办")):
        opening = (("function", function), ("form", form), ("level", ""))
        return make(document, start, end, (), "agency.bracket", opening, "")
    return None


def make(
    document: Document,
    start: int,
    end: int,
    concepts: tuple[str, ...],
    rule: str,
    attributes: tuple[tuple[str, str], ...],
    place: str,
) -> Mention:
    return Mention(start, end, "Agency", document.text[start:end], rule, concepts, place, _SCORES.get(rule, 0.9), attributes)
