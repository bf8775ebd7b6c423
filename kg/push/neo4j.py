"""A running Neo4j 5, over Bolt with its official driver: the same nodes and relations as in the folder for Neo4j.

The constraint comes first, then batches of ``UNWIND … MERGE`` on uri and ends, each in a transaction of its own that also notes
how far it got (in one node, KgPush, removed at the end); a push of the same graph that was interrupted goes on from there.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from kg import iri
from kg.errors import KgError, OutputError, UsageError
from kg.property_graph import Nodes, PropertyGraph, Relations, property_graph

if TYPE_CHECKING:
    import neo4j

    from kg.graph import Graph
    from kg.push import Progress

BATCH = 2000
"""Rows of one transaction: large enough for speed, small enough for a server with little memory."""
_URL = re.compile(r"(?:bolt|neo4j)(?:\+s|\+ssc)?://(?P<user>[^/@]*@)?[^/@\s]+/?")
_CONSTRAINT = "CREATE CONSTRAINT n10s_unique_uri IF NOT EXISTS FOR (r:Resource) REQUIRE r.uri IS UNIQUE"
_INDEX = "CREATE INDEX kg_label IF NOT EXISTS FOR (r:Resource) ON (r.label)"
_DONE = "MERGE (p:KgPush {id: $id}) SET p.done = $done"


class _Batch(NamedTuple):
    statement: str
    rows: list[dict[str, Any]]
    what: str


def push(
    graph: Graph,
    url: str,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    evidence: str = "properties",
    batch: int = BATCH,
    prune: bool = False,
    progress: Progress | None = None,
) -> str:
    """Merge ``graph`` into the database at ``url`` (bolt://host:7687, neo4j+s://…) and return what was done.

    ``user``, ``password`` and ``database`` default to NEO4J_USERNAME (neo4j), NEO4J_PASSWORD and NEO4J_DATABASE (the server's).
    ``evidence="nodes"`` adds a node for each evidence; ``prune`` deletes what an earlier push wrote and ``graph`` no longer
    holds. Raises UsageError for a URL of another kind, OutputError when the server cannot be reached or refuses.
    """
    _check(url)
    made = property_graph(graph, evidence=evidence)
    batches = list(_batches(made, batch))
    name = user or os.environ.get("NEO4J_USERNAME") or "neo4j"
    secret = password or os.environ.get("NEO4J_PASSWORD")
    with _clear(url, name), _driver(url, name, secret) as driver:
        driver.verify_connectivity()
        with driver.session(database=database or os.environ.get("NEO4J_DATABASE")) as session:
            _run(session, _CONSTRAINT)
            _run(session, _INDEX)
            created = _write(session, batches, _identity(graph, evidence, batch), progress)
            deleted = _prune(session, made, batch) if prune else 0
    nodes, relations = made.size
    pruned = f", {deleted} deleted" if prune else ""
    return f"{nodes} nodes and {relations} relations are in {url} ({created[0]} and {created[1]} of them new{pruned})"


def _check(url: str) -> None:
    match = _URL.fullmatch(url)
    if not match:
        raise UsageError(f"{url!r} is no Neo4j address; write bolt://HOST:7687 or neo4j+s://HOST")
    if match["user"]:
        raise UsageError("no user or password in the address, others could read it; set NEO4J_USERNAME and NEO4J_PASSWORD")


def _driver(url: str, user: str, password: str | None) -> neo4j.Driver:
    try:
        import neo4j
    except ImportError as error:
        raise UsageError("kg push neo4j needs Neo4j's driver: pip install 'policy-kg[neo4j]'") from error
    notes = logging.getLogger("neo4j.notifications")
    if not notes.handlers:
        # Else Python prints the server's hints (a label that does not exist yet) on stderr when nobody has set up logging.
        notes.addHandler(logging.NullHandler())
    return neo4j.GraphDatabase.driver(url, auth=(user, password) if password else None, connection_timeout=15)


@contextmanager
def _clear(url: str, user: str) -> Iterator[None]:
    """What the driver raises, as one line that says what to do."""
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        if not type(error).__module__.startswith("neo4j"):
            raise
        raise OutputError(_message(error, url, user)) from error


def _message(error: Exception, url: str, user: str) -> str:
    from neo4j.exceptions import AuthError, Neo4jError, ServiceUnavailable

    first = str(error).strip().partition("\n")[0].rstrip(":.")
    if isinstance(error, AuthError):
        return f"{url} does not let user {user!r} in: set NEO4J_PASSWORD (and --user, or NEO4J_USERNAME)"
    if isinstance(error, ServiceUnavailable):
        return f"no Neo4j answers at {url}: {first}; is it running, and is this its Bolt port (7687, not 7474)?"
    if isinstance(error, Neo4jError) and "DatabaseNotFound" in (error.code or ""):
        return f"no such database at {url}: {error.message}"
    return f"Neo4j at {url} stopped the push: {first}; running it again goes on where it stopped"


def _identity(graph: Graph, *options: object) -> str:
    """The same for the same graph and batches, so that only what is really the same push is resumed."""
    digest = hashlib.sha256(repr(options).encode())
    for line in graph.lines():
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _batches(made: PropertyGraph, size: int) -> Iterator[_Batch]:
    for nodes in made.nodes:
        rows = [{"uri": uri, "properties": properties} for uri, properties in nodes.rows]
        yield from _split(_merge_nodes(nodes), rows, nodes.name, size)
    for relations in made.relations:
        rows = [{"start": start, "end": end, "properties": properties} for start, end, properties in relations.rows]
        yield from _split(_merge_relations(relations), rows, relations.type, size)


def _split(statement: str, rows: list[dict[str, Any]], what: str, size: int) -> Iterator[_Batch]:
    for first in range(0, len(rows), size):
        yield _Batch(statement, rows[first : first + size], what)


def _merge_nodes(nodes: Nodes) -> str:
    """A property of ours without a value is removed, one that others added stays."""
    labels = ":".join(nodes.labels[:-1])
    return f"UNWIND $rows AS row MERGE (n:Resource {{uri: row.uri}}) SET n:{labels}, n += row.properties"


def _merge_relations(relations: Relations) -> str:
    ends = "MATCH (a:Resource {uri: row.start}) MATCH (b:Resource {uri: row.end})"
    return f"UNWIND $rows AS row {ends} MERGE (a)-[r:{relations.type}]->(b) SET r += row.properties"


def _write(session: neo4j.Session, batches: list[_Batch], identity: str, progress: Progress | None) -> tuple[int, int]:
    """Nodes and relations created. Begins after the batches that an interrupted push of the same graph has done."""
    found = _run(session, "MATCH (p:KgPush {id: $id}) RETURN p.done AS done", id=identity)
    begin = found[0]["done"] if found else 0
    nodes = relations = 0
    for number, part in enumerate(batches[begin:], begin + 1):
        counters = session.execute_write(_one, part, identity, number)
        nodes += counters.nodes_created
        relations += counters.relationships_created
        if progress:
            progress(number, len(batches), part.what)
    _run(session, "MATCH (p:KgPush) DELETE p")
    return nodes, relations


def _one(transaction: neo4j.ManagedTransaction, part: _Batch, identity: str, number: int) -> neo4j.SummaryCounters:
    counters = transaction.run(part.statement, rows=part.rows).consume().counters
    transaction.run(_DONE, id=identity, done=number).consume()
    return counters


def _run(session: neo4j.Session, statement: str, **parameters: Any) -> list[neo4j.Record]:
    return list(session.run(statement, parameters))


_OURS = "MATCH (n:Resource) WHERE n.uri STARTS WITH $data OR n.uri STARTS WITH $terms RETURN n.uri AS uri"
_TYPES = "MATCH (r:Relation) WHERE r.type IS NOT NULL RETURN r.type AS type"
_EXTRA = ("BROADER", "DOCUMENT", "EVIDENCE", "MENTIONS", "OBJECT", "SUBJECT")
"""Relation types of ours that are no relation of the ontology."""
_LINKS = """MATCH (a:Resource)-[r]->(b:Resource) WHERE a.uri STARTS WITH $data AND type(r) IN $types
RETURN elementId(r) AS id, type(r) AS type, a.uri AS start, b.uri AS end"""


def _prune(session: neo4j.Session, made: PropertyGraph, batch: int) -> int:
    """Delete our nodes and relations that ``made`` does not hold; what others added under addresses of theirs stays."""
    bases = {"data": iri.BASE, "terms": iri.ONTOLOGY}
    kept = {uri for nodes in made.nodes for uri, _ in nodes.rows}
    links = {(relations.type, start, end) for relations in made.relations for start, end, _ in relations.rows}
    types = sorted({*_EXTRA, *(link[0] for link in links), *(row["type"] for row in _run(session, _TYPES))})
    gone = [row["uri"] for row in _run(session, _OURS, **bases) if row["uri"] not in kept]
    found = _run(session, _LINKS, types=types, **bases)
    loose = [row["id"] for row in found if (row["type"], row["start"], row["end"]) not in links]
    for first in range(0, len(loose), batch):
        _run(session, "UNWIND $ids AS id MATCH ()-[r]->() WHERE elementId(r) = id DELETE r", ids=loose[first : first + batch])
    for first in range(0, len(gone), batch):
        _run(session, "UNWIND $uris AS uri MATCH (n:Resource {uri: uri}) DETACH DELETE n", uris=gone[first : first + batch])
    return len(gone) + len(loose)
