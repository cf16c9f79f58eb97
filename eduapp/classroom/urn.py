"""The sealed urn of one open round, in this process's memory.

It holds counts, and for each ballot of a device an opaque mark and seal under a key that only the
device has; ballots of a device that goes round and of paper are counts alone. A snapshot of the
memory tells how many chose what, never who. Nothing of it is written, logged or shown. Source:
privacy R2.
"""

from __future__ import annotations

import hmac
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        self._unsealed = 0
        self._on_paper = [0] * options
        self.is_paper_counted = False
        """Whether slips were counted; never what they say."""
        self._is_closed = False
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return the number of ballots."""
        return len(self._seals) + self._unsealed + sum(self._on_paper)

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

    def drop_in(self, position: int) -> None:
        """Put a ballot that nobody can change any more: from a device that goes round.

        It leaves no mark. Raises `NoSuchOption` and `UrnClosed`.
        """
        if not 0 <= position < self._options:
            raise NoSuchOption
        with self._lock:
            if self._is_closed:
                raise UrnClosed
            self._counts[position] += 1
            self._unsealed += 1

    def count_paper(self, counts: Sequence[int]) -> None:
        """Put the counts of the slips of paper, in option order, in the place of earlier ones.

        Raises `NoSuchOption` where they are not one for each option, and `UrnClosed`.
        """
        if len(counts) != self._options or min(counts) < 0:
            raise NoSuchOption
        with self._lock:
            if self._is_closed:
                raise UrnClosed
            self._on_paper = list(counts)
            self.is_paper_counted = True

    def empty(self) -> list[int]:
        """Return the counts in option order and forget everything. Raises `UrnClosed` if done."""
        with self._lock:
            if self._is_closed:
                raise UrnClosed
            self._is_closed = True
            pairs = zip(self._counts, self._on_paper, strict=True)
            counts = [by_device + on_paper for by_device, on_paper in pairs]
            self._counts, self._on_paper, self._unsealed = [], [], 0
            self._seals.clear()
            self._nonce = b""
            return counts

    def _hash(self, seat: Seat, message: bytes) -> bytes:
        # Not hmac.digest: it gives up the interpreter lock each time, and while a class answers
        # fifteen other threads wait for that.
        return hmac.new(seat, self._nonce + message, "sha256").digest()[:_BYTES]
