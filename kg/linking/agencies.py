"""The full official name and the IRI of an agency, from (place, function) and the issuer's level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg import iri
from kg.folding import fold
from kg.linking import places
from kg.model import Document, Mention
from kg.ontology import Concept, Ontology

_NAME_BY_KIND = {"Province": "provincialName", "City": "cityName", "District": "districtName", "Zone": "districtName"}
_ZONE_HEADS = {"高新区": "高新技术产业开发区", "经开区": "经济技术开发区"}
_MUNICIPALITIES = ("110000", "120000", "310000", "500000")


def resolve(
    mentions: Sequence[Mention], document: Document, ontology: Ontology, issuing_place: str | None
) -> dict[Mention, tuple[str, str]]:
    """(IRI, full name) of each agency mention; 市科技局 in a text whose place is not known keeps its own words."""
    resolved = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        function = ontology.concepts.get(mention.attribute("function") or "")
        if function is not None and _local(mention):
            # 省金融监管局 is the province's own, 江西金融监管局 the central body's branch there.
            function = ontology.concepts.get(function.value("localAs") or "", function)
        if mention.rule == "agency.central":
            concept = ontology.concepts[mention.concepts[0]]
            office = mention.attribute("office")
            name = concept.name + (office or "")
            resolved[mention] = (iri.agency("CN", name) if office else concept.iri, name)
        elif mention.rule == "agency.place" and not mention.concepts and not mention.attribute("level"):
            # 上张乡人民政府: a town that no list holds keeps its own words.
            resolved[mention] = (
                iri.agency(mention.name or mention.text, function.name if function else mention.text),
                mention.text,
            )
        elif function is None:
            unlisted = _unlisted(mention, document, ontology, issuing_place)
            if unlisted:
                resolved[mention] = unlisted
        else:
            place = _place_of(mention, ontology, issuing_place)
            if place is None and issuing_place is not None:
                continue  # 市人民政府 in a province's text: any city's, not one body
            resolved[mention] = _listed(mention, function, place, ontology)
    return _agreed(resolved)


def _local(mention: Mention) -> bool:
    form = mention.attribute("form") or ""
    return fold(mention.text).removesuffix(form).endswith(("省", "市", "县", "区"))


def _agreed(resolved: dict[Mention, tuple[str, str]]) -> dict[Mention, tuple[str, str]]:
    """One name per body: the one that the text itself has in full, else that of a form with its place, else the first."""
    rank = {"agency.place": 1, "agency.level": 2}
    best: dict[str, tuple[int, int, str]] = {}
    for mention, (body, name) in resolved.items():
        order = (0 if mention.text == name else rank.get(mention.rule, 3), mention.start, name)
        best[body] = min(best.get(body, order), order)
    return {mention: (body, best[body][2]) for mention, (body, _) in resolved.items()}


def _place_of(mention: Mention, ontology: Ontology, issuing_place: str | None) -> str | None:
    if mention.concepts:
        stand_in = Mention(mention.start, mention.end, "City", mention.text, "place.name", mention.concepts)
        return places.resolve_alone(stand_in, ontology, issuing_place)
    level = mention.attribute("level")
    if level == "自治区":
        above = (issuing_place, *ontology.ancestors(issuing_place)) if issuing_place else ()
        return next((p for p in above if p in ontology.concepts and ontology.concepts[p].name.endswith("自治区")), None)
    return _spoken(level, ontology, issuing_place) if level else issuing_place


def _spoken(level: str, ontology: Ontology, issuing_place: str | None) -> str | None:
    """The place that 市 or 省 in a body's name means in the issuer's text."""
    stand_in = Mention(0, 1, "City", level, "place.deictic", (), "", 1.0, (("deictic", level),))
    own = places.resolve_alone(stand_in, ontology, issuing_place)
    return own or places.local_zone(_ZONE_HEADS.get(level, level), ontology, issuing_place)


def _unlisted(mention: Mention, document: Document, ontology: Ontology, issuing_place: str | None) -> tuple[str, str] | None:
    """A body of a place that no function holds; the managing committee of a zone; a branch with a name of its own."""
    if mention.rule == "agency.branch":
        return _branch_of_center(mention, ontology, issuing_place)
    if mention.attribute("local"):
        return _of_zone(mention, document, ontology, issuing_place)
    if mention.attribute("zone") and not mention.concepts and mention.name:
        zone = places.uncoded("Zone", mention.name, ontology, issuing_place)
        return iri.agency(iri.local(zone), "管理委员会"), (places.name_of(zone, ontology) or mention.name) + "管理委员会"
    if mention.rule == "agency.listed-place" and not mention.concepts:
        town, tail = mention.name or mention.text, mention.attribute("tail") or ""
        return iri.agency(town, tail), town + tail
    place = _place_of(mention, ontology, issuing_place) if mention.attribute("tail") else None
    concept = ontology.concepts.get(place or "")
    if concept is None:
        return iri.agency("CN" if place is None else iri.local(place), mention.text), _committee(mention.text)
    tail = _committee(mention.attribute("tail") or "")
    if mention.attribute("zone"):
        tail = "管理委员会" if "党工委" not in tail else tail
    elif mention.attribute("level") == "" and (concept.kind == "Region" or tail.endswith("管理委员会")):
        return iri.agency(iri.local(concept.iri), tail), _committee(mention.text)
    return iri.agency(iri.local(concept.iri), tail), concept.name + tail


_SUPERVISORS = (
    ("银保监", "中国银行保险监督管理委员会"),
    ("银监", "中国银行业监督管理委员会"),
    ("保监", "中国保险监督管理委员会"),
    ("证监", "中国证券监督管理委员会"),
)


def _supervisor(name: str) -> str:
    """上海证监局 and 中国证监会上海监管局 -> 中国证券监督管理委员会上海监管局; other names as they are."""
    for short, full in _SUPERVISORS:
        local = re.fullmatch(rf"([一-鿿]{{2,3}}){short}(分?)局", name)
        if local:
            return f"{full}{local.group(1)}监管{local.group(2)}局"
        branch = re.fullmatch(rf"(?:中国)?{short}会([一-鿿]+局)", name)
        if branch:
            return full + branch.group(1)
    return name


def _branch_of_center(mention: Mention, ontology: Ontology, issuing_place: str | None) -> tuple[str, str]:
    """人民银行某市分行 by its own name; 人行市中心支行 is that of the issuer's city."""
    local = re.match(r"(?:中国)?人(?:民银)?行([省市])(?=[中分支])", mention.text)
    place = _spoken(local.group(1), ontology, issuing_place) if local else None
    name = _committee(mention.text)
    if local and place:
        name = name.replace(f"银行{local.group(1)}", f"银行{places.name_of(place, ontology)}", 1)
    return iri.agency("CN", name if local else mention.text), name


def _committee(name: str) -> str:
    """管委会 in full, the bank of 人民银行某市分行 with its 中国, the branches of financial supervisors."""
    name = _supervisor(name)
    full = (
        re.sub("管委(?!会)", "管委会", name)
        .replace("人行", "人民银行")
        .replace("管委会", "管理委员会")
        .replace("管委會", "管理委員會")
    )
    return "中国" + full if full.startswith("人民银行") else full


def _of_zone(mention: Mention, document: Document, ontology: Ontology, issuing_place: str | None) -> tuple[str, str] | None:
    """高新区管委会: of the zone that issues the document, or of the one zone of that kind that its title names."""
    concept = ontology.concepts.get(issuing_place or "")
    if concept is not None and concept.kind == "Zone":
        tail = "管理委员会" + (mention.attribute("office") or "")
        return iri.agency(iri.local(concept.iri), tail), concept.name + tail
    if mention.attribute("office"):
        return None
    kind = fold(mention.text).removesuffix("管委会").removesuffix("管理委员会")
    listed = places.local_zone(_ZONE_HEADS.get(kind, kind), ontology, issuing_place)
    title = next((document.folded[b.start : b.end] for b in document.blocks if b.kind == "title"), "")
    named = re.search(rf"[一-鿿]{{2,10}}{re.escape(kind)}", title)
    zone = ontology.concepts.get(listed or "")
    if zone is not None and (named is None or any(form in title for form in zone.forms)):
        return iri.agency(iri.local(zone.iri), "管理委员会"), zone.name + "管理委员会"
    return (iri.agency(named.group(), "管理委员会"), named.group() + "管理委员会") if named else None


def _listed(mention: Mention, function: Concept, place: str | None, ontology: Ontology) -> tuple[str, str]:
    concept = ontology.concepts.get(place or "")
    form = mention.attribute("form") or ""
    if concept is None:
        return iri.agency("unknown", mention.text), mention.text
    official = _official(function, concept, form, ontology)
    city = _city_above(concept, ontology) if form.endswith("分局") else None
    if city is not None:
        # 县生态环境分局 is the city's bureau in that county.
        short = re.sub(r"[市县区旗]$", "", concept.name)
        return iri.agency(iri.local(concept.iri), function.name), f"{city.name}{_base(form, ontology)}{short}分局"
    if function.value("party"):
        name = f"中共{concept.name}{official}"
    elif function.value("branchOf") is not None:
        name = _branch(function, concept)
    else:
        name = concept.name + official
    return iri.agency(iri.local(concept.iri), function.name), name


def _base(form: str, ontology: Ontology) -> str:
    """资规分局 -> 自然资源和规划局, the bureau that it is a branch of."""
    bureau = form.removesuffix("分局") + "局"
    return _full_forms(ontology).get(bureau, bureau)


def _city_above(place: Concept, ontology: Ontology) -> Concept | None:
    """The city or municipality that a district or county lies in."""
    above = (ontology.concepts.get(i) for i in ontology.ancestors(place.iri)) if place.kind == "District" else ()
    return next((c for c in above if c and (c.kind == "City" or c.notation in _MUNICIPALITIES)), None)


def _branch(function: Concept, place: Concept) -> str:
    """A central body's branch: 国家税务总局中山市税务局, 国家金融监督管理总局广东监管局, 济源海关."""
    short = re.sub(r"(?:省|市|[壮回维]?[吾尔族]{0,3}自治区)$", "", place.name)
    where = short if function.value("shortPlace") else place.name
    tail = function.value("cityName") if place.kind != "Province" else function.value("provincialName")
    return f"{function.value('branchOf')}{where}{tail}"


def _official(function: Concept, place: Concept, form: str, ontology: Ontology) -> str:
    """The full name at that place: what the form stands for, else the place's own name, else that of its level."""
    abridged = _full_forms(ontology).get(form)
    full = abridged or _expanded(form, ontology)
    if abridged or _full(full):
        return full
    for entry in function.properties.get("namedIn", ()):
        where, _, name = entry.partition(" ")
        if where == place.notation:
            return name
    key = "municipalName" if place.notation in _MUNICIPALITIES else _NAME_BY_KIND.get(place.kind, "cityName")
    return function.value(key) or form


@lru_cache(maxsize=2)
def _full_forms(ontology: Ontology) -> dict[str, str]:
    """Short form -> the full name that it abridges, with the same head (科委 -> 科学技术委员会)."""
    return {short: full for short, _, full in (pair.partition("=") for pair in ontology.words("agency-full-forms"))}


def _expanded(form: str, ontology: Ontology) -> str:
    """地方金融监管局 -> 地方金融监督管理局; short forms stay as they are."""
    if not _full(form):
        return form
    for pair in ontology.words("agency-expansions"):
        short, _, long = pair.partition("=")
        form = form.replace(short, long)
    return form


def _full(form: str) -> bool:
    """Whether a form is a full name already (科学技术局) and not a short one (科技局)."""
    return len(form) >= 5 and form.endswith(("委员会", "局", "厅", "办公室", "人民政府")) or form == "人民政府"
