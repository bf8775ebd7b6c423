"""Measure the exports of large graphs on this machine: python benchmarks/pages.py [--write] [--edges 1000,10000,100000].

Made-up graphs of the given numbers of facts (benchmarks/large.py) are written as CSV, XLSX and as both pages; each page is opened in
headless Chromium without a graphics card. --write renews the table in README.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MARK = ("<!-- pages -->", "<!-- end pages -->")
HEAD = ("facts", "format", "nodes, relations drawn", "written in", "size", "first paint", "ready and drawn", "search and focus")
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]"
FOCUS = """(async () => {
  const box = document.getElementById("search"), start = performance.now();
  box.value = document.querySelector("#panel .list .name").textContent;
  box.dispatchEvent(new Event("input"));
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  return (await %s) - start;
})()"""
"""The best connected node is looked for, chosen, and drawn with its neighborhood and panel."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edges", default="1000,10000,100000", help="numbers of facts")
    parser.add_argument("--write", action="store_true", help="renew the table in benchmarks/README.md")
    args = parser.parse_args()
    rows = [row for edges in args.edges.split(",") for row in measure(int(edges))]
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD), *("| " + " | ".join(row) + " |" for row in rows)]
    table = "\n".join(lines)
    print(table)
    if args.write:
        write(table)


def measure(edges: int) -> list[list[str]]:
    from benchmarks.large import graph
    from kg import ontology

    made = graph(edges, ontology.load())
    start = time.perf_counter()
    made.network()
    rows = [[f"{edges:,}", "(nodes and edges)", "", f"{time.perf_counter() - start:.1f} s", "", "", "", ""]]
    with tempfile.TemporaryDirectory() as folder:
        for format in ("csv", "xlsx", "html", "webgl"):
            start = time.perf_counter()
            file = made.export(format, Path(folder) / format)
            seconds = f"{time.perf_counter() - start:.1f} s"
            shown = look(file) if format in ("html", "webgl") else ["", "", "", ""]
            rows.append([f"{edges:,}", f"`{format}`", shown[0], seconds, f"{file.stat().st_size / 1e6:.2f} MB", *shown[1:]])
            print(rows[-1], file=sys.stderr)
    return rows


def look(file: Path) -> list[str]:
    from tests.browser import SOFTWARE, running

    page = file.rename(file.with_suffix(".html"))
    with running(*SOFTWARE) as browser, browser.page(page, timeout=300) as shown:
        ready = shown.run(DRAWN)
        shown.until(f"Boolean({PAINT})")
        paint = shown.run(f"{PAINT}.startTime")
        focus = shown.run(FOCUS % DRAWN)
        counts = shown.run("document.getElementById('status').textContent.match(/\\d+/g)")
    page.rename(file)
    return [f"{counts[0]}, {counts[2]}", *(f"{value / 1000:.1f} s" for value in (paint, ready, focus))]


def write(table: str) -> None:
    page = ROOT / "benchmarks" / "README.md"
    before, rest = page.read_text("utf-8").split(MARK[0])
    after = rest.split(MARK[1])[1]
    page.write_text(f"{before}{MARK[0]}\n{table}\n{MARK[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
