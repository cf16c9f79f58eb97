"""What following costs: 30 to 10,000 devices, straight from the site and from nginx in front of it.

Devices are in classes of 25, as in schools: the site answers one look a second for each class, the
edge answers the rest. Teachers act now and then, and each device of a class notes when it knew.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bench.server import Server, serving
from eduapp.simulate.browser import Browser
from eduapp.simulate.desk import Desk
from eduapp.simulate.plan import percentile
from tests.browser.running_site import free_port
from tests.services.cluster import start_nginx

if TYPE_CHECKING:
    from collections.abc import Iterator

CLASS = 25
CROWDS = (30, 200, 1000, 3000, 10_000)
STRAIGHT = (30, 200, 1000)
"""Crowds that also look straight at the site."""
MEASURED_SECONDS = 6.0
ACTS = 6


@dataclass(slots=True)
class Followed:
    """What a crowd of followers cost."""

    devices: int
    is_edge: bool
    looks: float = 0.0
    """A second, all devices together."""
    site_cpu: float = 0.0
    """Share of a core."""
    edge_cpu: float = 0.0
    client_cpu: float = 0.0
    seen: list[float] = field(default_factory=list)
    """Seconds from the reply to an act until a device knew of it."""
    memory: float = 0.0
    """MB of site and edge together, PSS."""

    @property
    def cpu_of_device(self) -> float:
        """Return milliseconds of CPU that one device takes in a second, site and edge together."""
        return (self.site_cpu + self.edge_cpu) / self.devices * 1000


class Follower(asyncio.Protocol):
    """One device that looks at the state document again and again, as `follow.mjs` does."""

    def __init__(self, path: str, host: str, dice: random.Random) -> None:
        """Look at `path`."""
        self._plain = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n".encode()
        self._request = self._plain + b"\r\n"
        self._dice = dice
        self._buffer = b""
        self._interval = 0.8
        self._transport: asyncio.WriteTransport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.looks = 0
        self.version = 0
        self.seen_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to look, not all at the same moment."""
        self._transport = transport  # type: ignore[assignment]
        self._later(self._dice.uniform(0, self._interval))

    def data_received(self, data: bytes) -> None:
        """Take an answer, and look again after the time that it asks for."""
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        status = self._buffer[9:12]
        told = self._buffer.find(b"Follow-After: ") + 14
        self._interval = float(self._buffer[told : self._buffer.find(b"\r", told)])
        if status == b"200":
            body = self._buffer[end + 4 :]
            if not body.endswith(b"}"):
                return
            self._take(self._buffer[:end], body)
        elif status != b"304":
            raise AssertionError(self._buffer[:100])
        self._buffer = b""
        self.looks += 1
        self._later(self._interval * self._dice.uniform(0.9, 1.1))

    def _take(self, head: bytes, body: bytes) -> None:
        start = body.index(b'"version":') + 10
        version = int(body[start : body.index(b",", start)])
        if version > self.version:
            self.version, self.seen_at = version, time.monotonic()
        lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        self._request = self._plain + b"If-None-Match: " + lines[b"ETag"] + b"\r\n\r\n"

    def _later(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        if self._transport is not None:
            self._transport.write(self._request)

    def close(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
        if self._transport is not None:
            self._transport.close()


@contextmanager
def edged() -> Iterator[tuple[Server, Server]]:
    """Serve in one process, with nginx in front; return the site and the edge."""
    with serving(settings={"TRUSTED_PROXIES": "1"}) as site:
        port = urlsplit(site.base).port or 0
        nginx = start_nginx([port], free_port())
        try:
            if nginx.process is None:
                raise AssertionError
            yield site, Server(f"http://127.0.0.1:{nginx.port}", nginx.process.pid)
        finally:
            nginx.stop()


def measure_following() -> list[Followed]:
    """Measure every crowd, one after the other, on a server of its own."""
    found = []
    for devices in CROWDS:
        for is_edge in (False, True) if devices in STRAIGHT else (True,):
            way = "nginx" if is_edge else "straight"
            print(f"{devices} devices follow, {way} …", file=sys.stderr, flush=True)
            with edged() as (site, edge):
                followed = Followed(devices, is_edge)
                asyncio.run(_measure(site, edge, followed))
            found.append(followed)
    return found


async def _measure(site: Server, edge: Server, found: Followed) -> None:
    base = edge.base if found.is_edge else site.base
    started = [await _start(site, number) for number in range(-(-found.devices // CLASS))]
    desks = [desk for _browser, desk in started]
    parts, dice = urlsplit(base), random.Random(1)
    loop = asyncio.get_running_loop()
    classes: list[list[Follower]] = [[] for _ in desks]
    for number in range(found.devices):
        desk = desks[number // CLASS]
        path = f"/state/{desk.public_id}"
        _, follower = await loop.create_connection(
            lambda path=path: Follower(path, parts.netloc, dice),  # type: ignore[misc]
            parts.hostname or "",
            parts.port or 0,
        )
        classes[number // CLASS].append(follower)
    everybody = [follower for each in classes for follower in each]
    await asyncio.sleep(5)
    await _quiet(site, edge, everybody, found)
    for number in range(ACTS):
        await _act(desks[number % len(desks)], classes[number % len(desks)], found)
    found.memory = site.memory().pss + (edge.memory().pss if found.is_edge else 0)
    for follower in everybody:
        follower.close()
    for browser, _desk in started:
        await browser.__aexit__(None, None, None)


async def _start(site: Server, number: int) -> tuple[Browser, Desk]:
    """Start a lesson; each comes from a school of its own, for starts are paced by address."""
    school = f"10.{number // 25 // 250}.{number // 25 % 250}.1"
    browser = Browser(site.base, "nl")
    browser._headers["X-Forwarded-For"] = school  # noqa: SLF001 - what a proxy says of it
    return browser, await Desk.start(browser, "nl", "m4")


async def _quiet(site: Server, edge: Server, everybody: list[Follower], found: Followed) -> None:
    looks, client = sum(each.looks for each in everybody), time.process_time()
    site_cpu, edge_cpu, began = site.cpu_seconds(), edge.cpu_seconds(), time.monotonic()
    await asyncio.sleep(MEASURED_SECONDS)
    took = time.monotonic() - began
    found.looks = (sum(each.looks for each in everybody) - looks) / took
    found.site_cpu = (site.cpu_seconds() - site_cpu) / took
    found.edge_cpu = (edge.cpu_seconds() - edge_cpu) / took
    found.client_cpu = (time.process_time() - client) / took


async def _act(desk: Desk, devices: list[Follower], found: Followed) -> None:
    """Let a teacher go on, and note when each device of the class knew."""
    state = await desk.state()
    state, at = await desk.act("next", state)
    give_up = time.monotonic() + 10
    while any(device.version < state.version for device in devices):
        if time.monotonic() > give_up:
            raise TimeoutError
        await asyncio.sleep(0.02)
    found.seen += [max(0.0, device.seen_at - at) for device in devices]


def following_table(found: list[Followed]) -> str:
    """Return what was found as a Markdown table, one line for each crowd."""
    heads = (
        *("devices that follow", "looks a second", "site", "nginx", "CPU of a device"),
        *("act to device, p95", "memory", "client"),
    )
    lines = [f"| {' | '.join(heads)} |", "| --- |" + " ---: |" * (len(heads) - 1)]
    for each in found:
        way = "nginx" if each.is_edge else "straight"
        lines.append(
            f"| {each.devices:,}, {way} | {each.looks:,.0f} | {each.site_cpu * 100:.0f} % | "
            f"{each.edge_cpu * 100:.0f} % | {each.cpu_of_device:.3f} ms a second | "
            f"{percentile(each.seen, 95):.1f} s | {each.memory:.0f} MB | "
            f"{each.client_cpu * 100:.0f} % |"
        )
    return "\n".join(lines)
