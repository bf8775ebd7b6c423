"""The page: complete in itself, the same bytes every time, inert whatever documents say; searched and filtered in Chromium."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kg import ontology
from kg.exporters import html
from kg.exporters.positions import places
from kg.graph import Graph
from kg.network import Edge, Network, Node, Quote
from tests.graph_examples import CITY, TEXT, extraction, graph, hostile

ATTACK = "</script><img src=x onerror=alert(1)>\u2028&<b>@@library@@"


class Elements(HTMLParser):
    """Start tags with their attributes, and the text of the data block."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def made(*nodes: Node, edges: tuple[Edge, ...] = (), **options: int) -> str:
    network = Network(nodes, edges, {node.iri: node for node in nodes})
    return html.page(network, ontology.load(), **options)


def data(page: str) -> dict[str, Any]:
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert block
    loaded: dict[str, Any] = json.loads(block[1])
    return loaded


def star(leaves: int) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    nodes = (Node("hub", "中心", "City"), *(Node(f"n{i:04}", f"产业{i}", "Industry") for i in range(leaves)))
    return nodes, tuple(Edge("hub", f"n{i:04}", "develops") for i in range(leaves))


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two exports of graphs built in different order are equal byte by byte."""
    other = extraction(TEXT + "附件另发。", "b.md")
    one = graph(extraction(), other).export("html", tmp_path / "a.html")
    two = graph(other, extraction()).export("html", tmp_path / "b.html")
    assert one.read_bytes() == two.read_bytes()


def test_nothing_is_loaded_from_elsewhere(tmp_path: Path) -> None:
    """No element names an address to load; the policy forbids every connection."""
    page = graph().export("html", tmp_path / "a.html").read_text("utf-8")
    for tag, attributes in Elements(page).tags:
        for name in ("src", "href", "action", "data", "srcset"):
            assert attributes.get(name) in (None, "data:,"), (tag, attributes)
    assert "default-src 'none'" in page and "unsafe-eval" not in page
    assert "sourceMappingURL" not in page and "@import" not in page and "bootstrap" not in page.split("<script", 1)[0]


def test_every_script_has_its_hash_in_the_policy() -> None:
    """The two scripts run under the policy without 'unsafe-inline', so no other script can."""
    page = made()
    policy = next(a["content"] for t, a in Elements(page).tags if t == "meta" and "http-equiv" in a)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 2 and policy
    assert all(html._hash(script) in policy for script in scripts)
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]


def test_hostile_words_stay_words() -> None:
    """A label, alias, quote or title that tries to end the script is escaped and comes back unchanged as data."""
    evidence = Quote(ATTACK, "d", 0, 1, ATTACK, "r", 1.0)
    nodes = (Node("a", ATTACK, "City", (ATTACK,)), Node("b", "乙", "Industry"))
    page = made(*nodes, edges=(Edge("a", "b", "develops", (evidence,)),))
    loaded = data(page)
    assert loaded["things"][0]["label"] == loaded["quotes"][0] == loaded["documents"][0] == ATTACK
    assert [tag for tag, _ in Elements(page).tags if tag in ("img", "b")] == []
    assert page.count("\u2028") == made().count("\u2028")


def test_the_page_writes_documents_words_as_text_only() -> None:
    """The program uses no way of turning text into markup or code."""
    program = html._asset("page.js")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|XMLHttp", program)


def test_an_empty_graph_is_a_valid_page(tmp_path: Path) -> None:
    """No nodes, no edges, still a page with all its parts."""
    page = Graph().export("html", tmp_path / "a.html").read_text("utf-8")
    loaded = data(page)
    assert loaded["nodes"] == loaded["edges"] == [] and loaded["totals"] == {"nodes": 0, "edges": 0, "targets": 0}


def test_above_the_budget_the_best_connected_nodes_stay() -> None:
    """Of 31 nodes ten are drawn, the hub first, and the page knows how many there were."""
    nodes, edges = star(30)
    loaded = data(made(*nodes, edges=edges, max_nodes=10))
    assert len(loaded["nodes"]) == 10 and loaded["things"][0]["label"] == "中心"
    assert loaded["totals"]["nodes"] == 31 and loaded["things"][0]["degree"] == 30


def test_above_the_budget_the_edges_with_most_evidence_stay() -> None:
    """One of two edges is drawn: the one with evidence."""
    nodes, edges = star(2)
    proven = Edge("hub", "n0001", "develops", (Quote("题", "d", 0, 1, "句", "r", 1.0),))
    loaded = data(made(*nodes, edges=(edges[0], proven), max_edges=1))
    assert [f["quotes"] for f in loaded["facts"]] == [[[0, 0]]] and loaded["totals"]["edges"] == 2


def test_targets_stand_in_the_panel_of_what_they_are_about(tmp_path: Path) -> None:
    """The city's record has the target with operator, value, unit and year; the target is no node of the drawing."""
    loaded = data(graph().export("html", tmp_path / "a.html").read_text("utf-8"))
    city = next(t for t in loaded["things"] if t["label"] == "深圳市")
    target = city["targets"][0]
    assert {"metric", "operator", "value", "unit", "year"} <= target.keys()
    assert loaded["quotes"][target["quotes"][0][1]]
    assert not [t for t in loaded["things"] if t["type"] in ("Target", "Incentive")]
    assert CITY not in json.dumps(loaded["things"])


def test_edges_carry_quotes_and_documents(tmp_path: Path) -> None:
    """Every edge that a document states names a quote and the document's title."""
    loaded = data(graph().export("html", tmp_path / "a.html").read_text("utf-8"))
    stated = [f for f in loaded["facts"] if f["count"]]
    assert stated
    for fact in stated:
        document, text = fact["quotes"][0]
        assert loaded["documents"][document] == "关于支持新型储能的若干措施" and loaded["quotes"][text]


def test_places_are_the_same_and_apart() -> None:
    """A layout has no chance in it, and no two nodes overlap by much."""
    pairs = [(0, i) for i in range(1, 60)]
    radii = [10.0] * 60
    found = places(60, pairs, radii)
    assert found == places(60, pairs, radii)
    gaps = [((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 for n, (ax, ay) in enumerate(found) for bx, by in found[:n]]
    assert min(gaps) > 14
    assert places(0, [], []) == []


# In a browser ------------------------------------------------------------------------------------------------------


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        reason = "no chromium on this machine (Debian: apt-get install chromium)"
        if os.environ.get("KG_REQUIRE_INTEGRATION") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A browser profile for all tests of this file: making one takes longer than a test."""
    return tmp_path_factory.mktemp("profile")


def browse(page: Path, address: str, profile: Path) -> tuple[str, list[str]]:
    """The page's elements after it ran, and what it wrote to the console."""
    command = [
        chromium(), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", "--window-size=1200,800",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=3000", "--enable-logging=stderr", "--dump-dom",
        page.as_uri() + address,
    ]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True)
    return ran.stdout, [line for line in ran.stderr.splitlines() if "CONSOLE" in line]


def driven(page: Path, script: str, profile: Path) -> str:
    """The page's title after ``script`` set it. Only this copy's policy allows the script."""
    text = page.read_text("utf-8")
    copy = page.with_name("driven.html")
    allowed = text.replace("script-src ", f"script-src {html._hash(script)} ", 1)
    copy.write_text(allowed.replace("</body>", f"<script>{script}</script></body>"), "utf-8")
    dom, console = browse(copy, "", profile)
    assert console == []
    title = re.search(r"<title>(.*?)</title>", dom, re.DOTALL)
    assert title
    return title[1]


def test_the_page_runs_without_a_word_in_the_console(tmp_path: Path, profile: Path) -> None:
    """Under its own policy the page draws a canvas, fills the legend, and neither fails nor asks for anything."""
    page = graph(extraction(), hostile()).export("html", tmp_path / "a.html")
    dom, console = browse(page, "", profile)
    assert console == []
    assert 'data-ready="yes"' in dom and "<canvas" in dom
    assert "地级行政区" in dom and "个节点" in dom


def test_a_search_opens_the_node_with_facts_and_targets(tmp_path: Path, profile: Path) -> None:
    """An alias finds the node; its panel lists the fact, its stance and the target."""
    page = graph().export("html", tmp_path / "a.html")
    dom, console = browse(page, "#q=" + quote("我市"), profile)
    panel = dom.split('id="panel"')[1].split("<noscript")[0]
    assert console == []
    assert "<h2>深圳市</h2>" in panel and "新型储能" in panel and "1.50万亿元" in panel and "2025" in panel and "≥" in panel


def test_filters_edges_and_language_work(tmp_path: Path, profile: Path) -> None:
    """Unticking a class lowers the count, an edge shows its quote and keeps the keyboard, the toggle gives English, Escape clears."""
    page = graph().export("html", tmp_path / "a.html")
    script = """
    const say = [], id = (name) => document.getElementById(name);
    const count = () => Number(id("status").textContent.match(/\\d+/)[0]);
    const before = count();
    document.querySelector('#types input[value="Industry"]').click();
    say.push(count() < before);
    document.querySelector('#types input[value="Industry"]').click();
    say.push(count() === before);
    const edges = () => id("status").textContent.match(/\\d+/g)[2];
    const all = edges();
    document.querySelector('#relations input[value="develops"]').click();
    say.push(Number(edges()) < Number(all));
    document.querySelector('#relations input[value="develops"]').click();
    id("search").value = "深圳";
    id("search").dispatchEvent(new Event("input"));
    document.querySelector("#results button").click();
    id("near").click();
    say.push(count() < before && id("near").getAttribute("aria-pressed") === "true");
    const proof = [...document.querySelectorAll("#panel .open")].find((one) => one.textContent === "依据 1");
    proof.focus();
    proof.click();
    say.push(document.querySelectorAll("#panel cite").length > 0 && document.activeElement.id === "panel");
    id("language").click();
    say.push(id("status").textContent.startsWith("Showing") && document.documentElement.lang === "en");
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    say.push(document.querySelectorAll("#panel h2").length === 0);
    document.title = say.join();
    """
    assert driven(page, script, profile) == ",".join(["true"] * 7)


def test_a_click_on_an_edge_shows_its_evidence(tmp_path: Path, profile: Path) -> None:
    """A pointer pressed and lifted on the drawn edge opens the panel with the quote; one beside it clears the panel.

    After an edge was chosen its middle is the middle of the canvas.
    """
    page = graph().export("html", tmp_path / "a.html")
    script = """
    const say = [], id = (name) => document.getElementById(name);
    id("search").value = "深圳市";
    id("search").dispatchEvent(new Event("input"));
    document.querySelector("#results button").click();
    [...document.querySelectorAll("#panel .open")].find((one) => one.textContent === "依据 1").click();
    const title = document.querySelector("#panel h2").textContent;
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    say.push(document.querySelectorAll("#panel h2").length === 0);
    const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect();
    const press = (x, y) => {
      for (const [type, buttons] of [["pointerdown", 1], ["pointerup", 0]]) {
        const place = { clientX: box.left + x, clientY: box.top + y, bubbles: true, pointerId: 1, pointerType: "mouse", button: 0, buttons };
        canvas.dispatchEvent(new PointerEvent(type, place));
      }
    };
    setTimeout(() => {
      press(box.width / 2, box.height / 2);
      setTimeout(() => {
        const heading = document.querySelector("#panel h2");
        say.push(Boolean(heading) && heading.textContent === title && document.querySelectorAll("#panel blockquote").length > 0);
        press(3, 3);
        setTimeout(() => {
          say.push(document.querySelectorAll("#panel h2").length === 0);
          document.title = say.join();
        }, 500);
      }, 500);
    }, 100);
    """
    assert driven(page, script, profile) == "true,true,true"


def test_the_budget_is_told(tmp_path: Path, profile: Path) -> None:
    """The page says how many of how many nodes it shows and by what they were chosen."""
    nodes, edges = star(30)
    page = tmp_path / "a.html"
    page.write_text(made(*nodes, edges=edges, max_nodes=10), "utf-8")
    dom, _ = browse(page, "", profile)
    assert "显示 10 / 31 个节点（按度数）" in dom


def test_hostile_words_do_nothing_in_a_browser(tmp_path: Path, profile: Path) -> None:
    """A label that is a script is shown letter by letter; no script runs and no image is asked for."""
    page = tmp_path / "a.html"
    nodes = (Node("a", "甲" + ATTACK, "City", (ATTACK,)), Node("b", "乙", "Industry"))
    page.write_text(made(*nodes, edges=(Edge("a", "b", "develops"),)), "utf-8")
    dom, console = browse(page, "#q=" + quote("甲"), profile)
    assert console == []
    assert "<img" not in dom and "甲&lt;/script&gt;&lt;img src=x" in dom
