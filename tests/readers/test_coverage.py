"""What readers keep and what they leave out, against counts that share no code with them.

Real pages are those of KG_EVALUATION and of a folder ``corpus`` beside it, which are not part of this project.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import readers
from kg.errors import EmptyError
from kg.model import Document
from tests import conversions
from tests.coverage import Coverage, missing, reference
from tests.pdfs import Page, pdf
from tests.seeds import fixed_layout

KEPT, FOREIGN = 0.98, 0.02
_SUFFIXES = (".html", ".txt", ".md", ".docx", ".pdf")


def sound(coverage: Coverage) -> bool:
    return coverage.lost <= (1 - KEPT) * coverage.wanted and coverage.foreign <= FOREIGN * coverage.kept


def collections(root: Path) -> list[Path]:
    named = os.environ.get("KG_EVALUATION")
    if not named or not (Path(named).parent / "corpus").is_dir():
        pytest.skip("KG_EVALUATION does not name a folder with dev/ and open/ that has a folder corpus beside it")
    evaluation = Path(named)
    folders = (
        evaluation / "dev" / "documents",
        evaluation / "open" / "documents",
        evaluation.parent / "corpus",
        root / "tests/gold/documents",
    )
    return [f for folder in folders for f in sorted(folder.rglob("*")) if f.suffix in _SUFFIXES and f.name != "README.md"]


def test_real_pages(root):
    """Of at least 200 real documents 98 % of the Chinese characters are kept and at most 2 % are foreign, in every format.

    Files that are refused because their text is in pictures have next to none by the other count too.
    """
    totals: dict[str, Coverage] = defaultdict(Coverage)
    for path in collections(root):
        wanted, allowed = reference(path)
        try:
            text = readers.read(path).text
        except EmptyError:
            assert len(wanted.strip()) < 200, path.name
            continue
        totals[path.suffix].add(path.name, wanted, allowed, text)
    for suffix, coverage in sorted(totals.items()):
        print(suffix, coverage)
    assert sum(coverage.files for coverage in totals.values()) >= 200
    assert all(map(sound, totals.values())), {
        suffix: (str(c), sorted(c.worst)[-5:]) for suffix, c in totals.items() if not sound(c)
    }


def wrapped(text: str, width: float) -> list[str]:
    lines, room = [""], width
    for char in text:
        room -= 0.5 if char.isascii() else 1
        if room < 0:
            lines.append("")
            room = width - (0.5 if char.isascii() else 1)
        lines[-1] += char
    return lines


def as_pdf(document: Document) -> bytes:
    """Indented paragraphs of 38 characters a line, 34 lines a page with a head and a number."""
    lines = [line for paragraph in document.text.split("\n") for line in wrapped("　　" + paragraph, 38)]
    pages = []
    for start in range(0, len(lines), 34):
        page = Page().text(200, 40, "政策文件汇编第三辑").lines(60, 80, lines[start : start + 34])
        pages.append(page.text(280, 810, f"— {len(pages) + 1} —"))
    return pdf(*pages)


def as_ofd(document: Document) -> bytes:
    return fixed_layout(wrapped_lines(document))


def wrapped_lines(document: Document) -> list[str]:
    return [line for paragraph in document.text.split("\n") for line in wrapped("　　" + paragraph, 30)]


MADE: dict[str, Callable[[Document], bytes]] = {
    "txt": conversions.as_text, "md": conversions.as_markdown, "html": conversions.as_html, "docx": conversions.as_docx,
    "pdf": as_pdf, "ofd": as_ofd,
}  # fmt: skip


@pytest.mark.parametrize("kind", MADE)
def test_made_documents(root, kind):
    """Documents of known text lose nothing to speak of and gain no head, foot or number, whatever the format."""
    coverage = Coverage()
    for path in sorted((root / "tests/gold/documents").iterdir()):
        known = readers.read(path)
        again = readers.read(f"plan.{kind}", data=MADE[kind](known))
        coverage.add(path.name, known.text, known.text + (known.metadata.title or ""), again.text)
    print(kind, coverage)
    assert coverage.lost <= 0.002 * coverage.wanted and coverage.foreign <= 0.002 * coverage.kept, coverage.worst


def test_the_count_counts():
    """A sentence that is missing is counted in full, one in another place is not."""
    assert missing("产业规模突破千亿元", "") == 9
    assert missing("产业规模突破千亿元。培育骨干企业", "培育骨干企业产业规模突破千亿元") <= 3
    assert missing("产业规模突破千亿元", "产业规模突破百亿元") == 9 - 6
