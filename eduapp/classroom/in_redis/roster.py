"""The roster of a class session in Redis: sets of keyed hashes, like the one in a process."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from eduapp.classroom.in_redis.keys import CLASS_SECONDS, class_keys
from eduapp.classroom.phases import Standing
from eduapp.classroom.roster import ClassFull

if TYPE_CHECKING:
    from eduapp.classroom.in_redis.keys import Store
    from eduapp.classroom.roster import Seat

_FULL = b"full"


class RedisRoster:
    """The admitted seats; every process asks the same sets."""

    def __init__(self, store: Store, public_id: str, salt: bytes, places: int) -> None:
        """Ask for the class session of `public_id`; `salt` keys the hashes of seats."""
        self._store = store
        self._keys = class_keys(public_id)
        self.members = self._keys[1]
        """The key of the seats that may answer."""
        self.salt = salt
        self.places = places
        self.shown = 0
        """The device number at the last look."""

    def __len__(self) -> int:
        """Return the number of devices that may answer for one student each."""
        return int(self._store.client.scard(self._keys[1]))

    def number(self, now: float) -> int:  # noqa: ARG002 - the look that came before had the time
        """Return the number of devices that screens show, as every process knows it."""
        return self.shown

    @property
    def shared(self) -> int:
        """Return the number of devices that go round."""
        return int(self._store.client.scard(self._keys[3]))

    def mark(self, seat: Seat) -> bytes:
        """Return what stands for a seat in the sets."""
        return hmac.new(self.salt, seat, "sha256").digest()[:16]

    def admit(self, seat: Seat) -> Standing:
        """Admit a seat and return its standing; one that is in stays in. Raises `ClassFull`."""
        found = self._store.run("admit", self._keys, self.mark(seat), CLASS_SECONDS)
        if found == _FULL:
            raise ClassFull
        return Standing(found.decode()) if found else Standing.STRANGER

    def share(self, seat: Seat, earlier: Seat | None) -> None:
        """Admit a device that goes round, in the place of the seat it had. Raises `ClassFull`."""
        before = b"" if earlier is None else self.mark(earlier)
        found = self._store.run("share", self._keys, self.mark(seat), before, CLASS_SECONDS)
        if found == _FULL:
            raise ClassFull

    def standing(self, seat: Seat) -> Standing:
        """Return how a seat stands; changes nothing."""
        return Standing(self._store.run("standing", self._keys[1:], self.mark(seat)).decode())

    def freeze(self) -> None:
        """Let everybody who comes now wait: an opinion question is open."""
        self._store.run("freeze", self._keys[:1])

    def thaw(self) -> None:
        """Let in who waited."""
        self._store.run("thaw", self._keys[:3], CLASS_SECONDS)

    def clear(self) -> None:
        """Forget every seat, on every screen at once."""
        self._store.run("clear", self._keys)
        self.shown = 0
