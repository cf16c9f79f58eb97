"""Suppression: whether a result is shown or stored depends on the number of ballots alone.

A rule that hides a result because all answers are the same says that they are all the same.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from eduapp.privacy.parameters import Kind
from eduapp.privacy.results import Shares
from tests.attack.attack import Verdict, attack
from tests.attack.classes import Classes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWN_FROM = {Kind.KNOWLEDGE: 8, Kind.OPINION: 12}
STORED_FROM = 5
SIZES = (1, 4, 5, 7, 8, 11, 12, 13)


def patterns(students: int) -> Iterator[list[int]]:
    """Give ways of answering with three options: unanimous ones, all but one, halves, thirds."""
    for option in range(3):
        yield [option] * students
        yield [option] * (students - 1) + [(option + 1) % 3]
    half = students // 2
    yield [0] * half + [1] * (students - half)
    yield [student % 3 for student in range(students)]


@attack(
    "suppression-looks-at-n",
    who="anybody who sees that a result is hidden, or a thief who sees that none was stored",
    tries="to conclude from it how the class answered",
)
def suppression(folder: Path) -> Verdict:
    """Ask classes just below and above each threshold, answering in every manner."""
    wrong: list[str] = []
    asked = 0
    for kind in Kind:
        site = Classes(folder / kind, kind, seed=18)
        seen: dict[int, set[tuple[bool, bool]]] = defaultdict(set)
        for students in SIZES:
            for answers in patterns(students):
                lesson = site.ask(answers)
                is_stored = bool(site.stored(lesson))
                seen[students].add((is_stored, isinstance(site.shown(lesson), Shares)))
                asked += 1
        wrong += [
            f"{kind} {students}"
            for students, outcomes in seen.items()
            if outcomes != {(students >= STORED_FROM, students >= SHOWN_FROM[kind])}
        ]
    first = f", first {wrong[0]}" if wrong else ""
    return Verdict(
        not wrong,
        f"{len(wrong)} of {2 * len(SIZES)} sizes{first}, {asked} classes",
        "0: stored from 5, shown from 8 (knowledge) and 12 (opinion), whatever is answered "
        "(privacy R5, decision 8)",
    )
