"""Bodies that share what follows in a list: 胶州市、莱西市政府, and zones among bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Document, Mention
from kg.recognizers.agencies.functions import make

_JOINTS = "、和及与"


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


def zones(document: Document, text: str, ends: dict[int, Mention], bodies: Sequence[Mention]) -> list[Mention]:
    """A zone in a list of bodies stands for its committee: (市科技局、发改局、火炬开发区)."""
    stops = {m.end for m in bodies}
    return [
        make(
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
