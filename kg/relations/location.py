"""locatedIn: clusters, projects and organizations at places; and partOf between places that the text nests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import iri
from kg.folding import fold
from kg.model import Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence, sites
from kg.relations.scope import PLACES, TOPICS, clauses, heading_topic, level, own_places, possessed, sentences
from kg.words import hits_of

_NAMED = ("Organization", "University", "Institute", "Association", "Company", "Project")


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """locatedIn and place partOf facts of a document."""
    stated = list(sites.relate(linked, ontology))
    return [
        *_in_name(linked, ontology),
        *_of_level(linked),
        *stated,
        *_clusters(linked, ontology, _told(stated)),
        *_settled(linked, ontology),
        *_leaders(linked),
        *_possessed(linked),
        *_nested(linked, ontology),
        *_towns(linked, ontology),
    ]


def _in_name(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """A body or project whose name carries a place is there; of several places the last (长春理工大学中山研究院)."""
    short = _short_names(linked)
    for mention, entity in linked.placed:
        if entity.type not in _NAMED:
            continue
        inside = linked.between(mention.start, mention.end, *PLACES)
        whole = not mention.name and [(mention.start, mention.end)] == [(m.start, m.end) for m, _ in inside]
        places = [e for _, e in inside if e.type not in ("Country", "Region")]
        if not inside and not (entity.type == "Company" and mention.concepts):
            places = [place for form, place in short if form in entity.name][-1:]
        if places and not whole:
            words = evidence(linked, mention.start, mention.end, "locatedIn.name", 0.8)
            yield Fact(entity.iri, "locatedIn", places[-1].iri, (words,))


_SUFFIX = re.compile(r"(?:自治县|新区|街道|[市区县镇])$")


def _short_names(linked: Linked) -> list[tuple[str, Entity]]:
    """Names of the document's places without 市, 区, 县 …: 永嘉 in 永嘉小微园 of a text that speaks of 永嘉县; long ones last."""
    places = [e for e in linked.entities if e.type in ("City", "District", "Town", "Zone")]
    forms = {short: e for e in places if len(short := _SUFFIX.sub("", e.name)) >= 2 and short != e.name}
    return sorted(forms.items(), key=lambda pair: (len(pair[0]), pair[0]))


_LEVEL = re.compile(r"(?:市|省|自治区)(?![场级])")


def _of_level(linked: Linked) -> Iterator[Fact]:
    """市大数据平台 is of the place whose document this is."""
    if not linked.issuing_place:
        return
    text = linked.document.folded
    for mention, entity in linked.placed:
        if entity.type in _NAMED and _LEVEL.match(text, mention.start, mention.end):
            words = evidence(linked, mention.start, mention.end, "locatedIn.level", 0.7)
            yield Fact(entity.iri, "locatedIn", linked.issuing_place, (words,))


def _told(stated: list[Fact]) -> dict[str, list[tuple[int, int]]]:
    """Place -> where the text already says what is there."""
    told: dict[str, list[tuple[int, int]]] = {}
    for fact in stated:
        told.setdefault(fact.object, []).extend((e.start, e.end) for e in fact.evidence)
    return told


def _clusters(linked: Linked, ontology: Ontology, told: dict[str, list[tuple[int, int]]]) -> Iterator[Fact]:
    """支持南山、宝安等区建设集聚区: the industry of the sentence, or of the heading above, is at those places."""
    text = linked.document.folded
    cues = hits_of(linked.document, ontology, "site-cues")
    for index, start, end in sentences(linked):
        for left, right in clauses(text, start, end) if cues.any_within(start, end) else ():
            if not cues.any_within(left, right):
                continue
            places = [(m, e) for m, e in own_places(linked, left, right) if _is_site(e, linked)]
            if not places or sites.DENIED.search(text, left, right) or (len(places) > 1 and "分别" in text[left:right]):
                continue  # denied; or which is where is told one by one
            topic = _topic_of(linked, index, left, right, places)
            if topic:
                words = evidence(linked, left, right, "locatedIn.site", 0.65)
                for _, place in places:
                    if not any(s < right and left < e for s, e in told.get(place.iri, ())):
                        yield Fact(topic.iri, "locatedIn", place.iri, (words,))


def _is_site(entity: Entity, linked: Linked) -> bool:
    return entity.type in ("City", "District", "Town", "Zone") and entity.iri != linked.issuing_place


def _topic_of(linked: Linked, index: int, left: int, right: int, places: list[tuple[Mention, Entity]]) -> Entity | None:
    named = [(m, e) for m, e in linked.between(left, right, *TOPICS) if e.type == "Industry"]
    if named:
        after = [e for m, e in named if m.start >= places[-1][0].end]
        return after[0] if after else named[0][1]
    above = heading_topic(linked, index)
    if above and above[1].type == "Industry":
        return above[1]
    return None


def _in_a_body(linked: Linked, place: Mention) -> bool:
    """Whether a place stands inside the name of a body, project or policy."""
    around = linked.between(max(0, place.start - 60), place.end + 90, *_NAMED, "Agency", "Policy")
    return any(m.start <= place.start and place.end <= m.end for m, _ in around)


def _possessed(linked: Linked) -> Iterator[Fact]:
    """深圳激光产业: an industry named right after a place is that place's; so are the others of its list."""
    for place_mention, place, mention, topic in possessed(linked):
        if topic.type == "Industry" and not _in_a_body(linked, place_mention):
            words = evidence(linked, place_mention.start, mention.end, "locatedIn.possessed", 0.6)
            yield Fact(topic.iri, "locatedIn", place.iri, (words,))


def _settled(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """安溪分园区：晶安、天电等企业已经入驻: a company is at the place that its sentence names before it, else the issuer's."""
    text = linked.document.folded
    cues = ontology.words("settle-cues")
    for _, start, end in sentences(linked):
        companies = linked.between(start, end, "Company", "Organization", "Institute")
        if not companies:
            continue
        if any(cue in text[start:end] for cue in cues):
            chosen = companies
        elif gathered := _GATHERED.search(text, start, end):
            chosen = [(m, e) for m, e in companies if m.start >= gathered.end() and e.type == "Company"]
            if len(chosen) < 2 or chosen[0][0].start - gathered.end() > 8:
                continue
        else:
            continue
        places = [(m, e) for m, e in own_places(linked, start, end) if e.type not in ("Country", "Region", "Province")]
        for mention, company in chosen:
            before = [e for m, e in places if m.end <= mention.start]
            place = before[-1].iri if before else linked.issuing_place
            if place and not linked.between(mention.start, mention.end, *PLACES):
                words = evidence(linked, start, end, "locatedIn.settled", 0.55)
                yield Fact(company.iri, "locatedIn", place, (words,))


_GATHERED = re.compile(
    r"(?<!将)(?<!力争)(?:集聚|聚集|汇聚|拥有|坐拥|涌现出?|培育出|形成)(?:了|有|着)?(?:以)?(?![^。;\n]{0,40}(?:目标|力争|到20))"
)
_LEADERS = re.compile(r"^(?:链主|龙头|骨干|重点|领军|头部)(?:骨干)?(?:企业)?$|^链主企业")


def _leaders(linked: Linked) -> Iterator[Fact]:
    """The companies of a policy's column 链主企业 are those of the place whose policy it is."""
    if not linked.issuing_place:
        return
    for block in linked.document.blocks:
        if block.kind == "cell" and _LEADERS.match(fold(block.column).strip()):
            for mention, company in linked.between(block.start, block.end, "Company"):
                if not [e for _, e in linked.between(mention.start, mention.end, *PLACES) if e.type != "Country"]:
                    words = evidence(linked, mention.start, mention.end, "locatedIn.leaders", 0.6)
                    yield Fact(company.iri, "locatedIn", linked.issuing_place, (words,))


def _nested(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """深圳市南山区: a place written right after the one that holds it."""
    placed = [(m, e) for m, e in linked.placed if e.type in PLACES and m.attribute("deictic") is None]
    for (first, outer), (second, inner) in zip(placed, placed[1:], strict=False):
        part = second.rule == "place.nested-zone" or outer.iri in ontology.ancestors(inner.iri)
        deeper = part or level(outer, ontology) < level(inner, ontology)
        if first.end == second.start and deeper:
            words = evidence(linked, first.start, second.end, "partOf.nested", 0.8)
            yield Fact(inner.iri, "partOf", outer.iri, (words,))


def _towns(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """A town named in the text of a district or county is its own: the name of a town without a code begins with its parent."""
    home = ontology.concepts.get(linked.issuing_place or "")
    if home is None or home.kind != "District" or home.iri not in linked.by_iri:
        return
    for entity in linked.entities:
        if entity.type == "Town" and iri.local(entity.iri).startswith(home.name):
            mention = entity.mentions[0]
            words = evidence(linked, mention.start, mention.end, "partOf.town", 0.6)
            yield Fact(entity.iri, "partOf", home.iri, (words,))
