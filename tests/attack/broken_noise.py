"""Builds whose noise is broken on purpose: left out, cut off, too small, drawn again or not at all.

Each patches the running code where the close of a round uses it, and names the attacks that must
catch it. Builds that show too much or too early are in `broken_screens.py`.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

from eduapp.classroom import results, rounds
from eduapp.privacy.noise import noisy_counts
from eduapp.privacy.parameters import COINS, Kind
from eduapp.privacy.results import Scale, class_result
from tests.attack.builds import broken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from eduapp.classroom.rounds import Release
    from eduapp.content.models import Question
    from eduapp.privacy.results import ClassResult

    Bits = Callable[[int], int]
    Noisy = tuple[int, ...]

_releases_of = rounds.releases_of


def _exactly(counts: Sequence[int], _kind: Kind, _random_bits: Bits) -> Noisy:
    return tuple(counts)


@broken(
    "exact-counts",
    "the exact counts are stored",
    "known-others",
    "known-others-of-a-batch",
    "phantom-devices",
    "sums-of-classes",
    "before-and-after",
    "several-lessons",
)
def exact_counts() -> AbstractContextManager[object]:
    """Store what was counted and trust to bands on the screen."""
    return patch.object(rounds, "noisy_counts", _exactly)


@broken("clamped-noise", "noise is cut off at zero", "rare-option-sums")
def clamped_noise() -> AbstractContextManager[object]:
    """Avoid negative numbers, as every first version does."""

    def clamped(counts: Sequence[int], kind: Kind, random_bits: Bits) -> Noisy:
        return tuple(max(0, noisy) for noisy in noisy_counts(counts, kind, random_bits))

    return patch.object(rounds, "noisy_counts", clamped)


@broken("one-sided-noise", "noise is only ever added", "rare-option-sums")
def one_sided_noise() -> AbstractContextManager[object]:
    """Throw coins once instead of twice."""

    def added(counts: Sequence[int], kind: Kind, random_bits: Bits) -> Noisy:
        zeros = noisy_counts([0] * len(counts), kind, random_bits)
        return tuple(count + abs(noise) for count, noise in zip(counts, zeros, strict=True))

    return patch.object(rounds, "noisy_counts", added)


@broken(
    "half-the-noise",
    "opinions get the smaller noise of knowledge questions",
    "stored-noise-fit",
    "known-others-in-full",
)
def half_the_noise() -> AbstractContextManager[object]:
    """Take the wrong number of coins."""
    return patch.dict(COINS, {Kind.OPINION: COINS[Kind.KNOWLEDGE]})


@broken(
    "one-draw-for-all",
    "all options of a round share one draw",
    "stored-noise-fit",
    "known-others-in-full",
)
def one_draw_for_all() -> AbstractContextManager[object]:
    """Draw once for a round, not once for each count: the differences between bars are exact."""

    def shared(counts: Sequence[int], kind: Kind, random_bits: Bits) -> Noisy:
        noise = noisy_counts([0], kind, random_bits)[0]
        return tuple(count + noise for count in counts)

    return patch.object(rounds, "noisy_counts", shared)


@broken(
    "noise-by-question",
    "the noise comes from a seed, so the same question gets the same noise again",
    "with-and-without",
    "stored-noise-fit-in-full",
)
def noise_by_question() -> AbstractContextManager[object]:
    """Make results repeatable, as a test would like them."""

    def seeded(counts: Sequence[int], kind: Kind, _random_bits: Bits) -> Noisy:
        return noisy_counts(counts, kind, random.Random(kind).getrandbits)

    return patch.object(rounds, "noisy_counts", seeded)


@broken(
    "noise-at-read", "exact counts are stored and each look adds noise anew", "noise-drawn-once"
)
def noise_at_read() -> AbstractContextManager[object]:
    """Put noise before the screen instead of before the disk."""

    def shaken(
        noisy: Sequence[int] | None, n: int | None, kind: Kind, scale: Scale | None = None
    ) -> ClassResult:
        anew = None if noisy is None else noisy_counts(noisy, kind, secrets.randbits)
        return class_result(anew, n, kind, scale)

    return patch.object(results, "class_result", shaken)


@broken("noise-after-restart", "a start draws noise again for what it reads", "noise-drawn-once")
def noise_after_restart() -> AbstractContextManager[object]:
    """Shake what comes from the disk, for good measure."""

    def again(
        tx: Session, class_session_id: int, questions: Sequence[Question]
    ) -> dict[tuple[str, int], Release]:
        found = _releases_of(tx, class_session_id, questions)
        return {
            key: replace(release, noisy=noisy_counts(release.noisy, Kind.OPINION, secrets.randbits))
            for key, release in found.items()
            if release.noisy is not None
        }

    return patch.object(rounds, "releases_of", again)
