"""The sealed urn of one open round, in this process's memory.

It holds counts, and for each ballot an opaque mark and seal under a key that only the device has:
a snapshot of the memory tells how many chose what, never who. Nothing of it is written, logged or
shown. Source:
privacy R2.
"""

from __future__ import annotations

import hmac
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eduapp.classroom.roster import Seat

_BYTES = 16


class UrnClosed(Exception):  # noqa: N818 - named for the fact
    """The urn has been emptied."""


class NoSuchOption(Exception):  # noqa: N818 - named for the fact
    """The ballot names an option that the question does not have."""


class Urn:
    """One ballot for each seat, changeable until the urn is emptied."""

    def __init__(self, nonce: bytes, options: int) -> None:
        """Start empty for `options` options; `nonce` is 16 random bytes, fresh for each round."""
        self._nonce = nonce
        self._options = options
        self._counts = [0] * options
        self._seals: dict[bytes, bytes] = {}
        self._is_closed = False
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return the number of ballots."""
        return len(self._seals)

    def put(self, seat: Seat, position: int) -> None:
        """Put the ballot of a seat; it takes the place of that seat's earlier one.

        The same work is done whichever option is chosen and whether or not the seat has answered
        before. Raises `NoSuchOption` and `UrnClosed`.
        """
        if not 0 <= position < self._options:
            raise NoSuchOption
        mark = self._hash(seat, b"mark")
        seals = [self._hash(seat, bytes([option])) for option in range(self._options)]
        with self._lock:
            if self._is_closed:
                raise UrnClosed
            earlier = self._seals.get(mark, b"")
            for option, seal in enumerate(seals):
                self._counts[option] -= hmac.compare_digest(earlier, seal)
            self._counts[position] += 1
            self._seals[mark] = seals[position]

    def empty(self) -> list[int]:
        """Return the counts in option order and forget everything. Raises `UrnClosed` if done."""
        with self._lock:
            if self._is_closed:
                raise UrnClosed
            self._is_closed = True
            counts, self._counts = self._counts, []
            self._seals.clear()
            self._nonce = b""
            return counts

    def _hash(self, seat: Seat, message: bytes) -> bytes:
        # Not hmac.digest: it gives up the interpreter lock each time, and while a class answers
        # fifteen other threads wait for that.
        return hmac.new(seat, self._nonce + message, "sha256").digest()[:_BYTES]
