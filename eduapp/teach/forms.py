"""The forms of the gate, the prepared lesson, the lesson key and the desk.

They read and check what was typed, and keep it; nothing is started or steered here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from wtforms import (  # type: ignore[attr-defined]  # the stubs are older than SelectChoice
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import AnyOf, InputRequired, Length

from eduapp.classroom.phases import Act
from eduapp.web.forms import BaseForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eduapp.content.models import Module

_HELPER_LENGTH = 80
_BETWEEN = ", "
_DIGITS = 9


class GoingOn(StrEnum):
    """The teacher's answer to whether anything is going on in the class."""

    NO = "no"
    UNSURE = "unsure"
    YES = "yes"


class Go(StrEnum):
    """The two ways out of the gate."""

    NOW = "now"
    LATER = "later"


class Back(StrEnum):
    """The screen an act was made on."""

    DESK = "desk"
    BOARD = "board"


def _trimmed(typed: str | None) -> str:
    return " ".join((typed or "").split())


def _step(chosen: str | int) -> int:
    return read_number(str(chosen)) or 0


class HelperForm(BaseForm):
    """Who students can go to at the school."""

    helper_name = StringField(
        _("Name"),
        filters=[_trimmed],
        validators=[
            InputRequired(_("Write who students can go to at your school.")),
            Length(max=_HELPER_LENGTH, message=_("Write the name in at most 80 characters.")),
        ],
    )
    helper_place = StringField(
        _("Place"),
        filters=[_trimmed],
        validators=[
            InputRequired(_("Write where students find this person.")),
            Length(max=_HELPER_LENGTH, message=_("Write the place in at most 80 characters.")),
        ],
    )

    @property
    def helper(self) -> str | None:
        """Return the helper as students see it: name and place; None while nothing is filled in."""
        parts = (self.helper_name.data, self.helper_place.data)
        return _BETWEEN.join(part for part in parts if part) or None


class FirstStepForm(HelperForm):
    """The helper, and the step that a prepared lesson starts at."""

    first_step = SelectField(_("Start at step"), coerce=_step, default=1)

    def offer(self, module: Module, language: str) -> None:
        """Let the teacher choose between the steps of a module, as its band has them."""
        self.first_step.choices = [
            SelectChoice(number, f"{number}. {activity.title[language]}")
            for number, activity in enumerate(module.activities, 1)
        ]

    def hold(self, helper: str | None, first_step: int) -> None:
        """Fill in what was said before; name and place part where they were put together."""
        name, _between, place = (helper or "").partition(_BETWEEN)
        self.helper_name.data, self.helper_place.data = name, place
        self.first_step.data = first_step


class GoingOnForm(BaseForm):
    """Whether anything is going on in the class."""

    going_on = RadioField(
        _("Is anything going on in this class now?"),
        choices=[
            SelectChoice(GoingOn.NO.value, _("No")),
            SelectChoice(GoingOn.UNSURE.value, _("I'm not sure")),
            SelectChoice(GoingOn.YES.value, _("Yes")),
        ],
        validators=[
            InputRequired(_("Say whether anything is going on in this class.")),
            AnyOf(list(GoingOn), _("Say whether anything is going on in this class.")),
        ],
        validate_choice=False,
    )

    @property
    def answer(self) -> GoingOn | None:
        """Return what the teacher says is going on, None where that was not said."""
        said = self.going_on.data
        return GoingOn(said) if said in set(GoingOn) else None


class GateForm(HelperForm, GoingOnForm):
    """The points of the gate that are filled in before a lesson starts."""


class GradeForm(BaseForm):
    """The grade of a class whose lesson counts for a school: all that is said of a class."""

    grade = RadioField(
        _("Which grade is this class in?"),
        choices=[
            SelectChoice("1", _("First grade")),
            SelectChoice("2", _("Second grade")),
            SelectChoice("3", _("Third grade")),
        ],
        validators=[InputRequired(_("Choose the grade of this class."))],
    )


class OwnGateForm(GateForm, GradeForm):
    """The points of the gate for somebody with an account."""


class OwnFirstStepForm(FirstStepForm, GradeForm):
    """What is asked of somebody with an account who prepares a lesson."""


class KeyForm(BaseForm):
    """The lesson key that opens the desk on this device."""

    lesson_key = StringField(
        _("Lesson key"),
        validators=[InputRequired(_("Write the twelve letters of the lesson key."))],
        # A computer of the school is used by others too.
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


ROOM = "room"
"""What the desk sends to make room for more devices; not an act of the lesson itself."""


@dataclass(frozen=True, slots=True)
class ActOrder:
    """One act as a screen sent it."""

    act: Act | None
    """None to make room for `places` devices."""
    places: int
    step: int | None
    """Where to go; only with `Act.GOTO`."""
    version: int
    is_sure: bool
    back: Back
    is_own_screen: bool


def read_act(form: Mapping[str, str]) -> ActOrder | None:
    """Return the act in a posted form, None where it is not one that our pages send."""
    act, back = form.get("act", ""), form.get("back", Back.DESK)
    version, places = read_number(form.get("version")), read_number(form.get("places", "0"))
    step = read_number(form.get("step")) if act == Act.GOTO else None
    if act not in {*Act, ROOM} or back not in set(Back) or version is None or places is None:
        return None
    if act == Act.GOTO and step is None:
        return None
    return ActOrder(
        act=None if act == ROOM else Act(act),
        places=places,
        step=step,
        version=version,
        is_sure=form.get("sure") == "1",
        back=Back(back),
        is_own_screen=form.get("own") == "1",
    )


def read_number(typed: str | None) -> int | None:
    """Return a number of at most nine digits in a posted form, None where it is none."""
    if not typed or not typed.isascii() or not typed.isdecimal() or len(typed) > _DIGITS:
        return None
    return int(typed)
