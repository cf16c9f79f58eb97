"""The second step of heads: the code of an authenticator app (RFC 6238), each code once."""

from __future__ import annotations

import pyotp

STEP_SECONDS = 30
_NEIGHBOURS = (0, -1, 1)
"""The present half minute first, then the one before and after: clocks of phones differ."""
ISSUER = "Mijn beeld · Mon image"


def used_step(secret: str, code: str, now: float, last_used: int | None) -> int | None:
    """Return the number of the half minute that a code belongs to, None where it is wrong.

    A code of a half minute that was used already, or of an earlier one, is wrong. `now` is UTC
    seconds.
    """
    codes = pyotp.HOTP(secret)
    present = int(now) // STEP_SECONDS
    for step in (present + neighbour for neighbour in _NEIGHBOURS):
        is_new = last_used is None or step > last_used
        if is_new and codes.verify(code, step):
            return step
    return None


def app_address(secret: str, sign_in_name: str) -> str:
    """Return the address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in_name, issuer_name=ISSUER)
