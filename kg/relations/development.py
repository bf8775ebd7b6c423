"""develops with its stance: which place is to develop what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Entity, Fact, Linked, Mention
from kg.ontology import Ontology
from kg.relations import evidence
from kg.relations.developers import developers
from kg.relations.labels import is_focus_cell, is_silent_cell, labels
from kg.relations.lists import Pair, Run, runs_between
from kg.relations.scope import is_policy_text, possessed, sentences
from kg.words import Words, behind_last, hits_of

_REACH = 60
"""Characters behind a topic in which a verb may say what is done with it (推动新型显示产业集群…发展)."""
_CERTAIN = ("topic.vocabulary", "topic.list", "topic.siblings", "topic.slash", "topic.heading")
"""Rules of mentions that are trusted without a verb."""
_ANYWHERE = 10_000
_DOUBTFUL = ("topic.mark", "topic.cue")
"""Rules whose mentions need a verb of their own clause."""
_GOAL = re.compile(
    r"(?:产业链|产业集群|产业|集群|行业|领域)*[^,;:、]{0,6}(?:规模|产值|营业收入|营收|销售收入|收入|增加值|产能|产量)[^,;、]{0,12}(?:达|突破|超|增长|翻番|以上|力争|实现)"
)
"""What follows an industry whose size is a goal."""
_AIMED = re.compile(r"(?:在|于|向|为)[^,;:]{0,40}$")
_NEEDED = re.compile(r"[^,;:。]{0,12}(?:需求|应用|使用|场景|示范|市场|客户|用户|推广|企业)")
"""What follows fields that something is offered to (面向汽车、家电等领域开展应用示范)."""
_USED = re.compile(r"等?[^,;:、]{0,8}?(?:领域|行业|产业|场景|方面)?(?:中|内)?的?[^,;:、]{0,6}?(?:应用|使用|场景|需求|渗透)")


@dataclass(frozen=True)
class _Cues:
    words: Words
    stance: dict[str, str]
    """Cue -> the stance it gives."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a topic counts as developed: the rule, its stance and how far it is trusted (its precision as measured, rounded down)."""

    rule: str
    score: float
    stance: str = ""
    gap: int = 0
    """Characters between the verb and the list that it governs; 0 where there is no verb."""


@lru_cache(maxsize=2)
def _cues(ontology: Ontology) -> _Cues:
    stance = {cue: rule.stance for rule in reversed(ontology.rules_for("develops")) for cue in rule.cues}
    return _Cues(Words(stance), stance)


def relate(linked: Linked, ontology: Ontology) -> list[Fact]:
    """develops facts of a document."""
    return list(_develops(linked, ontology))


def _develops(linked: Linked, ontology: Ontology) -> Iterator[Fact]:
    owned = {mention.start: place.iri for _, place, mention, _ in possessed(linked)}
    for index, start, end in sentences(linked):
        for run in runs_between(linked, start, end):
            for mention, topic in run.members:
                ground = ground_of(linked, ontology, index, (start, end), run, (mention, topic))
                if ground is None:
                    continue
                for place in developers(linked, ontology, index, (start, end), mention, owned.get(mention.start)):
                    words = evidence(linked, start, end, "develops." + ground.rule, ground.score)
                    yield Fact(place, "develops", topic.iri, (words,), ground.stance)


def is_excluded(linked: Linked, ontology: Ontology, index: int, start: int, end: int, run: Run, mention: Mention) -> bool:
    """Whether the text names a topic without developing it: as an application, as what is cut back, in a column of companies."""
    return (
        is_silent_cell(linked, index, ontology)
        or _is_refused(linked, ontology, start, mention)
        or _is_application(linked, ontology, start, end, run, mention)
    )


def ground_of(linked: Linked, ontology: Ontology, index: int, span: tuple[int, int], run: Run, pair: Pair) -> Ground | None:
    """Why the sentence at ``span`` says that a topic is developed; None where it does not."""
    block, (mention, topic), (start, end) = linked.document.blocks[index], pair, span
    if is_excluded(linked, ontology, index, start, end, run, mention):
        return None
    industry = topic.type == "Industry"
    if industry and is_focus_cell(linked, index, ontology):
        return Ground("column", 0.9)
    stance, where = _stance(linked, ontology, start, end, mention)
    if stance is not None and (where == "clause" or mention.rule not in _DOUBTFUL):
        cue = _last_cue(linked, ontology, start, run.start)
        gap = run.start - cue[1] if cue else _REACH
        if cue and gap > _gap_allowed(mention, topic):
            return None
        return Ground(stance, 0.9 if where == "clause" else 0.85, stance, gap)
    if mention.start in labels(linked).opening or labels(linked).after_place(mention.start):
        return Ground("label", 0.9)
    if not industry:
        return None
    if _GOAL.match(linked.document.folded, mention.end, end):
        return Ground("goal", 0.85)
    if block.kind in ("heading", "title"):
        return Ground("heading", 0.85)
    return Ground("named", 0.75) if is_policy_text(linked) and mention.rule in _CERTAIN else None


def _gap_allowed(mention: Mention, topic: Entity) -> int:
    """How far its verb may stand from a list, by what is known of a name: the vocabulary's industries need none nearby."""
    known, industry = mention.rule == "topic.vocabulary", topic.type == "Industry"
    if known and industry:
        return _ANYWHERE
    return 12 if known or industry else 3


def _clause(linked: Linked, start: int, mention: Mention) -> int:
    return max(start, behind_last(linked.document, ",", mention.start))


def _last_cue(linked: Linked, ontology: Ontology, start: int, end: int) -> tuple[int, int] | None:
    """The develop cue that ends last in [start, end)."""
    return linked.document.view(_cues(ontology).words.hits).last_within(start, end)


def _stance(linked: Linked, ontology: Ontology, start: int, end: int, mention: Mention) -> tuple[str | None, str]:
    """(stance of the develop cue that governs a topic, where the cue stands: clause, sentence, after)."""
    cues, text = _cues(ontology), linked.document.folded
    if cue := _last_cue(linked, ontology, start, mention.start):
        return cues.stance[text[slice(*cue)]], "clause" if cue[0] >= _clause(linked, start, mention) else "sentence"
    hits = linked.document.view(cues.words.hits)
    after = [text[left:right] for left, right in hits.within(mention.end, min(end, mention.end + _REACH))]
    return (cues.stance[min(after, key=lambda cue: (-len(cue), cue))], "after") if after else (None, "none")


def _is_application(linked: Linked, ontology: Ontology, start: int, end: int, run: Run, mention: Mention) -> bool:
    """Whether a topic is only where something is used: 面向A、B, 在A、B等领域的应用; a cue in between takes it back."""
    document, text = linked.document, linked.document.folded
    clause = _clause(linked, start, mention)
    cue = _last_cue(linked, ontology, clause, mention.start)
    left = cue[1] if cue else clause
    if hits_of(document, ontology, "application-cues").any_within(left, mention.start):
        return True
    if hits_of(document, ontology, "audience-cues").any_within(left, run.start) and _NEEDED.match(text, run.end, end):
        return True
    return bool(_AIMED.search(text, max(left, run.start - _REACH), run.start) and _USED.match(text, run.end, end))


def _is_refused(linked: Linked, ontology: Ontology, start: int, mention: Mention) -> bool:
    """Whether the topic's clause says that it is cut back or kept out: 淘汰…, 不再新增…; a cue in between takes it back."""
    clause = _clause(linked, start, mention)
    refusal = hits_of(linked.document, ontology, "refusal-cues").last_within(clause, mention.start)
    return refusal is not None and _last_cue(linked, ontology, refusal[1], mention.start) is None
