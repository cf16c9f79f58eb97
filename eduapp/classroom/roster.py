"""The roster: which seats are admitted to a class session.

Volatile and nameless: a set of keyed hashes with a salt that lives and dies with this object.
"""

from __future__ import annotations

import hmac
from typing import NewType

from eduapp.classroom.phases import Standing

Seat = NewType("Seat", bytes)
"""The secret in one device's cookie: 16 random bytes."""
SEAT_BYTES = 16


class ClassFull(Exception):  # noqa: N818 - named for the fact
    """The class session admits no further device."""


class Roster:
    """The admitted seats; while frozen, newcomers wait for the next question (R9)."""

    def __init__(self, salt: bytes, places: int) -> None:
        """Start empty; `salt` is random and never leaves this object."""
        self._salt = salt
        self.places = places
        """How many devices are admitted at most; lowering it sends nobody away."""
        self._members: set[bytes] = set()
        self._waiting: set[bytes] = set()
        self._is_frozen = False

    def __len__(self) -> int:
        """Return the number of devices that may answer."""
        return len(self._members)

    def admit(self, seat: Seat) -> Standing:
        """Admit a seat and return its standing; one that is in stays in. Raises `ClassFull`."""
        mark = self._mark(seat)
        standing = self._standing_of(mark)
        if standing is not Standing.STRANGER:
            return standing
        if len(self._members) + len(self._waiting) >= self.places:
            raise ClassFull
        (self._waiting if self._is_frozen else self._members).add(mark)
        return self._standing_of(mark)

    def standing(self, seat: Seat) -> Standing:
        """Return how a seat stands; changes nothing."""
        return self._standing_of(self._mark(seat))

    def freeze(self) -> None:
        """Let everybody who comes now wait: an opinion question is open."""
        self._is_frozen = True

    def thaw(self) -> None:
        """Let in who waited."""
        self._is_frozen = False
        self._members |= self._waiting
        self._waiting.clear()

    def clear(self) -> None:
        """Forget every seat."""
        self._members.clear()
        self._waiting.clear()
        self._is_frozen = False

    def _mark(self, seat: Seat) -> bytes:
        return hmac.new(self._salt, seat, "sha256").digest()[:16]

    def _standing_of(self, mark: bytes) -> Standing:
        if mark in self._members:
            return Standing.MEMBER
        return Standing.WAITING if mark in self._waiting else Standing.STRANGER
