"""Values in base units, and metrics as concepts."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from kg.folding import fold
from kg.numerals import canonical
from kg.ontology import Ontology
from kg.words import Words


@lru_cache(maxsize=2)
def _factors(ontology: Ontology) -> dict[str, tuple[Decimal, str]]:
    return {
        fold(form): (Decimal(unit.value("factor") or "1"), unit.value("baseUnit") or unit.name)
        for unit in ontology.of_kinds("Unit")
        for form in unit.forms
    }


@lru_cache(maxsize=2)
def _magnitudes(ontology: Ontology) -> tuple[tuple[str, Decimal], ...]:
    pairs = [(m.name, Decimal(m.value("factor") or "1")) for m in ontology.of_kinds("Magnitude")]
    return tuple(sorted(pairs, key=lambda p: (-len(p[0]), p[0])))


def base(value: str, unit: str, ontology: Ontology) -> tuple[str, str]:
    """(value, unit) in the base unit: (1.5, 万亿元) -> (1500000000000, 元)."""
    factors = _factors(ontology)
    name = fold(unit)
    known, _, per = name.partition("/")
    if known in factors:
        factor, plain = factors[known]
        return canonical(Decimal(value) * factor), plain + ("/" + per if per else "")
    for magnitude, size in _magnitudes(ontology):
        rest = known[len(magnitude) :]
        if known.startswith(magnitude) and (not rest or rest in factors):
            factor, plain = factors.get(rest, (Decimal(1), ""))
            return canonical(Decimal(value) * size * factor), plain + ("/" + per if per else "")
    return value, unit


@lru_cache(maxsize=2)
def _metrics(ontology: Ontology) -> dict[str, str]:
    return {fold(form): concept.iri for concept in reversed(ontology.of_kinds("Metric")) for form in concept.forms}


def metric_concept(metric: str, ontology: Ontology) -> str | None:
    """The longest known metric that the text's own words end in, else contain."""
    name, forms = fold(metric), _metrics(ontology)
    for size in range(min(len(name), 24), 1, -1):
        if name[-size:] in forms:
            return forms[name[-size:]]
    inside = [name[start:end] for start, end in _inside(ontology).longest(name)]
    return forms[max(inside, key=lambda f: (len(f), f))] if inside else None


@lru_cache(maxsize=2)
def _inside(ontology: Ontology) -> Words:
    return Words(form for form in _metrics(ontology) if len(form) > 2)


def last_metric(text: str, start: int, stop: int, ontology: Ontology) -> tuple[int, int] | None:
    """Span of the last known metric named in a stretch of text."""
    spans = _anywhere(ontology).longest(text[start:stop])
    return (start + spans[-1][0], start + spans[-1][1]) if spans else None


@lru_cache(maxsize=2)
def _anywhere(ontology: Ontology) -> Words:
    return Words(_metrics(ontology))
