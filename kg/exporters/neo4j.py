"""A folder for Neo4j: typed CSV files, ``import.sh`` (neo4j-admin, a new database) and ``import.cypher`` (a running one).

What nodes and relations there are, ``kg.property_graph`` says. Data stands in the CSV files only; labels, types and property
names come from the ontology and are checked, so no text can become Cypher. The files hold every text exactly: fields may have
several lines, the places of an array are parted by a character that no text of ours holds, and a backslash is doubled, since
Neo4j reads one before a quote as an escape.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kg.graph import Graph
from kg.property_graph import Nodes, Properties, PropertyGraph, Relations, Value, property_graph

DELIMITER = "\x1f"
"""Between the places of an array: U+001F, unit separator."""


def write(graph: Graph, folder: Path, *, evidence: str = "properties") -> None:
    """``evidence="nodes"`` adds a node for each evidence to the arrays on the relations."""
    made = property_graph(graph, evidence=evidence)
    for nodes in made.nodes:
        rows = ([uri, *_cells(nodes.columns, properties)] for uri, properties in nodes.rows)
        _csv(folder / f"nodes-{nodes.name}.csv", _node_header(nodes), rows)
    for relations in made.relations:
        links = ([start, end, *_cells(relations.columns, properties)] for start, end, properties in relations.rows)
        _csv(folder / f"rels-{relations.type}.csv", _relation_header(relations), links)
    _text(folder / "import.sh", _shell(made))
    (folder / "import.sh").chmod(0o755)
    _text(folder / "import.cypher", _cypher(made))


def _node_header(nodes: Nodes) -> list[str]:
    return ["uri:ID(Resource)", *_typed(nodes.columns)]


def _relation_header(relations: Relations) -> list[str]:
    return [":START_ID(Resource)", ":END_ID(Resource)", *_typed(relations.columns)]


def _typed(columns: dict[str, str]) -> list[str]:
    return [f"{name}:{kind}" for name, kind in columns.items()]


def _cells(columns: dict[str, str], properties: Properties) -> list[str]:
    return [_cell(properties[name]) for name in columns]


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return DELIMITER.join(_cell(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\\", "\\\\")


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        if any("\\" in cell for cell in row):
            # Only inside quotes is a doubled backslash one backslash; an empty cell in quotes would be a text and not none.
            out.write(",".join('"' + cell.replace('"', '""') + '"' if cell else "" for cell in row) + "\n")
        else:
            writer.writerow(row)
    _text(path, out.getvalue())


def _text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def _shell(made: PropertyGraph) -> str:
    parts = [f"--nodes={':'.join(nodes.labels)}=nodes-{nodes.name}.csv" for nodes in made.nodes]
    parts += [f"--relationships={relations.type}=rels-{relations.type}.csv" for relations in made.relations]
    options = [
        "--id-type=string --array-delimiter=U+001F",
        "--multiline-fields=true --legacy-style-quoting=true",
        '"${1:-neo4j}"',
    ]
    lines = " \\\n  ".join(["neo4j-admin database import full", *parts, *options])
    return f"""#!/bin/sh
# Imports this folder into a new, stopped Neo4j 5 database: ./import.sh [DATABASE]
set -eu
cd "$(dirname "$0")"
{lines}
"""


_SCRIPT_HEAD = """// Loads this folder into a running Neo4j 5: copy the CSV files into its import folder, then
//   cypher-shell -u neo4j -f import.cypher
// Running it again changes nothing: nodes and relations are merged on their uri and ends.
CREATE CONSTRAINT n10s_unique_uri IF NOT EXISTS FOR (r:Resource) REQUIRE r.uri IS UNIQUE;
"""


def _cypher(made: PropertyGraph) -> str:
    return "\n".join([_SCRIPT_HEAD, *map(_load_nodes, made.nodes), *map(_load_relations, made.relations)])


_CONVERT: dict[str, Callable[[str], str]] = {
    "string": lambda cell: cell,
    "long": lambda cell: f"toInteger({cell})",
    "double": lambda cell: f"toFloat({cell})",
    "boolean": lambda cell: f"toBoolean({cell})",
    "string[]": lambda cell: f"split({cell}, '\\u001F')",
    "long[]": lambda cell: f"toIntegerList(split({cell}, '\\u001F'))",
    "double[]": lambda cell: f"toFloatList(split({cell}, '\\u001F'))",
}


def _setters(variable: str, columns: dict[str, str]) -> str:
    return ",\n      ".join(f"{variable}.{name} = {_CONVERT[kind](f'row.`{name}:{kind}`')}" for name, kind in columns.items())


def _load_nodes(nodes: Nodes) -> str:
    return f"""LOAD CSV WITH HEADERS FROM 'file:///nodes-{nodes.name}.csv' AS row
CALL {{
  WITH row
  MERGE (n:Resource {{uri: row.`uri:ID(Resource)`}})
  SET n:{":".join(nodes.labels[:-1])},
      {_setters("n", nodes.columns)}
}} IN TRANSACTIONS OF 1000 ROWS;
"""


def _load_relations(relations: Relations) -> str:
    return f"""LOAD CSV WITH HEADERS FROM 'file:///rels-{relations.type}.csv' AS row
CALL {{
  WITH row
  MATCH (a:Resource {{uri: row.`:START_ID(Resource)`}}), (b:Resource {{uri: row.`:END_ID(Resource)`}})
  MERGE (a)-[r:{relations.type}]->(b)
  SET {_setters("r", relations.columns)}
}} IN TRANSACTIONS OF 1000 ROWS;
"""
