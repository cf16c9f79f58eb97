"""A real server for one measurement: gunicorn as in production, its own instance, a free port.

Reads what the server processes used from /proc (Linux).
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60.0
_TICKS = os.sysconf("SC_CLK_TCK")


class ServerFailed(Exception):  # noqa: N818 - named for the fact
    """The server did not start; the message is what it said."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Memory of all server processes together, in MB (1,000,000 bytes)."""

    rss: float
    pss: float
    """Like RSS, with pages that processes share counted once."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    base: str
    pid: int
    beside: tuple[int, ...] = ()
    """What works for it besides: Redis, PostgreSQL, nginx."""

    def processes(self) -> tuple[int, ...]:
        """Return the process ids of the server, gunicorn and its workers, and what is beside it."""
        found: list[int] = []
        for pid in (self.pid, *self.beside):
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            found += [pid, *map(int, children)]
        return tuple(found)

    @property
    def alone(self) -> Server:
        """The same without what is beside it."""
        return replace(self, beside=())

    def cpu_seconds(self) -> float:
        """Return the processor time used so far by all of them, and by children that are gone."""
        ticks = 0
        for pid in self.processes():
            # A child may go between the list and the look: its parent has its time then.
            with suppress(FileNotFoundError, ProcessLookupError):
                # The name in parentheses may hold spaces: count from its end.
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15]))
        return ticks / _TICKS

    def memory(self) -> Memory:
        """Return what all of them hold now."""
        sums = {"Rss:": 0, "Pss:": 0}
        for pid in self.processes():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                name, *rest = line.split()
                if name in sums:
                    sums[name] += int(rest[0]) * 1024
        return Memory(sums["Rss:"] / 1e6, sums["Pss:"] / 1e6)


def machine_cpu_seconds() -> float:
    """Return the processor time that everything on this machine has used since it started."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _idle, _waiting, irq, softirq, *_ = map(int, fields)
    return (user + nice + system + irq + softirq) / _TICKS


@contextmanager
def serving(
    app: str = "eduapp:create_app()",
    settings: Mapping[str, str] | None = None,
    beside: tuple[int, ...] = (),
) -> Iterator[Server]:
    """Start a server of an application and stop it at the end. Raises `ServerFailed`."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = _environment(port, folder) | dict(settings or {})
        # A first start makes the tables, and what that takes is no part of serving.
        prepare = [sys.executable, "-c", "from eduapp import create_app; create_app()"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True)
        said = Path(folder) / "said.txt"
        with said.open("wb") as output:
            process = subprocess.Popen(
                [
                    str(Path(sys.executable).with_name("gunicorn")),
                    "--config",
                    str(ROOT / "gunicorn.conf.py"),
                    app,
                ],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_for(base, process, said)
            yield Server(base, process.pid, beside)
        finally:
            process.terminate()
            process.wait(20)


def _environment(port: int, folder: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "INSTANCE_DIR": str(Path(folder) / "instance"),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(base: str, process: subprocess.Popen[bytes], said: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise ServerFailed(said.read_text())
        try:
            with urllib.request.urlopen(f"{base}/health", timeout=2):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise ServerFailed("no answer from /health")
