"""Two attackers who are torn between two answers of one student, each thought equally likely.

One knows the formula of the noise. The other trusts no formula: they hold classes of their own
first, see what the site makes of answers they know, and learn from that. A site that adds no noise,
the same noise twice or noise of another kind loses to the second.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Chance = Callable[[int], float]

Hint = tuple[int, int]
"""What is left of the two cells when the known answers are taken away."""
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Trial:
    """One student attacked: what each release tells, and the truth."""

    hints: tuple[Hint, ...]
    is_first: bool


def best_of_both(trials: Sequence[Trial], chance: Chance) -> float:
    """Return the greater success of the two attackers; `chance` is that of a draw of noise."""
    half = len(trials) // 2
    return max(
        _success(trials, lambda hint: _by_formula(hint, chance)),
        _success(trials[half:], _learned_from(trials[:half])),
    )


def _success(trials: Sequence[Trial], leaning: Callable[[Hint], float]) -> float:
    """Return the share of right guesses; where nothing speaks for either, half a guess is right."""
    right = 0.0
    for trial in trials:
        sum_of_all = sum(map(leaning, trial.hints))
        is_tie = abs(sum_of_all) < TIE
        right += 0.5 if is_tie else (sum_of_all > 0) is trial.is_first
    return right / len(trials)


def _by_formula(hint: Hint, chance: Chance) -> float:
    """Return the logarithm of the odds that the student gave the first answer."""
    first, second = hint
    return math.log(chance(first - 1) * chance(second)) - math.log(
        chance(first) * chance(second - 1)
    )


def _learned_from(trials: Sequence[Trial]) -> Callable[[Hint], float]:
    seen = Counter((hint, trial.is_first) for trial in trials for hint in trial.hints)
    return lambda hint: math.log(seen[hint, True] + 0.5) - math.log(seen[hint, False] + 0.5)
