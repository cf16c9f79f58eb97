"""What a screen may know of a class session.

It depends on the teacher's acts and the number of admitted devices, never on an open ballot: two
classes with the same acts and devices give equal values here, whatever they answer (privacy,
decision 3).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    import datetime as dt

    from eduapp.classroom.join_codes import JoinCode
    from eduapp.classroom.phases import Act, Phase
    from eduapp.classroom.rehearsal import HardMoment
    from eduapp.content.models import Activity, Module, Question
    from eduapp.privacy.results import ClassResult

PublicId = NewType("PublicId", str)


@dataclass(frozen=True, slots=True)
class RoundResult:
    """The result of one round of the question on screen."""

    round_no: int
    result: ClassResult


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class session as every screen sees it; step 0 is the lobby, step 1 the first activity."""

    public_id: PublicId
    join_code: JoinCode
    """Empty while the lesson is only prepared."""
    language: str
    """The language in which the teacher started."""
    band: str | None
    """The age band the lesson is for, where the module differs by band."""
    first_step: int
    """The step that follows the lobby."""
    module: Module
    step: int
    phase: Phase
    is_paused: bool
    is_small: bool
    """A small group: every choice stays on its device, nothing is sent."""
    is_almost_closed: bool
    """The teacher said that the open question closes soon."""
    met: frozenset[int]
    """The steps that the class has come to."""
    version: int
    boot: str
    """Changes when the process starts anew: devices then join again by themselves."""
    was_recalled: bool
    """Whether the process started anew since the class session did."""
    was_reopened: bool
    """Whether the door was opened once more, so that every device has to join again."""
    was_interrupted: bool
    """Whether this question was open when the process stopped: its round is void (decision 6)."""
    is_rehearsal: bool
    """An imaginary class: nobody real is in it."""
    moment: HardMoment | None
    """The hard moment that a rehearsal plays now."""
    devices: int
    """Admitted devices of one student each."""
    shared: int
    """Seats declared for devices that go round."""
    paper: int
    """Seats declared for slips of paper."""
    places: int
    """How many devices are admitted at most."""
    helper: str | None
    opened_on: dt.date | None
    """The day on which the students were let in; None while the lesson is only prepared."""
    last_day: dt.date
    """The last day on which a screen shows the class session."""
    grade: str | None
    """The grade of the class, where the lesson counts for a school."""
    round_no: int
    """The round of the question that is or was open last; 0 before the first."""
    round_token: str | None
    """Eight characters that a ballot must carry; only while a round is open."""
    results: tuple[RoundResult, ...]
    """Only once shown, and only for a question that reveals the class."""
    opens_on_device_only: bool
    """A small group, or a benchmark question in a guest lesson: the choice never leaves the
    device, there is no round."""
    acts: tuple[Act, ...]
    """What the desk may do now, the main one first."""

    @property
    def declared(self) -> int:
        """Return the number of seats that no device of their own stands for."""
        return self.shared + self.paper

    @property
    def seats(self) -> int:
        """Return how many take part: what every screen shows (decision 7)."""
        return self.devices + self.declared

    @property
    def steps(self) -> int:
        """Return the number of steps after the lobby."""
        return len(self.module.activities)

    @property
    def activity(self) -> Activity | None:
        """Return the activity on screen, None in the lobby."""
        return self.module.activities[self.step - 1] if self.step else None

    def class_sentences(self, language: str) -> tuple[str, ...]:
        """Return the sentences that the class chooses from: at the last step only."""
        return self.module.class_sentences[language] if self.step == self.steps else ()

    @property
    def question(self) -> Question | None:
        """Return the question on screen, if the activity has one."""
        return self.activity.question if self.activity else None

    @property
    def etag(self) -> str:
        """Return the tag of the state document, without quotes."""
        return f"{self.version}-{self.boot}-{self.devices}"

    def state_document(self) -> bytes:
        """Return the state document, the same bytes for everyone. Source: docs/adr/0003."""
        return json.dumps(
            {
                "version": self.version,
                "phase": self.phase.value,
                "paused": self.is_paused,
                "step": self.step,
                "almost": self.is_almost_closed,
                "devices": self.devices,
                "boot": self.boot,
            },
            separators=(",", ":"),
        ).encode()
