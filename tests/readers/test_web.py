"""Pages from the web, from a server of this machine: limits, politeness, redirects, charsets; one page each."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from kg import pipeline, readers
from kg.errors import ReadError
from kg.readers import web
from tests.hostile import SENTENCE, page

BODY = f"<p>{SENTENCE}</p>" * 5


class Handler(BaseHTTPRequestHandler):
    seen: ClassVar[list[str]] = []
    agents: ClassVar[set[str]] = set()
    robots: ClassVar[bytes | None] = None

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.agents.add(self.headers["User-Agent"])
        answer = getattr(self, "get_" + self.path.strip("/").partition(".")[0].partition("?")[0], None)
        if answer is None:
            self.send_error(404)
        else:
            answer()

    def reply(self, data: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def get_robots(self) -> None:
        if self.robots is None:
            self.send_error(404)
        else:
            self.reply(self.robots, "text/plain")

    def get_page(self) -> None:
        self.reply(page(BODY + '<a href="/other.html">下一页</a><img src="/picture.png">'))

    def get_gbk(self) -> None:
        self.reply(page(BODY, charset="gb2312", encoding="gb18030"))

    def get_big5(self) -> None:
        text = "<!DOCTYPE html><html><body>" + "<p>發展新型顯示產業，培育骨幹企業。</p>" * 5 + "</body></html>"
        self.reply(text.encode("big5"), "text/html; charset=Big5")

    def get_wrong(self) -> None:
        self.reply(page(BODY, charset="utf-8"), "text/html; charset=iso-8859-1")

    def get_moved(self) -> None:
        self.reply(b"", status=302, Location="/page.html")

    def get_inward(self) -> None:
        self.reply(b"", status=302, Location=f"http://127.0.0.2:{self.server.server_address[1]}/secret.html")

    def get_metadata(self) -> None:
        self.reply(b"", status=301, Location="http://169.254.169.254/latest/meta-data")

    def get_local(self) -> None:
        self.reply(b"", status=302, Location="ftp://127.0.0.1/etc/passwd")

    def get_round(self) -> None:
        self.reply(b"", status=302, Location="/round.html")

    def get_announced(self) -> None:
        self.reply(b"x", **{"Content-Length": str(10 << 30)})

    def get_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(2000):
            self.wfile.write(b"x" * (1 << 16))

    def get_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            time.sleep(0.05)

    def get_silent(self) -> None:
        time.sleep(2)

    def log_message(self, *_: Any) -> None:
        return None


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that goes away in the midst of an answer is what these tests are about."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of a server that counts as public; 127.0.0.2, where it listens too, does not."""
    server = Server(("0.0.0.0", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    monkeypatch.setenv("KG_ALLOW_PRIVATE", "127.0.0.1/32")
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(web, "PAUSE", 0.0)
    monkeypatch.setattr(Handler, "seen", [])
    monkeypatch.setattr(Handler, "agents", set())
    monkeypatch.setattr(Handler, "robots", None)
    web._robots.cache_clear()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def _code(url: str) -> str:
    with pytest.raises(ReadError) as caught:
        readers.read(url)
    return caught.value.code


def test_one_page_each(site: str) -> None:
    """A page is one request after robots.txt, under our own name; its links and pictures are not fetched."""
    document = readers.read(f"{site}/page.html")
    assert document.text.count(SENTENCE) == 5
    assert document.source.url == f"{site}/page.html" and document.name == "page.html"
    assert Handler.seen == ["/robots.txt", "/page.html"]
    assert all(agent.startswith("policy-kg") for agent in Handler.agents)


def test_charsets(site: str) -> None:
    """The page's own charset counts; the header's where the page has none; a wrong header does no harm."""
    assert readers.read(f"{site}/gbk.html").text.count(SENTENCE) == 5
    assert readers.read(f"{site}/big5.html").text.count("發展新型顯示產業") == 5
    assert readers.read(f"{site}/wrong.html").text.count(SENTENCE) == 5


def test_redirects(site: str) -> None:
    """Redirects are followed to public pages only: not inwards, not to link-local services, not to other schemes, not in circles."""
    assert readers.read(f"{site}/moved.html").text.count(SENTENCE) == 5
    assert _code(f"{site}/inward.html") == "PRIVATE_ADDRESS"
    assert _code(f"{site}/metadata.html") == "PRIVATE_ADDRESS"
    assert _code(f"{site}/local.html") == "FETCH"
    assert _code(f"{site}/round.html") == "FETCH"
    assert "/secret.html" not in Handler.seen


def test_a_name_that_changes_its_address_gets_no_second_look_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is checked and private when it is connected to (DNS rebinding) is refused."""
    port = int(site.rpartition(":")[2])
    answers = iter(["93.184.215.14"])
    real = socket.getaddrinfo

    def changing(host: str, *args: Any, **kwargs: Any) -> Any:
        return real(next(answers, "127.0.0.2") if host == "rebind.example" else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    assert _code(f"http://rebind.example:{port}/page.html") == "PRIVATE_ADDRESS"
    assert Handler.seen == []


def test_size(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that announces ten gigabytes, or sends without end, is TOO_LARGE; no more than the limit is taken."""
    monkeypatch.setattr(web, "MAX_BYTES", 1 << 20)
    assert _code(f"{site}/announced.html") == "TOO_LARGE"
    assert _code(f"{site}/endless.html") == "TOO_LARGE"


def test_time(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that drips is stopped by the time for a page, one that is silent by the time between two pieces."""
    monkeypatch.setattr(web, "TOTAL", 0.2)
    monkeypatch.setattr(web, "TIMEOUT", 0.5)
    start = time.monotonic()
    assert _code(f"{site}/drip.html") == "TIMEOUT"
    assert _code(f"{site}/silent.html") == "FETCH"
    assert time.monotonic() - start < 4


def test_robots(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that robots.txt closes to all programs or to ours is not asked for; its delay is kept between two pages."""
    monkeypatch.setattr(Handler, "robots", b"User-agent: *\nDisallow: /gbk\nCrawl-delay: 0.5\n")
    with pytest.raises(ReadError) as caught:
        readers.read(f"{site}/gbk.html")
    assert caught.value.code == "ROBOTS" and "save the page" in str(caught.value)
    assert Handler.seen == ["/robots.txt"]
    monkeypatch.setattr(Handler, "robots", b"User-agent: policy-kg\nDisallow: /\n")
    web._robots.cache_clear()
    assert _code(f"{site}/page.html") == "ROBOTS"


def test_pause_between_pages_of_a_host(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pages of one host are fetched with the pause between them, and robots.txt once."""
    monkeypatch.setattr(web, "PAUSE", 0.3)
    readers.read(f"{site}/page.html")
    start = time.monotonic()
    readers.read(f"{site}/gbk.html")
    assert time.monotonic() - start >= 0.2
    assert Handler.seen.count("/robots.txt") == 1


def test_errors_of_the_server(site: str) -> None:
    """A missing page, a closed port and an unknown host are FETCH."""
    assert _code(f"{site}/missing.html") == "FETCH"
    assert _code("http://127.0.0.1:9/a.html") == "FETCH"
    assert _code("http://no-such-host.invalid/a.html") == "FETCH"


def test_a_build_takes_pages_and_files(site: str, tmp_path: Path) -> None:
    """Pages, also from a list file, and files are built together; what cannot be fetched is rejected and named."""
    (tmp_path / "a.txt").write_text("合肥市重点发展集成电路产业。", "utf-8")
    (tmp_path / "list.txt").write_text(f"{site}/page.html\n{site}/missing.html\n", "utf-8")
    report = pipeline.build([f"@{tmp_path / 'list.txt'}", tmp_path / "a.txt"], tmp_path / "out", formats=["nquads"], jobs=2)
    assert (report.seen, report.ingested, [r["code"] for r in report.rejects]) == (3, 2, ["FETCH"])
