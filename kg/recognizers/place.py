"""Places: names with codes, districts in lists with one tail (福田、南山等区), towns, zones, and 我市, 全省.

What a name must pass lives in ``ontology/rules-places.ttl``; how the parts of a list, a town or a zone are cut is here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Document, Mention
from kg.ontology import Concept, Ontology
from kg.recognizers import CANDIDATE
from kg.recognizers.phrases import Spans
from kg.words import Words

_HAN = "一-鿿"
_DEICTIC = re.compile(r"(?<![健安])(?:我|全|本)(省|市|县|区|州)(?![a-z]|域块|间|场|值|面)")
_LEVEL = {"省": "Province", "市": "City", "县": "District", "区": "District", "州": "City"}
_JOINT = "、和及与"
_RUN = re.compile(rf"[{_HAN}]{{2,}}(?:、[{_HAN}]{{2,}})*")
_PIECE = re.compile("[^、]+")
_CONJUNCTION = re.compile("[和及与]")
_TAIL = re.compile(
    r"等?(?:[0-9一二三四五六七八九十]{1,3}个)?(?:\(?(?:区|县|市|旗)[、,]?){1,3}\)?(?!域|间|块|位|场|面|方|级)|等地"
)
_TOWN = re.compile(
    rf"(?:^|(?<=[^{_HAN}]|[和及与在至于以将由向区市县镇道乡旗州盟]))"
    rf"((?:(?![的和及与在是有为等各个按由将把向从到已未不所其该此至以于对])[{_HAN}]){{2,5}}?)(街道|镇|乡)(?![村级域企建土贤愁亲情风镇街])"
)
_TOWN_LIST = re.compile(
    rf"([{_HAN}]{{2,3}}?)(?:[和及与]([{_HAN}]{{2,3}}?))?等(?:[0-9一二三四五六七八九十]{{1,3}}个)?(镇|街道|乡)(?![村域企建土街])"
)
_SURE = "京津沪渝冀晋蒙辽苏浙皖闽赣鲁豫鄂湘粤桂琼川黔滇陕"
_LOOSE = _SURE + "吉黑贵云藏甘青宁新"
_ABBREVIATED = re.compile(
    rf"(?<![{_HAN}])[{_SURE}]{{3,5}}(?![{_HAN}])|[{_LOOSE}]{{2,5}}(?=[两三四五]省|[两三四]地|省际|省市|交界|毗邻)"
)
_IN_ABBREVIATED = re.compile(
    rf"(?:(?<=[在来入驻赴])|(?<=落户))([{_SURE}蓉穗深甬杭厦汉郑昆筑邕榕])(?=$|[^{_HAN}]|[企高央单院投落创金机设注建经就的])"
)
_DIRECTIONS = "东南西北中内外大上下新"
"""Characters that begin city names but mostly mean something else (南北一体化)."""
_NEXT_WORD = {"市": "场值", "区": "域块间位别", "县": "域级际", "州": "际", "国": "际", "中": "国华心央共医学小间期型"}
"""Last character of a name -> characters that make another word with it."""
_CLOSES_COUNTY = re.compile(rf"$|[^{_HAN}]|[人政委的与和及是为]")
_OPENING = re.compile(rf"[^{_HAN}a-z0-9]|[在于及和与由将对省市州盟、]")
_AFTER_SHORT = re.compile(rf"$|[^{_HAN}]|等|[区县市旗两三四五六七八](?!域)|[的建打发布开创]")
_AFTER_LOCAL = re.compile(rf"$|[^{_HAN}]|[和及与等]|园区|片区|产业园|工业园|新城")
_NOT_IN_NAME = re.compile(
    r"[的和及与在是有为、等各个按由将把向从到已未不所其该此]|省级|国家级|市级|县级|认定|建设|申报|支持|推进|加快|新增"
)


@dataclass(frozen=True)
class _Names:
    """Everything the rules look up, made once for an ontology."""

    short: dict[str, tuple[Concept, ...]]
    """Short name of a district or zone, good only in context (南山 -> 南山区 of 深圳 and of 鹤岗)."""
    shorts: Words
    """The short names, to find them in one pass."""
    above: dict[str, frozenset[str]]
    """Ancestors of each of them, without the country."""
    under: dict[str, tuple[str, ...]]
    """Place -> short names of the districts below it."""
    abbreviation: dict[str, str]
    zones: re.Pattern[str]
    free_zones: re.Pattern[str]
    bare: re.Pattern[str]
    not_towns: tuple[str, ...]
    town_leads: tuple[str, ...]
    not_places: Words
    not_after: re.Pattern[str]
    generic: frozenset[str]
    loose: frozenset[str]
    ambiguous: frozenset[str]
    common: frozenset[str]


@lru_cache(maxsize=2)
def _names(ontology: Ontology) -> _Names:
    heads = "|".join(map(re.escape, ontology.words("zone-heads")))
    strong = "|".join(map(re.escape, ontology.words("named-zone-heads")))
    bare = "|".join(map(re.escape, ontology.words("bare-zones")))
    short = _short_names(ontology, re.compile(f"(?:{strong})$"))
    country = {c.iri for c in ontology.of_kinds("Country")}
    above = {
        c.iri: frozenset({c.iri, *ontology.ancestors(c.iri)} - country) for c in ontology.of_kinds("City", "District", "Zone")
    }
    return _Names(
        short=short,
        shorts=Words(short),
        above=above,
        under=_under(short, above),
        abbreviation={a: c.iri for c in ontology.of_kinds("City", "Province") for a in c.properties.get("abbreviation", ())},
        zones=re.compile(rf"([{_HAN}]{{0,7}}?)({heads})"),
        free_zones=re.compile(rf"(?:^|(?<=[、,。;:(和及与在于以\"\s]))([{_HAN}]{{2,5}}?)({strong})(?![{_HAN}]?认定)"),
        bare=re.compile(
            rf"(?:^|(?<=[、,。;:(和及与在于是\n ]))({bare})(?![{_HAN}]?(?:内|认定|评价|管理办法))"
            # 高新区、经开区、综合保税区等开放平台 speaks of kinds of zones.
            rf"(?!(?:、[{_HAN}]{{2,6}}){{0,3}}、?(?:综合保税区|工业园区|各类|等各类|等开发区|等园区|等开放))"
        ),
        not_towns=ontology.words("not-towns"),
        town_leads=ontology.words("town-leads"),
        not_places=Words(ontology.words("not-places")),
        not_after=re.compile("|".join(map(re.escape, ontology.words("media-heads")))),
        generic=ontology.word_set("generic-district-names"),
        loose=ontology.word_set("loose-district-names"),
        ambiguous=ontology.word_set("ambiguous-places"),
        common=ontology.word_set("common-short-names"),
    )


def _short_names(ontology: Ontology, head: re.Pattern[str]) -> dict[str, tuple[Concept, ...]]:
    found: dict[str, list[Concept]] = defaultdict(list)
    taken = {f for c in ontology.of_kinds("City", "Province") for f in c.forms}
    for concept in ontology.of_kinds("District", "City", "Zone"):
        names = list(concept.properties.get("shortName", ()))
        if concept.kind == "Zone":
            names += [head.sub("", form) for form in concept.forms if head.search(form)]
        elif concept.kind == "District":
            names += [a for a in concept.aliases if 2 <= len(a) <= 3]
        for name in dict.fromkeys(names):
            if 2 <= len(name) <= 4 and (concept.kind != "Zone" or name not in taken):
                found[name].append(concept)
    return {
        name: tuple(sorted(concepts, key=lambda c: (c.value("validUntil") is not None, c.kind == "Zone", c.iri)))
        for name, concepts in found.items()
    }


def _under(short: dict[str, tuple[Concept, ...]], above: dict[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    under: dict[str, set[str]] = defaultdict(set)
    for name, concepts in short.items():
        for concept in concepts:
            for place in above[concept.iri]:
                under[place].add(name)
    return {place: tuple(sorted(found)) for place, found in under.items()}


def recognize(document: Document, ontology: Ontology, found: Sequence[Mention]) -> list[Mention]:
    """Place mentions; where names overlap the longest counts."""
    names = _names(ontology)
    known = _known(document, ontology, found, names)
    home = _home(document, ontology, known)
    mentions = [*known, *_deictic(document)]
    mentions += _zones(document, ontology, names, known)
    mentions += _lists(document, ontology, names, home)
    mentions += _after_parent(document, names, known)
    mentions += _at_boundary(document, names, home)
    mentions += _towns(document, names, known)
    mentions += _abbreviations(document, ontology, names)
    mentions += _joined_cities(document, ontology, home)
    return _without_inner(mentions)


# Names of the gazetteer


def _known(document: Document, ontology: Ontology, found: Sequence[Mention], names: _Names) -> list[Mention]:
    text = document.folded
    words = Spans(document.view(names.not_places.hits).spans)  # 和平发展 holds the name of a place but means none
    candidates = []
    for m in found:
        if m.rule != CANDIDATE:
            continue
        concepts = ontology.of_class(m.concepts, "Place")
        if concepts and not (words.covers(m.start, m.end) or _is_of_medium(text, m, names) or _cut_short(text, m)):
            label = ontology.concepts[concepts[0]].kind
            candidates.append(Mention(m.start, m.end, label, m.text, "place.name", concepts, "", 0.95))
    chosen = _longest(candidates)
    certain = [m for m in chosen if _certain(m, names)]
    return _in_context(text, chosen, names, _home(document, ontology, certain))


def _is_of_medium(text: str, m: Mention, names: _Names) -> bool:
    """Whether the name belongs to a medium's (上海 in 上海证券报)."""
    return names.not_after.match(text, m.end) is not None


def _cut_short(text: str, m: Mention) -> bool:
    """Whether the last character belongs to the next word (东方市 in 东方市场, 关中 in 事关中国, 法国 in 司法国际)."""
    after = text[m.end : m.end + 1]
    if after == "" or text.startswith("国家", m.end):
        return False
    return after in _NEXT_WORD.get(text[m.end - 1], "")


def _in_context(text: str, mentions: list[Mention], names: _Names, home: frozenset[str]) -> list[Mention]:
    """Keep what needs no context, and of the rest what stands beside another place or has its full name in the text."""
    texts = {text[m.start : m.end] for m in mentions}
    kept = [m for m in mentions if _certain(m, names)]
    starts, ends = {m.start for m in kept}, {m.end for m in kept}
    doubtful = [m for m in mentions if not _certain(m, names)]
    for order in (doubtful, doubtful[::-1]):  # A member of a list vouches for the next one, in both directions.
        for m in order:
            if m.start not in starts and _fits(text, m, starts, ends, names, home, texts):
                kept.append(m)
                starts.add(m.start)
                ends.add(m.end)
    return sorted(kept, key=lambda m: m.start)


def _fits(
    text: str, m: Mention, starts: set[int], ends: set[int], names: _Names, home: frozenset[str], texts: set[str]
) -> bool:
    """Whether a name that may mean something else means a place here: its surroundings say so."""
    folded = text[m.start : m.end]
    if m.start in ends:
        return True
    if folded in names.generic:
        return _listed(text, m, starts, ends)
    if folded in names.loose:
        local = any(names.above.get(c, frozenset()) & home for c in m.concepts)
        return _listed(text, m, starts, ends) or (local and _opens(text, m.start))
    if _is_small_county(m):
        return _opens(text, m.start) and _CLOSES_COUNTY.match(text, m.end) is not None
    if _is_of_cities(folded):
        return _opens(text, m.start) or _listed(text, m, starts, ends)
    full = any(folded + tail in texts for tail in "市县区州")
    return full or _listed(text, m, starts, ends) or text.startswith("等地", m.end)


def _listed(text: str, m: Mention, starts: set[int], ends: set[int]) -> bool:
    before, after = text[m.start - 1 : m.start], text[m.end : m.end + 1]
    return (before in tuple(_JOINT) and m.start - 1 in ends) or (after in tuple(_JOINT) and m.end + 1 in starts)


def _is_small_county(m: Mention) -> bool:
    """寿县, 范县: two characters, also the end of 示范县."""
    return m.end - m.start == 2 and m.label == "District" and m.text[-1] in "县区市旗"


def _is_of_cities(folded: str) -> bool:
    """海城市, 宜城市: also the end of 沿海城市, 适宜城市."""
    return len(folded) == 3 and folded.endswith("城市")


def _certain(m: Mention, names: _Names) -> bool:
    """Whether a name means a place wherever it stands."""
    doubtful = m.text in names.ambiguous or m.text in names.generic or m.text in names.loose
    return not (doubtful or _is_small_county(m) or _is_of_cities(m.text))


def _opens(text: str, start: int) -> bool:
    """Whether a name may begin here: nothing, punctuation or a preposition stands before."""
    return start == 0 or _OPENING.match(text, start - 1) is not None


def _longest(mentions: list[Mention]) -> list[Mention]:
    chosen: list[Mention] = []
    last = 0
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if m.start >= last:
            chosen.append(m)
            last = m.end
    return chosen


def _home(document: Document, ontology: Ontology, known: list[Mention]) -> frozenset[str]:
    """The places this text is about, as far as names tell: those it names most, and those above and in its title."""
    counts: Counter[str] = Counter()
    title = next((b for b in document.blocks if b.kind == "title"), None)
    for m in known:
        if len(m.concepts) == 1 and m.label in ("Province", "City", "District"):
            in_title = title is not None and title.start <= m.start < title.end
            counts[m.concepts[0]] += 10 if in_title or m.start < 60 else 1
    best = sorted(counts, key=lambda c: (-counts[c], c))[:1]
    return frozenset(best)


# 我市, 全省


def _deictic(document: Document) -> Iterator[Mention]:
    for match in _DEICTIC.finditer(document.folded):
        word = document.text[match.start() : match.end()]
        attributes = (("deictic", match.group(1)),)
        yield Mention(match.start(), match.end(), _LEVEL[match.group(1)], word, "place.deictic", (), "", 0.9, attributes)


# Short names of districts


def _lists(document: Document, ontology: Ontology, names: _Names, home: frozenset[str]) -> Iterator[Mention]:
    """福田、南山、宝安等区: the members are districts when several of them are districts of one place."""
    text = document.folded
    shorts = document.view(names.shorts.hits)
    for match in _RUN.finditer(text):
        start, end = match.span()
        if len(shorts.within(start, end)) >= 2:
            members = _members(text, start, end, names)
            hits = [(s, e) for s, e in members if text[s:e] in names.short]
            if len(hits) >= 2:
                yield from _members_of_one_parent(document, hits, names, home)
        if text.find("、", start, end) >= 0:
            yield from _listed_towns(document, start, end, names)


def _members_of_one_parent(
    document: Document, hits: list[tuple[int, int]], names: _Names, home: frozenset[str]
) -> Iterator[Mention]:
    text = document.folded
    parents: Counter[str] = Counter()
    for s, e in hits:
        above = {a for c in names.short[text[s:e]] for a in names.above[c.iri] - {c.iri}}
        parents.update(above)
    parent = min(parents, key=lambda p: (-parents[p] - (p in home) * 0.5, -_depth(p), p))
    members = [(s, e) for s, e in hits if any(parent in names.above[c.iri] for c in names.short[text[s:e]])]
    tail = _TAIL.match(text, hits[-1][1])
    needed = 2 if tail or parent in home else 3
    if len(members) < needed:
        return
    for s, e in members:
        here = tuple(c for c in names.short[text[s:e]] if parent in names.above[c.iri])
        concepts = tuple(c.iri for c in here)
        yield Mention(s, e, here[0].kind, document.text[s:e], "place.list", concepts, here[0].name, 0.85)


def _depth(place: str) -> int:
    """Cities before provinces when both have as many members (their codes end in 00 and 0000)."""
    return 0 if place.endswith("0000") else 1


def _members(text: str, start: int, end: int, names: _Names) -> list[tuple[int, int]]:
    """Members of a run; the first may have words before its name (支持福田), the last a tail after it (龙岗等区)."""
    pieces = [part for s, e in _pieces(text, start, end) for part in _at_joint(text, s, e, names)]
    members = []
    for index, (s, e) in enumerate(pieces):
        if text[s:e] in names.short:
            members.append((s, e))
        elif index == 0:
            members += [(e - n, e) for n in (4, 3, 2) if e - n >= s and text[e - n : e] in names.short][:1]
        elif index == len(pieces) - 1:
            ends = [s + n for n in (4, 3, 2) if s + n <= e and text[s : s + n] in names.short and _ends(text, s + n)]
            members += [(s, end) for end in ends[:1]]
        elif text[e - 1] in "区县市旗" and text[s : e - 1] in names.short:
            members.append((s, e - 1))
    return members


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in _PIECE.finditer(text, start, end)]


def _at_joint(text: str, start: int, end: int, names: _Names) -> list[tuple[int, int]]:
    """光明和大鹏等区 in two, where names stand on both sides (和平 is no joint)."""
    for joint in _CONJUNCTION.finditer(text, start + 2, end - 2):
        at = joint.start()
        left = any(text[at - n : at] in names.short for n in (4, 3, 2) if at - n >= start)
        if left and any(text[at + 1 : at + 1 + n] in names.short for n in (4, 3, 2)):
            return [(start, at), (at + 1, end)]
    return [(start, end)]


def _ends(text: str, end: int) -> bool:
    return _AFTER_SHORT.match(text, end, end + 2) is not None


def _listed_towns(document: Document, start: int, end: int, names: _Names) -> Iterator[Mention]:
    """坦洲、板芙等镇: the members are towns."""
    text = document.folded
    pieces = _pieces(text, start, end)
    match = _TOWN_LIST.match(text, pieces[-1][0], end) if len(pieces) > 1 else None
    if not match:
        return
    first_start, first_end = pieces[0]
    if text[first_start : first_end - 2] in names.town_leads:
        pieces[0] = (first_end - 2, first_end)
    pieces[-1:] = [match.span(group) for group in (1, 2) if match.group(group)]
    for s, e in pieces:
        if 2 <= e - s <= 3:
            name = text[s:e] + match.group(3)
            yield Mention(s, e, "Town", document.text[s:e], "place.town-list", (), name, 0.75)


def _after_parent(document: Document, names: _Names, known: list[Mention]) -> Iterator[Mention]:
    """厦门海沧, 安徽金寨: a district's short name right after the city or province it lies in."""
    text = document.folded
    false = {start for start, _ in document.view(names.not_places.hits).spans}
    for m in known:
        if m.label not in ("Province", "City"):
            continue
        for size in (4, 3, 2):
            short = text[m.end : m.end + size]
            inside = tuple(c for c in names.short.get(short, ()) if names.above[c.iri] & set(m.concepts))
            if inside and m.end not in false:
                concepts = tuple(c.iri for c in inside)
                word = document.text[m.end : m.end + size]
                yield Mention(m.end, m.end + size, inside[0].kind, word, "place.after-parent", concepts, inside[0].name, 0.85)
                break


def _at_boundary(document: Document, names: _Names, home: frozenset[str]) -> Iterator[Mention]:
    """A short name of a district of the text's own place, between punctuation or prepositions (在南山建设 of Shenzhen)."""
    if not home:
        return
    text = document.folded
    present = {text[start:end] for start, end in document.view(names.shorts.hits).spans}
    for short in sorted({name for place in home for name in names.under.get(place, ())} & present):
        if short in names.common:
            continue
        concepts = names.short[short]
        inside = tuple(c for c in concepts if c.kind == "District" and names.above[c.iri] & home)
        if not inside:
            continue
        for match in re.finditer(re.escape(short), text):
            if _opens(text, match.start()) and _AFTER_LOCAL.match(text, match.end()):
                word = document.text[match.start() : match.end()]
                ids = tuple(c.iri for c in inside)
                yield Mention(match.start(), match.end(), "District", word, "place.local", ids, inside[0].name, 0.7)


# Towns


def _towns(document: Document, names: _Names, known: list[Mention]) -> Iterator[Mention]:
    text = document.folded
    end_of = {m.start: m.end for m in known}
    for match in _TOWN.finditer(text):
        start, end = match.start(1), match.end()
        if end_of.get(start, end) < match.end(1):  # 临海市杜桥镇: the town begins after the city.
            start = end_of[start]
        lead = next((w for w in names.town_leads if text.startswith(w, start)), "")
        core = text[start + len(lead) : match.end(1)]
        if len(core) < 2:
            lead, core = ("", text[start : match.end(1)]) if len(lead) < 2 else (lead, "")
        name = core + match.group(2)
        if not 2 <= len(core) <= 4 or any(name.endswith(word) for word in names.not_towns):
            continue
        # 黄家寿镇党委书记 may be a person and an office; a real town is named more than once.
        if len(core) > 2 and text.startswith(("党委", "副镇", "镇长"), end) and text.count(name) < 2:
            continue
        start += len(lead)
        yield Mention(start, end, "Town", document.text[start:end], "place.town", (), "", 0.7)


# Zones


def _zones(document: Document, ontology: Ontology, names: _Names, known: list[Mention]) -> Iterator[Mention]:
    """A place's name followed by a zone head (泉州半导体高新区), a name with a head (安溪分园区), or a head alone."""
    text = document.folded
    spans = Spans([(m.start, m.end) for m in known])
    found = []
    for m in known:
        match = names.zones.match(text, m.end)
        if not match or m.label not in ("Province", "City", "District") or _NOT_IN_NAME.search(match.group(1)):
            continue
        end = match.end()
        # 陕西省高新技术产业开发区 means all zones of the province, 重庆高新区 one zone.
        if not match.group(1) and m.label == "Province" and not ontology.concepts[m.concepts[0]].name.endswith("市"):
            continue
        if not spans.covers(m.start, end):
            name = _expand(text[m.start : end])
            found.append(Mention(m.start, end, "Zone", document.text[m.start : end], "place.zone", (), name, 0.75))
    yield from found
    spans = Spans([(m.start, m.end) for m in (*known, *found)])
    starts, ends = {m.start for m in (*known, *found)}, {m.end for m in (*known, *found)}
    for match in names.free_zones.finditer(text):
        start, end = match.span(1)[0], match.end()
        name = _expand(text[start:end])
        core = match.group(1)
        # Any verb may stand before a head (推动高新区), so the word must be a known short name or stand in a list of places.
        listed = (text[start - 1 : start] == "、" and start - 1 in ends) or (text[end : end + 1] == "、" and end + 1 in starts)
        named = core in names.short or (listed and not _NOT_IN_NAME.search(core))
        if named and not spans.covers(start, end) and not any(word in name for word in ontology.words("not-zones")):
            yield Mention(start, end, "Zone", document.text[start:end], "place.named-zone", (), name, 0.6)
    for match in names.bare.finditer(text):
        start, end = match.span(1)
        if not spans.covers(start, end):
            bare = (("bare", _expand(match.group(1))),)
            yield Mention(start, end, "Zone", document.text[start:end], "place.bare-zone", (), "", 0.6, bare)


def _expand(name: str) -> str:
    name = re.sub(r"高新区$", "高新技术产业开发区", name)
    return re.sub(r"经开区$", "经济技术开发区", name)


# Abbreviations of provinces


def _abbreviations(document: Document, ontology: Ontology, names: _Names) -> Iterator[Mention]:
    """粤桂两省, 沪苏浙皖, 在渝, 在蓉: one character for a province or city, only where it can mean nothing else."""
    text = document.folded
    spans = [match.span() for match in _ABBREVIATED.finditer(text)]
    spans += [match.span(1) for match in _IN_ABBREVIATED.finditer(text)]
    for start, end in sorted(set(spans)):
        for position in range(start, end):
            place = names.abbreviation.get(text[position])
            if place:
                concept, word = ontology.concepts[place], document.text[position]
                rule = "place.abbreviation"
                yield Mention(position, position + 1, concept.kind, word, rule, (place,), concept.name, 0.8)


def _joined_cities(document: Document, ontology: Ontology, home: frozenset[str]) -> Iterator[Mention]:
    """芜马组合港: cities of the text's own province by their first characters, before a head that joins cities."""
    text = document.folded
    joined = {m.start() for head in ontology.words("city-joining-heads") for m in re.finditer(re.escape(head), text)}
    if not joined:
        return
    provinces = {p for h in home for p in (h, *ontology.ancestors(h)) if ontology.concepts[p].kind == "Province"}
    first: dict[str, list[Concept]] = defaultdict(list)
    for city in ontology.of_kinds("City"):
        if city.value("validUntil") is None and provinces & set(city.broader):
            first[city.name[0]].append(city)
    for head_start in sorted(joined):
        start = head_start
        while start > 0 and text[start - 1] not in _DIRECTIONS and len(first.get(text[start - 1], ())) == 1:
            start -= 1
        if 2 <= head_start - start <= 4:
            for position in range(start, head_start):
                (city,) = first[text[position]]
                word, rule = document.text[position], "place.joined-cities"
                yield Mention(position, position + 1, "City", word, rule, (city.iri,), city.name, 0.7)


def _without_inner(mentions: list[Mention]) -> list[Mention]:
    """Names of the gazetteer stay; others are dropped inside or across a longer one, but may hold a shorter coded name.

    泉州半导体高新区 keeps the 泉州 inside it, since a place inside a longer name counts as well.
    """
    chosen: list[Mention] = []
    used: dict[int, Mention] = {}
    for m in sorted(mentions, key=lambda m: (-(m.end - m.start), not m.concepts, -m.score, m.start, m.rule)):
        holders = {used[position] for position in range(m.start, m.end) if position in used}
        inner = (
            m.rule == "place.name"
            and m.label != "Zone"
            and all(h.start <= m.start and m.end <= h.end and h.rule == "place.zone" for h in holders)
        )
        if holders and not inner:
            continue
        used.update(dict.fromkeys(range(m.start, m.end), m))
        chosen.append(m)
    return sorted(chosen, key=lambda m: (m.start, m.end))
