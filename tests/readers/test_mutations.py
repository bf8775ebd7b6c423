"""Valid documents with a few bytes changed, moved, doubled or lost: a document with sound blocks comes out, or a ReadError."""

from __future__ import annotations

import random

import pytest

from kg import readers
from kg.errors import ReadError
from tests import hostile
from tests.readers.test_formats import MAKERS

SEEDS = {name: make() for name, make in MAKERS.items()} | {
    "a.pdf": hostile.text_pdf(),
    "table.html": hostile.page("<table><tr><td rowspan=2>甲<td>乙</table>" * 3),
    "front.md": b"---\ntitle: a\ndate: 2024-05-06\n---\n" + MAKERS["a.md"](),
}
PIECES = [
    b"<table>",
    b"</p>",
    b"\xff\xfe",
    b"\0",
    b"---\n",
    b"|",
    b"<!--",
    b"&#0;",
    b"endobj",
    b"endstream",
    b"<w:p>",
    b"PK\x03\x04",
]
PIECES += [text.encode() for text in ("第一条", "（一）", "附件：", "2025年13月40日", "\u3000", "《", "〔2024〕9号")]
ROUNDS = 60


def mutated(data: bytes, source: random.Random) -> bytes:
    """``data`` after one to a dozen small accidents."""
    changed = bytearray(data)
    for _ in range(source.randint(1, 12)):
        start = source.randrange(len(changed) + 1)
        end = min(len(changed), start + source.choice([1, 2, 8, 64, 512]))
        kind = source.randrange(4)
        if kind == 0:
            changed[start:end] = source.randbytes(end - start)
        elif kind == 1:
            changed[start:start] = source.choice(PIECES) * source.choice([1, 1, 3, 50])
        elif kind == 2:
            del changed[start:end]
        else:
            changed[start:start] = changed[start:end] * source.choice([1, 5, 100])
    return bytes(changed)


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_only_our_own_errors_come_out_of_damaged_files(name: str) -> None:
    """Sixty damaged versions of each document: sound blocks and offsets, or a ReadError with a code; nothing else."""
    source = random.Random(name)
    for _ in range(ROUNDS):
        try:
            document = readers.read(name, data=mutated(SEEDS[name], source))
        except ReadError as error:
            assert error.code
            continue
        last = 0
        for block in document.blocks:
            assert last <= block.start < block.end <= len(document.text)
            last = block.end
