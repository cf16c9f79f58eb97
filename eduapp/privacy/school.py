"""From the releases of many classes to what a school may see: rounded shares with what they miss.

Arithmetic on stored noisy numbers, so it costs no privacy and may be repeated for ever: every view
of a school, with or without a class, is a function of the same numbers. Source: privacy R7, 4.3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from eduapp.privacy.parameters import (
    COINS,
    SCHOOL_BALLOTS_MIN,
    SCHOOL_CLASSES_MIN,
    SCHOOL_STEP,
    Kind,
)

_Z95 = 1.96
_TINY = 1e-9
"""What floating point may add to a whole number."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is summed: ballots, classes and the noisy counts in option order."""

    n: int
    classes: int
    noisy: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share in percent, rounded, and how far it may be off in percentage points."""

    value: int
    off: int

    @property
    def low(self) -> int:
        """Return the lowest percentage that it stands for."""
        return max(self.value - self.off, 0)

    @property
    def high(self) -> int:
        """Return the highest percentage that it stands for."""
        return min(self.value + self.off, 100)


class Direction(StrEnum):
    """Whether a share went up or down by more than noise explains."""

    UP = "up"
    DOWN = "down"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a share between two moments, in percentage points."""

    points: int
    off: int
    direction: Direction


def may_publish(n: int, classes: int) -> bool:
    """Return whether a batch is large enough to be taken into what a school sees.

    Looks at numbers of ballots and classes only, never at answers.
    """
    return n >= SCHOOL_BALLOTS_MIN and classes >= SCHOOL_CLASSES_MIN


def classes_missing(n: int, classes: int) -> int:
    """Return how many more classes a batch needs at least: one while only ballots are missing."""
    missing = max(SCHOOL_CLASSES_MIN - classes, 0)
    return missing or (1 if n < SCHOOL_BALLOTS_MIN else 0)


def school_result(batch: Batch, kind: Kind) -> tuple[Estimate, ...]:
    """Return the share of each option, in option order, in steps of five points.

    `off` covers noise in 95 of 100 cases, and the rounding always.
    """
    half = 100 * _Z95 * _noise_deviation(batch, kind)
    return tuple(_estimate(Fraction(100 * value, batch.n), half) for value in batch.noisy)


def change(before: Batch, after: Batch, position: int, kind: Kind) -> Change:
    """Return what became of the share of one option; clear only where noise does not explain it."""
    exact = Fraction(100 * after.noisy[position], after.n) - Fraction(
        100 * before.noisy[position], before.n
    )
    deviation = math.hypot(_noise_deviation(before, kind), _noise_deviation(after, kind))
    half = 100 * _Z95 * deviation
    rounded = _estimate(exact, half, is_share=False)
    if abs(exact) <= half:
        direction = Direction.UNCLEAR
    else:
        direction = Direction.UP if exact > 0 else Direction.DOWN
    return Change(rounded.value, rounded.off, direction)


def _noise_deviation(batch: Batch, kind: Kind) -> float:
    """Return the standard deviation of the noise in one share, as a part of one."""
    alpha = 2.0 ** -COINS[kind]
    one_class = math.sqrt(2 * alpha) / (1 - alpha)
    return one_class * math.sqrt(batch.classes) / batch.n


def _estimate(exact: Fraction, half: float, *, is_share: bool = True) -> Estimate:
    """Return a percentage in steps of five, and how far it may be off with the rounding."""
    shown = min(max(exact, Fraction(0)), Fraction(100)) if is_share else exact
    value = SCHOOL_STEP * math.floor(shown / SCHOOL_STEP + Fraction(1, 2))
    return Estimate(value, math.ceil(half + abs(float(shown - value)) - _TINY))
