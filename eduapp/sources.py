"""Where chance and time come from; tests hand in their own."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

SCHOOL_TIME = ZoneInfo("Europe/Brussels")


def school_today() -> dt.date:
    """Return the date where the school is."""
    return dt.datetime.now(SCHOOL_TIME).date()


@dataclass(frozen=True, slots=True)
class Chance:
    """The sources of chance; tests hand in their own."""

    random_bits: Callable[[int], int] = secrets.randbits
    random_bytes: Callable[[int], bytes] = secrets.token_bytes
    choose: Callable[[str], str] = secrets.choice


@dataclass(frozen=True, slots=True)
class Clock:
    """The clocks: the date where the school is, seconds that only grow, seconds of UTC."""

    today: Callable[[], dt.date]
    monotonic: Callable[[], float] = time.monotonic
    utc_seconds: Callable[[], float] = time.time
    """Only for the codes of authenticator apps; written nowhere."""
