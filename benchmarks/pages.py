"""Measure the exports of large graphs on this machine: python benchmarks/pages.py [--write] [--edges 1000,10000,100000].

Made-up graphs of the given numbers of facts (benchmarks/large.py) are written as CSV, XLSX and as both pages; each page is opened in
headless Chromium without a graphics card. Writing is measured in processor time, the page in time by the clock. --write renews the table in README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MARK = ("<!-- pages -->", "<!-- end pages -->")
HEAD = (
    "facts", "format", "nodes, relations drawn", "written in", "size", "first paint", "ready and drawn", "search and focus",
    "heap", "relations ÷ ready",
)  # fmt: skip
DRAWN = """new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  for (const canvas of document.querySelectorAll("#canvas canvas")) {
    const context = canvas.getContext("webgl2") || canvas.getContext("2d");
    if (context.readPixels) context.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, new Uint8Array(4));
    else context.getImageData(0, 0, 1, 1);
  }
  done(performance.now());
})))"""
"""When all that was asked for is drawn, pixels and all: reading one makes the browser finish."""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]"
FOCUS = """(async () => {
  const box = document.getElementById("search"), start = performance.now();
  box.value = %s;
  box.dispatchEvent(new Event("input"));
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  return (await %s) - start;
})()"""
"""A well connected node is looked for, chosen, and drawn with its neighborhood and panel."""


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
    start = time.process_time()
    made.network()
    rows = [[f"{edges:,}", "(nodes and edges)", "", f"{time.process_time() - start:.1f} s", *[""] * 6]]
    with tempfile.TemporaryDirectory() as folder:
        for format in ("csv", "xlsx", "html", "webgl"):
            start = time.process_time()
            file = made.export(format, Path(folder) / format)
            seconds = f"{time.process_time() - start:.1f} s"
            shown = look(file) if format in ("html", "webgl") else [""] * 6
            rows.append([f"{edges:,}", f"`{format}`", shown[0], seconds, f"{file.stat().st_size / 1e6:.2f} MB", *shown[1:]])
            print(rows[-1], file=sys.stderr)
    return rows


def look(file: Path) -> list[str]:
    """What the page shows, and the least of three loads for each time: other work on the machine only ever adds."""
    from tests.browser import SOFTWARE, running

    page = file.rename(file.with_suffix(".html"))
    with running(*SOFTWARE) as browser:
        loads = [load(browser, page) for _ in range(3)]
    page.rename(file)
    counts, heap = loads[0][3:]
    paint, ready, focus = (min(each[n] for each in loads) for n in range(3))
    times = [f"{value / 1000:.1f} s" for value in (paint, ready, focus)]
    return [f"{counts[0]}, {counts[2]}", *times, f"{heap / 1e6:.0f} MB", f"{int(counts[2]) / ready * 1000:,.0f}/s"]


def load(browser: Any, page: Path) -> tuple[float, float, float, list[str], float]:
    """First paint, ready, search and focus in milliseconds; the counts that the page tells; bytes of its heap."""
    with browser.page(page, timeout=300) as shown:
        ready = shown.run(DRAWN)
        shown.until(f"Boolean({PAINT})")
        paint = shown.run(f"{PAINT}.startTime")
        names = shown.run("[...document.querySelectorAll('#panel .list .name')].slice(0, 5).map((name) => name.textContent)")
        focus = sorted(shown.run(FOCUS % (json.dumps(name), DRAWN)) for name in names)[len(names) // 2]
        heap = shown.run("performance.memory.usedJSHeapSize")
        counts = shown.run("document.getElementById('status').textContent.match(/\\d+/g)")
    return paint, ready, focus, counts, heap


def write(table: str) -> None:
    page = ROOT / "benchmarks" / "README.md"
    before, rest = page.read_text("utf-8").split(MARK[0])
    after = rest.split(MARK[1])[1]
    page.write_text(f"{before}{MARK[0]}\n{table}\n{MARK[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
