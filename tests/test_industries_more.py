"""Vocabularies of equipment, materials, energy, biology, transport, consumer goods, agriculture and services."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kg import ontology

NAMES = ("equipment", "materials", "energy", "bio", "transport", "consumer", "agriculture", "services")
FLOOR = 60
"""Concepts in the eight files together, at least."""


def _text(name: str) -> str:
    return (ontology.folder() / f"industries-{name}.ttl").read_text("utf-8")


def _own() -> list[str]:
    return [i for name in NAMES for i in re.findall(r"^<([^>]+/id/topic/[^>]+)> a kg:", _text(name), re.MULTILINE)]


@pytest.mark.parametrize("name", NAMES)
def test_each_file_defines_concepts_that_load(name: str) -> None:
    found = re.findall(r"^<([^>]+/id/topic/[^>]+)> a kg:", _text(name), re.MULTILINE)
    assert found and set(found) <= set(ontology.load().concepts)


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
