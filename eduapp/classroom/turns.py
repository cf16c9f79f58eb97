"""Turns on devices that go round: the declared seats of one open round, one at a time each.

A turn is a permission to put one ballot. It knows no student and no choice, and lives no longer
than its round. Source: privacy, decision 7.
"""

from __future__ import annotations

import hmac
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from eduapp.classroom.roster import Seat
    from eduapp.classroom.urn import Urn

TOKEN_BYTES = 4
"""As long as the token of a round: the ballot of a turn has the shape and length of any other."""


class NotYourTurn(Exception):  # noqa: N818 - named for the fact
    """The device has no turn with this token."""


class Turns:
    """The declared seats of a round that are left, and the turn that each device holds."""

    def __init__(self, seats: int, urn: Urn, random_bytes: Callable[[int], bytes]) -> None:
        """Start with `seats` seats to hand out, nobody at turn, and ballots that go into `urn`."""
        self._left = seats
        self._urn = urn
        self._random_bytes = random_bytes
        self._salt = random_bytes(16)
        self._held: dict[bytes, str] = {}
        self._done: set[str] = set()
        self._lock = threading.Lock()

    def held(self, seat: Seat) -> str | None:
        """Return the token of the turn that a device holds, or None."""
        return self._held.get(self._mark(seat))

    def may_take(self, seat: Seat) -> bool:
        """Return whether a device holds a turn or one is left."""
        return self._left > 0 or self._mark(seat) in self._held

    def take(self, seat: Seat) -> str | None:
        """Return the token of this device's turn, a new one if it holds none; None if none is left.

        A second press takes no second seat.
        """
        mark = self._mark(seat)
        with self._lock:
            if mark not in self._held:
                if self._left <= 0:
                    return None
                self._left -= 1
                self._held[mark] = self._random_bytes(TOKEN_BYTES).hex()
            return self._held[mark]

    def spend(self, seat: Seat, token: str, position: int) -> None:
        """Drop a ballot into the urn and end the turn; one that is over changes nothing.

        The same ballot may come twice when the network loses the reply. Raises `NotYourTurn`, and
        what `Urn.drop_in` raises: the turn then goes on.
        """
        mark = self._mark(seat)
        with self._lock:
            if token in self._done:
                return
            if self._held.get(mark) != token:
                raise NotYourTurn
            self._urn.drop_in(position)
            del self._held[mark]
            self._done.add(token)

    def _mark(self, seat: Seat) -> bytes:
        return hmac.new(self._salt, seat, "sha256").digest()[:16]
