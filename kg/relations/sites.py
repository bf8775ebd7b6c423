"""Which industries, projects and companies a text puts at which places: by its sentences, its labels and its tables.

支持甲区建设A园, 乙区发展B, C产业布局在丙市, 丁县:D、E, a row 戊区 | F、G. A place that the text only speaks to or works with
(承接甲市转移, 面向乙省) is no site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.folding import fold
from kg.model import Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.scope import clauses, level, own_places, sentences

Placed = tuple[Mention, Entity]
IsSite = Callable[[Entity], bool]
"""Whether something can be said to be at a place: one below or beside the place whose document it is."""

_SITES = ("City", "District", "Town", "Zone")
_THINGS = ("Industry", "Project")
_COMPANIES = ("Company", "Organization", "Institute", "University")
_BETWEEN = re.compile(r"(?:\([^()\n]{1,16}\))?(?:[、和与及,]|以及)?")
_SUPPORTED = re.compile(
    r"(?:^|[:\"])\s*(?:[(（]?[一二三四五六七八九十0-9]{1,2}[)）.、])?[^,。;:]{0,14}?"
    r"(?:支持|推动|鼓励|引导|依托|以|在|由|于|推进|围绕|指导|发挥|强化|做强|重点|其中|加快|和|与|的|将|已|拟)$"
)
_ELSEWHERE = re.compile(
    r"(?:承接|对接|面向|辐射|对标|学习|借鉴|赴|前往|来自|接轨|融入|联动|服务|带动|吸引|加强与|与|同|邻近|毗邻)$"
)
_DOES = re.compile(
    r"(?:\([^()\n]{1,20}\))?(?:等(?:[0-9一二三四五六七八九十]+个)?)?(?:地区|市区|区县|市县|县区|县市|区市|县|区|市|州|镇|街道|地|园区|开发区)?(?:等)?(?:、|(?:[两三四五多]地)?为(?:核心|龙头|重点|载体|依托|主体|支撑|中心|引领|基地|支点|节点|主|两[区翼]|[一二三两四]区)|各|分别|要|应|将|已|也|则|联动|协同|共同|联合|"
    r"重点|主要|大力|加快|积极|着力|集中|率先|优先|高质量|高标准|高水平|规划|有序|稳步|持续|深入|全力|进一步|加紧|抓紧|因地制宜)*(?:,(?:分别|各|重点|主要|着力|加快|积极)*)?"
    r"(?P<verb>建设|建成|打造|发展|布局|承接|承载|培育|集聚|聚集|聚焦|形成|引进|招引|签约|推进|谋划|规划|创建|做强|做大|做优|壮大|主攻|突出|"
    r"以|依托|新建|扩建|争创|巩固|提升|主导|定位|生产|开展|实施|延伸|推动|落地|有|产业|特色|做好|拓展|构建|建)"
)
_AT = re.compile(
    r"(?:重点|主要|集中|优先)?(?:布局|集聚|聚集|落户|落地|位于|选址|坐落|分布|集中|设|放|建|搬迁|迁|部署|坐落|座落)(?:在|于|到|至)?$"
)
_ARRIVES = re.compile(r"^\s*(?:将|已|拟|正式)?(?:落户|落地|位于|选址|坐落|座落)(?:在|于|到)?$")
DENIED = re.compile(r"不再|不得|严禁|禁止|除外|不列入|没有|尚未|暂不|避免|不宜")
_APPLIED = re.compile(r"面向|应用于|用于|服务于|赋能|场景")
_PROGRAMME = re.compile(r"(?:计划|行动|专项|活动)[\"”]?$")
"""What is carried out and stands nowhere."""
_LABEL_END = re.compile(r"(?:\([^()\n]{1,16}\))?(?:\*\*)?\s*[:：]")


@dataclass(frozen=True)
class _Group:
    """Places joined in a list: [start, end) and the entities, in order."""

    start: int
    end: int
    places: tuple[Entity, ...]


def relate(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """locatedIn facts of sentences, labels and tables."""
    outer = linked.by_iri.get(linked.issuing_place or "")
    height = level(outer, ontology) if outer else -1

    def is_site(entity: Entity) -> bool:
        return entity.type in _SITES and entity.iri != linked.issuing_place and level(entity, ontology) >= height

    heads = _headings(linked, is_site)
    named: tuple[int, _Group | None] = (-1, None)
    for index, start, end in sentences(linked):
        groups = _groups(linked, start, end, is_site)
        if len(groups) == 1 and not _NUMBER.sub("", _without(linked, start, end, groups[0])).strip(" 。:;-*"):
            named = (index, groups[0])  # ——甲市。重点发展…: a sentence that is a name speaks of what follows
            continue
        above = next((heads[i] for i in linked.document.headings_of(index) if i in heads), None)
        head = named[1] if named[0] == index else above
        if not groups and head and _DEVELOPS.search(linked.document.folded, start, min(end, start + 40)):
            yield from _under(linked, start, end, head)
        if groups:
            labels = _labels(linked, groups, end)
            yield from labels
            if not labels:
                yield from _spoken(linked, start, end, groups)
                yield from _listed(linked, start, end, groups)
    yield from _tables(linked, is_site)


_NUMBER = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十0-9]{1,2}[)）.、．]?)\s*")
_DEVELOPS = re.compile(r"重点|发展|布局|打造|建设|培育|做强|做大|聚焦|主攻|突出|依托|引进|形成|推动|推进|壮大|集聚|主导")


def _without(linked: Linked, start: int, end: int, group: _Group) -> str:
    text = linked.document.folded
    return text[start : group.start] + text[group.end : end]


def _headings(linked: Linked, is_site: IsSite) -> dict[int, _Group]:
    """Headings that are the name of a place, or of several, and nothing else."""
    found = {}
    for index, block in enumerate(linked.document.blocks):
        if block.kind == "heading":
            groups = _groups(linked, block.start, block.end, is_site)
            if len(groups) == 1 and not _NUMBER.sub("", _without(linked, block.start, block.end, groups[0])).strip(" 。:;-*#"):
                found[index] = groups[0]
    return found


def _under(linked: Linked, start: int, end: int, group: _Group) -> Iterator[Fact]:
    """What a paragraph under the name of a place is to develop is there."""
    text = linked.document.folded
    for left, right in clauses(text, start, end):
        if not DENIED.search(text, left, right):
            things = _things(linked, left, right)
            yield from _facts(linked, things, group.places, left, "locatedIn.heading", 0.65)


def _groups(linked: Linked, start: int, end: int, is_site: IsSite) -> list[_Group]:
    """Lists of sites in a sentence."""
    text = linked.document.folded
    groups: list[_Group] = []
    for mention, entity in own_places(linked, start, end):
        if not is_site(entity):
            continue
        if groups and mention.start < groups[-1].end:
            continue
        joint = text[groups[-1].end : mention.start] if groups else ""
        if groups and joint.strip() and len(joint) <= 20 and _BETWEEN.fullmatch(joint) and joint[-1:] != ",":
            last = groups.pop()
            groups.append(_Group(last.start, mention.end, (*last.places, entity)))
        elif groups and not joint:  # 西咸新区泾河新城: the inner one
            last = groups.pop()
            groups.append(_Group(last.start, mention.end, (*last.places[:-1], entity)))
        else:
            groups.append(_Group(mention.start, mention.end, (entity,)))
    return groups


def _things(linked: Linked, start: int, end: int, *kinds: str) -> list[Placed]:
    """What can be at a place, named in [start, end): not what is only a field of application."""
    text = linked.document.folded
    found = []
    for mention, entity in linked.between(start, end, *(kinds or _THINGS)):
        clause = text[max(start, text.rfind(",", start, mention.start) + 1) : mention.start]
        if not _APPLIED.search(clause) and not _PROGRAMME.search(fold(entity.name)):
            found.append((mention, entity))
    return found


def _facts(
    linked: Linked, things: list[Placed], places: tuple[Entity, ...], start: int, rule: str, score: float
) -> Iterator[Fact]:
    """Each thing, and the industry that a project is named after, at each place."""
    named = [(m, topic) for m, e in things if e.type == "Project" for topic in industry_of(linked, e)]
    for mention, thing in [*things, *named]:
        words = evidence(linked, min(start, mention.start), max(mention.end, start), rule, score)
        for place in places:
            yield Fact(thing.iri, "locatedIn", place.iri, (words,))


def industry_of(linked: Linked, project: Entity) -> list[Entity]:
    """The industry of the document that a project's name holds: 氢能 of 求雨岭氢能产业园; the longest, if any."""
    held = [(len(form), topic) for form, topic in linked.view(_industries) if form in project.name]
    return [max(held, key=lambda pair: (pair[0], pair[1].iri))[1]] if held else []


def _industries(linked: Linked) -> tuple[tuple[str, Entity], ...]:
    """Forms of the industries of the document."""
    return tuple(
        (form, entity)
        for entity in linked.entities
        if entity.type == "Industry"
        for form in (entity.name, *entity.aliases)
        if len(form) >= 2
    )


# Labels


def _labels(linked: Linked, groups: list[_Group], end: int) -> list[Fact]:
    """甲区:A、B,建设C园 … up to the next label."""
    text = linked.document.folded
    heads = [(g, m.end()) for g in groups if (m := _LABEL_END.match(text, g.end))]
    facts: list[Fact] = []
    for number, (group, left) in enumerate(heads):
        right = heads[number + 1][0].start if number + 1 < len(heads) else end
        if not DENIED.search(text, left, right):
            things = _things(linked, left, right, *_THINGS, "Technology", *_COMPANIES)
            facts.extend(_facts(linked, things, group.places, group.start, "locatedIn.label", 0.75))
    return facts


def _listed(linked: Linked, start: int, end: int, groups: list[_Group]) -> Iterator[Fact]:
    """C先导区:甲新区、乙高新区: what a label names is at the places that are all that follows."""
    text = linked.document.folded
    group = groups[-1]
    if len(groups) > 1 or text[group.end : end].strip(" 。;等") or text[group.start - 1 : group.start] not in (":", "："):
        return
    things = [(m, e) for m, e in linked.between(start, group.start - 1, *_THINGS) if group.start - 1 - m.end <= 4]
    yield from _facts(linked, things[-1:], group.places, group.end, "locatedIn.listed", 0.7)


# Sentences


def _spoken(linked: Linked, start: int, end: int, groups: list[_Group]) -> Iterator[Fact]:
    """The clauses of a sentence, each with the sites it names or, when it names none, those of the clause before."""
    text = linked.document.folded
    current: _Group | None = None
    previous = start
    for left, right in clauses(text, start, end):
        here = [g for g in groups if left <= g.start and g.end <= right]
        if DENIED.search(text, left, right):
            current = None
            continue
        if here:
            current = None
            for number, group in enumerate(here):
                stop = here[number + 1].start if number + 1 < len(here) else right
                floor = here[number - 1].end if number else left
                if text[floor : group.start] and _AT.search(text, floor, group.start):
                    yield from _before(linked, floor, group, previous)
                elif _is_actor(text, left, group):
                    current = group
                    yield from _after(linked, group.end, stop, group)
        elif current is not None:
            yield from _after(linked, left, right, current)
        previous = left


def _is_actor(text: str, left: int, group: _Group) -> bool:
    """Whether the clause says what is done at or by the places: 支持甲区建设, 甲区发展."""
    head = text[left : group.start]
    if _ELSEWHERE.search(head):
        return False
    return bool((len(head.strip(" \"'-*·")) <= 4 or _SUPPORTED.search(head)) and _DOES.match(text, group.end))


def _after(linked: Linked, left: int, right: int, group: _Group) -> Iterator[Fact]:
    text = linked.document.folded
    things = _things(linked, left, right)
    every = _things(linked, left, right, *_THINGS, "Technology")
    outer = [p for p in every if not _inside(p, every)]
    if len(group.places) > 1 and "分别" in text[left:right] and len(outer) == len(group.places):
        for thing, place in zip(outer, group.places, strict=True):
            yield from _facts(linked, [thing], (place,), group.start, "locatedIn.parallel", 0.7)
        return
    if len(group.places) > 1 and "分别" in text[left:right]:
        return  # which is where cannot be told
    yield from _facts(linked, things, group.places, group.start, "locatedIn.stated", 0.65)


def _inside(pair: Placed, others: list[Placed]) -> bool:
    mention = pair[0]
    return any(
        m.start <= mention.start and mention.end <= m.end and (m.start, m.end) != (mention.start, mention.end)
        for m, _ in others
    )


def _before(linked: Linked, left: int, group: _Group, previous: int) -> Iterator[Fact]:
    """A产业布局在甲市; …项目,落户甲区."""
    text = linked.document.folded
    things = _things(linked, left, group.start, *_THINGS, *_COMPANIES)
    if not things and _ARRIVES.match(text[left : group.start]):
        things = _things(linked, previous, left, "Project")[-1:] or _things(linked, previous, left, "Company")[-1:]
    yield from _facts(linked, things, group.places, group.end, "locatedIn.settles", 0.7)


# Tables


def _tables(linked: Linked, is_site: IsSite) -> Iterator[Fact]:
    """A row whose first cell is a place holds its industries and projects; a column of places tells where each row's are."""
    blocks = linked.document.blocks
    row: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind != "cell" or (row and not _same_row(linked, row[-1], index)):
            yield from _row(linked, row, is_site)
            row = []
        if block.kind == "cell":
            row.append(index)
    yield from _row(linked, row, is_site)


def _same_row(linked: Linked, before: int, index: int) -> bool:
    """Whether two cells that follow one another share a row: the later one names the row's first cell or the same head."""
    blocks = linked.document.blocks
    first, second = blocks[before], blocks[index]
    if not second.row:
        return False
    return second.row == first.row or (not first.row and linked.document.text[first.start : first.end].strip() == second.row)


def _row(linked: Linked, row: list[int], is_site: IsSite) -> Iterator[Fact]:
    blocks = linked.document.blocks
    sites: list[Entity] = []
    others: list[int] = []
    for index in row:
        block = blocks[index]
        if not block.column:
            continue  # the head of the table
        places = [e for m, e in own_places(linked, block.start, block.end) if is_site(e)]
        text = linked.document.folded[block.start : block.end]
        if places and _only_places(linked, block.start, block.end) and not _DUTY.search(fold(block.column)):
            sites.extend(places)
        elif not _DUTY.search(fold(block.column)) and text.strip():
            others.append(index)
    for index in others if sites else ():
        things = _things(linked, blocks[index].start, blocks[index].end, *_THINGS, "Technology")
        yield from _facts(linked, things, tuple(dict.fromkeys(sites)), blocks[index].start, "locatedIn.table", 0.75)


_DUTY = re.compile(r"单位|部门|责任|牵头|配合|链长|协作|任务|措施|标准|备注|投资方")


def _only_places(linked: Linked, start: int, end: int) -> bool:
    rest = list(linked.document.folded[start:end])
    for mention, _ in own_places(linked, start, end):
        for at in range(mention.start, mention.end):
            rest[at - start] = ""
    return not re.sub(r"[、和与及,;\s*/]|(?<!.)(?:在)|等", "", "".join(rest))
