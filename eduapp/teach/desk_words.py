"""The sentences of the desk about devices, progress and the zone.

Words for values that the privacy rules already made coarse; nothing is counted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from eduapp.privacy.parameters import SHOW_MIN, ZONE_BOUNDS, Kind
from eduapp.privacy.results import Zone

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView
    from eduapp.privacy.progress import Progress

_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What a group of `low` or more, and fewer than `below`, sees of its answers."""

    low: int
    below: int | None
    one: str
    """With ``{n}`` for how many take part, which moves while the page stands."""
    other: str
    text: str
    is_now: bool


def group_lines(view: ClassView) -> tuple[GroupLine, ...]:
    """Return a line for each size of group; one of them is for as many as take part."""
    quiz, poll = SHOW_MIN[Kind.KNOWLEDGE], SHOW_MIN[Kind.OPINION]
    bounds = ((0, quiz), (quiz, poll), (poll, None))
    words = _mixed_group_words if view.declared else _group_words
    return tuple(
        GroupLine(
            low=low,
            below=below,
            one=words(low, 1),
            other=words(low, 2),
            text=words(low, view.seats).replace("{n}", str(view.seats)),
            is_now=low <= view.seats and (below is None or view.seats < below),
        )
        for low, below in bounds
    )


def small_words(view: ClassView) -> tuple[str, str]:
    """Return what a class is called that sends nothing, and what it does."""
    if view.seats:
        return (
            _("Small group"),
            _("Small group: everyone chooses for themselves, nothing is sent."),
        )
    return (
        _("Only the board"),
        _("Only the board: everyone chooses with a letter card face down, nothing is sent."),
    )


def _group_words(low: int, devices: int) -> str:
    quiz, poll = SHOW_MIN[Kind.KNOWLEDGE], SHOW_MIN[Kind.OPINION]
    if low < quiz:
        return ngettext(
            "{n} device: quiz results from %(quiz)s, poll results from %(poll)s",
            "{n} devices: quiz results from %(quiz)s, poll results from %(poll)s",
            devices,
            quiz=quiz,
            poll=poll,
        )
    if low < poll:
        return ngettext(
            "{n} device: quiz results yes, poll results from %(poll)s",
            "{n} devices: quiz results yes, poll results from %(poll)s",
            devices,
            poll=poll,
        )
    return ngettext(
        "{n} device: quiz results yes, poll results yes",
        "{n} devices: quiz results yes, poll results yes",
        devices,
    )


def _mixed_group_words(low: int, number: int) -> str:
    quiz, poll = SHOW_MIN[Kind.KNOWLEDGE], SHOW_MIN[Kind.OPINION]
    if low < quiz:
        return ngettext(
            "{n} takes part: quiz results from %(quiz)s, poll results from %(poll)s",
            "{n} take part: quiz results from %(quiz)s, poll results from %(poll)s",
            number,
            quiz=quiz,
            poll=poll,
        )
    if low < poll:
        return ngettext(
            "{n} takes part: quiz results yes, poll results from %(poll)s",
            "{n} take part: quiz results yes, poll results from %(poll)s",
            number,
            poll=poll,
        )
    return ngettext(
        "{n} takes part: quiz results yes, poll results yes",
        "{n} take part: quiz results yes, poll results yes",
        number,
    )


def progress_words(progress: Progress) -> str:
    """Return how far an open round is, and whether that is enough for a result."""
    enough = (
        _("Enough for a result.")
        if progress.is_enough
        else _("Not yet enough for a result: that takes %(minimum)s.", minimum=progress.minimum)
    )
    return f"{_answered(progress)} {enough}"


def progress_fraction(progress: Progress) -> float:
    """Return progress from 0 to 1, as coarse as its words."""
    if progress.answered is None:
        return progress.quarters / _QUARTERS
    return round(min(progress.answered / progress.seats, 1.0), 3) if progress.seats else 0.0


def zone_words(zone: Zone) -> tuple[str, str]:
    """Return a zone in words and what usually helps then. Source: privacy 9, `ZONE_BOUNDS`."""
    low, high = ZONE_BOUNDS
    match zone:
        case Zone.LOW:
            return (
                _("Fewer than %(low)s in 100 have it right.", low=low),
                _("Talking together helps little now: show the result and explain why."),
            )
        case Zone.MIDDLE:
            return (
                _("Between %(low)s and %(high)s in 100 have it right.", low=low, high=high),
                _("Now it helps most to talk in pairs and vote again."),
            )
        case Zone.HIGH:
            return (
                _("More than %(high)s in 100 have it right.", high=high),
                _("Most have it: show the result and say why."),
            )


def _answered(progress: Progress) -> str:
    if progress.answered is not None:
        return ngettext(
            "%(answered)s of %(num)s has answered.",
            "%(answered)s of %(num)s have answered.",
            progress.seats,
            answered=progress.answered,
        )
    return (
        _("Less than a quarter has answered."),
        _("A quarter has answered."),
        _("Half has answered."),
        _("Three quarters have answered."),
        _("Everyone has answered."),
    )[progress.quarters]
