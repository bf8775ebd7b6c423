"""One page from a web address: polite, limited in size and time, never from a private address."""

from __future__ import annotations

import http.client
import ipaddress
import os
import re
import socket
import time
import urllib.error
import urllib.request
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit
from urllib.robotparser import RobotFileParser

from kg.errors import LimitError, ReadError

TIMEOUT = 20.0
"""Seconds to wait for a server's next bytes."""
TOTAL = 60.0
"""Seconds for a page, however steadily it drips."""
MAX_BYTES = 20 * 1024 * 1024
PAUSE = 1.0
"""Seconds between two pages of one host, unless its robots.txt asks for more."""
MAX_PAUSE = 30.0
AGENT = "policy-kg"
_ROBOTS_BYTES = 500 * 1024
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=", re.IGNORECASE)
_last: dict[str, float] = {}


def fetch(url: str) -> bytes:
    """The bytes behind ``url``, after redirects; as UTF-8 where only the HTTP header tells their charset.

    The host's robots.txt is asked first, and pages of one host are a second apart. Links are not followed.
    Raises ReadError (PRIVATE_ADDRESS, ROBOTS, FETCH) or LimitError (TOO_LARGE, TIMEOUT).
    """
    check_public(url)
    _be_polite(url)
    data, charset = _get(url, MAX_BYTES)
    return _as_utf8(data, charset)


def _be_polite(url: str) -> None:
    parts = urlsplit(url)
    rules = _robots(f"{parts.scheme}://{parts.netloc}")
    if not rules.can_fetch(AGENT, url):
        raise ReadError(f"{url}: its robots.txt asks programs to stay away; save the page from a browser", code="ROBOTS")
    pause = min(max(PAUSE, float(rules.crawl_delay(AGENT) or 0)), MAX_PAUSE)
    wait = _last.get(parts.netloc, -MAX_PAUSE) + pause - time.monotonic()
    if wait > 0:
        time.sleep(wait)
    _last[parts.netloc] = time.monotonic()


@lru_cache(maxsize=256)
def _robots(site: str) -> RobotFileParser:
    """The rules of a site; one without a robots.txt that can be read allows all (RFC 9309)."""
    rules = RobotFileParser()
    try:
        data, _ = _get(site + "/robots.txt", _ROBOTS_BYTES)
        rules.parse(data.decode("utf-8", "replace").splitlines())
    except ReadError:
        rules.parse([])
    return rules


def _get(url: str, limit: int) -> tuple[bytes, str | None]:
    """The bytes behind ``url`` and the charset that the header names."""
    request = urllib.request.Request(
        quote(url, safe=":/?&=%#+,;@~!$'()*[]"), headers={"User-Agent": f"{AGENT} (one page at a time)"}
    )
    opener = urllib.request.build_opener(_PublicRedirects, _PublicHTTP, _PublicHTTPS)
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            return _body(answer, url, limit), answer.headers.get_content_charset()
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise ReadError(f"{url}: cannot be fetched ({error})", code="FETCH") from error


def _body(answer: Any, url: str, limit: int) -> bytes:
    """The body, piece by piece. Raises LimitError as soon as it is too large or takes too long."""
    announced = answer.headers.get("Content-Length") or ""
    if announced.isdigit() and int(announced) > limit:
        raise LimitError(f"{url}: too large", code="TOO_LARGE", limit=str(limit), observed=announced)
    start, parts, size = time.monotonic(), [], 0
    while piece := answer.read1(1 << 16):
        parts.append(piece)
        size += len(piece)
        if size > limit:
            raise LimitError(f"{url}: too large", code="TOO_LARGE", limit=str(limit), observed=f"more than {limit}")
        if (passed := time.monotonic() - start) > TOTAL:
            raise LimitError(f"{url}: takes too long", code="TIMEOUT", limit=f"{TOTAL:g} s", observed=f"{passed:.0f} s")
    return b"".join(parts)


def _as_utf8(data: bytes, charset: str | None) -> bytes:
    """Text whose charset the HTTP header alone tells, as UTF-8; what says it itself, or is no text in it, as it is."""
    if (
        not charset
        or _CHARSET.search(data[:4096])
        or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"%PDF", b"PK"))
    ):
        return data
    name = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(charset, charset)
    try:
        return data.decode(name).encode("utf-8")
    except (UnicodeError, LookupError):
        return data


def check_public(url: str) -> None:
    """Raises ReadError when the host is, or resolves to, an address that is not public, or the address is not of the web."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise ReadError(f"{url}: only http and https are fetched", code="FETCH")
    _public_addresses(parts.hostname or "", parts.port or 0)


def _public_addresses(host: str, port: int) -> list[tuple[Any, ...]]:
    """What ``host`` resolves to. Raises ReadError unless every address of it is public or allowed."""
    try:
        found = socket.getaddrinfo(host, port or None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadError(f"unknown host {host}", code="FETCH") from error
    for info in found:
        address = ipaddress.ip_address(str(info[4][0]).partition("%")[0])
        if not _allowed(address):
            raise ReadError(f"{host}: a private address; only public pages are fetched", code="PRIVATE_ADDRESS")
    return list(found)


def _allowed(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Public addresses, and the networks that KG_ALLOW_PRIVATE names (10.1.0.0/16,127.0.0.1)."""
    mapped = getattr(address, "ipv4_mapped", None) or address
    named = [part.strip() for part in os.environ.get("KG_ALLOW_PRIVATE", "").split(",") if part.strip()]
    inside = any(mapped in ipaddress.ip_network(network, strict=False) for network in named)
    return inside or (mapped.is_global and not mapped.is_multicast)


def _connect(address: tuple[str, int], timeout: Any = None, source_address: Any = None) -> socket.socket:
    """Connect to a checked address: a name that resolves anew, to another address, gets no second look-up."""
    error: OSError | None = None
    for info in _public_addresses(*address):
        made = socket.socket(info[0], info[1], info[2])
        try:
            made.settimeout(timeout if isinstance(timeout, (int, float)) else TIMEOUT)
            made.connect(info[4])
            return made
        except OSError as failed:
            made.close()
            error = failed
    raise error or OSError(f"no address for {address[0]}")


class _HTTP(http.client.HTTPConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = _connect


class _HTTPS(http.client.HTTPSConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = _connect


class _PublicHTTP(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        # A proxy of the user's own may well have a private address; the page's was checked by name.
        return self.do_open(http.client.HTTPConnection if req.has_proxy() else _HTTP, req)


class _PublicHTTPS(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(http.client.HTTPSConnection if req.has_proxy() else _HTTPS, req)


class _PublicRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        check_public(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
