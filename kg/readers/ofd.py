"""OFD (GB/T 33190), the national fixed-layout format of official documents: text objects by page, joined into lines."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from kg.errors import EmptyError
from kg.readers.container import open_container, refuse_doctype
from kg.readers.structure import Reading
from kg.readers.text import from_text

_LINE = 2.0
"""Millimeters by which text objects of one line may differ in height."""


def read(data: bytes) -> Reading:
    """Pieces of an OFD file. Raises EmptyError (SCANNED) when its pages hold pictures only."""
    container = open_container(data)
    refuse_doctype(container)
    names = [n for n in container.namelist() if re.search(r"Pages/Page_?\d+/Content\.xml$", n)]
    lines = [line for name in sorted(names, key=_page_number) for line in _lines(container, name)]
    if sum(map(len, lines)) < 20:
        raise EmptyError("pages are pictures without text; run OCR and pass the text", code="SCANNED")
    return from_text("\n".join(lines))


def _page_number(name: str) -> int:
    match = re.search(r"Page_?(\d+)/", name)
    return int(match.group(1)) if match else 0


def _lines(container: zipfile.ZipFile, name: str) -> list[str]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(container.read(name), parser)
    placed = sorted(filter(None, (_placed(item) for item in root.iter("{*}TextObject"))), key=lambda p: (p[0], p[1]))
    rows: list[list[tuple[float, float, str]]] = []
    for item in placed:
        if rows and abs(rows[-1][0][0] - item[0]) <= _LINE:
            rows[-1].append(item)
        else:
            rows.append([item])
    return ["".join(text for _, _, text in sorted(row, key=lambda p: p[1])) for row in rows]


def _placed(item: Any) -> tuple[float, float, str] | None:
    """(top, left, text) in millimeters."""
    text = "".join(code.text or "" for code in item.iter("{*}TextCode"))
    box = (item.get("Boundary") or "").split()
    if not text or len(box) < 2:
        return None
    first = next(item.iter("{*}TextCode"))
    return float(box[1]) + float(first.get("Y") or 0), float(box[0]) + float(first.get("X") or 0), text
