"""Which class sessions there are, found by public id, join code or lesson key.

In one process complete from its start on, so looking one up touches no database; with several, the
row of what another process made is read once. Whether one has expired is asked at every look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.classroom.join_codes import read_join_code
from eduapp.classroom.lesson_keys import hash_of, read_lesson_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from eduapp.classroom.live import LiveClass

    Fetch = Callable[[str, str], LiveClass | None]


class UnknownCode(Exception):  # noqa: N818 - named for the fact
    """No class session has this join code."""


class UnknownClassSession(Exception):  # noqa: N818 - named for the fact
    """No class session has this public id, or it has expired."""


class WrongLessonKey(Exception):  # noqa: N818 - named for the fact
    """No class session has this lesson key."""


class Registry:
    """Every class session of this process."""

    def __init__(self, secret_key: bytes, today: Callable[[], dt.date], fetch: Fetch) -> None:
        """Start empty; `secret_key` keys the hashes of lesson keys.

        `fetch` is asked for what is not here: another process may have made it.
        """
        self._secret_key = secret_key
        self._today = today
        self._fetch = fetch
        self._by_id: dict[str, LiveClass] = {}
        self._by_code: dict[str, LiveClass] = {}
        self._by_key: dict[str, LiveClass] = {}

    def add(self, live: LiveClass) -> None:
        """Let a class session be found."""
        self._by_id[live.public_id] = live
        if live.join_code:
            self._by_code[live.join_code] = live
        self._by_key[live.desk_key_hash] = live

    def drop_expired(self) -> None:
        """Let no class session be found any more whose last day is over."""
        for live in [live for live in self.all() if self._has_expired(live)]:
            self.drop(live)

    def drop(self, live: LiveClass) -> None:
        """Let a class session no longer be found here."""
        self._by_id.pop(live.public_id, None)
        self._by_key = {key: each for key, each in self._by_key.items() if each is not live}
        if self._by_code.get(live.join_code) is live:
            del self._by_code[live.join_code]

    def rekey(self, live: LiveClass, desk_key_hash: str) -> None:
        """Let a class session be found by another lesson key, and not by the old one."""
        self._by_key.pop(live.desk_key_hash, None)
        live.desk_key_hash = desk_key_hash
        self._by_key[desk_key_hash] = live

    def all(self) -> list[LiveClass]:
        """Return every class session that is here, also those that have ended or expired."""
        return list(self._by_id.values())

    def here(self, public_id: str) -> LiveClass | None:
        """Return the class session of a public id if this process knows it."""
        return self._by_id.get(public_id)

    def is_taken(self, code: str) -> bool:
        """Return whether a class session has this join code."""
        return code in self._by_code or self._fetch("join_code", code) is not None

    def by_id(self, public_id: str) -> LiveClass:
        """Return the class session of a public id. Raises `UnknownClassSession`."""
        live = self._by_id.get(public_id)
        if live is None or self._has_expired(live):
            live = self._fetch("public_id", public_id)
        if live is None or self._has_expired(live):
            raise UnknownClassSession
        return live

    def by_code(self, typed: str) -> LiveClass:
        """Return the class session of a join code in any spelling. Raises `UnknownCode`."""
        live = self._by_code.get(typed)
        if live is None and (code := read_join_code(typed)):
            live = self._by_code.get(code)
            if live is None or self._has_expired(live):
                live = self._fetch("join_code", code)
        if live is None or self._has_expired(live):
            raise UnknownCode
        return live

    def by_lesson_key(self, typed: str) -> LiveClass:
        """Return the class session of a lesson key in any spelling. Raises `WrongLessonKey`."""
        key = read_lesson_key(typed)
        if key is None:
            raise WrongLessonKey
        hashed = hash_of(key, self._secret_key)
        live = self._by_key.get(hashed)
        if live is None or live.desk_key_hash != hashed or self._has_expired(live):
            live = self._fetch("desk_key_hash", hashed)
        if live is None or self._has_expired(live):
            raise WrongLessonKey
        return live

    def _has_expired(self, live: LiveClass) -> bool:
        return live.closes_on <= self._today()
