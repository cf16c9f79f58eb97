"""Which class session a request is about, and how its device stands to it.

The one place where codes are tried, so the one place where wrong ones are paced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, request

from eduapp.classroom.phases import Standing
from eduapp.classroom.registry import UnknownCode
from eduapp.classroom.roster import Seat
from eduapp.web.addresses import client_address
from eduapp.web.cookies import read_seat

if TYPE_CHECKING:
    from eduapp.classroom.classroom import Classroom
    from eduapp.classroom.views import ClassView
    from eduapp.web.pace import Pace


class TooManyTries(Exception):  # noqa: N818 - named for the fact
    """Many wrong codes came from this address; the argument is how many seconds to wait."""


def current_classroom() -> Classroom:
    """Return the classroom of this process."""
    return cast("Classroom", current_app.extensions["classroom"])


def own_seat() -> Seat | None:
    """Return the seat that this device holds, or None."""
    seat = read_seat(request)
    return None if seat is None else Seat(seat)


def own_standing(view: ClassView) -> Standing:
    """Return how this device stands to a class session; changes nothing."""
    return current_classroom().standing(view.public_id, own_seat())


def find(typed: str) -> ClassView:
    """Return the class session of a code, in any spelling.

    Wrong codes are paced by address; a device that is in never waits. Raises `UnknownCode` and
    `TooManyTries`. Source: privacy, decision 9.
    """
    try:
        view = current_classroom().by_code(typed)
    except UnknownCode:
        view = None
    if view is not None and own_standing(view) is not Standing.STRANGER:
        return view
    pace = cast("Pace", current_app.extensions["code_pace"])
    address = client_address(request)
    wait = pace.wait_seconds(address)
    if wait:
        raise TooManyTries(wait)
    if view is None:
        pace.spend(address)
        raise UnknownCode
    return view
