"""The parts of the desk for students without a device of their own: seats, and slips to count.

Forms and what a template gets of them; what is typed about slips is never shown again. Source:
privacy, decision 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask_babel import lazy_gettext as _
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from eduapp.privacy.parameters import DECLARED_MAX
from eduapp.teach.current import classroom
from eduapp.web.forms import BaseForm
from eduapp.web.letters import letter
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Question

_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
_NEEDED = InputRequired(_("Write a number; 0 is a number too."))
_IN_RANGE = NumberRange(0, DECLARED_MAX, _("Write a number from 0 to %(most)s.", most=DECLARED_MAX))
_NOT_NEGATIVE = NumberRange(0, None, _("Write a number from 0 on."))


class SeatsForm(BaseForm):
    """How many take part without a device of their own."""

    shared = IntegerField(
        _("Students who share a device"),
        validators=[_NEEDED, _IN_RANGE],
        render_kw=_NUMBER,
    )
    paper = IntegerField(
        _("Students who answer on paper"),
        validators=[_NEEDED, _IN_RANGE],
        render_kw=_NUMBER,
    )


class SlipsForm(BaseForm):
    """How many slips say what; a field for each option is added to it."""


@dataclass(frozen=True, slots=True)
class SeatsPart:
    """The part of the desk about students without a device of their own."""

    form: SeatsForm
    shared: int
    paper: int
    devices_round: int
    """How many devices go round."""
    pass_code: str | None
    """The code that makes the next device go round, while it works."""
    may_change: bool
    """Between questions only: every screen says how many take part before anyone answers."""


@dataclass(frozen=True, slots=True)
class SlipsPart:
    """The part of the desk where the slips of the open question are counted."""

    form: SlipsForm
    round_token: str
    seats: int
    is_counted: bool
    """Counts were typed; they are not shown again."""


def seats_part(view: ClassView, form: SeatsForm | None) -> SeatsPart:
    """Return the part about seats, with the form that was not complete if there is one."""
    return SeatsPart(
        form=form or SeatsForm(data={"shared": view.shared, "paper": view.paper}),
        shared=view.shared,
        paper=view.paper,
        devices_round=classroom().shared_devices(view.public_id),
        pass_code=classroom().pass_code(view.public_id),
        may_change=classroom().may_declare(view.public_id),
    )


def slips_part(view: ClassView, form: SlipsForm | None) -> SlipsPart | None:
    """Return the part where slips are counted, None where no open question has any."""
    if view.round_token is None or view.question is None or view.paper == 0:
        return None
    return SlipsPart(
        form=form or slips_form(view.question),
        round_token=view.round_token,
        seats=view.paper,
        is_counted=classroom().is_paper_counted(view.public_id),
    )


def slips_form(question: Question, typed: MultiDict[str, str] | None = None) -> SlipsForm:
    """Return a form with a field for each option of a question, A first, as it was typed."""
    lang = current_language()
    fields = {
        f"slips_{letter(position)}": IntegerField(
            f"{letter(position)}. {option.text[lang]}",
            validators=[Optional(), _NOT_NEGATIVE],
            render_kw=_NUMBER,
        )
        for position, option in enumerate(question.options)
    }
    return cast("SlipsForm", type("QuestionSlipsForm", (SlipsForm,), fields)(typed))
