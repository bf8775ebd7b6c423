"""Measure speed and memory on this machine: python benchmarks/run.py [--write] [--folder DIR] [--rounds N].

One core, one process. The whole extraction (read text to entities, facts and targets) is measured against spaCy's own
entity_ruler, which only finds names, with the same names, on the same texts, in the same run; what counts is the ratio, the
characters per second depend on the machine. Both are measured twice: on the documents as they are, and on one long document
made of their texts. --write renews the table in README.md.
"""

from __future__ import annotations

import argparse
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MARK = ("<!-- table -->", "<!-- end -->")
CONCEPTS = ("Industry", "Technology", "Province", "City", "District", "Zone", "Region", "Country")
"""Kinds of concepts whose names the entity_ruler gets: those that our gazetteer matches as they stand."""


LONG = 50_000
"""Characters that the long document has at least: the texts of the documents, joined, as often as that takes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=ROOT / "examples" / "documents", help="documents to extract")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; the best counts")
    parser.add_argument("--write", action="store_true", help="renew the table in benchmarks/README.md")
    args = parser.parse_args()
    rows = [*speed(args.folder, args.rounds), *build(args.folder)]
    table = "\n".join(["| what | value |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows)])
    print(table)
    if args.write:
        write(table)


def speed(folder: Path, rounds: int) -> list[tuple[str, str]]:
    from kg import ontology, readers
    from kg.recognizers import gazetteer

    ontology.load()  # compiles it where the cache has none
    ontology.load.cache_clear()
    start = time.process_time()
    words = ontology.load()
    loading = time.process_time() - start
    documents = [readers.read(path) for path in readers.collect([str(folder)])]
    characters = sum(len(document.text) for document in documents)
    long = joined(documents)
    extraction(documents[:1], words, 1)  # builds the automata and the patterns once
    ours, ours_long = extraction(documents, words, rounds), extraction([long], words, rounds)
    names = best(rounds, lambda: [gazetteer.recognize(fresh(document), words, ()) for document in documents])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ruler, count = entity_ruler(words)
    texts = [document.folded for document in documents]
    ruler(texts[0])
    theirs, theirs_long = best(rounds, lambda: [ruler(text) for text in texts]), best(rounds, lambda: ruler(long.folded))
    return [
        ("documents, characters", f"{len(documents)}, {characters:,}"),
        ("loading the compiled ontology", f"{loading:.2f} s"),
        ("whole extraction, one core", f"{characters / ours:,.0f} characters/s"),
        (f"spaCy entity_ruler alone, {count:,} names", f"{characters / theirs:,.0f} characters/s"),
        ("**ratio (ours ÷ entity_ruler)**", f"**{theirs / ours:.2f}**"),
        ("names alone: our gazetteer, all names of the ontology", f"{characters / names:,.0f} characters/s"),
        ("ratio (our gazetteer ÷ entity_ruler)", f"{theirs / names:.1f}"),
        (f"one document of {len(long.text):,} characters: whole extraction", f"{len(long.text) / ours_long:,.0f} characters/s"),
        ("the same document: entity_ruler alone", f"{len(long.text) / theirs_long:,.0f} characters/s"),
        ("**ratio on the long document**", f"**{theirs_long / ours_long:.2f}**"),
        ("memory at its peak before the entity_ruler is made", f"{memory:,.0f} MB"),
    ]


def extraction(documents: Sequence[Any], words: Any, rounds: int) -> float:
    """Seconds for the whole extraction of documents just read: nothing that an earlier round derived is kept."""
    from kg import pipeline

    return best(rounds, lambda: [pipeline.extract(fresh(document), words) for document in documents])


def fresh(document: Any) -> Any:
    """A copy without the views of the text (folded text, clauses, word hits) that a document keeps."""
    return replace(document)


def joined(documents: Sequence[Any]) -> Any:
    """One plain-text document with the texts of all, repeated until it is long enough."""
    from kg import readers

    text = "\n".join(document.text for document in documents) + "\n"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "long.txt"
        file.write_text(text * -(-LONG // len(text)), "utf-8")
        return readers.read(file)


def entity_ruler(words: Any) -> tuple[Callable[[str], Any], int]:
    """spaCy's entity_ruler as its documentation shows it: a blank zh pipeline, phrase patterns, one for each name."""
    import spacy

    from kg.folding import fold

    nlp = spacy.blank("zh")
    names = sorted({(fold(form), c.kind) for c in words.of_kinds(*CONCEPTS) for form in c.forms})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": kind, "pattern": form} for form, kind in names])  # type: ignore[attr-defined]
    return nlp, len(names)


def best(rounds: int, work: Callable[[], Any]) -> float:
    """Least processor time of several rounds, in seconds: other work on the machine only ever adds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def build(folder: Path) -> list[tuple[str, str]]:
    """``kg build --format all`` as a user runs it, with the start of Python and the loading of everything."""
    with tempfile.TemporaryDirectory() as output:
        command = [sys.executable, "-m", "kg", "build", str(folder), "-o", f"{output}/out", "--format", "all"]
        start = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        size = sum(file.stat().st_size for file in Path(output).rglob("*") if file.is_file())
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        ("building the examples with all exports", f"{seconds:.1f} s, {memory:,.0f} MB at the peak"),
        ("size of all exports", f"{size / 1e6:.1f} MB"),
    ]


def write(table: str) -> None:
    file = ROOT / "benchmarks" / "README.md"
    text = file.read_text("utf-8")
    before, _, rest = text.partition(MARK[0])
    _, _, after = rest.partition(MARK[1])
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    file.write_text(f"{before}{MARK[0]}\n{machine}\n\n{table}\n{MARK[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
