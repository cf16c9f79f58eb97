"""The sums of a school: what its classes released, added up when a lesson ends.

A lesson enters once, in the transaction that ends it, with every question at once. What entered is
published in batches (`publishing.py`), never class by class. Every function takes the open
transaction first and never commits. Source: privacy 4.3, 5 and 6.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeVar

from sqlalchemy import func, select

from eduapp.classroom.models import SchoolCountRow, SchoolReachRow, SchoolSumRow
from eduapp.content.models import Reveal
from eduapp.privacy.school import Batch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from eduapp.classroom.positions import Owner
    from eduapp.classroom.rounds import Release
    from eduapp.content.models import Module, Question

_FIRST_MONTH = 8
"""A school year begins on 1 August, so that everything of it is there until 31 July."""
_FORM_LENGTH = 12
_Row = TypeVar("_Row", SchoolSumRow, SchoolCountRow, SchoolReachRow)


class Moment(StrEnum):
    """When a question was asked."""

    ONCE = "once"
    BEFORE = "before"
    """In a class that answered once more after talking."""
    AFTER = "after"
    LATER = "later"
    """Again, weeks after the lessons."""
    POOL = "pool"
    """A benchmark question: no class and no school sees it, only a network (decision 5)."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the sums take of a lesson that ends."""

    owner: Owner
    module: Module
    opened_on: dt.date
    releases: Mapping[tuple[str, int], Release]


@dataclass(frozen=True, slots=True)
class SumKey:
    """Which sum: a question of one form, asked at one moment of one school year."""

    year: int
    question_id: str
    form: str
    moment: Moment


def school_year(day: dt.date) -> int:
    """Return the calendar year in which the school year of a day began."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def last_day_of(year: int) -> dt.date:
    """Return 31 July of a school year."""
    return dt.date(year + 1, _FIRST_MONTH, 1) - dt.timedelta(days=1)


def form_of(question: Question) -> str:
    """Return a fingerprint of what makes answers comparable: kind, right answer, options.

    A slip of the pen that is mended keeps it; another option does not.
    """
    parts = (question.kind.value, question.right or "", *(option.id for option in question.options))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:_FORM_LENGTH]


def enter(tx: Session, lesson: Lesson, today: dt.date) -> None:
    """Add what a lesson released to what is pending, and the lesson itself to the reach.

    What was pending since an earlier week has to be published before (`publishing.publish`), so
    that no batch grows by the class that has just ended.
    """
    owner, year = lesson.owner, school_year(lesson.opened_on)
    reach = _reach_row(tx, owner, year, lesson.module.id)
    reach.lessons += 1
    for question in lesson.module.questions:
        for moment, release in _moments(lesson, question):
            key = SumKey(year, question.id, form_of(question), moment)
            _add(tx, owner.school_id, key, question, release, today)


Batches = dict[SumKey, tuple[int, int, dict[str, int]]]
"""Ballots, classes, and the noisy count of each option."""
Which = Literal["pending", "published", "network"]


def batches(tx: Session, school_id: int | None, which: Which = "published") -> Batches:
    """Return the sums of a school, or of all schools together where none is named.

    What is empty is left out.
    """
    found: Batches = {}
    for count in tx.scalars(_of(SchoolCountRow, school_id)):
        n, classes = getattr(count, f"{which}_n"), getattr(count, f"{which}_c")
        if classes:
            before = found.get(key_of(count), (0, 0, {}))
            found[key_of(count)] = (before[0] + n, before[1] + classes, before[2])
    for row in tx.scalars(_of(SchoolSumRow, school_id)):
        batch = found.get(key_of(row))
        if batch is not None:
            batch[2][row.option_id] = batch[2].get(row.option_id, 0) + getattr(row, which)
    return found


def batch_of(found: tuple[int, int, dict[str, int]], question: Question) -> Batch:
    """Return a batch with its counts in the order of the options."""
    n, classes, counts = found
    return Batch(n, classes, tuple(counts[option.id] for option in question.options))


def reach(tx: Session, school_id: int | None) -> dict[tuple[int, str, str], int]:
    """Return how many lessons there were by school year, grade and module.

    Of all schools together where none is named.
    """
    found: dict[tuple[int, str, str], int] = {}
    for row in tx.scalars(_of(SchoolReachRow, school_id)):
        key = (row.year, row.grade, row.module_id)
        found[key] = found.get(key, 0) + row.lessons
    return found


def schools_with_lessons(tx: Session, year: int) -> int:
    """Return how many schools gave a lesson in a school year."""
    schools = select(func.count(SchoolReachRow.school_id.distinct()))
    return tx.scalar(schools.where(SchoolReachRow.year == year)) or 0


def _moments(lesson: Lesson, question: Question) -> list[tuple[Moment, Release]]:
    """Return the releases of a question that hold numbers, each with its moment."""
    found = [
        (number, release)
        for (question_id, number), release in sorted(lesson.releases.items())
        if question_id == question.id and release.noisy is not None
    ]
    if question.reveal is Reveal.BENCHMARK:
        return [(Moment.POOL, found[-1][1])] if found else []
    if lesson.module.is_later:
        # The first answer is what stayed; a second round there is talk once more.
        return [(Moment.LATER, found[0][1])] if found else []
    if [number for number, _release in found] == [1, 2]:
        return [(Moment.BEFORE, found[0][1]), (Moment.AFTER, found[1][1])]
    return [(Moment.ONCE, found[-1][1])] if found else []


def _add(  # noqa: PLR0913 - one row and what is added to it
    tx: Session,
    school_id: int,
    key: SumKey,
    question: Question,
    release: Release,
    today: dt.date,
) -> None:
    if release.noisy is None or release.n is None:
        return
    identity = (school_id, key.year, key.question_id, key.form, key.moment)
    count = tx.get(SchoolCountRow, identity)
    if count is None:
        count = SchoolCountRow(
            school_id=school_id,
            year=key.year,
            question_id=key.question_id,
            form=key.form,
            moment=key.moment,
            pending_n=0,
            pending_c=0,
            published_n=0,
            published_c=0,
            network_n=0,
            network_c=0,
        )
        tx.add(count)
    count.pending_n += release.n
    count.pending_c += 1
    count.entered_on = today
    for option, noisy in zip(question.options, release.noisy, strict=True):
        row = tx.get(SchoolSumRow, (*identity, option.id))
        if row is None:
            row = SchoolSumRow(
                school_id=school_id,
                year=key.year,
                question_id=key.question_id,
                form=key.form,
                moment=key.moment,
                option_id=option.id,
                pending=0,
                published=0,
                network=0,
            )
            tx.add(row)
        row.pending += noisy
    tx.flush()


def _reach_row(tx: Session, owner: Owner, year: int, module_id: str) -> SchoolReachRow:
    row = tx.get(SchoolReachRow, (owner.school_id, year, owner.grade, module_id))
    if row is None:
        row = SchoolReachRow(
            school_id=owner.school_id,
            year=year,
            grade=owner.grade,
            module_id=module_id,
            lessons=0,
        )
        tx.add(row)
    return row


def _of(table: type[_Row], school_id: int | None) -> Select[_Row]:
    """Return the rows of a school, or of all."""
    rows = select(table)
    return rows if school_id is None else rows.where(table.school_id == school_id)


def key_of(row: SchoolSumRow | SchoolCountRow) -> SumKey:
    """Return which sum a row belongs to."""
    return SumKey(row.year, row.question_id, row.form, Moment(row.moment))
