"""Pacing of wrong codes, wrong keys and starts, per address.

It slows down and never locks out: an address has a purse of tries that fills again steadily.
Addresses are kept as keyed hashes in memory, with a key that dies with the process.
"""

from __future__ import annotations

import hmac
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_ADDRESSES = 10_000


class Pace:
    """A purse of `burst` tries for each address that fills with `per_hour` tries an hour."""

    def __init__(
        self, burst: int, per_hour: int, key: bytes, monotonic: Callable[[], float]
    ) -> None:
        """Start with every purse full; `key` is random for this process."""
        self._burst = burst
        self._per_second = per_hour / 3600
        self._key = key
        self._monotonic = monotonic
        self._purses: dict[bytes, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait_seconds(self, address: str) -> float:
        """Return how long this address has to wait before its next try; 0.0 means go on."""
        with self._lock:
            tries = self._tries(self._mark(address))
        return 0.0 if tries >= 1 else (1 - tries) / self._per_second

    def spend(self, address: str) -> None:
        """Take one try from the purse of an address."""
        mark = self._mark(address)
        with self._lock:
            if len(self._purses) >= _MOST_ADDRESSES:
                self._drop_full_purses()
            self._purses[mark] = (max(self._tries(mark) - 1, 0.0), self._monotonic())

    def _tries(self, mark: bytes) -> float:
        tries, at = self._purses.get(mark, (float(self._burst), self._monotonic()))
        return min(float(self._burst), tries + (self._monotonic() - at) * self._per_second)

    def _drop_full_purses(self) -> None:
        self._purses = {
            mark: purse for mark, purse in self._purses.items() if self._tries(mark) < self._burst
        }

    def _mark(self, address: str) -> bytes:
        return hmac.digest(self._key, address.encode(), "sha256")[:16]
