"""The words that readers look for are the ontology's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import ontology, readers
from kg.errors import OntologyError
from kg.readers import words

USED = re.compile(r"<([a-z]+(?:-[a-z]+)+)~?>|\.words\(\"([a-z-]+)\"\)")


def test_every_list_that_readers_name_is_in_the_ontology(root: Path) -> None:
    """Each list named in a pattern of a reader exists and has words, and each list of ontology/reading.ttl is named."""
    source = "\n".join(p.read_text("utf-8") for p in (root / "kg" / "readers").glob("*.py") if p.name != "words.py")
    keys = {f"field-{key}" for key in ("publisher", "source", "number", "published", "signed", "title", "other")}
    named = {a or b for a, b in USED.findall(source)} | keys
    assert all(ontology.load().words(name) for name in named)
    lists = re.findall(r"^kg:([a-z-]+) a kg:WordList", (root / "ontology" / "reading.ttl").read_text("utf-8"), re.MULTILINE)
    assert set(lists) == named


def test_a_word_added_to_the_ontology_is_read(tmp_path: Path) -> None:
    """A field name that a user adds in Turtle is understood at once, by that ontology only."""
    more = tmp_path / "more.ttl"
    more.write_text('@prefix kg: <https://w3id.org/policy-kg/ontology#> .\nkg:field-number kg:word "政策编号" .\n', "utf-8")
    text = "江北省新型显示产业规划\n政策编号：江发改规〔2024〕3号，修订本\n全省重点发展新型显示产业，培育骨干企业，完善产业链条，建设产业园区。\n"
    mine = ontology.load(None, (str(more),))
    assert readers.read("a.txt", data=text.encode(), vocabulary=mine).metadata.number == "江发改规〔2024〕3号"
    assert readers.read("a.txt", data=text.encode()).metadata.number is None


def test_patterns() -> None:
    """Lists become alternatives, longest first; with ~ short names may be spread by blanks; an unknown list is an error."""
    assert words.pattern("^(?:<field-number~>)$").match("文　号")
    assert not words.pattern("^(?:<field-number>)$").match("文　号")
    found = words.pattern("<field-published>").match("发布时间")
    assert found is not None and found.group() == "发布时间"
    with pytest.raises(OntologyError, match="no-such-list"):
        words.pattern("<no-such-list>")
