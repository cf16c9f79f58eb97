"""The rows of class sessions: writing, reading back at start, and removing what has expired.

Every function takes the open transaction first and never commits.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm.exc import StaleDataError

from eduapp.classroom import revisions
from eduapp.classroom.models import ClassSessionRow, ReleaseRow, RoundRow
from eduapp.classroom.phases import Phase
from eduapp.classroom.positions import Choices, Owner, Position
from eduapp.classroom.rounds import void_open_rounds
from eduapp.classroom.school_sums import last_day_of, school_year
from eduapp.content.models import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from eduapp.content.models import Module, Question

KEPT_DAYS = 2
"""A guest lesson is deleted at the end of the day after it was started (decision 4)."""
OPINION_DAYS = 30
"""Releases of opinions of a lesson that counts for a school stay so long (privacy 6, retention)."""
PREPARED_DAYS = 8
"""A prepared lesson keeps for seven days (product, 2)."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A row as it was read back, and whether a round of it was open when the process stopped."""

    row: ClassSessionRow
    was_open: bool


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows were removed because their last day was over."""

    class_sessions: int
    rounds: int
    releases: int


def state_words(position: Position, choices: Choices) -> str:
    """Return what the row keeps beside step and version: `open nl 40 band=12-14 met=7 paused`."""
    words = [position.phase.value, choices.language, str(position.places)]
    if choices.band is not None:
        words.append(f"band={choices.band}")
    if choices.first_step > 1:
        words.append(f"from={choices.first_step}")
    words += [f"met={_bits(position.met)}"] * bool(position.met)
    words += [f"shown={_bits(position.shown)}"] * bool(position.shown)
    words += [f"shared={position.shared}"] * bool(position.shared)
    words += [f"paper={position.paper}"] * bool(position.paper)
    words += ["small"] * position.is_small
    words += ["almost"] * position.is_almost_closed
    words += ["paused"] * position.is_paused
    return " ".join(words)


def position_of(row: ClassSessionRow) -> Position:
    """Return where the class session of a row stands."""
    phase, _language, places, *rest = row.state.split()
    named = _named(rest)
    return Position(
        step=row.step,
        phase=Phase(phase),
        version=row.version,
        places=int(places),
        is_paused="paused" in rest,
        is_small="small" in rest,
        is_almost_closed="almost" in rest,
        met=_steps(named.get("met", "0")),
        shown=_steps(named.get("shown", "0")),
        shared=int(named.get("shared", "0")),
        paper=int(named.get("paper", "0")),
    )


def choices_of(row: ClassSessionRow) -> Choices:
    """Return what the teacher of a row chose before the start."""
    _phase, language, _places, *rest = row.state.split()
    named = _named(rest)
    return Choices(language, named.get("band"), int(named.get("from", "1")))


def _named(words: list[str]) -> dict[str, str]:
    return dict(word.split("=", 1) for word in words if "=" in word)


def _bits(steps: frozenset[int]) -> str:
    """Return steps as a hexadecimal number with one bit for each: short enough for the column."""
    return f"{sum(1 << step - 1 for step in steps):x}"


def _steps(bits: str) -> frozenset[int]:
    number = int(bits, 16)
    return frozenset(step for step in range(1, number.bit_length() + 1) if number >> step - 1 & 1)


def delete_day(today: dt.date, owner: Owner | None = None) -> dt.date:
    """Return the first day on which a class session started today no longer exists.

    One that counts for a school stays until the end of the school year.
    """
    if owner is not None:
        return last_day_of(school_year(today)) + dt.timedelta(days=1)
    return today + dt.timedelta(days=KEPT_DAYS)


def closing_day(opened_on: dt.date) -> dt.date:
    """Return the first day on which no screen shows a class session any more, whoever gave it."""
    return opened_on + dt.timedelta(days=KEPT_DAYS)


def owner_of(row: ClassSessionRow) -> Owner | None:
    """Return to whom the class session of a row belongs, None without an account."""
    if row.teacher_id is None or row.school_id is None or row.label is None:
        return None
    return Owner(row.teacher_id, row.school_id, row.label)


def prepared_delete_day(today: dt.date) -> dt.date:
    """Return the first day on which a lesson prepared today no longer exists."""
    return today + dt.timedelta(days=PREPARED_DAYS)


def move(tx: Session, row_id: int, choices: Choices, before: Position, position: Position) -> None:
    """Write where a class session stands now, if it still stands where it did before.

    Raises `StaleDataError` where it does not: a process that was held up for longer than its turn
    must not write over what another did meanwhile.
    """
    moved = tx.scalar(
        update(ClassSessionRow)
        .where(ClassSessionRow.id == row_id, ClassSessionRow.version == before.version)
        .values(
            step=position.step,
            version=position.version,
            state=state_words(position, choices),
        )
        .returning(ClassSessionRow.id)
    )
    if moved is None:
        message = "Another process moved this class session meanwhile."
        raise StaleDataError(message)


def is_closed(row: ClassSessionRow) -> bool:
    """Return whether a row stays for its school only: no screen shows it any more."""
    return row.opened_on is not None and row.join_code is None


def on_screen(tx: Session, teacher_id: int | None = None) -> set[str]:
    """Return the public id of every class session that a screen may show, of a teacher or all."""
    shown = ClassSessionRow.join_code.is_not(None) | ClassSessionRow.opened_on.is_(None)
    if teacher_id is not None:
        shown &= ClassSessionRow.teacher_id == teacher_id
    return set(tx.scalars(select(ClassSessionRow.public_id).where(shown)))


def recover(tx: Session) -> list[Recovered]:
    """Void what was open when the process stopped and return every row, oldest first.

    A class session whose round was open goes back to before it was opened, one version on.
    """
    void_open_rounds(tx)
    rows = list(tx.scalars(select(ClassSessionRow).order_by(ClassSessionRow.id)))
    return [Recovered(row, was_open=_went_back(row)) for row in rows]


def go_back(tx: Session, row: ClassSessionRow) -> None:
    """Void the open round of one class session, and go back to before it was opened."""
    void_open_rounds(tx, row.id)
    _went_back(row)


def _went_back(row: ClassSessionRow) -> bool:
    position = position_of(row)
    if position.phase is not Phase.OPEN:
        return False
    row.version += 1
    before = replace(position, phase=Phase.READY, is_almost_closed=False)
    row.state = state_words(before, choices_of(row))
    return True


def purge(tx: Session, today: dt.date) -> Purged:
    """Remove class sessions that have expired, with their rounds and releases.

    Source: privacy, decisions 4 and 15.
    """
    gone = list(tx.scalars(select(ClassSessionRow.id).where(ClassSessionRow.delete_on <= today)))
    if not gone:
        return Purged(0, 0, 0)
    rounds, releases = (
        tx.scalar(select(func.count()).where(of_lesson.in_(gone))) or 0
        for of_lesson in (RoundRow.class_session_id, ReleaseRow.class_session_id)
    )
    tx.execute(delete(ClassSessionRow).where(ClassSessionRow.id.in_(gone)))
    revisions.purge(tx)
    return Purged(len(gone), rounds, releases)


def purge_opinions(
    tx: Session, today: dt.date, find_module: Callable[[str, str], Module | None]
) -> int:
    """Remove the rounds of opinions that are older than they may be; return how many.

    A round whose question cannot be found any more is removed too. Source: privacy 6, retention.
    """
    oldest = today - dt.timedelta(days=OPINION_DAYS)
    old = (
        select(RoundRow, ClassSessionRow.module_id, ClassSessionRow.revision)
        .join(ClassSessionRow, ClassSessionRow.id == RoundRow.class_session_id)
        .where(ClassSessionRow.opened_on < oldest)
    )
    gone = 0
    for row, module_id, revision in tx.execute(old).all():
        module = find_module(module_id, revision)
        questions: dict[str, Question] = {q.id: q for q in module.questions} if module else {}
        question = questions.get(row.question_id)
        if question is None or question.kind is QuestionKind.OPINION:
            tx.delete(row)
            gone += 1
    return gone


def close(tx: Session, row_id: int) -> None:
    """Let no screen find a class session any more that stays for its school: its code is free."""
    tx.execute(update(ClassSessionRow).where(ClassSessionRow.id == row_id).values(join_code=None))


def disown(tx: Session, row_id: int, delete_on: dt.date) -> None:
    """Make the class session of a row one without an account."""
    tx.execute(
        update(ClassSessionRow)
        .where(ClassSessionRow.id == row_id)
        .values(teacher_id=None, school_id=None, label=None, delete_on=delete_on)
    )


def forget_teacher(tx: Session, teacher_id: int) -> None:
    """Let no class session say who gave it; what counts for the school stays."""
    tx.execute(
        update(ClassSessionRow)
        .where(ClassSessionRow.teacher_id == teacher_id)
        .values(teacher_id=None)
    )


def last_days(tx: Session) -> list[dt.date]:
    """Return the last day of every class session that there is."""
    return [day - dt.timedelta(days=1) for day in tx.scalars(select(ClassSessionRow.delete_on))]


def forget(tx: Session, row_id: int) -> None:
    """Remove one class session with its rounds and releases."""
    tx.execute(delete(ClassSessionRow).where(ClassSessionRow.id == row_id))
