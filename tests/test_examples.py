"""The examples: what is committed is what the code makes, and accuracy on them does not fall unnoticed."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Corpus:
    """Annotated documents: the SHA-256 over their names and bytes, and the least F1 on just these files.

    Raise a floor when accuracy rises; never lower one to make a change pass.
    """

    sha256: str
    floors: dict[str, float]


CORPORA = {
    "examples": Corpus(
        "cc66326bad7381e215083b8f6f1cf35a5c0b218f9fb715c2d7233a0e9a6f857d",
        {"overall": 0.89, "entity:all": 0.93, "relation:all": 0.83, "target:core": 0.98, "target-full": 0.77},
    ),
    "tests/gold": Corpus("d9163bfb05fcb907cda4bf9f3141f8bbafba323bd22699de6b95e50df8c03fb4", {"overall": 0.91, "entity:all": 0.94, "relation:all": 0.85, "target:core": 0.98, "target-full": 0.79}),
}


@pytest.fixture(params=sorted(CORPORA))
def corpus(request: pytest.FixtureRequest, root: Path) -> tuple[Path, Corpus]:
    return root / request.param, CORPORA[request.param]


def test_the_floors_belong_to_these_files(corpus):
    """A changed document or gold file asks for new floors, in the same commit."""
    folder, pinned = corpus
    digest = hashlib.sha256()
    for part in ("documents", "gold"):
        for file in sorted((folder / part).iterdir()):
            digest.update(f"{part}/{file.name}\0".encode() + file.read_bytes() + b"\0")
    assert digest.hexdigest() == pinned.sha256


def test_accuracy_stays_above_its_floors(corpus):
    from kg.evaluation import evaluate

    folder, pinned = corpus
    rows = evaluate(folder / "gold", folder / "documents").total.rows()
    low = {name: rows[name]["f1"] for name, floor in pinned.floors.items() if rows[name]["f1"] < floor}
    assert not low, f"below the floor: {low}"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    from kg import pipeline
    from kg.exporters import FILES

    folder = tmp_path_factory.mktemp("exports")
    committed = {path.name for path in (examples.parent / "exports").iterdir()}
    pipeline.build([examples / "documents"], folder, formats=[n for n, f in FILES.items() if f.rstrip("/") in committed])
    return folder


def test_committed_exports_are_what_the_examples_build(rebuilt, root):
    """exports/ is byte for byte what kg build makes of examples/documents; after a change run make demo and commit it."""
    committed, made = _files(root / "exports"), _files(rebuilt)
    assert "graph.nq" in made and committed == made
    differing = [name for name in committed if _content(root / "exports" / name) != _content(rebuilt / name)]
    assert not differing, f"exports/ is out of date in {differing}: run make demo and commit exports/"


def _content(file: Path) -> object:
    """The bytes; of a spreadsheet those of its parts, since compression differs between builds of zlib."""
    if file.suffix != ".xlsx":
        return file.read_bytes()
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def _files(folder: Path) -> list[str]:
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file() and f.name != "README.md")
