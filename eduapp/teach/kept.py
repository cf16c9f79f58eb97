"""What is kept of one class, for its desk: the rows as they are in the database, in plain words.

What the desk may see of them is decided in the classroom; here it gets words. Nothing is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from eduapp.classroom.keeping import Fate
from eduapp.privacy.results import Shares, TooFew
from eduapp.teach.current import classroom
from eduapp.teach.holding import held_view
from eduapp.teach.pages import StaffPage
from eduapp.teach.retention import vanishes_words
from eduapp.web.column_words import column_words
from eduapp.web.locale import current_language
from eduapp.web.results import ResultRow, result_rows

if TYPE_CHECKING:
    from eduapp.classroom.keeping import Kept, KeptRound
    from eduapp.content.models import Module


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One column of the lesson's row: what it is for, and what stands in it."""

    name: str
    words: str
    value: str
    is_there: bool
    """False where `value` says why there is nothing to read."""


@dataclass(frozen=True, slots=True)
class RoundOfClass:
    """One row of a question, with its numbers as far as a screen may show them."""

    question: str
    name: str
    words: str
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOfClassPage(StaffPage):
    """Everything that the database keeps of one class session."""

    public_id: str
    module: Module
    vanishes: str
    values: tuple[ValueLine, ...]
    rounds: tuple[RoundOfClass, ...]
    is_rehearsal: bool


def kept(public_id: str) -> str:
    """Show what is kept of this class, to whoever holds its desk."""
    view = held_view(public_id)
    language = current_language()
    found = classroom().kept(public_id)
    page = KeptOfClassPage(
        lang=language,
        public_id=public_id,
        module=view.module,
        vanishes=vanishes_words(view, classroom().today),
        values=_value_lines(found),
        rounds=tuple(_round(each, language) for each in found.rounds),
        is_rehearsal=view.is_rehearsal,
    )
    return render_template("teach/kept.html", page=page)


def _value_lines(found: Kept) -> tuple[ValueLine, ...]:
    lines = [
        _line(name, str(_("empty")) if value is None else str(value), is_there=value is not None)
        for name, value in found.values.items()
    ]
    lines += [
        _line(name, str(_("kept, never shown")), is_there=False) for name in sorted(found.withheld)
    ]
    return tuple(lines)


def _line(name: str, value: str, *, is_there: bool) -> ValueLine:
    return ValueLine(name, column_words("class_session", name), value, is_there)


def _round(each: KeptRound, language: str) -> RoundOfClass:
    is_shown = each.fate is Fate.SHOWN and isinstance(each.result, Shares)
    return RoundOfClass(
        question=each.question.text[language],
        name=_(
            "%(question)s, round %(number)s, text %(version)s",
            question=each.question.id,
            number=each.round_no,
            version=each.revision,
        ),
        words=_fate_words(each),
        rows=result_rows(each.question, each.result, language)
        if is_shown and each.result is not None
        else (),
    )


def _fate_words(each: KeptRound) -> str:
    if isinstance(each.result, TooFew) and each.result.n is not None:
        return ngettext(
            "%(num)s answer: too few for a result. Its numbers are kept, never shown.",
            "%(num)s answers: too few for a result. Their numbers are kept, never shown.",
            each.result.n,
        )
    return {
        Fate.OPEN: _("Open now. Nothing of the answers is kept yet."),
        Fate.VOID: _("Dropped. Nothing of the answers was kept."),
        Fate.NOT_SHOWN: _(
            "Closed. What is kept of it can be seen here once its result has been on the board."
        ),
        Fate.NEVER_SHOWN: _("Closed. The numbers are kept, never shown."),
        Fate.NOTHING: _("Very few answers. Nothing of them was kept."),
        Fate.TOO_FEW: _("Closed. The numbers are kept, never shown."),
        Fate.SHOWN: _(
            "How many answered is kept, and a shaken number for each answer. No screen shows "
            "more of it than this."
        ),
    }[each.fate]
