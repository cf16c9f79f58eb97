"""PostgreSQL and Redis of our own for tests: private ports, a user without rights, nothing kept.

Each test process starts them when the first test asks, and stops them when it ends. Where a program
is missing the tests fail and name the Debian package; `make services` installs it.
"""

from __future__ import annotations

import atexit
import functools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import psycopg
import redis

from tests.browser.running_site import HOST, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

START_SECONDS = 30.0
ROLE = "mijnbeeld"
SBIN = "/usr/sbin:/usr/local/sbin"


@dataclass(slots=True)
class Server:
    """A server program that runs in a folder of its own."""

    folder: Path
    port: int
    command: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **as_nobody(),
            )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            if how is signal.SIGKILL:
                # Whoever dies like that stops none of its own: a worker of nginx would serve on.
                os.killpg(self.process.pid, how)
            self.process.send_signal(how)
            self.process.wait(30)
            self.process = None

    def has_stopped(self) -> bool:
        return self.process is None or self.process.poll() is not None


def program(name: str, package: str) -> str:
    """Return the path of a program; fail with the package that has it where it is missing."""
    # Debian keeps several versions of PostgreSQL out of the way.
    of_debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = of_debian[-1] if of_debian else shutil.which(name) or shutil.which(name, path=SBIN)
    if found:
        return str(found)
    message = f"{name} is missing: install the Debian package {package} (`make services`)."
    raise RuntimeError(message)


def as_nobody() -> dict[str, Any]:
    """Return how to start a program that refuses to run as root, or should not."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def own_folder(name: str) -> Path:
    """Return a new folder that the server alone can read, gone when the tests end."""
    folder = Path(tempfile.mkdtemp(prefix=f"mijnbeeld-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if not os.geteuid():
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return folder


class PostgreSQL(Server):
    """A PostgreSQL with as many databases as tests ask for."""

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{ROLE}@{HOST}:{self.port}/{name}"

    def connect(self, name: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=HOST, port=self.port, user=ROLE, dbname=name, autocommit=True, connect_timeout=5
        )

    def new_database(self, template: str = "template1") -> str:
        """Return the name of a new database."""
        name = f"test_{uuid4().hex[:12]}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        with self.connect() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def wait(self) -> None:
        wait_for(self, lambda: self.connect().close(), psycopg.OperationalError)


class Redis(Server):
    """A Redis that keeps nothing, as deploy/redis.conf sets it up: reached through a socket."""

    @property
    def socket(self) -> Path:
        return self.folder / "redis.sock"

    def url(self) -> str:
        return f"unix://{self.socket}"

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url())

    def wait(self) -> None:
        wait_for(self, lambda: self.client().ping(), redis.RedisError)

    def held(self) -> dict[bytes, list[bytes]]:
        """Return everything that it holds, by key."""
        ask: Callable[..., Any] = self.client().execute_command
        reads = {b"hash": "HGETALL", b"set": "SMEMBERS", b"string": "GET"}
        return {key: _flat(ask(reads[ask("TYPE", key)], key)) for key in ask("KEYS", "*")}


def _flat(answer: object) -> list[bytes]:
    """Return what Redis answered as one list, whatever its form."""
    if isinstance(answer, dict):
        return [each for pair in answer.items() for each in pair]
    return list(answer) if isinstance(answer, list | set) else [cast("bytes", answer)]


def wait_for(server: Server, attempt: Callable[[], object], error: type[Exception]) -> None:
    """Try until a server answers; fail with its log where it does not."""
    give_up = time.monotonic() + START_SECONDS
    while True:
        try:
            attempt()
        except error:
            if server.has_stopped() or time.monotonic() > give_up:
                message = f"{server.command[0]} did not start:\n{server.log.read_text()}"
                raise RuntimeError(message) from None
            time.sleep(0.05)
        else:
            return


def start_postgresql(settings: Mapping[str, str] | None = None) -> PostgreSQL:
    """Start a PostgreSQL that is gone with this process."""
    folder = own_folder("postgresql")
    data = folder / "data"
    initdb = program("initdb", "postgresql")
    subprocess.run(
        [initdb, "-D", data, "-U", ROLE, "--auth=trust", "--encoding=UTF8", "--no-sync"],
        cwd=folder,
        check=True,
        capture_output=True,
        **as_nobody(),
    )
    port = free_port()
    own = {"listen_addresses": HOST, "port": str(port), "unix_socket_directories": str(folder)}
    own |= {"fsync": "off", "max_connections": "200", **(settings or {})}
    options = [word for name, value in own.items() for word in ("-c", f"{name}={value}")]
    command = [program("postgres", "postgresql"), "-D", str(data), *options]
    server = PostgreSQL(folder, port, command, folder / "log")
    server.start()
    # Stopped at once: nothing of it is needed any more.
    atexit.register(server.stop, signal.SIGQUIT)
    server.wait()
    return server


def start_redis(*settings: str) -> Redis:
    """Start a Redis that is gone with this process."""
    folder = own_folder("redis")
    # The project may stand where a user without rights cannot read.
    conf = folder / "redis.conf"
    shutil.copy(Path(__file__).parents[2] / "deploy" / "redis.conf", conf)
    conf.chmod(0o644)
    own = ["--dir", str(folder), "--unixsocket", str(folder / "redis.sock")]
    command = [program("redis-server", "redis-server"), str(conf), *own, *settings]
    server = Redis(folder, 0, command, folder / "log")
    server.start()
    atexit.register(server.stop, signal.SIGKILL)
    server.wait()
    return server


@functools.cache
def postgresql() -> PostgreSQL:
    """Return the PostgreSQL of this test process."""
    return start_postgresql()


@functools.cache
def redis_server() -> Redis:
    """Return the Redis of this test process."""
    return start_redis()
