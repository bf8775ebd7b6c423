"""Measure the readers on this machine: python benchmarks/readers.py [--write] [--folder DIR].

For each format: characters of text a second of processor time, the time that trafilatura, markitdown (where it is installed)
and plain BeautifulSoup take for the same files in the same run as a multiple of ours, and the memory at its peak of a
process that read them. The others do less (no headings, fields, offsets), so it is the order of magnitude that counts.
Then what workers cost: the same documents read in this process and in one worker, and the worker's memory.
--write renews the section in README.md.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MARK = ("<!-- readers -->", "<!-- end of readers -->")
ROUNDS = 3
KINDS = ("txt", "md", "html", "docx", "pdf", "ofd", "xlsx", "csv")
OTHERS = ("trafilatura", "markitdown", "BeautifulSoup")
HEAD = (
    "format",
    "files, characters",
    "characters/s",
    *(f"time of {name} ÷ ours" for name in OTHERS),
    "memory more than for a short text",
)
SENTENCE = "到2025年，全市新型显示产业规模突破1000亿元，培育骨干企业50家以上，形成较为完整的产业链条。"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=ROOT / "examples" / "documents", help="pages to read")
    parser.add_argument("--write", action="store_true", help="renew the section in benchmarks/README.md")
    parser.add_argument("--memory", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.memory is not None:
        return print(peak(chosen(args.folder, args.memory)))
    lines = ["| " + " | ".join(HEAD) + " |", "|---|---|" + "--:|" * (len(HEAD) - 2)]
    lines += ["| " + " | ".join(row) + " |" for row in formats(args.folder)]
    lines += ["", "| workers | value |", "|---|--:|", *(f"| {what} | {value} |" for what, value in workers_cost())]
    table = "\n".join(lines)
    print(table)
    if args.write:
        write(table)


def write(table: str) -> None:
    target = ROOT / "benchmarks" / "README.md"
    text = target.read_text("utf-8")
    if MARK[0] not in text:
        text += f"\n## Readers\n\n`python benchmarks/readers.py --write` renews this table.\n\n{MARK[0]}\n{MARK[1]}\n"
    before, rest = text.split(MARK[0])
    target.write_text(f"{before}{MARK[0]}\n{table}\n{MARK[1]}{rest.split(MARK[1])[1]}", "utf-8")


def made() -> dict[str, bytes]:
    """One document of 400 paragraphs in each format that can be made here."""
    import docx
    import openpyxl

    from tests.pdfs import Page, pdf
    from tests.seeds import fixed_layout

    lines = ["江北省新型显示产业行动方案", *(f"（{n}）{SENTENCE}" for n in range(400))]
    word, book = docx.Document(), openpyxl.Workbook()
    for line in lines:
        word.add_paragraph(line)
        book.active.append([line, "100亿元"])
    buffers = {"docx": io.BytesIO(), "xlsx": io.BytesIO()}
    pages = [Page().lines(60, 80, lines[start : start + 36]) for start in range(0, len(lines), 36)]
    word.save(buffers["docx"])
    book.save(buffers["xlsx"])
    body = "".join(f"<p>{line}</p>\n" for line in lines)
    return {
        "made.pdf": pdf(*pages),
        "made.ofd": fixed_layout(lines),
        "made.csv": "".join(f'"{line}",100亿元\n' for line in lines).encode(),
        "made.txt": "\n".join(lines).encode(),
        "made.md": "\n\n".join(lines).encode(),
        "made.html": f"<!DOCTYPE html><html><body><div>{body}</div></body></html>".encode(),
        **{f"made.{kind}": buffer.getvalue() for kind, buffer in buffers.items()},
    }


def chosen(folder: Path, kind: str) -> dict[str, bytes]:
    """Files of one format: those of the folder and the made one. None for the empty kind."""
    files = made() | {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    return {name: data for name, data in files.items() if kind and name.endswith("." + kind)}


def formats(folder: Path) -> Iterable[list[str]]:
    """Rows of the table."""
    from kg import readers

    idle = memory(folder, "")
    for kind in KINDS:
        files = chosen(folder, kind)
        size, seconds = measured(lambda name, data: len(readers.read(name, data=data).text), files)
        times = {name: measured(other, files)[1] / seconds for name, other in others(kind)}
        compared = [f"{times[name]:.1f}" if name in times else "" for name in OTHERS]
        used = f"{memory(folder, kind) - idle:,.0f} MB"
        yield [f"`.{kind}`", f"{len(files)}, {size:,}", f"{size / seconds:,.0f}", *compared, used]


def memory(folder: Path, kind: str) -> float:
    """Megabytes at the peak of a process that reads the files of one format."""
    command = [sys.executable, __file__, "--folder", str(folder), "--memory", kind]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def peak(files: dict[str, bytes]) -> float:
    """Megabytes at the peak of this process, from Linux; what its parent had does not count."""
    from kg import readers

    read_one("warm.txt")  # the word lists that every process has
    for name, data in files.items():
        readers.read(name, data=data)
    status = Path("/proc/self/status").read_text("ascii", errors="replace")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def others(kind: str) -> Iterable[tuple[str, Callable[[str, bytes], int]]]:
    if kind == "html":
        import trafilatura
        from bs4 import BeautifulSoup

        yield "trafilatura", lambda _, data: len(trafilatura.extract(data) or "")
        yield "BeautifulSoup", lambda _, data: len(BeautifulSoup(data, "html.parser").get_text())
    try:
        from markitdown import MarkItDown
    except ImportError:
        return
    converter = MarkItDown()
    if kind in ("html", "docx", "xlsx", "pdf"):
        yield (
            "markitdown",
            lambda name, data: len(converter.convert_stream(io.BytesIO(data), file_extension=Path(name).suffix).text_content),
        )


def measured(read: Callable[[str, bytes], int], files: dict[str, bytes]) -> tuple[int, float]:
    """(characters, seconds of processor time) of the best round, after one that counts for nothing."""
    best = float("inf")
    size = 0
    for turn in range(ROUNDS + 1):
        start = time.process_time()
        size = sum(read(name, data) for name, data in files.items())
        if turn:
            best = min(best, time.process_time() - start)
    return size, best


def read_one(path: str) -> int:
    from kg import readers

    return len(readers.read(path, data=SENTENCE.encode() * 20).text)


def ready() -> None:
    read_one("warm.txt")


def resident(_: str) -> int:
    import os

    from kg import workers

    return workers._resident(os.getpid())


def workers_cost() -> Iterable[tuple[str, str]]:
    """What it costs to hand a document to a worker, and what a worker is."""
    from kg import pipeline, workers

    names = [f"{n}.txt" for n in range(500)]
    start = time.perf_counter()
    for name in names:
        read_one(name)
    alone = time.perf_counter() - start
    task = workers.Task("benchmarks.readers:read_one", (), prepare="benchmarks.readers:ready")
    answers = workers.run(task, names)
    next(answers)  # the worker has started
    start = time.perf_counter()
    rest = sum(1 for _ in answers)
    per_item = (time.perf_counter() - start) / rest - alone / len(names)
    yield "handing one document to a worker", f"{max(0.0, per_item) * 1000:.2f} ms"
    start = time.perf_counter()
    task = workers.Task("benchmarks.readers:resident", (), prepare="kg.pipeline:prepare")
    memory = next(iter(workers.run(task, ["a"])))[1]
    yield "start of a worker with its vocabularies", f"{time.perf_counter() - start:.1f} s"
    yield "memory of a worker with its vocabularies", f"{memory >> 20} MB"
    assert pipeline.WORK


if __name__ == "__main__":
    main()
