"""The proof of the sums of schools: whether they are what the releases that still exist add up to.

Reads only, by another way than the site, and says of a sum no more than *equal*, *not equal* or
*gone*. A sum is gone where a class that it holds has no releases any more, as it should be with
opinions after thirty days.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text

from eduapp.classroom.rounds import kind_of
from eduapp.classroom.school_sums import Batches, Moment, SumKey, batch_of, batches, form_of
from eduapp.content.models import Reveal
from eduapp.privacy import recount
from eduapp.privacy.school import school_result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from eduapp.content.models import Module, Question

_LESSONS = """SELECT id, school_id, module_id, revision, opened_on FROM class_session
WHERE school_id IS NOT NULL AND opened_on IS NOT NULL AND state LIKE 'ended %'"""
_ROUNDS = """SELECT question_id, round_no, n FROM round
WHERE class_session_id = :id AND state = 'stored' ORDER BY question_id, round_no"""
_RELEASE = """SELECT option_id, noisy FROM release
WHERE class_session_id = :id AND question_id = :question AND round_no = :round"""
_AUGUST = 8


class Outcome(StrEnum):
    """What came of comparing one sum."""

    EQUAL = "equal"
    NOT_EQUAL = "not equal"
    GONE = "gone"


class ComparedSum(NamedTuple):
    """One sum of one school."""

    school_id: int
    key: SumKey
    outcome: Outcome


@dataclass(slots=True)
class _Total:
    """What the releases of all classes add up to."""

    n: int = 0
    classes: int = 0
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def prove_sums(
    tx: Session, find_module: Callable[[str, str], Module | None]
) -> tuple[ComparedSum, ...]:
    """Return what came of comparing every sum of every school with the releases that exist."""
    totals: dict[tuple[int, SumKey], _Total] = defaultdict(_Total)
    questions: dict[tuple[str, str], Question] = {}
    for row_id, school_id, module_id, revision, opened_on in tx.execute(text(_LESSONS)).all():
        module = find_module(module_id, revision)
        if module is None:
            continue
        for question, key, n, release in _entered(tx, row_id, module, str(opened_on)):
            questions[key.question_id, key.form] = question
            total = totals[school_id, key]
            total.n += n
            total.classes += 1
            for option_id, noisy in release.items():
                total.counts[option_id] += noisy
    found = []
    for school_id in sorted({row[0] for row in tx.execute(text(_SCHOOLS)).all()}):
        published, pending = batches(tx, school_id), batches(tx, school_id, "pending")
        for key in sorted(published.keys() | pending.keys(), key=str):
            outcome = _compare(key, published, pending, totals[school_id, key], questions)
            found.append(ComparedSum(school_id, key, outcome))
    return tuple(found)


_SCHOOLS = "SELECT DISTINCT school_id FROM school_count"


def _entered(
    tx: Session, row_id: int, module: Module, opened_on: str
) -> Iterator[tuple[Question, SumKey, int, dict[str, int]]]:
    """Yield what one lesson should have entered."""
    year, month = int(opened_on[:4]), int(opened_on[5:7])
    year -= month < _AUGUST
    rounds: dict[str, dict[int, int]] = defaultdict(dict)
    for question_id, round_no, n in tx.execute(text(_ROUNDS), {"id": row_id}).all():
        rounds[question_id][round_no] = n
    for question in module.questions:
        numbers = sorted(rounds[question.id])
        if question.reveal is Reveal.BENCHMARK:
            moments = [(Moment.POOL, number) for number in numbers[-1:]]
        else:
            moments = _moments(numbers, is_later=module.is_later)
        for moment, round_no in moments:
            named = {"id": row_id, "question": question.id, "round": round_no}
            release = {row.option_id: row.noisy for row in tx.execute(text(_RELEASE), named)}
            key = SumKey(year, question.id, form_of(question), moment)
            yield question, key, rounds[question.id][round_no], release


def _moments(numbers: list[int], *, is_later: bool) -> list[tuple[Moment, int]]:
    if not numbers:
        return []
    if is_later:
        return [(Moment.LATER, numbers[0])]
    if len(numbers) > 1:
        return [(Moment.BEFORE, numbers[0]), (Moment.AFTER, numbers[1])]
    return [(Moment.ONCE, numbers[0])]


def _compare(
    key: SumKey,
    published: Batches,
    pending: Batches,
    total: _Total,
    questions: dict[tuple[str, str], Question],
) -> Outcome:
    n, classes, counts = published.get(key, (0, 0, {}))
    more_n, more_classes, more = pending.get(key, (0, 0, {}))
    if total.classes < classes + more_classes:
        return Outcome.GONE
    summed = {name: counts.get(name, 0) + more.get(name, 0) for name in counts | more}
    is_equal = (total.n, total.classes, dict(total.counts)) == (
        n + more_n,
        classes + more_classes,
        summed,
    )
    if is_equal and classes:
        question = questions[key.question_id, key.form]
        kind = kind_of(question)
        shown = school_result(batch_of(published[key], question), kind)
        again = [
            recount.school_share(counts[option.id], n, classes, kind) for option in question.options
        ]
        is_equal = [(each.value, each.off) for each in shown] == again
    return Outcome.EQUAL if is_equal else Outcome.NOT_EQUAL
