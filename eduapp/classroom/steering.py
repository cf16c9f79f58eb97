"""What an act of the teacher changes: the row and the round on disk, then roster, urn and position.

Whether an act may happen now is asked before (`LiveClass.acts`); nothing here decides that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from eduapp.classroom import class_sessions, publishing, rounds, school_sums
from eduapp.classroom.live import LiveClass, OpenRound
from eduapp.classroom.phases import Act, Phase

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eduapp.classroom.memory import Memory
    from eduapp.classroom.positions import Position
    from eduapp.classroom.rounds import Release
    from eduapp.sources import Chance, Clock


class Steering:
    """Carries out acts on class sessions."""

    def __init__(self, clock: Clock, chance: Chance, memory: Memory) -> None:
        """Draw noise from `chance`; open urns in `memory`."""
        self._clock = clock
        self._chance = chance
        self._memory = memory

    def make_room(self, live: LiveClass, places: int) -> None:
        """Write how many devices are admitted at most, then let the roster know."""
        target = replace(live.position, places=places)
        with live.database.transaction() as tx:
            class_sessions.move(tx, live.row_id, live.choices, live.position, target)
        live.roster.places = places
        live.position = target
        live.view = None

    def renew(self, live: LiveClass) -> None:
        """Let every screen look again, at what no act changed."""
        target = replace(live.position, version=live.position.version + 1)
        with live.database.transaction() as tx:
            class_sessions.move(tx, live.row_id, live.choices, live.position, target)
        live.position = target

    def declare(self, live: LiveClass, shared: int, paper: int) -> None:
        """Write how many take part without a device of their own, then let every screen know."""
        position = live.position
        target = replace(position, shared=shared, paper=paper, version=position.version + 1)
        with live.database.transaction() as tx:
            class_sessions.move(tx, live.row_id, live.choices, live.position, target)
        live.position = target
        live.acted_at = self._clock.monotonic()

    def carry_out(self, live: LiveClass, act: Act, step: int | None = None) -> None:
        """Change row, memory and view for one act; the caller holds the lock.

        `step` is where `GOTO` leads.
        """
        open_round = live.open_round
        target = _target(live, act, step)
        question = live.question
        opened: OpenRound | None = None
        released: Release | None = None
        with live.database.transaction() as tx:
            if act is Act.OPEN and question is not None and not live.is_on_device_only(question):
                opened = self._new_round(live)
                rounds.open_round(tx, opened.key, live.module.revision)
            if open_round is not None and act is Act.CLOSE:
                released = self._release(open_round)
                rounds.close_round(tx, open_round.key, open_round.question, released)
            if open_round is not None and act in _DROPPING:
                rounds.void_round(tx, open_round.key)
            class_sessions.move(tx, live.row_id, live.choices, live.position, target)
            if act is Act.END:
                self._enter_sums(tx, live)
        self._settle(live, act, opened, released)
        live.position = target
        if act not in _STAYING:
            live.interrupted = None
        live.acted_at = self._clock.monotonic()

    def _settle(
        self, live: LiveClass, act: Act, opened: OpenRound | None, released: Release | None
    ) -> None:
        """Bring memory to what was just written."""
        open_round = live.open_round
        if opened is not None:
            live.open_round = opened
            if opened.is_frozen:
                live.roster.freeze()
        elif open_round is not None and (act is Act.CLOSE or act in _DROPPING):
            key = open_round.key
            if released is not None:
                live.releases[key.question_id, key.round_no] = released
            open_round.urn.discard()
            live.open_round = None
            live.roster.thaw()
        if act in {Act.END, Act.REOPEN}:
            live.roster.clear()
        if act is Act.REOPEN:
            live.was_reopened = True
            live.was_recalled = False
            if live.rehearsal is not None:
                live.rehearsal.door_at = self._clock.monotonic()

    def _release(self, open_round: OpenRound) -> Release:
        """Return what a round leaves behind: drawn once, whoever asks again."""
        kind = rounds.kind_of(open_round.question)
        return open_round.urn.seal(
            lambda counts: rounds.seal(counts, kind, self._chance.random_bits)
        )

    def _enter_sums(self, tx: Session, live: LiveClass) -> None:
        """Add what the class released to the sums of its school.

        A guest lesson has none; one that stopped in the lobby was no lesson.
        """
        if live.owner is None or live.opened_on is None or not live.position.step:
            return
        lesson = school_sums.Lesson(live.owner, live.module, live.opened_on, live.releases)
        today = self._clock.today()
        publishing.publish(tx, today)
        school_sums.enter(tx, lesson, today)

    def _new_round(self, live: LiveClass) -> OpenRound:
        question = live.question
        if question is None:  # pragma: no cover - acts() offers no OPEN without a question
            raise ValueError
        token, urn, turns = self._memory.open_urn(live, len(question.options))
        return OpenRound(
            key=rounds.RoundKey(live.row_id, question.id, live.rounds_done(question) + 1),
            question=question,
            token=token,
            urn=urn,
            turns=turns,
            opened_at=self._clock.monotonic(),
        )


_PHASE_AFTER = {
    Act.OPEN: Phase.OPEN,
    Act.CLOSE: Phase.CLOSED,
    Act.DISCUSS: Phase.DISCUSS,
    Act.SHOW: Phase.SHOWN,
    Act.EXPLAIN: Phase.EXPLAINED,
    Act.WRAP_UP: Phase.WRAP_UP,
    Act.END: Phase.ENDED,
}
_PAUSED_AFTER = {Act.PAUSE: True, Act.RESUME: False, Act.WRAP_UP: False, Act.END: False}
_SMALL_AFTER = {Act.SMALL: True, Act.WHOLE: False}
_STAYING = frozenset({Act.PAUSE, Act.RESUME, Act.SMALL, Act.WHOLE, Act.ALMOST, Act.REOPEN})
"""Acts after which the class is where it was."""
_MOVING = frozenset({Act.NEXT, Act.BACK, Act.GOTO})
_DROPPING = frozenset({Act.VOID, Act.WRAP_UP, Act.END})
"""Acts that drop an open round: its urn is emptied and nothing of it is kept."""


def _target(live: LiveClass, act: Act, step: int | None) -> Position:
    """Return where an act leads from where the class session stands."""
    position = live.position
    on = replace(
        position,
        version=position.version + 1,
        is_paused=_PAUSED_AFTER.get(act, position.is_paused),
        is_small=_SMALL_AFTER.get(act, position.is_small),
        is_almost_closed=act is Act.ALMOST or (position.is_almost_closed and act in _STAYING),
    )
    if act in _STAYING:
        return on
    if act in _MOVING:
        return _entering(live, on, _step_after(live, act, step))
    if act is Act.VOID:
        question = live.question
        again = question is not None and live.rounds_done(question) > 0
        return replace(on, phase=Phase.DISCUSS if again else Phase.READY)
    shown = position.shown | {position.step} if act is Act.SHOW else position.shown
    return replace(on, phase=_PHASE_AFTER[act], shown=shown)


def _step_after(live: LiveClass, act: Act, step: int | None) -> int:
    position = live.position
    if act is Act.GOTO and step is not None:
        return step
    if act is Act.BACK:
        # Back from wrapping up is back to where the class was.
        return position.step if position.phase is Phase.WRAP_UP else position.step - 1
    return position.step + 1 if position.step else live.choices.first_step


def _entering(live: LiveClass, position: Position, step: int) -> Position:
    """Return the position on entering a step: a question closed earlier is closed, not shown."""
    question = live.module.activities[step - 1].question if step else None
    is_closed = question is not None and live.rounds_done(question) > 0
    met = position.met | {step} if step else position.met
    return replace(position, step=step, phase=Phase.CLOSED if is_closed else Phase.READY, met=met)
