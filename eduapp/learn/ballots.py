"""What a class prints to answer without devices: slips, a tally sheet, letter cards, and a guide.

Letters are those of board and desk. Nothing here knows a class or an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.content.models import QuestionKind, Reveal
from eduapp.privacy.parameters import SHOW_MIN, Kind
from eduapp.web.letters import letter

if TYPE_CHECKING:
    from eduapp.content.models import Module, Question

SLIPS_ON_A_SHEET = 24
"""Three columns of eight: a sheet is enough for most classes."""
SETS_ON_A_SHEET = 6
"""Letter cards of so many students, a row for each."""


@dataclass(frozen=True, slots=True)
class Slips:
    """The slips of one vote: a sheet of them."""

    title: str
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Where the slips of one vote are counted."""

    title: str
    question: str
    lines: tuple[tuple[str, str], ...]
    """Letter and words of each option."""


@dataclass(frozen=True, slots=True)
class BandLink:
    """The same papers for another age band."""

    band: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class BallotsPage:
    """Everything to print for a lesson without devices."""

    audience: str
    title: str
    module: Module
    bands: tuple[BandLink, ...]
    """Empty where every band has the same questions."""
    quiz_minimum: int
    poll_minimum: int
    slips: tuple[Slips, ...]
    tallies: tuple[Tally, ...]
    letters: tuple[str, ...]
    """The letters of the question with most options."""
    slips_on_a_sheet: int = SLIPS_ON_A_SHEET
    sets_on_a_sheet: int = SETS_ON_A_SHEET


def ballots_page(module: Module, language: str, band: str | None) -> BallotsPage:
    """Return the papers of a module for an age band, the youngest where it is none of its bands."""
    chosen = band if band in module.bands else module.bands[0]
    votes = [
        (_vote_title(number, round_no, question), question)
        for number, question in enumerate(module.for_band(chosen).questions, 1)
        if question.reveal is Reveal.CLASS
        for round_no in range(1, question.rounds + 1)
    ]
    return BallotsPage(
        audience="staff",
        title=_("On paper: %(title)s", title=module.title[language]),
        module=module,
        bands=tuple(
            BandLink(each, _for_students(each), each == chosen)
            for each in (module.bands if module.bands_differ else ())
        ),
        quiz_minimum=SHOW_MIN[Kind.KNOWLEDGE],
        poll_minimum=SHOW_MIN[Kind.OPINION],
        slips=tuple(Slips(title, _letters(question)) for title, question in votes),
        tallies=tuple(_tally(title, question, language) for title, question in votes),
        letters=max((_letters(question) for _title, question in votes), key=len, default=()),
    )


def _for_students(band: str) -> str:
    first, _dash, last = band.partition("-")
    return _("For students of %(first)s to %(last)s", first=first, last=last)


def _vote_title(number: int, round_no: int, question: Question) -> str:
    if question.rounds == 1:
        return _("Question %(number)s", number=number)
    if round_no == 1:
        return _("Question %(number)s, first vote", number=number)
    return _("Question %(number)s, second vote", number=number)


def _letters(question: Question) -> tuple[str, ...]:
    return tuple(letter(position) for position, _option in enumerate(question.options))


def _tally(title: str, question: Question, language: str) -> Tally:
    return Tally(
        title=f"{title} · {_('poll') if question.kind is QuestionKind.OPINION else _('quiz')}",
        question=question.text[language],
        lines=tuple(
            (letter(position), option.text[language])
            for position, option in enumerate(question.options)
        ),
    )
