"""What the rules for places look up, made once for an ontology; the words live in ``ontology/rules-places.ttl``."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from kg.ontology import Concept, Ontology
from kg.words import Words

HAN = "一-鿿"


@dataclass(frozen=True)
class Names:
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
def names_of(ontology: Ontology) -> Names:
    heads = "|".join(map(re.escape, ontology.words("zone-heads")))
    strong = "|".join(map(re.escape, ontology.words("named-zone-heads")))
    bare = "|".join(map(re.escape, ontology.words("bare-zones")))
    short = _short_names(ontology, re.compile(f"(?:{strong})$"))
    country = {c.iri for c in ontology.of_kinds("Country")}
    above = {
        c.iri: frozenset({c.iri, *ontology.ancestors(c.iri)} - country) for c in ontology.of_kinds("City", "District", "Zone")
    }
    return Names(
        short=short,
        shorts=Words(short),
        above=above,
        under=_under(short, above),
        abbreviation={a: c.iri for c in ontology.of_kinds("City", "Province") for a in c.properties.get("abbreviation", ())},
        zones=re.compile(rf"([{HAN}]{{0,7}}?)({heads})"),
        free_zones=re.compile(
            rf"(?:^|(?<=[、,。;:(和及与在于以\"\s|])|(?<=落户|落地|落子|入驻|位于|依托|支持))([{HAN}]{{2,5}}?)({strong})(?![{HAN}]?认定)"
        ),
        bare=re.compile(
            rf"(?:^|(?<=[、,。;:(和及与在于是\n ]))({bare})(?![{HAN}]?(?:内|认定|评价|管理办法))"
            # 高新区、经开区、综合保税区等开放平台 speaks of kinds of zones.
            rf"(?!(?:、[{HAN}]{{2,6}}){{0,3}}、?(?:综合保税区|工业园区|各类|等各类|等开发区|等园区|等开放))"
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
