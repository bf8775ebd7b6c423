"""A folder for Neo4j: typed CSV files, ``import.sh`` (neo4j-admin, a new database) and ``import.cypher`` (a running one).

Labels are the classes, relation types the relations in UPPER_SNAKE; every node also has the label Resource and a unique
``uri``, as neosemantics has it. Evidence is on the relation: count, quotes, documents. Data stands in the CSV files only;
labels, types and property names come from the ontology and are checked, so no text can become Cypher.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kg.errors import KgError
from kg.exporters.columns import NODE_COLUMNS
from kg.graph import Graph
from kg.network import Edge, Node

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}")
_ARRAYS = {"aliases", "quotes", "documents"}
_EDGE_HEADER = ("stance", "role", "count:long", "quotes:string[]", "documents:string[]")


def write(graph: Graph, folder: Path) -> None:
    net = graph.network()
    nodes: dict[str, list[Node]] = defaultdict(list)
    edges: dict[str, list[Edge]] = defaultdict(list)
    for node in net.nodes:
        nodes[_identifier(node.type)].append(node)
    for edge in net.edges:
        edges[relation_type(edge.kind)].append(edge)
    for label, group in sorted(nodes.items()):
        _csv(folder / f"nodes-{label}.csv", _node_header(), (_node_row(node) for node in group))
    for kind, links in sorted(edges.items()):
        _csv(folder / f"rels-{kind}.csv", (":START_ID(Resource)", ":END_ID(Resource)", *_EDGE_HEADER), map(_edge_row, links))
    _text(folder / "import.sh", _shell(sorted(nodes), sorted(edges)))
    (folder / "import.sh").chmod(0o755)
    _text(folder / "import.cypher", _cypher(sorted(nodes), sorted(edges)))


def relation_type(relation: str) -> str:
    """issuedBy -> ISSUED_BY."""
    return _identifier(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", relation).upper())


def _identifier(name: str) -> str:
    """Labels and types come from the ontology; anything else would be a way to write Cypher, so it stops the export."""
    if not _IDENTIFIER.fullmatch(name):
        raise KgError(f"{name!r} cannot be a Neo4j label or relation type; use letters, digits and _ in the ontology")
    return name


def _node_header() -> list[str]:
    columns = [f"{column.name}:{_type(column.name, column.type)}" for column in NODE_COLUMNS if column.name != "type"]
    return ["uri:ID(Resource)", "label", *columns, ":LABEL"]


def _type(name: str, kind: str) -> str:
    return "string[]" if name in _ARRAYS else kind


def _node_row(node: Node) -> list[str]:
    lists = {
        "aliases": node.aliases,
        "quotes": [quote.text for quote in node.evidence],
        "documents": list(dict.fromkeys(quote.document for quote in node.evidence)),
    }
    cells = [_list(lists[c.name]) if c.name in lists else _cell(c.value(node)) for c in NODE_COLUMNS if c.name != "type"]
    return [node.iri, _cell(node.label), *cells, f"{node.type};Resource"]


def _edge_row(edge: Edge) -> list[str]:
    quotes = _list([quote.text for quote in edge.evidence])
    return [edge.source, edge.target, edge.stance, edge.role, str(edge.count), quotes, _list(edge.documents)]


def _cell(text: str) -> str:
    """One line: neo4j-admin reads fields of one line only, unless told otherwise."""
    return re.sub(r"[\r\n\t\0]+", " ", text)


def _list(values: Iterable[str]) -> str:
    """The array delimiter inside a value becomes its full-width twin; Neo4j knows no escape for it."""
    return ";".join(_cell(value).replace(";", "；") for value in values)


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    _text(path, out.getvalue())


def _text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def _shell(labels: list[str], kinds: list[str]) -> str:
    parts = [f"--nodes=nodes-{label}.csv" for label in labels] + [f"--relationships=rels-{kind}.csv" for kind in kinds]
    options = ['--id-type=string --array-delimiter=";"', '"${1:-neo4j}"']
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


def _cypher(labels: list[str], kinds: list[str]) -> str:
    parts = [_SCRIPT_HEAD]
    parts += [_load_nodes(label) for label in labels]
    parts += [_load_edges(kind) for kind in kinds]
    return "\n".join(parts)


_CONVERT: dict[str, Callable[[str], str]] = {
    "string": lambda cell: cell,
    "long": lambda cell: f"toInteger({cell})",
    "double": lambda cell: f"toFloat({cell})",
    "boolean": lambda cell: f"toBoolean({cell})",
    "string[]": lambda cell: f"CASE WHEN {cell} IS NULL THEN [] ELSE split({cell}, ';') END",
}


def _setters(variable: str, headers: Iterable[str]) -> str:
    parts = []
    for header in headers:
        name, _, kind = header.partition(":")
        parts.append(f"{variable}.{name} = {_CONVERT[kind or 'string'](f'row.`{header}`')}")
    return ",\n      ".join(parts)


def _load_nodes(label: str) -> str:
    return f"""LOAD CSV WITH HEADERS FROM 'file:///nodes-{label}.csv' AS row
CALL {{
  WITH row
  MERGE (n:Resource {{uri: row.`uri:ID(Resource)`}})
  SET n:{label},
      {_setters("n", _node_header()[1:-1])}
}} IN TRANSACTIONS OF 1000 ROWS;
"""


def _load_edges(kind: str) -> str:
    return f"""LOAD CSV WITH HEADERS FROM 'file:///rels-{kind}.csv' AS row
CALL {{
  WITH row
  MATCH (a:Resource {{uri: row.`:START_ID(Resource)`}}), (b:Resource {{uri: row.`:END_ID(Resource)`}})
  MERGE (a)-[r:{kind}]->(b)
  SET {_setters("r", _EDGE_HEADER)}
}} IN TRANSACTIONS OF 1000 ROWS;
"""
