"""An imaginary class for a rehearsal: who comes in when, who answers when, and with what.

Everything is worked out from the time since a door or a question was opened, so no thread plays it
and a rehearsal that nobody looks at costs nothing. The ballots go into the same urn as real ones
(privacy, decision 17); nothing here knows a real student.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from eduapp.classroom.phases import Phase, Standing
from eduapp.classroom.roster import SEAT_BYTES, Seat

if TYPE_CHECKING:
    from eduapp.classroom.live import LiveClass, OpenRound
    from eduapp.content.models import Question

STUDENTS = 23
_PUNCTUAL = 20
"""So many come in at once; the others are late."""
_DOOR_SECONDS = 4.0
_LATE_SECONDS = (30.0, 45.0)
_ANSWER_SECONDS = (2.0, 14.0)
_FEW = 4
"""So many answer while too few answers are practised."""
_NO_WIFI_SECONDS = 30.0
_RIGHT = (0.45, 0.75)
"""How many are right in the first round and in the second."""
_WAY_OUT = 0.08
"""How many say that they do not know, or skip."""


class HardMoment(StrEnum):
    """A moment that a teacher can practise."""

    LAUGHTER = "laughter"
    FEW = "few"
    PAUSE = "pause"
    WIFI = "wifi"
    BELL = "bell"


@dataclass(slots=True)
class Rehearsal:
    """The imaginary students of one class session."""

    seed: int
    door_at: float
    """When the door was opened, or opened again."""
    moment: HardMoment | None = None
    moment_at: float = 0.0
    seats: list[Seat] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Give every student a seat."""
        chance = random.Random(self.seed)  # noqa: S311 - imaginary students keep no secret
        self.seats = [Seat(chance.randbytes(SEAT_BYTES)) for _ in range(STUDENTS)]

    def practise(self, moment: HardMoment | None, now: float) -> None:
        """Begin a hard moment, or end it with None; nobody is late for one."""
        if moment is not None:
            self.door_at = min(self.door_at, now - _LATE_SECONDS[1])
        self.moment = moment
        self.moment_at = now

    def play(self, live: LiveClass, now: float) -> None:
        """Let everybody in who has come, and everybody answer who has chosen by now.

        The caller holds the lock of the class session.
        """
        if live.position.phase is Phase.ENDED or live.position.is_paused:
            return
        for student, seat in enumerate(self.seats):
            if now - self.door_at >= self._comes_after(student):
                live.roster.admit(seat)
        if live.open_round is not None and not live.open_round.urn.is_sealed:
            self._answer(live, live.open_round, now)

    def _answer(self, live: LiveClass, open_round: OpenRound, now: float) -> None:
        chooses = _Choices(open_round.question, open_round.key.round_no)
        for student, seat in enumerate(self.seats):
            chance = random.Random(f"{self.seed} {open_round.token} {student}")  # noqa: S311 - as above
            answers_at = open_round.opened_at + chance.uniform(*_ANSWER_SECONDS)
            is_in = live.roster.standing(seat) is Standing.MEMBER
            if is_in and self._can_answer(student, open_round.opened_at, answers_at, now):
                open_round.urn.put(seat, chooses.one(chance))

    def _can_answer(self, student: int, opened_at: float, answers_at: float, now: float) -> bool:
        if self.moment is HardMoment.FEW and student >= _FEW:
            return False
        if self.moment is HardMoment.WIFI and student % 2 and answers_at >= self.moment_at:
            # The network of half the class is away, for every question anew; what was chosen
            # meanwhile leaves after it.
            away_from = max(self.moment_at, opened_at)
            answers_at = max(answers_at, away_from + _NO_WIFI_SECONDS)
        return now >= answers_at

    def _comes_after(self, student: int) -> float:
        if student < _PUNCTUAL:
            return _DOOR_SECONDS * student / _PUNCTUAL
        first, last = _LATE_SECONDS
        return first + (last - first) * (student - _PUNCTUAL) / (STUDENTS - _PUNCTUAL)


class _Choices:
    """How the imaginary class thinks about one question in one round."""

    def __init__(self, question: Question, round_no: int) -> None:
        ways = len(question.options) - 1
        right = question.right_position
        if right is None:
            # An opinion does not say which end is the kind one: this class leans to neither.
            middle = (ways - 1) / 2
            likely = [1 / (1 + abs(position - middle)) for position in range(ways)]
        else:
            is_right = _RIGHT[min(round_no, len(_RIGHT)) - 1]
            wrong = (1 - is_right) / max(ways - 1, 1)
            likely = [is_right if position == right else wrong for position in range(ways)]
        share = (1 - _WAY_OUT) / sum(likely)
        self._weights = [weight * share for weight in likely] + [_WAY_OUT]

    def one(self, chance: random.Random) -> int:
        """Return one student's choice as a position in content order."""
        return chance.choices(range(len(self._weights)), self._weights)[0]
