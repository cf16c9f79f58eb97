"""Seconds that are the same in every process, on whatever machine it runs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from eduapp.classroom.in_redis.keys import Store


def shared_seconds(store: Store) -> Callable[[], float]:
    """Return a clock that shows what that of Redis showed at the start, and only grows since.

    The clock of this machine may be set meanwhile: it is not looked at.
    """
    before = time.monotonic()
    seconds, microseconds = store.client.time()
    ahead = seconds + microseconds / 1e6 - (before + time.monotonic()) / 2
    return lambda: time.monotonic() + ahead
