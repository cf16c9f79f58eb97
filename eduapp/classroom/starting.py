"""How class sessions come to be: started, prepared, rehearsed, read back when the process starts.

What is done with them afterwards is in `classroom.py`. No ballot and no student here.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from eduapp.classroom import class_sessions, revisions, rounds
from eduapp.classroom.join_codes import JoinCode, new_join_code
from eduapp.classroom.lesson_keys import LessonKey, hash_of, new_lesson_key
from eduapp.classroom.live import LiveClass
from eduapp.classroom.memory import UNSEEN, OwnMemory
from eduapp.classroom.models import ClassSessionRow
from eduapp.classroom.phases import Phase
from eduapp.classroom.positions import Choices, Owner, Position
from eduapp.classroom.registry import Registry
from eduapp.classroom.rehearsal import Rehearsal
from eduapp.classroom.roster import Roster
from eduapp.classroom.steering import Steering
from eduapp.classroom.views import ClassView, PublicId
from eduapp.db import IN_MEMORY, Database
from eduapp.privacy.parameters import PLACES_DEFAULT, REHEARSALS_MAX
from eduapp.sources import Chance

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from eduapp.classroom.memory import Memory
    from eduapp.content.models import Module
    from eduapp.sources import Clock


class TooManyRehearsals(Exception):  # noqa: N818 - named for the fact
    """As many rehearsals run in this process as may."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A lesson just prepared; the only moment at which the lesson key is known here."""

    public_id: PublicId
    lesson_key: LessonKey


@dataclass(frozen=True, slots=True)
class Started:
    """A class session just started; the only moment at which the lesson key is known here."""

    public_id: PublicId
    join_code: JoinCode
    lesson_key: LessonKey


class Starting:
    """Makes class sessions, and lets them be found."""

    def __init__(  # noqa: PLR0913 - what a classroom stands on
        self,
        database: Database,
        secret_key: bytes,
        find_module: Callable[[str, str], Module | None],
        clock: Clock,
        chance: Chance | None = None,
        memory: Memory | None = None,
    ) -> None:
        """Read back what the database holds, unless other processes run on it (`memory`).

        `find_module(module_id, revision)` returns the module as it was at that revision, or None
        when that is gone.
        """
        self._database = database
        self._rehearsals = Database(IN_MEMORY)
        self._rehearsals.make_tables()
        self._secret_key = secret_key
        self._find_module = find_module
        self._clock = clock
        self._chance = chance or Chance()
        self._memory: Memory = memory or OwnMemory(self._chance)
        self._steering = Steering(clock, self._chance, self._memory)
        self._lock = threading.RLock()
        self._registry = Registry(secret_key, clock.today, self._fetch)
        with database.transaction() as tx:
            class_sessions.purge(tx, clock.today())
            class_sessions.purge_opinions(tx, clock.today(), find_module)
            if not self._memory.is_shared:
                for found in class_sessions.recover(tx):
                    self._recall(tx, found)
        # Also where nothing had to go: an earlier process may have stopped before it came to this.
        self._must_forget = not database.forget_log()

    @property
    def today(self) -> dt.date:
        """Return the date where the school is."""
        return self._clock.today()

    def start(
        self,
        module: Module,
        language: str,
        helper: str | None,
        *,
        band: str | None = None,
        owner: Owner | None = None,
    ) -> Started:
        """Start a class session in the lobby and return its code and its lesson key."""
        choices = Choices(language, band)
        live, key = self._make(self._database, module, choices, helper, Phase.READY, owner)
        return Started(live.public_id, live.join_code, key)

    def prepare(  # noqa: PLR0913 - what the gate asks
        self,
        module: Module,
        language: str,
        helper: str | None,
        *,
        band: str | None = None,
        first_step: int = 1,
        owner: Owner | None = None,
    ) -> Prepared:
        """Prepare a lesson for one of the next seven days; nobody can join it yet."""
        choices = Choices(language, band, first_step)
        live, key = self._make(self._database, module, choices, helper, Phase.PREPARED, owner)
        return Prepared(live.public_id, key)

    def rehearse(self, module: Module, language: str, *, band: str | None = None) -> Started:
        """Start a rehearsal: an imaginary class, with everything of it in memory.

        Raises `TooManyRehearsals`. Source: privacy, decision 17.
        """
        if sum(live.rehearsal is not None for live in self._registry.all()) >= REHEARSALS_MAX:
            raise TooManyRehearsals
        choices = Choices(language, band)
        rehearsal = Rehearsal(self._chance.random_bits(32), self._clock.monotonic())
        live, key = self._make(
            self._rehearsals, module, choices, None, Phase.READY, rehearsal=rehearsal
        )
        return Started(live.public_id, live.join_code, key)

    def amend(self, public_id: str, helper: str | None, first_step: int) -> ClassView:
        """Change helper and first step of a prepared lesson, and return what is now.

        Changes nothing once the door is open, or where the module has no such step.
        """
        live = self._registry.by_id(public_id)
        with self._memory.holding(live):
            is_step = 1 <= first_step <= len(live.module.activities)
            if live.position.phase is Phase.PREPARED and is_step:
                choices = replace(live.choices, first_step=first_step)
                target = replace(live.position, version=live.position.version + 1)
                with live.database.transaction() as tx:
                    row = tx.get_one(ClassSessionRow, live.row_id)
                    row.helper = helper
                    class_sessions.move(tx, live.row_id, choices, live.position, target)
                live.helper, live.choices, live.position = helper, choices, target
            return live.refresh(self._clock.monotonic())

    def open_door(self, public_id: str) -> ClassView:
        """Let the students of a prepared lesson in, and return what is now; once is enough."""
        live = self._registry.by_id(public_id)
        with self._lock, self._memory.holding(live):
            if live.position.phase is Phase.PREPARED:
                code = new_join_code(self._chance.choose, self._registry.is_taken)
                today = self._clock.today()
                delete_on = class_sessions.delete_day(today, live.owner)
                version = live.position.version + 1
                target = replace(live.position, phase=Phase.READY, version=version)
                with live.database.transaction() as tx:
                    row = tx.get_one(ClassSessionRow, live.row_id)
                    row.join_code, row.opened_on, row.delete_on = code, today, delete_on
                    class_sessions.move(tx, live.row_id, live.choices, live.position, target)
                live.join_code, live.opened_on, live.delete_on = code, today, delete_on
                live.position = target
                live.acted_at = live.followed_at = self._clock.monotonic()
                self._registry.add(live)
            return live.refresh(self._clock.monotonic())

    def _make(  # noqa: PLR0913 - what a row is made of
        self,
        database: Database,
        module: Module,
        choices: Choices,
        helper: str | None,
        phase: Phase,
        owner: Owner | None = None,
        rehearsal: Rehearsal | None = None,
    ) -> tuple[LiveClass, LessonKey]:
        """Write the row of a new class session and let it be found; a prepared one has no code."""
        key = new_lesson_key(self._chance.choose)
        is_open = phase is not Phase.PREPARED
        position = Position(step=0, phase=phase, version=1, places=PLACES_DEFAULT)
        with self._lock:
            today = self._clock.today()
            row = ClassSessionRow(
                # Rehearsals of several processes travel between them: their numbers may not meet.
                id=self._chance.random_bits(40) if rehearsal else None,
                public_id=self._chance.random_bytes(6).hex(),
                module_id=module.id,
                revision=module.revision,
                step=position.step,
                version=position.version,
                state=class_sessions.state_words(position, choices),
                join_code=new_join_code(self._chance.choose, self._registry.is_taken)
                if is_open
                else None,
                desk_key_hash=hash_of(key, self._secret_key),
                helper=helper,
                opened_on=today if is_open else None,
                delete_on=class_sessions.delete_day(today, owner)
                if is_open
                else class_sessions.prepared_delete_day(today),
                teacher_id=owner.teacher_id if owner else None,
                school_id=owner.school_id if owner else None,
                label=owner.grade if owner else None,
            )
            with database.transaction() as tx:
                if rehearsal is None:
                    revisions.keep(tx, module)
                tx.add(row)
                tx.flush()
            live = self._copy(database, row, module, {}, rehearsal)
            self._memory.enter(live)
            self._registry.add(live)
            return live, key

    def _copy(
        self,
        database: Database,
        row: ClassSessionRow,
        module: Module,
        releases: dict[tuple[str, int], rounds.Release],
        rehearsal: Rehearsal | None = None,
    ) -> LiveClass:
        """Return a class session as its row is, with nobody in it."""
        now = self._clock.monotonic()
        position = class_sessions.position_of(row)
        choices = class_sessions.choices_of(row)
        boot, roster = self._memory.welcome(row.public_id, position.places)
        if rehearsal is not None:
            roster = Roster(self._chance.random_bytes(16), position.places)
        return LiveClass(
            database=database,
            row_id=row.id,
            public_id=PublicId(row.public_id),
            join_code=JoinCode(row.join_code or ""),
            desk_key_hash=row.desk_key_hash,
            choices=choices,
            module=module.for_band(choices.band),
            helper=row.helper,
            opened_on=row.opened_on,
            delete_on=row.delete_on,
            boot=boot,
            position=position,
            roster=roster,
            releases=releases,
            acted_at=now,
            followed_at=now,
            owner=class_sessions.owner_of(row),
            rehearsal=rehearsal,
            has_been_joined=rehearsal is not None,
        )

    def _recall(self, tx: Session, found: class_sessions.Recovered) -> None:
        row = found.row
        if class_sessions.is_closed(row):
            return
        module = self._find_module(row.module_id, row.revision)
        if module is None:
            # The lesson files of this revision are gone: nothing can be shown of it any more.
            tx.delete(row)
            return
        releases = rounds.releases_of(tx, row.id, module.questions)
        live = self._copy(self._database, row, module, releases)
        live.before_second_round()
        question = live.question
        live.interrupted = question.id if found.was_open and question else None
        live.was_recalled = True
        self._registry.add(live)

    def _fetch(self, column: str, value: str) -> LiveClass | None:
        """Return a class session that another process made, None where there is none."""
        if not self._memory.is_shared:
            return None
        with self._lock:
            found = self._memory.rehearsal(column, value)
            database = self._database if found is None else self._rehearsals
            if found is not None:
                found.put(database)
            with database.reading() as tx:
                is_it = getattr(ClassSessionRow, column) == value
                row = tx.scalar(select(ClassSessionRow).where(is_it))
                if row is None or class_sessions.is_closed(row):
                    return None
                live = self._registry.here(row.public_id)
                if live is None:
                    module = self._find_module(row.module_id, row.revision)
                    if module is None:
                        return None
                    people = found.people if found else None
                    live = self._copy(database, row, module, {}, people)
                    live.stamp = UNSEEN
            self._memory.look(live, self._clock.monotonic())
            self._registry.add(live)
            return live
