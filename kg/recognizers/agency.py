"""Government bodies and Party organs: a place (or 省, 市, 区 …) with a function, alone in lists that share the place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg import iri
from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers import CANDIDATE
from kg.words import anchored

_LEVEL = re.compile(r"(自治区|省|市|县|区|州)$")
_JOINED = re.compile(r"^(?:[、,，;；\s]|和|与|及|会同|联合|以及|等)*$")
_OPEN = re.compile(r"(?:[单部][位门]|牵头|责任|配合|负责)?[:：(（〔\[、;；]\s*$")
_HEADED = re.compile(
    r"(?P<body>[一-鿿]{0,16}?(?:(?:工作)?领导小组|(?:工作)?专班|指挥部|联席会议|管理委员会|管委会|委员会|合作办公室|管理办公室|管理局"
    r"|服务局|发展局|监管分局|监管局|专员办|专卖局)(?:办公室)?)(?!机制)"
)
_TEAM = re.compile(
    r"(?<![一-鿿])(?:我|全)?(?P<level>省|市|县|区)(?P<body>[一-鿿]{2,16}?(?:领导小组|专班|指挥部|联席会议)(?:办公室)?)"
)
_LOCAL_ZONE = re.compile(r"(?:高新区|经开区|开发区|工业园区|产业园区|园区|新区|自贸区|保税区|工业园)(?:管委会|管理委员会)")
_BRACKETED = re.compile(
    r"(?P<body>\([一-鿿]{2,6}\)[一-鿿]{0,8}(?:开发区|工业园区|工业园|产业园|园区|新区)(?:管委会|管理委员会))"
)
_YOUTH_LEAGUE = iri.BASE + "function/共青团"
_LISTED_GENERIC = re.compile(r"各[省市县区州旗地自治盟镇(),、和及]{0,14}$")
_GOVERNMENT_AS_WORD = re.compile(r"性|投资|采购|引导|债|购买|储备|补贴|网站|门户|工作报告|令")
_NOT_COMMITTEE = re.compile(r"员(?!会)|托|派|任|培|内|书记|副书记|常委(?!会)|秘书长")
_ZONE_BODY = re.compile(r"管理委员会|管委会|党工委")
_BANK = re.compile(
    r"(?:中国)?人民银行[一-鿿]{2,8}?(?:分行|支行|营业管理部|营管部)|国家金融监督管理总局[一-鿿]{2,8}?监管(?:分)?局"
    r"|(?:(?![向经由与和及对会报同请])[一-鿿]){2,3}(?:银保监|证监|银监|保监)(?:分)?局"
)
_BANK_PART = re.compile("人民银行|国家金融监督管理总局|银保监|证监|银监|保监")
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


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Agency mentions. Attributes: function (IRI), level (省/市/…) or place (IRI candidates) in ``concepts``."""
    text = document.folded
    ends = {m.end: m for m in found if m.rule != CANDIDATE and ontology.is_a(m.label, "Place") and not m.attribute("bare")}
    mentions = [*_central(text, ontology, found), *_branches(document)]
    mentions += _with_function(document, ontology, text, ends)
    mentions += _listed_zones(document, ontology, text, ends, mentions)
    mentions += [*_headed(document, text, ends), *_teams(document, text), *_local_zones(document, text)]
    return _outermost(mentions)


def _central(text: str, ontology: Ontology, found: Sequence[Mention]) -> Iterator[Mention]:
    for m in found:
        if m.rule == CANDIDATE:
            concepts = tuple(c for c in m.concepts if ontology.concepts[c].kind == "Agency")
            # 生态环境部门 is no ministry.
            if concepts and m.text[-1] + text[m.end : m.end + 1] != "部门":
                yield Mention(m.start, m.end, "Agency", m.text, "agency.central", concepts, "", 0.95)


def _branches(document: Document) -> Iterator[Mention]:
    for match in anchored(_BANK, _BANK_PART, document.folded, before=3):
        start, end = match.span()
        yield Mention(start, end, "Agency", document.text[start:end], "agency.branch", (), "", 0.85)


def _with_function(document: Document, ontology: Ontology, text: str, ends: dict[int, Mention]) -> Iterator[Mention]:
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
    if form.endswith("政府") and _GOVERNMENT_AS_WORD.match(text, end):
        return None
    if form == "委" and _NOT_COMMITTEE.match(text, end):
        return None
    place = ends.get(start)
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
        return _make(document, left, end, place.concepts, "agency.place", attributes, place.canonical)
    level = _LEVEL.search(text, max(0, start - 3), start)
    if level:
        left = level.start()
        if _LISTED_GENERIC.search(text[max(0, left - 16) : left]) or text[max(0, left - 2) : left] == "自治":
            return None
        if _GENERIC.match(text[max(0, left - 1) : left]) and text[max(0, left - 1) : left] != "我":
            return None
        if text[max(0, left - 1) : left] in ("各", "级", "全", "县", "区") and level.group(1) not in ("省", "自治区"):
            return None
        if form == "委" and text[max(0, left - 1) : left] == "团":
            left, function = left - 1, _YOUTH_LEAGUE
        attributes = (("function", function), ("form", form), ("level", level.group(1)))
        return _make(document, left, end, (), "agency.level", attributes, "")
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
        return _make(document, start, end, previous.concepts, "agency.shared", attributes, name)
    if _OPEN.search(text[max(0, start - 6) : start]) and form.endswith(("局", "委", "厅", "办")):
        opening = (("function", function), ("form", form), ("level", ""))
        return _make(document, start, end, (), "agency.bracket", opening, "")
    return None


def _make(
    document: Document,
    start: int,
    end: int,
    concepts: tuple[str, ...],
    rule: str,
    attributes: tuple[tuple[str, str], ...],
    place: str,
) -> Mention:
    return Mention(start, end, "Agency", document.text[start:end], rule, concepts, place, 0.9, attributes)


def _headed(document: Document, text: str, ends: dict[int, Mention]) -> Iterator[Mention]:
    """A place followed by a body that no function list holds: 中山市制造强市建设领导小组, 两江新区管委会."""
    for place in ends.values():
        deictic = place.attribute("deictic")
        zone = None if deictic else _ZONE_BODY.match(text, place.end)
        match = zone or _BRACKETED.match(text, place.end) or _HEADED.match(text, place.end)
        if match is None or re.search(
            r"[的、,，。和及与在由为]|推进|推动|召开|成立|建立|组建|设立|加强|发挥|第[一二三四五六七八九十]+届", match.group()
        ):
            continue
        if place.label == "Country" or deictic and not zone and not re.search(r"领导小组|专班|指挥部|联席会议", match.group()):
            continue
        end = match.end() if zone else match.end("body")
        attributes = (("zone", "1") if zone else ("headed", "1"), ("tail", text[place.end : end]), ("level", deictic or ""))
        yield _make(document, place.start, end, place.concepts, "agency.headed", attributes, place.canonical)


def _listed_zones(
    document: Document, ontology: Ontology, text: str, ends: dict[int, Mention], bodies: Sequence[Mention]
) -> list[Mention]:
    """A zone in a list of bodies stands for its committee: (市科技局、发改局、火炬开发区)."""
    stops = {m.end for m in bodies}
    return [
        _make(
            document,
            zone.start,
            zone.end,
            zone.concepts,
            "agency.listed-zone",
            (("zone", "1"), ("tail", "管理委员会"), ("level", "")),
            zone.canonical,
        )  # fmt: skip
        for zone in ends.values()
        if zone.label == "Zone"
        and zone.start - 1 in stops
        and text[zone.start - 1] in "、,"
        and text[zone.end : zone.end + 1] in ("、", ",", ")", ";")
    ]


def _teams(document: Document, text: str) -> Iterator[Mention]:
    """市光电光学产业工作专班: a task force of the issuer's level."""
    for match in _TEAM.finditer(text):
        if not re.search(r"[的、,，。和及与在由为]|成立|建立|组建|设立|召开|加强|发挥|政府", match.group("body")):
            attributes = (("headed", "1"), ("tail", match.group("body")), ("level", match.group("level")))
            yield _make(document, match.start("level"), match.end(), (), "agency.team", attributes, "")


def _local_zones(document: Document, text: str) -> Iterator[Mention]:
    """高新区管委会 in a text about one zone."""
    for match in _LOCAL_ZONE.finditer(text):
        yield _make(document, match.start(), match.end(), (), "agency.zone", (("zone", "1"), ("local", "1")), "")


def _outermost(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or m.end > kept[-1].end:
            if kept and m.start < kept[-1].end:
                continue
            kept.append(m)
    return kept
