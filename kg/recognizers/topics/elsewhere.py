"""Topics outside lists: joined by a slash, as short headings, said again, and names of the vocabulary that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.folding import fold
from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.recognizers.phrases import Spans, left_cut
from kg.recognizers.topics.items import Context
from kg.recognizers.topics.judgment import VERBAL, modifies
from kg.recognizers.topics.vocabulary import Known
from kg.recognizers.topics.words import TopicWords

_SLASHED = re.compile(r"(?<![a-z])([a-z]{2,12})\s*/\s*([a-z]{2,12})(\s?)([a-z]{2,8})(?![a-z])")
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十0-9]+\)|[0-9]{1,2}[.、．]|[①-⑳])\s*"
    r"([^,，。:;、!?\s]{2,12}?)(?:产业集群|产业链|产业|领域)?[。:]?$"
)
_BODY = re.compile(
    r"(?:[一-鿿]{0,2}(?:研究院|研究所|研究中心|创新中心|发展中心|服务中心|技术中心|检测中心|实验室|大学|学院|有限公司|分公司|集团|委员会|办公室|协会|学会|商会|联盟)"
    r"|(?:产业|行业|事业)?(?:发展|管理|监管|监督管理)?(?:局|厅)(?![一-鿿]{0,1}(?:域|面|部|部署)))"
)
"""What makes the words before it part of the name of a body: 大数据发展中心, 酒类食品产业发展局."""
_MARK = re.compile(r"产业链|产业集群|产业(?!园|加速器|孵化|基地|区|工人|化|政策|基金|人才|项目|研究|联盟|投资|引导|大脑|带|城|社区|基础|结构|布局)|领域|行业(?!协会|商会|组织|主管)|赛道")
"""What marks the words before it as an industry in running text."""
_SAID = re.compile(r"[0-9谈说讲借届这那他她我你它们既又还都等]")
"""What no modifier of an industry's name holds."""
_REACH = 20
_MARKED_MAX = 10
_AGAIN_MIN = 4
"""Characters of a name that is taken up wherever it stands; shorter ones are too often part of other words."""


def slashed(document: Document, ontology: Ontology) -> Iterator[Mention]:
    """Mini/Micro LED: both halves with the shared head, when the vocabulary knows both."""
    for match in _SLASHED.finditer(document.folded):
        for half in match.group(1, 2):
            found = ontology.find(f"{half} {match.group(4)}") or ontology.find(half + match.group(4))
            topics = tuple(c.iri for c in found if ontology.is_a(c.kind, "Topic"))
            if topics:
                kind, name = ontology.concepts[topics[0]].kind, ontology.concepts[topics[0]].name
                text = document.text[match.start() : match.end()]
                yield Mention(match.start(), match.end(), kind, text, "topic.slash", topics, name, 0.85)


def headings(document: Document, words: TopicWords, mentions: Sequence[Mention]) -> list[Mention]:
    """(一)光学感知。 beside (二)新型显示。: a short numbered head is an industry when half of its row are or look like one."""
    at: dict[int, int] = {}
    for m in mentions:
        at[m.start] = min(m.end, at.get(m.start, m.end))
    rows: dict[tuple[int, int], list[tuple[int, int, bool]]] = {}
    for block in document.blocks:
        if block.kind == "heading" and (match := _HEADING.match(document.folded[block.start : block.end])):
            start, end = block.start + match.start(1), block.start + match.end(1)
            rows.setdefault((block.parent, block.level), []).append((start, end, at.get(start, block.end + 1) <= block.end))
    return [
        Mention(start, end, "Industry", document.text[start:end], "topic.heading", (), "", 0.6)
        for row in rows.values()
        if _row_of_topics(document.folded, row, words)
        for start, end, known in row
        if not known and not words.stopped(document.folded[start:end]) and document.folded[start : start + 2] not in words.left
    ]


def _row_of_topics(text: str, row: list[tuple[int, int, bool]], words: TopicWords) -> bool:
    heads = words.technology_heads + words.industry_heads
    likely = sum(known or text.endswith(heads, start + 2, end) for start, end, known in row)
    return 2 * likely >= len(row) > 1


def marked(context: Context, mentions: Sequence[Mention], taken: Spans) -> Iterator[tuple[int, int]]:
    """Spans of X in X产业 and X领域 within running text, where X ends in a name of the vocabulary or a usual head."""
    covered = Spans([(m.start, m.end) for m in mentions])
    text, words = context.text, context.words
    heads = words.technology_heads + words.industry_heads
    for match in _MARK.finditer(text):
        end = match.start()
        opening = max(text.rfind(sign, max(0, end - _REACH), end) for sign in ",，。;:!?、\n\"()《》.．") + 1
        opening = max(opening, end - _REACH)
        if end - opening < 3 or covered.covers(end - 1, match.end()) or taken.covers(end - 1, end):
            continue
        start = left_cut(text, opening, end, context.boundaries, inside=True, known=context.known.ends)
        start = context.places.after_last(start, end, context.known)
        name = text[start:end]
        if not 3 <= len(name) <= _MARKED_MAX or words.stopped(name) or VERBAL.search(name) or covered.covers(start, end) or context.known.exact(start, end):
            continue
        head = context.known.head_of(start, end)
        rest = name[: head.start - start] if head else name[:-2] if name.endswith(heads) else ""
        if rest and modifies(rest, words) and not _SAID.search(rest):
            rank = words.rank.match(rest)
            yield start + (rank.end() if rank else 0), end


def again(document: Document, mentions: Sequence[Mention], taken: Spans) -> Iterator[Mention]:
    """A name that the grammar found once means the same wherever it stands in the document."""
    covered = Spans([(m.start, m.end) for m in mentions])
    text = document.folded
    firsts: dict[str, Mention] = {}
    for m in mentions:
        if not m.concepts and m.end - m.start >= _AGAIN_MIN and m.score >= 0.6:
            firsts.setdefault(text[m.start : m.end], m)
    for name, first in firsts.items():
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not covered.covers(at, end) and not taken.covers(at, end):
                yield Mention(at, end, first.label, document.text[at:end], "topic.again", (), first.name, 0.6)
            at = text.find(name, end)


def alone(
    document: Document, ontology: Ontology, words: TopicWords, known: Known, mentions: Sequence[Mention],
    projects: list[tuple[int, int]], taken: Spans,
) -> Iterator[Mention]:  # fmt: skip
    """Names of the vocabulary that no list or cue brought up."""
    covered = Spans([(m.start, m.end) for m in mentions] + projects)
    for match in known.longest():
        if _general(match, ontology) or covered.covers(match.start, match.end) or taken.covers(match.start, match.end):
            continue  # 工业, 服务业: a topic in a list or under a cue only
        if fold(match.text) not in words.stops and _stands_free(document.folded, match, words):
            label = ontology.concepts[match.concepts[0]].kind
            yield Mention(match.start, match.end, label, match.text, "topic.vocabulary", match.concepts, "", 0.9)


def _general(match: Mention, ontology: Ontology) -> bool:
    return all(ontology.concepts[c].value("general") == "true" for c in match.concepts)


def _stands_free(text: str, match: Mention, words: TopicWords) -> bool:
    """Whether a short name is a word of its own here: not 雷达 in 雷达卫星角反射器, not LED in TFT-LED, not in a gloss."""
    if _BODY.match(text, match.end):
        return False
    before, after = text[max(0, match.start - 1) : match.start], text[match.end : match.end + 1]
    if "-" in (before, after) and text[match.start : match.end].isascii():
        return False
    if match.end - match.start > 2 or not after or not "一" <= after <= "鿿":
        return True
    rest = text[match.end : match.end + 5]
    return rest.startswith(words.behind) or after in "等和与及的为是在有将以、" or rest[:2] in words.left
