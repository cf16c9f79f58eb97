"""A model of how an image travels through a school: who gets it, round after round.

Pure arithmetic on a made-up school; never fed by a class. The school is a small-world network
(Watts and Strogatz, Nature 393, 1998); the passing on is a branching process on it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

PEOPLE = 48
NEIGHBOURS = 4
"""How many others each person is tied to before some threads are laid anew."""
REWIRED = 0.12
ROUNDS = 6
OF_TEN = 10
ALONG_A_THREAD = 0.8
"""How often somebody who passes it on does so along one of the threads."""
AFTER_A_VOICE = 0.35
"""How many more keep it to themselves once somebody has spoken up."""
AFTER_AN_ADULT = 0.9
"""How many keep it to themselves once it is being taken away."""
NEVER = 0
LATEST = 3


@dataclass(frozen=True, slots=True)
class Choices:
    """What the reader sets."""

    school: int = 1
    keep: int = 7
    """How many of ten do not pass it on."""
    voice: int = NEVER
    """The round after which somebody speaks up; 0 is never."""
    adult: int = NEVER
    """The round after which an adult is fetched; 0 is never."""


@dataclass(frozen=True, slots=True)
class Journey:
    """Who was reached when: a round for each person, None for nobody; and who passed it on."""

    reached_in: tuple[int | None, ...]
    passed_on: frozenset[int]
    threads: tuple[tuple[int, int], ...]

    def reached(self, after: int) -> int:
        """Return how many have it after a round, the one who began included."""
        return sum(when is not None and when <= after for when in self.reached_in)


@lru_cache(maxsize=256)
def threads_of(school: int) -> tuple[tuple[int, int], ...]:
    """Return who is tied to whom in a school, each thread once, smaller number first.

    A ring in which everybody is tied to the nearest ones, then some threads laid anew at random.
    """
    chance = random.Random(school)  # noqa: S311 - a drawing that must come out the same each time
    ring = [
        (a, (a + step) % PEOPLE) for step in range(1, NEIGHBOURS // 2 + 1) for a in range(PEOPLE)
    ]
    threads = {(min(pair), max(pair)) for pair in ring}
    for pair in sorted(threads):
        if chance.random() < REWIRED:
            ends = [
                other
                for other in range(PEOPLE)
                if other != pair[0] and (min(pair[0], other), max(pair[0], other)) not in threads
            ]
            other = chance.choice(ends)
            threads.discard(pair)
            threads.add((min(pair[0], other), max(pair[0], other)))
    return tuple(sorted(threads))


def journey(choices: Choices) -> Journey:
    """Return how the image travels in six rounds.

    The same numbers are drawn whatever is chosen: one for each person, one for each thread and way.
    So more people who keep it to themselves, or an earlier voice, never reaches more people.
    """
    threads = threads_of(choices.school)
    chance = random.Random(f"{choices.school} passes")  # noqa: S311 - as above
    keeps = [chance.random() for _ in range(PEOPLE)]
    draws = {way: chance.random() for a, b in threads for way in ((a, b), (b, a))}
    reached: list[int | None] = [None] * PEOPLE
    reached[0] = 0
    passed: set[int] = set()
    for number in range(1, ROUNDS + 1):
        for giver in [p for p in range(PEOPLE) if reached[p] == number - 1]:
            if giver and keeps[giver] < _share_that_keeps(choices, number):
                continue
            for (source, other), draw in draws.items():
                if source == giver and draw < ALONG_A_THREAD:
                    passed.add(giver)
                    if reached[other] is None:
                        reached[other] = number
    return Journey(tuple(reached), frozenset(passed), threads)


def place(person: int) -> tuple[float, float]:
    """Return where a person stands on a drawing of 520 by 520: on a ring of three depths."""
    radius = (236, 214, 192)[person % 3]
    turn = 2 * pi * person / PEOPLE - pi / 2
    return round(260 + radius * cos(turn), 1), round(260 + radius * sin(turn), 1)


def _share_that_keeps(choices: Choices, number: int) -> float:
    share = choices.keep / OF_TEN
    if choices.voice and number > choices.voice:
        share += AFTER_A_VOICE * (1 - share)
    if choices.adult and number > choices.adult:
        share = max(share, AFTER_AN_ADULT)
    return share
