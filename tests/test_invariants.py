"""The invariants of the line, tried on the examples: exact quotes, same bytes, nothing lost in silence."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import ontology, pipeline, readers
from kg.model import Extraction
from tests.passages import document

EXAMPLES = Path(__file__).parent.parent / "examples" / "documents"
DOCUMENTS = sorted(EXAMPLES.iterdir())


def _spans(extraction: Extraction) -> Iterator[tuple[int, int, str]]:
    for mention in extraction.mentions:
        yield mention.start, mention.end, mention.text
    statements = [e for f in extraction.facts for e in f.evidence]
    statements += [t.evidence for t in extraction.targets] + [i.evidence for i in extraction.incentives]
    for evidence in statements:
        yield evidence.start, evidence.end, evidence.quote
    for number in extraction.unread:
        yield number.start, number.end, number.text


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_every_quote_is_the_text_at_its_offsets(path: Path) -> None:
    """text[start:end] == quote for all mentions, all evidence and all unread numbers; none is empty."""
    extraction = pipeline.extract(path)
    spans = list(_spans(extraction))
    assert spans
    for start, end, quote in spans:
        assert 0 <= start < end <= len(extraction.document.text)
        assert extraction.document.text[start:end] == quote


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_statements_stand_between_known_entities(path: Path) -> None:
    """Facts and targets name only entities of their document, and every fact has evidence."""
    extraction = pipeline.extract(path)
    known = extraction.entity_by_iri
    for fact in extraction.facts:
        assert fact.evidence and fact.subject in known and fact.object in known
    for target in extraction.targets:
        assert {target.place, target.topic, target.policy} - {None} <= set(known)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_every_digit_is_accounted_for(path: Path) -> None:
    """Each digit of the text lies in a number that has a use; unread ones are listed."""
    extraction = pipeline.extract(path)
    covered = {i for use in extraction.numbers for i in range(use.start, use.end)}
    digits = {i for i, c in enumerate(extraction.document.folded) if c in "0123456789"}
    assert digits <= covered
    assert [u.use for u in extraction.numbers].count("unread") == len(extraction.unread)


def test_the_folded_view_has_the_same_length() -> None:
    """Folding maps one character to one, whatever the character."""
    from kg.folding import fold

    text = "".join(chr(c) for c in range(1, 0x30000) if not 0xD800 <= c < 0xE000)
    assert len(fold(text)) == len(text)


_BUILD = """
import sys
from kg import pipeline
sources, output, jobs = sys.argv[1:-2], sys.argv[-2], int(sys.argv[-1])
pipeline.build(sources, output, jobs=jobs, formats=["turtle", "jsonld"])
"""


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_hash_seed_jobs_and_order_do_not_change_a_byte(tmp_path: Path) -> None:
    """Builds with other hash seeds, job counts and file orders are byte for byte the same."""
    results = []
    for number, (seed, jobs, order) in enumerate([("0", "1", 1), ("1", "2", -1), ("77", "1", -1)]):
        out = tmp_path / f"build{number}"
        sources = [str(p) for p in DOCUMENTS[:8]][::order]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", _BUILD, *sources, str(out), jobs], check=True, env=env)
        results.append(_hashes(out))
    assert results[0] == results[1] == results[2]
    assert "graph.nq" in results[0]


def test_a_document_adds_the_same_quads_in_any_company(tmp_path: Path) -> None:
    """Merging is set union: two documents built together give the union of each built alone."""
    from kg import graph

    words = ontology.load()
    alone = [set(graph.quads(pipeline.extract(p), words)) for p in DOCUMENTS[:2]]
    report = pipeline.build([str(p) for p in DOCUMENTS[:2]], tmp_path / "both", formats=["nquads"])
    lines = set((tmp_path / "both" / "graph.nq").read_text("utf-8").splitlines())
    assert alone[0] | alone[1] <= lines
    assert report.ingested == 2


def test_files_seen_add_up(tmp_path: Path) -> None:
    """Seen = ingested + duplicates + rejected; a bad file is named with its reason and costs the good ones nothing."""
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(DOCUMENTS[0], folder / DOCUMENTS[0].name)
    shutil.copy(DOCUMENTS[0], folder / f"copy-of-{DOCUMENTS[0].name}")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    report = pipeline.build([str(folder)], tmp_path / "out", formats=["nquads"])
    assert (report.seen, report.ingested, len(report.duplicates), len(report.rejects)) == (5, 1, 1, 2)
    assert [Path(r["path"]).name for r in report.unsupported] == ["picture.png"]
    assert report.exit_code == 3
    records = [json.loads(line) for line in (tmp_path / "out" / "rejects.jsonl").read_text("utf-8").splitlines()]
    assert {Path(r["path"]).name for r in records} == {"empty.txt", "broken.pdf", "picture.png"}
    assert all(r["code"] and r["message"] for r in records)


def test_an_empty_passage_of_text_has_no_statements() -> None:
    """A text without policy content yields no facts and no targets, and does not fail."""
    extraction = pipeline.extract(document("今天天气很好，我们去公园散步。"))
    assert not extraction.facts and not extraction.targets


def test_a_missing_file_is_a_read_error() -> None:
    """A path that is not there is reported as such."""
    from kg.errors import ReadError

    with pytest.raises(ReadError) as caught:
        readers.read("nowhere/at-all.txt")
    assert caught.value.code == "NOT_FOUND"
