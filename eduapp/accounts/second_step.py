"""The second step of heads: the code of an authenticator app (RFC 6238), each code once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pyotp

if TYPE_CHECKING:
    import redis

STEP_SECONDS = 30
_NEIGHBOURS = (0, -1, 1)
"""The present half minute first, then the one before and after: clocks of phones differ."""
_KEPT_SECONDS = 4 * STEP_SECONDS
ISSUER = "Mijn beeld · Mon image"


class UsedCodes:
    """The codes that were used, so that none works twice: in memory, for no disk keeps a time.

    A restart forgets them; who saw a code over a shoulder and knows the password too then has what
    is left of its minute and a half.
    """

    def __init__(self) -> None:
        """Know of none."""
        self._last: dict[int, int] = {}
        self._lock = threading.Lock()

    def take(self, staff_id: int, secret: str, code: str, now: float) -> bool:
        """Return whether a code is right and new, and let it be used. `now` is UTC seconds.

        A code of a half minute that was used already, or of an earlier one, is wrong.
        """
        codes, present = pyotp.HOTP(secret), int(now) // STEP_SECONDS
        with self._lock:
            last = self._last.get(staff_id)
            for step in (present + neighbour for neighbour in _NEIGHBOURS):
                if (last is None or step > last) and codes.verify(code, step):
                    self._last[staff_id] = step
                    return True
        return False


class RedisUsedCodes:
    """The same for several processes: what was used is known to all of them, for two minutes."""

    def __init__(self, client: redis.Redis) -> None:
        """Keep half minutes in `client`, never a code."""
        self._client = client

    def take(self, staff_id: int, secret: str, code: str, now: float) -> bool:
        """Return whether a code is right and new, and let it be used. `now` is UTC seconds."""
        codes, present = pyotp.HOTP(secret), int(now) // STEP_SECONDS
        for step in (present + neighbour for neighbour in _NEIGHBOURS):
            if codes.verify(code, step) and self._use(staff_id, step):
                return True
        return False

    def _use(self, staff_id: int, step: int) -> bool:
        """Return whether nobody used this half minute, and let it and earlier ones be used."""
        is_new = bool(self._client.set(_used(staff_id, step), 1, nx=True, ex=_KEPT_SECONDS))
        for earlier in range(step - len(_NEIGHBOURS), step):
            self._client.set(_used(staff_id, earlier), 1, ex=_KEPT_SECONDS)
        return is_new


def _used(staff_id: int, step: int) -> str:
    return f"used:{staff_id}:{step}"


def app_address(secret: str, sign_in_name: str) -> str:
    """Return the address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in_name, issuer_name=ISSUER)
