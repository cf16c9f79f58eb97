"""A network between browser and site that a test can cut, hang, slow down and lose with.

A proxy of bytes on a port of its own; every connection is refused, swallowed or passed on as the
test says at that moment. No browser in here.
"""

from __future__ import annotations

import contextlib
import random
import select
import socket
import threading
import time
from dataclasses import dataclass, field
from enum import Enum

HOST = "127.0.0.1"
CHUNK = 4096


class Weather(Enum):
    """What the network does now."""

    FINE = "fine"
    CUT = "cut"
    """Every connection breaks, new ones at once."""
    HANGING = "hanging"
    """Nothing goes through, and nobody is told."""


@dataclass(slots=True)
class BadNetwork:
    """The way to a site that listens on `port`."""

    port: int
    delay_seconds: float = 0.0
    """How long each way takes."""
    bytes_per_second: float = 0.0
    """How much goes through each way; 0 is no limit."""
    loss: float = 0.0
    """The part of connections that break: half before the site hears, half before it is heard."""
    seed: int = 5
    weather: Weather = Weather.FINE
    connections: int = 0
    _listener: socket.socket = field(default_factory=socket.socket)
    _open: set[socket.socket] = field(default_factory=set)
    _chance: random.Random = field(default_factory=random.Random)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_over: bool = False

    def start(self) -> BadNetwork:
        """Listen on a free port."""
        self._chance.seed(self.seed)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind((HOST, 0))
        self._listener.listen(128)
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def stop(self) -> None:
        """Stop listening and break what is open."""
        self._is_over = True
        self._listener.close()
        self.cut()

    @property
    def url(self) -> str:
        """Return the address of the site over this network."""
        return f"http://{HOST}:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        """Let every connection break from now on."""
        self.weather = Weather.CUT
        with self._lock:
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def hang(self) -> None:
        """Let nothing through from now on; a connection that hung is lost."""
        self.weather = Weather.HANGING

    def mend(self) -> None:
        """Let everything through again."""
        self.weather = Weather.FINE

    def _serve(self) -> None:
        while not self._is_over:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        if self.weather is Weather.CUT:
            near.close()
            return
        breaks_at = self._breaking()
        with near, socket.create_connection((HOST, self.port)) as far:
            pair = {near: far, far: near}
            with self._lock:
                self._open |= pair.keys()
            with contextlib.suppress(OSError):
                self._pass_on(pair, near, breaks_at)
            with self._lock:
                self._open -= pair.keys()

    def _pass_on(
        self, pair: dict[socket.socket, socket.socket], near: socket.socket, breaks_at: str
    ) -> None:
        is_lost = False
        while True:
            ready, _, _ = select.select(list(pair), [], [], 0.05)
            for each in ready:
                data = each.recv(CHUNK)
                if not data or ((each is near) == (breaks_at == "request") and breaks_at):
                    return
                is_lost = is_lost or self.weather is Weather.HANGING
                if breaks_at == "reply" and each is not near:
                    return
                if not is_lost:
                    self._wait(len(data))
                    pair[each].sendall(data)
            if self._is_over or self.weather is Weather.CUT:
                return

    def _wait(self, size: int) -> None:
        time.sleep(
            self.delay_seconds + (size / self.bytes_per_second if self.bytes_per_second else 0)
        )

    def _breaking(self) -> str:
        with self._lock:
            if self._chance.random() >= self.loss:
                return ""
            return self._chance.choice(("request", "reply"))
