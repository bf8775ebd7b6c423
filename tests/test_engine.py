"""The recognizers are ordinary spaCy components on characters."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg import ontology
from kg.recognizers import RECOGNIZERS, engine
from tests.passages import document

TEXT = "深圳市重点发展新型显示、Mini LED等产业，到2025年产值达到500亿元。"


def test_blank_pipeline_takes_our_components_by_name() -> None:
    """spacy.blank("zh") plus add_pipe works for a user, with spaCy's own tokenizer too."""
    nlp = spacy.blank("zh")
    for name in RECOGNIZERS:
        nlp.add_pipe(f"kg_{name}")
    doc = nlp(TEXT)
    texts = {span.text: span.label_ for span in doc.spans[engine.SPANS]}
    assert texts["深圳市"] == "City" and "新型显示" in texts


def test_tokenizer_gives_one_token_a_character() -> None:
    """Token index equals offset, whitespace included, and the text comes back as it was."""
    nlp = engine.pipeline(ontology.load())
    doc = nlp.make_doc("甲 乙\n  丙，A1")
    assert doc.text == "甲 乙\n  丙，A1"
    assert [t.idx for t in doc] == list(range(len(doc.text)))


def test_pipeline_is_described_by_a_config() -> None:
    """The config of our pipeline builds an equal pipeline."""
    config = engine.pipeline(ontology.load()).config
    again = spacy.util.load_model_from_config(config, auto_fill=True)
    assert again.pipe_names == [f"kg_{name}" for name in RECOGNIZERS]
    assert type(again.tokenizer) is engine.CharacterTokenizer


@Language.component("test_reader_of_colours")
def _colours(doc: Doc) -> Doc:
    start = doc.text.find("绛紫")
    if start >= 0:
        spans = list(doc.spans.get(engine.SPANS, ()))
        doc.spans[engine.SPANS] = [*spans, Span(doc, start, start + 2, label="Technology")]
    return doc


def test_spans_of_other_components_become_mentions() -> None:
    """A component of the user's puts spans into the group, and they arrive as mentions with their offsets."""
    passage = document("本市生产绛紫颜色。")
    nlp = engine.pipeline(ontology.load())
    nlp.add_pipe("test_reader_of_colours")
    try:
        mentions = engine.recognize(passage, ontology.load())
    finally:
        nlp.remove_pipe("test_reader_of_colours")
    assert [(m.text, m.label, m.rule) for m in mentions if m.rule == "user"] == [("绛紫", "Technology", "user")]


def test_long_text_is_linear() -> None:
    """A text of a million characters is tokenized whole, beyond spaCy's default limit."""
    nlp = engine.pipeline(ontology.load())
    assert len(nlp.make_doc("产" * 1_000_001)) == 1_000_001
