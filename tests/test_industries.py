"""The industry and technology vocabularies are complete, connected and free of duplicates."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kg import iri
from kg.ontology import folder, load

FILES = ("information", "digital", "future")
FLOORS = {"information": 280, "digital": 170, "future": 115}


def _text(name: str) -> str:
    return (folder() / f"industries-{name}.ttl").read_text(encoding="utf-8")


def _subjects(name: str) -> list[str]:
    return re.findall(r"^<([^>]+)> a kg:", _text(name), re.MULTILINE)


@pytest.mark.parametrize("name", FILES)
def test_concepts_are_labeled_and_linked(name: str) -> None:
    """Every concept has both labels, is an industry or a technology, and its broader and matched concepts exist."""
    concepts = load().concepts
    subjects = _subjects(name)
    assert len(subjects) >= FLOORS[name]
    for subject in subjects:
        concept = concepts[subject]
        assert concept.kind in {"Industry", "Technology"}
        assert re.search(r"[\u4e00-\u9fff0-9A-Za-z]", concept.name) and concept.name_en
        assert concept.iri == iri.topic(concept.name)
        linked = (*concept.broader, *concept.properties.get("closeMatch", ()), *concept.properties.get("relatedMatch", ()))
        assert all(target in concepts for target in linked), concept.name


def test_no_form_names_two_concepts() -> None:
    """No preferred label or alias stands for two concepts of these files."""
    concepts = load().concepts
    forms = Counter(form for name in FILES for subject in _subjects(name) for form in set(concepts[subject].forms))
    assert [form for form, count in forms.items() if count > 1] == []


def test_no_concept_is_above_itself() -> None:
    """The broader relation has no cycle."""
    ontology = load()
    assert [s for name in FILES for s in _subjects(name) if s in ontology.ancestors(s)] == []


def test_classifications_are_whole() -> None:
    """GB/T 4754-2017 has 20 sections and 97 divisions, the 2018 strategic classification 9 groups and 40 classes."""
    codes = [(e.iri.split("/")[-2], e.notation) for e in load().of_kinds("ClassificationEntry")]
    national = [code for scheme, code in codes if scheme == "gbt4754"]
    strategic = [code for scheme, code in codes if scheme == "sei"]
    assert sum(code.isalpha() for code in national) == 20
    assert sorted(code for code in national if code.isdigit()) == [f"{n:02}" for n in range(1, 98)]
    assert sum("." not in code for code in strategic) == 9
    assert sum("." in code for code in strategic) == 40


def test_known_names_resolve() -> None:
    """Names as policies write them lead to their concept, through aliases too."""
    ontology = load()
    for form, name in (
        ("芯片产业", "集成电路"),
        ("PCB", "印制电路板"),
        ("新一代人工智能", "人工智能"),
        ("核聚变", "可控核聚变"),
    ):
        assert name in {concept.name for concept in ontology.find(form, ("Industry", "Technology"))}
