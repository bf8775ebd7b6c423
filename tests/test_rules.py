"""Every relation rule of the ontology holds for its examples and not for its counter-examples."""

from __future__ import annotations

import pytest

from kg import linking, ontology, relations
from kg.ontology import Rule
from kg.recognizers import engine
from tests.passages import document

VOCABULARY = ontology.load()
RULES = [rule for rule in VOCABULARY.rules if rule.relation]


def _facts(sentence: str, rule: Rule) -> list[str]:
    passage = document("成都市促进产业发展若干措施\n" + sentence)
    linked, _ = linking.link(passage, VOCABULARY, engine.recognize(passage, VOCABULARY))
    opening = passage.text.index(sentence)
    return [
        fact.stance
        for fact in relations.relate(linked, VOCABULARY)
        if fact.predicate == rule.relation and all(e.start >= opening for e in fact.evidence)
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.iri.rpartition("#")[2])
def test_rule_holds_for_its_examples_only(rule: Rule) -> None:
    """An example states the relation with the rule's stance; a counter-example does not."""
    assert rule.cues and rule.examples and rule.counter_examples
    for example in rule.examples:
        assert rule.stance in _facts(example, rule), example
    for example in rule.counter_examples:
        assert rule.stance not in _facts(example, rule), example
