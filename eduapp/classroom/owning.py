"""Lessons of somebody with an account: finding them again, and forgetting whose they are.

Says of a lesson what its teacher did, never what a class answered.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from eduapp.classroom import class_sessions
from eduapp.classroom.lesson_keys import hash_of, new_lesson_key
from eduapp.classroom.models import ClassSessionRow
from eduapp.classroom.phases import Phase
from eduapp.classroom.sharing import Sharing
from eduapp.classroom.views import PublicId

if TYPE_CHECKING:
    from eduapp.classroom.lesson_keys import LessonKey
    from eduapp.classroom.live import LiveClass
    from eduapp.classroom.positions import Choices, Position


@dataclass(frozen=True, slots=True)
class OwnLesson:
    """One lesson as its teacher finds it again."""

    public_id: PublicId
    module_id: str
    revision: str
    grade: str
    choices: Choices
    position: Position
    opened_on: dt.date | None
    """None while it is only prepared."""
    last_day: dt.date
    """The last day on which a desk can be opened; the row may stay longer."""


class Owning(Sharing):
    """The lessons of who has an account."""

    def lessons_of(self, teacher_id: int) -> tuple[OwnLesson, ...]:
        """Return the lessons of this school year that somebody prepared or gave, newest first."""
        for live in self._of_teacher(teacher_id):
            self._tended(live)
        with self._database.reading() as tx:
            rows = tx.scalars(
                select(ClassSessionRow)
                .where(
                    ClassSessionRow.teacher_id == teacher_id,
                    ClassSessionRow.delete_on > self._clock.today(),
                )
                .order_by(ClassSessionRow.id.desc())
            )
            return tuple(_own_lesson(row) for row in rows)

    def renew_key(self, public_id: str, teacher_id: int) -> LessonKey | None:
        """Return another lesson key for a lesson of this teacher; the old one opens nothing more.

        None for a lesson of somebody else, or one that is over: what a class answered is never
        found again by an account. Raises `UnknownClassSession`.
        """
        live = self._live(public_id)
        key = new_lesson_key(self._chance.choose)
        hashed = hash_of(key, self._secret_key)
        with self._lock, self._memory.holding(live):
            is_own = live.owner is not None and live.owner.teacher_id == teacher_id
            if not is_own or live.position.phase is Phase.ENDED:
                return None
            with live.database.transaction() as tx:
                tx.get_one(ClassSessionRow, live.row_id).desk_key_hash = hashed
            self._registry.rekey(live, hashed)
        return key

    def forget_teacher(self, teacher_id: int) -> None:
        """Let no lesson say any more that somebody gave it.

        What is not over yet goes on as a lesson without an account; what entered the sums of a
        school stays there.
        """
        with self._lock:
            for live in self._of_teacher(teacher_id):
                self._disown(live)
            with self._database.transaction() as tx:
                class_sessions.forget_teacher(tx, teacher_id)

    def _disown(self, live: LiveClass) -> None:
        with self._memory.holding(live):
            if live.position.phase is Phase.ENDED:
                # It counted: the school keeps its row, without a name.
                return
            if live.opened_on is not None:
                live.delete_on = class_sessions.delete_day(live.opened_on)
            with live.database.transaction() as tx:
                class_sessions.disown(tx, live.row_id, live.delete_on)
            live.owner = None
            live.view = None


def _own_lesson(row: ClassSessionRow) -> OwnLesson:
    closes_on = row.delete_on
    if row.opened_on is not None:
        closes_on = min(closes_on, class_sessions.closing_day(row.opened_on))
    return OwnLesson(
        public_id=PublicId(row.public_id),
        module_id=row.module_id,
        revision=row.revision,
        grade=row.label or "",
        choices=class_sessions.choices_of(row),
        position=class_sessions.position_of(row),
        opened_on=row.opened_on,
        last_day=closes_on - dt.timedelta(days=1),
    )
