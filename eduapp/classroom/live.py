"""The volatile half of one class session: roster, open urn, and where the class stands.

Everything here lives in memory under one lock. What must outlive the process is in the row;
`classroom.py` keeps the two in step.
"""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from eduapp.classroom.class_sessions import closing_day
from eduapp.classroom.phases import Act, Phase, question_acts
from eduapp.classroom.results import results_of
from eduapp.classroom.rounds import kind_of
from eduapp.classroom.views import ClassView, PublicId, RoundResult
from eduapp.content.models import Module, Question, QuestionKind, Reveal
from eduapp.privacy.parameters import (
    IDLE_SECONDS,
    LONELY_SECONDS,
    OPEN_SECONDS,
    OPINION_QUESTIONS_MAX,
    ROUNDS_MAX,
)

if TYPE_CHECKING:
    from eduapp.classroom.join_codes import JoinCode
    from eduapp.classroom.memory import AnyRoster, AnyTurns, AnyUrn
    from eduapp.classroom.positions import Choices, Owner, PassCode, Position
    from eduapp.classroom.rehearsal import Rehearsal
    from eduapp.classroom.rounds import Release, RoundKey
    from eduapp.db import Database


@dataclass(slots=True)
class OpenRound:
    """A round while it is open."""

    key: RoundKey
    question: Question
    token: str
    urn: AnyUrn
    turns: AnyTurns
    opened_at: float

    @property
    def is_frozen(self) -> bool:
        """Return whether nobody new takes part until it is closed (R9)."""
        return self.question.kind is QuestionKind.OPINION


@dataclass(slots=True)
class LiveClass:
    """One class session in memory."""

    database: Database
    """Where its row is: a rehearsal has one that lives in memory."""
    row_id: int
    public_id: PublicId
    join_code: JoinCode
    desk_key_hash: str
    choices: Choices
    module: Module
    helper: str | None
    opened_on: dt.date | None
    delete_on: dt.date
    boot: str
    position: Position
    roster: AnyRoster
    releases: dict[tuple[str, int], Release]
    acted_at: float
    followed_at: float
    owner: Owner | None = None
    """Who gave it, for which school; None for a lesson without an account."""
    rehearsal: Rehearsal | None = None
    has_been_joined: bool = False
    was_left: bool = False
    """Ended by the clock, and nobody had joined: its code leaves the code space (decision 9)."""
    was_reopened: bool = False
    was_recalled: bool = False
    """Read back after a restart: devices may hold a seat that the roster no longer knows."""
    interrupted: str | None = None
    """The question that was open when the process stopped, until the teacher's next act."""
    open_round: OpenRound | None = None
    pass_code: PassCode | None = None
    view: ClassView | None = None
    stamp: int = 0
    """Which state of a shared memory this is a copy of; 0 where there is none."""
    is_held: bool = False
    """Whether this process acts on it just now, in the place of all others."""
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def closes_on(self) -> dt.date:
        """Return the first day on which no screen shows it, also where the row stays longer."""
        if self.owner is None or self.opened_on is None:
            return self.delete_on
        return min(self.delete_on, closing_day(self.opened_on))

    @property
    def question(self) -> Question | None:
        """Return the question of the present step."""
        step = self.position.step
        return self.module.activities[step - 1].question if step else None

    @property
    def shown(self) -> frozenset[str]:
        """Return the questions whose result was shown: no round of them is opened any more."""
        activities = (self.module.activities[step - 1] for step in self.position.shown)
        return frozenset(each.question.id for each in activities if each.question is not None)

    def rounds_done(self, question: Question) -> int:
        """Return how many rounds of a question were closed; void ones do not count."""
        return sum(question_id == question.id for question_id, _ in self.releases)

    def may_open(self, question: Question) -> bool:
        """Return whether another round of a question is allowed (R10)."""
        if self.is_on_device_only(question):
            return True
        done = self.rounds_done(question)
        kind = kind_of(question)
        if question.id in self.shown or done >= min(ROUNDS_MAX[kind], question.rounds):
            return False
        if self.position.is_small and done:
            # A small group sends nothing: the second round of a question waits for the whole class.
            return False
        if question.kind is QuestionKind.OPINION and not done:
            opinions = {q.id for q in self.module.questions if q.kind is QuestionKind.OPINION}
            asked = {question_id for question_id, _ in self.releases}
            return len(opinions & asked) < OPINION_QUESTIONS_MAX
        return True

    def before_second_round(self) -> None:
        """Let a class that was discussing before its second round was voided discuss again."""
        question = self.question
        if self.position.phase is Phase.READY and question and self.rounds_done(question):
            self.position = replace(self.position, phase=Phase.DISCUSS)

    def acts(self) -> tuple[Act, ...]:
        """Return what the desk may do now, the main act first."""
        position = self.position
        if position.phase in {Phase.PREPARED, Phase.ENDED}:
            return ()
        if position.phase is Phase.WRAP_UP:
            return (Act.END, Act.BACK)
        is_last = position.step == len(self.module.activities)
        wrap_up = (Act.WRAP_UP,) if position.step and not is_last else ()
        if position.is_paused:
            return (Act.RESUME, *wrap_up, Act.END)
        acts = list(self._way_on())
        if is_last:
            acts = [Act.END if act is Act.NEXT else act for act in acts]
        if self.open_round is not None and not position.is_almost_closed:
            acts.append(Act.ALMOST)
        if position.step and position.phase is not Phase.OPEN:
            acts.append(Act.BACK)
        acts += [Act.PAUSE, *wrap_up]
        if position.phase is not Phase.OPEN:
            acts += [Act.GOTO, Act.REOPEN]
        if position.phase in {Phase.READY, Phase.SHOWN, Phase.EXPLAINED}:
            acts.append(Act.WHOLE if position.is_small else Act.SMALL)
        return tuple(acts) if Act.END in acts else (*acts, Act.END)

    def is_on_device_only(self, question: Question) -> bool:
        """Return whether the choice never leaves the device.

        So it is in a small group, and for a benchmark question in a guest lesson (privacy,
        decision 5). What was asked with a round stays so, also when its teacher's account goes.
        """
        is_open = self.open_round is not None and self.open_round.question.id == question.id
        if is_open or self.rounds_done(question):
            return False
        is_guest = self.owner is None
        return self.position.is_small or (is_guest and question.reveal is Reveal.BENCHMARK)

    def overdue_act(self, now: float) -> Act | None:
        """Return what time asks for: the end of a forgotten lesson, or the close of a round."""
        if self.position.phase in {Phase.PREPARED, Phase.ENDED}:
            return None
        if now - self.acted_at > (IDLE_SECONDS if self.rehearsal is None else LONELY_SECONDS):
            return Act.END
        is_alone = now - max(self.acted_at, self.followed_at) > LONELY_SECONDS
        if is_alone and not self.has_been_joined:
            return Act.END
        is_forgotten = self.open_round and now - self.open_round.opened_at > OPEN_SECONDS
        return Act.CLOSE if is_forgotten else None

    def refresh(self, now: float) -> ClassView:
        """Return the present view, made anew after an act or when the device number may move."""
        devices = self.roster.number(now)
        view = self.view
        if view is None or view.version != self.position.version or view.devices != devices:
            # Under the lock no act is half done; looks wait only when there is something new to
            # see.
            with self.lock:
                self.view = view = self._make_view(devices)
        return view

    def _make_view(self, devices: int) -> ClassView:
        position = self.position
        question = self.question
        round_no = 0
        if question is not None:
            done = self.rounds_done(question)
            round_no = self.open_round.key.round_no if self.open_round else done
        return ClassView(
            public_id=self.public_id,
            join_code=self.join_code,
            language=self.choices.language,
            band=self.choices.band,
            first_step=self.choices.first_step,
            module=self.module,
            step=position.step,
            phase=position.phase,
            is_paused=position.is_paused,
            is_small=position.is_small,
            is_almost_closed=position.is_almost_closed,
            met=position.met,
            version=position.version,
            boot=self.boot,
            was_recalled=self.was_recalled,
            was_reopened=self.was_reopened,
            was_interrupted=question is not None and question.id == self.interrupted,
            is_rehearsal=self.rehearsal is not None,
            moment=self.rehearsal.moment if self.rehearsal else None,
            devices=devices,
            shared=position.shared,
            paper=position.paper,
            places=position.places,
            helper=self.helper,
            opened_on=self.opened_on,
            last_day=self.closes_on - dt.timedelta(days=1),
            grade=self.owner.grade if self.owner else None,
            round_no=round_no,
            round_token=self.open_round.token if self.open_round else None,
            results=self._results(question),
            opens_on_device_only=question is not None and self.is_on_device_only(question),
            acts=self.acts(),
        )

    def _way_on(self) -> tuple[Act, ...]:
        question = self.question
        if question is None:
            return (Act.NEXT,)
        may_open = self.may_open(question)
        after_device = None
        if self.is_on_device_only(question):
            after_device = Act.SHOW if question.reveal is Reveal.BENCHMARK else Act.EXPLAIN
        return question_acts(
            self.position.phase,
            may_open=may_open,
            may_vote_again=may_open and self.rounds_done(question) == 1,
            after_device=after_device,
        )

    def _results(self, question: Question | None) -> tuple[RoundResult, ...]:
        if (
            question is None
            or question.reveal is not Reveal.CLASS
            or self.position.phase not in {Phase.SHOWN, Phase.EXPLAINED}
        ):
            return ()
        return results_of(self.releases, question)
