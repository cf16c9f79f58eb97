"""The rows of class sessions: writing, reading back at start, and removing what has expired.

Every function takes the open transaction first and never commits.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from eduapp.classroom.live import Position
from eduapp.classroom.models import ClassSessionRow
from eduapp.classroom.phases import Phase
from eduapp.classroom.rounds import void_open_rounds

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_PAUSED = "paused"
KEPT_DAYS = 2
"""A guest lesson is deleted at the end of the day after it was started (decision 4)."""


def state_words(position: Position, language: str) -> str:
    """Return what the row keeps of a position beside step and version: `open nl 40 paused`."""
    words = [position.phase.value, language, str(position.places)]
    return " ".join([*words, _PAUSED] if position.is_paused else words)


def position_of(row: ClassSessionRow) -> Position:
    """Return where the class session of a row stands."""
    phase, _language, places, *rest = row.state.split()
    return Position(row.step, Phase(phase), bool(rest), row.version, int(places))


def language_of(row: ClassSessionRow) -> str:
    """Return the language in which the teacher started."""
    return row.state.split()[1]


def delete_day(today: dt.date) -> dt.date:
    """Return the first day on which a class session started today no longer exists."""
    return today + dt.timedelta(days=KEPT_DAYS)


def move(tx: Session, row_id: int, language: str, position: Position) -> None:
    """Write where a class session stands."""
    tx.execute(
        update(ClassSessionRow)
        .where(ClassSessionRow.id == row_id)
        .values(
            step=position.step,
            version=position.version,
            state=state_words(position, language),
        )
    )


def recover(tx: Session) -> list[ClassSessionRow]:
    """Void what was open when the process stopped and return every row, oldest first.

    A class session whose round was open goes back to before it was opened, one version on.
    """
    void_open_rounds(tx)
    rows = list(tx.scalars(select(ClassSessionRow).order_by(ClassSessionRow.id)))
    for row in rows:
        position = position_of(row)
        if position.phase is Phase.OPEN:
            row.version += 1
            row.state = state_words(replace(position, phase=Phase.READY), language_of(row))
    return rows


def purge(tx: Session, today: dt.date) -> int:
    """Remove class sessions that have expired, with their rounds and releases; return how many."""
    gone = list(tx.scalars(select(ClassSessionRow.id).where(ClassSessionRow.delete_on <= today)))
    tx.execute(delete(ClassSessionRow).where(ClassSessionRow.id.in_(gone)))
    return len(gone)
