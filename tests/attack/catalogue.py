"""Every attack and every build, complete: importing this module fills both lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.attack import (  # noqa: F401 - each enters what it holds
    broken_desk,
    broken_door,
    broken_noise,
    broken_paths,
    broken_schools,
    broken_screens,
    broken_sharing,
    broken_storage,
    codes,
    desk_acts,
    differences,
    disk,
    forensics,
    interference,
    knowledge,
    lengths,
    logs,
    noise,
    once,
    retention,
    schools,
    screens,
    served,
    sharing,
    stuffing,
    suppression,
    timing,
    traces,
)
from tests.attack.attack import ATTACKS, Attack, Verdict
from tests.attack.builds import BUILDS, SOUND, Build

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ATTACKS", "BUILDS", "SOUND", "Attack", "Build", "Verdict", "carry_out"]


def carry_out(attack: Attack, build: Build, folder: Path) -> Verdict:
    """Return how an attack ends on a build; `folder` is empty."""
    with build.patch():
        return attack.run(folder)
