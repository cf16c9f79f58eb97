"""The forms of the gate, the lesson key and the desk.

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
    StringField,
)
from wtforms.validators import InputRequired, Length

from eduapp.classroom.phases import Act
from eduapp.web.forms import BaseForm

if TYPE_CHECKING:
    from collections.abc import Mapping

_HELPER_LENGTH = 80
_DIGITS = 9


class GoingOn(StrEnum):
    """The teacher's answer to whether anything is going on in the class."""

    NO = "no"
    UNSURE = "unsure"
    YES = "yes"


class Back(StrEnum):
    """The screen an act was made on."""

    DESK = "desk"
    BOARD = "board"


def _trimmed(typed: str | None) -> str:
    return " ".join((typed or "").split())


class GateForm(BaseForm):
    """The three points of the gate."""

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
    going_on = RadioField(
        _("Is anything going on in this class now?"),
        choices=[
            SelectChoice(GoingOn.NO.value, _("No")),
            SelectChoice(GoingOn.UNSURE.value, _("I'm not sure")),
            SelectChoice(GoingOn.YES.value, _("Yes")),
        ],
        validators=[InputRequired(_("Say whether anything is going on in this class."))],
        validate_choice=False,
    )

    @property
    def helper(self) -> str | None:
        """Return the helper as students see it: name and place; None while nothing is filled in."""
        parts = (self.helper_name.data, self.helper_place.data)
        return ", ".join(part for part in parts if part) or None

    @property
    def answer(self) -> GoingOn | None:
        """Return what the teacher says is going on, None where that was not said."""
        said = self.going_on.data
        return GoingOn(said) if said in set(GoingOn) else None


class KeyForm(BaseForm):
    """The lesson key that opens the desk on this device."""

    lesson_key = StringField(
        _("Lesson key"),
        validators=[InputRequired(_("Write the twelve letters of the lesson key."))],
    )


ROOM = "room"
"""What the desk sends to make room for more devices; not an act of the lesson itself."""


@dataclass(frozen=True, slots=True)
class ActOrder:
    """One act as a screen sent it."""

    act: Act | None
    """None to make room for `places` devices."""
    places: int
    version: int
    is_sure: bool
    back: Back
    is_own_screen: bool


def read_act(form: Mapping[str, str]) -> ActOrder | None:
    """Return the act in a posted form, None where it is not one that our pages send."""
    act, back = form.get("act", ""), form.get("back", Back.DESK)
    version, places = _number(form.get("version")), _number(form.get("places", "0"))
    if act not in {*Act, ROOM} or back not in set(Back) or version is None or places is None:
        return None
    return ActOrder(
        act=None if act == ROOM else Act(act),
        places=places,
        version=version,
        is_sure=form.get("sure") == "1",
        back=Back(back),
        is_own_screen=form.get("own") == "1",
    )


def _number(typed: str | None) -> int | None:
    if not typed or not typed.isascii() or not typed.isdecimal() or len(typed) > _DIGITS:
        return None
    return int(typed)
