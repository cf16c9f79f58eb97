"""A real server for the journeys: the site under gunicorn, as `make run` starts it.

Each has its own empty instance folder and a free port. `look` fetches the very bytes that a device
gets, which a browser would already have parsed. No browser in here.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from config import ROOT, SETTINGS
from eduapp.web import static_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOST = "127.0.0.1"
LAW_CHECKED_BY = "A. Peeters"
"""Somebody is named, so that every step of every lesson is given."""
START_SECONDS = 30.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered, byte for byte."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that were set."""
        jar = SimpleCookie(self.headers.get("Set-Cookie", ""))
        return {name: morsel.value for name, morsel in jar.items()}


@dataclass(slots=True)
class RunningSite:
    """The site as a process of its own."""

    instance: Path
    port: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)
    """Settings beyond folder, host and port."""
    version: Path = ROOT
    """The folder that the program stands in."""
    _process: subprocess.Popen[bytes] | None = field(default=None)

    def __post_init__(self) -> None:
        self.port = self.port or free_port()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.instance.mkdir(parents=True, exist_ok=True)
        self._pack()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command(),
                cwd=self.version,
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        give_up = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > give_up:
                self.stop()
                raise RuntimeError(f"The site did not start:\n{self.log.read_text()}")
            time.sleep(0.05)

    def _pack(self) -> None:
        """Pack its static files: a fifth of a start, which the tests of a process do once."""
        if self.version == ROOT:
            static_files.publish(ROOT / "static", self.instance / "static")

    def _command(self) -> list[str]:
        return [sys.executable, "-m", "gunicorn"]

    def _environment(self) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if name not in SETTINGS}
        own = {"INSTANCE_DIR": str(self.instance), "PORT": str(self.port), "HOST": HOST}
        return kept | own | {"LAW_CHECKED_BY": LAW_CHECKED_BY} | dict(self.settings)

    def stop(self) -> None:
        """Stop the server; an open round goes with it."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def kill(self) -> None:
        """Let the server die in the middle of whatever it does, as when the power goes."""
        if self._process is None:
            return
        for pid in (*self.workers(), self._process.pid):
            os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let the server take connections and say nothing, as one that lost its network."""
        assert self._process is not None
        processes = (*self.workers(), self._process.pid)
        for pid in processes:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in processes:
                os.kill(pid, signal.SIGCONT)

    def workers(self) -> tuple[int, ...]:
        """Return the process ids of gunicorn's workers."""
        if self._process is None:
            return ()
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return tuple(map(int, children.split()))

    def restart(self) -> None:
        """Stop and start on the same port, as after an upgrade or a power cut."""
        self.stop()
        self.start()

    @property
    def log(self) -> Path:
        """Everything the server wrote on its terminal."""
        return self.instance / "terminal.log"

    def said(self) -> list[str]:
        """Return the lines it wrote, but for slow pages: tests share a machine."""
        lines = self.log.read_text().splitlines()
        return [line for line in lines if '"event": "slow"' not in line]

    def state(self, public_id: str) -> dict[str, Any]:
        """Return what devices follow, as it is now: not what a cache in front said before."""
        document = json.loads(self.look(f"/state/{public_id}").body)
        assert isinstance(document, dict)
        return document

    def look(self, path: str, cookies: str = "", headers: Mapping[str, str] | None = None) -> Reply:
        """Return the reply to a GET, redirects not followed."""
        return self._ask("GET", path, None, {"Cookie": cookies, **(headers or {})})

    def send(
        self,
        path: str,
        fields: Mapping[str, str],
        cookies: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Return the reply to a form, redirects not followed."""
        body = urlencode(fields)
        return self._ask("POST", path, body, {"Cookie": cookies, **FORM, **(headers or {})})

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Reply:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            kept = {name: text for name, text in headers.items() if text}
            connection.request(method, path, body, kept)
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    def _answers(self) -> bool:
        try:
            return self.look("/health").status == http.HTTPStatus.OK
        except OSError:
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
