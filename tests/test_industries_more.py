"""Vocabularies of equipment, materials, energy, biology, transport, consumer goods, agriculture and services."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kg import ontology

NAMES = ("equipment", "materials", "energy", "bio", "transport", "consumer", "agriculture", "services")
FLOORS = {
    "equipment": 240, "materials": 270, "energy": 210, "bio": 155,
    "transport": 115, "consumer": 165, "agriculture": 200, "services": 200,
}  # fmt: skip
FLOOR = 1650
"""Concepts in the eight files together, at least."""


def _text(name: str) -> str:
    return (ontology.folder() / f"industries-{name}.ttl").read_text("utf-8")


def _own() -> list[str]:
    return [i for name in NAMES for i in re.findall(r"^<([^>]+/id/topic/[^>]+)> a kg:", _text(name), re.MULTILINE)]


@pytest.mark.parametrize("name", NAMES)
def test_each_file_defines_concepts_that_load(name: str) -> None:
    found = re.findall(r"^<([^>]+/id/topic/[^>]+)> a kg:", _text(name), re.MULTILINE)
    assert len(found) >= FLOORS[name] and set(found) <= set(ontology.load().concepts)


def test_every_concept_has_both_labels_and_a_topic_class() -> None:
    concepts = [ontology.load().concepts[i] for i in _own()]
    assert not [c.iri for c in concepts if not c.name or not c.name_en or c.kind not in {"Industry", "Technology"}]


def test_every_broader_concept_exists() -> None:
    concepts = ontology.load().concepts
    assert not [(i, b) for i in _own() for b in concepts[i].broader if b not in concepts]


def test_no_preferred_label_is_used_twice_and_the_floor_holds() -> None:
    concepts = ontology.load().concepts
    counts = Counter(concepts[i].name for i in _own())
    assert not [name for name, count in counts.items() if count > 1]
    assert len(counts) >= FLOOR


def test_the_hierarchy_is_three_levels_deep_and_has_no_cycle() -> None:
    """Each file has concepts with two or more concepts above them, and none is above itself."""
    loaded = ontology.load()
    for name in NAMES:
        found = re.findall(r"^<([^>]+/id/topic/[^>]+)> a kg:", _text(name), re.MULTILINE)
        assert max(len(loaded.ancestors(i)) for i in found) >= 2, name
        assert not [i for i in found if i in loaded.ancestors(i)], name


def test_no_form_names_two_topics() -> None:
    """No label or alias of these files stands for two concepts, here or in the other industry files."""
    loaded = ontology.load()
    own = set(_own())
    topics = [c for c in loaded.concepts.values() if c.kind in {"Industry", "Technology"}]
    bearers: dict[str, set[str]] = {}
    for concept in topics:
        for form in concept.forms:
            bearers.setdefault(form, set()).add(concept.iri)
    assert not [form for form, iris in bearers.items() if len(iris) > 1 and iris & own]


def test_every_matched_classification_entry_exists() -> None:
    """GB/T 4754 and strategic-industry links lead to entries of those classifications."""
    concepts = ontology.load().concepts
    matched = [v for i in _own() for key in ("relatedMatch", "closeMatch") for v in concepts[i].properties.get(key, ())]
    assert len(matched) > 200 and not [target for target in matched if target not in concepts]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("有色", "有色金属"),
        ("工业母机", "数控机床"),
        ("电子信息制造业", "电子信息"),
        ("新一代信息技术产业", "新一代信息技术"),
        ("太阳能电池", "光伏电池"),
        ("精密减速器", "减速器"),
        ("旅游业", "旅游"),
        ("种业", "现代种业"),
    ],
)
def test_a_name_as_policies_write_it_leads_to_its_concept(form: str, name: str) -> None:
    """An alias resolves to one topic."""
    assert [c.name for c in ontology.load().find(form, ("Industry", "Technology"))] == [name]


def test_general_words_are_marked() -> None:
    """Sectors that texts also use as general words carry kg:general."""
    loaded = ontology.load()
    for word in ("制造业", "服务业", "工业", "农业"):
        (concept,) = loaded.find(word, ("Industry",))
        assert concept.value("general") == "true"
