"""A clock that a test sets while a program runs, as when somebody sets that of a machine.

libfaketime stands between a program and the system; what counts seconds only goes on as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

_SLEEP = """
import select
import time

# libfaketime answers the call behind time.sleep with an error.
time.sleep = lambda seconds: select.select([], [], [], seconds) and None
"""
HOUR, DAY = 60 * 60, 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class SetClock:
    """The clock of the programs that are started as `prepare` says."""

    folder: Path

    def prepare(self) -> dict[str, str]:
        """Write what a program reads, and return what it needs in its environment."""
        self.folder.mkdir()
        (self.folder / "sitecustomize.py").write_text(_SLEEP)
        self.move(0)
        return {
            "PYTHONPATH": str(self.folder),
            "LD_PRELOAD": _library(),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def move(self, seconds: int) -> None:
        """Set the clock so many seconds ahead of, or behind, that of this machine."""
        self._file.write_text(f"{seconds:+d}\n")

    @property
    def _file(self) -> Path:
        return self.folder / "ahead"


def _library() -> str:
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        pytest.fail("libfaketime is missing: install the Debian package `faketime`.")
    return str(found[0])
