"""One measurement: a class of so many devices joins, follows, and answers a question.

Every device follows all the time. The same devices send the same number of empty POSTs in the same
rhythm just before each wave of answers: the floor. Nothing is printed here.
"""

from __future__ import annotations

import asyncio
import gc
import random
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.device import Device, find_files
from bench.server import machine_cpu_seconds
from eduapp.simulate.browser import Browser
from eduapp.simulate.desk import Desk
from eduapp.simulate.plan import percentile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bench.server import Memory, Server
    from eduapp.simulate.following import State

JOINS_A_SECOND = 60.0
QUIET_SECONDS = 4.0
WAVES = 5
"""Of answers, and as many of empty POSTs."""
_FOLLOW_SECONDS = 12.0
_MOST_STEPS = 40


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many devices answer, and within how many seconds (0: all at once)."""

    devices: int
    within_seconds: float


@dataclass(slots=True)
class Waves:
    """What the waves of one kind of POST took."""

    seconds: list[list[float]] = field(default_factory=list)
    """For each wave, from sending to the whole answer, one value for each POST."""
    server_cpu: float = 0.0
    wall: float = 0.0
    """Seconds from the first POST to the last answer, summed over the waves."""

    def milliseconds(self, percent: int) -> float:
        """Return a percentile of the times in the middle wave: one disturbed wave says nothing."""
        return percentile([percentile(wave, percent) for wave in self.seconds], 50) * 1000

    @property
    def posts(self) -> int:
        """Return how many POSTs were answered."""
        return sum(map(len, self.seconds))

    @property
    def per_second(self) -> float:
        """Return how many were answered in a second."""
        return self.posts / self.wall if self.wall else 0.0


@dataclass(slots=True)
class Found:
    """What one measurement found."""

    crowd: Crowd
    answers: Waves = field(default_factory=Waves)
    floor: Waves = field(default_factory=Waves)
    seen: list[float] = field(default_factory=list)
    """Seconds from the reply to an act until a device knew of it; one value per act and device."""
    loaded: list[float] = field(default_factory=list)
    """The same until it had the new page."""
    following_cpu: float = 0.0
    """Server processor seconds in a second in which devices only follow."""
    interval: float = 0.0
    """Seconds between two looks, as the server asks for."""
    joined: list[float] = field(default_factory=list)
    """Seconds from sending the code to the page of the class, one value for each device."""
    joining_cpu: float = 0.0
    """Server processor seconds of one device that joins: page, files, form, page."""
    bytes_files: float = 0.0
    """Bytes per device, both directions: what is fetched once (style, script, fonts)."""
    bytes_join: float = 0.0
    bytes_question: float = 0.0
    """The pages of one question and the answer to it."""
    bytes_looks: float = 0.0
    """One look at the state document."""
    memory: Memory | None = None
    memory_before: Memory | None = None
    """Of a server that served one desk and nobody else."""
    server_cpu: float = 0.0
    client_cpu: float = 0.0
    other_cpu: float = 0.0
    """Share of a core that neither server nor client used: above 0.2 the times say little."""
    reopened: int = 0

    @property
    def memory_of_device(self) -> float:
        """Return the kilobytes of PSS that the server grew by for each device."""
        if self.memory is None or self.memory_before is None:
            return 0.0
        return (self.memory.pss - self.memory_before.pss) * 1000 / self.crowd.devices


async def measure(server: Server, crowd: Crowd) -> Found:
    """Return what a crowd and its server needed. Raises when anything is not as it should be."""
    found = Found(crowd)
    cpu, client_cpu = server.cpu_seconds(), time.process_time()
    machine_cpu, began = machine_cpu_seconds(), time.monotonic()
    async with Browser(server.base, "nl") as browser:
        desk = await Desk.start(browser, "nl", "m4")
        await desk.make_room(crowd.devices)
        devices = [
            Device(server.base, "fr" if number % 10 < 3 else "nl", desk.code)
            for number in range(crowd.devices)
        ]
        found.memory_before = server.memory()
        await _join(server, devices, found)
        async with _following(devices):
            await _lesson(server, desk, devices, found)
    found.memory = server.memory()
    found.server_cpu = server.cpu_seconds() - cpu
    found.client_cpu = time.process_time() - client_cpu
    used = machine_cpu_seconds() - machine_cpu - found.server_cpu - found.client_cpu
    found.other_cpu = max(0.0, used / (time.monotonic() - began))
    found.reopened = sum(device.wire.reopened for device in devices)
    return found


async def _join(server: Server, devices: list[Device], found: Found) -> None:
    scout = Device(server.base, "nl", "X")
    files = await find_files(scout, "/nl/join")
    scout.wire.close()

    async def come_in(number: int, device: Device) -> None:
        await asyncio.sleep(number / JOINS_A_SECOND)
        await device.join(files)

    cpu = server.cpu_seconds()
    await asyncio.gather(*(come_in(number, device) for number, device in enumerate(devices)))
    found.joining_cpu = (server.cpu_seconds() - cpu) / len(devices)
    found.joined = [device.join_seconds for device in devices]
    found.bytes_files = devices[0].bytes_files
    found.bytes_join = _bytes(devices) - found.bytes_files
    # The client's own garbage collector must not look like a slow server.
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _following(devices: list[Device]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(device.follow()) for device in devices]
    try:
        yield
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for device in devices:
            device.wire.close()


async def _lesson(server: Server, desk: Desk, devices: list[Device], found: Found) -> None:
    await asyncio.sleep(QUIET_SECONDS)
    state = await desk.state()
    for _ in range(_MOST_STEPS):
        if "open" in desk.offered:
            break
        state = await _act(desk, "next", state, devices, found)
    await _quiet(server, devices, found)
    before, looks = _bytes(devices), sum(device.looks for device in devices)
    state = await _act(desk, "open", state, devices, found)
    for wave in range(WAVES):
        await _wave(server, found.floor, found.crowd, [device.floor for device in devices])
        await _answer(server, devices, found, is_first=wave == 0)
    for act in ("close", "discuss", "open", "close", "show", "explain"):
        if act in desk.offered:
            state = await _act(desk, act, state, devices, found)
    looks = sum(device.looks for device in devices) - looks
    found.bytes_question = _bytes(devices) - before - found.bytes_looks * looks / len(devices)


async def _quiet(server: Server, devices: list[Device], found: Found) -> None:
    """Measure following alone: what the server spends on it, and its bytes per look."""
    cpu, began = server.cpu_seconds(), time.monotonic()
    bytes_before, looks = _bytes(devices), sum(device.looks for device in devices)
    await asyncio.sleep(QUIET_SECONDS)
    found.following_cpu = (server.cpu_seconds() - cpu) / (time.monotonic() - began)
    looks = sum(device.looks for device in devices) - looks
    found.bytes_looks = (_bytes(devices) - bytes_before) * len(devices) / max(looks, 1)
    found.interval = devices[0].interval


async def _act(desk: Desk, act: str, before: State, devices: list[Device], found: Found) -> State:
    """Carry out an act, wait until every device has its page, and note how long each took."""
    state, at = await desk.act(act, before)
    give_up = time.monotonic() + _FOLLOW_SECONDS
    while any(device.page_version < state.version for device in devices):
        if time.monotonic() > give_up:
            raise TimeoutError(f"{act} did not reach every device in {_FOLLOW_SECONDS:.0f} s")
        await asyncio.sleep(0.05)
    found.seen += [max(0.0, device.seen_at[state.version] - at) for device in devices]
    found.loaded += [max(0.0, device.loaded_at[state.version] - at) for device in devices]
    return state


async def _answer(server: Server, devices: list[Device], found: Found, *, is_first: bool) -> None:
    dice = random.Random(1)

    def sending(device: Device) -> Callable[[], Awaitable[float]]:
        choice = dice.randrange(3)
        return lambda: device.answer(choice, is_counted=is_first)

    await _wave(server, found.answers, found.crowd, [sending(device) for device in devices])


async def _wave(
    server: Server, waves: Waves, crowd: Crowd, sends: list[Callable[[], Awaitable[float]]]
) -> None:
    dice = random.Random(2)
    delays = [dice.uniform(0, crowd.within_seconds) for _ in sends]

    async def one(delay: float, send: Callable[[], Awaitable[float]]) -> float:
        if crowd.within_seconds:
            await asyncio.sleep(delay)
        return await send()

    await asyncio.sleep(1.0)
    cpu, began = server.cpu_seconds(), time.perf_counter()
    waves.seconds.append(await asyncio.gather(*map(one, delays, sends)))
    waves.wall += time.perf_counter() - began
    waves.server_cpu += server.cpu_seconds() - cpu


def _bytes(devices: list[Device]) -> float:
    return sum(device.wire.sent + device.wire.received for device in devices) / len(devices)
