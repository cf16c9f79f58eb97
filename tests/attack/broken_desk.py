"""Builds whose urn, roster or desk is broken on purpose, so that ballots can be stuffed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

from eduapp.classroom.classroom import Classroom
from eduapp.classroom.live import LiveClass
from eduapp.classroom.phases import Act
from eduapp.classroom.roster import Roster
from eduapp.classroom.urn import NoSuchOption, Urn
from eduapp.participate import screens
from eduapp.participate import views as student_views
from eduapp.participate.finding import current_classroom, own_seat
from tests.attack.builds import broken
from tests.builders import in_process

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from flask import Response

    from eduapp.classroom.roster import Seat
    from eduapp.classroom.views import ClassView
    from eduapp.participate.pages import Screen

_acts = LiveClass.acts
_steer = Classroom.steer
_screen = screens.class_screen


@broken(
    "every-request-counts",
    "a changed answer is counted beside the earlier one",
    "replayed-ballot",
    "parallel-votes",
)
def every_request_counts() -> AbstractContextManager[object]:
    """Count taps."""

    def put(self: Urn, seat: Seat, position: int) -> None:
        if not 0 <= position < self._options:
            raise NoSuchOption
        with self._lock:
            self._counts[position] += 1
            self._seals[self._hash(seat, b"mark")] = b""

    return patch.object(Urn, "put", put)


@broken("urn-stays-open", "an emptied urn goes on saying thank you", "race-with-close")
def urn_stays_open() -> AbstractContextManager[object]:
    """Take the counts and forget to shut the urn: a ballot that comes now is lost unseen."""

    def _empty(self: Urn) -> list[int]:
        return list(self._counts)

    return patch.object(Urn, "_empty", _empty)


@broken("any-position", "a position is not held against the options", "unwanted-ballots")
def any_position() -> AbstractContextManager[object]:
    """Take what comes: the last option then also has the number minus one, or a hundred."""
    real = Urn.put

    def put(self: Urn, seat: Seat, position: int) -> None:
        real(self, seat, position % self._options)

    return patch.object(Urn, "put", put)


@broken("own-answer-shown", "the page marks what this device chose", "stolen-cookie")
def own_answer_shown() -> AbstractContextManager[object]:
    """Be helpful to whoever reloads the page, and to whoever holds the cookie."""

    def screen(view: ClassView, screen: Screen) -> Response:
        response = _screen(view, screen)
        open_round = current_classroom()._registry.by_id(view.public_id).open_round
        seat = own_seat()
        if open_round is not None and seat is not None:
            urn = in_process(open_round.urn)
            sealed = urn._seals.get(urn._hash(seat, b"mark"))
            own = [o for o in range(urn._options) if urn._hash(seat, bytes([o])) == sealed]
            response.set_data(response.get_data() + f"<!-- {own} -->".encode())
        return response

    return patch.object(student_views, "class_screen", screen)


@broken("roster-not-frozen", "who comes late may answer the open opinion question", "late-device")
def roster_not_frozen() -> AbstractContextManager[object]:
    """Be friendly to late students."""
    return patch.object(Roster, "freeze", lambda _self: None)


@broken("reopen-while-open", "the door can be reopened while a question is open", "reopened-door")
def reopen_while_open() -> AbstractContextManager[object]:
    """Offer the button always."""
    return patch.object(LiveClass, "acts", lambda self: (*_acts(self), Act.REOPEN))


@broken("version-check-off", "an act is carried out whichever page it comes from", "stale-acts")
def version_check_off() -> AbstractContextManager[object]:
    """Forget that a page may be old."""

    def steer(
        self: Classroom, public_id: str, act: Act, _version: int, step: int | None = None
    ) -> ClassView:
        version = self._registry.by_id(public_id).position.version
        return _steer(self, public_id, act, version, step)

    return patch.object(Classroom, "steer", steer)
