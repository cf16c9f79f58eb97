"""One device's browser: kept connections, its own cookies, an Origin on every form.

Sends what a browser would send and nothing more, to one site only. Knows nothing of lessons.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode, urljoin, urlsplit

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from eduapp.simulate.pages import Page, read_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from multidict import CIMultiDictProxy

NETWORK_TROUBLE = (aiohttp.ClientError, asyncio.TimeoutError, OSError)
"""What a device meets when the network fails it: try again later."""
REPLY_SECONDS = 20.0
_MOST_REDIRECTS = 4
_SEE_OTHER = frozenset({301, 302, 303, 307, 308})


class LeftTheSite(Exception):  # noqa: N818 - named for the fact
    """The site pointed to another site; the simulation does not follow."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the end of a chain of redirects for pages, the first answer otherwise."""

    status: int
    path: str
    headers: CIMultiDictProxy[str]
    body: bytes

    def page(self) -> Page:
        """Return what the page says."""
        return read_page(self.body.decode("utf-8", "replace"), self.path)

    def json(self) -> dict[str, object]:
        """Return the reply read as a JSON object. Raises `ValueError` when it is none."""
        value = json.loads(self.body)
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")  # noqa: TRY004 - one kind of trouble for the caller
        return value


class Browser:
    """Cookies and connections of one device."""

    def __init__(self, base: str, language: str) -> None:
        """Make a browser for the site at `base`, whose reader prefers `language`."""
        parts = urlsplit(base)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self._parts = parts
        self._cookies: dict[str, str] = {}
        self._headers = {"Accept-Language": language, "User-Agent": "eduapp-simulate"}
        self._session = aiohttp.ClientSession(
            # A browser keeps up to six connections; here one to follow and one to act.
            connector=aiohttp.TCPConnector(limit=2, keepalive_timeout=60),
            # The site's cookies are Secure also on loopback: browsers keep them, aiohttp's jar not.
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=REPLY_SECONDS),
        )

    async def __aenter__(self) -> Self:
        """Return the browser itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""
        await self._session.close()

    async def get(self, path: str) -> Reply:
        """Return the page at an address, redirects followed. Raises `NETWORK_TROUBLE`."""
        return await self._walk(path)

    async def post(self, path: str, values: Mapping[str, str]) -> Reply:
        """Return the page that answers a form, redirects followed. Raises `NETWORK_TROUBLE`."""
        reply = await self._send("POST", path, self._form_headers(), urlencode(values))
        if reply.status in _SEE_OTHER:
            return await self._walk(reply.headers["Location"])
        return reply

    async def fetch(self, path: str, values: Mapping[str, str]) -> Reply:
        """Return the bare answer to a form that a script sends. Raises `NETWORK_TROUBLE`."""
        headers = {**self._form_headers(), "Accept": "*/*"}
        return await self._send("POST", path, headers, urlencode(values))

    async def fetch_json(self, path: str) -> Reply:
        """Return the bare answer to a script that asks for data. Raises `NETWORK_TROUBLE`."""
        return await self._send("GET", path, {**self._page_headers(), "Accept": "application/json"})

    async def look(self, path: str, etag: str | None) -> Reply:
        """Return a document that is the same for everyone, asked for without cookies.

        Raises `NETWORK_TROUBLE`.
        """
        headers = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"}
        return await self._send("GET", path, headers | ({"If-None-Match": etag} if etag else {}))

    async def drop(self, path: str, values: Mapping[str, str], share: float) -> None:
        """Send a share (0 to 1) of a form and hang up before any answer: the network went away.

        With a share of 1 all of it was sent; the site may have acted on it and nobody hears.
        """
        parts = self._parts
        body = urlencode(values)
        lines = [f"POST {self._own_path(path)} HTTP/1.1", f"Host: {parts.netloc}"]
        lines += [f"{name}: {value}" for name, value in self._form_headers().items()]
        lines += ["Accept: */*", f"Content-Length: {len(body)}", "", body]
        request = "\r\n".join(lines).encode()
        _, writer = await asyncio.open_connection(
            parts.hostname,
            parts.port or (443 if parts.scheme == "https" else 80),
            ssl=ssl.create_default_context() if parts.scheme == "https" else None,
        )
        writer.write(request[: round(len(request) * share)])
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    def _page_headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {"Sec-Fetch-Site": "same-origin"} | ({"Cookie": cookies} if cookies else {})

    def _form_headers(self) -> dict[str, str]:
        return {
            **self._page_headers(),
            "Origin": self.origin,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    async def _walk(self, address: str) -> Reply:
        reply = await self._send("GET", address, self._page_headers())
        for _ in range(_MOST_REDIRECTS):
            if reply.status not in _SEE_OTHER:
                break
            address = urljoin(reply.path, reply.headers["Location"])
            reply = await self._send("GET", address, self._page_headers())
        return reply

    async def _send(
        self, method: str, address: str, headers: Mapping[str, str], body: str | None = None
    ) -> Reply:
        path = self._own_path(address)
        async with self._session.request(
            method,
            URL(self.origin + path, encoded=True),
            headers=CIMultiDict({**self._headers, **headers}),
            data=body.encode() if body is not None else None,
            allow_redirects=False,
        ) as response:
            content = await response.read()
            for line in response.headers.getall("Set-Cookie", ()):
                self._keep(line)
            return Reply(response.status, path, response.headers, content)

    def _own_path(self, address: str) -> str:
        whole = urljoin(self.origin + "/", address)
        parts = urlsplit(whole)
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            raise LeftTheSite(f"{parts.scheme}://{parts.netloc}")
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def _keep(self, line: str) -> None:
        pair, *attributes = (part.strip() for part in line.split(";"))
        name, _, value = pair.partition("=")
        is_gone = any(part.lower() == "max-age=0" for part in attributes)
        if is_gone or not value:
            self._cookies.pop(name, None)
        else:
            self._cookies[name] = value
