"""Passwords: what makes a usable one, and their hashes.

Argon2 takes 64 MB while it works, so at most two passwords are worked on at a time.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_A_TIME = 2
PATIENCE_SECONDS = 10.0
SHORTEST = 12
LONGEST = 128
FEWEST_SIGNS = 5
"""A password of fewer different signs is a row of one key."""

_hasher = PasswordHasher()
_places = threading.BoundedSemaphore(AT_A_TIME)
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
"""A hash that no password has: who does not exist takes as long to refuse as who does."""


class TooBusy(Exception):  # noqa: N818 - named for the fact
    """Too many passwords are being worked on at this moment."""


def hash_of(password: str) -> str:
    """Return the hash that a row keeps of a password. Raises `TooBusy`."""
    with _a_place():
        return _hasher.hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Return whether a password belongs to a hash; None is nobody's. Raises `TooBusy`."""
    with _a_place():
        try:
            _hasher.verify(password_hash or _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False
        return password_hash is not None


def is_weak(password: str, *known: str) -> bool:
    """Return whether a password of the right length is still easy to guess.

    `known` is what others know about the person: their names.
    """
    lowered = password.casefold()
    words = [word for text in known for word in text.casefold().split()]
    has_name = any(len(word) >= 4 and word in lowered for word in words)  # noqa: PLR2004 - a name
    return has_name or len(set(lowered)) < FEWEST_SIGNS or lowered in _WELL_KNOWN


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(timeout=PATIENCE_SECONDS):
        raise TooBusy
    try:
        yield
    finally:
        _places.release()


_WELL_KNOWN = frozenset(
    {
        "123456789012",
        "1234567890123",
        "azertyuiopqs",
        "azertyuiop123",
        "motdepasse123",
        "motdepasse1234",
        "password1234",
        "password12345",
        "passwordpassword",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiopas",
        "wachtwoord12",
        "wachtwoord123",
        "wachtwoord1234",
        "welkom123456",
        "welkomwelkom",
    }
)
"""What people write when twelve signs are asked."""
