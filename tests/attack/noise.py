"""The noise as it stands on the disk, held against its formula.

Answers are known here, so what is stored minus what was answered is the noise. It is drawn with the
chance that the site itself uses; a sound site fails less than once in a million runs.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scipy import stats

from eduapp.privacy.parameters import Kind
from tests.attack.attack import Verdict, attack
from tests.attack.classes import Classes
from tests.attack.formula import ALPHA, SPREAD, TRUE_CHANCE, chance_of

if TYPE_CHECKING:
    from pathlib import Path

STUDENTS = 12
OPTIONS = 24
"""One release of so many options gives as many draws."""
SHORT, LONG = 50, 1500
LEAST_P = 1e-8
ENOUGH = 40
"""Fewest expected draws in a cell of a chi-square test."""
SIGNS = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class Draws:
    """What was stored and what was answered, class by class."""

    stored: list[tuple[int, ...]]
    counts: list[list[int]]

    @property
    def noise(self) -> list[list[int]]:
        """Return the noise of each class, option by option."""
        return [
            [noisy - count for noisy, count in zip(release, counts, strict=True)]
            for release, counts in zip(self.stored, self.counts, strict=True)
        ]


def draws_of(folder: Path, kind: Kind, classes: int) -> Draws:
    """Ask so many classes, who answer anything, and read what was stored."""
    people = random.Random(7)
    site = Classes(folder / kind, kind, OPTIONS)
    draws = Draws([], [])
    for _ in range(classes):
        answers = [people.randrange(OPTIONS) for _ in range(STUDENTS)]
        draws.stored.append(site.stored(site.ask(answers)))
        draws.counts.append([answers.count(option) for option in range(OPTIONS)])
    return draws


def _fits(noise: list[int], alpha: float) -> float:
    """Return the chance that noise by the formula lies so far from it (chi-square)."""
    edge = 1
    while len(noise) * alpha ** (edge + 1) / (1 + alpha) > ENOUGH:
        edge += 1
    seen = Counter(max(-edge, min(edge, value)) for value in noise)
    cells = range(-edge, edge + 1)
    tail = alpha**edge / (1 + alpha)
    chances = [tail if abs(value) == edge else chance_of(value, alpha) for value in cells]
    return float(
        stats.chisquare(
            [seen[value] for value in cells], [len(noise) * chance for chance in chances]
        ).pvalue
    )


def _are_independent(pairs: list[tuple[int, int]], alpha: float) -> float:
    """Return the chance that independent draws have signs that go together so often."""
    seen = Counter(pairs)
    none = chance_of(0, alpha)
    chances = {-1: (1 - none) / 2, 0: none, 1: (1 - none) / 2}
    cells = [(first, second) for first in SIGNS for second in SIGNS]
    return float(
        stats.chisquare(
            [seen[cell] for cell in cells],
            [len(pairs) * chances[first] * chances[second] for first, second in cells],
        ).pvalue
    )


def _sign(noise: int) -> int:
    return (noise > 0) - (noise < 0)


def _attack_the_fit(folder: Path, classes: int) -> Verdict:
    measured: dict[str, float] = {}
    for kind in Kind:
        alpha = ALPHA[kind]
        noise = draws_of(folder, kind, classes).noise
        signs = [[_sign(value) for value in each] for each in noise]
        of_one_class = [pair for each in signs for pair in zip(each[::2], each[1::2], strict=True)]
        of_two = [
            pair
            for one, two in zip(signs[::2], signs[1::2], strict=True)
            for pair in zip(one, two, strict=True)
        ]
        measured |= {
            f"{kind} fit": _fits([value for each in noise for value in each], alpha),
            f"{kind} options": _are_independent(of_one_class, alpha),
            f"{kind} classes": _are_independent(of_two, alpha),
        }
    figures = ", ".join(f"{name} {chance:.2g}" for name, chance in measured.items())
    return Verdict(
        min(measured.values()) >= LEAST_P,
        f"p of {classes * OPTIONS} draws each: {figures}",
        f"each p at least {LEAST_P:g} (privacy 4.1)",
    )


@attack(
    "stored-noise-fit",
    who="auditor who knows all answers and reads the stored numbers",
    tries="to find noise of another shape, or draws that depend on each other",
)
def stored_noise_fit(folder: Path) -> Verdict:
    """Take 1,200 draws of each kind."""
    return _attack_the_fit(folder, SHORT)


@attack(
    "stored-noise-fit-in-full",
    who="auditor who knows all answers and reads the stored numbers",
    tries="to find noise of another shape, or draws that depend on each other, in 36,000 draws",
    is_long=True,
)
def stored_noise_fit_in_full(folder: Path) -> Verdict:
    """Take 36,000 draws of each kind."""
    return _attack_the_fit(folder, LONG)


@attack(
    "rare-option-sums",
    who="nobody: the school's sum itself",
    tries="to say that more students chose a rare option than did, because noise was cut off at 0",
)
def rare_option_sums(folder: Path) -> Verdict:
    """Sum what is stored of the options that at most one student chose, and count what is below 0.

    Cut off at 0, an option that nobody chose would gain 0.67 (opinion) or 0.27 students a class.
    """
    holds, measured, allowed = True, [], []
    for kind in Kind:
        draws = draws_of(folder, kind, SHORT)
        rare = [
            (noisy, count)
            for release, counts in zip(draws.stored, draws.counts, strict=True)
            for noisy, count in zip(release, counts, strict=True)
            if count <= 1
        ]
        bias = sum(noisy - count for noisy, count in rare) / len(rare)
        most = TRUE_CHANCE * SPREAD[kind] / math.sqrt(len(rare))
        below = sum(noisy < 0 for noisy, _ in rare)
        holds = holds and abs(bias) <= most and below > 0
        measured.append(f"{kind} {bias:+.3f} students, {below} below 0")
        allowed.append(f"{kind} {most:.3f}")
    return Verdict(
        holds,
        "; ".join(measured),
        f"within {', '.join(allowed)} of 0 (5.2 standard errors), some below 0 (privacy 4.1)",
    )
