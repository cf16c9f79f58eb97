"""Differences: with and without a student, with and without a class, before and after, once more.

Whoever may subtract two views learns what differs between them. Noise that was added once, before
anything was written, stays in every difference.
"""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

from eduapp.privacy.parameters import Kind
from tests.attack.attack import Verdict, attack
from tests.attack.classes import Classes
from tests.attack.formula import (
    ALPHA,
    SEEDED,
    best_success,
    best_success_of_difference,
    ceiling,
    chance_of_difference,
)
from tests.attack.guessing import Trial, best_of_both
from tests.attack.knowledge import OPTIONS, PAIRS, a_crowd, trials_of, verdict_on

if TYPE_CHECKING:
    from pathlib import Path

FEW, CLASSES = 70, 300
LESSONS = 3
REPEATED = {1: 0.667, 2: 0.741, 3: 0.790}
"""Not guaranteed: what the same opinion asked again in so many lessons gives away (decision 18)."""


@attack(
    "with-and-without",
    who="teacher who asks the same question with a student away and with the student back",
    tries="to tell that student's answer from the difference of the two stored results",
)
def with_and_without(folder: Path) -> Verdict:
    """Ask 20 students, then the same 20 and four more; the attacker knows none of the answers."""
    people = random.Random(3)
    site = Classes(folder, Kind.OPINION, OPTIONS, seed=13)
    trials: list[Trial] = []
    for _ in range(FEW):
        answers = a_crowd(people)
        without = site.stored(site.ask(answers[PAIRS:]))
        with_them = site.stored(site.ask(answers))
        added = tuple(more - less for more, less in zip(with_them, without, strict=True))
        trials += trials_of([answers[:PAIRS]], [added])
    success = best_of_both(trials, partial(chance_of_difference, alpha=ALPHA[Kind.OPINION]))
    bound = best_success_of_difference(Kind.OPINION)
    most = ceiling(bound, len(trials) // 2, SEEDED)
    return Verdict(
        success <= most,
        f"{success:.3f}",
        f"at most {bound:.3f} + {most - bound:.3f} (3 standard errors; privacy 4.1, 4.3)",
    )


@attack(
    "sums-of-classes",
    who="school head who sums classes, once with and once without one of them",
    tries="to tell one student's answer, knowing all others of that class, from the difference",
    is_long=True,
)
def sums_of_classes(folder: Path) -> Verdict:
    """Subtract the sum without each class in turn: what is left still holds its noise."""
    people = random.Random(4)
    site = Classes(folder, Kind.OPINION, OPTIONS, seed=14)
    crowds = [a_crowd(people) for _ in range(CLASSES)]
    releases = [site.stored(site.ask(crowd)) for crowd in crowds]
    trials: list[Trial] = []
    for number, crowd in enumerate(crowds):
        school = [sum(column) for column in zip(*releases, strict=True)]
        others = releases[:number] + releases[number + 1 :]
        rest = [sum(column) for column in zip(*others, strict=True)]
        left = [more - less for more, less in zip(school, rest, strict=True)]
        trials += trials_of([crowd], [left])
    bound = best_success(Kind.OPINION)
    return verdict_on({Kind.OPINION: trials}, {Kind.OPINION: bound}, SEEDED, "privacy 4.3, R7")


@attack(
    "before-and-after",
    who="whoever knows 23 of 24 answers in both rounds of a knowledge question",
    tries="to tell the answer of a student who did not change it, from both stored results",
    is_long=True,
)
def before_and_after(folder: Path) -> Verdict:
    """Ask twice, as before and after talking; nobody changes their mind."""
    people = random.Random(5)
    site = Classes(folder, Kind.KNOWLEDGE, OPTIONS, seed=15)
    trials: list[Trial] = []
    for _ in range(CLASSES):
        answers = a_crowd(people)
        lesson = site.ask(answers, answers)
        rounds = [site.stored(lesson, round_no) for round_no in (1, 2)]
        trials += trials_of([answers, answers], rounds)
    bound = best_success(Kind.KNOWLEDGE, times=2)
    return verdict_on({Kind.KNOWLEDGE: trials}, {Kind.KNOWLEDGE: bound}, SEEDED, "privacy 4.6, R10")


@attack(
    "several-lessons",
    who="whoever knows 23 of 24 answers and sees one opinion asked in three lessons",
    tries="to tell an answer that stays the same: not guaranteed, only measured",
    is_long=True,
)
def several_lessons(folder: Path) -> Verdict:
    """Measure what repeating costs, so that the promise names the true numbers."""
    people = random.Random(6)
    site = Classes(folder, Kind.OPINION, OPTIONS, seed=16)
    asked = []
    for _ in range(CLASSES):
        answers = a_crowd(people)
        releases = [site.stored(site.ask(answers)) for _ in range(LESSONS)]
        asked.append((answers, releases))
    holds, measured, allowed = True, [], []
    for times, bound in REPEATED.items():
        trials = [
            trial
            for answers, releases in asked
            for trial in trials_of([answers] * times, releases[:times])
        ]
        verdict = verdict_on({Kind.OPINION: trials}, {Kind.OPINION: bound}, SEEDED, "decision 18")
        is_published = abs(best_success(Kind.OPINION, times) - bound) < 0.001
        holds = holds and verdict.holds and is_published
        measured.append(verdict.measured.removeprefix("opinion "))
        allowed.append(f"{bound:.3f}")
    most = ceiling(REPEATED[1], len(asked) * PAIRS // 2, SEEDED) - REPEATED[1]
    text = f"at most {', '.join(allowed)}, each + {most:.3f} (privacy 4.6, decision 18)"
    return Verdict(holds, f"{', '.join(measured)} after 1, 2 and 3 lessons", text)
