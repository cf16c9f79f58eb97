"""What the promise says in numbers, computed from the formula of the noise and from nothing else.

Nothing here reads the parameters or the noise of the site: a site that throws fewer coins must not
lower the bar for itself. Source: privacy, formula 4.1.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np

from eduapp.privacy.parameters import Kind
from eduapp.privacy.results import class_result

if TYPE_CHECKING:
    from collections.abc import Callable

    from eduapp.privacy.results import ClassResult

Counts = tuple[int, int, int]
"""How many students gave each of three answers."""
ALPHA = {Kind.KNOWLEDGE: 1 / 4, Kind.OPINION: 1 / 2}
"""One coin for opinions, two for knowledge: the chance that another one is added."""
SPREAD = {Kind.KNOWLEDGE: 0.9428, Kind.OPINION: 2.0}
"""Standard deviation of one draw of noise."""
SEEDED, TRUE_CHANCE = 3.0, 5.2
"""Margins in standard errors. A seeded run ends the same way every time; with true chance a sound
site passes a margin of 5.2 less than once in a million runs."""
EDGE = 10
"""Noise beyond this counts as this much: for opinions 1 in 1,500 draws."""


def chance_of(noise: int, alpha: float) -> float:
    """Return how likely a draw of noise is."""
    return (1 - alpha) / (1 + alpha) * alpha ** abs(noise)


def chance_of_difference(noise: int, alpha: float) -> float:
    """Return how likely a difference between two draws is."""
    scale = ((1 - alpha) / (1 + alpha)) ** 2
    return scale * alpha ** abs(noise) * (abs(noise) + (1 + alpha**2) / (1 - alpha**2))


def best_success(kind: Kind, times: int = 1) -> float:
    """Return the best success of whoever knows all other answers and sees `times` raw releases.

    Each release holds two hints, the cell with the student and the cell without; a hint points the
    right way with probability 1 / (1 + alpha), and the attacker follows the majority of hints: for
    one release 0.667 (opinion) and 0.800 (knowledge).
    """
    right = 1 / (1 + ALPHA[kind])
    hints = 2 * times
    chances = [
        math.comb(hints, k) * right**k * (1 - right) ** (hints - k) for k in range(hints + 1)
    ]
    return sum(chances[times + 1 :]) + chances[times] / 2


def best_success_of_difference(kind: Kind) -> float:
    """Return the best success of whoever knows nobody's answer and sees a class without and with.

    Only what differs between the two releases tells them something.
    """
    reach = range(-40, 41)
    one = [chance_of_difference(value - 1, ALPHA[kind]) for value in reach]
    none = [chance_of_difference(value, ALPHA[kind]) for value in reach]
    cells = itertools.product(zip(one, none, strict=True), repeat=2)
    return sum(max(first[0] * second[1], first[1] * second[0]) for first, second in cells) / 2


def ceiling(bound: float, trials: int, margin: float) -> float:
    """Return what a measured success may be at most when the true one is at most `bound`."""
    return bound + margin * math.sqrt(bound * (1 - bound) / trials)


class Screens:
    """What a class of `n` sees of a question with three options, for every release there can be."""

    def __init__(self, kind: Kind, n: int, most: Counts, least: Counts = (0, 0, 0)) -> None:
        """Let the site work out each screen once, for true counts between `least` and `most`."""
        reach = [range(low - EDGE, high + EDGE + 1) for low, high in zip(least, most, strict=True)]
        names: dict[ClassResult, int] = {}
        screens = [
            names.setdefault(class_result(noisy, n, kind), len(names))
            for noisy in itertools.product(*reach)
        ]
        draws = np.array([chance_of(noise, ALPHA[kind]) for noise in range(-EDGE, EDGE + 1)])
        draws[[0, -1]] /= 1 - ALPHA[kind]
        self.results = list(names)
        self._least = least
        self._screens = np.array(screens).reshape([len(each) for each in reach])
        self._chances = np.einsum("i,j,k->ijk", draws, draws, draws).ravel()

    def chances(self, counts: Counts) -> list[float]:
        """Return how likely each of `results` is when these are the true counts."""
        first, second, third = (
            slice(count - low, count - low + 2 * EDGE + 1)
            for count, low in zip(counts, self._least, strict=True)
        )
        seen = self._screens[first, second, third].ravel()
        found: list[float] = np.bincount(
            seen, weights=self._chances, minlength=len(self.results)
        ).tolist()
        return found

    def chance(self, counts: Counts, looks: Callable[[ClassResult], bool]) -> float:
        """Return how likely a screen of some look is when these are the true counts."""
        pairs = zip(self.chances(counts), self.results, strict=True)
        return sum(chance for chance, result in pairs if looks(result))

    def success(self, one: Counts, other: Counts) -> float:
        """Return how often the best attacker tells two equally likely classes apart."""
        pairs = zip(self.chances(one), self.chances(other), strict=True)
        return sum(map(max, pairs)) / 2
