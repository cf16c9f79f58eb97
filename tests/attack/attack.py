"""What an attack is: somebody with something in hand who tries to learn or change something.

The list of attacks fills itself when the modules beside this one are imported (`catalogue.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an attack ended."""

    holds: bool
    """Whether the site withstood it."""
    measured: str
    """What the attacker got, as one short phrase: `0.604`, `0 of 24`."""
    bound: str
    """What the attacker may get at most, with its source: `at most 0.667 (privacy 4.1)`."""


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack, for a stranger to read."""

    name: str
    who: str
    """Who attacks, and with what in hand."""
    tries: str
    """What they try to learn or to change."""
    run: Callable[[Path], Verdict]
    """Carries the attack out on the build that is patched in; the folder is empty and its own."""
    is_long: bool = False
    """Whether it runs in `make attack` only."""


ATTACKS: dict[str, Attack] = {}


def attack(
    name: str, *, who: str, tries: str, is_long: bool = False
) -> Callable[[Callable[[Path], Verdict]], Callable[[Path], Verdict]]:
    """Enter a function into the list of attacks."""

    def enter(run: Callable[[Path], Verdict]) -> Callable[[Path], Verdict]:
        if name in ATTACKS:
            message = f"Two attacks are called {name}."
            raise ValueError(message)
        ATTACKS[name] = Attack(name, who, tries, run, is_long)
        return run

    return enter
