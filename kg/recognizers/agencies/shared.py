"""Bodies that share what follows in a list: 胶州市、莱西市政府, and zones among bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Document, Mention
from kg.recognizers.agencies.functions import make
from kg.recognizers.agencies.unlisted import NOT_BUREAU
from kg.recognizers.phrases import Spans

_COMMITTEE = (("zone", "1"), ("tail", "管理委员会"), ("level", ""))
_GOVERNMENT = (("tail", "人民政府"), ("level", ""))
_OFFICE = (("tail", "办事处"), ("level", ""))
_JOINTS = "、和及与"
_BUREAU = re.compile(r"(?<=[、,])(?![各有相所属省市县区州])[一-鿿]{2,11}[局厅办](?=[、,;)。]|$)")


def tails(document: Document, text: str, ends: dict[int, Mention], bodies: Sequence[Mention]) -> Iterator[Mention]:
    """胶州市、莱西市政府: the places before the last one in a list share its 政府."""
    starts = {m.start: m for m in ends.values()}
    for body in bodies:
        if body.rule not in ("agency.place", "agency.headed") or body.attribute("level") or body.text.endswith("部门"):
            continue
        place = starts.get(body.start)
        while place is not None and text[place.start - 1 : place.start] in tuple(_JOINTS):
            place = ends.get(place.start - 1)
            if place is None or place.attribute("deictic") or place.label in ("Country", "Region"):
                break
            rule = "agency.shared-tail"
            yield make(document, place.start, place.end, place.concepts, rule, body.attributes, place.canonical)


def bare(document: Document, text: str, bodies: Sequence[Mention], charged: Spans) -> Iterator[Mention]:
    """(省文化厅、版权局、电影局): bureaus that no list holds, at the level or place of the body before them."""
    reach = {m.end: m for m in bodies if m.rule != "agency.central"}
    for match in _BUREAU.finditer(text):
        start, end = match.span()
        before = reach.get(start - 1)
        if before is not None and charged.covers(start, end) and text[end - 2 : end] not in NOT_BUREAU:
            level, name = before.attribute("level") or "", before.name
            attributes = (("headed", "1"), ("tail", match.group()), ("level", level))
            mention = make(document, start, end, before.concepts, "agency.shared", attributes, name)
            reach[end] = mention
            yield mention


def places(document: Document, text: str, named: Sequence[Mention], bodies: Sequence[Mention], charged: Spans) -> list[Mention]:
    """A place in a list of bodies stands for its government, a zone for its committee: (市科技局、城阳区、火炬开发区)."""
    stops = {m.end for m in bodies}
    found = []
    for place in sorted(named, key=lambda m: (m.start, m.end)):
        zone = place.label == "Zone"
        joined = text[place.start - 1 : place.start] in tuple("、,") and place.start - 1 in stops
        listed = joined or text[place.start - 1 : place.start] in tuple("、,;:(") and charged.covers(place.start, place.end)
        closed = text[place.end : place.end + 1] in tuple("、,;)。") or place.end == len(text)
        if place.label not in ("City", "District", "Town", "Zone") or place.attribute("deictic") or not (listed and closed):
            continue
        if not (joined if zone else charged.covers(place.start, place.end)):
            continue
        attributes = _COMMITTEE if zone else _OFFICE if place.text.endswith("街道") else _GOVERNMENT
        mention = make(document, place.start, place.end, place.concepts, "agency.listed-place", attributes, place.canonical)
        stops.add(place.end)
        found.append(mention)
    return found
