"""A document says the same whatever format it comes in."""

from __future__ import annotations

import json

import pytest

from kg import evaluation, pipeline, readers
from tests.browser import chromium
from tests.conversions import Convert, as_docx, as_html, as_markdown, as_pdf, as_text

pytestmark = pytest.mark.integration

APART = 0.02
"""How far the accuracy of two formats may lie apart."""


@pytest.fixture(scope="module")
def formats() -> dict[str, Convert]:
    return {"txt": as_text, "md": as_markdown, "html": as_html, "docx": as_docx, "pdf": as_pdf(chromium())}


def test_accuracy_hardly_depends_on_the_format(root, formats):
    """The overall F1 of the annotated documents as text, Markdown, page, Word and PDF is at most two points apart."""
    totals = {name: evaluation.Score() for name in formats}
    for file in sorted((root / "tests/gold/gold").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        document = readers.read(root / "tests/gold/documents" / file.name.removesuffix(".json"))
        for name, convert in formats.items():
            again = readers.read(f"plan.{name}", data=convert(document))
            totals[name].add(evaluation.score(gold, pipeline.to_json(pipeline.extract(again))))
    figures = {name: round(total.overall.f1, 4) for name, total in totals.items()}
    print(figures)
    assert max(figures.values()) - min(figures.values()) <= APART, figures
