"""The settings of one installation, read once from the environment.

One frozen `Config` that everything is handed; nothing else of the project reads the environment.
Imports nothing of ours.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SETTINGS = (
    "ALLOW_PLAIN_HTTP",
    "DATABASE_URL",
    "HOST",
    "INSTANCE_DIR",
    "LAW_CHECKED_BY",
    "LESSONS_DIR",
    "METRICS_PORT",
    "PORT",
    "PREVIEW",
    "PUBLIC_URL",
    "SECRET_KEY",
    "TRUSTED_PROXIES",
    "URN_URL",
    "WEB_CONCURRENCY",
    "WIFI_NAME",
    "WIFI_PASSWORD",
)
"""Every environment variable that is read; `docs/operations.md` explains each."""


REFUSED = {
    "FLASK_DEBUG": "a page of errors would show what is in memory, answers included; leave it out.",
    "FLASK_RUN_FROM_CLI": "Flask's own server writes down every request; start gunicorn instead.",
    "SQLALCHEMY_ECHO": "statements would be written to the log; leave it out.",
}
"""Settings that stop the start: each would undo a promise."""
SQLITE = "sqlite:///"
POSTGRESQL = "postgresql+psycopg://"
URN_SCHEMES = frozenset({"redis", "rediss", "unix"})
ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})
"""The values of PostgreSQL's `sslmode` that never fall back to plain text."""
OFF = frozenset({"", "0", "false", "no", "off"})


class ConfigError(Exception):
    """The settings cannot be used; the message names every problem at once, one to a line."""


@dataclass(frozen=True, slots=True)
class Wifi:
    """The wifi of the room, for the board; None is one without a password."""

    name: str
    password: str | None


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a running installation."""

    secret_key: bytes
    instance_dir: Path
    database_url: str
    urn_url: str | None = None
    """The Redis that holds what is open, for several processes; None: the memory of this one."""
    processes: int = 1
    """How many processes serve on this machine."""
    lessons_dir: Path = ROOT / "lessons"
    static_dir: Path = ROOT / "static"
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    metrics_port: int | None = None
    """Where figures are told on this machine; None: nowhere."""
    trusted_proxies: int = 0
    allow_plain_http: bool = False
    wifi: Wifi | None = None
    preview: bool = False
    """Whether lessons are read again whenever a file is saved, for who writes them."""
    law_checked_by: str | None = None
    """Who checked what the lessons say about law; without it no student sees that."""
    testing: bool = False

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Config:
        """Return the settings of an environment.

        Makes the instance folder and the secret key on first start. Raises `ConfigError` with
        every missing or wrong value at once.
        """
        env = os.environ if env is None else env
        problems: list[str] = []
        instance = _instance(env)
        host = env.get("HOST") or "127.0.0.1"
        public_url = (env.get("PUBLIC_URL") or "").rstrip("/") or None
        plain = _flag(env, "ALLOW_PLAIN_HTTP", problems)
        preview = _flag(env, "PREVIEW", problems)
        if preview and host not in LOOPBACK:
            problems.append("PREVIEW: only for this machine alone; leave HOST out.")
        problems += _transport_problems(host, public_url, plain=plain)
        problems += _refusals(env)
        wifi = _wifi(env, problems)
        database_url = _database_url(env, instance, problems)
        urn_url = _urn_url(env, database_url, problems)
        processes = _number(env, "WEB_CONCURRENCY", 1, 1, 64, problems)
        if processes > 1 and urn_url is None:
            problems.append(
                f"WEB_CONCURRENCY: {processes} processes would have as many urns for one round. "
                "Set URN_URL, or leave it out."
            )
        port = _number(env, "PORT", 8000, 1, 65535, problems)
        metrics = _number(env, "METRICS_PORT", 0, 0, 65535, problems)
        proxies = _number(env, "TRUSTED_PROXIES", 0, 0, 9, problems)
        lessons = Path(env.get("LESSONS_DIR") or ROOT / "lessons")
        if not lessons.is_dir():
            problems.append(f"LESSONS_DIR: {lessons} is not a folder.")
        secret = _secret_key(env, instance, problems)
        if problems:
            raise ConfigError("\n".join(problems))
        return cls(
            secret_key=secret,
            instance_dir=instance,
            database_url=database_url,
            urn_url=urn_url,
            processes=processes,
            lessons_dir=lessons,
            law_checked_by=(env.get("LAW_CHECKED_BY") or "").strip() or None,
            host=host,
            port=port,
            metrics_port=metrics or None,
            public_url=public_url,
            trusted_proxies=proxies,
            allow_plain_http=plain,
            wifi=wifi,
            preview=preview,
        )


@dataclass(frozen=True, slots=True)
class Storage:
    """Where an installation keeps what it keeps: all that a command needs beside a server."""

    instance_dir: Path
    database_url: str

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Storage:
        """Return where an environment keeps things; makes nothing. Raises `ConfigError`."""
        env = os.environ if env is None else env
        problems: list[str] = []
        instance = _instance(env)
        url = _database_url(env, instance, problems)
        if problems:
            raise ConfigError("\n".join(problems))
        return cls(instance, url)

    @property
    def database_file(self) -> Path | None:
        """Return the file of the database; None for PostgreSQL."""
        if not self.database_url.startswith(SQLITE):
            return None
        return Path(self.database_url.removeprefix(SQLITE))


def _instance(env: Mapping[str, str]) -> Path:
    return Path(env.get("INSTANCE_DIR") or ROOT / "instance")


def _database_url(env: Mapping[str, str], instance: Path, problems: list[str]) -> str:
    url = env.get("DATABASE_URL") or f"{SQLITE}{instance / 'mijnbeeld.sqlite3'}"
    if url.startswith(POSTGRESQL):
        far = _far(url)
        if far and parse_qs(urlsplit(url).query).get("sslmode", [""])[-1] not in ENCRYPTED:
            problems.append(
                f"DATABASE_URL: what is kept would go to {far} unencrypted. "
                "Add ?sslmode=verify-full (or require)."
            )
    elif not url.startswith(SQLITE):
        problems.append(
            f"DATABASE_URL: {url.split(':', 1)[0]} is no database of this site. "
            f"Use {POSTGRESQL}<user>@<host>/<name>, {SQLITE}<file>, or leave it out."
        )
    return url


def _urn_url(env: Mapping[str, str], database_url: str, problems: list[str]) -> str | None:
    """Return where the open urns are; what is there must not be read on the way. Source: R2."""
    url = env.get("URN_URL") or None
    if url is None:
        return None
    scheme, far = urlsplit(url).scheme, _far(url)
    if scheme not in URN_SCHEMES:
        problems.append(
            "URN_URL: use unix:///run/redis/redis.sock, redis://127.0.0.1 or rediss://<host>."
        )
    elif scheme == "redis" and far:
        problems.append(
            f"URN_URL: answers would go to {far} unencrypted. Use rediss://, or a Redis "
            "on this machine."
        )
    if not database_url.startswith(POSTGRESQL):
        problems.append(
            "URN_URL: several processes keep what is closed in PostgreSQL. Set DATABASE_URL, or "
            "leave URN_URL out."
        )
    if not env.get("SECRET_KEY"):
        problems.append("URN_URL: every process needs the same secret. Set SECRET_KEY.")
    return url


def _far(url: str) -> str | None:
    """Return the other machine that an address leads to, None for this one or a socket.

    Drivers also take a host from behind the question mark.
    """
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    named = [parts.hostname or "", *query.get("host", []), *query.get("hostaddr", [])]
    hosts = [host for each in named for host in each.split(",")]
    far = (host for host in hosts if host and host[0] != "/" and host not in LOOPBACK)
    return next(far, None)


def _refusals(env: Mapping[str, str]) -> list[str]:
    """Return a sentence for each setting that stops the start. Source: privacy 6 and 7."""
    return [
        f"{name}: {why}"
        for name, why in REFUSED.items()
        if (env.get(name) or "").lower() not in OFF
    ]


def _wifi(env: Mapping[str, str], problems: list[str]) -> Wifi | None:
    name, password = env.get("WIFI_NAME") or "", env.get("WIFI_PASSWORD") or None
    if password is not None and not name:
        problems.append("WIFI_PASSWORD: there is no WIFI_NAME to go with it.")
    if len(name.encode()) > 32:  # noqa: PLR2004 - IEEE 802.11
        problems.append("WIFI_NAME: a name of a wifi has at most 32 bytes.")
    if password is not None and not 8 <= len(password) <= 63:  # noqa: PLR2004 - WPA
        problems.append("WIFI_PASSWORD: a password of a wifi has 8 to 63 characters.")
    return Wifi(name, password) if name else None


def _flag(env: Mapping[str, str], name: str, problems: list[str]) -> bool:
    text = env.get(name) or "0"
    if text not in {"0", "1"}:
        problems.append(f"{name}: {text!r} is not 0 or 1.")
    return text == "1"


def _number(  # noqa: PLR0913 - a bound on each side, and where to complain
    env: Mapping[str, str], name: str, default: int, low: int, high: int, problems: list[str]
) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal() or not low <= int(text) <= high:
        problems.append(f"{name}: {text!r} is not a whole number from {low} to {high}.")
        return default
    return int(text)


def _transport_problems(host: str, public_url: str | None, *, plain: bool) -> list[str]:
    scheme = ""
    if public_url is not None:
        parts = urlsplit(public_url)
        scheme = parts.scheme
        if scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
            return [f"PUBLIC_URL: {public_url!r} is not like https://lesson.example.be."]
        if scheme == "http" and parts.hostname not in LOOPBACK and not plain:
            problem = (
                "PUBLIC_URL: answers would cross the network unencrypted. Use https://, "
                "or set ALLOW_PLAIN_HTTP=1 for a laptop in the room."
            )
            return [problem]
    if host not in LOOPBACK and scheme != "https" and not plain:
        problem = (
            f"HOST: listening on {host} without HTTPS. Put HTTPS in front and set "
            "PUBLIC_URL=https://…, or set ALLOW_PLAIN_HTTP=1 for a laptop in the room."
        )
        return [problem]
    return []


def _secret_key(env: Mapping[str, str], instance: Path, problems: list[str]) -> bytes:
    given = env.get("SECRET_KEY")
    if given:
        if len(given) < 32:  # noqa: PLR2004 - the sentence says it
            problems.append("SECRET_KEY: use at least 32 characters, or leave it out.")
        return given.encode()
    path = instance / "secret_key"
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (instance / "secret_key.lock").open("w") as lock:
            # Two processes may start at once; the second must not read a half-written key.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "w") as file:
                    file.write(secrets.token_hex(32))
            return path.read_text().encode()
    except OSError as error:
        problems.append(
            f"SECRET_KEY: {path} cannot be made or read ({error.strerror}). "
            "Set SECRET_KEY, or make INSTANCE_DIR writable."
        )
        return b""
