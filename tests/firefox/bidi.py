"""Firefox of the system, driven over WebDriver BiDi: commands out, answers in, one at a time.

Only what these tests need, over a WebSocket to a browser that this process starts. Source:
https://w3c.github.io/webdriver-bidi/. No page and no lesson here.
"""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import websocket

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

START_SECONDS = 60.0
ANSWER_SECONDS = 30.0
PORT_FILE = "WebDriverBiDiServer.json"
PREFERENCES: Mapping[str, object] = {
    # Nothing but this machine is reached: what Firefox looks up elsewhere does not exist.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "localhost, 127.0.0.1",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
}


class BidiError(Exception):
    """Firefox refused a command."""


@dataclass(slots=True)
class Firefox:
    """A running Firefox and the connection to it."""

    profile: Path
    preferences: Mapping[str, object] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None
    _socket: websocket.WebSocket | None = None
    _people: list[str] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def start(self) -> None:
        """Start the browser without a window; raises `FileNotFoundError` where there is none."""
        path = shutil.which("firefox-esr") or shutil.which("firefox")
        if path is None:
            message = "Firefox is missing: install the Debian package `firefox-esr`."
            raise FileNotFoundError(message)
        self.profile.mkdir(parents=True)
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});"
            for name, value in {**PREFERENCES, **self.preferences}.items()
        ]
        (self.profile / "user.js").write_text("\n".join(lines))
        command = [path, "--headless", "--remote-debugging-port", "0", "--profile", self.profile]
        self._process = subprocess.Popen(
            command,  # type: ignore[arg-type]  # a path is as good as its text
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"ws://127.0.0.1:{self._port()}/session"
        self._socket = websocket.create_connection(
            address, timeout=ANSWER_SECONDS, suppress_origin=True
        )
        self.send("session.new", capabilities={})

    def stop(self) -> None:
        """Close the connection and the browser."""
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(START_SECONDS)

    def new_person(self) -> str:
        """Return the name of somebody new, whose windows share no cookie with others."""
        person = str(self.send("browser.createUserContext")["userContext"])
        self._people.append(person)
        return person

    def close_windows(self) -> None:
        """Close the windows of everybody."""
        while self._people:
            self.send("browser.removeUserContext", userContext=self._people.pop())

    def send(self, method: str, **parameters: object) -> Any:
        """Carry out one command and return its result. Raises `BidiError`."""
        assert self._socket is not None
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") != number:
                continue
            if answer["type"] == "error":
                raise BidiError(f"{method}: {answer['error']}: {answer['message']}")
            return answer["result"]

    def _port(self) -> int:
        file = self.profile / PORT_FILE
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if file.exists() and (text := file.read_text()):
                return int(json.loads(text)["ws_port"])
            time.sleep(0.05)
        message = "Firefox did not open its port for WebDriver BiDi."
        raise TimeoutError(message)
