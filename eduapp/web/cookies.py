"""The cookies there are: a student's seat, a teacher's desk, and those of staff with an account.

Everything about names and flags is here (privacy, decision 10); `docs/cookies.md` lists them.
Nothing else sets a cookie.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from typing import TYPE_CHECKING

from flask import request as current_request
from werkzeug.http import parse_cookie

from eduapp.web.addresses import is_loopback
from eduapp.web.current import current_config

if TYPE_CHECKING:
    from flask import Request, Response

SEAT_BYTES = 16
CLASS_BYTES = 3
"""Enough to tell two class sessions of one device apart."""
DESK_SECONDS = 8 * 24 * 60 * 60
"""A prepared lesson keeps until the end of the seventh day (product, 2)."""

KNOWN_SECONDS = 180 * 24 * 60 * 60
"""A browser that signed in is known for half a year: others cannot slow it down."""


def is_plain(request: Request) -> bool:
    """Return whether this request crosses a network unencrypted, as `ALLOW_PLAIN_HTTP` lets it."""
    return current_config().allow_plain_http and not request.is_secure and not is_loopback(request)


def read_seat(request: Request) -> bytes | None:
    """Return the 16 bytes of the seat this device holds, or None."""
    held = _seat_and_class(request)
    return None if held is None else held[:SEAT_BYTES]


def is_seated_elsewhere(request: Request, public_id: str) -> bool:
    """Return whether this device came into another class session last than this one."""
    held = _seat_and_class(request)
    return held is not None and held[SEAT_BYTES:] != _short(public_id)


def set_seat(response: Response, seat: bytes, public_id: str) -> None:
    """Give the device its seat in a class session until the browser closes."""
    text = urlsafe_b64encode(seat + _short(public_id)).rstrip(b"=").decode()
    _set(response, "seat", text, max_age=None)


def expire_seat(response: Response) -> None:
    """Make the device forget its seat."""
    _set(response, "seat", "", max_age=0)


def read_desk_key(request: Request, public_id: str) -> str | None:
    """Return the lesson key that this browser holds for a class session, or None."""
    return request.cookies.get(_name(f"desk-{public_id}", plain=is_plain(request)))


def set_desk_key(response: Response, public_id: str, key: str) -> None:
    """Let this browser steer a class session for seven days."""
    _set(response, f"desk-{public_id}", key, max_age=DESK_SECONDS)


def read_staff(request: Request) -> str | None:
    """Return the token of the sign-in that this browser holds, or None."""
    return request.cookies.get(_name("staff", plain=False))


def set_staff(response: Response, token: str) -> None:
    """Let this browser be signed in until it closes; never over plain HTTP on a network."""
    _set(response, "staff", token, max_age=None)


def expire_staff(response: Response) -> None:
    """Make the browser forget that it was signed in."""
    _set(response, "staff", "", max_age=0)


def read_known(request: Request) -> str | None:
    """Return what this browser kept of an earlier sign-in, or None."""
    return request.cookies.get(_name("known", plain=False))


def set_known(response: Response, text: str) -> None:
    """Let this browser be known as one that signed in before."""
    _set(response, "known", text, max_age=KNOWN_SECONDS)


def _seat_and_class(request: Request) -> bytes | None:
    # Straight from what the server read: the way round by the headers is a tenth of an answer.
    try:
        sent = parse_cookie(request.environ.get("HTTP_COOKIE"))
        text = sent.get(_name("seat", plain=is_plain(request)))
        held = b"" if text is None else urlsafe_b64decode(text + "==")
    except (NotBase64, ValueError):
        return None
    return held if len(held) == SEAT_BYTES + CLASS_BYTES else None


def _short(public_id: str) -> bytes:
    return sha256(public_id.encode()).digest()[:CLASS_BYTES]


def _name(name: str, *, plain: bool) -> str:
    return name if plain else f"__Host-{name}"


def _set(response: Response, name: str, text: str, max_age: int | None) -> None:
    plain = is_plain(current_request)
    response.set_cookie(
        _name(name, plain=plain),
        text,
        max_age=max_age,
        expires=0 if max_age == 0 else None,
        path="/",
        secure=not plain,
        httponly=True,
        samesite="Strict",
    )
