"""Word lists are found in one pass, and spans near a place by bisection, as a plain scan would find them."""

from __future__ import annotations

import pickle
import re

from hypothesis import given
from hypothesis import strategies as st

from kg.recognizers.phrases import clauses, split_items
from kg.words import Hits, Words, anchored, behind_last
from tests.passages import document

_TEXT = st.text("甲乙丙、和", max_size=40).map("甲".__add__)
_SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1])), max_size=12)


@given(_TEXT, st.sets(st.text("甲乙丙", min_size=1, max_size=3), max_size=6))
def test_every_occurrence_is_found(text: str, words: set[str]) -> None:
    """Overlapping occurrences count, and the lengths at an offset come longest first."""
    passage = document(text)
    folded = passage.folded
    expected = sorted((i, i + len(w)) for w in words for i in range(len(folded)) if folded.startswith(w, i))
    finder = Words(words)
    assert passage.view(finder.hits).spans == expected
    lengths = passage.view(finder.lengths)
    assert sorted((i, i + n) for i, sizes in lengths.items() for n in sizes) == expected
    assert all(list(sizes) == sorted(sizes, reverse=True) for sizes in lengths.values())


@given(_SPANS, st.integers(0, 30), st.integers(0, 12))
def test_hits_answer_as_a_scan_does(spans: list[tuple[int, int]], start: int, size: int) -> None:
    """within, any_within and starting agree with looking at every span."""
    hits, end = Hits(spans), start + size
    inside = sorted((s, e) for s, e in spans if start <= s and e <= end)
    assert hits.within(start, end) == inside
    assert hits.any_within(start, end) == bool(inside)
    assert hits.starting(start, end) == sorted((s, e) for s, e in spans if start <= s <= end)


def test_a_view_is_made_once() -> None:
    """What two recognizers ask of one document is the same object; another document has its own."""
    passage, other = document("发展甲、乙产业。"), document("发展甲、乙产业。")
    finder = Words(["产业"])
    assert passage.view(finder.hits) is passage.view(finder.hits)
    assert passage.view(finder.hits) is not other.view(finder.hits)
    assert clauses(passage) is clauses(passage)


def test_items_are_cut_once_with_their_clause() -> None:
    """A clause carries its items; brackets hide the marks in them."""
    passage = document("一、发展甲(含乙、丙)、丁丁和戊戊等产业，建设己。")
    first, second = clauses(passage)
    assert [passage.folded[s:e] for s, e in first.items] == ["发展甲(含乙、丙)", "丁丁", "戊戊等产业"]
    assert first.items == split_items(passage.folded, first.start, first.end)
    assert second.items == [(second.start, second.end)]


def test_the_last_mark_is_found_by_its_position() -> None:
    """behind_last gives the offset behind the nearest mark before, as a backward search would, and 0 where none stands."""
    passage = document("甲。乙，丙。丁")
    text = passage.folded
    for offset in range(len(text) + 1):
        assert behind_last(passage, "。,", offset) == max(text.rfind("。", 0, offset), text.rfind(",", 0, offset)) + 1
    assert behind_last(passage, ";", len(text)) == 0


@given(st.text("甲乙镇街道，", max_size=30))
def test_anchored_gives_what_finditer_gives(text: str) -> None:
    """Trying a pattern only around its anchor loses no match and moves none."""
    pattern, anchor = re.compile("(?<![乙])[甲乙]{2,4}?(?:街道|镇)"), re.compile("街道|镇")
    assert [m.span() for m in anchored(pattern, anchor, text, before=4)] == [m.span() for m in pattern.finditer(text)]


def test_a_document_is_pickled_without_its_views() -> None:
    """A document crosses to another process after extraction too, and equals the one that went in."""
    passage = document("甲。乙，丙。")
    assert behind_last(passage, "。", 3) == 2 and clauses(passage)
    copy = pickle.loads(pickle.dumps(passage))
    assert copy == passage and behind_last(copy, "。", 3) == 2
