"""Who develops a topic: the place that issues the policy, or in news the place that a sentence is about."""

from __future__ import annotations

import re

from kg import iri
from kg.model import Linked, Mention
from kg.ontology import Ontology
from kg.relations.policies import titled
from kg.relations.scope import is_policy_text, policy_in_force
from kg.words import Spans

_SUBJECTS = ("Region", "Province", "City", "District", "Zone")
_NAMED = ("Organization", "University", "Institute", "Association", "Company", "Project")
"""What carries a place in its name without speaking for it."""

_SITED = re.compile(r"(?:在|于|落户|落地|入驻|坐落|到|赴|来自|与|同|向|从|距|毗邻|对接|融入|携手|联合|比|除)$")
"""Words before a place that make it the site or the partner of what is said, not who does it."""
_REACH = 600
"""Characters before a topic in which its subject may stand."""


def developers(
    linked: Linked, ontology: Ontology, index: int, sentence: tuple[int, int], mention: Mention, owner: str | None = None
) -> list[str]:
    """IRIs of the places that develop a topic; ``owner`` is a place named right before it (深圳激光产业)."""
    main = main_place(linked)
    if owner is None and is_policy_text(linked):
        return [main] if main else []
    subject = owner or _subject_before(linked, sentence[0], mention.start) or _subject_above(linked, ontology, index, sentence)
    if subject is None or subject == main:
        return [main] if main else []
    if main and (main in ontology.ancestors(subject) or subject in ontology.ancestors(main)):
        return [main]
    return [_city_of(linked, ontology, subject)]


def main_place(linked: Linked) -> str | None:
    """The place whose policies a document is about: the issuing one, China for texts of central bodies."""
    return linked.view(_main_place)


def _main_place(linked: Linked) -> str | None:
    main, country = linked.issuing_place, iri.place("CN")
    own = titled(linked).get(linked.own_policy or "") if is_policy_text(linked) else None
    if own is not None:
        return own[0]
    central = [m for m, e in linked.placed if e.type == "Agency" and e.iri.startswith(iri.agency("CN", ""))]
    named = [m for m, e in linked.placed if e.iri == main]
    titles = [b for b in linked.document.blocks if b.kind == "title"]
    local = any(m.attribute("deictic") or any(b.start <= m.start < b.end for b in titles) for m in named)
    if local or len(central) < max(1, len(named)) or (main and is_policy_text(linked)):
        return main
    return country if country in linked.by_iri else None


def _city_of(linked: Linked, ontology: Ontology, place: str) -> str:
    """The city of a district, where the text names it too: a district hosts what its city develops."""
    if linked.by_iri[place].type != "District":
        return place
    above = ontology.ancestors(place)
    return next((p for p in above if p in linked.by_iri and linked.by_iri[p].type == "City"), place)


def _subject_before(linked: Linked, start: int, end: int) -> str | None:
    """The last place in [start, end), or place of an office or a policy named there, that is no site and no partner."""
    start = max(start, end - _REACH)
    places = [(m, e) for m, e in linked.between(start, end, *_SUBJECTS) if not m.attribute("deictic")]
    if not places:
        return None
    named = Spans([(m.start, m.end) for m, _ in linked.between(start, end, *_NAMED)])
    text = linked.document.folded
    for mention, entity in reversed(places):
        if not named.covers(mention.start, mention.end) and not _SITED.search(text, start, mention.start):
            return entity.iri
    return None


def _subject_above(linked: Linked, ontology: Ontology, index: int, sentence: tuple[int, int]) -> str | None:
    """The subject of the nearest sentence before in the paragraph, else the place of the policy in force, else of a heading."""
    block = linked.document.blocks[index]
    if found := _subject_before(linked, block.start, sentence[0]):
        return found
    policy = linked.by_iri.get(policy_in_force(linked, ontology, index, sentence[1]) or "")
    for mention in policy.mentions if policy else ():
        for _, place in linked.between(mention.start, mention.end, *_SUBJECTS):
            return place.iri
    for heading in linked.document.headings_of(index):
        above = linked.document.blocks[heading]
        if found := _subject_before(linked, above.start, above.end):
            return found
    return None
