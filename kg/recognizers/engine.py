"""The recognizers as a spaCy pipeline.

``spacy.blank("zh")`` plus our tokenizer and one component per recognizer; users add components of their own by the usual
spaCy means (``nlp.add_pipe``), and spans they put into ``doc.spans["kg"]`` become mentions. spaCy objects do not leave
this folder.

Importing this module registers the factories ``kg_gazetteer``, ``kg_place`` … and the tokenizer
``policy_kg.CharacterTokenizer.v1``, so that ``nlp.add_pipe("kg_gazetteer")`` and a spaCy config find them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any

from kg.model import Document, Mention, Metadata, Source
from kg.ontology import Ontology, load
from kg.recognizers import CANDIDATE, RECOGNIZERS, Recognizer

SPANS = "kg"
"""The span group in which mentions are kept; labels are class names, span ids concept IRIs."""

TOKENIZER = "policy_kg.CharacterTokenizer.v1"


def recognize(document: Document, ontology: Ontology) -> tuple[Mention, ...]:
    """All mentions of a document, in text order."""
    nlp = pipeline(ontology)
    components = [component for _, component in nlp.pipeline]
    if all(isinstance(component, Component) for component in components):
        # Nobody looks at a Doc: making one costs as much as a recognizer.
        found: list[Mention] = []
        for component in components:
            found += component.recognizer(document, component.ontology, found)
    else:
        found = _through_doc(nlp, document)
    return _sorted([m for m in found if m.rule != CANDIDATE])


def _through_doc(nlp: Any, document: Document) -> list[Mention]:
    """Mentions of a pipeline that holds components of a user's, which read and write the Doc."""
    doc = nlp.make_doc(document.folded)
    doc.user_data["kg_document"] = document
    for _, component in nlp.pipeline:
        doc = component(doc)
    return _mentions_of(doc)


@lru_cache(maxsize=2)
def pipeline(ontology: Ontology) -> Any:
    """The spaCy ``Language`` with our tokenizer and every recognizer, in order."""
    import spacy

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = 10_000_000  # characters; ours is linear in time and memory, and readers set their own limit
    for name in RECOGNIZERS:
        component: Any = nlp.add_pipe(f"kg_{name}")
        component.ontology = ontology
    return nlp


class CharacterTokenizer:
    """One token a character, in linear time; whitespace is a token too, so that token index = offset."""

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Any:
        from spacy.tokens import Doc

        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> CharacterTokenizer:
        return self

    def to_disk(self, _: Any, **__: Any) -> None:
        return None

    def from_disk(self, _: Any, **__: Any) -> CharacterTokenizer:
        return self


class Component:
    """One recognizer as a spaCy component."""

    def __init__(self, name: str, recognizer: Recognizer, ontology: Ontology | None = None) -> None:
        self.name = name
        self.recognizer = recognizer
        self.ontology = ontology or load()

    def __call__(self, doc: Any) -> Any:
        document = _document_of(doc)
        found = _mentions_of(doc)
        new = self.recognizer(document, self.ontology, found)
        doc.user_data.setdefault("kg_mentions", []).extend(new)
        _show(doc, new)
        return doc


def _document_of(doc: Any) -> Document:
    """The document behind ``doc``; a bare text that a user runs through the pipeline becomes a plain one."""
    found = doc.user_data.get("kg_document")
    if found is None:
        from kg.model import Block

        text = doc.text
        source = Source(name="text", path="", sha256="", size=len(text), media_type="text/plain")
        blocks = tuple(Block("paragraph", start, end) for start, end in _paragraphs(text))
        found = Document(source=source, text=text, blocks=blocks, metadata=Metadata())
        doc.user_data["kg_document"] = found
    assert isinstance(found, Document)
    return found


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _mentions_of(doc: Any) -> list[Mention]:
    """Our mentions plus those that other components put into the span group."""
    mentions: list[Mention] = list(doc.user_data.get("kg_mentions", ()))
    shown = doc.user_data.get("kg_shown", set())
    document = _document_of(doc)
    for span in doc.spans.get(SPANS, ()):
        key = (span.start, span.end, span.label_)
        if key not in shown:
            concepts = (span.id_,) if span.id_ else ()
            mentions.append(
                Mention(span.start, span.end, span.label_, document.text[span.start : span.end], "user", concepts)
            )
    return mentions


def _show(doc: Any, mentions: list[Mention]) -> None:
    """Keep a span for each mention, so that users and their components see it."""
    from spacy.tokens import Span

    group = list(doc.spans.get(SPANS, ()))
    shown = doc.user_data.setdefault("kg_shown", set())
    for m in mentions:
        concept = m.concepts[0] if m.concepts else ""
        group.append(Span(doc, m.start, m.end, label=m.label, span_id=concept))
        shown.add((m.start, m.end, m.label))
    doc.spans[SPANS] = group


def _sorted(mentions: list[Mention]) -> tuple[Mention, ...]:
    unique = dict.fromkeys(mentions)
    return tuple(sorted(unique, key=lambda m: (m.start, -m.end, m.label, m.rule, m.name)))


def _resolve(target: str) -> Recognizer:
    module, _, name = target.partition(":")
    found: Recognizer = getattr(import_module(module), name)
    return found


def _factory(recognizer: str) -> Callable[..., Component]:
    def create(nlp: Any, name: str, ontology: str | None) -> Component:
        return Component(name, _resolve(RECOGNIZERS[recognizer]), load(ontology))

    return create


def create_tokenizer() -> Callable[[Any], CharacterTokenizer]:
    """What a spaCy config's ``nlp.tokenizer`` block calls."""
    return lambda nlp: CharacterTokenizer(nlp.vocab)


def __getattr__(name: str) -> Any:
    """``kg_place`` …: the factories under the names that the package's entry points give to spaCy."""
    if name.startswith("kg_") and name.removeprefix("kg_") in RECOGNIZERS:
        return _factory(name.removeprefix("kg_"))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def register() -> None:
    """Register the tokenizer and one factory per recognizer with spaCy; running it twice does no harm."""
    from spacy.language import Language
    from spacy.util import registry

    registry.tokenizers.register(TOKENIZER, func=create_tokenizer)
    for name in RECOGNIZERS:
        if f"kg_{name}" not in Language.factories:
            Language.factory(f"kg_{name}", default_config={"ontology": None}, func=_factory(name))


register()
