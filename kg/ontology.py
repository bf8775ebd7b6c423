"""``ontology/*.ttl`` -> Ontology: names, classes, rules, word lists and units, compiled once and cached.

Every ``*.ttl`` file of the folder is read; adding a name, an industry, an agency kind, a word or a cue is one Turtle entry
and no Python. The compiled form is kept in the user's cache folder under the hash of the files, so a change of any file is
a new entry and a stale one is never read.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from kg import iri
from kg.errors import OntologyError
from kg.folding import fold

FORMAT = 1
"""Version of the compiled form; raise it when Concept, Rule or the file's shape changes."""

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Concept:
    """A vocabulary entry: a place, an industry, an agency function, a unit, a metric, a policy kind …

    ``kind`` is the local name of its class in ``kg:`` (City, Industry, AgencyFunction, Unit …), ``name`` and ``name_en`` its
    preferred labels, ``aliases`` the Chinese alternative labels, ``broader`` the IRIs right above it, ``notation`` its code.
    ``properties`` holds every other property, local name -> values as text (IRIs in full).
    """

    iri: str
    kind: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    broader: tuple[str, ...]
    notation: str
    properties: Mapping[str, tuple[str, ...]]

    def value(self, key: str) -> str | None:
        values = self.properties.get(key, ())
        return values[0] if values else None

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation cue, as data: the words that state ``relation``, the stance they carry, and sentences that prove it."""

    iri: str
    relation: str
    cues: tuple[str, ...]
    stance: str
    properties: Mapping[str, tuple[str, ...]]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology itself."""

    iri: str
    name: str
    label_zh: str
    label_en: str
    parents: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Ontology:
    """The loaded vocabularies. Frozen; one instance is shared by every stage, and tables made from it are kept under it."""

    hash: str
    concepts: Mapping[str, Concept]
    lists: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    classes: Mapping[str, Term]
    relations: Mapping[str, Term]

    @cached_property
    def lexicon(self) -> Mapping[str, tuple[str, ...]]:
        """Folded form -> IRIs of the concepts that bear it, those that bear it as preferred label first."""
        preferred: dict[str, list[str]] = defaultdict(list)
        other: dict[str, list[str]] = defaultdict(list)
        for concept in self.concepts.values():
            preferred[fold(concept.name)].append(concept.iri)
            for alias in concept.aliases:
                other[fold(alias)].append(concept.iri)
        return {
            form: tuple(dict.fromkeys(preferred.get(form, []) + other.get(form, [])))
            for form in sorted(preferred.keys() | other.keys())
        }

    def find(self, form: str, kinds: Iterable[str] | None = None) -> tuple[Concept, ...]:
        """Concepts that bear ``form`` (folded before the look-up), of the given kinds or of any."""
        wanted = None if kinds is None else frozenset(kinds)
        found = (self.concepts[i] for i in self.lexicon.get(fold(form), ()))
        return tuple(c for c in found if wanted is None or c.kind in wanted)

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Concept, ...]]:
        groups: dict[str, list[Concept]] = defaultdict(list)
        for concept in self.concepts.values():
            groups[concept.kind].append(concept)
        return {kind: tuple(group) for kind, group in sorted(groups.items())}

    def of_kinds(self, *kinds: str) -> tuple[Concept, ...]:
        return tuple(c for kind in kinds for c in self.by_kind.get(kind, ()))

    def words(self, name: str) -> tuple[str, ...]:
        """The words of the list ``kg:<name>``, longest first (so that they can be tried in order), folded.

        Raises OntologyError with the names that exist when there is no such list.
        """
        try:
            return self.lists[name]
        except KeyError:
            raise OntologyError(f"no word list {name!r}; there are: {', '.join(sorted(self.lists))}") from None

    @cache  # noqa: B019 - an Ontology lives as long as the process
    def word_set(self, name: str) -> frozenset[str]:
        return frozenset(self.words(name))

    def rules_for(self, relation: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.relation == relation)

    def ancestors(self, concept_iri: str) -> tuple[str, ...]:
        """IRIs above a concept by ``skos:broader``, nearest first, each once."""
        known = self._ancestors.get(concept_iri)
        if known is None:
            known = self._ancestors[concept_iri] = self._walk_up(concept_iri)
        return known

    @cached_property
    def _ancestors(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _walk_up(self, concept_iri: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        queue = list(self.concepts[concept_iri].broader) if concept_iri in self.concepts else []
        while queue:
            current = queue.pop(0)
            if current not in found:
                found[current] = None
                queue.extend(self.concepts[current].broader if current in self.concepts else ())
        return tuple(found)

    def is_a(self, name: str, parent: str) -> bool:
        """Whether class ``name`` is ``parent`` or below it (City is_a Place)."""
        return name == parent or parent in self._superclasses.get(name, ())

    @cached_property
    def _superclasses(self) -> Mapping[str, frozenset[str]]:
        """Class -> itself and all classes above it."""
        return {name: self._above(name) for name in self.classes}

    def _above(self, name: str) -> frozenset[str]:
        queue, seen = [name], set[str]()
        while queue:
            current = queue.pop()
            if current not in seen:
                seen.add(current)
                queue.extend(self.classes[current].parents if current in self.classes else ())
        return frozenset(seen)

    def classes_under(self, *parents: str) -> frozenset[str]:
        """The classes ``parents`` and all below them."""
        found = self._classes_under.get(parents)
        if found is None:
            found = frozenset({*parents, *(name for name, above in self._superclasses.items() if above.intersection(parents))})
            self._classes_under[parents] = found
        return found

    @cached_property
    def _classes_under(self) -> dict[tuple[str, ...], frozenset[str]]:
        return {}

    def of_class(self, concepts: tuple[str, ...], parent: str) -> tuple[str, ...]:
        """Those of ``concepts`` (IRIs) whose kind is class ``parent`` or below it; what a name may stand for is asked often."""
        key = (concepts, parent)
        found = self._of_class.get(key)
        if found is None:
            found = tuple(c for c in concepts if self.is_a(self.concepts[c].kind, parent))
            self._of_class[key] = found
        return found

    @cached_property
    def _of_class(self) -> dict[tuple[tuple[str, ...], str], tuple[str, ...]]:
        return {}


def folder() -> Path:
    """The ontology folder: the one beside the package in a checkout, the one inside the package when installed."""
    here = Path(__file__).resolve().parent
    installed = here / "_ontology"
    return installed if installed.is_dir() else here.parent / "ontology"


@lru_cache(maxsize=4)
def load(path: str | Path | None = None, extra: tuple[str, ...] = ()) -> Ontology:
    """Load the ontology of ``path`` (default: the one shipped) and the ``extra`` Turtle files of a user.

    Raises OntologyError naming file and line when a file does not parse.
    """
    root = Path(path) if path else folder()
    files = sorted(root.glob("*.ttl")) + [Path(e) for e in extra]
    if not files:
        raise OntologyError(f"no *.ttl file in {root}: reinstall the package or pass --ontology DIR")
    key = _hash(files)
    cached = _read_cache(key)
    if cached is None:
        cached = _compile(files)
        _write_cache(key, cached)
    return _ontology(key, cached)


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256(f"{FORMAT}\0".encode())
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _cache_file(key: str) -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "policy-kg" / f"ontology-{key[:32]}.json"


def _read_cache(key: str) -> dict[str, Any] | None:
    try:
        data = json.loads(_cache_file(key).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and data.get("format") == FORMAT else None


def _write_cache(key: str, data: dict[str, Any]) -> None:
    """Best effort: a home that cannot be written costs half a second at each start, nothing else."""
    target = _cache_file(key)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as file:
            json.dump(data, file, ensure_ascii=False)
        os.replace(file.name, target)
    except OSError:
        return


def _ontology(key: str, data: dict[str, Any]) -> Ontology:
    def properties(pairs: list[Any]) -> dict[str, tuple[str, ...]]:
        return {name: tuple(values) for name, values in pairs}

    return Ontology(
        hash=key,
        concepts={
            c[0]: Concept(c[0], c[1], c[2], c[3], tuple(c[4]), tuple(c[5]), c[6], properties(c[7])) for c in data["concepts"]
        },
        lists={name: tuple(words) for name, words in data["lists"].items()},
        rules=tuple(
            Rule(r[0], r[1], tuple(r[2]), r[3], properties(r[4]), tuple(r[5]), tuple(r[6])) for r in data["rules"]
        ),
        classes={t[1]: Term(t[0], t[1], t[2], t[3], tuple(t[4])) for t in data["classes"]},
        relations={t[1]: Term(t[0], t[1], t[2], t[3], tuple(t[4])) for t in data["relations"]},
    )


def _compile(files: Iterable[Path]) -> dict[str, Any]:
    subjects = _read(files)
    data: dict[str, Any] = {"format": FORMAT, "concepts": [], "lists": {}, "rules": [], "classes": [], "relations": []}
    for subject in sorted(subjects):
        values = subjects[subject]
        kinds = [iri.local(v) for v, _ in values.get(_RDF_TYPE, ()) if v.startswith(iri.ONTOLOGY)]
        types = {iri.local(v) for v, _ in values.get(_RDF_TYPE, ())}
        if "WordList" in kinds:
            words = sorted({fold(v) for v, _ in values.get(iri.term("word"), ())}, key=lambda w: (-len(w), w))
            data["lists"][iri.local(subject)] = words
        elif "Rule" in kinds:
            data["rules"].append(_rule(subject, values))
        elif "Class" in types and subject.startswith(iri.ONTOLOGY):
            data["classes"].append(_term(subject, values, _RDFS + "subClassOf"))
        elif types & {"ObjectProperty", "DatatypeProperty"} and subject.startswith(iri.ONTOLOGY):
            data["relations"].append(_term(subject, values, _RDFS + "subPropertyOf"))
        elif kinds:
            data["concepts"].append(_concept(subject, kinds[0], values))
    return data


Values = dict[str, list[tuple[str, str]]]
"""Property IRI -> (value, language) pairs of one subject."""


def _read(files: Iterable[Path]) -> dict[str, Values]:
    import pyoxigraph

    subjects: dict[str, Values] = defaultdict(lambda: defaultdict(list))
    for file in files:
        try:
            for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE):
                value = quad.object
                language = (value.language or "") if isinstance(value, pyoxigraph.Literal) else ""
                subjects[quad.subject.value][quad.predicate.value].append((value.value, language))
        except (SyntaxError, ValueError, OSError) as error:
            raise OntologyError(f"{file}: {error}; mend the file, or remove it from the ontology folder") from error
    return subjects


def _labels(values: Values, prop: str, language: str) -> list[str]:
    return sorted({value for value, lang in values.get(_SKOS + prop, ()) if lang == language})


def _label(values: Values, language: str) -> str:
    found = _labels(values, "prefLabel", language) or sorted(
        value for value, lang in values.get(_RDFS + "label", ()) if lang == language
    )
    return found[0] if found else ""


_KNOWN = {_RDF_TYPE, _SKOS + "prefLabel", _SKOS + "altLabel", _SKOS + "broader", _SKOS + "notation"}


def _properties(values: Values) -> list[tuple[str, list[str]]]:
    return sorted((iri.local(p), sorted({v for v, _ in vs})) for p, vs in values.items() if p not in _KNOWN)


def _concept(subject: str, kind: str, values: Values) -> list[Any]:
    notation = sorted(v for v, _ in values.get(_SKOS + "notation", ()))
    return [
        subject,
        kind,
        _label(values, "zh") or iri.local(subject),
        _label(values, "en"),
        _labels(values, "altLabel", "zh"),
        sorted(v for v, _ in values.get(_SKOS + "broader", ())),
        notation[0] if notation else "",
        _properties(values),
    ]


def _rule(subject: str, values: Values) -> list[Any]:
    def all_of(name: str) -> list[str]:
        return sorted({v for v, _ in values.get(iri.term(name), ())})

    relation = all_of("forRelation")
    stance = all_of("stance")
    return [
        subject,
        iri.local(relation[0]) if relation else "",
        sorted((fold(c) for c in all_of("cue")), key=lambda w: (-len(w), w)),
        iri.local(stance[0]) if stance else "",
        _properties(values),
        all_of("example"),
        all_of("counterExample"),
    ]


def _term(subject: str, values: Values, parent: str) -> list[Any]:
    parents = sorted(iri.local(v) for v, _ in values.get(parent, ()) if v.startswith(iri.ONTOLOGY))
    return [subject, iri.local(subject), _label(values, "zh"), _label(values, "en"), parents]
