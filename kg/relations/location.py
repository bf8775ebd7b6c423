"""locatedIn: clusters, projects and organizations at places; and partOf between places that the text nests."""

from __future__ import annotations

from collections.abc import Iterator

from kg import iri
from kg.model import Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.scope import PLACES, TOPICS, clauses, heading_topic, level, own_places, possessed, sentences
from kg.words import hits_of

_NAMED = ("Organization", "University", "Institute", "Association", "Company", "Project")


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """locatedIn and place partOf facts of a document."""
    return [
        *_in_name(linked, ontology),
        *_clusters(linked, ontology),
        *_settled(linked, ontology),
        *_possessed(linked),
        *_nested(linked, ontology), *_towns(linked, ontology),
    ]


def _in_name(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """A body or project whose name carries a place is there; of several places the last (长春理工大学中山研究院)."""
    for mention, entity in linked.placed:
        if entity.type not in _NAMED:
            continue
        places = [e for m, e in linked.between(mention.start, mention.end, *PLACES) if e.type != "Country"]
        if places:
            words = evidence(linked, mention.start, mention.end, "locatedIn.name", 0.8)
            yield Fact(entity.iri, "locatedIn", places[-1].iri, (words,))


def _clusters(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """支持南山、宝安等区建设集聚区: the industry of the sentence, or of the heading above, is at those places."""
    text = linked.document.folded
    cues = hits_of(linked.document, ontology, "site-cues")
    for index, start, end in sentences(linked):
        for left, right in clauses(text, start, end) if cues.any_within(start, end) else ():
            if not cues.any_within(left, right):
                continue
            places = [(m, e) for m, e in own_places(linked, left, right) if _is_site(e, linked)]
            if not places:
                continue
            topic = _topic_of(linked, index, left, right, places)
            if topic:
                words = evidence(linked, left, right, "locatedIn.site", 0.65)
                for _, place in places:
                    yield Fact(topic.iri, "locatedIn", place.iri, (words,))


def _is_site(entity: Entity, linked: Linked) -> bool:
    return entity.type in ("City", "District", "Town", "Zone") and entity.iri != linked.issuing_place


def _topic_of(
    linked: Linked, index: int, left: int, right: int, places: list[tuple[Mention, Entity]]
) -> Entity | None:
    named = [(m, e) for m, e in linked.between(left, right, *TOPICS) if e.type == "Industry"]
    if named:
        after = [e for m, e in named if m.start >= places[-1][0].end]
        return after[0] if after else named[0][1]
    above = heading_topic(linked, index)
    if above and above[1].type == "Industry":
        return above[1]
    return None


def _possessed(linked: Linked) -> Iterator[Fact]:
    """深圳激光产业: an industry named right after a place is that place's; so are the others of its list."""
    for place_mention, place, mention, topic in possessed(linked):
        if topic.type == "Industry":
            words = evidence(linked, place_mention.start, mention.end, "locatedIn.possessed", 0.6)
            yield Fact(topic.iri, "locatedIn", place.iri, (words,))


def _settled(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """安溪分园区：晶安、天电等企业已经入驻: a company is at the place that its sentence names before it, else the issuer's."""
    cues = hits_of(linked.document, ontology, "settle-cues")
    for _, start, end in sentences(linked):
        companies = linked.between(start, end, "Company", "Organization", "Institute") if cues.any_within(start, end) else ()
        if not companies:
            continue
        places = [(m, e) for m, e in own_places(linked, start, end) if e.type not in ("Country", "Region", "Province")]
        for mention, company in companies:
            before = [e for m, e in places if m.end <= mention.start]
            place = before[-1].iri if before else linked.issuing_place
            if place and not linked.between(mention.start, mention.end, *PLACES):
                words = evidence(linked, start, end, "locatedIn.settled", 0.55)
                yield Fact(company.iri, "locatedIn", place, (words,))


def _nested(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    """深圳市南山区: a place written right after the one that holds it."""
    placed = [(m, e) for m, e in linked.placed if e.type in PLACES and m.attribute("deictic") is None]
    for (first, outer), (second, inner) in zip(placed, placed[1:], strict=False):
        deeper = level(outer, ontology) < level(inner, ontology) or second.rule == "place.nested-zone"
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
