"""Where a class session stands and what was chosen for it: plain values.

What the row keeps of them is in `class_sessions.py`, what moves them in `steering.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eduapp.classroom.phases import Phase


@dataclass(frozen=True, slots=True)
class Position:
    """Where a class session stands; what the row keeps of it."""

    step: int
    phase: Phase
    version: int
    places: int
    """How many devices are admitted at most."""
    is_paused: bool = False
    is_small: bool = False
    is_almost_closed: bool = False
    met: frozenset[int] = frozenset()
    """The steps that the class has come to."""
    shown: frozenset[int] = frozenset()
    """The steps whose result was shown."""
    shared: int = 0
    """Seats declared for devices that go round."""
    paper: int = 0
    """Seats declared for slips of paper."""

    @property
    def declared(self) -> int:
        """Return the seats that no device of their own stands for."""
        return self.shared + self.paper


@dataclass(frozen=True, slots=True)
class PassCode:
    """What makes a device one that goes round: once, soon, and after few wrong tries no more."""

    letters: str
    until: float
    tries: int


@dataclass(frozen=True, slots=True)
class Owner:
    """To whom a lesson belongs that was started with an account."""

    teacher_id: int
    school_id: int
    grade: str
    """The grade of the class, 1 to 3."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the teacher chose before the start."""

    language: str
    band: str | None = None
    first_step: int = 1
