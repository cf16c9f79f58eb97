"""HTTP for a thousand devices in one process: kept connections, little work, every byte counted.

Only what the site sends is understood (a length for every body); anything else raises.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import cast

_BODILESS = frozenset({204, 304})


class NotUnderstood(Exception):  # noqa: N818 - named for the fact
    """The server sent what this small client cannot read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One response."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the value of a header, or None."""
        start = self.head.lower().find(b"\r\n" + name.lower().encode() + b":")
        if start < 0:
            return None
        line = self.head[start + 2 :].split(b"\r\n", 1)[0]
        return line.split(b":", 1)[1].strip().decode("latin-1")


class Connection(asyncio.Protocol):
    """One connection with one request at a time."""

    def __init__(self) -> None:
        """Wait to be connected."""
        self.is_open = False
        self.received = 0
        self._transport: asyncio.WriteTransport | None = None
        self._buffer = b""
        self._answer: asyncio.Future[Answer] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection into use."""
        self._transport = cast("asyncio.WriteTransport", transport)
        self.is_open = True

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits that nothing comes any more."""
        self.is_open = False
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("closed by the server"))

    def data_received(self, data: bytes) -> None:
        """Collect until a response is whole."""
        self.received += len(data)
        self._buffer = self._buffer + data if self._buffer else data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or self._answer is None or self._answer.done():
            return
        head = self._buffer[:end]
        status = int(head[9:12])
        answer = Answer(status, head, b"")
        length = 0 if status in _BODILESS else int(answer.header("Content-Length") or -1)
        if length < 0:
            self._answer.set_exception(NotUnderstood(head.decode("latin-1")))
        elif len(self._buffer) >= end + 4 + length:
            self._answer.set_result(Answer(status, head, self._buffer[end + 4 :]))
            self._buffer = b""

    def ask(self, request: bytes) -> asyncio.Future[Answer]:
        """Send a request and return its answer to be awaited."""
        if self._transport is None:
            raise ConnectionResetError("not connected")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


class Wire:
    """The connections of one device; a second one is opened while the first is busy."""

    def __init__(self, host: str, port: int) -> None:
        """Open nothing yet."""
        self._host = host
        self._port = port
        self._idle: list[Connection] = []
        self.sent = 0
        self.received = 0
        self.reopened = 0

    async def ask(self, request: bytes, *, is_counted: bool = True) -> Answer:
        """Return the answer to a request; once more on a new connection if the kept one was closed.

        A browser does the same. Raises `OSError` and `NotUnderstood`.
        """
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open:
                try:
                    return await self._ask(connection, request, is_counted=is_counted)
                except ConnectionResetError:
                    self.reopened += 1
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(Connection, self._host, self._port)
        return await self._ask(connection, request, is_counted=is_counted)

    async def _ask(self, connection: Connection, request: bytes, *, is_counted: bool) -> Answer:
        before = connection.received
        answer = await connection.ask(request)
        if is_counted:
            self.sent += len(request)
            self.received += connection.received - before
        if (answer.header("Connection") or "").lower() == "close":
            connection.close()
        else:
            self._idle.append(connection)
        return answer

    def close(self) -> None:
        """Hang up every connection that is not in use."""
        for connection in self._idle:
            connection.close()
