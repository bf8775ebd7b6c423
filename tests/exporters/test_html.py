"""Both pages: complete in themselves, the same bytes every time, inert whatever documents say; used in a real Chromium."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kg import ontology
from kg.exporters import html, webgl
from kg.exporters.page import asset, script_hash
from kg.graph import Graph
from kg.network import Edge, Network, Node, Quote
from tests.browser import NO_WEBGL, SOFTWARE, Browser, Page, running
from tests.graph_examples import CITY, TEXT, extraction, graph, hostile

PAGES = {"html": html, "webgl": webgl}
SCRIPTS = {"html": 3, "webgl": 4}
"""Libraries, the drawing, the program."""
ATTACK = "</script><img src=x onerror=alert(1)>\u2028&<b>@@library@@"
HOSTILE_WORDS = (
    ATTACK,
    "<svg onload=window.__xss=1><img src=x onerror=window.__xss=1>",
    "<!--<script>window.__xss=1",
    "`${window.__xss=1}` '\" \\",
    '" onmouseover="window.__xss=1',
    "javascript:window.__xss=1",
    "</style><style>@import url(http://evil.example/)",
    "\u202e\u0301" * 500 + "字" * 5000,
)


class Elements(HTMLParser):
    """Start tags with their attributes, and the text of the data block."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def made(format: str, *nodes: Node, edges: tuple[Edge, ...] = (), **options: int) -> str:
    network = Network(nodes, edges, {node.iri: node for node in nodes})
    return PAGES[format].page(network, ontology.load(), **options)


@pytest.fixture(params=sorted(PAGES))
def format(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def data(page: str) -> dict[str, Any]:
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert block
    loaded: dict[str, Any] = json.loads(block[1])
    return loaded


def star(leaves: int) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    nodes = (Node("hub", "中心", "City"), *(Node(f"n{i:04}", f"产业{i}", "Industry") for i in range(leaves)))
    return nodes, tuple(Edge("hub", f"n{i:04}", "develops") for i in range(leaves))


def test_the_same_graph_gives_the_same_bytes(format: str, tmp_path: Path) -> None:
    """Two exports of graphs built in different order are equal byte by byte."""
    other = extraction(TEXT + "附件另发。", "b.md")
    one = graph(extraction(), other).export(format, tmp_path / "a.html")
    two = graph(other, extraction()).export(format, tmp_path / "b.html")
    assert one.read_bytes() == two.read_bytes()


def test_nothing_is_loaded_from_elsewhere(format: str, tmp_path: Path) -> None:
    """No element names an address to load; the policy forbids every connection."""
    page = graph().export(format, tmp_path / "a.html").read_text("utf-8")
    for tag, attributes in Elements(page).tags:
        for name in ("src", "href", "action", "data", "srcset"):
            assert attributes.get(name) in (None, "data:,"), (tag, attributes)
    assert "default-src 'none'" in page and "unsafe-eval" not in page
    assert "sourceMappingURL" not in page and "@import" not in page and "bootstrap" not in page.split("<script", 1)[0]


def test_every_script_has_its_hash_in_the_policy(format: str) -> None:
    """The scripts run under the policy without 'unsafe-inline', so no other script can."""
    page = made(format)
    policy = next(a["content"] for t, a in Elements(page).tags if t == "meta" and "http-equiv" in a)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == SCRIPTS[format] and policy
    assert all(script_hash(script) in policy for script in scripts)
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]


def test_hostile_words_stay_words(format: str) -> None:
    """A label, alias, quote or title that tries to end the script is escaped and comes back unchanged as data."""
    evidence = Quote(ATTACK, "d", 0, 1, ATTACK, "r", 1.0)
    nodes = (Node("a", ATTACK, "City", (ATTACK,)), Node("b", "乙", "Industry"))
    page = made(format, *nodes, edges=(Edge("a", "b", "develops", (evidence,)),))
    loaded = data(page)
    assert loaded["things"][0]["label"] == loaded["quotes"][0] == loaded["documents"][0] == ATTACK
    assert [tag for tag, _ in Elements(page).tags if tag in ("img", "b")] == []
    assert page.count("\u2028") == made(format).count("\u2028")


def test_the_page_writes_documents_words_as_text_only(format: str) -> None:
    """The program uses no way of turning text into markup or code."""
    program = asset("page.js") + asset("draw-vis.js") + asset("draw-sigma.js")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|XMLHttp", program)


def test_an_empty_graph_is_a_valid_page(format: str, tmp_path: Path) -> None:
    """No nodes, no edges, still a page with all its parts."""
    page = Graph().export(format, tmp_path / "a.html").read_text("utf-8")
    loaded = data(page)
    assert loaded["things"] == loaded["facts"] == [] and loaded["totals"] == {"nodes": 0, "edges": 0, "targets": 0}


def test_above_the_budget_the_best_connected_nodes_stay(format: str) -> None:
    """Of 31 nodes ten are drawn, the hub first, and the page knows how many there were."""
    nodes, edges = star(30)
    loaded = data(made(format, *nodes, edges=edges, max_nodes=10))
    assert len(loaded["things"]) == 10 and loaded["things"][0]["label"] == "中心"
    assert loaded["totals"]["nodes"] == 31 and loaded["things"][0]["degree"] == 30


def test_above_the_budget_the_edges_with_most_evidence_stay(format: str) -> None:
    """One of two edges is drawn: the one with evidence."""
    nodes, edges = star(2)
    proven = Edge("hub", "n0001", "develops", (Quote("题", "d", 0, 1, "句", "r", 1.0),))
    loaded = data(made(format, *nodes, edges=(edges[0], proven), max_edges=1))
    assert [fact[4] for fact in loaded["facts"]] == [[0, 0]] and loaded["totals"]["edges"] == 2


def test_targets_stand_in_the_panel_of_what_they_are_about(format: str, tmp_path: Path) -> None:
    """The city's record has the target with operator, value, unit and year; the target is no node of the drawing."""
    loaded = data(graph().export(format, tmp_path / "a.html").read_text("utf-8"))
    city = next(t for t in loaded["things"] if t["label"] == "深圳市")
    target = city["targets"][0]
    assert {"metric", "operator", "value", "unit", "year"} <= target.keys()
    assert loaded["quotes"][target["quotes"][1]]
    assert not [t for t in loaded["things"] if t["type"] in ("Target", "Incentive")]
    assert CITY not in json.dumps(loaded["things"])


def test_edges_carry_quotes_and_documents(format: str, tmp_path: Path) -> None:
    """Every edge that a document states names a quote and the document's title."""
    loaded = data(graph().export(format, tmp_path / "a.html").read_text("utf-8"))
    stated = [fact for fact in loaded["facts"] if fact[3]]
    assert stated
    for fact in stated:
        document, text = fact[4][:2]
        assert loaded["documents"][document] == "关于支持新型储能的若干措施" and loaded["quotes"][text]


# In a browser ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with running(*SOFTWARE) as started:
        yield started


@contextmanager
def shown(browser: Browser, page: Path, address: str = "") -> Iterator[Page]:
    """The page in use; at the end it has written nothing to the console, asked for nothing, and run no script of others."""
    with browser.page(page, address) as used:
        yield used
        assert used.run(
            "window.__xss === undefined && document.querySelectorAll('img, svg, iframe, object, embed').length === 0"
        )
        assert used.console == [] and used.requests == []


def search(page: Page, name: str) -> None:
    """Type a name into the search and take the first hit, with the keyboard only."""
    page.press("/")
    page.write(name)
    page.press("Enter")


COUNTS = "document.getElementById('status').textContent.match(/\\d+/g).map(Number)"
"""Shown nodes, all nodes, shown relations, all relations, targets."""


def test_the_page_runs_without_a_word_in_the_console(format: str, tmp_path: Path, browser: Browser) -> None:
    """Under its own policy the page draws a canvas, fills the legend, and neither fails nor asks for anything."""
    page = graph(extraction(), hostile()).export(format, tmp_path / "a.html")
    with shown(browser, page) as used:
        assert used.run("document.querySelectorAll('#canvas canvas').length") >= 1
        assert "地级行政区" in used.text("#types") and "个节点" in used.text("#status")


def test_the_counts_are_those_of_the_graph(format: str, tmp_path: Path, browser: Browser) -> None:
    """Nodes, relations and targets on the page are those of the network, targets and incentives not being drawn."""
    made_ = graph()
    net = made_.network()
    drawn = {node.iri for node in net.nodes if node.type not in ("Target", "Incentive")}
    edges = [edge for edge in net.edges if edge.source in drawn and edge.target in drawn]
    with shown(browser, made_.export(format, tmp_path / "a.html")) as used:
        used.run("document.getElementById('lonely').click()")
        assert used.run(COUNTS) == [len(drawn), len(drawn), len(edges), len(edges), len(made_.query("target-ledger"))]


def test_a_search_opens_the_node_with_facts_and_targets(format: str, tmp_path: Path, browser: Browser) -> None:
    """An alias in the address finds the node; its panel lists the fact, its stance and the target."""
    page = graph().export(format, tmp_path / "a.html")
    with shown(browser, page, "#q=" + quote("我市")) as used:
        panel = used.text("#panel")
        assert used.text("#panel h2") == "深圳市"
        assert "新型储能" in panel and "1.50万亿元" in panel and "2025" in panel and "≥" in panel


def test_filters_edges_and_language_work(format: str, tmp_path: Path, browser: Browser) -> None:
    """Unticking a class or relation lowers the counts, the neighborhood is smaller than the whole, the toggle gives English."""
    with shown(browser, graph().export(format, tmp_path / "a.html")) as used:
        nodes, _, edges, *_ = used.run(COUNTS)
        used.run("document.querySelector('#types input[value=Industry]').click()")
        assert used.run(COUNTS)[0] < nodes and used.run(COUNTS)[2] < edges
        used.run("document.querySelector('#types input[value=Industry]').click()")
        used.run("document.querySelector('#relations input[value=develops]').click()")
        assert used.run(COUNTS)[2] == edges - 3
        used.run("document.querySelector('#relations input[value=develops]').click()")
        search(used, "深圳市")
        used.run("document.getElementById('near').click()")
        assert used.run(COUNTS)[0] < nodes and used.run("document.activeElement.id") == "near"
        used.run("document.getElementById('language').click()")
        assert used.text("#status").startswith("Showing") and used.run("document.documentElement.lang") == "en"
        used.press("Escape")
        assert used.run("document.querySelectorAll('#panel h2').length") == 0 and used.run(COUNTS)[0] == nodes


def test_everything_is_reached_by_keyboard(format: str, tmp_path: Path, browser: Browser) -> None:
    """Slash, a name, Enter, then Tab and Enter alone lead to the sentence that states a fact, with a visible ring on the way."""
    with shown(browser, graph().export(format, tmp_path / "a.html")) as used:
        search(used, "深圳市")
        for _ in range(60):
            used.press("Tab")
            if used.run("document.activeElement.matches('#panel .open') && document.activeElement.textContent === '依据 1'"):
                break
        assert used.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        used.press("Enter")
        assert used.text("#panel blockquote") in TEXT and used.run("document.activeElement.id") == "panel"
        used.press("Tab")
        assert used.run("document.activeElement.closest('#panel') !== null")


def test_a_click_on_an_edge_shows_its_evidence(format: str, tmp_path: Path, browser: Browser) -> None:
    """The pointer pressed on the drawn edge opens the panel with the quote; one beside it clears the panel.

    After an edge was chosen its middle is the middle of the canvas.
    """
    with shown(browser, graph().export(format, tmp_path / "a.html")) as used:
        search(used, "深圳市")
        used.run("[...document.querySelectorAll('#panel .open')].find((one) => one.textContent === '依据 1').click()")
        title = used.text("#panel h2")
        used.press("Escape")
        left, top, width, height = used.run(
            "(({ left, top, width, height }) => [left, top, width, height])(document.getElementById('canvas').getBoundingClientRect())"
        )
        used.click(left + width / 2, top + height / 2)
        used.until("document.querySelectorAll('#panel blockquote').length > 0")
        assert used.text("#panel h2") == title
        used.run("new Promise((done) => setTimeout(done, 400))")  # two clicks at once would be a double click
        used.click(left + 6, top + 6)
        used.until("document.querySelectorAll('#panel h2').length === 0")


def test_the_budget_is_told(format: str, tmp_path: Path, browser: Browser) -> None:
    """The page says how many of how many nodes it shows and by what they were chosen."""
    nodes, edges = star(30)
    page = tmp_path / "a.html"
    page.write_text(made(format, *nodes, edges=edges, max_nodes=10), "utf-8")
    with shown(browser, page) as used:
        assert "显示 10 / 31 个节点（按度数）" in used.text("#status")


@pytest.mark.parametrize("attack", HOSTILE_WORDS)
def test_hostile_words_do_nothing_in_a_browser(format: str, attack: str, tmp_path: Path, browser: Browser) -> None:
    """A label, alias, quote or title that is a script, markup or an odd name is shown letter by letter, and runs nothing."""
    page = tmp_path / "a.html"
    evidence = Quote(attack, "d", 0, 1, attack, "r", 1.0)
    nodes = (Node("a", "甲" + attack, "City", (attack,)), Node("b", "乙", "Industry"))
    page.write_text(made(format, *nodes, edges=(Edge("a", "b", "develops", (evidence,)),)), "utf-8")
    with shown(browser, page, "#q=" + quote("甲")) as used:
        assert used.run("document.querySelector('#panel h2').textContent") == "甲" + attack
        used.run("document.querySelector('#panel .open').click()")
        assert used.run("document.querySelector('#panel blockquote').textContent") == attack
        assert used.run("document.body.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString", "hasOwnProperty"])
def test_names_of_the_language_are_ordinary_names(format: str, name: str, tmp_path: Path, browser: Browser) -> None:
    """A class, a relation and a node called like a part of JavaScript are counted and shown like any other."""
    page = tmp_path / "a.html"
    page.write_text(made(format, Node(name, name, name), Node("b", "乙", "City"), edges=(Edge(name, "b", name),)), "utf-8")
    with shown(browser, page, "#q=" + name) as used:
        assert used.text("#panel h2") == name and used.run(COUNTS)[:4] == [2, 2, 1, 1]
        used.run(f"document.querySelector('#relations input[value={name}]').click()")
        assert used.run(COUNTS)[2] == 0


def test_an_address_cannot_carry_a_script(format: str, tmp_path: Path, browser: Browser) -> None:
    """What stands behind # reaches the search box as text."""
    page = graph().export(format, tmp_path / "a.html")
    attack = '"><script>window.__xss = 1</script><img src=x onerror="window.__xss=1">'
    with shown(browser, page, "#q=" + quote(attack)) as used:
        assert used.run("document.getElementById('search').value") == attack


def test_a_part_says_what_it_is_a_part_of(format: str, tmp_path: Path, browser: Browser) -> None:
    """The page of a cut names its focus, hops and the size of the whole."""
    whole = graph()
    page = whole.cut(focus=["深圳市"], hops=1).export(format, tmp_path / "a.html")
    with shown(browser, page) as used:
        assert f"子图（深圳市 1 步以内；全图连同目标共 {len(whole.network().nodes)} 个节点）" in used.text("#status")


def test_long_lists_are_opened_bit_by_bit(format: str, tmp_path: Path, browser: Browser) -> None:
    """A hub's 250 facts stand in a closed group; opened it lists 100, then 100 more, then the rest."""
    nodes, edges = star(250)
    page = tmp_path / "a.html"
    page.write_text(made(format, *nodes, edges=edges), "utf-8")
    facts = "document.querySelectorAll('#panel .fact').length"
    with shown(browser, page) as used:
        used.run("document.querySelector('#panel .list button').click()")
        assert used.run(facts) == 0
        used.run("document.querySelector('#panel .group summary').click()")
        used.until(f"{facts} === 100")
        used.run("document.querySelector('#panel .more').click(), document.querySelector('#panel .more').click()")
        assert used.run(facts) == 250 and used.run("document.querySelector('#panel .more').hidden")


def test_a_large_graph_is_drawn_whole(tmp_path: Path, browser: Browser) -> None:
    """The WebGL page of 21,000 relations has them all, answers a search with the neighborhood, and takes a click."""
    nodes = tuple(Node(f"n{i:05}", f"点{i}", ("City", "Industry", "Policy")[i % 3]) for i in range(6000))
    pairs = [(i, j % 6000) for i in range(6000) for j in (i * 2 + 1, i * 3 + 2, i // 2) if i != j % 6000]
    edges = tuple(Edge(nodes[a].iri, nodes[b].iri, "develops") for a, b in dict.fromkeys(pairs))
    edges += tuple(Edge(nodes[a].iri, nodes[(a + 7) % 6000].iri, "covers") for a in range(4000))
    page = tmp_path / "a.html"
    page.write_text(made("webgl", *nodes, edges=edges), "utf-8")
    with shown(browser, page, "#q=" + quote("点1234")) as used:
        assert len(edges) > 20000 and used.run(COUNTS)[:4] == [6000, 6000, len(edges), len(edges)]
        assert used.text("#panel h2") == "点1234"
        used.run("document.getElementById('near').click()")
        assert used.run(COUNTS)[0] == len({a for e in edges for a in (e.source, e.target) if "n01234" in (e.source, e.target)})
        used.press("Escape")
        assert used.run(COUNTS)[2] == len(edges)


def test_the_drawing_moves_by_keys_and_goes_to_paper(format: str, tmp_path: Path, browser: Browser) -> None:
    """The frame of the drawing takes the focus and has a name; the printed page has the drawing, the legend and the open panel."""
    with shown(browser, graph().export(format, tmp_path / "a.html")) as used:
        used.run("document.querySelector('#canvas [role=application], #canvas[role=application]').focus()")
        assert "方向键" in used.run("document.activeElement.getAttribute('aria-label')")
        before = used.picture()
        used.press("+", "ArrowLeft", hold=0.15)
        used.run("new Promise((done) => setTimeout(done, 400))")
        assert used.picture() != before
        search(used, "深圳市")
        import pypdfium2

        paper = pypdfium2.PdfDocument(used.paper())
        text = "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in paper)
        assert "地级行政区" in text and "1.50万亿元" in text and "取消选择" not in text
        assert "到2025年，新型储能产值达到1.50万亿元" in text
        picture = "document.getElementById('picture')"
        pixels = (
            f"new Uint32Array({picture}.getContext('2d').getImageData(0, 0, {picture}.width, {picture}.height).data.buffer)"
        )
        assert used.run(f"new Set({pixels}).size") > 20


def test_without_webgl_lists_and_panels_work(tmp_path: Path) -> None:
    """A browser that cannot draw says so in the drawing's place; a search still opens facts and evidence."""
    page = graph().export("webgl", tmp_path / "a.html")
    with running(*NO_WEBGL) as plain, plain.page(page, "#q=" + quote("我市")) as used:
        assert "此浏览器没有 WebGL" in used.text("#canvas")
        assert used.text("#panel h2") == "深圳市" and "新型储能" in used.text("#panel")
        used.run("document.querySelector('#panel .open').click()")
        assert used.requests == []


def test_vendored_libraries_are_as_published_with_their_licenses() -> None:
    """The scripts have the recorded hashes, load nothing, and the page holds the notices that MIT asks for."""
    import hashlib

    notes = asset("README.md", "vendor")
    page = made("webgl")
    for script, licenses in webgl.LIBRARIES:
        text = asset(script, "vendor")
        assert hashlib.sha256(text.encode("utf-8")).hexdigest() in notes
        assert "sourceMappingURL" not in text and "http://" not in text and "https://" not in text and "eval(" not in text
        assert all(asset(f"{name}.LICENSE.txt", "vendor").strip() in page for name in licenses)
