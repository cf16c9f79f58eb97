"""Signing in: a name and a password, for heads a code as well; and who a browser is signed in as.

A sign-in ends with the day, or when the browser closes. Every function takes the open transaction
first and never commits.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from eduapp.accounts.models import SchoolRow, SignInRow, StaffRow
from eduapp.accounts.roles import Role
from eduapp.accounts.tokens import new_token

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eduapp.accounts.second_step import UsedCodes
    from eduapp.accounts.tokens import Keyed

_SEED_BYTES = 12


class Stage(StrEnum):
    """How far a browser has come."""

    PASSWORD = "password"  # noqa: S105 - the name of a stage
    """The password was right; the code is still owed."""
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Staff:
    """Who a browser is signed in as."""

    id: int
    name: str
    sign_in_name: str
    school_id: int | None
    school: str | None
    role: Role | None
    stage: Stage

    @property
    def gives_lessons(self) -> bool:
        """Return whether lessons begun by this person belong to their school."""
        return self.stage is Stage.WHOLE and self.role is not None and self.role.gives_lessons


def begin(tx: Session, keyed: Keyed, staff: StaffRow, today: dt.date) -> str:
    """Return the token for a browser whose password was right.

    A head still owes the second step; its seed is made here the first time.
    """
    is_whole = staff.role is None or not Role(staff.role).needs_second_step
    if not is_whole and staff.second_seed is None:
        staff.second_seed = secrets.token_urlsafe(_SEED_BYTES)
    return _new(tx, keyed, staff.id, Stage.WHOLE if is_whole else Stage.PASSWORD, today)


def take_second_step(  # noqa: PLR0913 - the browser, the code and the clocks
    tx: Session,
    keyed: Keyed,
    used: UsedCodes,
    token: str,
    code: str,
    today: dt.date,
    utc_seconds: float,
) -> str | None:
    """Return another token for a browser whose code is right, None where it is wrong."""
    row = _row(tx, keyed, token, today)
    staff = tx.get_one(StaffRow, row.staff_id) if row is not None else None
    if row is None or staff is None or staff.second_seed is None:
        return None
    secret = keyed.second_secret(staff.second_seed)
    if not used.take(staff.id, secret, code, utc_seconds):
        return None
    staff.has_second_step = True
    tx.delete(row)
    return _new(tx, keyed, staff.id, Stage.WHOLE, today)


def find(tx: Session, keyed: Keyed, token: str, today: dt.date) -> Staff | None:
    """Return who a browser is signed in as, None where it is not."""
    row = _row(tx, keyed, token, today)
    if row is None:
        return None
    staff = tx.get_one(StaffRow, row.staff_id)
    school = tx.get(SchoolRow, staff.school_id) if staff.school_id is not None else None
    return Staff(
        id=staff.id,
        name=staff.name,
        sign_in_name=staff.sign_in_name,
        school_id=staff.school_id,
        school=school.name if school else None,
        role=Role(staff.role) if staff.role else None,
        stage=Stage(row.stage),
    )


def end(tx: Session, keyed: Keyed, token: str) -> None:
    """Sign a browser out."""
    row = tx.get(SignInRow, keyed.browser_hash(token))
    if row is not None:
        tx.delete(row)


def second_secret(tx: Session, keyed: Keyed, staff_id: int) -> str | None:
    """Return the secret to set an authenticator up with, None once one was."""
    staff = tx.get_one(StaffRow, staff_id)
    if staff.second_seed is None or staff.has_second_step:
        return None
    return keyed.second_secret(staff.second_seed)


def _row(tx: Session, keyed: Keyed, token: str, today: dt.date) -> SignInRow | None:
    row = tx.get(SignInRow, keyed.browser_hash(token))
    return row if row is not None and row.ends_on > today else None


def _new(tx: Session, keyed: Keyed, staff_id: int, stage: Stage, today: dt.date) -> str:
    token = new_token()
    tx.add(
        SignInRow(
            browser_hash=keyed.browser_hash(token),
            staff_id=staff_id,
            stage=stage,
            ends_on=today + dt.timedelta(days=1),
        )
    )
    return token
