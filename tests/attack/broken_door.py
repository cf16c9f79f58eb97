"""Builds whose door is broken on purpose: pace, links, and addresses of clients."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from unittest.mock import patch

from eduapp.classroom.roster import ClassFull
from eduapp.participate import finding
from eduapp.participate import views as student_views
from eduapp.participate.finding import current_classroom, find
from eduapp.teach import board
from eduapp.web.pace import Pace
from tests.attack.builds import broken

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from flask import Request

    from eduapp.classroom.views import ClassView

_spend = Pace.spend


@broken("pace-off", "wrong codes cost nothing", "code-guessing")
def pace_off() -> AbstractContextManager[object]:
    """Let a script try as fast as it can."""
    return patch.object(Pace, "wait_seconds", lambda _self, _address: 0.0)


@broken("forwarded-believed", "whoever asks says from where", "code-guessing")
def forwarded_believed() -> AbstractContextManager[object]:
    """Believe X-Forwarded-For without a proxy: each try then comes from a new address."""

    def address(request: Request) -> str:
        return request.headers.get("X-Forwarded-For", request.remote_addr or "")

    return patch.object(finding, "client_address", address)


@broken("board-unpaced", "the board takes codes without pace", "code-guessing", "code-oracle")
def board_unpaced() -> AbstractContextManager[object]:
    """Forget one of the doors."""
    return patch.object(board, "seconds_to_wait", lambda _name: 0)


@broken("small-purse", "a wrong code costs five tries", "one-school-one-address")
def small_purse() -> AbstractContextManager[object]:
    """Pace as if every address were one person."""

    def spend(self: Pace, address: str) -> None:
        for _ in range(5):
            _spend(self, address)

    return patch.object(Pace, "spend", spend)


@broken(
    "link-admits",
    "following a link takes a place in the class",
    "link-preview",
    "only-a-post-changes",
)
def link_admits() -> AbstractContextManager[object]:
    """Save students a tap."""

    def admit(typed: str) -> ClassView:
        view = find(typed)
        with suppress(ClassFull):
            current_classroom().admit(view.public_id, current_classroom().new_seat())
        return view

    return patch.object(student_views, "find", admit)
