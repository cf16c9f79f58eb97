"""Builds on which devices that go round and slips of paper are broken on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

from eduapp.classroom.roster import SEAT_BYTES, seat_from
from eduapp.classroom.sharing import Sharing
from eduapp.classroom.turns import Turns
from eduapp.participate import shared
from eduapp.participate.finding import current_classroom
from tests.attack.builds import broken
from tests.builders import in_process

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from flask import Response

    from eduapp.classroom.memory import AnyUrn
    from eduapp.classroom.phases import Receipt
    from eduapp.classroom.roster import Seat
    from eduapp.classroom.views import ClassView

_take = Turns.take
_spend = Turns.spend
_cover = shared.cover
_count = Sharing.count_paper


@broken("turns-without-end", "a device that goes round never runs out", "shared-device-stuffing")
def without_end() -> AbstractContextManager[object]:
    """Hand out one more seat each time."""

    def take(self: Turns, seat: Seat) -> str | None:
        self._left = max(self._left, 1)
        return _take(self, seat)

    return patch.object(Turns, "take", take)


@broken("turn-stays", "a turn takes another ballot each time", "shared-device-stuffing")
def turn_stays() -> AbstractContextManager[object]:
    """Forget that a turn is over."""

    def spend(self: Turns, seat: Seat, token: str, position: int) -> None:
        _spend(self, seat, token, position)
        if token in self._done:
            self._done.discard(token)
            self._held[self._mark(seat)] = token

    return patch.object(Turns, "spend", spend)


@broken("no-pass-code", "a tap lets any device go round", "secret-shared-device")
def no_pass_code() -> AbstractContextManager[object]:
    """Spare the teacher a code."""

    def share(self: Sharing, public_id: str, seat: Seat | None, _letters: str) -> Seat:
        live = self._live(public_id)
        new = seat_from(self._chance.random_bytes(SEAT_BYTES), goes_round=True)
        live.roster.share(new, seat)
        return new

    return patch.object(Sharing, "share", share)


@broken("cover-thanks", "the cover thanks for the answer before it", "shared-device-traces")
def cover_thanks() -> AbstractContextManager[object]:
    """Say on the cover what the open urn holds most of."""

    def cover(view: ClassView) -> Response:
        response = _cover(view)
        open_round = current_classroom()._registry.by_id(view.public_id).open_round
        if open_round is not None:
            response.headers["X-Thanks"] = str(_most(open_round.urn))
        return response

    return patch.object(shared, "cover", cover)


@broken("slips-come-back", "the desk fills in again what was typed", "shared-device-traces")
def slips_come_back() -> AbstractContextManager[object]:
    """Spare the teacher the typing."""

    def count(self: Sharing, public_id: str, token: str, counts: Sequence[int]) -> Receipt:
        receipt = _count(self, public_id, token, counts)
        live = self._live(public_id)
        live.helper = f"{live.helper} {list(counts)}"
        live.view = None
        return receipt

    return patch.object(Sharing, "count_paper", count)


@broken("seats-move", "seats can be declared at any moment", "more-slips-than-seats")
def seats_move() -> AbstractContextManager[object]:
    """Let the teacher correct the numbers while a question is open."""

    def declare(
        self: Sharing, public_id: str, on_shared: int, paper: int, version: int
    ) -> ClassView:
        live = self._live(public_id)
        with live.lock:
            if version == live.position.version:
                self._steering.declare(live, on_shared, paper)
            return live.refresh(self._clock.monotonic())

    return patch.object(Sharing, "declare", declare)


def _most(urn: AnyUrn) -> int:
    counts = in_process(urn)._counts
    return max(range(len(counts)), key=counts.__getitem__)
