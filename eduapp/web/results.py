"""A class result in words: what board and devices show of it.

Bands are words first and the fraction small (product, words on screen). Numbers come from
`eduapp.privacy` only, and nothing here makes them finer.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.privacy.results import Scale, TooFew

if TYPE_CHECKING:
    from eduapp.content.models import Question
    from eduapp.privacy.results import ClassResult, Share

WEAVES = ("stripes", "dots", "checks", "grid", "herringbone", "ripple", "crosses")
"""Seven weaves that differ in pattern, not only in colour, in the order of the options."""

BAND = 20
"""Width in percent of one of the five bands."""
WORD_BOUNDS = (15, 35, 65, 85)
"""Middles of shares between which the words change."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One option of a result: cloth is solid up to `lower` percent and frayed up to `upper`."""

    text: str
    weave: str
    lower: int
    upper: int
    words: str
    fraction: str
    is_right: bool


def weave_of(index: int) -> str:
    """Return the weave of the option at a position in content order."""
    return WEAVES[index % len(WEAVES)]


def result_rows(
    question: Question, result: ClassResult, language: str, *, show_right: bool = False
) -> tuple[ResultRow, ...]:
    """Return the rows of a result in content order; none with too few ballots.

    The right option is marked only with `show_right`: showing and explaining are two acts.
    """
    if isinstance(result, TooFew):
        return ()
    return tuple(
        ResultRow(
            text=option.text[language],
            weave=weave_of(index),
            lower=share.low,
            upper=share.high,
            words=_words(share),
            fraction=_fraction(share, result.scale),
            is_right=show_right and option.id == question.right,
        )
        for index, (option, share) in enumerate(zip(question.options, result.shares, strict=True))
    )


def _words(share: Share) -> str:
    words = (
        _("few or nobody"),
        _("a part"),
        _("about half"),
        _("most"),
        _("almost everybody, maybe everybody"),
    )
    middle = (share.low + share.high) // 2
    # Steps of ten overlap by ten on each side, so 40 and 60 both read as about half.
    return words[bisect(WORD_BOUNDS, middle)]


def _fraction(share: Share, scale: Scale) -> str:
    if scale is Scale.FIVE_BANDS:
        fractions = (
            _("fewer than 1 in 5"),
            _("1 to 2 in 5"),
            _("2 to 3 in 5"),
            _("3 to 4 in 5"),
            _("more than 4 in 5"),
        )
        return fractions[share.low // BAND]
    if share.low == 0:
        return _("at most 1 in 10")
    if share.high == 100:  # noqa: PLR2004 - everybody
        return _("at least 9 in 10")
    return _("about %(part)s in 10", part=(share.low + share.high) // 20)
