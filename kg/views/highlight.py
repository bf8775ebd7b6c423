"""A document's text with what was found in it marked by type, as a page with the facts beside it or as a piece for a notebook.

All words of documents are escaped; the page's policy allows our one script by its hash and no connection. Without the script
the page still reads, and links lead from each fact to its sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from kg.exporters.page import COLORS, OTHER_COLOR, script_hash
from kg.views import VALUES

if TYPE_CHECKING:
    from kg.model import Evidence, Extraction
    from kg.ontology import Ontology

_OWN_COLORS = {"Target": "#0f766e", "Incentive": "#b45309", "UnreadNumber": "#6b7280"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text: its class, the name it stands for, and the number of its entity (none for figures)."""

    start: int
    end: int
    type: str
    name: str
    entity: int | None = None


class Html(str):
    """HTML that a notebook shows as such."""

    def _repr_html_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"<HTML of {len(self)} characters>"


def marks(extraction: Extraction) -> list[Mark]:
    """What is marked: names, figures of targets and incentives, unread numbers; outer ones first, none across another."""
    found = [
        Mark(mention.start, mention.end, entity.type, entity.name, number)
        for number, entity in enumerate(extraction.entities)
        for mention in entity.mentions
    ]
    text = extraction.document.text
    for target in extraction.targets:
        found += _figure(text, target.evidence, target.surface, "Target", target.metric)
    for incentive in extraction.incentives:
        found += _figure(text, incentive.evidence, incentive.value + incentive.unit, "Incentive", incentive.kind)
    found += [Mark(number.start, number.end, "UnreadNumber", number.text) for number in extraction.unread]
    return _nested(found)


def _figure(text: str, evidence: Evidence, words: str, kind: str, name: str) -> list[Mark]:
    place = text.find(words, evidence.start, evidence.end) if words else -1
    return [Mark(place, place + len(words), kind, name)] if place >= 0 else []


def _nested(found: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    open_ends: list[int] = []
    for mark in sorted(found, key=lambda m: (m.start, -m.end, m.type, m.name)):
        while open_ends and open_ends[-1] <= mark.start:
            open_ends.pop()
        same = kept and (kept[-1].start, kept[-1].end) == (mark.start, mark.end)
        if mark.start < mark.end and not same and (not open_ends or mark.end <= open_ends[-1]):
            kept.append(mark)
            open_ends.append(mark.end)
    return kept


def text_html(text: str, kept: Sequence[Mark], vocabulary: Ontology, cuts: Iterable[int] | None = None) -> str:
    """``text`` escaped, with ``kept`` marks around their words.

    With ``cuts`` every piece of text between two marks or cuts is an element that knows its offset.
    """
    starts: dict[int, list[Mark]] = {}
    for mark in kept:
        starts.setdefault(mark.start, []).append(mark)
    bounds = {0, len(text)} | {place for mark in kept for place in (mark.start, mark.end)} | set(cuts or ())
    places = sorted(place for place in bounds if 0 <= place <= len(text))
    out: list[str] = []
    ends: list[int] = []
    for place, after in zip(places, [*places[1:], len(text)], strict=True):
        while ends and ends[-1] == place:
            ends.pop()
            out.append("</mark>")
        for mark in starts.get(place, ()):
            out.append(_opening(mark, vocabulary))
            ends.append(mark.end)
        if place < after:
            piece = escape(text[place:after])
            out.append(piece if cuts is None else f'<span class="t" id="p{place}">{piece}</span>')
    return "".join(out)


def _opening(mark: Mark, vocabulary: Ontology) -> str:
    label = class_name(vocabulary, mark.type)
    entity = "" if mark.entity is None else f' data-entity="{mark.entity}"'
    title = escape(f"{label}：{mark.name}", quote=True)
    color = color_of(mark.type)
    style = f"background:{color}1f;border-bottom:2px solid {color};border-radius:3px;padding:0 1px;color:inherit"
    return f'<mark data-type="{escape(mark.type)}"{entity} data-label="{escape(label)}" title="{title}" style="{style}">'


def color_of(kind: str) -> str:
    return _OWN_COLORS.get(kind) or COLORS.get(kind, OTHER_COLOR)


def class_name(vocabulary: Ontology, kind: str) -> str:
    term = vocabulary.classes.get(kind)
    return (term.label_zh if term else "") or kind


def legend(kept: Sequence[Mark], vocabulary: Ontology) -> list[tuple[str, str, str, int]]:
    """(class, its name, color, marks), most frequent first."""
    counts = Counter(mark.type for mark in kept)
    order = sorted(counts, key=lambda kind: (-counts[kind], kind))
    return [(kind, class_name(vocabulary, kind), color_of(kind), counts[kind]) for kind in order]


def highlight(extraction: Extraction, vocabulary: Ontology | None = None) -> Html:
    """The text with its marks and a legend, for a notebook: ``kg.highlight(kg.extract("plan.md"))``."""
    from kg import ontology

    words = vocabulary or ontology.load()
    kept = marks(extraction)
    chips = "".join(
        f'<span style="margin-right:12px;white-space:nowrap"><span style="display:inline-block;width:10px;height:10px;border-radius:50%;'
        f'background:{color};margin-right:4px"></span>{escape(name)} {count}</span>'
        for _, name, color, count in legend(kept, words)
    )
    body = text_html(extraction.document.text, kept, words)
    return Html(
        f'<div class="kg-highlight"><div style="font-size:85%;margin-bottom:8px">{chips}</div>'
        f'<div style="white-space:pre-wrap;line-height:2;unicode-bidi:isolate;overflow-wrap:anywhere">{body}</div></div>'
    )


def page(extraction: Extraction, vocabulary: Ontology | None = None) -> str:
    """A page: the text on the left, marked; facts, targets, incentives and unread numbers on the right."""
    from kg import ontology

    words = vocabulary or ontology.load()
    kept = marks(extraction)
    items = sorted(_items(extraction, words), key=lambda item: min((e.start for e in item.evidence), default=0))
    cuts = sorted({place for item in items for evidence in item.evidence for place in (evidence.start, evidence.end)})
    program = _asset("text.js")
    parts = {
        "@@title@@": escape(extraction.title or extraction.document.name),
        "@@policy@@": script_hash(program),
        "@@style@@": _asset("text.css"),
        "@@about@@": _about(extraction),
        "@@legend@@": "".join(_legend_row(*row) for row in legend(kept, words)),
        "@@text@@": text_html(extraction.document.text, kept, words, cuts),
        "@@facts@@": "".join(_group(title, [i for i in items if i.group == title]) for title in _GROUPS),
        "@@program@@": program,
    }
    return re.sub("@@[a-z]+@@", lambda mark: parts[mark[0]], _asset("text.html"))


_GROUPS = ("关系", "量化目标", "扶持条款", "未解读数字")


@dataclass(frozen=True, slots=True)
class _Item:
    """One line of the right side: ready HTML, the entities it speaks of, where it stands."""

    group: str
    html: str
    entities: tuple[int, ...]
    evidence: tuple[Evidence, ...]


def _items(extraction: Extraction, vocabulary: Ontology) -> Iterator[_Item]:
    from kg.model import Evidence

    numbers = {entity.iri: number for number, entity in enumerate(extraction.entities)}

    def name(iri: str | None) -> str:
        if not iri:
            return ""
        if iri in numbers:
            entity = extraction.entities[numbers[iri]]
            return f'<b style="color:{color_of(entity.type)}">{escape(entity.name)}</b>'
        concept = vocabulary.concepts.get(iri)
        return f"<b>{escape(concept.name if concept else iri)}</b>"

    def about(*iris: str | None) -> tuple[int, ...]:
        return tuple(numbers[iri] for iri in iris if iri in numbers)

    for fact in extraction.facts:
        relation = _relation(vocabulary, fact.predicate, fact.stance, fact.role)
        html = f'{name(fact.subject)} <span class="r">{escape(relation)}</span> {name(fact.object)}'
        yield _Item("关系", html, about(fact.subject, fact.object), fact.evidence)
    for target in extraction.targets:
        sign = VALUES["operator"].get(target.operator, target.operator).replace("等于", "")
        year = f"，{target.year}年" if target.year else ""
        was = "（现状）" if target.baseline else ""
        figure = f'{escape(target.metric)} <span class="n">{escape(sign + target.value + target.unit)}</span>{year}{was}'
        subjects = " ".join(filter(None, (name(target.place), name(target.topic))))
        yield _Item(
            "量化目标", f"{subjects} {figure}".strip(), about(target.place, target.topic, target.policy), (target.evidence,)
        )
    for incentive in extraction.incentives:
        kind = VALUES["kind"].get(incentive.kind, incentive.kind)
        rest = "，".join(escape(part) for part in (incentive.recipient, incentive.condition) if part)
        html = f'{escape(kind)} <span class="n">{escape(incentive.value + incentive.unit)}</span> {rest}'
        yield _Item("扶持条款", html, (), (incentive.evidence,))
    for number in extraction.unread:
        place = Evidence(number.start, number.end, number.text, "unread")
        yield _Item(
            "未解读数字", f'<span class="n">{escape(number.text)}</span> {escape(number.sentence.strip()[:60])}', (), (place,)
        )


def _relation(vocabulary: Ontology, predicate: str, stance: str, role: str) -> str:
    def label(name: str) -> str:
        term = vocabulary.relations.get(name)
        return (term.label_zh if term else "") or name

    extra = "、".join(
        filter(None, (label(stance) if stance else "", "" if role == "responsible" else VALUES["role"].get(role, role)))
    )
    return label(predicate) + (f"（{extra}）" if extra else "")


def _group(title: str, items: Sequence[_Item]) -> str:
    if not items:
        return ""
    rows = "".join(_row(item) for item in items)
    return f'<section><h2>{title} <span class="count">{len(items)}</span></h2><ol>{rows}</ol></section>'


def _row(item: _Item) -> str:
    entities = " ".join(str(number) for number in item.entities)
    links = "".join(
        f'<a href="#p{evidence.start}" data-start="{evidence.start}" data-end="{evidence.end}" '
        f'title="{escape(evidence.rule, quote=True)}">{"原文" if number == 1 else number}</a>'
        for number, evidence in enumerate(item.evidence, 1)
    )
    return f'<li data-entities="{entities}">{item.html} <span class="e">{links}</span></li>'


def _about(extraction: Extraction) -> str:
    parts = (extraction.publisher, extraction.published, extraction.number, extraction.document.name)
    return " · ".join(escape(part) for part in parts if part)


def _legend_row(kind: str, name: str, color: str, count: int) -> str:
    return (
        f'<label><input type="checkbox" checked value="{escape(kind)}"><i style="background:{color}"></i>{escape(name)} '
        f'<span class="count">{count}</span></label>'
    )


def _asset(name: str) -> str:
    return resources.files("kg.views").joinpath("assets", name).read_text("utf-8")
