"""The sentences of a device's page in which a number stands, and those that a number chooses.

Words for numbers that every device may see: how many take part, from how many answers a result is
shown. Nothing here knows an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from eduapp.privacy.parameters import SHOW_MIN, Kind

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView
    from eduapp.privacy.results import TooFew

_PLURAL_SAMPLES = 200
"""Numbers looked through for one of each plural form."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What a group sees of its answers, and for how many that holds."""

    words: str
    first: int
    until: int | None
    """How many take part from which it holds no longer; None is never."""
    is_now: bool


def seats_words(view: ClassView) -> str:
    """Return how many take part."""
    return _seats(view, view.seats, str(view.seats))


def seats_forms(view: ClassView) -> dict[str, str]:
    """Return that sentence in every plural form of the language, keyed by its CLDR name.

    `{n}` stands where the number goes.
    """
    locale = get_locale()
    if locale is None:
        return {}
    words = {
        locale.plural_form(number): _seats(view, number, "{n}")
        for number in range(_PLURAL_SAMPLES, -1, -1)
    }
    return {"other": _seats(view, _PLURAL_SAMPLES, "{n}"), **words}


def group_lines(seats: int) -> tuple[GroupLine, ...]:
    """Return what groups of growing size see of their answers; one of the lines holds now."""
    quiz, poll = SHOW_MIN[Kind.KNOWLEDGE], SHOW_MIN[Kind.OPINION]
    few = _(
        "In a group of this size you see no results yet. A quiz shows one from %(quiz)s answers, "
        "a poll from %(poll)s.",
        quiz=quiz,
        poll=poll,
    )
    some = _(
        "In a group of this size you see the results of the quiz. A poll shows a result from "
        "%(poll)s answers.",
        poll=poll,
    )
    every = _("In a group of this size you see the results of the quiz and of the polls.")
    lines = ((str(few), 0, quiz), (str(some), quiz, poll), (str(every), poll, None))
    return tuple(
        GroupLine(words, first, until, first <= seats and (until is None or seats < until))
        for words, first, until in lines
    )


def too_few_words(few: TooFew) -> str:
    """Return that there are too few answers for a result, and why that is no harm."""
    rest = {"minimum": few.minimum}
    if few.n is None:
        words = _(
            "Very few answers. We show a result from %(minimum)s. That way nobody can guess who "
            "chose what. Nobody did anything wrong. Talk about it together now.",
            **rest,
        )
    else:
        words = ngettext(
            "%(num)s answer. We show a result from %(minimum)s. That way nobody can guess who "
            "chose what. Nobody did anything wrong. Talk about it together now.",
            "%(num)s answers. We show a result from %(minimum)s. That way nobody can guess who "
            "chose what. Nobody did anything wrong. Talk about it together now.",
            few.n,
            **rest,
        )
    return str(words)


def _seats(view: ClassView, number: int, shown: str) -> str:
    if view.declared:
        words = ngettext(
            "%(count)s takes part in this class",
            "%(count)s take part in this class",
            number,
            count=shown,
        )
        return str(words)
    words = ngettext(
        "%(count)s device in this class", "%(count)s devices in this class", number, count=shown
    )
    return str(words)
