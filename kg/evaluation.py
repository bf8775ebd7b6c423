"""Score extractions against gold annotations: what was found, what was missed, what was wrong, and which errors cost most.

A gold file has the shape that ``kg extract --format json`` prints. Names are compared after NFKC without spaces, quotes and
brackets, against name and aliases of both sides; industries and technologies are one class and match without tail words
such as 产业. A relation counts when both ends match and the predicate is the same. A target counts (core) when value × unit,
unit and year agree and metrics or quotes overlap; (full) when operator, place and topic agree too. What gold marks as
optional counts neither as missed nor as wrong.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Literal

from kg.errors import UsageError

Record = dict[str, Any]
"""An entity, relation, target or whole document in the JSON shape."""
Outcome = Literal["tp", "fp", "fn", "part"]
Triple = tuple[str | None, str, str | None]

TOPICS = frozenset({"Industry", "Technology"})
_TAIL = re.compile(r"(产业集群|产业链|产业|行业|领域|集群|技术|产品|项目)$")
_PUNCTUATION = re.compile(r"[\s《》“”\"'‘’「」()（）〔〕\[\]【】·,，、:：\-—–_/]")
_MULTIPLIERS = (("百万", 1e6), ("千万", 1e7), ("万亿", 1e12), ("千", 1e3), ("万", 1e4), ("亿", 1e8), ("百", 1e2))
_WHOLE_UNITS = frozenset({"千瓦", "千瓦时", "千米", "千克"})
"""Units that begin with a multiplier's character and are units all the same."""
_SAME_UNIT = {"": "个", "百分点": "%", "个百分点": "%", "人民币": "元"}
_COUNTERS = frozenset("家个户项所座条只支名人件种台套款片辆处批")
"""Counters are one unit: 20家 and 20个 state the same number of things."""
METRIC_OVERLAP = 0.5
QUOTE_OVERLAP = 0.6
"""Least similarity (0..1) at which two metrics or two quotes speak of one aim."""


def fold_name(name: str | None) -> str:
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", name or "").casefold())


def group(kind: str) -> str:
    return "Topic" if kind in TOPICS else kind


def forms(entity: Record) -> set[str]:
    """Every folded form under which an entity may be matched."""
    found = {fold_name(name) for name in (entity["name"], *entity.get("aliases", ()))} - {""}
    return found | {short for form in found for short in _shorter(form)} if entity["type"] in TOPICS else found


def _shorter(form: str) -> Iterator[str]:
    while (short := _TAIL.sub("", form)) and short != form:
        yield short
        form = short


@dataclass
class Tally:
    """Right, wrong and missed."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, other: Tally) -> None:
        self.tp, self.fp, self.fn = self.tp + other.tp, self.fp + other.fp, self.fn + other.fn

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def row(self) -> dict[str, float]:
        return {
            "p": round(self.precision, 4),
            "r": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "tp": self.tp,
            "fp": self.fp,
            "fn": self.fn,
        }


@dataclass(frozen=True, slots=True)
class Error:
    """One difference from gold. ``cost`` is the number of counted statements that go wrong with it, itself included."""

    document: str
    outcome: Outcome
    kind: str
    what: str
    cost: int = 1


@dataclass
class Score:
    """The figures of one document or of many, row name -> Tally, and the errors behind them."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: list[Error] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for key, tally in other.tallies.items():
            self.tallies[key].add(tally)
        self.errors += other.errors

    def rows(self) -> dict[str, dict[str, float]]:
        tallies = {key: tally for key, tally in self.tallies.items() if key != "target:all"}
        return {key: tally.row() for key, tally in sorted({**tallies, "overall": self.overall}.items())}

    @property
    def overall(self) -> Tally:
        total = Tally()
        for key in ("entity:all", "relation:all", "target:all"):
            total.add(self.tallies.get(key, Tally()))
        return total

    def by_cost(self) -> list[Error]:
        return sorted(self.errors, key=lambda e: (-e.cost, e.document, e.kind, e.outcome, e.what))


@dataclass
class Evaluation:
    """The result over a gold folder: one score per document, their sum, and the documents without a prediction."""

    documents: dict[str, Score]
    absent: list[str]

    @property
    def total(self) -> Score:
        total = Score()
        for score in self.documents.values():
            total.add(score)
        return total

    def to_json(self) -> Record:
        return {
            "documents": len(self.documents),
            "absent": self.absent,
            "scores": self.total.rows(),
            "per_document": {name: score.rows()["overall"] for name, score in self.documents.items()},
            "errors": [
                {"document": e.document, "outcome": e.outcome, "kind": e.kind, "what": e.what, "cost": e.cost}
                for e in self.total.by_cost()
            ],
        }


def evaluate(gold: str | Path, documents: str | Path) -> Evaluation:
    """Extract every document of the folder ``documents`` that has gold and score it.

    Where ``documents`` holds ``<file name>.json`` (a folder that ``kg extract -o`` wrote), those are scored instead.
    Raises UsageError when there is no gold.
    """
    files = sorted(Path(gold).rglob("*.json"))
    if not files:
        raise UsageError(f"no gold files (*.json) under {gold}")
    if not Path(documents).is_dir():
        raise UsageError(f"no folder {documents}")
    found = {path.name: path for path in sorted(Path(documents).rglob("*")) if path.is_file()}
    scores: dict[str, Score] = {}
    absent = []
    for file in files:
        predicted = _predicted(file.name, found)
        if predicted is None:
            absent.append(file.name)
        scores[file.name.removesuffix(".json")] = score(_load(file), predicted or {})
    return Evaluation(scores, absent)


def _predicted(name: str, found: dict[str, Path]) -> Record | None:
    if name in found:
        return _load(found[name])
    document = found.get(name.removesuffix(".json"))
    if document is None:
        return None
    from kg import pipeline

    return pipeline.to_json(pipeline.extract(document))


def _load(file: Path) -> Record:
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{file}: {error}; expected the JSON that kg extract prints") from error
    if not isinstance(data, dict):
        raise UsageError(f"{file}: expected a JSON object with entities, relations and targets")
    return data


def score(gold: Record, predicted: Record) -> Score:
    """Score one document's extraction against its gold."""
    return _Scorer(gold, predicted).run()


class _Scorer:
    def __init__(self, gold: Record, predicted: Record) -> None:
        self.document = str(gold["document"])
        self.gold: dict[str, Record] = {e["id"]: e for e in gold["entities"]}
        self.entities: list[Record] = list(predicted.get("entities", ()))
        self.relations: tuple[list[Record], list[Record]] = (gold["relations"], list(predicted.get("relations", ())))
        self.targets: tuple[list[Record], list[Record]] = (gold["targets"], list(predicted.get("targets", ())))
        self.found = pair(gold["entities"], self.entities)
        self.score = Score()

    def run(self) -> Score:
        self._entities()
        self._relations()
        self._targets()
        return self.score

    def _count(self, kind: str, outcome: Literal["tp", "fp", "fn"], what: str = "", cost: int = 1) -> None:
        for key in (kind, kind.split(":")[0] + ":all"):
            tally = self.score.tallies[key]
            setattr(tally, outcome, getattr(tally, outcome) + 1)
        if outcome != "tp":
            self.score.errors.append(Error(self.document, outcome, kind, what, cost))

    def _optional(self, identifier: str | None) -> bool:
        return identifier is not None and bool(self.gold[identifier].get("optional"))

    def _entities(self) -> None:
        matched = set(self.found.values())
        self.score.tallies["duplicates"].add(Tally(tp=len(matched), fp=len(self.found) - len(matched)))
        uses = Counter(i for r in self.relations[0] if not r.get("optional") for i in {r["subject"], r["object"]})
        for identifier, entity in self.gold.items():
            if entity.get("optional"):
                continue
            kind = "entity:" + group(entity["type"])
            if identifier in matched:
                self._count(kind, "tp")
            else:
                self._count(kind, "fn", entity["name"], 1 + uses[identifier])
        self._wrong_entities()

    def _wrong_entities(self) -> None:
        uses = Counter(i for r in self.relations[1] for i in {r["subject"], r["object"]})
        for entity in self.entities:
            partner = self.found.get(entity["id"])
            if partner is None:
                self._count("entity:" + group(entity["type"]), "fp", entity["name"], 1 + uses[entity["id"]])
            elif entity["type"] in TOPICS and not self._optional(partner):
                right = entity["type"] == self.gold[partner]["type"]
                self.score.tallies["topic-type"].add(Tally(tp=int(right), fp=int(not right)))

    def _relations(self) -> None:
        wanted: dict[Triple, Record] = {(r["subject"], r["predicate"], r["object"]): r for r in self.relations[0]}
        names = {e["id"]: e["name"] for e in self.entities}
        seen: set[Triple] = set()
        for relation in self.relations[1]:
            triple = (self.found.get(relation["subject"]), relation["predicate"], self.found.get(relation["object"]))
            if triple in wanted:
                seen.add(triple)
            elif triple not in seen and not (self._optional(triple[0]) or self._optional(triple[2])):
                if None not in triple:
                    seen.add(triple)
                what = f"{names.get(relation['subject'])} -> {names.get(relation['object'])}"
                self._count("relation:" + relation["predicate"], "fp", what)
        for triple, relation in wanted.items():
            self._wanted_relation(triple, relation, triple in seen)

    def _wanted_relation(self, triple: Triple, relation: Record, hit: bool) -> None:
        if relation.get("optional") or self._optional(triple[0]) or self._optional(triple[2]):
            return
        what = f"{self.gold[relation['subject']]['name']} -> {self.gold[relation['object']]['name']}"
        self._count("relation:" + triple[1], "tp" if hit else "fn", what)

    def _targets(self) -> None:
        left = list(self.targets[0])
        for target in self.targets[1]:
            options = [g for g in left if same_core(g, target)]
            if options:
                best = max(options, key=lambda g: _closeness(g, target))
                left.remove(best)
                self._found_target(best, target)
            elif not target.get("baseline"):
                self._count("target:core", "fp", _describe(target))
        for target in left:
            if not target.get("optional"):
                self._count("target:core", "fn", _describe(target), 2)
                self.score.tallies["target-full"].add(Tally(fn=1))

    def _found_target(self, gold: Record, target: Record) -> None:
        if gold.get("optional"):
            return
        self._count("target:core", "tp")
        wrong = [
            f"{key}: {self._shown(gold.get(key))} expected, {self._shown(got)} found"
            for key, got in self._fields(target).items()
            if gold.get(key) != got and (key == "operator" or gold.get(key) is not None)
        ]
        full = Tally(fp=1, fn=1) if wrong else Tally(tp=1)
        self.score.tallies["target-full"].add(full)
        if wrong:
            self.score.errors.append(Error(self.document, "part", "target", f"{gold['quote']} ({'; '.join(wrong)})"))

    def _fields(self, target: Record) -> Record:
        place, topic = target.get("place"), target.get("topic")
        return {
            "operator": target.get("operator"),
            "place": self.found.get(place) if place else None,
            "topic": self.found.get(topic) if topic else None,
        }

    def _shown(self, value: Any) -> str:
        return str(self.gold[value]["name"]) if value in self.gold else str(value or "nothing")


def pair(gold: Iterable[Record], predicted: Iterable[Record]) -> dict[str, str]:
    """Predicted id -> gold id: one to one first, then further predictions of a gold entity that is already found."""
    index: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity in gold:
        for form in forms(entity):
            index[group(entity["type"]), form].append(entity["id"])
    found: dict[str, str] = {}
    taken: set[str] = set()
    for entity in predicted:
        kind = group(entity["type"])
        keys = [fold_name(entity["name"]), *sorted(forms(entity))]
        candidates = [i for key in keys for i in index.get((kind, key), ())]
        free = [i for i in candidates if i not in taken]
        if candidates:
            found[entity["id"]] = (free or candidates)[0]
            taken.update(free[:1])
    return found


def amount(target: Record) -> tuple[float, str]:
    """Value in the unit without its multiplier, and that unit: 1.2万亿元 -> (1.2e12, 元)."""
    unit = unicodedata.normalize("NFKC", target.get("unit") or "").strip()
    value = float(target["value"])
    for prefix, factor in _MULTIPLIERS:
        if unit.startswith(prefix) and unit not in _WHOLE_UNITS:
            value, unit = value * factor, unit[len(prefix) :]
            break
    unit = _SAME_UNIT.get(unit, unit)
    return round(value, 6), "个" if unit in _COUNTERS else unit.casefold()


def similarity(a: str | None, b: str | None) -> float:
    """1 when one contains the other, else the share of matching characters (0..1)."""
    left, right = fold_name(a), fold_name(b)
    if not left or not right:
        return 0.0
    if left in right or right in left:
        return 1.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def same_core(gold: Record, predicted: Record) -> bool:
    try:
        if amount(gold) != amount(predicted) or gold.get("year") != predicted.get("year"):
            return False
    except (KeyError, TypeError, ValueError):
        return False
    return (
        similarity(gold.get("metric"), predicted.get("metric")) >= METRIC_OVERLAP
        or similarity(gold.get("quote"), predicted.get("quote")) >= QUOTE_OVERLAP
    )


def _closeness(gold: Record, predicted: Record) -> float:
    return similarity(gold.get("quote"), predicted.get("quote")) + similarity(gold["metric"], predicted.get("metric"))


def _describe(target: Record) -> str:
    return f"{target.get('quote')} [{target.get('value')}{target.get('unit') or ''} {target.get('year')}]"


def table(evaluation: Evaluation, *, errors: int = 0) -> str:
    """The figures as plain text: per row, per document, and the ``errors`` most costly errors."""
    head = f"{'':28}{'P':>8}{'R':>8}{'F1':>8}{'tp':>7}{'fp':>6}{'fn':>6}"
    lines = [f"{len(evaluation.documents)} documents" + _absent(evaluation.absent), head]
    lines += [_line(key, row) for key, row in evaluation.total.rows().items()]
    lines += ["", "overall, per document", head]
    lines += [_line(name[:27], score.overall.row()) for name, score in evaluation.documents.items()]
    if errors:
        lines += ["", "errors, the most costly first (cost, outcome, kind, what, document)"]
        lines += [f"{e.cost:3} {e.outcome:4} {e.kind:22} {e.what}\t{e.document}" for e in evaluation.total.by_cost()[:errors]]
    return "\n".join(lines)


def _absent(names: list[str]) -> str:
    return f", no document for {', '.join(names)}" if names else ""


def _line(key: str, r: dict[str, float]) -> str:
    return f"{key:28}{r['p']:8.3f}{r['r']:8.3f}{r['f1']:8.3f}{r['tp']:7}{r['fp']:6}{r['fn']:6}"
