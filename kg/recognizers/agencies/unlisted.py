"""Bodies that no list of functions holds: teams, zone committees, branches, bureaus with names of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Mention
from kg.recognizers.agencies.functions import LISTED_GENERIC, make
from kg.recognizers.phrases import Spans
from kg.words import anchored

_GROUPS = r"(?:工作|推进|协调|建设|促进|攻坚|指导)*(?:领导小组|推进小组|协调小组|工作小组|专班|指挥部|联席会议|推进委员会|推进组|工作组)"
_HEADED = re.compile(
    rf"(?P<body>[一-鿿]{{0,16}}?(?:{_GROUPS}|管理委员会|管委会|委员会|合作办公室|管理办公室|管理局"
    r"|服务局|发展局|监管分局|监管局|专员办|专卖局)(?:办公室)?)(?!机制)"
)
_TEAM = re.compile(rf"(?<![一-鿿])(?:我|全)?(?P<level>省|市|县|区)(?P<body>[一-鿿]{{2,16}}?{_GROUPS}(?:办公室)?)(?!机制)")
_GROUP = re.compile(_GROUPS)
_PROSE = re.compile(
    r"[的、,，。和及与在由为]|推进(?!小组|委员会|组|专班|办)|推动|召开|成立|建立|组建|设立|加强|发挥|政府|第[一二三四五六七八九十]+届"
)
"""What stands between a place and the head of a body when both belong to a sentence, not to a name."""
_CONGRESS = re.compile(r"第[一二三四五六七八九十]+届(?P<body>人民代表大会(?:常务委员会)?)")
_JOINED_NAME = re.compile(r"[一-鿿]{4,24}")
_CLOSES = re.compile(r"$|[^一-鿿]|文件|负责|牵头|会同|关于|印发")
_LOCAL_ZONE = re.compile(r"(?:高新区|经开区|开发区|工业园区|产业园区|园区|新区|自贸区|保税区|工业园)(?:管委会|管理委员会)")
_INNER_OFFICE = re.compile(
    r"(?:(?<=[由与和及、,;:(\n])|^)(?:管委会|管理委员会)(?P<office>[一-鿿]{2,14}?(?:处|局|办公室|工作部|部))(?=[^一-鿿]|$|牵头|负责|会同|配合|组织|统筹|落实|等|和|与)"
)
"""An office inside the committee of a zone that speaks of itself: 由管委会投资促进处负责."""
_BRACKETED = re.compile(
    r"(?P<body>\([一-鿿]{2,6}\)[一-鿿]{0,8}(?:开发区|工业园区|工业园|产业园|园区|新区)(?:管委会|管理委员会))"
)
_BY_LEVEL = re.compile(
    r"(?P<level>自治区|地区|师市|高新区|经开区|开发区|示范区|新区|园区|[省市县区州盟旗])(?P<body>(?![域级直属内外场])[一-鿿]{1,18}?"
    r"(?:委员会|办公室|[局厅委办]|中心|总队|支队|大队|联合会|协会|研究院|管理处|服务处|联社))(?=[^一-鿿]|$|等|牵头|配合|负责|会同|按|与|和|及)"
)
_SURE_BUREAU = re.compile(
    r"(?:管理|发展|监督|服务|事务|工作|建设|合作|执法|促进|保障|监察|改革|出版|旅游|文物|档案)[局厅]$|[局厅]$"
)
_NO_BODY = re.compile(
    r"的|、|各|有关|相关|推进|推动|加快|加强|打造|建立|成立|组建|要求|由|重点|其他|所有|每个|本级|政府|区域|县区|市县|区县|人大|政协|市场化"
)
_OF_GOVERNMENT = re.compile(
    r"(?P<level>自治区|[省市县区州旗])(?P<body>(?:人民)?政府(?!各|有关|相关|办公)[一-鿿]{2,8}(?:办公室|[办局室]))(?=[^一-鿿]|$|负责|牵头|关于|印发|联合|会同|转发|等)"
)
_IN_LIST = re.compile(
    r"(?<=[、,;:(和及])(?P<body>(?![各有相所属])(?:(?![各均需])[一-鿿]){2,6}(?:(?:工业园区|工业园|产业园区|产业园|园区|新区|新城|试验区|示范区|度假区|景区)(?:管委会|管理委员会|管委)"
    r"|海关|边检站|海事处|金融监管支局))(?=[、,;)。]|$)"
)
"""Names that are whole between two marks of a list: 甘眉工业园区管委会, 新生圩海关."""
NOT_BUREAU = frozenset(
    "格局 布局 结局 大局 全局 开局 当局 变局 破局 定局 新局 举办 主办 承办 创办 兴办 督办 交办 协办 经办 申办 联办 合办".split()
)
_BEFORE = re.compile(r"$|[^一-鿿]|[由经向与和及同请报对]")
_BEHIND = re.compile(r"$|[^一-鿿]|等|牵头|配合|负责|会同|按|与|和|及")
_ZONE_BODY = re.compile(r"管理委员会|管委会|党工委|管委(?!员)")
_BANK = re.compile(
    r"(?:(?:中国)?人民银行|人行)[一-鿿]{2,8}?(?:分行|支行|营业管理部|营管部)|国家矿山安全监察局[一-鿿]{2,3}局"
    r"|国家金融监督管理总局[一-鿿]{2,8}?监管(?:分)?局|国家统计局[一-鿿]{2,6}?调查(?:总队|队)"
    r"|(?:中国)?(?:银保监会|银监会|保监会|证监会|银行保险监督管理委员会|证券监督管理委员会)[一-鿿]{2,6}?(?:监管(?:分)?局|专员办)"
    r"|(?:(?![向经由与和及对会报同请国省市县区银])[一-鿿]){2,3}(?:银保监|证监|银监|保监)(?:分)?局"
)
_BANK_PART = re.compile(
    "人民银行|人行|国家金融监督管理总局|国家矿山安全监察局|国家统计局|银行保险监督|证券监督|银保监|证监|银监|保监"
)


def branches(document: Document) -> Iterator[Mention]:
    for match in anchored(_BANK, _BANK_PART, document.folded, before=3):
        start, end = match.span()
        yield Mention(start, end, "Agency", document.text[start:end], "agency.branch", (), "", 0.85)


def headed(document: Document, text: str, ends: dict[int, Mention]) -> Iterator[Mention]:
    """A place followed by a body that no function list holds: 泉州市质量强市领导小组, 两江新区管委会."""
    for place in ends.values():
        deictic = place.attribute("deictic")
        congress = _CONGRESS.match(text, place.end)
        if congress:
            tail = (("headed", "1"), ("tail", congress.group("body")), ("level", deictic or ""))
            yield make(document, place.start, congress.end(), place.concepts, "agency.headed", tail, place.canonical)
            continue
        zone = None if deictic else _ZONE_BODY.match(text, place.end)
        match = zone or _BRACKETED.match(text, place.end) or _HEADED.match(text, place.end)
        if match is None or _is_prose(text, place.start, match):
            continue
        if place.label == "Country" or deictic and not zone and not _GROUP.search(match.group()):
            continue
        end = match.end() if zone else match.end("body")
        attributes = (("zone", "1") if zone else ("headed", "1"), ("tail", text[place.end : end]), ("level", deictic or ""))
        yield make(document, place.start, end, place.concepts, "agency.headed", attributes, place.canonical)


def _is_prose(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a sentence runs through the match; a name alone on its line may hold 和 (某市光伏和储能专班)."""
    words = match.group()
    prose = _PROSE.search(words)
    if prose is None:
        return False
    alone = text[start - 1 : start] in ("", "\n", " ", "　", "(") and _CLOSES.match(text, match.end()) is not None
    return not (alone and prose.group() in "和与及" and _JOINED_NAME.fullmatch(words))


def teams(document: Document, text: str) -> Iterator[Mention]:
    """市光电光学产业工作专班: a task force of the issuer's level."""
    for match in _TEAM.finditer(text):
        if not _PROSE.search(match.group("body")):
            attributes = (("headed", "1"), ("tail", match.group("body")), ("level", match.group("level")))
            yield make(document, match.start("level"), match.end(), (), "agency.team", attributes, "")


def named_by_level(document: Document, text: str, charged: Spans) -> Iterator[Mention]:
    """市酒类产业发展局, 区招才中心 (in lists of duties): a bureau of the issuer's level whose function no list holds."""
    for match in _IN_LIST.finditer(text):
        start, end = match.span("body")
        if charged.covers(start, end):
            yield make(document, start, end, (), "agency.in-list", (("named", "1"),), "")
    for match in _OF_GOVERNMENT.finditer(text):
        if text[match.start() - 1 : match.start()] not in ("各", "县", "市"):
            body = match.group("body").replace("人民", "")
            attributes = (("headed", "1"), ("tail", "人民" + body), ("level", match.group("level")))
            yield make(document, match.start(), match.end(), (), "agency.by-level", attributes, "")
    for match in _BY_LEVEL.finditer(text):
        start, end = match.span()
        body = match.group("body")
        if (
            LISTED_GENERIC.search(text, max(0, start - 16), start)
            or _NO_BODY.search(body)
            or text[end - 2 : end] in NOT_BUREAU
            or not _stands_alone(text, start, end)
        ):
            continue
        if charged.covers(start, end) or _SURE_BUREAU.search(body):
            attributes = (("headed", "1"), ("tail", body), ("level", match.group("level")))
            yield make(document, start, end, (), "agency.by-level", attributes, "")


def _stands_alone(text: str, start: int, end: int) -> bool:
    return _BEFORE.match(text[start - 1 : start]) is not None and _BEHIND.match(text, end) is not None


def local_zones(document: Document, text: str) -> Iterator[Mention]:
    """高新区管委会 in a text about one zone."""
    for match in _INNER_OFFICE.finditer(text):
        attributes = (("zone", "1"), ("local", "1"), ("office", match.group("office")))
        yield make(document, *match.span(), (), "agency.zone", attributes, "")
    for match in _LOCAL_ZONE.finditer(text):
        yield make(document, match.start(), match.end(), (), "agency.zone", (("zone", "1"), ("local", "1")), "")
