"""Both pages: complete in themselves, the same bytes every time, inert whatever documents say; used in a real Chromium."""

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
from kg.exporters import html, webgl
from kg.exporters.page import asset, script_hash
from kg.graph import Graph
from kg.network import Edge, Network, Node, Quote
from tests.graph_examples import CITY, TEXT, extraction, graph, hostile

PAGES = {"html": html, "webgl": webgl}
SCRIPTS = {"html": 3, "webgl": 4}
"""Libraries, the drawing, the program."""
ATTACK = "</script><img src=x onerror=alert(1)>\u2028&<b>@@library@@"


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


SOFTWARE = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
"""WebGL on a machine without a graphics card."""


def browse(page: Path, address: str, profile: Path, graphics: tuple[str, ...] = SOFTWARE) -> tuple[str, list[str]]:
    """The page's elements after it ran, and what it wrote to the console."""
    command = [
        chromium(), "--headless", "--no-sandbox", f"--user-data-dir={profile}", "--window-size=1200,800", *graphics,
        "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=3000", "--enable-logging=stderr", "--dump-dom",
        page.as_uri() + address,
    ]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True)
    return ran.stdout, [line for line in ran.stderr.splitlines() if "CONSOLE" in line]


def driven(page: Path, script: str, profile: Path) -> str:
    """The page's title after ``script`` set it. Only this copy's policy allows the script."""
    text = page.read_text("utf-8")
    copy = page.with_name("driven.html")
    allowed = text.replace("script-src ", f"script-src {script_hash(script)} ", 1)
    copy.write_text(allowed.replace("</body>", f"<script>{script}</script></body>"), "utf-8")
    dom, console = browse(copy, "", profile)
    assert console == []
    title = re.search(r"<title>(.*?)</title>", dom, re.DOTALL)
    assert title
    return title[1]


def test_the_page_runs_without_a_word_in_the_console(format: str, tmp_path: Path, profile: Path) -> None:
    """Under its own policy the page draws a canvas, fills the legend, and neither fails nor asks for anything."""
    page = graph(extraction(), hostile()).export(format, tmp_path / "a.html")
    dom, console = browse(page, "", profile)
    assert console == []
    assert 'data-ready="yes"' in dom and "<canvas" in dom
    assert "地级行政区" in dom and "个节点" in dom


def test_a_search_opens_the_node_with_facts_and_targets(format: str, tmp_path: Path, profile: Path) -> None:
    """An alias finds the node; its panel lists the fact, its stance and the target."""
    page = graph().export(format, tmp_path / "a.html")
    dom, console = browse(page, "#q=" + quote("我市"), profile)
    panel = dom.split('id="panel"')[1].split("<noscript")[0]
    assert console == []
    assert "<h2>深圳市</h2>" in panel and "新型储能" in panel and "1.50万亿元" in panel and "2025" in panel and "≥" in panel


def test_filters_edges_and_language_work(format: str, tmp_path: Path, profile: Path) -> None:
    """Unticking a class lowers the count, an edge shows its quote and keeps the keyboard, the toggle gives English, Escape clears."""
    page = graph().export(format, tmp_path / "a.html")
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


def test_a_click_on_an_edge_shows_its_evidence(format: str, tmp_path: Path, profile: Path) -> None:
    """A pointer pressed and lifted on the drawn edge opens the panel with the quote; one beside it clears the panel.

    After an edge was chosen its middle is the middle of the canvas.
    """
    page = graph().export(format, tmp_path / "a.html")
    script = """
    const say = [], id = (name) => document.getElementById(name);
    id("search").value = "深圳市";
    id("search").dispatchEvent(new Event("input"));
    document.querySelector("#results button").click();
    [...document.querySelectorAll("#panel .open")].find((one) => one.textContent === "依据 1").click();
    const title = document.querySelector("#panel h2").textContent;
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    say.push(document.querySelectorAll("#panel h2").length === 0);
    const canvas = document.querySelector("canvas.sigma-mouse") || document.querySelector("#canvas canvas"), box = canvas.getBoundingClientRect();
    const press = (x, y) => {
      const place = { clientX: box.left + x, clientY: box.top + y, bubbles: true, pointerId: 1, pointerType: "mouse", button: 0 };
      canvas.dispatchEvent(new PointerEvent("pointerdown", { ...place, buttons: 1 }));
      canvas.dispatchEvent(new PointerEvent("pointerup", { ...place, buttons: 0 }));
      for (const type of ["mousedown", "mouseup", "click"]) canvas.dispatchEvent(new MouseEvent(type, place));
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


def test_the_budget_is_told(format: str, tmp_path: Path, profile: Path) -> None:
    """The page says how many of how many nodes it shows and by what they were chosen."""
    nodes, edges = star(30)
    page = tmp_path / "a.html"
    page.write_text(made(format, *nodes, edges=edges, max_nodes=10), "utf-8")
    dom, _ = browse(page, "", profile)
    assert "显示 10 / 31 个节点（按度数）" in dom


def test_hostile_words_do_nothing_in_a_browser(format: str, tmp_path: Path, profile: Path) -> None:
    """A label that is a script is shown letter by letter; no script runs and no image is asked for."""
    page = tmp_path / "a.html"
    nodes = (Node("a", "甲" + ATTACK, "City", (ATTACK,)), Node("b", "乙", "Industry"))
    page.write_text(made(format, *nodes, edges=(Edge("a", "b", "develops"),)), "utf-8")
    dom, console = browse(page, "#q=" + quote("甲"), profile)
    assert console == []
    assert "<img" not in dom and "甲&lt;/script&gt;&lt;img src=x" in dom


def test_a_part_says_what_it_is_a_part_of(format: str, tmp_path: Path, profile: Path) -> None:
    """The page of a cut names its focus, hops and the size of the whole."""
    whole = graph()
    page = whole.cut(focus=["深圳市"], hops=1).export(format, tmp_path / "a.html")
    dom, console = browse(page, "", profile)
    assert console == []
    assert f"子图（深圳市 1 步以内；全图连同目标共 {len(whole.network().nodes)} 个节点）" in dom


def test_long_lists_are_opened_bit_by_bit(format: str, tmp_path: Path, profile: Path) -> None:
    """A hub's 250 facts stand in a closed group; opened it lists 100, then 100 more, then the rest."""
    nodes, edges = star(250)
    page = tmp_path / "a.html"
    page.write_text(made(format, *nodes, edges=edges), "utf-8")
    script = """
    const say = [], count = () => document.querySelectorAll("#panel .fact").length;
    document.querySelector("#panel .list button").click();
    say.push(count());
    document.querySelector("#panel .group summary").click();
    setTimeout(() => {
      say.push(count());
      const more = document.querySelector("#panel .more");
      more.click();
      more.click();
      say.push(count(), more.hidden);
      document.title = say.join();
    }, 200);
    """
    assert driven(page, script, profile) == "0,100,250,true"


def test_the_drawing_moves_by_keys_and_goes_to_paper(format: str, tmp_path: Path, profile: Path) -> None:
    """The frame of the drawing takes the focus and has a name; before printing a picture of it is made that is not blank."""
    page = graph().export(format, tmp_path / "a.html")
    script = """
    const say = [], frame = document.querySelector("#canvas [role=application], #canvas[role=application]");
    frame.focus();
    say.push(document.activeElement === frame, frame.getAttribute("aria-label").includes("方向键"));
    for (const key of ["ArrowLeft", "+", "-"]) frame.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    window.dispatchEvent(new Event("beforeprint"));
    const picture = document.getElementById("picture");
    const pixels = new Uint32Array(picture.getContext("2d").getImageData(0, 0, picture.width, picture.height).data.buffer);
    say.push(new Set(pixels).size > 20);
    document.title = say.join();
    """
    assert driven(page, script, profile) == "true,true,true"


def test_without_webgl_lists_and_panels_work(tmp_path: Path, profile: Path) -> None:
    """A browser that cannot draw says so in the drawing's place; a search still opens facts and evidence."""
    page = graph().export("webgl", tmp_path / "a.html")
    dom, _ = browse(
        page, "#q=" + quote("我市"), profile, ("--disable-gpu", "--disable-software-rasterizer", "--disable-3d-apis")
    )
    assert "此浏览器没有 WebGL" in dom and "<h2>深圳市</h2>" in dom and "新型储能" in dom.split('id="panel"')[1]


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
