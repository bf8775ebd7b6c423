"""A cut holds what was asked for, all that is known of it, and nothing else; every format is written from the same cut."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kg import subgraph
from kg.errors import UsageError
from kg.exporters import EXPORTERS
from kg.graph import Graph
from kg.network import Edge, Network, Node
from tests.graph_examples import (
    AGENCY,
    BASIS,
    CITY,
    DISTRICT,
    PARENT_TOPIC,
    POLICY,
    TASK,
    TEXT,
    TOPIC,
    extraction,
    graph,
    hostile,
)


def iris(made: Graph) -> set[str]:
    return {node.iri for node in made.network().nodes}


def chain(length: int) -> Network:
    """n0 - n1 - n2 …, and a lone node; every third is an industry."""
    nodes = [Node(f"n{i}", f"名{i}", "Industry" if i % 3 == 0 else "City") for i in range(length)] + [
        Node("lone", "独", "City")
    ]
    return Network(tuple(nodes), tuple(Edge(f"n{i}", f"n{i + 1}", "develops") for i in range(length - 1)))


def chosen(net: Network, **choice: object) -> set[str]:
    return set(subgraph.nodes(net, subgraph.Choice(**choice), graph().vocabulary))  # type: ignore[arg-type]


def test_hops_count_relations_in_both_directions() -> None:
    """Around the middle of a chain: itself, then one and two on each side."""
    net = chain(9)
    assert chosen(net, focus=("n4",), hops=0) == {"n4"}
    assert chosen(net, focus=("n4",), hops=1) == {"n3", "n4", "n5"}
    assert chosen(net, focus=("n4",), hops=2) == {"n2", "n3", "n4", "n5", "n6"}


def test_types_bind_before_hops_but_keep_the_focus() -> None:
    """A node of another class carries no hop; the focus stays whatever its class; a class takes in those below it."""
    net = chain(9)
    assert chosen(net, focus=("n4",), hops=5, types=("City",)) == {"n4", "n5"}
    assert chosen(net, focus=("n3",), hops=1, types=("Place",)) == {"n2", "n3", "n4"}
    assert chosen(net, types=("Topic",)) == {"n0", "n3", "n6"}


def test_the_limit_keeps_the_nearest_then_the_best_connected() -> None:
    """Of nodes at one distance those with more relations inside the cut stay; a lone node goes first."""
    net = chain(9)
    assert chosen(net, focus=("n0",), hops=8, max_nodes=3) == {"n0", "n1", "n2"}
    assert "lone" not in chosen(net, max_nodes=7)


def test_nothing_chosen_keeps_every_node() -> None:
    """Without a choice a cut has the nodes and edges of the whole."""
    whole = graph()
    assert whole.cut().network() == whole.network()


def test_a_cut_has_what_the_whole_says_of_its_things() -> None:
    """Nodes with labels, aliases, attributes, edges between them and evidence are those of the whole."""
    whole = graph(extraction(), extraction(TEXT + "附件另发。", "b.md"))
    part = whole.cut(focus=["深圳市"])
    assert {CITY, TOPIC, POLICY} <= iris(part) and not {TASK, BASIS, AGENCY} & iris(part)
    net, every = part.network(), whole.network()
    assert set(net.nodes) <= set(every.nodes)
    kept = iris(part)
    assert list(net.edges) == [e for e in every.edges if e.source in kept and e.target in kept]
    assert part.documents() == whole.documents()


def test_a_cut_states_nothing_that_the_whole_does_not() -> None:
    """Its quads are some of the quads of the whole, which stays as it was; numbers about nothing are left out."""
    whole = graph(extraction(), hostile())
    before = whole.lines()
    part = whole.cut(focus=["福田区"], hops=2)
    assert set(part.lines()) < set(before) == set(whole.lines())
    assert not len(part.query("unread-numbers"))


def test_evidence_of_a_fact_stays_only_with_both_its_ends() -> None:
    """Every evidence of the cut has a statement whose ends are there, or belongs to a target or incentive of the cut."""
    part = graph().cut(focus=["深圳市"], types=["Place", "Topic"])
    rows = part.query("SELECT ?s ?o { ?e a kg:Evidence OPTIONAL { ?e rdf:subject ?s ; rdf:object ?o } }").rows
    assert rows and {name for row in rows for name in row} <= iris(part)
    assert {TOPIC, CITY} <= iris(part) and len(rows) == sum(len(edge.evidence) for edge in part.network().edges)


def test_a_topic_brings_those_below_and_what_touches_them() -> None:
    """LED照明's own edges are kept, and with a focus only what both choose."""
    whole = graph()
    assert {PARENT_TOPIC, DISTRICT, TOPIC} <= iris(whole.cut(topics=["LED照明"]))
    assert AGENCY not in iris(whole.cut(topics=["LED照明"]))
    both = whole.cut(topics=["LED照明"], focus=["福田区"], hops=1)
    assert {PARENT_TOPIC, DISTRICT} <= iris(both) and CITY not in iris(both)


def test_names_resolve_as_in_questions() -> None:
    """An alias, another width or case, a class by its Chinese label."""
    whole = graph()
    assert iris(whole.cut(focus=["我市"])) == iris(whole.cut(focus=[CITY]))
    assert iris(whole.cut(topics=["ＬＥＤ照明"])) == iris(whole.cut(topics=["LED照明"]))
    assert iris(whole.cut(types=["产业"])) == iris(whole.cut(types=["industry"]))
    assert {TOPIC, PARENT_TOPIC} <= iris(whole.cut(types=["产业"])) and CITY not in iris(whole.cut(types=["产业"]))


@pytest.mark.parametrize(
    ("choice", "near"), [({"focus": ["深圳特"]}, "深圳"), ({"types": ["Citty"]}, "city"), ({"topics": ["新型储"]}, "新型储能")]
)
def test_an_unknown_name_is_refused_with_near_ones(choice: dict[str, list[str]], near: str) -> None:
    """The message names what is like it."""
    with pytest.raises(UsageError, match=near):
        graph().cut(**choice)  # type: ignore[arg-type]


def test_the_scope_tells_what_was_cut() -> None:
    """The cut knows its choice in names and the size of the whole; the whole has no scope."""
    whole = graph()
    scope = whole.cut(focus=["我市"], hops=2, max_nodes=4).scope
    assert whole.scope is None and scope
    assert scope.focus == ("深圳市",) and scope.hops == 2 and scope.whole_nodes == len(whole.network().nodes)


def test_the_same_cut_gives_the_same_bytes(tmp_path: Path) -> None:
    """Documents in another order, the same cut."""
    other = extraction(TEXT + "附件另发。", "b.md")
    one, two = graph(extraction(), other), graph(other, extraction())
    assert one.cut(focus=["福田区"], hops=2).lines() == two.cut(focus=["福田区"], hops=2).lines()


@pytest.mark.parametrize("format", sorted(EXPORTERS))
def test_every_format_takes_a_cut(format: str, tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    """The command writes the part in each format; what is outside it is in none of them."""
    from kg.exporters import export

    export(graph(), "nquads", tmp_path / "graph.nq")
    done = command("export", format, "-g", "graph.nq", "-o", "out", "--focus", "深圳市", "--types", "Place,Topic,Target")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out"
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    data = b"".join(file.read_bytes() for file in files)
    if format == "xlsx":
        import zipfile

        with zipfile.ZipFile(out) as package:
            data = b"".join(package.read(name) for name in package.namelist())
    text = data.decode("utf-8")
    assert "新型储能" in text and "甲能科技" not in text and "市发展改革委" not in text


def test_formats_agree_on_the_size_of_a_cut(tmp_path: Path) -> None:
    """GraphML, GEXF and networkx have as many nodes and edges as the cut's network."""
    part = graph().cut(focus=["福田区"], hops=2)
    sizes = (len(part.network().nodes), len(part.network().edges))
    assert 0 < sizes[0] < len(graph().network().nodes)
    for format in ("graphml", "gexf"):
        tags = [e.tag.rsplit("}")[-1] for e in ET.parse(part.export(format, tmp_path / format)).iter()]
        assert (tags.count("node"), tags.count("edge")) == sizes
    made = part.networkx()
    assert (made.number_of_nodes(), made.number_of_edges()) == sizes


def test_an_unknown_name_ends_the_command_with_two(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    """Exit code 2, one line that names a near one, no file."""
    graph().export("nquads", tmp_path / "graph.nq")
    done = command("export", "turtle", "-g", "graph.nq", "-o", "out.ttl", "--focus", "深圳特区")
    assert done.returncode == 2 and "similar: 深圳" in done.stderr and not (tmp_path / "out.ttl").exists()


def test_the_command_says_what_a_page_leaves_out(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    """A page that draws fewer nodes than there are is announced; one that draws all is not."""
    graph().export("nquads", tmp_path / "graph.nq")
    few = command("export", "html", "-g", "graph.nq", "-o", "few.html", "--max-nodes", "5")
    assert few.returncode == 0 and "cut: 5 of" in few.stderr
    assert "best connected" not in command("export", "html", "-g", "graph.nq", "-o", "all.html").stderr
    from kg.cli import _say_what_is_left

    assert _said(lambda: _say_what_is_left(graph(), 5)).startswith("the page draws the 5 best connected of ")


def _said(call) -> str:  # type: ignore[no-untyped-def]
    import contextlib

    out = io.StringIO()
    with contextlib.redirect_stderr(out):
        call()
    return out.getvalue()
