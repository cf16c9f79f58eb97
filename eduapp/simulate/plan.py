"""What a simulated class is asked to do, and the dice of its students.

Pure values: the same seed gives the same languages, answers and mishaps. No network, no clock.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LanguageShares = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One simulated class."""

    base: str
    """Origin of the site, such as `http://127.0.0.1:8000`; nothing else is ever contacted."""
    students: int
    languages: LanguageShares
    seed: int
    within_seconds: float
    """Answers to a question are spread over this time; 0 sends all at once."""
    change_share: float
    """Share of the students that answer a second time, from 0 to 1."""
    lose_share: float
    """Chance that a device loses the network at a page or at an answer, from 0 to 1."""
    code: str | None
    """Join code of a lesson that somebody else steers; None starts and steers one."""
    module: str
    breath_seconds: float
    """Rest before each act of the simulated teacher."""
    most_seconds: float
    """The simulation stops by itself after this time."""
    repeat_share: float = 0.0
    """Chance that the network brings an answer a second time, late: behind newer ones too."""


def parse_languages(text: str) -> LanguageShares:
    """Return the shares of languages written as `nl:0.7,fr:0.3`; a language alone weighs 1.

    The shares add up to 1. Raises `ValueError` with a sentence for the reader.
    """
    shares: dict[str, float] = {}
    for part in text.split(","):
        language, _, weight = part.strip().partition(":")
        try:
            share = float(weight) if weight else 1.0
        except ValueError:
            share = 0.0
        if not language.isalpha() or not 0 < share <= 1_000 or language in shares:  # noqa: PLR2004 - any roof, against `inf`
            raise ValueError(f"{text!r} does not look like nl:0.7,fr:0.3")
        shares[language] = share
    total = sum(shares.values())
    return tuple((language, share / total) for language, share in shares.items())


def seat_languages(languages: LanguageShares, students: int, seed: int) -> tuple[str, ...]:
    """Return a language for each student: the shares as exactly as whole students allow, mixed."""
    counts = [int(share * students) for _, share in languages]
    rests = sorted(range(len(languages)), key=lambda i: counts[i] - languages[i][1] * students)
    for index in rests[: students - sum(counts)]:
        counts[index] += 1
    seats = [
        language
        for (language, _), count in zip(languages, counts, strict=True)
        for _ in range(count)
    ]
    dice(seed, "languages").shuffle(seats)
    return tuple(seats)


def dice(seed: int, *names: object) -> random.Random:
    """Return dice of their own for what the names say, so that timing cannot change an outcome."""
    return random.Random("/".join(map(str, (seed, *names))))  # noqa: S311 - play, not secrets


def leaning(seed: int, step: int, options: int) -> Sequence[float]:
    """Return how this class leans in a step: one weight per option position.

    The last option ("I don't know", "I'd rather skip") stays the least likely, as in most classes.
    """
    throws = dice(seed, "leaning", step)
    weights = [0.15 + throws.expovariate(1.0) for _ in range(options)]
    weights[-1] = min(weights) / 2
    return weights


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that `percent` in 100 values do not exceed; 0.0 of none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]
