"""Builds that show on purpose what they should not: too early, too exactly, by what was answered.

Each patches the running code and names the attacks that must catch it. Builds whose stored numbers
are broken are in `broken_noise.py`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from unittest.mock import patch

from eduapp.classroom import results, rounds
from eduapp.classroom.classroom import Classroom
from eduapp.classroom.live import LiveClass
from eduapp.classroom.rounds import Release
from eduapp.classroom.views import RoundResult
from eduapp.privacy import results as privacy_results
from eduapp.privacy.parameters import SHOW_MIN, Kind
from eduapp.privacy.results import Scale, Share, Shares, TooFew, class_result
from tests.attack.builds import broken
from tests.builders import in_process

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Question
    from eduapp.privacy.results import ClassResult

_seal = rounds.seal
_refresh = LiveClass.refresh
_results = LiveClass._results
_state_document = Classroom.state_document
_BATCH = 5


@broken(
    "bars-while-open",
    "the board shows bars while the class answers",
    "tap-times",
    "tap-times-in-full",
)
def bars_while_open() -> AbstractContextManager[object]:
    """Let bars grow, because a class likes to see that."""

    def bars(self: LiveClass, question: Question | None) -> tuple[RoundResult, ...]:
        if self.open_round is None:
            return _results(self, question)
        counts = list(in_process(self.open_round.urn)._counts)
        whole = sum(counts) or 1
        shares = tuple(Share(100 * count // whole, 100 * count // whole) for count in counts)
        return (RoundResult(1, Shares(sum(counts), Scale.FIVE_BANDS, shares)),)

    def refresh(self: LiveClass, now: float) -> ClassView:
        self.view = None
        return _refresh(self, now)

    return patch.multiple(LiveClass, _results=bars, refresh=refresh)


@broken(
    "counts-in-state",
    "the state document carries the counts while the class answers",
    "tap-times-in-full",
    "lone-late-student",
)
def counts_in_state() -> AbstractContextManager[object]:
    """Send live counts to every device."""
    return _counts_every(1)


@broken("counts-every-five", "counts come in batches of five ballots", "tap-times-in-full")
def counts_every_five() -> AbstractContextManager[object]:
    """Hide single ballots in batches: the teacher knows which five tapped."""
    return _counts_every(_BATCH)


def _counts_every(batch: int) -> AbstractContextManager[object]:
    released: dict[str, list[int]] = {}

    def document(self: Classroom, public_id: str) -> tuple[bytes, str]:
        body, tag = _state_document(self, public_id)
        open_round = self._registry.by_id(public_id).open_round
        counts = list(in_process(open_round.urn)._counts) if open_round else []
        if sum(counts) // batch != sum(released.get(public_id, [])) // batch:
            released[public_id] = counts
        shown = released.get(public_id, [0] * len(counts))
        return json.dumps(json.loads(body) | {"counts": shown}).encode(), tag

    return patch.object(Classroom, "state_document", document)


@broken(
    "hidden-when-unanimous",
    "nothing is stored when all answers are the same",
    "suppression-looks-at-n",
    "unanimity",
)
def hidden_when_unanimous() -> AbstractContextManager[object]:
    """Protect a unanimous class by hiding that it is one, which says so."""

    def seal(counts: Sequence[int], kind: Kind, random_bits: Callable[[int], int]) -> Release:
        n = sum(counts)
        return Release(n, None) if max(counts) == n else _seal(counts, kind, random_bits)

    return patch.object(rounds, "seal", seal)


@broken(
    "small-cells-hidden",
    "a result is hidden when fewer than three chose an option",
    "suppression-looks-at-n",
)
def small_cells_hidden() -> AbstractContextManager[object]:
    """Suppress small cells, as statistics offices do."""

    def hiding(
        noisy: Sequence[int] | None, n: int | None, kind: Kind, scale: Scale | None = None
    ) -> ClassResult:
        if noisy is not None and min(noisy) < 3:
            return TooFew(n, SHOW_MIN[kind])
        return class_result(noisy, n, kind, scale)

    return patch.object(results, "class_result", hiding)


@broken(
    "shown-too-early",
    "opinions of eight students are shown",
    "phantom-minority",
)
def shown_too_early() -> AbstractContextManager[object]:
    """Give small groups a result too."""
    return patch.dict(SHOW_MIN, {Kind.OPINION: SHOW_MIN[Kind.KNOWLEDGE]})


@broken("stored-too-early", "whatever is answered is stored", "suppression-looks-at-n")
def stored_too_early() -> AbstractContextManager[object]:
    """Forget the least number of ballots."""
    return patch.object(rounds, "STORE_MIN", 1)


@broken(
    "no-bands", "screens show percentages", "known-others-screens", "known-others-screens-in-full"
)
def no_bands() -> AbstractContextManager[object]:
    """Show what is stored as exactly as it can be shown."""

    def exact(percentage: float) -> Share:
        return Share(round(percentage), round(percentage))

    return patch.multiple(privacy_results, _fifth=exact, _ten_step=exact)
