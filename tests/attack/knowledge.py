"""Knowing everybody else: friends who tell, or devices that the teacher added.

The attacker knows every answer but one, reads the stored numbers and guesses the last one. What the
answers of a class have in common is no secret here; the bound is about the one student.
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
    TRUE_CHANCE,
    best_success,
    ceiling,
    chance_of,
)
from tests.attack.guessing import Trial, best_of_both

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CLASS = 24
PAIRS = 4
"""So many students of a class are attacked at a time, each between two options of their own, so
that a class gives more than one trial."""
OPTIONS = 2 * PAIRS + 1
SHORT, LONG = 80, 1500
PHANTOM_CLASSES = 300


def trials_of(asked: Sequence[Sequence[int]], stored: Sequence[Sequence[int]]) -> list[Trial]:
    """Return the trials of the same students in one round or more.

    Student number i is attacked between the options 2i and 2i + 1; everybody else is known.
    """
    trials = []
    for student in range(PAIRS):
        first = 2 * student
        hints = []
        for answers, release in zip(asked, stored, strict=True):
            known = [*answers[:student], *answers[student + 1 :]]
            hints.append(
                (
                    release[first] - known.count(first),
                    release[first + 1] - known.count(first + 1),
                )
            )
        trials.append(Trial(tuple(hints), asked[0][student] == first))
    return trials


def a_crowd(people: random.Random, size: int = CLASS) -> list[int]:
    """Return the answers of a class whose first students are the ones attacked."""
    targets = [2 * student + people.randrange(2) for student in range(PAIRS)]
    return targets + [people.randrange(OPTIONS) for _ in range(size - PAIRS)]


def verdict_on(
    trials: dict[Kind, list[Trial]], bounds: dict[Kind, float], margin: float, source: str
) -> Verdict:
    """Hold the best attacker of each kind against its bound and a margin in standard errors."""
    holds, measured, allowed = True, [], []
    for kind, each in trials.items():
        success = best_of_both(each, partial(chance_of, alpha=ALPHA[kind]))
        # The attacker who learns is judged on the second half.
        most = ceiling(bounds[kind], len(each) // 2, margin)
        holds = holds and success <= most
        measured.append(f"{kind} {success:.3f}")
        allowed.append(f"{kind} {bounds[kind]:.3f} + {most - bounds[kind]:.3f}")
    text = f"at most {', '.join(allowed)} ({margin:g} standard errors; {source})"
    return Verdict(holds, ", ".join(measured), text)


def _attack_known_others(folder: Path, classes: int, seed: int | None) -> Verdict:
    people = random.Random(1)
    trials: dict[Kind, list[Trial]] = {}
    for kind in Kind:
        site = Classes(folder / kind, kind, OPTIONS, seed)
        trials[kind] = []
        for _ in range(classes):
            answers = a_crowd(people)
            trials[kind] += trials_of([answers], [site.stored(site.ask(answers))])
    exact = {kind: best_success(kind) for kind in Kind}
    margin = SEEDED if seed is not None else TRUE_CHANCE
    return verdict_on(trials, exact, margin, "privacy 4.1")


@attack(
    "known-others",
    who="whoever knows 23 of 24 answers and reads the stored numbers",
    tries="to tell which of two equally likely answers the last student gave",
)
def known_others(folder: Path) -> Verdict:
    """Ask 80 classes of each kind, with seeded noise."""
    return _attack_known_others(folder, SHORT, seed=11)


@attack(
    "known-others-in-full",
    who="whoever knows 23 of 24 answers and reads the stored numbers",
    tries="to tell which of two equally likely answers the last student gave, 6,000 times",
    is_long=True,
)
def known_others_in_full(folder: Path) -> Verdict:
    """Ask 1,500 classes of each kind, with the chance that the site itself uses."""
    return _attack_known_others(folder, LONG, seed=None)


@attack(
    "phantom-devices",
    who="teacher who adds own devices until a result is shown, all with one known answer",
    tries="to tell which of two answers each of the four real students gave",
    is_long=True,
)
def phantom_devices(folder: Path) -> Verdict:
    """Ask four students among eight (opinion) or four (knowledge) phantoms who all skip.

    Each of the four is alone between two options, so none of them hides another.
    """
    people = random.Random(2)
    phantoms = {Kind.KNOWLEDGE: 4, Kind.OPINION: 8}
    trials: dict[Kind, list[Trial]] = {}
    for kind in Kind:
        site = Classes(folder / kind, kind, OPTIONS, seed=12)
        trials[kind] = []
        for _ in range(PHANTOM_CLASSES):
            answers = a_crowd(people, PAIRS) + [OPTIONS - 1] * phantoms[kind]
            trials[kind] += trials_of([answers], [site.stored(site.ask(answers))])
    return verdict_on(trials, {kind: best_success(kind) for kind in Kind}, SEEDED, "privacy 4.1")
