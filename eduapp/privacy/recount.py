"""The results once more, worked out another way: for `eduapp prove` only, never for a screen.

Exact fractions instead of floating point, and another method than `results.py`, so that an error in
one of the two shows. Also how likely it is that stored numbers look as they do by chance.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from eduapp.privacy.parameters import COINS, SCHOOL_STEP, SHOW_MIN, TEN_STEPS_MIN, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

Bounds = tuple[tuple[int, int], ...]
"""Lowest and highest percentage for each option, in content order."""

UNLIKELY = 1e-6
"""What happens by chance less often than this is called a fault."""
_VARIANCE = {Kind.KNOWLEDGE: Fraction(8, 9), Kind.OPINION: Fraction(4)}
"""Variance of the noise of one class (privacy 4.3)."""
_FAR = 60
"""Noise larger than this has a chance below 10^-17 for every kind."""


def is_fine(n: int, kind: Kind) -> bool:
    """Return whether a round of this size may stand in steps of ten."""
    return kind is Kind.KNOWLEDGE and n >= TEN_STEPS_MIN


def bounds(noisy: Sequence[int], n: int, kind: Kind, *, fine: bool) -> Bounds | None:
    """Return what a screen may show of a release, or None where it may show nothing.

    `fine` is for steps of ten, else five bands.
    """
    if n < SHOW_MIN[kind]:
        return None
    step = _ten_step if fine else _fifth
    return tuple(step(100 * part / n) for part in nearest(noisy, n))


def nearest(noisy: Sequence[int], n: int) -> tuple[Fraction, ...]:
    """Return the nearest point without a negative part that sums to `n`, exactly.

    Drops what comes out negative and begins again until nothing does (Michelot 1986).
    """
    kept = set(range(len(noisy)))
    while True:
        shift = Fraction(sum(noisy[i] for i in kept) - n, len(kept))
        negative = {i for i in kept if noisy[i] < shift}
        if not negative:
            break
        kept -= negative
    return tuple(noisy[i] - shift if i in kept else Fraction(0) for i in range(len(noisy)))


def chance_of_none_below_zero(noisy: Sequence[int], kind: Kind) -> float:
    """Return how likely it is that none of these is negative, given which are zero or less.

    Whatever the true count was, a number that came out at zero or less is below zero with the
    chance alpha: so nothing about an answer enters here. 1 where one is negative.
    """
    if any(value < 0 for value in noisy):
        return 1.0
    alpha = 2.0 ** -COINS[kind]
    return (1 - alpha) ** sum(value == 0 for value in noisy)


def chance_of_exact_sum(options: int, kind: Kind) -> float:
    """Return how likely the noise of a round cancels out, so that its numbers add up to n."""
    alpha = 2.0 ** -COINS[kind]
    one = {x: (1 - alpha) / (1 + alpha) * alpha ** abs(x) for x in range(-_FAR, _FAR + 1)}
    total = {0: 1.0}
    for _ in range(options):
        longer: dict[int, float] = defaultdict(float)
        for so_far, chance in total.items():
            for x, probability in one.items():
                if abs(so_far + x) <= _FAR:
                    longer[so_far + x] += chance * probability
        total = longer
    return total[0]


def school_share(total: int, n: int, classes: int, kind: Kind) -> tuple[int, int]:
    """Return the percentage that a school sees of a sum, and how far it may be off, exactly."""
    shown = min(max(Fraction(100 * total, n), Fraction(0)), Fraction(100))
    value = min(range(0, 101, SCHOOL_STEP), key=lambda step: (abs(step - shown), -step))
    square = Fraction(196**2) * _VARIANCE[kind] * classes / n**2
    rounding = abs(shown - value)
    off = int(rounding)
    while off < rounding or (off - rounding) ** 2 < square:
        off += 1
    return value, off


def _fifth(percentage: Fraction) -> tuple[int, int]:
    low = 20 * min(int(percentage / 20), 4)
    return low, low + 20


def _ten_step(percentage: Fraction) -> tuple[int, int]:
    middle = 10 * int((percentage + 5) / 10)
    if middle <= 10:  # noqa: PLR2004 - "at most 1 in 10"
        return 0, 10
    return (90, 100) if middle >= 90 else (middle - 10, middle + 10)  # noqa: PLR2004 - "at least 9"
