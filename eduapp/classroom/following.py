"""How often devices should ask for the state document, judged from how many follow this process.

Counts requests over a short window and nothing about who made them.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

QUICK_SECONDS = 0.8
CALM_SECONDS = 2.0
QUICK_UNTIL = 200
CALM_FROM = 1000
SLOWEST_SECONDS = 5.0
"""However many ask: a crowd that does not keep to its pace must not slow down everybody else."""
_WINDOW_SECONDS = 2.0


def follow_after(devices: float) -> float:
    """Return the seconds between two looks when `devices` devices follow.

    0.8 s below 200, 2 s at 1,000, and from there in proportion, 5 s at most.
    Source: docs/adr/0003.
    """
    if devices <= QUICK_UNTIL:
        return QUICK_SECONDS
    if devices >= CALM_FROM:
        return min(CALM_SECONDS * devices / CALM_FROM, SLOWEST_SECONDS)
    part = (devices - QUICK_UNTIL) / (CALM_FROM - QUICK_UNTIL)
    return QUICK_SECONDS + part * (CALM_SECONDS - QUICK_SECONDS)


class Following:
    """An estimate of how many devices follow, and the interval that fits it."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Start with nobody following."""
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._window_start = monotonic()
        self._looks = 0
        self._interval = QUICK_SECONDS

    def look(self) -> float:
        """Count one look at a state document and return the seconds until the next."""
        now = self._monotonic()
        with self._lock:
            self._looks += 1
            elapsed = now - self._window_start
            if elapsed >= _WINDOW_SECONDS:
                devices = self._looks / elapsed * self._interval
                self._interval = round(follow_after(devices), 1)
                self._window_start = now
                self._looks = 0
        return self._interval
