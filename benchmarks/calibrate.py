"""Measure how often each rule is right, and how honest the confidence is: python benchmarks/calibrate.py [--write] [FOLDER ...]

Each FOLDER holds ``documents`` and ``gold``. Without --write the confidence as it is now is judged against FOLDERs (default:
examples): expected calibration error and reliability diagram of entities, relations and targets. With --write the counts of the
rules over FOLDERs become kg/data/confidence.json.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg import confidence, evaluation, pipeline, readers
from kg.evaluation import Record
from kg.model import Extraction

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "kg" / "data" / "confidence.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "examples"])
    parser.add_argument("--write", action="store_true", help="count the rules and write kg/data/confidence.json")
    arguments = parser.parse_args()
    judged = [one for folder in arguments.folders for one in judgments(folder)]
    if arguments.write:
        write(judged)
    for kind in ("entity", "relation", "target", ""):
        report(kind or "all", [(score, right) for k, _, score, right in judged if k == kind or not kind])


def write(judged: list[tuple[str, str, float, bool]]) -> None:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _, rule, _, right in judged:
        counts[rule][0 if right else 1] += 1
    lines = [f' {json.dumps(rule, ensure_ascii=False)}: {counts[rule]}' for rule in sorted(counts)]
    DATA.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def report(kind: str, judged: list[tuple[float, bool]]) -> None:
    error, diagram = confidence.expected_error(judged)
    print(f"{kind}: {len(judged)} statements, expected calibration error {error:.3f}")
    for mean, share, count in diagram:
        print(f"   said {mean:.2f}   right {share:.2f}   {count}")


def judgments(folder: Path) -> Iterator[tuple[str, str, float, bool]]:
    """(kind, rule, confidence, right) of every statement that the gold neither asks for nor forbids to ignore."""
    for file in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        extraction = pipeline.extract(readers.read(folder / "documents" / file.name.removesuffix(".json")))
        yield from _judged(gold, extraction)


def _judged(gold: Record, extraction: Extraction) -> Iterator[tuple[str, str, float, bool]]:
    predicted = pipeline.to_json(extraction)
    found = evaluation.pair(gold["entities"], predicted["entities"])
    wanted = {e["id"]: e for e in gold["entities"]}
    ids = dict(zip((e.iri for e in extraction.entities), (found.get(e["id"]) for e in predicted["entities"]), strict=True))
    for entity in extraction.entities:
        partner = ids[entity.iri]
        if partner is None or not wanted[partner].get("optional"):
            yield "entity", confidence.entity_key(entity), entity.score, partner is not None
    relations = {(r["subject"], r["predicate"], r["object"]): r for r in gold["relations"]}
    for fact in extraction.facts:
        ends = ids.get(fact.subject), ids.get(fact.object)
        triple = (ends[0], fact.predicate, ends[1])
        optional = any(end and wanted[end].get("optional") for end in ends) or relations.get(triple, {}).get("optional")
        if fact.subject in ids and fact.object in ids and not optional:
            yield "relation", confidence.fact_key(fact), fact.evidence[0].score, triple in relations
    left = list(gold["targets"])
    for target, record in zip(extraction.targets, predicted["targets"], strict=True):
        match = next((g for g in left if evaluation.same_core(g, record)), None)
        if match is not None:
            left.remove(match)
        if not target.baseline and not (match or {}).get("optional"):
            yield "target", confidence.target_key(target), target.evidence.score, match is not None


if __name__ == "__main__":
    main()
