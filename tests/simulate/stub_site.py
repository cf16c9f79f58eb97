"""A tiny site that speaks the routes of docs/http.md, and can be told to misbehave.

Only for the tests of the simulation: the real site must never do what this one can.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
from contextlib import contextmanager

CODE = "BAKOSLIMU"
PUBLIC_ID = "abcdefghijkl"
NEXT_PHASE = {
    "open": "open",
    "close": "closed",
    "show": "shown",
    "explain": "explained",
    "end": "ended",
}
JOIN_PAGE = '<h1>Les</h1><form action="/nl/join" method="post"><input name="code"></form>'
GATE_PAGE = '<form method="post"><input type="radio" name="going_on" value="no"></form>'
OFFERED = {
    "ready": ("open", "end"),
    "open": ("close",),
    "closed": ("show",),
    "shown": ("explain",),
    "explained": ("end",),
    "ended": (),
}


@dataclass
class StubSite:
    """One lesson with one question, in memory."""

    fault: str = ""
    """`loses`, `doubles`, `elsewhere`, `breaks` or nothing."""
    phase: str = "ready"
    version: int = 1
    ballots: dict[str, str] = field(default_factory=dict)
    joins: int = 0
    asides: list[str] = field(default_factory=list)
    """What no browser would have sent."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def act(self, act: str, version: str) -> None:
        with self.lock:
            if int(version) == self.version:
                self.phase = NEXT_PHASE[act]
                self.version += 1

    def end_when_answered(self, ballots: int) -> None:
        """Steer as somebody else would: to the end, once so many have answered."""
        for _ in range(500):
            if len(self.ballots) == ballots:
                break
            time.sleep(0.02)
        for act in ("close", "show", "explain", "end"):
            self.act(act, str(self.version))
            time.sleep(0.3)

    def counted(self) -> int:
        wrong = {"doubles": 1, "loses": -1}.get(self.fault, 0)
        return len(self.ballots) + wrong

    def state(self) -> bytes:
        return json.dumps(
            {
                "version": self.version,
                "phase": self.phase,
                "paused": False,
                "step": 1,
                "devices": self.joins,
                "boot": "a1b2c3d4",
            }
        ).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: StubSite

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/state/"):
            self._state()
        elif path.endswith("/join"):
            self._send(
                200, '<h1>Les</h1><form action="/nl/join" method="post"><input name="code"></form>'
            )
        elif "/class/" in path:
            self._class_page()
        elif path.endswith("/progress"):
            self._send(200, json.dumps({"text": f"{self.site.counted()} van 5"}))
        elif "/start/" in path:
            self._send(200, GATE_PAGE)
        elif "/desk/" in path:
            self._desk()
        else:
            self._send(404, "")

    def do_POST(self) -> None:
        values = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if not (self.headers["Origin"] or "").startswith("http://127.0.0.1:"):
            self.site.asides.append("a form without an Origin")
        if self.path.endswith("/join"):
            self._join()
        elif self.path.endswith("/answer"):
            self._answer(values["choice"][0])
        elif self.path.endswith("/act"):
            self.site.act(values["act"][0], values["version"][0])
            self._see_other(f"/nl/desk/{PUBLIC_ID}")
        else:
            self._see_other(f"/nl/desk/{PUBLIC_ID}")

    def _state(self) -> None:
        if self.headers["Cookie"]:
            self.site.asides.append("a state document asked for with a cookie")
        etag = f'"{self.site.version}"'
        if self.headers["If-None-Match"] == etag:
            self._send(304, "", ETag=etag, **{"Follow-After": "0.1"})
        else:
            self._send(200, self.site.state().decode(), ETag=etag, **{"Follow-After": "0.1"})

    def _join(self) -> None:
        if self.site.fault == "elsewhere":
            self._see_other("http://elsewhere.invalid/")
            return
        with self.site.lock:
            self.site.joins += 1
            seat = f"seat{self.site.joins}"
        cookie = f"__Host-seat={seat}; Secure; HttpOnly; Path=/; SameSite=Strict"
        self._see_other(f"/nl/class/{CODE}", **{"Set-Cookie": cookie})

    def _answer(self, choice: str) -> None:
        if self.site.fault == "breaks":
            self._send(500, "")
            return
        with self.site.lock:
            self.site.ballots[self.headers["Cookie"]] = choice
        self._send(204, "")

    def _class_page(self) -> None:
        options = "".join(f'<input type="radio" name="choice" value="{n}">' for n in range(4))
        form = (
            f'<form action="/nl/class/{CODE}/answer" method="post">'
            f'<input type="hidden" name="round" value="ronde001">{options}</form>'
        )
        body = form if self.site.phase == "open" else ""
        page = f'<main data-state-url="/state/{PUBLIC_ID}"><h1>Vraag</h1>{body}</main>'
        self._send(410 if self.site.phase == "ended" else 200, page)

    def _desk(self) -> None:
        hidden = f'<input type="hidden" name="version" value="{self.site.version}">'
        buttons = "".join(
            f'<button name="act" value="{act}">{act}</button>' for act in OFFERED[self.site.phase]
        )
        form = f'<form action="/nl/desk/{PUBLIC_ID}/act" method="post">{hidden}{buttons}</form>'
        self._send(200, f'<h1>Les</h1><a href="/nl/board/{CODE}">bord</a>{form}')

    def _see_other(self, address: str, **headers: str) -> None:
        self._send(303, "", Location=address, **headers)

    def _send(self, status: int, text: str, **headers: str) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """Devices hang up in the middle of a request on purpose."""


@contextmanager
def serving(site: StubSite) -> Iterator[str]:
    """Serve a stub site on a free port and give its address."""
    handler = type("Handler", (_Handler,), {"site": site})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
