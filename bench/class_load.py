"""Measures answering with 30, 200 and 1,000 devices that all follow, and prints a table.

What the numbers mean, and what they are held against, is in docs/performance.md.
"""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from typing import TYPE_CHECKING

from bench.scenario import Crowd, Found, Waves, measure
from bench.server import serving
from eduapp.simulate.plan import percentile

if TYPE_CHECKING:
    from collections.abc import Callable

CROWDS = (Crowd(30, 3.0), Crowd(200, 0.0), Crowd(1000, 3.0))

_ROWS: tuple[tuple[str, Callable[[Found], str]], ...] = (
    (
        "answers spread over",
        lambda f: f"{f.crowd.within_seconds:.0f} s" if f.crowd.within_seconds else "at once",
    ),
    ("joining, p95", lambda f: _ms(percentile(f.joined, 95) * 1000)),
    ("answer, p50", lambda f: _ms(f.answers.milliseconds(50))),
    ("answer, p95", lambda f: _ms(f.answers.milliseconds(95))),
    ("answer, p99", lambda f: _ms(f.answers.milliseconds(99))),
    ("empty POST, p50", lambda f: _ms(f.floor.milliseconds(50))),
    ("empty POST, p95", lambda f: _ms(f.floor.milliseconds(95))),
    ("empty POST, p99", lambda f: _ms(f.floor.milliseconds(99))),
    (
        "answer / empty POST, p95",
        lambda f: f"{f.answers.milliseconds(95) / f.floor.milliseconds(95):.2f}",
    ),
    ("answers per second", lambda f: f"{f.answers.per_second:.0f}"),
    ("act to device knows, p95", lambda f: _ms(percentile(f.seen, 95) * 1000)),
    ("act to page on device, p95", lambda f: _ms(percentile(f.loaded, 95) * 1000)),
    ("devices look every", lambda f: f"{f.interval:.1f} s"),
    ("server CPU while following", lambda f: f"{f.following_cpu * 100:.0f} % of a core"),
    ("server CPU per answer", lambda f: _cpu(f, f.answers)),
    ("server CPU per empty POST", lambda f: _cpu(f, f.floor)),
    ("server CPU per device that joins", lambda f: f"{f.joining_cpu * 1000:.0f} ms"),
    ("server CPU, whole run", lambda f: f"{f.server_cpu:.1f} s"),
    ("client CPU, whole run", lambda f: f"{f.client_cpu:.1f} s"),
    ("CPU of other programs", lambda f: f"{f.other_cpu * 100:.0f} % of a core"),
    (
        "server memory, RSS (PSS)",
        lambda f: f"{f.memory.rss:.0f} ({f.memory.pss:.0f}) MB" if f.memory else "-",
    ),
    ("per device: memory of the server, PSS", lambda f: f"{f.memory_of_device:.0f} KB"),
    ("per device: files, once", lambda f: _kb(f.bytes_files)),
    ("per device: joining", lambda f: _kb(f.bytes_join)),
    ("per device: one question, its pages", lambda f: _kb(f.bytes_question)),
    ("per device: each look", lambda f: f"{f.bytes_looks:.0f} bytes"),
    ("connections opened again", lambda f: str(f.reopened)),
)


def measure_classes(asked: list[int] | None = None) -> list[Found]:
    """Measure crowds of these sizes, or all. Raises when anything is not as it should be."""
    found: list[Found] = []
    for crowd in CROWDS:
        if not asked or crowd.devices in asked:
            print(f"measuring {crowd.devices} devices …", file=sys.stderr, flush=True)
            with serving("bench.floor_app:create()") as server:
                found.append(asyncio.run(measure(server, crowd)))
    return found


def table(found: list[Found]) -> str:
    """Return what was found as a Markdown table, one column for each crowd."""
    head = f"Python {platform.python_version()}, {os.cpu_count()} cores shared with the client"
    lines = [
        f"| {head} | " + " | ".join(f"{f.crowd.devices} devices" for f in found) + " |",
        "| --- |" + " ---: |" * len(found),
    ]
    lines += [f"| {name} | " + " | ".join(map(tell, found)) + " |" for name, tell in _ROWS]
    return "\n".join(lines)


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms" if milliseconds >= 10 else f"{milliseconds:.1f} ms"


def _kb(size: float) -> str:
    return f"{size / 1000:.1f} KB"


def _cpu(found: Found, waves: Waves) -> str:
    """Tell what one POST cost the server, without what it spent on following meanwhile."""
    spent = waves.server_cpu - found.following_cpu * waves.wall
    return f"{spent / waves.posts * 1000:.1f} ms"
