"""Builds that put on disk what should never be there, or leave there what should be gone."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from sqlalchemy import text

from eduapp import db
from eduapp.classroom import class_sessions, rounds
from eduapp.classroom.classroom import Classroom
from eduapp.classroom.models import RoundRow
from eduapp.classroom.registry import Registry
from eduapp.classroom.urn import Urn
from eduapp.db import Database
from tests.attack.builds import broken
from tests.builders import in_process

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from eduapp.classroom.phases import Receipt
    from eduapp.classroom.roster import Seat
    from eduapp.classroom.rounds import Release, RoundKey
    from eduapp.content.models import Question
    from eduapp.privacy.parameters import Kind

_put = Classroom.put
_urn_put = Urn.put
_seal = rounds.seal
_close_round = rounds.close_round
_prepare_sqlite = db._prepare_sqlite
_purge = class_sessions.purge


@broken(
    "markers-in-database",
    "a table remembers which seats have answered",
    "disk-stands-still",
    "disk-forensics",
    "only-known-columns",
)
def markers_in_database() -> AbstractContextManager[object]:
    """Guard against double votes with a table, as most polls do."""

    def put(
        self: Classroom, public_id: str, round_token: str, seat: Seat | None, position: int
    ) -> Receipt:
        open_round = self._registry.by_id(public_id).open_round
        if open_round is not None and seat is not None:
            mark = in_process(open_round.urn)._hash(seat, b"mark").hex()
            with self._database.transaction() as tx:
                tx.execute(text("CREATE TABLE IF NOT EXISTS spent (mark TEXT)"))
                tx.execute(text("INSERT INTO spent VALUES (:mark)"), {"mark": mark})
        return _put(self, public_id, round_token, seat, position)

    return patch.object(Classroom, "put", put)


@broken("ballot-journal", "each ballot is noted in a temporary file", "disk-forensics")
def ballot_journal() -> AbstractContextManager[object]:
    """Note the options in their order, to be able to count again after a crash."""

    def put(self: Urn, seat: Seat, position: int) -> None:
        with (Path(tempfile.gettempdir()) / "ballots").open("a") as journal:
            journal.write(f"{position}\n")
        _urn_put(self, seat, position)

    return patch.object(Urn, "put", put)


@broken("counts-beside-release", "the row of a round keeps the exact counts", "stored-numbers")
def counts_beside_release() -> AbstractContextManager[object]:
    """Keep the counts beside the noisy numbers, for the day when somebody wants them."""
    counts: list[int] = []

    def seal(exact: Sequence[int], kind: Kind, random_bits: Callable[[int], int]) -> Release:
        counts[:] = exact
        return _seal(exact, kind, random_bits)

    def close(tx: Session, key: RoundKey, question: Question, release: Release) -> None:
        _close_round(tx, key, question, release)
        row = tx.get_one(RoundRow, (key.class_session_id, key.question_id, key.round_no))
        row.revision = "/".join(map(str, counts))

    return patch.multiple(rounds, seal=seal, close_round=close)


@broken("release-in-parts", "the release is written option by option", "close-is-one-commit")
def release_in_parts() -> AbstractContextManager[object]:
    """Commit in the middle of a close: whoever reads then sees half of it."""

    def close(tx: Session, key: RoundKey, question: Question, release: Release) -> None:
        _close_round(tx, key, question, release)
        tx.flush()
        tx.execute(
            text("DELETE FROM release WHERE option_id = :id"), {"id": question.options[0].id}
        )
        tx.execute(text("COMMIT"))
        tx.execute(text("BEGIN IMMEDIATE"))
        values = {
            "row": key.class_session_id,
            "question": key.question_id,
            "round": key.round_no,
            "option": question.options[0].id,
            "noisy": (release.noisy or (0,))[0],
        }
        tx.execute(
            text("INSERT INTO release VALUES (:row, :question, :round, :option, :noisy)"), values
        )

    return patch.object(rounds, "close_round", close)


@broken("secure-delete-off", "SQLite leaves deleted rows in its free space", "after-the-purge")
def secure_delete_off() -> AbstractContextManager[object]:
    """Forget one setting of the database."""

    def prepare(connection: Any, record: object) -> None:
        _prepare_sqlite(connection, record)
        connection.execute("PRAGMA secure_delete=OFF")

    return patch.object(db, "_prepare_sqlite", prepare)


@broken(
    "log-kept",
    "the write-ahead log is not emptied after a purge",
    "after-the-purge",
    "purge-during-backup",
    "restored-backup",
)
def log_kept() -> AbstractContextManager[object]:
    """Delete rows and think that they are gone."""
    return patch.object(Database, "forget_log", lambda _self: True)


@broken("expired-served", "a lesson is served after its last day", "retention")
def expired_served() -> AbstractContextManager[object]:
    """Trust the hourly purge, and serve until it comes."""
    return patch.object(Registry, "_has_expired", lambda _self, _live: False)


@broken("restored-as-it-was", "a start removes nothing of what has expired", "restored-backup")
def restored_as_it_was() -> AbstractContextManager[object]:
    """Leave it to the hourly purge: a restored backup is then kept for an hour."""
    return patch.object(class_sessions, "purge", lambda tx, _today: _purge(tx, dt.date.min))
