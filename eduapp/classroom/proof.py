"""The proof for the host: whether what screens show is what the database holds.

Reads only, and says of a class session no more than its public id, a question and *equal* or *not
equal*: never a number, a band or an answer. What is expected stands in `eduapp.privacy`; the same
result is worked out there a second time from rows that are read here by another way than the site
reads them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text

from eduapp.classroom.results import results_of
from eduapp.classroom.rounds import RoundState, kind_of, releases_of
from eduapp.content.models import QuestionKind, Reveal
from eduapp.privacy import recount
from eduapp.privacy.parameters import OPINION_QUESTIONS_MAX, ROUNDS_MAX, STORE_MIN, Kind
from eduapp.privacy.results import Shares
from eduapp.privacy.storage import ALLOWED_COLUMNS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from eduapp.classroom.views import RoundResult
    from eduapp.content.models import Module, Question

    FindModule = Callable[[str, str], Module | None]

_LESSONS = """SELECT id, public_id, module_id, revision FROM class_session
WHERE delete_on > :today ORDER BY id"""
_ROUNDS = """SELECT question_id, round_no, state, n FROM round
WHERE class_session_id = :id ORDER BY question_id, round_no"""
_RELEASE = """SELECT option_id, noisy FROM release
WHERE class_session_id = :id AND question_id = :question AND round_no = :round"""
_EXPIRED = "SELECT count(*) FROM class_session WHERE delete_on <= :today"
_ORPHANS = """SELECT count(*) FROM release AS r WHERE NOT EXISTS (SELECT 1 FROM round AS o
WHERE o.class_session_id = r.class_session_id AND o.question_id = r.question_id
AND o.round_no = r.round_no AND o.state = 'stored')"""


class Compared(NamedTuple):
    """One published number: a round whose result a screen may show."""

    public_id: str
    question_id: str
    round_no: int
    is_equal: bool


@dataclass(slots=True)
class Proof:
    """What was found; `problems` are whole sentences."""

    compared: list[Compared] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    not_published: int = 0
    """Closed rounds of which no screen ever shows a number."""
    expired: int = 0
    """Class sessions past their last day, refused by every page, that wait to be removed."""

    @property
    def is_good(self) -> bool:
        """Return whether everything is as promised."""
        return not self.problems and all(each.is_equal for each in self.compared)


class _Stored(NamedTuple):
    """One stored round as the database has it."""

    kind: Kind
    n: int
    noisy: tuple[int, ...]


class _Row(NamedTuple):
    question_id: str
    round_no: int
    state: str
    n: int | None
    release: dict[str, int]

    @property
    def name(self) -> str:
        return f"{self.question_id} round {self.round_no}"


def prove(
    tx: Session,
    columns: dict[str, tuple[str, ...]],
    find_module: FindModule,
    today: dt.date,
    *,
    is_running: bool,
) -> Proof:
    """Return the proof for a database, read in one moment.

    `columns` are those that the database has; `is_running` says whether a process serves it.
    """
    proof = Proof()
    proof.problems += _foreign_columns(columns)
    if proof.problems:
        return proof
    proof.expired = tx.scalar(text(_EXPIRED), {"today": today.isoformat()}) or 0
    if tx.scalar(text(_ORPHANS)):
        proof.problems.append("There are releases that belong to no stored round.")
    stored: list[_Stored] = []
    for row_id, public_id, module_id, revision in tx.execute(
        text(_LESSONS), {"today": today.isoformat()}
    ).all():
        module = find_module(module_id, revision)
        if module is None:
            proof.problems.append(
                f"{public_id}: the lesson {module_id}-{revision} is not in lesson_revision, "
                "so its numbers cannot be compared."
            )
            continue
        rows = _rows_of(tx, row_id)
        proof.problems += [
            f"{public_id} {problem}"
            for problem in _broken_rules(rows, module, is_running=is_running)
        ]
        if not all(_is_whole(row, module) for row in rows):
            continue
        published = releases_of(tx, row_id, module.questions)
        for question in module.questions:
            mine = [row for row in rows if row.question_id == question.id]
            found = [each for row in mine if (each := _as_stored(row, question)) is not None]
            stored += found
            _compare(proof, public_id, question, mine, results_of(published, question))
    proof.problems += _unlikely(stored)
    return proof


def _foreign_columns(columns: dict[str, tuple[str, ...]]) -> list[str]:
    return [
        f"The database has {table}.{column}, which is not on the list of privacy/storage.py."
        for table, names in columns.items()
        for column in names
        if column not in ALLOWED_COLUMNS.get(table, ())
    ] + [f"The database has no table {table}." for table in ALLOWED_COLUMNS.keys() - columns]


def _rows_of(tx: Session, row_id: int) -> list[_Row]:
    found = []
    for question_id, round_no, state, n in tx.execute(text(_ROUNDS), {"id": row_id}).all():
        key = {"id": row_id, "question": question_id, "round": round_no}
        release = {row.option_id: row.noisy for row in tx.execute(text(_RELEASE), key)}
        found.append(_Row(question_id, round_no, state, n, release))
    return found


def _broken_rules(rows: Sequence[_Row], module: Module, *, is_running: bool) -> list[str]:
    """Return what the rounds of one class session have against the rules, in words."""
    questions: dict[str, Question] = {question.id: question for question in module.questions}
    broken = []
    for row in rows:
        question = questions.get(row.question_id)
        if question is None:
            broken.append(f"{row.name}: the lesson has no such question.")
            continue
        if row.state == RoundState.OPEN and not is_running:
            broken.append(f"{row.name} is open, but no process runs: the next start voids it.")
        if row.state != RoundState.STORED:
            if row.n is not None or row.release:
                broken.append(f"{row.name} is {row.state} and keeps numbers all the same.")
            continue
        if row.n is None or row.n < STORE_MIN:
            broken.append(f"{row.name} is stored with too few answers.")
        if set(row.release) != {option.id for option in question.options}:
            broken.append(f"{row.name}: the release does not have exactly the options.")
        if row.round_no > min(ROUNDS_MAX[kind_of(question)], question.rounds):
            broken.append(f"{row.name} is a round more than the question may have.")
    asked = {row.question_id for row in rows if row.state in {RoundState.STORED, RoundState.FEW}}
    polls = [q for q in questions.values() if q.id in asked and q.kind is QuestionKind.OPINION]
    if len(polls) > OPINION_QUESTIONS_MAX:
        broken.append(f"has more than {OPINION_QUESTIONS_MAX} opinion questions.")
    return broken


def _is_whole(row: _Row, module: Module) -> bool:
    """Return whether the site can read a round: what is not whole is a problem of its own."""
    question = next((q for q in module.questions if q.id == row.question_id), None)
    return question is not None and (
        row.state != RoundState.STORED or _as_stored(row, question) is not None
    )


def _as_stored(row: _Row, question: Question) -> _Stored | None:
    """Return the numbers of a whole stored round, in the order of the options; else None."""
    if row.state != RoundState.STORED or row.n is None:
        return None
    if set(row.release) != {option.id for option in question.options}:
        return None
    return _Stored(
        kind_of(question), row.n, tuple(row.release[option.id] for option in question.options)
    )


def _compare(
    proof: Proof,
    public_id: str,
    question: Question,
    rows: Sequence[_Row],
    screen: Sequence[RoundResult],
) -> None:
    """Add whether what a screen shows of each round of a question is what the rows say."""
    shown = {each.round_no: each.result for each in screen}
    whole = {row.round_no: _as_stored(row, question) for row in rows}
    visible = question.reveal is Reveal.CLASS
    # Two rounds that are both shown stand on the coarser scale.
    sizes = [s.n for s in whole.values() if s and recount.bounds(s.noisy, s.n, s.kind, fine=False)]
    fine = all(recount.is_fine(n, kind_of(question)) for n in sizes)
    for row in rows:
        if row.state not in {RoundState.STORED, RoundState.FEW}:
            continue
        each, result = whole[row.round_no], shown.get(row.round_no)
        expected = each and recount.bounds(each.noisy, each.n, each.kind, fine=fine)
        published = (
            tuple((share.low, share.high) for share in result.shares)
            if isinstance(result, Shares)
            else None
        )
        if not visible or (expected is None and published is None):
            proof.not_published += 1
            continue
        is_equal = expected == published
        proof.compared.append(Compared(public_id, question.id, row.round_no, is_equal))


def _unlikely(stored: Sequence[_Stored]) -> list[str]:
    """Return how the stored numbers of all classes together differ from noise as promised."""
    if not stored:
        return []
    none_below = math.prod(recount.chance_of_none_below_zero(s.noisy, s.kind) for s in stored)
    has_negative = any(value < 0 for s in stored for value in s.noisy)
    problems = []
    if none_below < recount.UNLIKELY and not has_negative:
        problems.append(
            "No stored number is below zero, though many should be: was the noise clamped?"
        )
    exact = math.prod(recount.chance_of_exact_sum(len(s.noisy), s.kind) for s in stored)
    if exact < recount.UNLIKELY and all(sum(s.noisy) == s.n for s in stored):
        problems.append("All stored numbers add up to the ballots: was there any noise?")
    return problems
