"""One page from a web address: limited in size and time, never from a private address."""

from __future__ import annotations

import ipaddress
import socket
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote, urlsplit

from kg.errors import LimitError, ReadError

TIMEOUT = 20.0
"""Seconds to wait for a server."""
MAX_BYTES = 20 * 1024 * 1024
_AGENT = "policy-kg (one page at a time)"


def fetch(url: str) -> bytes:
    """The bytes behind ``url``. Raises ReadError (PRIVATE_ADDRESS, FETCH) or LimitError (TOO_LARGE)."""
    check_public(url)
    request = urllib.request.Request(quote(url, safe=":/?&=%#+,;@~!$'()*[]"), headers={"User-Agent": _AGENT})
    try:
        with urllib.request.build_opener(_PublicRedirects).open(request, timeout=TIMEOUT) as answer:
            data: bytes = answer.read(MAX_BYTES + 1)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise ReadError(f"{url}: cannot be fetched ({error})", code="FETCH") from error
    if len(data) > MAX_BYTES:
        raise LimitError(f"{url}: too large", code="TOO_LARGE", limit=str(MAX_BYTES), observed=f"more than {MAX_BYTES}")
    return data


def check_public(url: str) -> None:
    """Raises ReadError when the host is, or resolves to, an address that is not public."""
    host = urlsplit(url).hostname or ""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except OSError as error:
        raise ReadError(f"{url}: unknown host {host}", code="FETCH") from error
    if not all(ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found):
        raise ReadError(f"{url}: a private address; only public pages are fetched", code="PRIVATE_ADDRESS")


class _PublicRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        check_public(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
