"""The wheel: what it holds, and that it works where no checkout is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    pytest.importorskip("hatchling", reason="hatchling builds the wheel; make test installs it")
    folder = tmp_path_factory.mktemp("wheel")
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", code, folder], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


def test_wheel_holds_the_package_the_ontology_and_the_questions(wheel, root):
    """Every .ttl, .rq and data file of the checkout is in the wheel; tests, examples and exports are not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for file in (root / "ontology").glob("*.ttl"):
        assert f"kg/_ontology/{file.name}" in names
    for pattern in ("queries/*.rq", "data/*", "exporters/assets/*"):
        for file in (root / "kg").glob(pattern):
            assert file.relative_to(root).as_posix() in names or file.is_dir()
    assert not [n for n in names if n.split("/")[0] not in ("kg", wheel.name.rsplit("-py3", 1)[0] + ".dist-info")]


def test_installed_wheel_extracts_builds_and_answers(wheel, tmp_path):
    """Unpacked into an empty folder, away from the checkout, kg finds its ontology and its questions."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    plan = tmp_path / "plan.md"
    plan.write_text("# 青岛市氢能产业行动计划\n\n青岛市重点发展氢能产业。到2025年，氢能产业产值达到100亿元。\n", "utf-8")

    def kg(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            # -P keeps the working folder off the path: only the unpacked wheel can be the source of kg.
            [sys.executable, "-P", "-m", "kg", *(str(a) for a in arguments)],
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(site)},
        )

    record = json.loads(kg("extract", plan).stdout)
    assert {"青岛市", "氢能"} <= {entity["name"] for entity in record["entities"]}
    assert kg("build", plan, "-o", "out").returncode == 0
    done = kg("query", "SELECT ?file WHERE { ?d a kg:Document }", "-g", "out")
    assert done.returncode == 0, done.stderr
    assert "summary" in kg("query", "--list").stdout


def test_spacy_finds_the_components_of_an_installed_wheel(wheel, tmp_path):
    """add_pipe and our tokenizer work by name, without an import of kg; every recognizer has an entry point."""
    from kg.recognizers import RECOGNIZERS

    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = (
        "import sys, spacy\n"
        "tokenizer = {'@tokenizers': 'policy_kg.CharacterTokenizer.v1'}\n"
        "nlp = spacy.blank('zh', config={'nlp': {'tokenizer': tokenizer}})\n"
        "for name in sys.argv[1:]: nlp.add_pipe('kg_' + name)\n"
        "doc = nlp('支持深圳市发展新型储能产业。')\n"
        "print(*(f'{s.text}/{s.label_}' for s in doc.spans['kg']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *RECOGNIZERS],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONUTF8": "1"},
    )
    assert "深圳市/City" in done.stdout, done.stderr


def test_public_names_are_loaded_when_used():
    """import kg alone loads no stage; the names in __all__ all resolve; an unknown one lists what exists."""
    import kg

    code = "import sys, kg; print([m for m in sys.modules if m.startswith('kg.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="load_ontology"):
        _ = kg.nonsense
