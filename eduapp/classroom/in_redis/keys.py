"""The names and lives of keys, and the scripts that work on them. No rule lives here."""

from __future__ import annotations

import hashlib
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

import redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 5
CLASS_SECONDS = 12 * 60 * 60
"""How long a class session is here after its last act (privacy, decision 14)."""
URN_SECONDS = 30 * 60
"""How long an urn is here; a round closes by itself after twenty minutes (decision 14)."""
_SCRIPTS = Path(__file__).parent / "scripts"


class Store:
    """A connection to Redis, and what is asked of it by name."""

    @classmethod
    def connect(cls, url: str) -> Self:
        """Return a store at an address; nothing is asked of it yet.

        Who asks waits a few seconds at most. After Redis was away the first answer on an old
        connection is a failure: it is asked once more, and every script may be.
        """
        patience = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
        return cls(redis.Redis.from_url(url, retry=Retry(NoBackoff(), 1), **patience))

    def __init__(self, client: redis.Redis) -> None:
        """Answers of `client` are bytes."""
        self.client = client
        self._texts = {path.stem: path.read_text() for path in sorted(_SCRIPTS.glob("*.lua"))}
        self._hashes = {
            name: hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
            for name, text in self._texts.items()
        }
        self._own = threading.local()

    def run(self, script: str, keys: Sequence[str], *arguments: bytes | str | float) -> Any:  # noqa: ANN401 - as the script answers
        """Run one script, all or nothing, and return what it says.

        On a connection that this thread keeps: a ballot spends half its time in a pool otherwise.
        """
        try:
            return self._ask("EVALSHA", self._hashes[script], len(keys), *keys, *arguments)
        except NoScriptError:
            return self._ask("EVAL", self._texts[script], len(keys), *keys, *arguments)
        except (RedisConnectionError, RedisTimeoutError):
            # Redis was away since the last time: once more, on a new connection.
            return self._ask("EVAL", self._texts[script], len(keys), *keys, *arguments)

    def _ask(self, *command: bytes | str | float) -> Any:  # noqa: ANN401 - as Redis answers
        connection = getattr(self._own, "connection", None)
        if connection is None:
            pool = self.client.connection_pool
            connection = self._own.connection = pool.get_connection()
        try:
            connection.send_command(*command)
            return connection.read_response()
        except ResponseError:
            # Redis said no: the connection is as good as before.
            raise
        except BaseException:
            # Whatever was cut off: the next command must not get the answer to this one.
            connection.disconnect()
            raise

    def hash_of(self, key: str) -> dict[bytes, bytes]:
        """Return the fields of a key; empty where it is not here."""
        return cast("dict[bytes, bytes]", self.client.hgetall(key))

    def fields_of(self, key: str, *names: str) -> list[bytes | None]:
        """Return some fields of a key, None for what is not here."""
        return cast("list[bytes | None]", self.client.hmget(key, names))


@cache
def class_keys(public_id: str) -> tuple[str, str, str, str]:
    """Return the keys of a class session: itself, members, waiting, devices that go round."""
    name = f"class:{public_id}"
    return name, f"{name}:members", f"{name}:waiting", f"{name}:shared"


def lock_key(public_id: str) -> str:
    """Return the key of the lock that who acts on a class session holds."""
    return f"lock:{public_id}"


def urn_keys(public_id: str, token: str) -> tuple[str, str]:
    """Return the keys of an open round: the urn and its turns."""
    name = f"urn:{public_id}:{token}"
    return name, f"{name}:turns"


def text_of(answer: bytes | str | None) -> str | None:
    """Return what Redis answered as text."""
    return answer.decode() if isinstance(answer, bytes) else answer
