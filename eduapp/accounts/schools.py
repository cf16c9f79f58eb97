"""Schools and who works there: invitations, leaving, new passwords, deleting an account.

Every function takes the open transaction first and never commits.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from eduapp.accounts.models import InvitationRow, SchoolRow, SignInRow, StaffRow
from eduapp.accounts.roles import Role
from eduapp.accounts.tokens import new_token

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eduapp.accounts.tokens import Keyed

INVITATION_DAYS = 7
"""A link works for a week: long enough for a part-time teacher, short enough for a lost paper."""


class SchoolExists(Exception):  # noqa: N818 - named for the fact
    """There is a school of this name already."""


class UnknownSchool(Exception):  # noqa: N818 - named for the fact
    """There is no school of this name."""


class UnknownLink(Exception):  # noqa: N818 - named for the fact
    """No invitation has this link: it was used, withdrawn, or is too old."""


class NameTaken(Exception):  # noqa: N818 - named for the fact
    """Somebody else signs in with this name."""


class LastHead(Exception):  # noqa: N818 - named for the fact
    """The school would be left without a head."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link that works once is for."""

    token: str
    school_id: int
    school: str
    role: Role
    staff_id: int | None
    """Whose password it resets; None for an invitation."""
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What somebody chose who uses an invitation."""

    name: str
    sign_in_name: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person of a school, as its head sees them."""

    id: int
    name: str
    sign_in_name: str
    role: Role


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that nobody has used yet; the link itself is not kept."""

    key: str
    """What names it: the first signs of its fingerprint."""
    role: Role
    last_day: dt.date


def add_school(tx: Session, keyed: Keyed, name: str, today: dt.date) -> str:
    """Add a school and return the token of the invitation for its first head.

    Raises `SchoolExists`.
    """
    if tx.scalar(select(SchoolRow.id).where(SchoolRow.name == name)) is not None:
        raise SchoolExists
    school = SchoolRow(name=name)
    tx.add(school)
    tx.flush()
    return invite(tx, keyed, school.id, Role.HEAD, today)


def school_named(tx: Session, name: str) -> int:
    """Return the id of a school. Raises `UnknownSchool`."""
    school_id = tx.scalar(select(SchoolRow.id).where(SchoolRow.name == name))
    if school_id is None:
        raise UnknownSchool
    return school_id


def school_names(tx: Session) -> list[str]:
    """Return the name of every school, in order."""
    return list(tx.scalars(select(SchoolRow.name).order_by(SchoolRow.name)))


def invite(tx: Session, keyed: Keyed, school_id: int, role: Role, today: dt.date) -> str:
    """Return the token of a new invitation to a school; it is not to be found again."""
    return _new_link(tx, keyed, school_id, role, None, today)


def reset(tx: Session, keyed: Keyed, staff: StaffRow, today: dt.date) -> str:
    """Return the token of a link with which somebody sets a new password; older ones stop.

    Until it is used the old password goes on working.
    """
    tx.execute(delete(InvitationRow).where(InvitationRow.staff_id == staff.id))
    if staff.school_id is None or staff.role is None:
        raise UnknownSchool
    return _new_link(tx, keyed, staff.school_id, Role(staff.role), staff.id, today)


def find_link(tx: Session, keyed: Keyed, token: str, today: dt.date) -> Link:
    """Return what a link is for; uses nothing up. Raises `UnknownLink`."""
    row = tx.get(InvitationRow, keyed.link_hash(token))
    if row is None or row.expires_on <= today:
        raise UnknownLink
    school = tx.get_one(SchoolRow, row.school_id)
    last_day = row.expires_on - dt.timedelta(days=1)
    return Link(token, school.id, school.name, Role(row.role), row.staff_id, last_day)


def accept(tx: Session, keyed: Keyed, link: Link, new: NewAccount) -> StaffRow:
    """Use an invitation up and return the new account. Raises `NameTaken` and `UnknownLink`."""
    if staff_named(tx, new.sign_in_name) is not None:
        raise NameTaken
    _use_up(tx, keyed, link)
    staff = StaffRow(
        school_id=link.school_id,
        role=link.role,
        name=new.name,
        sign_in_name=new.sign_in_name,
        password_hash=new.password_hash,
        has_second_step=False,
    )
    tx.add(staff)
    tx.flush()
    return staff


def join(tx: Session, keyed: Keyed, link: Link, staff: StaffRow) -> None:
    """Use an invitation up with an account that has no school.

    Everybody is signed out who was signed in with it: another role may ask for a second step.
    """
    _use_up(tx, keyed, link)
    staff.school_id, staff.role = link.school_id, link.role
    sign_out_everywhere(tx, staff.id)


def renew_password(tx: Session, keyed: Keyed, link: Link, password_hash: str) -> StaffRow:
    """Use a reset up: a new password, and a second step to be set up anew. Ends every sign-in."""
    if link.staff_id is None:
        raise UnknownLink
    staff = tx.get_one(StaffRow, link.staff_id)
    _use_up(tx, keyed, link)
    change_password(tx, staff, password_hash)
    staff.second_seed, staff.has_second_step = None, False
    return staff


def change_password(tx: Session, staff: StaffRow, password_hash: str) -> None:
    """Give somebody another password. Ends every sign-in."""
    staff.password_hash = password_hash
    sign_out_everywhere(tx, staff.id)


def leave(tx: Session, staff: StaffRow) -> None:
    """Let somebody belong to no school any more. Ends every sign-in. Raises `LastHead`."""
    if staff.role == Role.HEAD and staff.school_id is not None:
        heads = select(func.count()).where(
            StaffRow.school_id == staff.school_id, StaffRow.role == Role.HEAD
        )
        if tx.scalar(heads) == 1:
            raise LastHead
    staff.school_id = staff.role = None
    staff.second_seed, staff.has_second_step = None, False
    tx.execute(delete(InvitationRow).where(InvitationRow.staff_id == staff.id))
    sign_out_everywhere(tx, staff.id)


def delete_account(tx: Session, staff: StaffRow) -> None:
    """Remove an account with all that is kept of it. Raises `LastHead`."""
    leave(tx, staff)
    tx.delete(staff)
    tx.flush()


def colleagues(tx: Session, school_id: int) -> tuple[Colleague, ...]:
    """Return everybody of a school: heads first, then by name."""
    rows = tx.scalars(select(StaffRow).where(StaffRow.school_id == school_id))
    order = [Role.HEAD, Role.CARE, Role.TEACHER]
    found = (Colleague(r.id, r.name, r.sign_in_name, Role(r.role or "")) for r in rows)
    return tuple(sorted(found, key=lambda each: (order.index(each.role), each.name.casefold())))


def colleague(tx: Session, school_id: int, staff_id: int) -> StaffRow | None:
    """Return somebody of a school, None where no such person works there."""
    row = tx.get(StaffRow, staff_id)
    return row if row is not None and row.school_id == school_id else None


def open_invitations(tx: Session, school_id: int, today: dt.date) -> tuple[OpenInvitation, ...]:
    """Return the invitations of a school that still work, those that end soonest first."""
    rows = tx.scalars(
        select(InvitationRow)
        .where(
            InvitationRow.school_id == school_id,
            InvitationRow.staff_id.is_(None),
            InvitationRow.expires_on > today,
        )
        .order_by(InvitationRow.expires_on, InvitationRow.link_hash)
    )
    return tuple(
        OpenInvitation(
            row.link_hash[:_KEY_LENGTH], Role(row.role), row.expires_on - dt.timedelta(days=1)
        )
        for row in rows
    )


def withdraw(tx: Session, school_id: int, key: str) -> None:
    """Let an invitation of a school work no more."""
    if len(key) != _KEY_LENGTH:
        return
    tx.execute(
        delete(InvitationRow).where(
            InvitationRow.school_id == school_id,
            InvitationRow.staff_id.is_(None),
            InvitationRow.link_hash.startswith(key, autoescape=True),
        )
    )


def staff_named(tx: Session, sign_in_name: str) -> StaffRow | None:
    """Return who signs in with a name."""
    return tx.scalar(select(StaffRow).where(StaffRow.sign_in_name == sign_in_name))


def staff_of(tx: Session, staff_id: int) -> StaffRow | None:
    """Return the account of an id."""
    return tx.get(StaffRow, staff_id)


def sign_out_everywhere(tx: Session, staff_id: int) -> None:
    """End every sign-in of a person."""
    tx.execute(delete(SignInRow).where(SignInRow.staff_id == staff_id))


def purge(tx: Session, today: dt.date) -> None:
    """Remove links and sign-ins whose last day is over."""
    tx.execute(delete(InvitationRow).where(InvitationRow.expires_on <= today))
    tx.execute(delete(SignInRow).where(SignInRow.ends_on <= today))


_KEY_LENGTH = 12


def _new_link(  # noqa: PLR0913 - every column of the row
    tx: Session, keyed: Keyed, school_id: int, role: Role, staff_id: int | None, today: dt.date
) -> str:
    token = new_token()
    tx.add(
        InvitationRow(
            link_hash=keyed.link_hash(token),
            school_id=school_id,
            role=role,
            staff_id=staff_id,
            expires_on=today + dt.timedelta(days=INVITATION_DAYS + 1),
        )
    )
    return token


def _use_up(tx: Session, keyed: Keyed, link: Link) -> None:
    """Remove a link; of two who use it at once the second finds none. Raises `UnknownLink`."""
    used = tx.get(InvitationRow, keyed.link_hash(link.token))
    if used is None:
        raise UnknownLink
    tx.delete(used)
    tx.flush()
