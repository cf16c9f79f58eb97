"""What the templates of the way in get: the code field, and what makes a device go round.

Nothing here depends on more than how a device stands; what a class sees is in `pages.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.participate.pages import AUDIENCE

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView
    from eduapp.participate.forms import JoinForm, PassForm


@dataclass(frozen=True, slots=True)
class JoinPage:
    """The page with the code field, for a device that is not in a class."""

    audience: str
    title: str
    form: JoinForm
    is_plain: bool
    """True where the lesson crosses the room's network unencrypted (privacy, decision 10)."""
    is_coming_back: bool
    """True where the device holds a seat and only the class does not know it any more."""
    is_reopened: bool
    """True where that is so because the teacher opened the door once more."""
    is_filled: bool
    """True where the address already said which class."""
    went_round: str | None = None
    """The join code, where the device went round before: with the desk's code it does so again."""
    helper: str | None = None
    """The school's helper, for a device that was in: it saw the name before."""


@dataclass(frozen=True, slots=True)
class SharePage:
    """The page that makes a device go round."""

    audience: str
    title: str
    view: ClassView
    form: PassForm
    is_rehearsal: bool


def join_page(form: JoinForm, *, is_plain: bool) -> JoinPage:
    """Return the page with the code field, for whoever comes in by it."""
    return JoinPage(
        audience=AUDIENCE,
        title=_("Lesson"),
        form=form,
        is_plain=is_plain,
        is_coming_back=False,
        is_reopened=False,
        is_filled=False,
    )


def class_join_page(
    form: JoinForm, view: ClassView, *, is_plain: bool, had_seat: bool, went_round: bool
) -> JoinPage:
    """Return the page with the code of a class filled in; `had_seat` is of a device that was in.

    After a restart such a device joins again by itself; after the teacher opened the door once
    more it takes a tap, or the number of devices would be as wrong as before.
    """
    return replace(
        join_page(form, is_plain=is_plain),
        is_coming_back=had_seat and view.was_recalled and not went_round,
        is_reopened=had_seat and view.was_reopened,
        is_filled=True,
        went_round=view.join_code if had_seat and went_round and view.shared else None,
        helper=view.helper if had_seat else None,
    )


def share_page(form: PassForm, view: ClassView) -> SharePage:
    """Return the page with the field for the code of the desk."""
    return SharePage(AUDIENCE, _("Lesson"), view, form, view.is_rehearsal)
