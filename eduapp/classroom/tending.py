"""Keeping class sessions in order: forgotten rounds, forgotten lessons, and what has expired.

What a teacher or a student does is elsewhere; this happens by the clock alone.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from eduapp.classroom import class_sessions, publishing
from eduapp.classroom.phases import Act, Phase
from eduapp.classroom.registry import UnknownClassSession
from eduapp.classroom.starting import Starting
from eduapp.privacy.parameters import LONELY_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eduapp.classroom.live import LiveClass


class Tending(Starting):
    """Finds class sessions, each brought to what the clock says first."""

    def purge(self) -> None:
        """Remove class sessions that have expired, from memory and from the database.

        What a school keeps of its lessons is tended here too.
        """
        today = self._clock.today()
        failures: list[Exception] = []
        with self._lock:
            for live in self._everyone(failures):
                if live.owner is not None and live.closes_on <= today < live.delete_on:
                    with _on_its_own(failures):
                        self._close(live)
            self._registry.drop_expired()
            with self._database.transaction() as tx:
                purged = class_sessions.purge(tx, today)
                opinions = class_sessions.purge_opinions(tx, today, self._find_module)
                publishing.publish(tx, today)
            if purged.class_sessions or opinions or self._must_forget:
                self._must_forget = not self._database.forget_log()
        if failures:
            raise failures[0]

    def tend(self) -> None:
        """Close forgotten rounds, end forgotten lessons and remove what expired, in every class.

        For a housekeeper to call now and then: it must not take a visitor to empty an urn. A class
        that fails keeps no other from its turn; the first failure is raised at the end.
        """
        failures: list[Exception] = []
        for live in self._everyone(failures):
            if live.rehearsal is None:
                with _on_its_own(failures):
                    self._tended(live)
        with _on_its_own(failures):
            self.purge()
        self.tend_here()
        if failures:
            raise failures[0]

    def tend_here(self) -> None:
        """Forget rehearsals that are over and what expired, in the memory of this process."""
        now = self._clock.monotonic()
        for live in self._registry.all():
            if live.rehearsal is None:
                continue
            is_gone = False
            try:
                self._tended(live)
            except UnknownClassSession:
                # Another process was first.
                is_gone = True
            is_over = live.position.phase is Phase.ENDED and now - live.acted_at > LONELY_SECONDS
            if is_gone or is_over:
                self._registry.drop(live)
                self._memory.forget(live)
                with live.database.transaction() as tx:
                    class_sessions.forget(tx, live.row_id)
        self._registry.drop_expired()

    def _close(self, live: LiveClass) -> None:
        """End a lesson that counts for a school, and let only its row stay."""
        with self._memory.holding(live):
            if live.position.phase not in {Phase.PREPARED, Phase.ENDED}:
                self._steering.carry_out(live, Act.END)
            with live.database.transaction() as tx:
                class_sessions.close(tx, live.row_id)

    def _everyone(self, failures: list[Exception]) -> list[LiveClass]:
        """Return every class session that a screen may show, whichever process made it.

        How it failed for those that could not be found is added to `failures`.
        """
        if self._memory.is_shared:
            shown = self._fetch_shown(failures)
            for live in self._registry.all():
                if live.rehearsal is None and live.public_id not in shown:
                    self._registry.drop(live)
        return self._registry.all()

    def _of_teacher(self, teacher_id: int) -> list[LiveClass]:
        """Return every class session of a teacher that a screen may show."""
        failures: list[Exception] = []
        if self._memory.is_shared:
            self._fetch_shown(failures, teacher_id)
        if failures:
            raise failures[0]
        everyone = self._registry.all()
        return [each for each in everyone if each.owner and each.owner.teacher_id == teacher_id]

    def _fetch_shown(self, failures: list[Exception], teacher_id: int | None = None) -> set[str]:
        """Find what a screen may show and other processes made; return the public ids of all."""
        with self._database.reading() as tx:
            shown = class_sessions.on_screen(tx, teacher_id)
        for public_id in shown:
            if self._registry.here(public_id) is None:
                with _on_its_own(failures):
                    self._fetch("public_id", public_id)
        return shown

    def _live(self, public_id: str) -> LiveClass:
        return self._tended(self._registry.by_id(public_id))

    def _tended(self, live: LiveClass, *, follows: bool = False) -> LiveClass:
        """Close a forgotten round, end a forgotten lesson, let imaginary students go on."""
        self._memory.look(live, self._clock.monotonic(), follows=follows)
        if live.rehearsal is not None:
            with live.lock:
                live.rehearsal.play(live, self._clock.monotonic())
        if live.overdue_act(self._clock.monotonic()) is not None:
            # A write that fails is tried again at the next look; this one is answered all the same.
            with contextlib.suppress(SQLAlchemyError), self._memory.holding(live):
                act = live.overdue_act(self._clock.monotonic())
                if act is not None:
                    self._steering.carry_out(live, act)
                    live.was_left = act is Act.END and not live.has_been_joined
        return live


@contextlib.contextmanager
def _on_its_own(failures: list[Exception]) -> Iterator[None]:
    """Do something for one class session; how it failed is kept, so that the next has its turn."""
    try:
        yield
    except UnknownClassSession:
        # Another process removed it meanwhile.
        pass
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the trouble of one class
        failures.append(error)
