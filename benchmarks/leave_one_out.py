"""How much of the accuracy is vocabulary learned from the samples: python benchmarks/leave_one_out.py [FOLDER ...]

Each FOLDER holds ``documents`` and ``gold`` (default: examples). For every document the names of industries and technologies
that the vocabulary holds and that occur in no other document are taken out of the vocabulary, and its topics are scored again.
What recall is left is what a document from elsewhere can expect, whose own terms nobody entered.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg import evaluation, ontology, pipeline, readers
from kg.folding import fold
from kg.model import Document
from kg.ontology import Ontology

ROOT = Path(__file__).resolve().parent.parent
TOPIC = "entity:Topic"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "examples"])
    full, left, removed = evaluation.Tally(), evaluation.Tally(), 0
    pairs = [pair for folder in parser.parse_args().folders for pair in annotated(folder)]
    words = ontology.load()
    names = topic_names(words)
    held = [{name for name in names if name in document.folded} for document, _ in pairs]
    for index, (document, gold) in enumerate(pairs):
        others = set().union(*(h for i, h in enumerate(held) if i != index))
        own = held[index] - others
        removed += len(own)
        full.add(topics(document, gold, words))
        left.add(topics(document, gold, without(words, own)))
    print(f"{len(pairs)} documents, {removed} names taken out, {removed / max(1, len(pairs)):.1f} a document")
    for label, tally in (("whole vocabulary", full), ("without a document's own terms", left)):
        print(f"{label:32} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}")
    print(f"recall lost: {100 * (full.recall - left.recall):.1f} points")


def annotated(folder: Path) -> Iterator[tuple[Document, evaluation.Record]]:
    for file in sorted((folder / "gold").glob("*.json")):
        document = folder / "documents" / file.name.removesuffix(".json")
        yield readers.read(document), json.loads(file.read_text("utf-8"))


def topic_names(words: Ontology) -> set[str]:
    return {fold(form) for c in words.of_kinds("Industry", "Technology") for form in c.forms if len(form) > 1}


def topics(document: Document, gold: evaluation.Record, words: Ontology) -> evaluation.Tally:
    predicted = pipeline.to_json(pipeline.extract(replace(document), words))
    return evaluation.score(gold, predicted).tallies.get(TOPIC, evaluation.Tally())


def without(words: Ontology, names: set[str]) -> Ontology:
    """The ontology without these names of topics; a concept that has no name left goes."""
    concepts = {}
    for iri, concept in words.concepts.items():
        if concept.kind in ("Industry", "Technology"):
            forms = [form for form in concept.forms if fold(form) not in names]
            if not forms:
                continue
            if len(forms) < len(concept.forms):
                concept = replace(concept, name=forms[0], aliases=tuple(forms[1:]))
        concepts[iri] = concept
    return replace(words, concepts=concepts)


if __name__ == "__main__":
    main()
