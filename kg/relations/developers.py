"""Who develops a topic: the place that issues the policy, or in news the place that a sentence is about."""

from __future__ import annotations

import re

from kg.model import Entity, Linked, Mention
from kg.ontology import Ontology
from kg.relations.scope import PLACES, is_policy_text, own_places

_SITED = re.compile(r"(?:在|于|落户|落地|入驻|坐落|到|赴|来自|与|同|向|从|距|毗邻|对接|融入|携手|联合|比|除)$")
"""Words before a place that make it the site or the partner of what is said, not who does it."""
_REACH = 600
"""Characters before a topic in which its subject may stand."""


def developers(
    linked: Linked, ontology: Ontology, index: int, sentence: tuple[int, int], mention: Mention, owner: str | None = None
) -> list[str]:
    """IRIs of the places that develop a topic; ``owner`` is a place named right before it (深圳激光产业)."""
    main = linked.issuing_place
    if owner is None and is_policy_text(linked):
        return [main] if main else []
    subject = owner or _subject_before(linked, sentence[0], mention.start) or _subject_above(linked, index, sentence[0])
    if subject is None or subject == main:
        return [main] if main else []
    if main and (main in ontology.ancestors(subject) or subject in ontology.ancestors(main)):
        return [main]
    return [_city_of(linked, ontology, subject)]


def _city_of(linked: Linked, ontology: Ontology, place: str) -> str:
    """The city of a district, where the text names it too: a district hosts what its city develops."""
    if linked.by_iri[place].type != "District":
        return place
    above = ontology.ancestors(place)
    return next((p for p in above if p in linked.by_iri and linked.by_iri[p].type == "City"), place)


def _subject_before(linked: Linked, start: int, end: int) -> str | None:
    """The last place in [start, end) that is no site and no partner."""
    start = max(start, end - _REACH)
    subjects = [e for m, e in own_places(linked, start, end) if _is_subject(linked, start, m, e)]
    return subjects[-1].iri if subjects else None


def _is_subject(linked: Linked, start: int, mention: Mention, entity: Entity) -> bool:
    return entity.type not in ("Country", "Town") and not _SITED.search(linked.document.folded, start, mention.start)


def _subject_above(linked: Linked, index: int, start: int) -> str | None:
    """The subject of the nearest sentence before it in its paragraph, else the place of a policy named there, else of a heading."""
    block = linked.document.blocks[index]
    if found := _subject_before(linked, block.start, start):
        return found
    titled = linked.between(block.start, start, "Policy")
    for policy, _ in reversed(titled):
        places = linked.between(policy.start, policy.end, *PLACES)
        if places:
            return places[0][1].iri
    for heading in linked.document.headings_of(index):
        above = linked.document.blocks[heading]
        if found := _subject_before(linked, above.start, above.end):
            return found
    return None
