"""What an answer costs: in one process, with Redis, in two; against an empty POST and a write.

All in one run on one machine, told as ratios: a figure of its own says more about the machine. Each
round sends one kind after the other; the middle round of each counts.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING

from bench.device import Device
from bench.floor_app import FLOOR_PATH, UPSERT_PATH
from bench.server import serving
from eduapp.simulate.browser import Browser
from eduapp.simulate.desk import Desk
from tests.services.servers import start_postgresql, start_redis

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from bench.server import Server

DEVICES = 64
AT_ONCE = 16
ROUNDS = 5
ROUND_SECONDS = 1.5
SECRET_KEY = "only for measuring, 32 characters or more"  # noqa: S105 - of a server that lives a minute
APP = "bench.floor_app:create()"
KINDS = ("answer", "empty POST", "single UPSERT")


@dataclass(frozen=True, slots=True)
class Round:
    """What one kind of POST took in one round."""

    posts: int
    wall: float
    cpu: float

    @property
    def per_second(self) -> float:
        """Return how many were answered in a second."""
        return self.posts / self.wall

    @property
    def cpu_of_thousand(self) -> float:
        """Return the CPU seconds of a thousand: the site and what works for it."""
        return self.cpu / self.posts * 1000


@dataclass(slots=True)
class Variant:
    """One way to run the site, and what was found."""

    name: str
    rounds: dict[str, list[Round]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def middle(self, kind: str, what: str) -> float:
        """Return the middle of what the rounds of one kind found."""
        return statistics.median(float(getattr(each, what)) for each in self.rounds[kind])

    def ratio(self, kind: str) -> float:
        """Return answers per CPU second against the same of another kind: 1 is as cheap as that."""
        return self.middle(kind, "cpu_of_thousand") / self.middle("answer", "cpu_of_thousand")


@contextmanager
def several(processes: int) -> Iterator[Server]:
    """Serve with PostgreSQL and Redis, as a fresh installation."""
    postgresql, redis = start_postgresql({"fsync": "on"}), start_redis()
    settings = {
        "DATABASE_URL": postgresql.url(postgresql.new_database()),
        "URN_URL": redis.url(),
        "SECRET_KEY": SECRET_KEY,
        "WEB_CONCURRENCY": str(processes),
    }
    pids = tuple(each.process.pid for each in (postgresql, redis) if each.process)
    try:
        with serving(APP, settings, pids) as server:
            yield server
    finally:
        redis.stop()
        postgresql.stop()


def measure_variants() -> list[Variant]:
    """Measure every way to run the site, one after the other."""
    found = []
    for name, processes in (
        ("SQLite, one process", 0),
        ("Redis, one process", 1),
        ("Redis, two processes", 2),
    ):
        variant = Variant(name)
        with several(processes) if processes else serving(APP) as server:
            asyncio.run(_measure(server, variant))
        found.append(variant)
    return found


async def _measure(server: Server, variant: Variant) -> None:
    async with Browser(server.base, "nl") as browser:
        desk = await Desk.start(browser, "nl", "m4")
        await desk.make_room(DEVICES)
        devices = [Device(server.base, "nl", desk.code) for _ in range(DEVICES)]
        for device in devices:
            await device.join([])
        state = await desk.state()
        while "close" not in desk.offered:
            way = next(act for act in ("open", "show", "explain", "next") if act in desk.offered)
            state, _at = await desk.act(way, state)
        for device in devices:
            await device.load()
        sends: dict[str, Callable[[Device], Awaitable[float]]] = {
            "answer": lambda device: device.answer(1, is_counted=False),
            "empty POST": lambda device: device.post_to(FLOOR_PATH),
            "single UPSERT": lambda device: device.post_to(UPSERT_PATH),
        }
        for number in range(ROUNDS + 1):
            for kind, send in sends.items():
                found = await _saturate(server, devices, send)
                if number:  # the first warms up
                    variant.rounds[kind].append(found)
        for device in devices:
            device.wire.close()


async def _saturate(
    server: Server, devices: list[Device], send: Callable[[Device], Awaitable[float]]
) -> Round:
    """Keep so many POSTs under way all the time."""
    turns, posts = cycle(devices), 0
    cpu, began = server.cpu_seconds(), time.perf_counter()
    until = began + ROUND_SECONDS

    async def keep_sending() -> None:
        nonlocal posts
        while time.perf_counter() < until:
            await send(next(turns))
            posts += 1

    await asyncio.gather(*(keep_sending() for _ in range(AT_ONCE)))
    return Round(posts, time.perf_counter() - began, server.cpu_seconds() - cpu)


def variants_table(found: list[Variant]) -> str:
    """Return what was found as a Markdown table, one column for each way to run the site."""
    lines = ["| | " + " | ".join(variant.name for variant in found) + " |"]
    lines.append("| --- |" + " ---: |" * len(found))
    for kind in KINDS:
        rates = (f"{variant.middle(kind, 'per_second'):.0f}" for variant in found)
        lines.append(f"| {kind}, a second | " + " | ".join(rates) + " |")
        costs = (f"{variant.middle(kind, 'cpu_of_thousand'):.2f} s" for variant in found)
        lines.append(f"| {kind}, CPU of 1,000 | " + " | ".join(costs) + " |")
    for kind in KINDS[1:]:
        ratios = (f"{variant.ratio(kind):.2f}" for variant in found)
        lines.append(f"| answers / {kind}s, per CPU second | " + " | ".join(ratios) + " |")
    one, two = found[1], found[2]
    same = two.middle("answer", "cpu_of_thousand") / one.middle("answer", "cpu_of_thousand")
    more = two.middle("answer", "per_second") / one.middle("answer", "per_second")
    lines.append(f"| two processes / one: CPU of an answer | | 1 | {same:.2f} |")
    lines.append(f"| two processes / one: answers a second | | 1 | {more:.2f} |")
    return "\n".join(lines)
