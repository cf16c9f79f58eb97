"""Taking part without a device of one's own: one that goes round, and slips of paper.

Seats for both are declared between questions, and nobody puts more ballots than were declared.
Source: privacy, decision 7.
"""

from __future__ import annotations

from dataclasses import replace
from secrets import compare_digest
from typing import TYPE_CHECKING

from eduapp.classroom.join_codes import CONSONANTS, VOWELS
from eduapp.classroom.phases import Phase, Receipt, Standing
from eduapp.classroom.positions import PassCode
from eduapp.classroom.roster import SEAT_BYTES, Seat, seat_from
from eduapp.classroom.tending import Tending
from eduapp.classroom.turns import NotYourTurn
from eduapp.classroom.urn import NoSuchOption, UrnClosed
from eduapp.privacy.parameters import DECLARED_MAX, PASS_CODE_SECONDS, PASS_CODE_TRIES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eduapp.classroom.live import LiveClass
    from eduapp.classroom.views import ClassView


class WrongPassCode(Exception):  # noqa: N818 - named for the fact
    """The code makes no device go round: it is wrong, used, or too old."""


class QuestionIsOpen(Exception):  # noqa: N818 - named for the fact
    """What was asked waits until the open question is closed."""


class TooManyOnPaper(Exception):  # noqa: N818 - named for the fact
    """The slips that were counted are more than the declared seats."""


class Sharing(Tending):
    """Declared seats of every class session of this process."""

    def declare(self, public_id: str, shared: int, paper: int, version: int) -> ClassView:
        """Declare seats for devices that go round and for paper, and return what is now.

        Changes nothing while a question is open, from a stale screen, or for a number outside
        0 to `DECLARED_MAX`.
        """
        live = self._live(public_id)
        with self._memory.holding(live):
            is_valid = all(0 <= number <= DECLARED_MAX for number in (shared, paper))
            if is_valid and version == live.position.version and _may_declare(live):
                self._steering.declare(live, shared, paper)
            return live.refresh(self._clock.monotonic())

    def may_declare(self, public_id: str) -> bool:
        """Return whether seats can be declared now."""
        return _may_declare(self._live(public_id))

    def new_pass_code(self, public_id: str) -> None:
        """Make the code that lets one device go round; an earlier one works no more."""
        live = self._live(public_id)
        with self._memory.holding(live):
            if _may_declare(live):
                letters = "".join(self._chance.choose(part) for part in (CONSONANTS, VOWELS) * 2)
                until = self._clock.monotonic() + PASS_CODE_SECONDS
                live.pass_code = PassCode(letters, until, PASS_CODE_TRIES)

    def pass_code(self, public_id: str) -> str | None:
        """Return the code that lets one device go round, for the desk, while it works."""
        live = self._live(public_id)
        code = live.pass_code
        return code.letters if code is not None and self._works(code) else None

    def shared_devices(self, public_id: str) -> int:
        """Return how many devices go round."""
        return self._live(public_id).roster.shared

    def share(self, public_id: str, seat: Seat | None, letters: str) -> Seat:
        """Make a device one that goes round; return its new seat.

        `seat` is what the device held. Raises `WrongPassCode`, `QuestionIsOpen` and `ClassFull`.
        """
        live = self._live(public_id)
        with self._memory.holding(live):
            if live.open_round is not None:
                raise QuestionIsOpen
            code = live.pass_code
            if code is None or not self._works(code):
                raise WrongPassCode
            if not compare_digest(code.letters, _read(letters)):
                live.pass_code = replace(code, tries=code.tries - 1)
                raise WrongPassCode
            new = seat_from(self._chance.random_bytes(SEAT_BYTES), goes_round=True)
            live.roster.share(new, seat)
            live.has_been_joined = True
            live.pass_code = None
            return new

    def next_turn(self, public_id: str, seat: Seat | None) -> str | None:
        """Let the next student answer on this device: return the token of the turn.

        The same token until the ballot is put. None where no question is open for it, or every
        declared seat had its turn.
        """
        live = self._live(public_id)
        open_round = live.open_round
        if open_round is None or not _is_shared(live, seat):
            return None
        return open_round.turns.take(seat) if seat is not None else None

    def turn(self, public_id: str, seat: Seat | None) -> str | None:
        """Return the token of the turn that this device holds; changes nothing."""
        live = self._live(public_id)
        open_round = live.open_round
        if open_round is None or seat is None or not _is_shared(live, seat):
            return None
        return open_round.turns.held(seat)

    def has_turns(self, public_id: str, seat: Seat | None) -> bool:
        """Return whether a next student can answer on this device."""
        open_round = self._live(public_id).open_round
        return open_round is not None and seat is not None and open_round.turns.may_take(seat)

    def count_paper(self, public_id: str, round_token: str, counts: Sequence[int]) -> Receipt:
        """Put the counted slips of the round with this token, in the place of earlier counts.

        `counts` are in content order. Raises `TooManyOnPaper`. Touches memory only.
        """
        live = self._live(public_id)
        with self._memory.holding(live):
            open_round = live.open_round
            if open_round is None or open_round.token != round_token:
                return Receipt.CLOSED
            if sum(counts) > live.position.paper:
                raise TooManyOnPaper
            return receipt_of(lambda: open_round.urn.count_paper(counts))

    def is_paper_counted(self, public_id: str) -> bool:
        """Return whether counts of slips are in the open urn."""
        open_round = self._live(public_id).open_round
        return open_round is not None and open_round.urn.is_paper_counted

    def _put_in_turn(self, live: LiveClass, token: str, seat: Seat, position: int) -> Receipt:
        open_round = live.open_round
        if open_round is None:
            return Receipt.CLOSED

        return receipt_of(lambda: open_round.turns.spend(seat, token, position))

    def _works(self, code: PassCode) -> bool:
        return code.tries > 0 and self._clock.monotonic() < code.until


def receipt_of(put: Callable[[], None]) -> Receipt:
    """Return what became of a ballot that `put` puts into an urn."""
    try:
        put()
    except (UrnClosed, NotYourTurn):
        return Receipt.CLOSED
    except NoSuchOption:
        return Receipt.REFUSED
    return Receipt.SENT


def _is_shared(live: LiveClass, seat: Seat | None) -> bool:
    return seat is not None and live.roster.standing(seat) is Standing.SHARED


def _may_declare(live: LiveClass) -> bool:
    is_running = live.position.phase not in {Phase.PREPARED, Phase.ENDED, Phase.WRAP_UP}
    return is_running and live.open_round is None and live.rehearsal is None


def _read(letters: str) -> str:
    """Return typed letters without spaces and dashes, in capitals; anything else is no code."""
    read = "".join(letter for letter in letters if letter not in " -.\u00a0").upper()
    return read if read.isascii() else ""
