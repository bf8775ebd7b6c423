"""The command line: what goes where, which exit code, and how fast help comes."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

PLAN = """---
title: 海城市新型储能产业发展行动计划（2024—2026年）
---

# 海城市新型储能产业发展行动计划（2024—2026年）

重点发展新型储能、氢能产业。到2026年，新型储能产业产值达到500亿元。
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.md"
    file.write_text(PLAN, "utf-8")
    return file


def test_help_is_quick_and_imports_nothing_heavy():
    """The module behind --help loads in well under 0.3 s and pulls in no library that reads, parses or draws."""
    code = (
        "import sys, kg.cli; print(sorted(m for m in sys.modules if m.partition('.')[0] in set(sys.argv[1:]) and '.' not in m))"
    )
    heavy = ["spacy", "pyoxigraph", "rdflib", "networkx", "lxml", "bs4", "docx", "numpy", "trafilatura", "pyvis"]
    found = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
    best = min(_processor_seconds("--help") for _ in range(3))
    assert best < 0.3, f"kg --help took {best:.2f} s of processor time"


def _processor_seconds(*arguments: str) -> float:
    """Processor time of one run: what the clock shows depends on what else the machine does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "kg", *arguments], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_names_every_command(command):
    shown = command("--help").stdout
    for name in ("build", "extract", "query", "export", "check", "evaluate"):
        assert f"  {name} " in shown


def test_python_m_kg_prints_the_version(command):
    import kg

    assert command("--version").stdout.strip() == kg.__version__


def test_no_word_of_messages_on_stdout(command, plan):
    """extract prints JSON and nothing else on stdout, with Chinese as characters, whatever the locale."""
    done = command("extract", plan, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["document"] == "plan.md"
    assert "新型储能" in done.stdout


def test_extract_gives_offsets_that_hold(command, plan):
    """Every mention and every piece of evidence quotes the canonical text at its own offsets."""
    from kg import readers

    text = readers.read(plan).text
    record = json.loads(command("extract", plan).stdout)
    assert record["entities"] and record["targets"]
    for entity in record["entities"]:
        for mention in entity["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]
    for statement in record["targets"] + [e for r in record["relations"] for e in r["evidence"]]:
        assert text[statement["start"] : statement["end"]] == statement["quote"]


def test_extract_of_several_files_wants_a_folder(command, plan, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("青岛市大力发展氢能产业。\n", "utf-8")
    assert command("extract", plan, other).returncode == 2
    assert command("extract", plan, other, "-o", tmp_path / "out").returncode == 0
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == ["other.txt.json", "plan.md.json"]


def test_extract_refuses_two_documents_of_one_name(command, plan, tmp_path):
    """The second would overwrite the first's file, so nothing is written at all."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "plan.md").write_text(PLAN, "utf-8")
    done = command("extract", plan, tmp_path / "b" / "plan.md", "-o", tmp_path / "out")
    assert done.returncode == 2 and "plan.md" in done.stderr and not (tmp_path / "out").exists()


def test_unread_lists_numbers_as_lines(command, tmp_path):
    """Each number that no target carries is one line: document, offset, number, sentence."""
    file = tmp_path / "a.txt"
    file.write_text("海城市现有企业37家。\n到2025年，海城市氢能产业产值达到100亿元。\n", "utf-8")
    done = command("extract", file, "--unread")
    assert done.returncode == 0
    for line in done.stdout.splitlines():
        document, start, number, sentence = line.split("\t")
        assert document == "a.txt" and start.isdigit() and number in sentence


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "absent", "-o", "out"],
        ["build", "."],
        ["frobnicate"],
        ["extract", "plan.md", "--format", "xml"],
        ["export", "nonsense", "-o", "x", "-g", "absent"],
        ["query", "summary", "-g", "absent"],
        ["query", "summary", "notaparameter"],
        ["evaluate", "absent", "absent"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2_with_one_message(command, plan, arguments):
    """A wrong argument is code 2, with the reason on stderr, nothing on stdout and no traceback."""
    done = command(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip() and "Traceback" not in done.stderr and not done.stdout


def test_build_summary_in_plain_words(command, plan, tmp_path):
    done = command("build", plan, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 documents read") and "quantified targets" in done.stdout
    assert (tmp_path / "out" / "graph.nq").is_file()


def test_build_report_as_json_adds_up(command, plan, tmp_path):
    (tmp_path / "copy.md").write_text(PLAN, "utf-8")
    report = json.loads(command("build", plan, tmp_path / "copy.md", "-o", tmp_path / "out", "--json").stdout)
    assert report["seen"] == report["documents"] + len(report["duplicates"]) + len(report["rejects"]) == 2


def test_partly_rejected_build_exits_3_and_lists_the_rejects(command, plan, tmp_path):
    """One bad file costs itself only: the others are built, it is named on stderr and in rejects.jsonl."""
    bad = tmp_path / "empty.txt"
    bad.write_bytes(b"")
    done = command("build", plan, bad, "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "empty.txt: [EMPTY]" in done.stderr
    (record,) = [json.loads(line) for line in (tmp_path / "out" / "rejects.jsonl").read_text("utf-8").splitlines()]
    assert record["code"] == "EMPTY" and record["path"].endswith("empty.txt")


def test_extract_with_some_rejects_exits_3_with_only_rejects_4(command, plan, tmp_path):
    bad = tmp_path / "empty.txt"
    bad.write_bytes(b"")
    assert command("extract", plan, bad, "-o", tmp_path / "out").returncode == 3
    assert command("extract", bad).returncode == 4


def test_nothing_usable_exits_4(command, tmp_path):
    (tmp_path / "folder").mkdir()
    assert command("build", tmp_path / "folder", "-o", tmp_path / "out").returncode == 4


def test_output_that_cannot_be_written_exits_6(command, plan, tmp_path):
    (tmp_path / "file").write_text("x")
    done = command("build", plan, "-o", tmp_path / "file" / "out")
    assert done.returncode == 6 and "Traceback" not in done.stderr


def test_damaged_graph_exits_7(command, tmp_path):
    (tmp_path / "graph.nq").write_text("this is no quad\n")
    done = command("query", "summary", "-g", tmp_path)
    assert done.returncode == 7 and "graph.nq" in done.stderr


def test_our_own_error_exits_1_and_debug_shows_where():
    """An unexpected exception is one line that asks for a report; KG_DEBUG adds the traceback."""
    code = "import sys; from kg import cli, pipeline; pipeline.build = lambda *a, **k: 1 / 0; cli.main()"
    plain = subprocess.run([sys.executable, "-c", code, "build", ".", "-o", "/nowhere"], capture_output=True, text=True)
    assert plain.returncode == 1 and "please report it" in plain.stderr and "Traceback" not in plain.stderr
    debug = subprocess.run([sys.executable, "-c", code, "--debug", "build", ".", "-o", "/x"], capture_output=True, text=True)
    assert debug.returncode == 1 and "ZeroDivisionError" in debug.stderr and "Traceback" in debug.stderr


def test_interrupt_exits_130():
    code = "from kg import cli, pipeline\ndef stop(*a, **k): raise KeyboardInterrupt\npipeline.build = stop; cli.main()"
    done = subprocess.run([sys.executable, "-c", code, "build", ".", "-o", "/nowhere"], capture_output=True, text=True)
    assert done.returncode == 130 and "Traceback" not in done.stderr


@pytest.fixture
def built(command, plan, tmp_path) -> Path:
    folder = tmp_path / "built"
    assert command("build", plan, "-o", folder).returncode == 0
    return folder


def test_query_in_three_forms(command, built):
    """The same rows as tab-separated lines, CSV and JSON; SPARQL knows the usual prefixes."""
    sparql = "SELECT DISTINCT ?topic WHERE { ?place kg:develops ?t . ?t skos:prefLabel|rdfs:label ?topic }"
    lines = command("query", sparql, "-g", built).stdout.splitlines()
    rows = json.loads(command("query", sparql, "-g", built, "-f", "json").stdout)
    table = command("query", sparql, "-g", built, "-f", "csv").stdout.splitlines()
    assert lines[0] == "topic" and table[0] == "topic"
    assert lines[1:] == table[1:] == [row["topic"] for row in rows]


def test_query_list_shows_every_named_question(command):
    from kg import queries

    shown = command("query", "--list").stdout
    assert len(queries.names()) >= 12
    for name in queries.names():
        assert name in shown


def test_export_writes_the_format_asked_for(command, built, tmp_path):
    done = command("export", "turtle", "-o", tmp_path / "x.ttl", "-g", built)
    assert done.returncode == 0, done.stderr
    assert "@prefix" in (tmp_path / "x.ttl").read_text("utf-8")


def test_check_of_a_good_graph_exits_0(command, built):
    done = command("check", "-g", built)
    assert done.returncode == 0, done.stdout
    assert "0 errors" in done.stderr


def test_check_names_what_is_wrong_and_exits_1(command, built):
    """A quote that is longer than its offsets say is an error with a code, found in the file it was put into."""
    file = built / "graph.nq"
    lines = file.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if "ontology#quote>" in line)
    lines[at] = lines[at].replace('> "', '> "多余', 1)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    done = command("check", "-g", built)
    assert done.returncode == 1 and "evidence-length" in done.stdout


def test_exit_codes_of_the_errors_are_those_of_the_table(root):
    """docs/exit-codes.md has a row for every code that an error class carries, and for 0, 4 and 130."""
    from kg import errors

    kinds = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.KgError)]
    table = (root / "docs" / "exit-codes.md").read_text("utf-8")
    for code in {0, 4, 130} | {kind.exit_code for kind in kinds}:
        assert f"| {code} |" in table
