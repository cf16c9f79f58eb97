"""When the sums of a school are published, and when those of a network: in batches, never sooner.

A batch of a school holds several classes, one of a network several schools. Both are published at
the beginning of a later week: who compares one week with the next learns the noisy sum of a batch.
Every function takes the open transaction first and never commits. Source: privacy 6.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from eduapp.classroom.models import SchoolCountRow, SchoolSumRow
from eduapp.classroom.school_sums import Moment, SumKey, key_of, school_year
from eduapp.privacy.parameters import BENCHMARK_BALLOTS_MIN, NETWORK_SCHOOLS_MIN
from eduapp.privacy.school import may_publish

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_OTHER = {Moment.BEFORE: Moment.AFTER, Moment.AFTER: Moment.BEFORE}


def publish(tx: Session, today: dt.date) -> None:
    """Publish every batch that is large enough and was complete before this week began.

    After the school year what is still too small is removed: it is never shown.
    """
    monday = today - dt.timedelta(days=today.weekday())
    waiting = select(SchoolCountRow).where(
        SchoolCountRow.pending_c > 0, SchoolCountRow.entered_on < monday
    )
    for row in list(tx.scalars(waiting)):
        partner = _partner(tx, row)
        halves = [row, partner] if partner is not None else [row]
        if all(may_publish(half.pending_n, half.pending_c) for half in halves):
            for half in halves:
                _publish_one(tx, half)
        elif row.pending_c and row.year < school_year(today):
            _drop_pending(tx, row)
    tx.flush()
    _publish_to_network(tx)


def _publish_to_network(tx: Session) -> None:
    """Take into the page of the network what enough schools have published anew."""
    fresh: dict[SumKey, list[SchoolCountRow]] = {}
    for row in tx.scalars(
        select(SchoolCountRow).where(SchoolCountRow.published_c > SchoolCountRow.network_c)
    ):
        fresh.setdefault(key_of(row), []).append(row)
    for key, rows in fresh.items():
        other = _OTHER.get(key.moment)
        schools = {row.school_id for row in rows}
        if other is not None:
            # Both halves hold the same classes and go together.
            half = SumKey(key.year, key.question_id, key.form, other)
            schools &= {row.school_id for row in fresh.get(half, [])}
        answers = sum(row.published_n - row.network_n for row in rows)
        is_enough = key.moment is not Moment.POOL or answers >= BENCHMARK_BALLOTS_MIN
        if len(schools) >= NETWORK_SCHOOLS_MIN and is_enough:
            for row in rows:
                _publish_one_to_network(tx, row)


def _partner(tx: Session, row: SchoolCountRow) -> SchoolCountRow | None:
    """Return the other half of before and after: both hold the same classes and go together."""
    other = _OTHER.get(Moment(row.moment))
    if other is None:
        return None
    return tx.get(SchoolCountRow, (row.school_id, row.year, row.question_id, row.form, other))


def _sums_of(tx: Session, row: SchoolCountRow) -> list[SchoolSumRow]:
    return list(tx.scalars(select(SchoolSumRow).where(*_same(row))))


def _publish_one(tx: Session, row: SchoolCountRow) -> None:
    for each in _sums_of(tx, row):
        each.published += each.pending
        each.pending = 0
    row.published_n += row.pending_n
    row.published_c += row.pending_c
    row.pending_n = row.pending_c = 0


def _publish_one_to_network(tx: Session, row: SchoolCountRow) -> None:
    for each in _sums_of(tx, row):
        each.network = each.published
    row.network_n, row.network_c = row.published_n, row.published_c


def _drop_pending(tx: Session, row: SchoolCountRow) -> None:
    for each in _sums_of(tx, row):
        each.pending = 0
    row.pending_n = row.pending_c = 0
    if not row.published_c:
        tx.execute(delete(SchoolSumRow).where(*_same(row)))
        tx.delete(row)


def _same(row: SchoolCountRow) -> tuple[ColumnElement[bool], ...]:
    """Return what picks the sums that a count belongs to."""
    return (
        SchoolSumRow.school_id == row.school_id,
        SchoolSumRow.year == row.year,
        SchoolSumRow.question_id == row.question_id,
        SchoolSumRow.form == row.form,
        SchoolSumRow.moment == row.moment,
    )
