"""The forms of school staff: they read and check what was typed, and change nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (  # type: ignore[attr-defined]  # the stubs are older than SelectChoice
    PasswordField,
    RadioField,
    SelectChoice,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Regexp

from eduapp.accounts.models import NAME_LENGTH, SIGN_IN_NAME_LENGTH
from eduapp.accounts.passwords import LONGEST, SHORTEST, is_weak
from eduapp.accounts.roles import Role
from eduapp.web.forms import BaseForm

if TYPE_CHECKING:
    from wtforms import Field

_SIGN_IN_NAME = re.compile(r"[\w.@+-]{3,}", re.UNICODE)
_CODE_LENGTH = 6


def _trimmed(typed: str | None) -> str:
    return " ".join((typed or "").split())


def _lowered(typed: str | None) -> str:
    return "".join((typed or "").split()).lower()


def _digits(typed: str | None) -> str:
    return "".join(sign for sign in typed or "" if sign.isascii() and sign.isdecimal())


class SignInForm(BaseForm):
    """A name and a password."""

    sign_in_name = StringField(
        _("Name to sign in with"),
        filters=[_lowered],
        validators=[InputRequired(_("Write the name that you sign in with."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Password"),
        validators=[
            InputRequired(_("Write your password.")),
            Length(max=LONGEST, message=_("A password has at most 128 signs.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(BaseForm):
    """The code of an authenticator app."""

    code = StringField(
        _("Code of your app"),
        filters=[_digits],
        validators=[
            InputRequired(_("Write the six digits that your app shows.")),
            Length(
                min=_CODE_LENGTH,
                max=_CODE_LENGTH,
                message=_("Write the six digits that your app shows."),
            ),
        ],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class PasswordForm(BaseForm):
    """A new password for a link; who it belongs to makes some passwords weak."""

    known: tuple[str, ...] = ()
    """Names that others know: they may not stand in the password."""

    new_password = PasswordField(
        _("New password"),
        validators=[
            InputRequired(_("Write a password of at least 12 signs.")),
            Length(min=SHORTEST, message=_("Write a password of at least 12 signs.")),
            Length(max=LONGEST, message=_("A password has at most 128 signs.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_new_password(self, field: Field) -> None:
        """Refuse what somebody who knows the person would try first."""
        if is_weak(field.data or "", *self.known):
            raise ValidationError(
                gettext(
                    "This password is easy to guess. Use three words that do not belong together."
                )
            )


class AccountForm(PasswordForm):
    """A new account."""

    name = StringField(
        _("Your name"),
        filters=[_trimmed],
        validators=[
            InputRequired(_("Write your name.")),
            Length(max=NAME_LENGTH, message=_("Write the name in at most 80 characters.")),
        ],
        render_kw={"autocomplete": "name"},
    )
    sign_in_name = StringField(
        _("Name to sign in with"),
        filters=[_lowered],
        validators=[
            InputRequired(_("Choose a name to sign in with.")),
            Length(max=SIGN_IN_NAME_LENGTH, message=_("Use at most 60 characters.")),
            Regexp(_SIGN_IN_NAME, message=_("Use at least three letters or digits, no spaces.")),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )

    def validate_new_password(self, field: Field) -> None:
        """Refuse a password that holds one of the names typed beside it."""
        self.known = (*self.known, self.name.data or "", self.sign_in_name.data or "")
        super().validate_new_password(field)


class ChangePasswordForm(PasswordForm):
    """Another password, by who knows the present one."""

    password = PasswordField(
        _("Present password"),
        validators=[
            InputRequired(_("Write your present password.")),
            Length(max=LONGEST, message=_("A password has at most 128 signs.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )


class InviteForm(BaseForm):
    """Which role somebody is invited to."""

    role = RadioField(
        _("As what?"),
        choices=[
            SelectChoice(Role.TEACHER.value, _("Teacher: gives lessons and finds them again")),
            SelectChoice(Role.CARE.value, _("Care team: reads the school page")),
            SelectChoice(Role.HEAD.value, _("Head: reads the school page and invites people")),
        ],
        default=Role.TEACHER.value,
        validators=[InputRequired(_("Choose a role."))],
    )
