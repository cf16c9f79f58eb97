"""What a screen may show of a release: bands, or too few answers.

Arithmetic on stored noisy numbers, so it costs no privacy and may be repeated for ever. The gates
look at the number of ballots only, never at the answers: a rule that looked would itself be an
answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from eduapp.privacy.parameters import SHOW_MIN, TEN_STEPS_MIN, ZONE_BOUNDS, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence


class Scale(StrEnum):
    """How finely shares are shown."""

    FIVE_BANDS = "five_bands"
    TEN_STEPS = "ten_steps"


class Zone(StrEnum):
    """How much of the class had it right, in three steps; for the desk only."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the class in percent: roughly between `low` and `high`, 0 to 100."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Shares:
    """A result that may be shown; one share for each option, in content order."""

    n: int
    scale: Scale
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class TooFew:
    """Too few ballots for a result; shown from `minimum`."""

    n: int | None
    """Number of ballots; None where there were so few that not even their number was stored."""
    minimum: int


ClassResult = Shares | TooFew


def project(noisy: Sequence[int], n: int) -> tuple[Fraction, ...]:
    """Return the nearest point to `noisy` that has no negative part and sums to `n`.

    Exact: a share on the edge of a band must not fall to one side of it by rounding. Source:
    privacy, formula 4.2 (projection on the simplex).
    """
    total, excess, parts = 0, 0, 1
    for position, value in enumerate(sorted(noisy, reverse=True), 1):
        total += value
        if value * position > total - n:
            excess, parts = total - n, position
    return tuple(Fraction(max(value * parts - excess, 0), parts) for value in noisy)


def class_result(
    noisy: Sequence[int] | None, n: int | None, kind: Kind, scale: Scale | None = None
) -> ClassResult:
    """Return what a class may see of its release: shares in option order, or too few.

    `noisy` is None where nothing was stored. `scale` forces the coarser scale where two rounds
    stand side by side; a finer one than the number of ballots allows is never given. Source:
    privacy R5, R6.
    """
    minimum = SHOW_MIN[kind]
    if noisy is None or n is None or n < minimum:
        return TooFew(n, minimum)
    own = Scale.TEN_STEPS if kind is Kind.KNOWLEDGE and n >= TEN_STEPS_MIN else Scale.FIVE_BANDS
    used = Scale.FIVE_BANDS if scale is Scale.FIVE_BANDS else own
    band = _ten_step if used is Scale.TEN_STEPS else _fifth
    percentages = (100 * part / n for part in project(noisy, n))
    return Shares(n, used, tuple(band(percentage) for percentage in percentages))


def zone(noisy: Sequence[int] | None, n: int | None, right_position: int) -> Zone | None:
    """Return how much of the class had a knowledge question right, or None with too few ballots."""
    if noisy is None or n is None or n < SHOW_MIN[Kind.KNOWLEDGE]:
        return None
    percentage = 100 * project(noisy, n)[right_position] / n
    low, high = ZONE_BOUNDS
    if percentage < low:
        return Zone.LOW
    return Zone.HIGH if percentage > high else Zone.MIDDLE


def _fifth(percentage: Fraction) -> Share:
    low = min(int(percentage // 20), 4) * 20
    return Share(low, low + 20)


def _ten_step(percentage: Fraction) -> Share:
    step = int((percentage + 5) // 10) * 10
    if step <= 10:  # noqa: PLR2004 - the lowest step is "10 or less"
        return Share(0, 10)
    if step >= 90:  # noqa: PLR2004 - the highest step is "90 or more"
        return Share(90, 100)
    return Share(step - 10, step + 10)
