"""The tables of schools and their staff.

Keys of links and of signed-in browsers are kept as fingerprints, passwords as argon2 hashes. Dates
are dates, never times. `tests/house/test_tables.py` fails on any column that the privacy rules do
not list.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from eduapp.db import Base

NAME_LENGTH = 80
SIGN_IN_NAME_LENGTH = 60
_ROLE_LENGTH = 16
_FINGERPRINT = 64
_ROLES = "'teacher', 'head', 'care'"


class SchoolRow(Base):
    """One school of this installation."""

    __tablename__ = "school"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)


class StaffRow(Base):
    """One person with an account; without a school once they left it."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint(f"role IN ({_ROLES})", name="role"),
        CheckConstraint("(school_id IS NULL) = (role IS NULL)", name="belongs"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id", ondelete="SET NULL"))
    role: Mapped[str | None] = mapped_column(String(_ROLE_LENGTH))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    sign_in_name: Mapped[str] = mapped_column(String(SIGN_IN_NAME_LENGTH), unique=True)
    password_hash: Mapped[str] = mapped_column(String(160))
    second_seed: Mapped[str | None] = mapped_column(String(32))
    """What the secret of the authenticator is worked out from, together with the site's own key."""
    has_second_step: Mapped[bool]
    """Whether a code was right once. When it was is not kept: `UsedCodes` lives in memory."""


class InvitationRow(Base):
    """A link that works once: to join a school, or to set a new password."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint(f"role IN ({_ROLES})", name="role"),)

    link_hash: Mapped[str] = mapped_column(String(_FINGERPRINT), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(_ROLE_LENGTH))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    """Whose password it resets; None for an invitation."""
    expires_on: Mapped[dt.date]
    """The first day on which it no longer works."""


class PlanRow(Base):
    """A module that somebody plans to give, and the week of it."""

    __tablename__ = "plan"
    __table_args__ = ({"sqlite_with_rowid": False},)

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    module_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    week: Mapped[dt.date]
    """The Monday of the week."""


class SignInRow(Base):
    """One browser that is signed in, or that still owes the second step."""

    __tablename__ = "sign_in"
    __table_args__ = (CheckConstraint("stage IN ('password', 'whole')", name="stage"),)

    browser_hash: Mapped[str] = mapped_column(String(_FINGERPRINT), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    stage: Mapped[str] = mapped_column(String(8))
    ends_on: Mapped[dt.date]
    """The first day on which it no longer counts."""
