"""Timing: a teacher who knows exactly who tapped when, and looks everywhere four times a second.

The attacker keeps every number that a place shows, and what changed in it after each tap. In
classes of which they know the answers they learn what such a change means; then they guess. They
may not beat somebody who looks at nothing before the close and guesses what most answered.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eduapp.classroom.phases import Act
from eduapp.privacy.parameters import Kind
from tests.attack.attack import Verdict, attack
from tests.attack.classes import Classes
from tests.attack.formula import SEEDED
from tests.attack.watching import Change, Seen, Watch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

STUDENTS = 24
ANSWERING = (2.0, 14.0)
"""Within these seconds the class answers."""
LATE = 40.0
"""Then one student answers alone."""
OFTEN = 10
"""How often a change must have been seen before the attacker believes it."""
SHARES = {
    "25/60/15": (Kind.OPINION, (0.25, 0.60, 0.15)),
    "50/50": (Kind.OPINION, (0.50, 0.50)),
    "40/30/20/10": (Kind.KNOWLEDGE, (0.40, 0.30, 0.20, 0.10)),
}
"""How classes answer in privacy 16: each student for themselves, with these chances."""
LEARNING = 40
SHORT, LONG = 40, 200


@dataclass(frozen=True, slots=True)
class Sitting:
    """A class that was watched: its answers in the order of the taps, and what was seen."""

    answers: list[int]
    after: list[Seen]
    release: tuple[int, ...]


def _sit(
    site: Classes, people: random.Random, shares: Sequence[float], *, has_late: bool
) -> Sitting:
    """Let a class answer while the attacker looks at every place every 250 ms."""
    lesson = site.open(STUDENTS)
    watch = Watch(site, lesson)
    taps = sorted(people.uniform(*ANSWERING) for _ in range(STUDENTS - has_late))
    taps += [LATE] * has_late
    answers = people.choices(range(len(shares)), shares, k=STUDENTS)
    token = lesson.view.round_token or ""
    for seat, at, answer in zip(lesson.seats, taps, answers, strict=True):
        watch.until(at)
        site.classroom.put(lesson.started.public_id, token, seat, answer)
        watch.tapped()
    watch.until(taps[-1] + 6)
    lesson.act(Act.CLOSE)
    return Sitting(answers, watch.changes(), site.stored(lesson))


class Teacher:
    """The attacker, who has learned from classes whose answers they know."""

    def __init__(self, known: Sequence[Sitting]) -> None:
        """Count how often each change at each place went with each answer."""
        self._usual = Counter(answer for sitting in known for answer in sitting.answers)
        self._meanings: dict[tuple[str, Change], Counter[int]] = {}
        for sitting in known:
            for answer, seen in zip(sitting.answers, sitting.after, strict=True):
                for change in seen.items():
                    self._meanings.setdefault(change, Counter())[answer] += 1

    def guess(self, seen: Seen, release: Sequence[int]) -> int:
        """Return the answer that the stored result, custom or the most telling change speaks for.

        With nothing seen, that is what most answered, or what most of all classes answer.
        """
        majority = max(range(len(release)), key=release.__getitem__)
        best, certainty = majority, release[majority] / STUDENTS
        meanings = [self._meanings.get(change, Counter()) for change in seen.items()]
        for meaning in (self._usual, *meanings):
            if meaning.total() >= OFTEN:
                answer, often = meaning.most_common(1)[0]
                if often / meaning.total() > certainty:
                    best, certainty = answer, often / meaning.total()
        return best


def _watch(folder: Path, names: Sequence[str], classes: int, *, has_late: bool = False) -> Verdict:
    """Compare the attacker with the one who only sees the stored result, class by class."""
    holds, measured = True, []
    for name in names:
        kind, shares = SHARES[name]
        people = random.Random(name)
        site = Classes(folder / name.replace("/", "-"), kind, len(shares), seed=19)
        sittings = [
            _sit(site, people, shares, has_late=has_late) for _ in range(LEARNING + classes)
        ]
        teacher = Teacher(sittings[:LEARNING])
        first = STUDENTS - 1 if has_late else 0
        success, baseline, gains = 0.0, 0.0, []
        for sitting in sittings[LEARNING:]:
            pairs = list(zip(sitting.answers, sitting.after, strict=True))[first:]
            found = [teacher.guess(seen, sitting.release) == answer for answer, seen in pairs]
            known = [teacher.guess({}, sitting.release) == answer for answer, _ in pairs]
            gains.append((sum(found) - sum(known)) / len(pairs))
            success += sum(found) / len(pairs) / classes
            baseline += sum(known) / len(pairs) / classes
        gain = sum(gains) / classes
        variance = sum((each - gain) ** 2 for each in gains) / (classes - 1)
        holds = holds and gain <= SEEDED * (variance / classes) ** 0.5
        measured.append(f"{name}: {success:.3f} against {baseline:.3f}")
    return Verdict(
        holds,
        "; ".join(measured),
        "no better than the second, who guesses from the stored result alone (about 0.60, 0.58, "
        "0.43), by 3 standard errors of their difference over classes (privacy R1, 16)",
    )


@attack(
    "tap-times",
    who="teacher who knows who tapped when and looks at every place every 250 ms",
    tries="to tell what each of 24 students answered",
)
def tap_times(folder: Path) -> Verdict:
    """Watch 40 classes, after 40 to learn from."""
    return _watch(folder, ["25/60/15"], SHORT)


@attack(
    "tap-times-in-full",
    who="teacher who knows who tapped when and looks at every place every 250 ms",
    tries="to tell what each of 24 students answered, in 200 classes of each of three sorts",
    is_long=True,
)
def tap_times_in_full(folder: Path) -> Verdict:
    """Watch 200 classes of each sort, after 40 to learn from."""
    return _watch(folder, list(SHARES), LONG)


@attack(
    "lone-late-student",
    who="teacher who looks before and after one student answers alone, long after the others",
    tries="to tell what that student answered",
    is_long=True,
)
def lone_late_student(folder: Path) -> Verdict:
    """Watch 200 classes."""
    return _watch(folder, ["25/60/15"], LONG, has_late=True)
