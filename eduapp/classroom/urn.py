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

from eduapp.privacy.parameters import PROGRESS_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eduapp.classroom.roster import Seat
    from eduapp.classroom.rounds import Release

BYTES = 16
"""The length of marks and seals."""


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
        self._is_paper_counted = False
        self._is_closed = False
        self._release: Release | None = None
        self._counted: tuple[int, int] | None = None
        self._counted_at = 0.0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return the number of ballots."""
        return len(self._seals) + self._unsealed + sum(self._on_paper)

    @property
    def is_paper_counted(self) -> bool:
        """Whether slips were counted; never what they say."""
        return self._is_paper_counted

    @property
    def is_sealed(self) -> bool:
        """Whether the release is drawn, written or not yet."""
        return self._release is not None

    def counted(self, now: float, seats: int) -> tuple[int, int]:
        """Return how many ballots and seats there were when they were counted last.

        They are counted anew every five seconds, never after the release is drawn. Source:
        privacy 6, progress.
        """
        with self._lock:
            is_old = now - self._counted_at >= PROGRESS_SECONDS
            if self._counted is None or (is_old and not self._is_closed):
                self._counted, self._counted_at = (len(self), seats), now
            return self._counted

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
            self._is_paper_counted = True

    def seal(self, draw: Callable[[list[int]], Release]) -> Release:
        """Empty the urn and return what `draw` makes of the counts in option order.

        Drawn once: asked again, for a write that failed, it returns the same release.
        """
        if self._release is None:
            self._release = draw(self._empty())
        return self._release

    def discard(self) -> None:
        """Empty the urn and keep nothing of it; what was drawn from it is elsewhere by now."""
        if not self.is_sealed:
            self._empty()

    def _empty(self) -> list[int]:
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
        return hmac.new(seat, self._nonce + message, "sha256").digest()[:BYTES]
