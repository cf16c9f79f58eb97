"""The roster: which seats are admitted to a class session.

Volatile and nameless: a set of keyed hashes with a salt that lives and dies with this object.
"""

from __future__ import annotations

import hmac
from typing import NewType

from eduapp.classroom.phases import Standing
from eduapp.privacy.parameters import DEVICE_NUMBER_SECONDS

Seat = NewType("Seat", bytes)
"""The secret in one device's cookie: 16 random bytes, the last bit of which says whether the device
goes round: it does not become an ordinary one unseen when the site starts anew."""
SEAT_BYTES = 16


def seat_from(random_bytes: bytes, *, goes_round: bool) -> Seat:
    """Return the seat made of 16 random bytes."""
    return Seat(random_bytes[:-1] + bytes([random_bytes[-1] & 0xFE | goes_round]))


def goes_round(seat: Seat) -> bool:
    """Return whether a seat was made for a device that goes round."""
    return bool(seat[-1] & 1)


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
        self._shared: set[bytes] = set()
        self._is_frozen = False
        self._number = 0
        self._number_at = 0.0

    def __len__(self) -> int:
        """Return the number of devices that may answer for one student each."""
        return len(self._members)

    def number(self, now: float) -> int:
        """Return the number of devices that screens show: it moves every two seconds at most."""
        if now - self._number_at >= DEVICE_NUMBER_SECONDS and self._number != len(self):
            self._number, self._number_at = len(self), now
        return self._number

    @property
    def shared(self) -> int:
        """Return the number of devices that go round."""
        return len(self._shared)

    def admit(self, seat: Seat) -> Standing:
        """Admit a seat and return its standing; one that is in stays in. Raises `ClassFull`."""
        mark = self._mark(seat)
        standing = self._standing_of(mark)
        if standing is not Standing.STRANGER:
            return standing
        if self._admitted() >= self.places:
            raise ClassFull
        (self._waiting if self._is_frozen else self._members).add(mark)
        return self._standing_of(mark)

    def share(self, seat: Seat, earlier: Seat | None) -> None:
        """Admit a device that goes round, in the place of the seat it had. Raises `ClassFull`."""
        before = None if earlier is None else self._mark(earlier)
        is_in = before in self._members or before in self._waiting or before in self._shared
        if not is_in and self._admitted() >= self.places:
            raise ClassFull
        if before is not None:
            for seats in (self._members, self._waiting, self._shared):
                seats.discard(before)
        self._shared.add(self._mark(seat))

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
        """Forget every seat, on every screen at once."""
        self._number = 0
        self._members.clear()
        self._waiting.clear()
        self._shared.clear()
        self._is_frozen = False

    def _admitted(self) -> int:
        return len(self._members) + len(self._waiting) + len(self._shared)

    def _mark(self, seat: Seat) -> bytes:
        return hmac.new(self._salt, seat, "sha256").digest()[:16]

    def _standing_of(self, mark: bytes) -> Standing:
        if mark in self._members:
            return Standing.MEMBER
        if mark in self._shared:
            return Standing.SHARED
        return Standing.WAITING if mark in self._waiting else Standing.STRANGER
