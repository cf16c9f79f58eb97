"""Where chance and time come from; tests hand in their own."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Chance:
    """The sources of chance; tests hand in their own."""

    random_bits: Callable[[int], int] = secrets.randbits
    random_bytes: Callable[[int], bytes] = secrets.token_bytes
    choose: Callable[[str], str] = secrets.choice


@dataclass(frozen=True, slots=True)
class Clock:
    """The two clocks: seconds that only grow, and the date where the school is."""

    today: Callable[[], dt.date]
    monotonic: Callable[[], float] = time.monotonic
