"""Rehearsals for several processes: the rows of an imaginary class travel with its notes.

Nobody real is in one, and its rows live in a database in memory of each process. Who answers what
follows from a number and the time (`rehearsal.py`), so each process works it out for itself; only
what the teacher did and what was drawn at close has to be the same everywhere.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, delete, insert, select

from eduapp.classroom.models import ClassSessionRow, ReleaseRow, RoundRow
from eduapp.classroom.registry import UnknownClassSession
from eduapp.classroom.rehearsal import HardMoment, Rehearsal
from eduapp.db import Base

if TYPE_CHECKING:
    from eduapp.classroom.live import LiveClass
    from eduapp.db import Database

_TABLES = (
    (Base.metadata.tables["class_session"], ClassSessionRow.id),
    (Base.metadata.tables["round"], RoundRow.class_session_id),
    (Base.metadata.tables["release"], ReleaseRow.class_session_id),
)
"""The tables of a class session, each with what says whose row it is."""


def dump(live: LiveClass) -> str:
    """Return everything of a rehearsal that is not a matter of time."""
    rehearsal = live.rehearsal
    if rehearsal is None:  # pragma: no cover - asked for rehearsals only
        raise ValueError
    with live.database.reading() as tx:
        rows = {
            table.name: [
                {name: day.isoformat() if isinstance(day, dt.date) else day for name, day in found}
                for found in (
                    row._mapping.items()  # noqa: SLF001 - SQLAlchemy's own name for it
                    for row in tx.execute(select(table).where(own == live.row_id))
                )
            ]
            for table, own in _TABLES
        }
    people = [rehearsal.seed, rehearsal.door_at, rehearsal.moment, rehearsal.moment_at]
    return json.dumps({"rows": rows, "people": people})


@dataclass(frozen=True, slots=True)
class Imagined:
    """A rehearsal as another process left it."""

    rows: dict[str, list[dict[str, Any]]]
    people: Rehearsal

    def put(self, database: Database) -> None:
        """Let a database in memory hold these rows, in the place of earlier ones."""
        row_id = self.rows["class_session"][0]["id"]
        with database.transaction() as tx:
            tx.execute(delete(ClassSessionRow).where(ClassSessionRow.id == row_id))
            for table, _own in _TABLES:
                if self.rows[table.name]:
                    tx.execute(insert(table), self.rows[table.name])


def read(text: bytes) -> Imagined:
    """Return the rehearsal that `dump` wrote."""
    written = json.loads(text)
    seed, door_at, moment, moment_at = written["people"]
    people = Rehearsal(seed, door_at, HardMoment(moment) if moment else None, moment_at)
    for row in written["rows"]["class_session"]:
        for column in _TABLES[0][0].columns:
            if isinstance(column.type, Date) and row[column.name]:
                row[column.name] = dt.date.fromisoformat(row[column.name])
    return Imagined(written["rows"], people)


def restore(live: LiveClass, kept: dict[bytes, bytes]) -> None:
    """Bring a rehearsal to what another process made of it. Raises `UnknownClassSession`."""
    if not kept:
        raise UnknownClassSession
    found = read(kept[b"imagined"])
    found.put(live.database)
    if live.rehearsal is not None and found.people.door_at != live.rehearsal.door_at:
        # The door was opened once more: everybody comes in again.
        live.roster.clear()
    live.rehearsal = found.people
