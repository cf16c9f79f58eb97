"""Heads who compare one week with the next, and the network with their own school.

They hold everything the product shows them on every Monday, and know who gave which lesson when.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

from eduapp.classroom import school_sums
from eduapp.content.models import QuestionKind
from eduapp.privacy.parameters import (
    NETWORK_SCHOOLS_MIN,
    SCHOOL_BALLOTS_MIN,
    SCHOOL_CLASSES_MIN,
    Kind,
)
from tests.attack.attack import Verdict, attack
from tests.attack.formula import SEEDED, best_success
from tests.attack.knowledge import OPTIONS, PAIRS, a_crowd, trials_of, verdict_on
from tests.builders import ATime, a_classroom, a_lesson, a_module, a_question

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.classroom.classroom import Classroom
    from tests.attack.guessing import Trial

WEEKS, BATCHES = 12, 80
SCHOOLS = (1, 2, 3, 4)
QUESTION = a_question(
    "N1", QuestionKind.OPINION, options=tuple(f"option-{number}" for number in range(OPTIONS))
)
MODULE = a_module(QUESTION)
Seen = dict[int | None, tuple[int, int]]
"""Answers and classes behind the sum of each school, and of the network under None."""


def _seen(classroom: Classroom) -> Seen:
    found: Seen = {}
    with classroom._database.reading() as tx:
        for school in (*SCHOOLS, None):
            which: school_sums.Which = "network" if school is None else "published"
            for n, classes, _counts in school_sums.batches(tx, school, which).values():
                found[school] = (n, classes)
    return found


def _a_term(folder: Path, seed: int) -> list[Seen]:
    """Return what could be seen each Monday of a term in which four schools give lessons."""
    people = random.Random(seed)
    time = ATime(dt.date(2026, 11, 2))
    classroom = a_classroom(folder, MODULE, time, seed)
    mondays = []
    for _ in range(WEEKS):
        for school in SCHOOLS:
            for _ in range(people.choice((0, 1, 1, 2, 4))):
                size = people.choice((9, 14, 22))
                a_lesson(classroom, MODULE, tuple(a_crowd(people, size)), school=school)
                time.day += dt.timedelta(days=people.randrange(2))
        time.day += dt.timedelta(days=7 - time.day.weekday())
        classroom.tend()
        mondays.append(_seen(classroom))
    return mondays


@attack(
    "week-by-week",
    who="school head who keeps every page and knows which class had its lesson when",
    tries="to find the answers of one class, or of two, in the difference of two weeks",
)
def week_by_week(folder: Path) -> Verdict:
    """Look for a week in which a school's sum grew by fewer classes or answers than a batch."""
    mondays = _a_term(folder, seed=21)
    steps = [
        (after[school][0] - n, after[school][1] - classes)
        for before, after in zip([{}, *mondays], mondays, strict=False)
        for school in SCHOOLS
        if school in after and after[school] != (before.get(school) or (0, 0))
        for n, classes in [before.get(school) or (0, 0)]
    ]
    fewest = min((classes for _n, classes in steps), default=0)
    least = min((n for n, _classes in steps), default=0)
    return Verdict(
        bool(steps) and fewest >= SCHOOL_CLASSES_MIN and least >= SCHOOL_BALLOTS_MIN,
        f"{len(steps)} steps, of {fewest} classes and {least} answers at least",
        f"{SCHOOL_CLASSES_MIN} classes and {SCHOOL_BALLOTS_MIN} answers (privacy 6)",
    )


@attack(
    "network-week-by-week",
    who="head of a school who takes the own school off what all schools show together",
    tries="to find the answers of one other school in the difference of two weeks",
)
def network_week_by_week(folder: Path) -> Verdict:
    """Count the schools behind every step of the network, as whoever published them knows."""
    fewest, steps = len(SCHOOLS), 0
    taken: dict[int, int] = {}
    for monday in _a_term(folder, seed=22):
        shown = monday.get(None, (0, 0))[0]
        if shown == sum(taken.values()):
            continue
        now = {school: monday[school][0] for school in SCHOOLS if school in monday}
        fresh = [school for school, n in now.items() if n > taken.get(school, 0)]
        fewest, steps, taken = min(fewest, len(fresh)), steps + 1, now
    return Verdict(
        bool(steps) and fewest >= NETWORK_SCHOOLS_MIN,
        f"{steps} steps, of {fewest} schools at least",
        f"{NETWORK_SCHOOLS_MIN} schools (privacy 6, one level up)",
    )


@attack(
    "known-others-of-a-batch",
    who="whoever knows every other answer of all classes behind a sum, and reads it unrounded",
    tries="to tell the last answer",
)
def known_others_of_a_batch(folder: Path) -> Verdict:
    """Read the published sums of three classes each; one student in turn is not known."""
    people = random.Random(23)
    time = ATime(dt.date(2026, 11, 2))
    classroom = a_classroom(folder, MODULE, time, seed=23)
    everybody: dict[int, list[int]] = {}
    for school in range(1, BATCHES + 1):
        classes = [a_crowd(people) for _ in range(SCHOOL_CLASSES_MIN)]
        for crowd in classes:
            a_lesson(classroom, MODULE, tuple(crowd), school=school)
        first, *others = classes
        everybody[school] = [*first, *(answer for crowd in others for answer in crowd)]
    time.day += dt.timedelta(days=7)
    classroom.tend()
    trials: list[Trial] = []
    with classroom._database.reading() as tx:
        for school, answers in everybody.items():
            for _n, _classes, counts in school_sums.batches(tx, school).values():
                release = [counts[option.id] for option in QUESTION.options]
                trials += trials_of([answers], [release])
    if len(trials) != BATCHES * PAIRS:
        return Verdict(holds=False, measured="no sums to read", bound="every batch published")
    bound = best_success(Kind.OPINION)
    return verdict_on({Kind.OPINION: trials}, {Kind.OPINION: bound}, SEEDED, "privacy 4.3, R7")
