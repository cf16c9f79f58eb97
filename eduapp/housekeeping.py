"""What time asks for, also when nobody visits: forgotten rounds, expired rows, dated facts.

A thread of its own in every process. Where several share one memory, one of them does what is there
once and each does what is in its own memory.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from typing import TYPE_CHECKING

from eduapp.accounts import plans, schools

if TYPE_CHECKING:
    from collections.abc import Callable

    from eduapp.classroom.classroom import Classroom
    from eduapp.classroom.memory import Memory
    from eduapp.db import Database
    from eduapp.sources import Clock

SECONDS = 60.0
STALE_SECONDS = 3 * SECONDS
"""After so long without a round that went well, the process says that it is not ready."""
logger = logging.getLogger(__name__)


class Housekeeper:
    """Keeps house every minute, and knows whether it went well."""

    def __init__(
        self, classroom: Classroom, database: Database, memory: Memory, clock: Clock
    ) -> None:
        """Have everything in order: a start leaves it so."""
        self._classroom = classroom
        self._database = database
        self._memory = memory
        self._clock = clock
        self._well_at = clock.monotonic()
        self.then: list[Callable[[], object]] = []
        """What else is done at the end of a round."""

    def is_well(self) -> bool:
        """Return whether a round went well lately, database included, and the memory answers.

        For the endpoint that says so: it asks no database.
        """
        is_recent = self._clock.monotonic() - self._well_at < STALE_SECONDS
        return is_recent and self._memory.answers()

    def start(self) -> None:
        """Keep house until the process ends."""
        threading.Thread(target=self._keep, name="housekeeping", daemon=True).start()

    def keep_once(self) -> None:
        """Do one round; what goes wrong is said and tried again in the next."""
        try:
            self._round()
        except Exception as error:  # noqa: BLE001 - whatever it is, the next round tries again
            logger.error("%s in housekeeping", type(error).__name__)  # noqa: TRY400
        else:
            self._well_at = self._clock.monotonic()

    def _keep(self) -> None:
        pause = threading.Event()
        while not pause.wait(SECONDS):
            self.keep_once()

    def _round(self) -> None:
        if not self._database.hold(alone=not self._memory.is_shared):
            logger.error("Another process runs on this database now; this one stops.")
            os.kill(os.getpid(), signal.SIGTERM)
            return
        if self._memory.takes_turn("housekeeping", int(SECONDS * 0.9)):
            self._classroom.tend()
            with self._database.transaction() as tx:
                schools.purge(tx, self._clock.today())
                plans.purge(tx, self._clock.today())
        else:
            self._classroom.tend_here()
        self._database.look_again()
        for each in self.then:
            each()
