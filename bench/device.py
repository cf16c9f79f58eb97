"""One student's device in a measurement: joins, follows, loads its page, answers.

Sends what a browser on plain HTTP sends, header for header, because the server's work and the bytes
on the wire depend on it. Draws nothing and chooses by position only.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import brotli

from bench.floor_app import FLOOR_PATH
from bench.wire import Answer, Wire

if TYPE_CHECKING:
    from collections.abc import Callable

_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_TOKEN = re.compile(rb'name="?round"?[^>]*value="?([A-Za-z0-9_-]+)|data-round="?([A-Za-z0-9_-]+)')
_STATE = re.compile(rb"/state/([A-Za-z0-9_-]{12})")
_FILES = re.compile(
    rb'(?:href|src)="?(/static/[^"\s>]+)|url\(["\']?([^"\')]+\.woff2)|from "(\./[^"]+)"'
)
_VERSION = re.compile(rb'data-version="?(\d+)')


class Refused(Exception):  # noqa: N818 - named for the fact
    """The site answered a device with something unexpected."""


class Device:
    """One device of one class."""

    def __init__(self, base: str, language: str, code: str) -> None:
        """Sit down with a join code."""
        parts = urlsplit(base)
        self._host = parts.netloc
        self.wire = Wire(parts.hostname or "", parts.port or 80)
        self._language = language
        self._code = code
        self._page_path = f"/{language}/class/{code}"
        self._cookie = ""
        self._dice = random.Random(f"{code}/{id(self)}")
        self.version = -1
        self.page_version = -1
        self.seen_at: dict[int, float] = {}
        """When this device knew of a version, by `time.monotonic`."""
        self.loaded_at: dict[int, float] = {}
        """When it had the page of that version."""
        self.token = b""
        self.looks = 0
        self.bytes_files = 0
        self.join_seconds = 0.0
        """From sending the code to the page of the class."""
        self.interval = 0.8
        self._state_path = ""

    async def join(self, files: list[str]) -> None:
        """Load the join page and the files a browser fetches once, and join. Raises `Refused`."""
        path = f"/{self._language}/join"
        await self._expect(200, self._get(path))
        before = self.wire.sent + self.wire.received
        for name in files:
            await self._expect(200, self._get(name, accept="*/*"))
        self.bytes_files = self.wire.sent + self.wire.received - before
        body = f"code={quote(self._code)}".encode()
        began = time.perf_counter()
        answer = await self._expect(303, self._post(path, body, accept=_HTML))
        self._cookie = (answer.header("Set-Cookie") or "").split(";")[0]
        page = await self.load()
        self.join_seconds = time.perf_counter() - began
        found = _STATE.search(page)
        if found is None:
            raise Refused("the class page names no state document")
        self._state_path = f"/state/{found.group(1).decode()}"
        version = _VERSION.search(page)
        self.version = self.page_version = int(version.group(1)) if version else -1

    async def load(self) -> bytes:
        """Load the class page and return it. Raises `Refused`."""
        answer = await self.wire.ask(self._get(self._page_path))
        if answer.status not in {200, 410}:
            raise Refused(f"{self._page_path.split('/')[2]} page: {answer.status}")
        page = unpacked(answer)
        found = _TOKEN.search(page)
        self.token = (found.group(1) or found.group(2)) if found else b""
        return page

    async def follow(self) -> None:
        """Look at the state document again and again, as `static/js/follow.mjs` does."""
        plain = self._get(self._state_path, accept="*/*", has_cookie=False)
        request = plain
        await asyncio.sleep(self._dice.uniform(0, self.interval))
        while True:
            answer = await self.wire.ask(request)
            self.looks += 1
            self.interval = float(answer.header("Follow-After") or self.interval)
            if answer.status == 200:
                etag = (answer.header("ETag") or "").encode()
                request = plain[:-2] + b"If-None-Match: " + etag + b"\r\n\r\n"
                await self._take(json.loads(answer.body))
            elif answer.status != 304:
                raise Refused(f"state document: {answer.status}")
            await asyncio.sleep(self.interval * self._dice.uniform(0.9, 1.1))

    async def answer(self, choice: int, *, is_counted: bool) -> float:
        """Send a ballot and return the seconds until it was acknowledged. Raises `Refused`."""
        body = b"round=" + self.token + b"&choice=%d" % choice
        request = self._post(f"{self._page_path}/answer", body, accept="*/*")
        return await self._timed(request, is_counted=is_counted)

    async def floor(self) -> float:
        """Send an empty POST and return the seconds until the answer. Raises `Refused`."""
        return await self.post_to(FLOOR_PATH)

    async def post_to(self, path: str) -> float:
        """Send an empty POST to a path; return the seconds until the answer. Raises `Refused`."""
        return await self._timed(self._post(path, b"", accept="*/*"), is_counted=False)

    async def _timed(self, request: bytes, *, is_counted: bool) -> float:
        start = time.perf_counter()
        answer = await self.wire.ask(request, is_counted=is_counted)
        seconds = time.perf_counter() - start
        if answer.status not in {200, 204}:
            raise Refused(f"an answer was answered with {answer.status}")
        return seconds

    async def _take(self, state: dict[str, object]) -> None:
        version = int(str(state["version"]))
        if version <= self.version:
            return
        self.version = version
        self.seen_at[version] = time.monotonic()
        await self.load()
        self.loaded_at[version] = time.monotonic()
        self.page_version = version

    async def _expect(self, status: int, request: bytes) -> Answer:
        answer = await self.wire.ask(request)
        if answer.status != status:
            line = request.split(b"\r\n", 1)[0].decode()
            raise Refused(f"{line}: {answer.status} instead of {status}")
        return answer

    def _get(self, path: str, accept: str = _HTML, *, has_cookie: bool = True) -> bytes:
        return self._head("GET", path, accept, has_cookie=has_cookie) + b"\r\n"

    def _post(self, path: str, body: bytes, accept: str) -> bytes:
        more = (
            "Content-Type: application/x-www-form-urlencoded;charset=UTF-8\r\n"
            f"Content-Length: {len(body)}\r\nOrigin: http://{self._host}\r\n\r\n"
        )
        return self._head("POST", path, accept) + more.encode() + body

    def _head(self, method: str, path: str, accept: str, *, has_cookie: bool = True) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self._host}",
            f"User-Agent: {_AGENT}",
            f"Accept: {accept}",
            f"Accept-Language: {self._language},en;q=0.5",
            "Accept-Encoding: gzip, deflate, br",
            f"Referer: http://{self._host}{self._page_path}",
            "Connection: keep-alive",
            "Sec-Fetch-Dest: empty",
            "Sec-Fetch-Mode: cors",
            "Sec-Fetch-Site: same-origin",
        ]
        lines += [f"Cookie: {self._cookie}"] if has_cookie and self._cookie else []
        return ("\r\n".join(lines) + "\r\n").encode()


async def find_files(device: Device, path: str) -> list[str]:
    """Return the addresses of all files that a page loads, and those that they load, once each."""
    found: dict[str, bool] = {}
    waiting = [path]
    while waiting:
        name = waiting.pop()
        answer = await device.wire.ask(device._get(name), is_counted=False)  # noqa: SLF001
        for page_file, font, module in _FILES.findall(unpacked(answer)):
            base = name.rsplit("/", 1)[0]
            address = (page_file or _joined(base, font or module)).decode()
            is_page = not address.endswith((".css", ".mjs", ".woff2", ".svg", ".png", ".ico"))
            if address not in found and not is_page:
                found[address] = True
                waiting.append(address)
    return list(found)


def unpacked(answer: Answer) -> bytes:
    """Return the body as it was before it was packed for the wire."""
    unpackers: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.decompress,
        "br": brotli.decompress,
    }
    unpack = unpackers.get(answer.header("Content-Encoding") or "")
    return unpack(answer.body) if unpack else answer.body


def _joined(base: str, name: bytes) -> bytes:
    text = name.decode()
    if text.startswith("/"):
        return name
    parts = base.split("/")
    while text.startswith(("./", "../")):
        if text.startswith("../"):
            parts.pop()
        text = text.split("/", 1)[1]
    return "/".join([*parts, text]).encode()
