"""Damaged files of every format: each is read, or refused by an error of ours."""

from __future__ import annotations

import io
import re
import zipfile
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import readers
from kg.errors import DamagedError, ReadError
from tests import seeds

RUNS = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def check(name: str, data: bytes) -> ReadError | None:
    """A document that keeps its promises comes out, or a ReadError, which is the answer."""
    try:
        document = readers.read(name, data=data)
    except ReadError as error:
        return error
    assert document.text.strip() and "\0" not in document.text
    document.text.encode()  # no lone surrogates
    for block in document.blocks:
        assert 0 <= block.start < block.end <= len(document.text) and block.parent < len(document.blocks)
    return None


@pytest.mark.parametrize("name", seeds.SEEDS)
def test_the_seeds_are_good(name):
    """Each undamaged document is read with its target and the office in charge, so that damage is done to real parts."""
    text = readers.read(name, data=seeds.SEEDS[name]()).text
    assert "1000亿元" in text and ("市工信局" in text or name.endswith("ofd"))


@pytest.mark.parametrize("name", seeds.SEEDS)
@RUNS
@given(seed=st.integers(0, 2**32))
def test_damage_of_any_kind(name, seed):
    """Bytes changed, cut, doubled, moved; tokens of the formats put in; parts of containers damaged."""
    random = Random(seed)
    check(name, seeds.damaged(seeds.SEEDS[name](), random))


@pytest.mark.parametrize("name", seeds.SEEDS)
@RUNS
@given(data=st.binary(max_size=400))
def test_bytes_of_any_kind(name, data):
    """Bytes that are no document at all, alone and behind the first bytes of one."""
    check(name, data)
    check(name, seeds.SEEDS[name]()[:40] + data)


@RUNS
@given(seed=st.integers(0, 2**32))
def test_damaged_archives(tmp_path_factory, seed):
    """A damaged ZIP is refused, or its members are documents or refused one by one."""
    path = tmp_path_factory.getbasetemp() / "plans.zip"
    path.write_bytes(seeds.damaged(seeds.archive(), Random(seed)))
    try:
        members = readers.collect([str(path)])
    except ReadError:
        return
    for member in members:
        try:
            readers.read(member)
        except ReadError:
            continue


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/numbering.xml", rb' w:ilvl="[0-9]"', b""),
        ("word/numbering.xml", rb' w:ilvl="[0-9]"', b' w:ilvl="x"'),
        ("word/numbering.xml", rb'<w:numFmt w:val="[^"]*"/>', b"<w:numFmt/>"),
    ],
)
def test_found_in_word_files(part, old, new):
    """Definitions of numbers that lack their level or form cost the number, not the document."""
    with zipfile.ZipFile(io.BytesIO(seeds.word())) as container:
        members: dict[str, str | bytes] = {name: container.read(name) for name in container.namelist()}
    changed = re.sub(old, new, bytes(members[part]))  # type: ignore[arg-type]
    assert changed != members[part]
    assert "1000亿元" in readers.read("plan.docx", data=seeds.packed(members | {part: changed})).text


@pytest.mark.parametrize(("old", "new"), [(rb"<w:body>.*</w:body>", b""), (rb"w:document\b", b"w:other")])
def test_a_word_file_without_a_body(old, new):
    """Is damaged, and said to be."""
    with zipfile.ZipFile(io.BytesIO(seeds.word())) as container:
        members: dict[str, str | bytes] = {name: container.read(name) for name in container.namelist()}
    members["word/document.xml"] = re.sub(old, new, bytes(members["word/document.xml"]), flags=re.S)  # type: ignore[arg-type]
    with pytest.raises(DamagedError, match="without a body"):
        readers.read("plan.docx", data=seeds.packed(members))
