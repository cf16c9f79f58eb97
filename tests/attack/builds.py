"""Builds of the site that are broken on purpose, and the attack that must catch each.

A build patches the running code for as long as its context lasts; nothing on disk changes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

Patch = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Build:
    """A build that an attack is carried out on."""

    name: str
    breaks: str
    """What is broken, in one sentence."""
    caught_by: tuple[str, ...]
    """The attacks that must not hold on it."""
    patch: Patch


SOUND = Build("sound", "nothing: the site as it is", (), nullcontext)
BUILDS: dict[str, Build] = {SOUND.name: SOUND}


def broken(name: str, breaks: str, *caught_by: str) -> Callable[[Patch], Patch]:
    """Enter a patch into the list of builds."""

    def enter(patch: Patch) -> Patch:
        BUILDS[name] = Build(name, breaks, caught_by, patch)
        return patch

    return enter
