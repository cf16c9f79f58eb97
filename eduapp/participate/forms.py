"""What a student's device sends: a join code, or a ballot.

Reading and checking the shape only. A ballot lives in memory and is never logged or put in an
address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from wtforms import StringField

from eduapp.web.forms import BaseForm

_BALLOT = re.compile(rb"round=([0-9a-f]{8})&choice=([0-9])")
BALLOT_BYTES = len("round=01234567&choice=0")
_LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Ballot:
    """One choice in one round, as the form carries it: always nine characters."""

    round_token: str
    position: int


class JoinForm(BaseForm):
    """The one field with which a device joins."""

    code = StringField(filters=[lambda typed: (typed or "").strip()])

    @classmethod
    def holding(cls, typed: str, problem: str | None = None) -> JoinForm:
        """Return the form with what was typed still in it, and what is wrong with it."""
        form = cls(data={"code": typed[:_LONGEST_CODE]})
        if problem is not None:
            form.code.errors = [problem]
        return form

    @property
    def problem(self) -> str | None:
        """Return what is wrong with the code, or None."""
        return str(self.code.errors[0]) if self.code.errors else None


class PassForm(BaseForm):
    """The code of the desk that makes a device go round."""

    pass_code = StringField(
        _("Code on the desk"),
        render_kw={"autocapitalize": "characters", "spellcheck": "false", "maxlength": "12"},
    )

    @classmethod
    def holding(cls, typed: str, problem: str) -> PassForm:
        """Return the form with what was typed still in it, and what is wrong with it."""
        form = cls(data={"pass_code": typed[:_LONGEST_CODE]})
        form.pass_code.errors = [problem]
        return form


def read_ballot(body: bytes) -> Ballot | None:
    """Return the ballot in the body of a form, or None when no option was chosen or it is no digit.

    A ballot has one shape and one length, whatever it says; anything else is none. Read here and
    not by a general form parser: the answer path does no work that need not be there.
    """
    found = _BALLOT.fullmatch(body)
    return Ballot(found[1].decode(), int(found[2])) if found else None
