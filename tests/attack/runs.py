"""One attack on one build, as a process of its own carries it out.

Not in `__main__.py`: a process that is started anew cannot import what stands there.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.attack.catalogue import ATTACKS, BUILDS, SOUND, Verdict, carry_out


@dataclass(frozen=True, slots=True)
class Run:
    """One attack on one build, and how it ended."""

    attack: str
    build: str
    verdict: Verdict
    seconds: float

    @property
    def is_as_expected(self) -> bool:
        """Whether the site withstood, or the attack caught a broken build."""
        return self.verdict.holds is (self.build == SOUND.name)


def run_one(name: str, build: str) -> Run:
    """Carry out one attack on one build, in a folder of its own."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            verdict = carry_out(ATTACKS[name], BUILDS[build], Path(folder))
        except Exception as error:  # noqa: BLE001 - one that breaks off proves nothing either way
            told = f"broke off: {type(error).__name__}: {error}"
            verdict = Verdict(build != SOUND.name, told, "an attack has to end")
    return Run(name, build, verdict, time.monotonic() - started)
