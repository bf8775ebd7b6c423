"""The story, top to bottom: read, recognize, link, relate, find targets; then quads, merged by set union, and files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import errors, iri, ontology, workers
from kg.model import Document, Entity, Evidence, Extraction, Mention, Target
from kg.ontology import Ontology

WORK = "kg.pipeline:work"
"""What a build's workers run for each path."""

Progress = Callable[[int, int, str], None]
"""(documents done, documents in all, name of the document just done)."""


def extract(document: Document | str | Path, vocabulary: Ontology | None = None) -> Extraction:
    """Everything one document says: a pure function of the document and the ontology.

    Raises a ReadError when ``document`` is a path that cannot be read.
    """
    from kg import confidence, linking, readers, relations, targets
    from kg.recognizers import engine

    vocabulary = vocabulary or ontology.load()
    if not isinstance(document, Document):
        document = readers.read(document, vocabulary=vocabulary)
    mentions = engine.recognize(document, vocabulary)
    linked, description = linking.link(document, vocabulary, mentions)
    facts = relations.relate(linked, vocabulary)
    quantities = tuple(m for m in mentions if m.label == "Quantity")
    found, incentives, numbers, unread = targets.find_targets(linked, vocabulary, quantities)
    extraction = Extraction(
        document=document,
        title=description.title,
        publisher=description.publisher,
        published=description.published,
        number=description.number,
        mentions=mentions,
        entities=linked.entities,
        facts=facts,
        targets=tuple(found),
        incentives=tuple(incentives),
        unread=tuple(unread),
        numbers=tuple(numbers),
    )
    return confidence.calibrated(extraction)


@dataclass
class BuildReport:
    """What a build did, in numbers that add up: seen = ingested + duplicates + rejected + unsupported."""

    seen: int = 0
    ingested: int = 0
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    """(name of the copy, name of the document kept)."""
    copies: list[tuple[str, str]] = field(default_factory=list)
    """(hash of the document kept, further name under which its text was found)."""
    rejects: list[dict[str, Any]] = field(default_factory=list)
    unsupported: list[dict[str, Any]] = field(default_factory=list)
    """Files of types that no reader takes, met in folders and archives: no errors, but listed with the rejects."""
    notices: list[str] = field(default_factory=list)
    """What was passed over on purpose and is no document: linked folders."""
    entities: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    targets: int = 0
    unread: int = 0
    files: list[Path] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        if not self.ingested:
            return 4
        return 3 if self.rejects else 0

    def check(self) -> None:
        """Nothing is lost in silence: every file seen is accounted for exactly once."""
        counted = self.ingested + len(self.duplicates) + len(self.rejects) + len(self.unsupported)
        if counted != self.seen:
            raise errors.KgError(f"{self.seen} files seen but {counted} accounted for; please report this")


@dataclass(frozen=True)
class Outcome:
    """What a worker sends back for one file: its quads and counts, or the reason it was rejected."""

    name: str
    path: str
    sha256: str = ""
    text_hash: str = ""
    quads: tuple[str, ...] = ()
    entities: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str, str], ...] = ()
    targets: tuple[str, ...] = ()
    unread: int = 0
    reject: dict[str, Any] | None = None


def build(
    sources: Sequence[str | Path],
    output: str | Path,
    *,
    jobs: int = 1,
    formats: Sequence[str] | None = None,
    progress: Progress | None = None,
    vocabulary: str | None = None,
    limits: workers.Limits | None = None,
) -> BuildReport:
    """Build the graph of ``sources`` (files or folders) into the folder ``output``.

    Writes ``graph.nq`` (the reference form), one export per format, and ``rejects.jsonl`` when a file was rejected.
    The result depends on the set of documents only, not on their order, the number of jobs or earlier builds.
    Each document is read in one of ``jobs`` worker processes under ``limits``.
    """
    from kg import exporters, graph

    report = BuildReport()
    paths = _survey(sources, report)
    kept = _kept(_outcomes(paths, jobs, vocabulary, limits, progress), report)
    _count(kept, report)
    report.check()
    folder = Path(output)
    copies = [(iri.document(sha256), name) for sha256, name in report.copies]
    merged = graph.merge((outcome.quads for outcome in kept), ontology.load(vocabulary), copies)
    report.files = exporters.export_all(merged, folder, formats)
    report.files += _write_rejects(folder, report)
    return report


def _survey(sources: Sequence[str | Path], report: BuildReport) -> list[str]:
    """The paths to read; what is known not to be read goes into the report at once."""
    from kg import readers

    paths = []
    for found in readers.survey((str(s) for s in sources), report.notices.append):
        report.seen += 1
        path = str(found.path)
        if found.error is None:
            paths.append(path)
        elif isinstance(found.error, errors.UnsupportedError):
            report.unsupported.append(_reject(path, found.error, "collect"))
        else:
            report.rejects.append(_reject(path, found.error, "collect"))
    return paths


def _outcomes(
    paths: list[str], jobs: int, vocabulary: str | None, limits: workers.Limits | None, progress: Progress | None
) -> Iterator[Outcome]:
    """One outcome per path, from worker processes: what hangs, crashes or eats memory costs itself alone."""
    for done, (path, answer) in enumerate(_answers(paths, jobs, vocabulary, limits), 1):
        failed = isinstance(answer, workers.Failure)
        outcome = _rejected(path, _error(path, answer), "worker") if failed else answer
        if progress:
            progress(done, len(paths), outcome.name)
        yield outcome


def _answers(paths: list[str], jobs: int, vocabulary: str | None, limits: workers.Limits | None) -> Iterator[tuple[str, Any]]:
    """Path and answer, files first. Pages come from one worker, so that it can keep its distance between two of one host."""
    from kg.readers import is_url

    task = workers.Task(WORK, (vocabulary,), prepare="kg.pipeline:prepare")
    for part, number in (([p for p in paths if not is_url(p)], jobs), ([p for p in paths if is_url(p)], 1)):
        for index, answer in workers.run(task, part, jobs=number, limits=limits):
            yield part[index], answer


def _error(path: str, failure: workers.Failure) -> errors.ReadError:
    kind = errors.LimitError if failure.code in ("TIMEOUT", "MEMORY") else errors.ReadError
    return kind(f"{path}: {failure.message}", code=failure.code, limit=failure.limit, observed=failure.observed)


def prepare(vocabulary: str | None = None) -> None:
    """What a worker loads before its first document, so that no document's time is spent on it."""
    from kg import graph, linking, readers, relations, targets  # noqa: F401
    from kg.recognizers import engine

    engine.pipeline(ontology.load(vocabulary))


def work(path: str, vocabulary: str | None = None) -> Outcome:
    """Read and extract one file; a file that cannot be read becomes a reject, never an exception."""
    from kg import graph, readers
    from kg.iri import digest

    words = ontology.load(vocabulary)
    try:
        document = readers.read(path, vocabulary=words)
    except errors.ReadError as error:
        return _rejected(path, error, "read")
    extraction = extract(document, words)
    return Outcome(
        name=document.name,
        path=document.source.path,
        sha256=document.source.sha256,
        text_hash=digest(document.text, 64),
        quads=tuple(graph.quads(extraction, words)),
        entities=tuple((e.iri, e.type) for e in extraction.entities),
        facts=tuple((f.subject, f.predicate, f.object) for f in extraction.facts),
        targets=tuple(t.iri for t in extraction.targets),
        unread=len(extraction.unread),
    )


def extract_each(
    paths: Sequence[str | Path], *, vocabulary: str | None = None, limits: workers.Limits | None = None, page: bool = False
) -> Iterator[tuple[str, dict[str, Any] | errors.ReadError]]:
    """(path, what ``to_json`` says of it or why it cannot be read), in order, each document read in a worker.

    With ``page`` the record has ``document`` and ``page``, the text with its marks as HTML.
    """
    names = [str(path) for path in paths]
    work = "kg.pipeline:extract_page" if page else "kg.pipeline:extract_json"
    task = workers.Task(work, (vocabulary,), prepare="kg.pipeline:prepare")
    for index, answer in workers.run(task, names, jobs=1, limits=limits):
        yield names[index], _error(names[index], answer) if isinstance(answer, workers.Failure) else answer


def extract_json(path: str, vocabulary: str | None = None) -> dict[str, Any] | errors.ReadError:
    """One document's extraction as JSON; in a worker's answer an error is a value."""
    try:
        return to_json(extract(path, ontology.load(vocabulary)))
    except errors.ReadError as error:
        return error


def extract_page(path: str, vocabulary: str | None = None) -> dict[str, Any] | errors.ReadError:
    """One document as a page (kg.views.highlight); in a worker's answer an error is a value."""
    from kg.views.highlight import page

    words = ontology.load(vocabulary)
    try:
        extraction = extract(path, words)
    except errors.ReadError as error:
        return error
    return {"document": extraction.document.name, "page": page(extraction, words)}


def _rejected(path: str, error: errors.ReadError, stage: str) -> Outcome:
    from kg.readers import shown

    return Outcome(name=shown(Path(path).name), path=shown(path), reject=_reject(path, error, stage))


def _reject(path: str, error: errors.ReadError, stage: str) -> dict[str, Any]:
    from kg.readers import shown

    size, sha256 = _identity(Path(path))
    return {
        "path": shown(path),
        "sha256": sha256,
        "bytes": size,
        "stage": stage,
        "code": error.code,
        "message": shown(str(error)),
        "limit": error.limit,
        "observed": error.observed,
    }


def _identity(path: Path) -> tuple[int, str | None]:
    """(size, hash) of a rejected file; no hash of what is no regular file or too large to be read at all."""
    import hashlib
    import stat

    from kg import readers

    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return 0, None
        if found.st_size > readers.MAX_BYTES:
            return found.st_size, None
        return found.st_size, hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return 0, None


def _kept(outcomes: Iterable[Outcome], report: BuildReport) -> list[Outcome]:
    """Outcomes to merge, sorted; the same text under two names is one document, kept under the first name."""
    kept: dict[str, Outcome] = {}
    for outcome in sorted(outcomes, key=lambda o: (o.name, o.sha256, o.path)):
        if outcome.reject is not None:
            report.rejects.append(outcome.reject)
        elif outcome.text_hash in kept:
            first = kept[outcome.text_hash]
            report.duplicates.append((outcome.name, first.name))
            if outcome.name != first.name:
                report.copies.append((first.sha256, outcome.name))
        else:
            kept[outcome.text_hash] = outcome
    report.ingested = len(kept)
    return list(kept.values())


def _count(kept: list[Outcome], report: BuildReport) -> None:
    report.entities = Counter(dict(e for o in kept for e in o.entities).values())
    report.facts = Counter(predicate for _, predicate, _ in {f for o in kept for f in o.facts})
    report.targets = len({t for o in kept for t in o.targets})
    report.unread = sum(o.unread for o in kept)


def _write_rejects(folder: Path, report: BuildReport) -> list[Path]:
    """``rejects.jsonl``, one record a line; an earlier build's list does not survive a clean one."""
    from kg.exporters import atomic

    target = folder / "rejects.jsonl"
    records = sorted([*report.rejects, *report.unsupported], key=lambda record: str(record["path"]))
    if not records:
        target.unlink(missing_ok=True)
        return []
    lines = [json.dumps(r, ensure_ascii=False, sort_keys=True) for r in records]
    with atomic(target) as file:
        file.write(("\n".join(lines) + "\n").encode())
    return [target]


def to_json(extraction: Extraction) -> dict[str, Any]:
    """The extraction in the shape of a gold file, plus the offsets of every mention and the evidence of every statement."""
    ids = {entity.iri: f"e{n}" for n, entity in enumerate(extraction.entities, 1)}
    return {
        "document": extraction.document.name,
        "title": extraction.title,
        "published": extraction.published,
        "publisher": extraction.publisher,
        "number": extraction.number,
        "entities": [_entity_json(e, ids) for e in extraction.entities],
        "relations": [
            {
                "subject": ids[f.subject],
                "predicate": f.predicate,
                "object": ids[f.object],
                **({"stance": f.stance} if f.stance else {}),
                **({"role": f.role} if f.role else {}),
                "evidence": [_evidence_json(e) for e in f.evidence],
            }
            for f in extraction.facts
            if f.subject in ids and f.object in ids
        ],
        "targets": [_target_json(t, ids) for t in extraction.targets],
        "incentives": [
            {"kind": i.kind, "value": _number(i.value), "unit": i.unit, "recipient": i.recipient, "condition": i.condition}
            | _evidence_json(i.evidence)
            for i in extraction.incentives
        ],
        "unread": [{"start": u.start, "end": u.end, "text": u.text, "sentence": u.sentence} for u in extraction.unread],
    }


_SCORED = {
    **dict.fromkeys(("Country", "Region", "Province", "City", "District", "Town", "Zone"), "Place"),
    **dict.fromkeys(("Company", "University", "Institute", "Association"), "Organization"),
}
"""Class -> the wider type that the gold shape uses."""


def _entity_json(entity: Entity, ids: dict[str, str]) -> dict[str, Any]:
    return {
        "id": ids[entity.iri],
        "type": _SCORED.get(entity.type, entity.type),
        "class": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "iri": entity.iri,
        "confidence": round(entity.score, 3),
        "mentions": [_mention_json(m) for m in entity.mentions],
    }


def _mention_json(mention: Mention) -> dict[str, Any]:
    return {"start": mention.start, "end": mention.end, "text": mention.text, "rule": mention.rule}


def _evidence_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "rule": evidence.rule,
        "confidence": round(evidence.score, 3),
    }


def _target_json(target: Target, ids: dict[str, str]) -> dict[str, Any]:
    return {
        "place": ids.get(target.place or ""),
        "topic": ids.get(target.topic or ""),
        "policy": ids.get(target.policy or ""),
        "metric": target.metric,
        "operator": target.operator,
        "value": _number(target.value),
        "unit": target.unit,
        "year": target.year,
        **({"baseline": True} if target.baseline else {}),
        **_evidence_json(target.evidence),
    }


def _number(value: str) -> int | float:
    number = float(value)
    return int(number) if number.is_integer() else number
