"""A real Chromium, driven over the pipe of its own protocol: what a page shows, says, asks for, and does when used.

No package is needed. One browser serves many pages; every page is closed after use.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SOFTWARE = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
"""WebGL on a machine without a graphics card."""
NO_WEBGL = ("--disable-gpu", "--disable-software-rasterizer", "--disable-3d-apis")

_KEYS = {
    "Enter": ("Enter", 13, "\r"),
    "Tab": ("Tab", 9, ""),
    "Escape": ("Escape", 27, ""),
    "+": ("Equal", 187, "+"),
    "-": ("Minus", 189, "-"),
    "ArrowLeft": ("ArrowLeft", 37, ""),
    "ArrowRight": ("ArrowRight", 39, ""),
}
"""Key -> code, number, text."""


def chromium() -> str:
    """Its path; without it the test is skipped, or fails where KG_REQUIRE_INTEGRATION=1 asks for it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        reason = "no chromium on this machine (Debian: apt-get install chromium)"
        if os.environ.get("KG_REQUIRE_INTEGRATION") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


class Browser:
    """A running browser that reaches no host."""

    def __init__(self, program: str, profile: str, *flags: str) -> None:
        (self._read, theirs_out), (theirs_in, self._write) = os.pipe(), os.pipe()
        command = [
            program, "--headless", "--no-sandbox", "--no-first-run", "--remote-debugging-pipe", f"--user-data-dir={profile}",
            "--window-size=1200,800", "--host-resolver-rules=MAP * ~NOTFOUND", *flags,
        ]  # fmt: skip
        own = (self._read, self._write)

        def fds() -> None:
            """The protocol is spoken on 3 (to the browser) and 4 (from it)."""
            first, second = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(first, 3)
            os.dup2(second, 4)
            for number in own:
                if number not in (3, 4):
                    os.close(number)

        self._process = subprocess.Popen(
            command, close_fds=False, preexec_fn=fds, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._buffer = b""
        self._last = 0
        self.pages: dict[str, Page] = {}

    def call(self, method: str, session: str | None = None, timeout: float = 60, **parameters: Any) -> dict[str, Any]:
        """The answer to one command; what happens meanwhile reaches the pages."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + timeout
        while True:
            answer = self._next(end, method)
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result
            page = self.pages.get(answer.get("sessionId", ""))
            if page and "method" in answer:
                page.happened(answer["method"], answer["params"])

    def _next(self, end: float, waiting: str) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"no answer to {waiting} from the browser")
            piece = os.read(self._read, 1 << 20)
            if not piece:
                raise AssertionError(f"the browser ended while {waiting} was asked")
            self._buffer += piece
        text, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        return message

    @contextmanager
    def page(self, file: Path, address: str = "", *, timeout: float = 60) -> Iterator[Page]:
        """The page of ``file``, loaded and ready."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self.pages[session] = Page(self, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.call(f"{domain}.enable")
        try:
            page.load(file.resolve().as_uri() + address, timeout)
            yield page
        finally:
            del self.pages[session]
            self.call("Target.closeTarget", targetId=target)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._read)
        os.close(self._write)


class Page:
    """``console``: what was written or thrown; ``requests``: addresses asked for beside the page's own."""

    def __init__(self, browser: Browser, session: str) -> None:
        self.console: list[str] = []
        self.requests: list[str] = []
        self.address = ""
        self._browser, self._session = browser, session

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **parameters)

    def happened(self, event: str, details: dict[str, Any]) -> None:
        if event == "Runtime.consoleAPICalled":
            self.console.append(str(details["args"]))
        elif event == "Runtime.exceptionThrown":
            self.console.append(str(details["exceptionDetails"]))
        elif event == "Log.entryAdded":
            self.console.append(details["entry"]["text"])
        elif event == "Network.requestWillBeSent":
            asked = details["request"]["url"]
            if asked.split("#")[0] != self.address.split("#")[0] and not asked.startswith("data:"):
                self.requests.append(asked)

    def load(self, address: str, timeout: float) -> None:
        self.address = address
        self.call("Page.navigate", url=address)
        self.until("document.documentElement && document.documentElement.dataset.ready === 'yes'", timeout)

    def until(self, condition: str, timeout: float = 20) -> None:
        """Wait until the expression holds."""
        end = time.monotonic() + timeout
        while not self.run(condition):
            if time.monotonic() > end:
                raise AssertionError(f"never came true: {condition}; console: {self.console}")
            time.sleep(0.02)

    def run(self, script: str) -> Any:
        """The value of an expression, awaited where it is a promise. Works beside the page's policy."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def text(self, selector: str) -> str:
        """The text that a reader sees in the first match."""
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def click(self, x: float, y: float) -> None:
        """The pointer pressed and lifted there, as a hand does it: on what is drawn, not on what is about to be."""
        self.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        place = {"x": x, "y": y, "button": "left", "clickCount": 1}
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        self.call("Input.dispatchMouseEvent", type="mousePressed", **place)
        self.call("Input.dispatchMouseEvent", type="mouseReleased", **place)

    def press(self, *keys: str, hold: float = 0) -> None:
        """Keys one after another, each held for some seconds."""
        for key in keys:
            code, number, text = _KEYS.get(key, (key, 0, key if len(key) == 1 else ""))
            given = {"key": key, "code": code, "windowsVirtualKeyCode": number, "text": text}
            self.call("Input.dispatchKeyEvent", type="keyDown", **given)
            time.sleep(hold)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=code, windowsVirtualKeyCode=number)

    def write(self, text: str) -> None:
        """Type into what has the focus."""
        self.call("Input.insertText", text=text)

    def picture(self) -> bytes:
        """A PNG of what is on the screen."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def paper(self) -> bytes:
        """A PDF of what would be printed on A4, landscape."""
        made = self.call("Page.printToPDF", landscape=True, printBackground=False, preferCSSPageSize=True)
        return base64.b64decode(made["data"])


@contextmanager
def running(*flags: str) -> Iterator[Browser]:
    """A browser for the time of the block."""
    program = chromium()
    with tempfile.TemporaryDirectory(prefix="kg-browser-", ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile, *flags)
        try:
            yield browser
        finally:
            browser.close()
