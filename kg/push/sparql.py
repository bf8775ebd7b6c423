"""A SPARQL server (Fuseki, GraphDB, RDF4J, Virtuoso, Oxigraph …): one named graph for each document, as in ``graph.nq``.

By the Graph Store Protocol (PUT) or, with ``update``, by SPARQL Update; both replace a graph whole, so pushing again, or after
an interruption, gives the same. Only Python's own HTTP client is used.
"""

from __future__ import annotations

import base64
import http.client
import os
import re
import urllib.error
import urllib.request
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg import iri
from kg.errors import OutputError, UsageError
from kg.stores.memory import triple

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.push import Progress

TIMEOUT = 120.0
"""Seconds to wait for one answer."""
_URL = re.compile(r"https?://(?P<user>[^/@]*@)?[^/@\s]+(/\S*)?")
_HINT = "for Fuseki http://HOST:3030/DATASET/data, or /DATASET/update with --update"


def push(
    graph: Graph,
    url: str,
    *,
    update: bool = False,
    prune: bool = False,
    timeout: float = TIMEOUT,
    progress: Progress | None = None,
) -> str:
    """Replace each named graph of ``graph`` in the store at ``url`` and return what was done.

    ``url`` is the Graph Store endpoint, with ``update`` the update endpoint. ``prune`` (with ``update``) empties graphs of
    documents that ``graph`` no longer holds. KG_SPARQL_USER and KG_SPARQL_PASSWORD, or KG_SPARQL_TOKEN, say who asks. Raises
    UsageError for a URL of another kind, OutputError when the server cannot be reached or refuses.
    """
    _check(url)
    if prune and not update:
        raise UsageError("--prune needs --update: the Graph Store Protocol cannot list the graphs of a server")
    graphs = _by_graph(graph)
    for number, (name, triples) in enumerate(graphs.items(), 1):
        if update:
            _update(url, f"DROP SILENT GRAPH <{name}> ; INSERT DATA {{ GRAPH <{name}> {{\n{triples}}} }}", timeout)
        else:
            _put(url, name, triples, timeout)
        if progress:
            progress(number, len(graphs), iri.local(name))
    if prune:
        _update(url, _pruning(list(graphs)), timeout)
    return f"{len(graphs)} named graphs with {len(graph)} statements are in {url}"


def _check(url: str) -> None:
    match = _URL.fullmatch(url)
    if not match:
        raise UsageError(f"{url!r} is no address of a SPARQL server; {_HINT}")
    if match["user"]:
        raise UsageError("no user or password in the address, others could read it; set KG_SPARQL_USER and KG_SPARQL_PASSWORD")


def _by_graph(graph: Graph) -> dict[str, str]:
    """Graph IRI -> its triples as N-Triples (which SPARQL's INSERT DATA takes as they are)."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in graph.lines():
        found[line.rsplit(" ", 2)[1][1:-1]].append(triple(line))
    return {name: "\n".join(triples) + "\n" for name, triples in sorted(found.items())}


def _pruning(kept: list[str]) -> str:
    names = ", ".join(f"<{name}>" for name in kept)
    mine = f'REGEX(STR(?g), "^{re.escape(iri.BASE)}(document|graph)/")'.replace("\\", "\\\\")
    mine += f" && ?g NOT IN ({names})" if kept else ""
    return f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({mine}) }}"


def _put(url: str, name: str, triples: str, timeout: float) -> None:
    sign = "&" if "?" in url else "?"
    address = f"{url}{sign}graph={quote(name, safe='')}"
    _send(url, address, "PUT", "application/n-triples", triples, timeout)


def _update(url: str, text: str, timeout: float) -> None:
    _send(url, url, "POST", "application/sparql-update; charset=utf-8", text, timeout)


def _send(url: str, address: str, method: str, kind: str, text: str, timeout: float) -> None:
    headers = {"Content-Type": kind, "User-Agent": "policy-kg", **_authorization()}
    request = urllib.request.Request(address, data=text.encode("utf-8"), method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        raise OutputError(_refusal(error, url)) from error
    except urllib.error.URLError as error:
        raise OutputError(
            f"no SPARQL server answers at {url}: {getattr(error.reason, 'strerror', None) or error.reason}"
        ) from error
    except (http.client.HTTPException, OSError) as error:
        raise OutputError(
            f"{url} broke off: {error or type(error).__name__}; push again, it replaces each graph whole"
        ) from error


def _authorization() -> dict[str, str]:
    token = os.environ.get("KG_SPARQL_TOKEN")
    if token:
        return {"Authorization": f"Bearer {token}"}
    user, password = os.environ.get("KG_SPARQL_USER"), os.environ.get("KG_SPARQL_PASSWORD")
    if not user:
        return {}
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password or ''}".encode()).decode("ascii")}


def _refusal(error: urllib.error.HTTPError, url: str) -> str:
    if error.code in (401, 403):
        return f"{url} does not let us write ({error.code}): set KG_SPARQL_USER and KG_SPARQL_PASSWORD, or KG_SPARQL_TOKEN"
    if error.code in (404, 405):
        return f"nothing to write to at {url} ({error.code} {error.reason}); {_HINT}"
    lines = error.read(2000).decode("utf-8", "replace").strip().splitlines()
    return f"{url} answers {error.code} {error.reason}" + (f": {lines[0][:200]}" if lines else "")
