"""Graphs of any size, made up but like real ones: documents of places that develop topics, with agencies, projects, targets.

The same size gives the same graph on every machine. Names are those of the ontology; few places and topics have many facts
and many have few, as in real collections.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from kg import iri
from kg.graph import Graph, merge, quads
from kg.model import Document, Entity, Evidence, Extraction, Fact, Metadata, Source, Target
from kg.ontology import Concept, Ontology

FACTS = 60
"""Facts of one document."""
VERBS = {"strengthens": "做强", "cultivates": "大力培育", "attracts": "招引", "": "发展"}
METRICS = (("产值", "亿元"), ("企业数量", "家"), ("增加值", "亿元"), ("研发投入", "亿元"), ("产能", "万吨"))


def graph(edges: int, vocabulary: Ontology) -> Graph:
    """A graph with at least ``edges`` different facts, and the targets that go with them."""
    return merge((quads(one, vocabulary) for one in extractions(edges, vocabulary)), vocabulary)


def extractions(edges: int, vocabulary: Ontology) -> Iterator[Extraction]:
    """Documents until they state ``edges`` different facts."""
    places = vocabulary.of_kinds("Province", "City", "District")
    topics = vocabulary.of_kinds("Industry", "Technology")
    chance = random.Random(1)
    order = [chance.sample(list(kind), len(kind)) for kind in (places, topics)]
    seen: set[tuple[str, str, str]] = set()
    number = 0
    while len(seen) < edges:
        made = _Document(number, _often(chance, order[0]), random.Random(number), order[1])
        yield (extraction := made.extraction())
        seen |= {(fact.subject, fact.predicate, fact.object) for fact in extraction.facts}
        number += 1


def _often(chance: random.Random, concepts: list[Concept]) -> Concept:
    """One of ``concepts``, early ones much more often."""
    return concepts[int(len(concepts) * chance.random() ** 2.5)]


class _Document:
    """One made-up plan: its text grows with each sentence, and each fact quotes the sentence that states it."""

    def __init__(self, number: int, place: Concept, chance: random.Random, topics: list[Concept]) -> None:
        self.title = f"{place.name}产业发展行动计划（第{number}号）"
        self.place, self.chance, self.topics = place, chance, topics
        self.code = place.notation or place.name
        self.text = self.title + "\n"
        self.entities: dict[str, Entity] = {place.iri: Entity(place.iri, place.kind, place.name)}
        self.facts: list[Fact] = []
        self.targets: list[Target] = []

    def extraction(self) -> Extraction:
        policy = self._thing("Policy", iri.policy(self.title, self.code), self.title)
        agency = self._thing("Agency", iri.agency(self.code, "发展改革"), f"{self.place.name}发展和改革委员会")
        self._state(policy, "issuedBy", agency, self.title)
        self._state(policy, "appliesTo", self.place.iri, f"本计划适用于{self.place.name}。")
        while len(self.facts) < FACTS:
            self._paragraph(policy, agency)
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        source = Source(f"{digest[:8]}.txt", f"{digest[:8]}.txt", digest, len(self.text.encode()), "text/plain")
        return Extraction(
            document=Document(source, self.text, (), Metadata()),
            title=self.title,
            publisher=f"{self.place.name}人民政府",
            published="2024-01-01",
            number=None,
            entities=tuple(self.entities.values()),
            facts=tuple(self.facts),
            targets=tuple(self.targets),
        )

    def _paragraph(self, policy: str, agency: str) -> None:
        topic = self._topic()
        about = self._thing(topic.kind, topic.iri, topic.name)
        stance = self.chance.choice(list(VERBS))
        number = len(self.facts)
        sentence = f"{self.place.name}{VERBS[stance]}{topic.name}，完善政策体系，优化空间布局，推动重点项目落地见效。"
        self._state(self.place.iri, "develops", about, sentence, stance)
        if self.chance.random() < 0.35:
            self._state(policy, "covers", about, f"支持{topic.name}企业做大做强。")
        if self.chance.random() < 0.3:
            name = f"{self.place.name}{topic.name}产业园{number}"
            project = self._thing("Project", iri.named("project", name, self.code), name)
            self._state(project, "locatedIn", self.place.iri, f"{name}位于{self.place.name}。")
        if self.chance.random() < 0.25:
            name = f"壮大{topic.name}{number}"
            task = self._thing("Task", iri.named("task", name, self.code), name)
            self._state(agency, "responsibleFor", task, f"发展改革委牵头{name}。", role="lead")
        if self.chance.random() < 0.4:
            self._target(about, topic.name)

    def _topic(self) -> Concept:
        """Mostly one of the topics that this place is known for, sometimes one that everybody has."""
        if self.chance.random() < 0.2:
            return _often(self.chance, self.topics)
        first = int(iri.digest(self.place.iri[:-2], 8), 16)
        return self.topics[(first + int(150 * self.chance.random() ** 2)) % len(self.topics)]

    def _thing(self, kind: str, name: str, label: str) -> str:
        self.entities.setdefault(name, Entity(name, kind, label))
        return name

    def _say(self, sentence: str) -> Evidence:
        start = len(self.text)
        self.text += sentence + "\n"
        return Evidence(start, start + len(sentence), sentence, "made.up", 0.9)

    def _state(self, subject: str, predicate: str, object_: str, sentence: str, stance: str = "", role: str = "") -> None:
        self.facts.append(Fact(subject, predicate, object_, (self._say(sentence),), stance, role))

    def _target(self, topic: str, name: str) -> None:
        metric, unit = self.chance.choice(METRICS)
        value, year = str(self.chance.randrange(10, 5000)), self.chance.choice((2025, 2027, 2030))
        said = self._say(f"到{year}年，{name}{metric}达到{value}{unit}。")
        mark = iri.derived("target", self.title, name, metric, value, str(year), str(said.start))
        surface = f"{value}{unit}"
        self.targets.append(
            Target(mark, metric, ">=", value, unit, surface, said, year, self.place.iri, topic, None, value, unit)
        )
