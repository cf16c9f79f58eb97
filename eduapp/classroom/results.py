"""What the screens of a class may show of the releases of one question.

The one way from releases to a page: bands only, both rounds of a question on one scale. Whether
they may be shown already is not decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.classroom.rounds import kind_of
from eduapp.classroom.views import RoundResult
from eduapp.privacy.results import Scale, Shares, class_result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eduapp.classroom.rounds import Release
    from eduapp.content.models import Question


def results_of(
    releases: Mapping[tuple[str, int], Release], question: Question
) -> tuple[RoundResult, ...]:
    """Return the result of each closed round of a question, the first round first."""
    kind = kind_of(question)
    rounds = sorted(
        (number, release)
        for (question_id, number), release in releases.items()
        if question_id == question.id
    )
    results = [class_result(release.noisy, release.n, kind) for _, release in rounds]
    scales = {result.scale for result in results if isinstance(result, Shares)}
    if len(scales) > 1:
        # Two rounds side by side stand on one scale, the coarser one.
        results = [
            class_result(release.noisy, release.n, kind, Scale.FIVE_BANDS) for _, release in rounds
        ]
    return tuple(
        RoundResult(number, result) for (number, _), result in zip(rounds, results, strict=True)
    )
