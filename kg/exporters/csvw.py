"""CSV on the Web: the target ledger as a CSV file and the description that says what its columns mean.

The description (https://www.w3.org/TR/tabular-metadata/) gives every column its label, its datatype and the property of the
ontology that it stands for, so that a CSVW reader gets the graph's own triples of each target back (but for the policy that sets
it: CSVW cannot turn a statement round). The CSV is exact, for machines.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import iri
from kg.graph import Graph
from kg.terms import RDFS

CSV, DESCRIPTION = "targets.csv", "targets.csv-metadata.json"


@dataclass(frozen=True, slots=True)
class _Column:
    """``property`` is the IRI that the column stands for, empty for a column that is there for readers only."""

    name: str
    zh: str
    en: str
    property: str
    datatype: str = "string"
    link: bool = False
    language: str = ""


def _kg(name: str) -> str:
    return iri.term(name)


COLUMNS = (
    _Column("target", "目标", "target", "", "anyURI"),
    _Column("label", "标题", "label", RDFS + "label", language="zh"),
    _Column("place", "地点", "place", _kg("place"), "anyURI", True),
    _Column("place_name", "地点名称", "name of the place", ""),
    _Column("topic", "产业或技术", "topic", _kg("topic"), "anyURI", True),
    _Column("topic_name", "产业或技术名称", "name of the topic", ""),
    _Column("metric", "指标", "metric as written", _kg("metric")),
    _Column("metric_concept", "指标概念", "metric of the vocabulary", _kg("metricConcept"), "anyURI", True),
    _Column("operator", "比较", "operator: >= <= = + (increase) ~ (about)", _kg("operator")),
    _Column("value", "数值", "value", _kg("value"), "decimal"),
    _Column("value_text", "原文数值", "value as written", _kg("valueText")),
    _Column("unit", "单位", "unit", _kg("unit")),
    _Column("base_value", "基本单位数值", "value in the base unit", _kg("baseValue"), "decimal"),
    _Column("base_unit", "基本单位", "base unit", _kg("baseUnit")),
    _Column("surface", "原文表述", "the figure as written", _kg("surface")),
    _Column("year", "期限", "last year", _kg("year"), "gYear"),
    _Column("baseline", "现状", "about the past", _kg("baseline"), "boolean"),
    _Column("evidence", "依据", "evidence", _kg("evidence"), "anyURI", True),
    _Column("quote", "原文", "sentence", ""),
    _Column("document", "文件", "document", "", "anyURI"),
    _Column("policy", "政策", "policy that sets it", "", "anyURI"),
)


def write(graph: Graph, folder: Path) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in COLUMNS)
    writer.writerows(rows(graph))
    (folder / CSV).write_bytes(text.getvalue().encode("utf-8"))
    (folder / DESCRIPTION).write_bytes((json.dumps(description(), ensure_ascii=False, indent=2) + "\n").encode("utf-8"))


def rows(graph: Graph) -> Iterator[list[str]]:
    """One row per target, by IRI; where a target has two values of a thing, the first by their text."""
    targets: dict[str, dict[str, str]] = {name: {"target": name} for (name,) in _pairs(graph, "?target a kg:Target", "target")}
    for column in COLUMNS:
        if column.property:
            _add(targets, column.name, _pairs(graph, f"?target a kg:Target ; <{column.property}> ?o", "target", "o"))
    for name, path in (("quote", "kg:evidence/kg:quote"), ("document", "kg:evidence/kg:document"), ("policy", "^kg:hasTarget")):
        _add(targets, name, _pairs(graph, f"?target a kg:Target ; {path} ?o", "target", "o"))
    labels = {node.iri: node.label for node in graph.network().nodes}
    for name in sorted(targets):
        known = targets[name]
        known |= {f"{end}_name": labels.get(known.get(end, ""), "") for end in ("place", "topic")}
        yield [known.get(column.name, "") for column in COLUMNS]


def _pairs(graph: Graph, pattern: str, *names: str) -> Iterator[tuple[str, ...]]:
    answer = graph.query(f"SELECT {' '.join('?' + name for name in names)} WHERE {{ {pattern} }}")
    return (tuple(cell or "" for cell in row) for row in answer.rows)


def _add(targets: dict[str, dict[str, str]], name: str, pairs: Iterable[tuple[str, ...]]) -> None:
    for target, value in pairs:
        targets[target][name] = min(value, targets[target].get(name, value))


def description() -> dict[str, Any]:
    """The same for every graph: what the columns are."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": CSV,
        "dc:title": {"@value": "量化目标台账", "@language": "zh"},
        "dc:description": {
            "@value": "Quantified targets of industrial-policy documents, each with its sentence",
            "@language": "en",
        },
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True, "commentPrefix": None},
        "tableSchema": {
            "aboutUrl": "{+target}",
            "primaryKey": "target",
            "columns": [*(_described(column) for column in COLUMNS), *_CONSTANT],
        },
    }


def _described(column: _Column) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": [_said(column.zh, "zh"), _said(column.en, "en")],
    }
    made["datatype"] = column.datatype
    if column.property:
        made["propertyUrl"] = column.property
    else:
        made["suppressOutput"] = True
    if column.link:
        made["valueUrl"] = f"{{+{column.name}}}"
    if column.language:
        made["lang"] = column.language
    if column.name == "target":
        made["required"] = True
    return made


def _said(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


_CONSTANT: tuple[dict[str, Any], ...] = (
    {
        "name": "type",
        "virtual": True,
        "propertyUrl": "rdf:type",
        "valueUrl": _kg("Target"),
    },
    {
        "name": "evidence_document",
        "virtual": True,
        "aboutUrl": "{+evidence}",
        "propertyUrl": _kg("document"),
        "valueUrl": "{+document}",
    },
)
"""Statements that follow from a row as a whole."""
