"""How far an open round is, as far as the desk may know.

Progress depends on how many ballots there are, never on what they say. No other screen sees it.
"""

from __future__ import annotations

from dataclasses import dataclass

from eduapp.privacy.parameters import SHOW_MIN, Kind


@dataclass(frozen=True, slots=True)
class Progress:
    """How many have answered: an exact number for knowledge, quarters for opinions."""

    seats: int
    answered: int | None
    """Exact number of ballots for a knowledge question; None for an opinion question."""
    quarters: int
    """0 to 4, rounded down."""
    is_enough: bool
    """Whether a result can be shown, judged from what this value itself says."""
    minimum: int


def progress(kind: Kind, ballots: int, seats: int) -> Progress:
    """Return the progress of a round with `ballots` ballots among `seats` seats.

    Seats are admitted devices and declared seats together.
    Source: privacy 6 (progress) and decision 8: nothing here moves but in these steps.
    """
    quarters = min(4, 4 * ballots // seats) if seats else 0
    minimum = SHOW_MIN[kind]
    if kind is Kind.KNOWLEDGE:
        return Progress(seats, ballots, quarters, ballots >= minimum, minimum)
    return Progress(seats, None, quarters, quarters * seats >= 4 * minimum, minimum)
