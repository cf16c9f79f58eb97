"""The classroom: every class session of this process, and all that may be done with one.

The one place where memory (roster, urn, position) and the database (row, release) move together:
each act takes the lock of its class session, writes one short transaction, and only then changes
what screens see. Answers, joins and looks touch memory only.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from eduapp.classroom import class_sessions, rounds
from eduapp.classroom.join_codes import JoinCode, new_join_code
from eduapp.classroom.lesson_keys import LessonKey, hash_of, new_lesson_key
from eduapp.classroom.live import LiveClass, Position
from eduapp.classroom.models import ClassSessionRow
from eduapp.classroom.phases import Act, Phase, Receipt, Standing
from eduapp.classroom.registry import Registry, WrongLessonKey
from eduapp.classroom.roster import SEAT_BYTES, Roster, Seat
from eduapp.classroom.sources import Chance
from eduapp.classroom.steering import Steering
from eduapp.classroom.urn import NoSuchOption, UrnClosed
from eduapp.classroom.views import ClassView, PublicId
from eduapp.privacy import progress as privacy_progress
from eduapp.privacy import results as privacy_results
from eduapp.privacy.parameters import (
    PLACES_DEFAULT,
    PLACES_MAX,
    PROGRESS_SECONDS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from eduapp.classroom.sources import Clock
    from eduapp.content.models import Module
    from eduapp.db import Database


class ClassSessionEnded(Exception):  # noqa: N818 - named for the fact
    """The class session has ended."""


@dataclass(frozen=True, slots=True)
class Started:
    """A class session just started; the only moment at which the lesson key is known here."""

    public_id: PublicId
    join_code: JoinCode
    lesson_key: LessonKey


class Classroom:
    """Every class session of this process."""

    def __init__(
        self,
        database: Database,
        secret_key: bytes,
        find_module: Callable[[str, str], Module | None],
        clock: Clock,
        chance: Chance | None = None,
    ) -> None:
        """Read back what the database holds.

        `find_module(module_id, revision)` returns the module as it was at that revision, or None
        when that is gone.
        """
        self._database = database
        self._secret_key = secret_key
        self._find_module = find_module
        self._clock = clock
        self._chance = chance or Chance()
        self._steering = Steering(database, clock, self._chance)
        self._boot = self._chance.random_bytes(4).hex()
        self._lock = threading.Lock()
        self._registry = Registry(secret_key, clock.today)
        with database.transaction() as tx:
            class_sessions.purge(tx, clock.today())
            for row in class_sessions.recover(tx):
                self._recall(tx, row)

    # Starting and finding

    def start(self, module: Module, language: str, helper: str | None) -> Started:
        """Start a class session in the lobby and return its code and its lesson key."""
        key = new_lesson_key(self._chance.choose)
        with self._lock:
            code = new_join_code(self._chance.choose, self._registry.is_taken)
            today = self._clock.today()
            position = Position(0, Phase.READY, is_paused=False, version=1, places=PLACES_DEFAULT)
            row = ClassSessionRow(
                public_id=self._chance.random_bytes(6).hex(),
                module_id=module.id,
                revision=module.revision,
                step=position.step,
                version=position.version,
                state=class_sessions.state_words(position, language),
                join_code=code,
                desk_key_hash=hash_of(key, self._secret_key),
                helper=helper,
                opened_on=today,
                delete_on=class_sessions.delete_day(today),
            )
            with self._database.transaction() as tx:
                tx.add(row)
                tx.flush()
            live = self._enter(row, module, {})
        return Started(live.public_id, live.join_code, key)

    def by_code(self, typed: str) -> ClassView:
        """Return the class session of a join code in any spelling. Raises `UnknownCode`."""
        live = self._registry.by_code(typed)
        return self._tended(live).refresh(self._clock.monotonic())

    def by_id(self, public_id: str) -> ClassView:
        """Return a class session. Raises `UnknownClassSession`."""
        return self._live(public_id).refresh(self._clock.monotonic())

    def by_lesson_key(self, typed: str) -> ClassView:
        """Return the class session of a lesson key in any spelling. Raises `WrongLessonKey`."""
        live = self._registry.by_lesson_key(typed)
        return self._tended(live).refresh(self._clock.monotonic())

    def holds(self, public_id: str, lesson_key: str | None) -> bool:
        """Return whether this key is the lesson key of this class session."""
        try:
            return lesson_key is not None and self.by_lesson_key(lesson_key).public_id == public_id
        except WrongLessonKey:
            return False

    # Students

    def new_seat(self) -> Seat:
        """Return the secret for a device that has none yet."""
        return Seat(self._chance.random_bytes(SEAT_BYTES))

    def admit(self, public_id: str, seat: Seat) -> Standing:
        """Admit a device; one that is in stays in. Raises `ClassFull` and `ClassSessionEnded`."""
        live = self._live(public_id)
        with live.lock:
            if live.position.phase is Phase.ENDED:
                raise ClassSessionEnded
            live.has_been_joined = True
            return live.roster.admit(seat)

    def standing(self, public_id: str, seat: Seat | None) -> Standing:
        """Return how a device stands; changes nothing."""
        return Standing.STRANGER if seat is None else self._live(public_id).roster.standing(seat)

    def is_seated_elsewhere(self, public_id: str, seat: Seat) -> bool:
        """Return whether a device is in another class session than this one."""
        return any(
            live.public_id != public_id and live.roster.standing(seat) is not Standing.STRANGER
            for live in self._registry.all()
        )

    def put(self, public_id: str, round_token: str, seat: Seat, position: int) -> Receipt:
        """Put a ballot into the open round that carries this token.

        Touches memory only. `position` is that of the option in content order.
        """
        live = self._live(public_id)
        if live.roster.standing(seat) is not Standing.MEMBER:
            return Receipt.NOT_ADMITTED
        open_round = live.open_round
        if open_round is None or not secrets.compare_digest(
            open_round.token.encode(), round_token.encode()
        ):
            return Receipt.CLOSED
        try:
            open_round.urn.put(seat, position)
        except UrnClosed:
            return Receipt.CLOSED
        except NoSuchOption:
            return Receipt.REFUSED
        return Receipt.SENT

    def state_document(self, public_id: str) -> tuple[bytes, str]:
        """Return the state document and its tag. Raises `UnknownClassSession`."""
        live = self._live(public_id)
        now = self._clock.monotonic()
        live.followed_at = now
        view = live.refresh(now)
        return view.state_document(), view.etag

    # The desk

    def steer(self, public_id: str, act: Act, version: int) -> ClassView:
        """Carry out an act that was chosen at `version` and return what is now.

        An act that is stale, doubled or impossible changes nothing.
        """
        live = self._live(public_id)
        with live.lock:
            if version == live.position.version and self._may(live, act):
                self._steering.carry_out(live, act)
            return live.refresh(self._clock.monotonic())

    def make_room(self, public_id: str, places: int) -> ClassView:
        """Admit up to `places` devices from now on, and return what is now.

        A number outside 1 to `PLACES_MAX` changes nothing. No device has anything new to see, so
        the version stays.
        """
        live = self._live(public_id)
        with live.lock:
            if 1 <= places <= PLACES_MAX and live.position.phase is not Phase.ENDED:
                self._steering.make_room(live, places)
            return live.refresh(self._clock.monotonic())

    def progress(self, public_id: str) -> privacy_progress.Progress | None:
        """Return how far the open round is, for the desk only; worked out every five seconds."""
        live = self._live(public_id)
        open_round = live.open_round
        if open_round is None:
            return None
        now = self._clock.monotonic()
        is_old = now - open_round.progress_at >= PROGRESS_SECONDS
        if open_round.progress is None or (is_old and open_round.sealed is None):
            kind = rounds.kind_of(open_round.question)
            open_round.progress = privacy_progress.progress(
                kind, len(open_round.urn), len(live.roster)
            )
            open_round.progress_at = now
        return open_round.progress

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

    def purge(self) -> None:
        """Remove class sessions that have expired, from memory and from the database."""
        with self._lock:
            self._registry.drop_expired()
            with self._database.transaction() as tx:
                gone = class_sessions.purge(tx, self._clock.today())
            if gone:
                self._database.forget_log()

    def tend(self) -> None:
        """Close forgotten rounds, end forgotten lessons and remove what expired, in every class.

        For a housekeeper to call now and then: it must not take a visitor to empty an urn.
        """
        for live in self._registry.all():
            self._tended(live)
        self.purge()

    # Within

    def _recall(self, tx: Session, row: ClassSessionRow) -> None:
        module = self._find_module(row.module_id, row.revision)
        if module is None:
            # The lesson files of this revision are gone: nothing can be shown of it any more.
            tx.delete(row)
            return
        live = self._enter(row, module, rounds.releases_of(tx, row.id, module.questions))
        question = live.question
        if live.position.phase is Phase.READY and question and live.rounds_done(question):
            # The open second round was voided: the class was discussing before it.
            live.position = replace(live.position, phase=Phase.DISCUSS)
        if live.position.phase in {Phase.SHOWN, Phase.EXPLAINED} and question:
            live.shown.add(question.id)
        live.was_recalled = True

    def _enter(
        self,
        row: ClassSessionRow,
        module: Module,
        releases: dict[tuple[str, int], rounds.Release],
    ) -> LiveClass:
        now = self._clock.monotonic()
        position = class_sessions.position_of(row)
        live = LiveClass(
            row_id=row.id,
            public_id=PublicId(row.public_id),
            join_code=JoinCode(row.join_code),
            desk_key_hash=row.desk_key_hash,
            language=class_sessions.language_of(row),
            module=module,
            helper=row.helper,
            delete_on=row.delete_on,
            boot=self._boot,
            position=position,
            roster=Roster(self._chance.random_bytes(16), position.places),
            releases=releases,
            acted_at=now,
            followed_at=now,
        )
        self._registry.add(live)
        return live

    def _live(self, public_id: str) -> LiveClass:
        return self._tended(self._registry.by_id(public_id))

    def _tended(self, live: LiveClass) -> LiveClass:
        """Close a forgotten round, end a forgotten lesson."""
        if live.overdue_act(self._clock.monotonic()) is not None:
            # A write that fails is tried again at the next look; this one is answered all the same.
            with live.lock, contextlib.suppress(SQLAlchemyError):
                act = live.overdue_act(self._clock.monotonic())
                if act is not None:
                    self._steering.carry_out(live, act)
                if act is Act.END and not live.has_been_joined:
                    self._registry.free_code(live)
        return live

    def _may(self, live: LiveClass, act: Act) -> bool:
        if act is Act.VOID:
            # Judged from what the desk was told, which moves in steps, not from the ballots as
            # they are now.
            progress = self.progress(live.public_id)
            is_open = live.open_round is not None and live.open_round.sealed is None
            is_few = progress is not None and not progress.is_enough
            return is_open and is_few and act in live.acts()
        return act in live.acts()
