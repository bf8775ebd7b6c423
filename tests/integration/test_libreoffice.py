"""Spreadsheets opened by LibreOffice: nothing runs as a formula, and every cell is what we wrote."""

from __future__ import annotations

import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.exporters.cells import guarded
from kg.graph import Graph, open_graph
from kg.views import tables
from tests.graph_examples import extraction, graph, hostile

pytestmark = pytest.mark.integration

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@pytest.fixture(scope="module")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        reason = "no LibreOffice on this machine (Debian: apt-get install libreoffice-calc-nogui)"
        if os.environ.get("KG_REQUIRE_INTEGRATION") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    profile = tmp_path_factory.mktemp("profile").as_uri()
    return [found, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "fods", "--outdir"]


def opened(soffice: list[str], *files: Path) -> list[ET.Element]:
    """The files as LibreOffice has them after opening: its own XML, formulas and all."""
    folder = files[0].parent / "opened"
    as_utf8 = ["--infilter=Text - txt - csv (StarCalc):44,34,76,1"] if files[0].suffix == ".csv" else []
    subprocess.run([*soffice, str(folder), *as_utf8, *map(str, files)], check=True, capture_output=True, timeout=180)
    return [ET.parse(folder / f"{file.stem}.fods").getroot() for file in files]


def formulas(root: ET.Element) -> list[str]:
    return [cell.get(f"{TABLE}formula", "") for cell in root.iter(f"{TABLE}table-cell") if cell.get(f"{TABLE}formula")]


def sheets(root: ET.Element) -> dict[str, list[list[str]]]:
    """Sheet -> rows of texts, numbers as LibreOffice stores them, without empty rows and cells at the ends."""
    return {str(table.get(f"{TABLE}name")): list(_rows(table)) for table in root.iter(f"{TABLE}table")}


def _rows(table: ET.Element) -> Iterator[list[str]]:
    for row in table.iter(f"{TABLE}table-row"):
        cells = []
        for cell in row.iter(f"{TABLE}table-cell"):
            text = "\n".join("".join(_text(part)) for part in cell.findall(f"{WORDS}p"))
            number = cell.get(f"{OFFICE}value") if cell.get(f"{OFFICE}value-type") == "float" else None
            cells += [f"#{float(number)!r}" if number else text] * int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield cells


def _text(part: ET.Element) -> Iterator[str]:
    yield part.text or ""
    for inner in part:
        kind = inner.tag.removeprefix(WORDS)
        yield " " * int(inner.get(f"{WORDS}c", "1")) if kind == "s" else "\t" if kind == "tab" else "".join(_text(inner))
        yield inner.tail or ""


def expected(made: Graph) -> dict[str, list[list[str]]]:
    """What the workbook should hold: headings, numbers in number columns, guarded text elsewhere."""

    def cell(text: str, numeric: bool) -> str:
        try:
            return f"#{float(text)!r}" if numeric and text.isascii() else guarded(text)
        except ValueError:
            return guarded(text)

    found = {}
    for table in tables(made):
        rows = [list(table.headings), *([cell(t, i in table.numeric) for i, t in enumerate(row)] for row in table.rows)]
        for row in rows:
            while row and not row[-1]:
                row.pop()
        found[table.title] = rows
    return found


def test_nothing_runs_in_guarded_files(soffice: list[str], tmp_path: Path) -> None:
    """Hostile names open as text in the workbook and in the spreadsheet CSV; the machine CSV shows that they would have run."""
    made = graph(extraction(), hostile())
    (book,) = opened(soffice, made.export("xlsx", tmp_path / "book.xlsx"))
    safe, exact = opened(
        soffice,
        made.export("csv", tmp_path / "guarded.csv", question="organizations", spreadsheet=True),
        made.export("csv", tmp_path / "exact.csv", question="organizations"),
    )
    assert formulas(book) == formulas(safe) == [] != formulas(exact)
    names = {row[0] for row in next(iter(sheets(safe).values()))}
    assert {"'=HYPERLINK(1)", "'＝1+1", "'-5%"} <= names


def test_the_workbook_is_whole(soffice: list[str], tmp_path: Path, root: Path) -> None:
    """Sheets, rows, Chinese text and numbers of the examples' workbook are what LibreOffice shows."""
    made = open_graph(root / "exports")
    (book,) = opened(soffice, made.export("xlsx", tmp_path / "book.xlsx"))
    shown = sheets(book)
    for title, rows in expected(made).items():
        assert shown[title] == [[" ".join(c.split("\r")) for c in row] for row in rows]
    assert len(shown["量化目标"]) > 100


def test_an_empty_graph_opens(soffice: list[str], tmp_path: Path) -> None:
    """The workbook of no documents has its sheets with their headings."""
    (book,) = opened(soffice, Graph().export("xlsx", tmp_path / "book.xlsx"))
    assert {title: len(rows) for title, rows in sheets(book).items()} == {title: 1 for title in expected(Graph())}
