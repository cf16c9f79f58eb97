"""What a student's device sends: a join code, or a ballot.

Reading and checking the shape only. A ballot lives in memory and is never logged or put in an
address.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from wtforms import StringField

from eduapp.web.forms import BaseForm

_DIGITS = frozenset("0123456789")
_LONGEST_CODE = 40
_MOST_FIELDS = 4


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


def read_ballot(body: bytes) -> Ballot | None:
    """Return the ballot in the body of a form, or None when no option was chosen or it is no digit.

    Reads the body itself: the answer path does no work that need not be there, and a general form
    parser costs twice what the urn does.
    """
    try:
        fields = dict(parse_qsl(body.decode("ascii"), max_num_fields=_MOST_FIELDS))
    except ValueError:
        return None
    choice = fields.get("choice", "")
    if len(choice) != 1 or choice not in _DIGITS:
        return None
    return Ballot(fields.get("round", ""), int(choice))
