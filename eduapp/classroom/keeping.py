"""What the database keeps of one class session, read back and cut to what its desk may see.

The desk learns nothing here that a screen has not shown: of a closed round neither its numbers nor
whether there are any, until the teacher has shown the result; then the bands of that screen.
Source: privacy, decisions 3, 8 and 16.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import inspect, select

from eduapp.classroom.models import ClassSessionRow, RoundRow
from eduapp.classroom.results import results_of
from eduapp.classroom.rounds import RoundState, releases_of
from eduapp.content.models import Reveal
from eduapp.privacy.results import Shares, TooFew

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from eduapp.classroom.live import LiveClass
    from eduapp.content.models import Question

WITHHELD = frozenset({"id", "desk_key_hash"})
"""Columns whose value no screen needs: the one tells how many lessons there were before, the other
is a fingerprint of the key to the desk."""


class Fate(StrEnum):
    """What became of a round, as far as the desk may know."""

    OPEN = "open"
    VOID = "void"
    NOT_SHOWN = "not_shown"
    """Closed; whether it had enough answers and what they were is not to be seen yet."""
    NEVER_SHOWN = "never_shown"
    """A question that never shows the class to itself."""
    NOTHING = "nothing"
    """So few answers that nothing was stored."""
    TOO_FEW = "too_few"
    """Stored, and never shown: fewer answers than a result needs."""
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class KeptRound:
    """The row of one round and its release rows, as bands where they may be seen."""

    question: Question
    round_no: int
    revision: str
    fate: Fate
    result: Shares | TooFew | None
    """Only once it was shown."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database keeps of one class session."""

    values: Mapping[str, object]
    """The row by column, without the columns that are withheld."""
    withheld: frozenset[str]
    rounds: tuple[KeptRound, ...]


def read_back(tx: Session, live: LiveClass) -> Kept:
    """Return what the database keeps of a class session; the caller holds its lock."""
    row = tx.get_one(ClassSessionRow, live.row_id)
    names = [column.key for column in inspect(ClassSessionRow).column_attrs]
    questions = live.module.questions
    releases = releases_of(tx, live.row_id, questions)
    by_id: dict[str, Question] = {question.id: question for question in questions}
    rows = tx.scalars(select(RoundRow).where(RoundRow.class_session_id == live.row_id))
    order = {question.id: place for place, question in enumerate(questions)}
    kept = []
    for each in sorted(rows, key=lambda r: (order.get(by_id[r.question_id].id, 0), r.round_no)):
        question = by_id[each.question_id]
        results = {r.round_no: r.result for r in results_of(releases, question)}
        is_shown = question.id in live.shown
        kept.append(_kept_round(each, question, results.get(each.round_no), is_shown=is_shown))
    return Kept(
        values={name: getattr(row, name) for name in names if name not in WITHHELD},
        withheld=WITHHELD,
        rounds=tuple(kept),
    )


def _kept_round(
    row: RoundRow, question: Question, result: Shares | TooFew | None, *, is_shown: bool
) -> KeptRound:
    fate = _fate(RoundState(row.state), question, result, is_shown=is_shown)
    may_see = fate in {Fate.NOTHING, Fate.TOO_FEW, Fate.SHOWN}
    return KeptRound(question, row.round_no, row.revision, fate, result if may_see else None)


def _fate(
    state: RoundState, question: Question, result: Shares | TooFew | None, *, is_shown: bool
) -> Fate:
    if state is RoundState.OPEN:
        return Fate.OPEN
    if state is RoundState.VOID:
        return Fate.VOID
    if question.reveal is not Reveal.CLASS:
        return Fate.NEVER_SHOWN
    if not is_shown or result is None:
        return Fate.NOT_SHOWN
    if isinstance(result, Shares):
        return Fate.SHOWN
    return Fate.NOTHING if result.n is None else Fate.TOO_FEW
