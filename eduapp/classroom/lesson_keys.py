"""Lesson keys: twelve letters that open the desk of one class session on any device.

The key itself is never stored: a row holds a keyed hash, so a stolen database opens no desk.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Callable

LessonKey = NewType("LessonKey", str)

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
_GROUP = 4
_IGNORED = str.maketrans("", "", " -_.\t\n\r\u00a0")


def new_lesson_key(choose: Callable[[str], str]) -> LessonKey:
    """Return a new key of 54 bits; `choose` picks one letter of a string, each equally likely."""
    return LessonKey("".join(choose(LETTERS) for _ in range(LENGTH)))


def read_lesson_key(typed: str) -> LessonKey | None:
    """Return the key in what a teacher typed, spaces and dashes ignored; None if it is none."""
    letters = typed.translate(_IGNORED).upper()
    if len(letters) != LENGTH or any(letter not in LETTERS for letter in letters):
        return None
    return LessonKey(letters)


def written(key: LessonKey) -> str:
    """Return the key as it is shown: three groups of four letters."""
    return " ".join(key[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def hash_of(key: LessonKey, secret_key: bytes) -> str:
    """Return the 64 hexadecimal characters that a row keeps of a key."""
    return hmac.digest(secret_key, b"lesson key:" + key.encode(), "sha256").hex()
