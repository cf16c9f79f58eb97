"""The classroom: every class session of this process, and all that may be done with one.

The one place where memory (roster, urn, position) and the database (row, release) move together:
each act takes the lock of its class session, writes one short transaction, and only then changes
what screens see. Answers, joins and looks touch memory only.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from eduapp.classroom import rounds
from eduapp.classroom.keeping import read_back
from eduapp.classroom.owning import Owning
from eduapp.classroom.phases import Act, Phase, Receipt, Standing
from eduapp.classroom.registry import UnknownClassSession, UnknownCode, WrongLessonKey
from eduapp.classroom.roster import SEAT_BYTES, Seat, seat_from
from eduapp.classroom.sharing import receipt_of
from eduapp.classroom.urn import NoSuchOption
from eduapp.privacy import progress as privacy_progress
from eduapp.privacy import results as privacy_results
from eduapp.privacy.parameters import PLACES_MAX

if TYPE_CHECKING:
    from eduapp.classroom.keeping import Kept
    from eduapp.classroom.live import LiveClass
    from eduapp.classroom.rehearsal import HardMoment
    from eduapp.classroom.views import ClassView, PublicId


class ClassSessionEnded(Exception):  # noqa: N818 - named for the fact
    """The class session has ended."""


class Classroom(Owning):
    """Every class session of this process."""

    # Finding

    def by_code(self, typed: str) -> ClassView:
        """Return the class session of a join code in any spelling. Raises `UnknownCode`."""
        live = self._tended(self._registry.by_code(typed))
        if live.was_left:
            raise UnknownCode
        return live.refresh(self._clock.monotonic())

    def by_id(self, public_id: str) -> ClassView:
        """Return a class session. Raises `UnknownClassSession`."""
        return self._live(public_id).refresh(self._clock.monotonic())

    def by_lesson_key(self, typed: str) -> ClassView:
        """Return the class session of a lesson key in any spelling. Raises `WrongLessonKey`."""
        self._tended(self._registry.by_lesson_key(typed))
        # Another process may have given the lesson another key since.
        live = self._registry.by_lesson_key(typed)
        return live.refresh(self._clock.monotonic())

    def holds(self, public_id: str, lesson_key: str | None) -> bool:
        """Return whether this key is the lesson key of this class session."""
        try:
            return lesson_key is not None and self.by_lesson_key(lesson_key).public_id == public_id
        except WrongLessonKey:
            return False

    def id_of(self, typed: str) -> PublicId:
        """Return the public id of a join code, without a look at the rest. Raises `UnknownCode`."""
        return self._registry.by_code(typed).public_id

    # Students

    def new_seat(self) -> Seat:
        """Return the secret for a device that has none yet."""
        return seat_from(self._chance.random_bytes(SEAT_BYTES), goes_round=False)

    def admit(self, public_id: str, seat: Seat) -> Standing:
        """Admit a device; one that is in stays in. Raises `ClassFull` and `ClassSessionEnded`."""
        live = self._live(public_id)
        with live.lock:
            if live.position.phase is Phase.ENDED:
                raise ClassSessionEnded
            if live.rehearsal is not None:
                return Standing.MEMBER
            live.has_been_joined = True
            return live.roster.admit(seat)

    def standing(self, public_id: str, seat: Seat | None) -> Standing:
        """Return how a device stands; changes nothing. To a rehearsal every device may look."""
        live = self._live(public_id)
        if live.rehearsal is not None:
            return Standing.MEMBER
        return Standing.STRANGER if seat is None else live.roster.standing(seat)

    def put(self, public_id: str, round_token: str, seat: Seat | None, position: int) -> Receipt:
        """Put a ballot into the open round that carries this token.

        Touches memory only. `position` is that of the option in content order. A device that goes
        round sends the token of its turn in the place of that of the round. In a rehearsal the
        reply is that of a real lesson and nothing is put: only imaginary students answer.
        """
        live = self._registry.by_id(public_id)
        receipt = self._put_unseen(live, round_token, seat, position)
        if receipt is not None:
            return receipt
        self._tended(live)
        is_looking = live.rehearsal is not None
        standing = Standing.STRANGER if seat is None else live.roster.standing(seat)
        if seat is not None and standing is Standing.SHARED:
            return self._put_in_turn(live, round_token, seat, position)
        if not is_looking and standing is not Standing.MEMBER:
            return Receipt.NOT_ADMITTED
        open_round = live.open_round
        if open_round is None or not secrets.compare_digest(
            open_round.token.encode(), round_token.encode()
        ):
            return Receipt.CLOSED
        if seat is None or is_looking:
            return Receipt.SENT
        return receipt_of(lambda: open_round.urn.put(seat, position))

    def state_document(self, public_id: str) -> tuple[bytes, str]:
        """Return the state document and its tag.

        Raises `UnknownClassSession`, also for a lesson that nobody was let into yet.
        """
        live = self._tended(self._registry.by_id(public_id), follows=True)
        if live.position.phase is Phase.PREPARED:
            raise UnknownClassSession
        view = live.refresh(self._clock.monotonic())
        return view.state_document(), view.etag

    # The desk

    def steer(self, public_id: str, act: Act, version: int, step: int | None = None) -> ClassView:
        """Carry out an act that was chosen at `version` and return what is now.

        An act that is stale, doubled or impossible changes nothing. `GOTO` needs the step, from 1.
        """
        live = self._live(public_id)
        with self._memory.holding(live):
            if version == live.position.version and self._may(live, act, step):
                self._steering.carry_out(live, act, step)
            return live.refresh(self._clock.monotonic())

    def practise(self, public_id: str, moment: HardMoment | None, version: int) -> ClassView:
        """Begin or end a hard moment of a rehearsal, and return what is now."""
        live = self._live(public_id)
        with self._memory.holding(live):
            if live.rehearsal is not None and version == live.position.version:
                live.rehearsal.practise(moment, self._clock.monotonic())
                self._steering.renew(live)
            return live.refresh(self._clock.monotonic())

    def make_room(self, public_id: str, places: int) -> ClassView:
        """Admit up to `places` devices from now on, and return what is now.

        A number outside 1 to `PLACES_MAX` changes nothing. No device has anything new to see, so
        the version stays.
        """
        live = self._live(public_id)
        with self._memory.holding(live):
            if 1 <= places <= PLACES_MAX and live.position.phase is not Phase.ENDED:
                self._steering.make_room(live, places)
            return live.refresh(self._clock.monotonic())

    def progress(self, public_id: str) -> privacy_progress.Progress | None:
        """Return how far the open round is, for the desk only; worked out every five seconds."""
        live = self._live(public_id)
        open_round = live.open_round
        if open_round is None:
            return None
        seats = len(live.roster) + live.position.declared
        ballots, seats = open_round.urn.counted(self._clock.monotonic(), seats)
        return privacy_progress.progress(rounds.kind_of(open_round.question), ballots, seats)

    def zone(self, public_id: str) -> privacy_results.Zone | None:
        """Return how much of the class had the closed question right, for the desk only."""
        live = self._live(public_id)
        question = live.question
        if live.position.phase is not Phase.CLOSED or question is None:
            return None
        release = live.releases.get((question.id, live.rounds_done(question)))
        right = question.right_position
        if release is None or right is None:
            return None
        return privacy_results.zone(release.noisy, release.n, right)

    def kept(self, public_id: str) -> Kept:
        """Return what the database keeps of a class session, as far as its desk may see."""
        live = self._live(public_id)
        with live.lock, live.database.reading() as tx:
            return read_back(tx, live)

    # Within

    def _put_unseen(
        self, live: LiveClass, token: str, seat: Seat | None, position: int
    ) -> Receipt | None:
        """Put a ballot without looking first what the others did, where that can be."""
        try:
            return None if seat is None else self._memory.put(live, token, seat, position)
        except NoSuchOption:
            return Receipt.REFUSED

    def _may(self, live: LiveClass, act: Act, step: int | None) -> bool:
        if (act is Act.GOTO) != (step is not None):
            return False
        if step is not None and not 1 <= step <= len(live.module.activities):
            return False
        if act is Act.VOID:
            # Judged from what the desk was told, which moves in steps, not from the ballots as
            # they are now.
            progress = self.progress(live.public_id)
            is_open = live.open_round is not None and not live.open_round.urn.is_sealed
            is_few = progress is not None and not progress.is_enough
            return is_open and is_few and act in live.acts()
        return act in live.acts()
