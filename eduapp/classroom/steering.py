"""What an act of the teacher changes: the row and the round on disk, then roster, urn and position.

Whether an act may happen now is asked before (`LiveClass.acts`); nothing here decides that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from eduapp.classroom import class_sessions, rounds
from eduapp.classroom.live import LiveClass, OpenRound, Position, is_on_device_only
from eduapp.classroom.phases import Act, Phase
from eduapp.classroom.urn import Urn
from eduapp.content.models import QuestionKind

if TYPE_CHECKING:
    from eduapp.classroom.sources import Chance, Clock
    from eduapp.db import Database


class Steering:
    """Carries out acts on class sessions."""

    def __init__(self, database: Database, clock: Clock, chance: Chance) -> None:
        """Write to `database`; draw noise and tokens from `chance`."""
        self._database = database
        self._clock = clock
        self._chance = chance

    def make_room(self, live: LiveClass, places: int) -> None:
        """Write how many devices are admitted at most, then let the roster know."""
        target = replace(live.position, places=places)
        with self._database.transaction() as tx:
            class_sessions.move(tx, live.row_id, live.language, target)
        live.roster.places = places
        live.position = target
        live.view = None

    def carry_out(self, live: LiveClass, act: Act) -> None:
        """Change row, memory and view for one act; the caller holds the lock."""
        open_round = live.open_round
        target = _target(live, act)
        question = live.question
        opened: OpenRound | None = None
        with self._database.transaction() as tx:
            if act is Act.OPEN and question is not None and not is_on_device_only(question):
                opened = self._new_round(live)
                rounds.open_round(tx, opened.key, live.module.revision)
            if open_round is not None and act is Act.CLOSE:
                kind = rounds.kind_of(open_round.question)
                if open_round.sealed is None:
                    open_round.sealed = rounds.seal(
                        open_round.urn.empty(), kind, self._chance.random_bits
                    )
                rounds.close_round(tx, open_round.key, open_round.question, open_round.sealed)
            if open_round is not None and act in {Act.VOID, Act.END}:
                rounds.void_round(tx, open_round.key)
            class_sessions.move(tx, live.row_id, live.language, target)
        self._settle(live, act, opened)
        if act is Act.SHOW and question is not None:
            live.shown.add(question.id)
        live.position = target
        live.acted_at = self._clock.monotonic()

    def _settle(self, live: LiveClass, act: Act, opened: OpenRound | None) -> None:
        """Bring memory to what was just written."""
        open_round = live.open_round
        if opened is not None:
            live.open_round = opened
            if opened.question.kind is QuestionKind.OPINION:
                live.roster.freeze()
        elif open_round is not None and act in {Act.CLOSE, Act.VOID, Act.END}:
            key = open_round.key
            if act is Act.CLOSE and open_round.sealed is not None:
                live.releases[key.question_id, key.round_no] = open_round.sealed
            elif open_round.sealed is None:
                open_round.urn.empty()
            live.open_round = None
            live.roster.thaw()
        if act is Act.END:
            live.roster.clear()

    def _new_round(self, live: LiveClass) -> OpenRound:
        question = live.question
        if question is None:  # pragma: no cover - acts() offers no OPEN without a question
            raise ValueError
        return OpenRound(
            key=rounds.RoundKey(live.row_id, question.id, live.rounds_done(question) + 1),
            question=question,
            token=self._chance.random_bytes(4).hex(),
            urn=Urn(self._chance.random_bytes(16), len(question.options)),
            opened_at=self._clock.monotonic(),
        )


_PHASE_AFTER = {
    Act.OPEN: Phase.OPEN,
    Act.CLOSE: Phase.CLOSED,
    Act.DISCUSS: Phase.DISCUSS,
    Act.SHOW: Phase.SHOWN,
    Act.EXPLAIN: Phase.EXPLAINED,
    Act.END: Phase.ENDED,
}


def _target(live: LiveClass, act: Act) -> Position:
    """Return where an act leads from where the class session stands."""
    position = live.position
    on = replace(position, version=position.version + 1)
    match act:
        case Act.NEXT:
            return _entering(live, on, position.step + 1)
        case Act.BACK:
            return _entering(live, on, position.step - 1)
        case Act.PAUSE | Act.RESUME:
            return replace(on, is_paused=act is Act.PAUSE)
        case Act.VOID:
            question = live.question
            again = question is not None and live.rounds_done(question) > 0
            return replace(on, phase=Phase.DISCUSS if again else Phase.READY)
        case Act.END:
            return replace(on, phase=Phase.ENDED, is_paused=False)
        case _:
            return replace(on, phase=_PHASE_AFTER[act])


def _entering(live: LiveClass, position: Position, step: int) -> Position:
    """Return the position on entering a step: a question closed earlier is closed, not shown."""
    question = live.module.activities[step - 1].question if step else None
    is_closed = question is not None and live.rounds_done(question) > 0
    return replace(position, step=step, phase=Phase.CLOSED if is_closed else Phase.READY)
