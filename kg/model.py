"""The records of the line, in the order data flows through them.

Source -> Document (canonical text, blocks, metadata) -> Mention -> Entity -> Fact / Target / Incentive with Evidence
-> Extraction (everything one document says).

All offsets are 0-based, half-open and count code points of ``Document.text``, the canonical text, which is never edited
after reading. All records are immutable; a stage returns new ones.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Self, TypeVar

from kg.folding import fold

BlockKind = Literal["title", "heading", "paragraph", "item", "cell", "addressee", "signature", "attachment", "note"]
Operator = Literal[">=", "<=", "=", "+", "~"]
View = TypeVar("View")


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes came from.

    ``name`` is the file name that outputs use (no folders, so that the same file gives the same bytes anywhere);
    ``path`` is for messages only and never reaches the graph.
    """

    name: str
    path: str
    sha256: str
    size: int
    media_type: str
    encoding: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the canonical text with a role.

    ``level`` is the heading level (1 = 一、, 2 = （一）, 3 = 1., 4 = （1）/①; 0 for anything that is not a heading).
    ``parent`` is the index in ``Document.blocks`` of the innermost heading the block stands under, -1 at the top.
    A run-in heading (（一）实施…工程。正文) is a heading block of its own span, followed by a paragraph block.
    ``row`` and ``column`` are the heads of a table cell, empty elsewhere.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    parent: int = -1
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page, the front matter or the letterhead says about the document; None where it says nothing.

    ``published`` is an ISO date, a year-month or a year; ``signed`` the date under the signature (成文日期).
    ``number`` is the document number (渝经信电子〔2023〕9号). ``extra`` holds other fields as (key, value) pairs.
    """

    title: str | None = None
    published: str | None = None
    signed: str | None = None
    publisher: str | None = None
    number: str | None = None
    url: str | None = None
    extra: tuple[tuple[str, str], ...] = ()


class Viewed:
    """Keeps what several rules derive from the same record (clauses, sentences, …), so that each is made once."""

    @cached_property
    def _views(self) -> dict[Callable[..., Any], Any]:
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """Copies and pickles carry the record alone; what is derived from it is made again where it is asked for."""
        return {key: value for key, value in self.__dict__.items() if key != "_views"}

    def view(self, make: Callable[[Self], View]) -> View:
        """``make(self)``, made at the first call; ``make`` is a pure module-level function and nobody changes its result."""
        views = self._views
        if make not in views:
            views[make] = make(self)
        found: View = views[make]
        return found


@dataclass(frozen=True)
class Document(Viewed):
    """One document as read: its canonical text, its structure and its metadata."""

    source: Source
    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)
    notes: tuple[str, ...] = ()
    """What the reader changed or could not keep (replaced characters, an ignored picture, a guessed encoding)."""

    @property
    def name(self) -> str:
        return self.source.name

    @cached_property
    def folded(self) -> str:
        """The same-length view that matching runs on: half-width, lower case, simplified."""
        return fold(self.text)

    def quote(self, start: int, end: int) -> str:
        return self.text[start:end]

    def headings_of(self, index: int) -> Iterator[int]:
        """Indexes of the headings above block ``index``, innermost first."""
        parent = self.blocks[index].parent
        while parent >= 0:
            yield parent
            parent = self.blocks[parent].parent

    @cached_property
    def rows(self) -> tuple[tuple[Block, ...], ...]:
        """The cells of each table row, in order; a row is one line of the text."""
        rows: list[list[Block]] = []
        last = -1
        for block in self.blocks:
            if block.kind == "cell":
                if last < 0 or "\n" in self.text[last : block.start]:
                    rows.append([])
                rows[-1].append(block)
                last = block.end
        return tuple(map(tuple, rows))

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def block_at(self, offset: int) -> int:
        """Index of the block that holds ``offset`` (the last one that starts at or before it), -1 before the first."""
        return bisect_right(self._starts, offset) - 1


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something.

    ``label`` is a class name (City, Agency, Policy, Industry, Technology, Organization, Project, Task, Quantity …).
    ``concepts`` are IRIs of the ontology entries that the form may stand for, best first; empty for names no list holds.
    ``name`` is the normalized name when it differs from the text (福田 in 福田、南山等区 -> 福田区), else empty.
    ``rule`` names the recognizer and rule that found it, ``score`` is its confidence in 0..1.
    """

    start: int
    end: int
    label: str
    text: str
    rule: str
    concepts: tuple[str, ...] = ()
    name: str = ""
    score: float = 1.0
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def canonical(self) -> str:
        return self.name or self.text

    def attribute(self, key: str) -> str | None:
        for name, value in self.attributes:
            if name == key:
                return value
        return None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing a document speaks of. Its IRI comes from (type, canonical name, scope) or from a code, never from order.

    ``type`` is the class (District, Agency, Industry …), ``aliases`` the other forms used in the document,
    ``mentions`` all places where it stands, in text order. ``implied`` entities are known from context alone
    (the issuing place of 我市) and may have no mention of their own name.
    """

    iri: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    score: float = 1.0
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words a statement rests on: ``document.text[start:end] == quote``."""

    start: int
    end: int
    quote: str
    rule: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Fact:
    """``subject predicate object`` between two entities (IRIs), with its evidence.

    ``predicate`` is one of the relations of the ontology (issuedBy, appliesTo, covers, develops …). ``stance`` is the
    sub-property of develops that the cue gives (strengthens, cultivates, attracts, pioneers, breaksThrough) or empty;
    ``role`` is lead, responsible or support for responsibleFor, else empty.
    """

    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...]
    stance: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A quantified aim. ``value`` and ``unit`` are as written (1.5, 万亿元); ``base_value`` is in ``base_unit`` (元).

    ``surface`` is the number's own text; ``place``, ``topic`` and ``policy`` are entity IRIs or None; ``year`` is the
    last year in which it is to be met. ``baseline`` marks a figure about the past.
    """

    iri: str
    metric: str
    operator: Operator
    value: str
    """Decimal in canonical text form ("1.5"), so that no output depends on float printing."""
    unit: str
    surface: str
    evidence: Evidence
    year: int | None = None
    place: str | None = None
    topic: str | None = None
    policy: str | None = None
    base_value: str = ""
    base_unit: str = ""
    metric_concept: str | None = None
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Incentive:
    """Support money, or the threshold that opens it (奖励最高500万元, 投资20亿元以上的项目)."""

    iri: str
    kind: Literal["amount", "rate", "threshold"]
    value: str
    unit: str
    recipient: str
    condition: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class UnreadNumber:
    """A number that no statement carries, with its sentence, so that nothing is lost in silence."""

    start: int
    end: int
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NumberUse:
    """How one number of the text is accounted for: target, baseline, incentive, project (a figure of one project), date,
    document-number, measure, enumeration, name, ordinal, phone, code or unread."""

    start: int
    end: int
    use: str


@dataclass(frozen=True)
class Extraction:
    """Everything one document says. A pure function of the document and the ontology."""

    document: Document
    title: str | None
    publisher: str | None
    published: str | None
    number: str | None
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    targets: tuple[Target, ...] = ()
    incentives: tuple[Incentive, ...] = ()
    unread: tuple[UnreadNumber, ...] = ()
    numbers: tuple[NumberUse, ...] = ()

    @cached_property
    def entity_by_iri(self) -> dict[str, Entity]:
        return {entity.iri: entity for entity in self.entities}


@dataclass(frozen=True)
class Linked(Viewed):
    """A document after linking: its entities and who speaks. What the relation and target rules work on.

    ``issuing_place`` and ``issuer`` are the IRIs of the place and agency whose document this is (我市, 全市, 本委);
    ``own_policy`` is the IRI of the policy that the document itself is or reports on, None for other news.
    """

    document: Document
    entities: tuple[Entity, ...]
    issuing_place: str | None = None
    issuer: str | None = None
    own_policy: str | None = None

    @cached_property
    def by_iri(self) -> dict[str, Entity]:
        return {entity.iri: entity for entity in self.entities}

    @cached_property
    def placed(self) -> tuple[tuple[Mention, Entity], ...]:
        """Every mention with its entity, in text order, longer first."""
        pairs = [(mention, entity) for entity in self.entities for mention in entity.mentions]
        return tuple(sorted(pairs, key=lambda p: (p[0].start, -p[0].end, p[1].iri)))

    @cached_property
    def _placed_of(self) -> dict[tuple[str, ...], tuple[list[tuple[Mention, Entity]], list[int]]]:
        """Entity types -> what ``placed`` holds of them, and where each starts; filled as rules ask."""
        return {}

    def _of(self, types: tuple[str, ...]) -> tuple[list[tuple[Mention, Entity]], list[int]]:
        if types not in self._placed_of:
            chosen = [pair for pair in self.placed if not types or pair[1].type in types]
            self._placed_of[types] = chosen, [mention.start for mention, _ in chosen]
        return self._placed_of[types]

    def between(self, start: int, end: int, *types: str) -> list[tuple[Mention, Entity]]:
        """Mentions that lie wholly in [start, end), with their entities; only of the given entity types, if any are given."""
        pairs, starts = self._of(types)
        first = bisect_left(starts, start)
        stop = bisect_left(starts, end, first)
        return [pair for pair in pairs[first:stop] if pair[0].end <= end] if first < stop else []

    def last_before(self, stop: int, *types: str) -> tuple[Mention, Entity] | None:
        """The last mention that ends by ``stop``, with its entity; only of the given entity types, if any are given."""
        pairs, starts = self._of(types)
        for index in range(bisect_left(starts, stop) - 1, -1, -1):
            if pairs[index][0].end <= stop:
                return pairs[index]
        return None
