"""Who works at a school and who is invited: for its heads.

A link is shown once, on the page that answers the form, and kept nowhere.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from eduapp.accounts import schools
from eduapp.accounts.current import clock, current_staff, keyed, school_id
from eduapp.accounts.roles import Role
from eduapp.accounts.schools import INVITATION_DAYS, LastHead
from eduapp.school.current import classroom
from eduapp.school.forms import InviteForm
from eduapp.school.pages import InvitationLine, LinkPage, PeoplePage, PersonLine
from eduapp.school.role_words import role_words
from eduapp.web.addresses import public_base
from eduapp.web.current import current_database
from eduapp.web.dates import day_words
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def people() -> str:
    """Show who works at the school and which invitations are open."""
    return _people_page(InviteForm())


def invite() -> ResponseReturnValue:
    """Make an invitation and show its link, this once."""
    if request.method != "POST":
        return redirect(url_for("school.people"), 303)
    form = InviteForm(request.form)
    if not form.validate():
        return _people_page(form), 422
    role = Role(form.role.data)
    with current_database().transaction() as tx:
        token = schools.invite(tx, keyed(), school_id(), role, clock().today())
    words = _("For one new colleague: %(role)s.", role=role_words(role))
    return _link_page(_("Your invitation"), token, words), 200


def withdraw() -> ResponseReturnValue:
    """Let an open invitation work no more."""
    if request.method == "POST":
        with current_database().transaction() as tx:
            schools.withdraw(tx, school_id(), request.form.get("key", ""))
    return redirect(url_for("school.people"), 303)


def reset(staff_id: int) -> ResponseReturnValue:
    """Make a link for a new password of a colleague and show it, this once."""
    if request.method != "POST":
        return redirect(url_for("school.people"), 303)
    with current_database().transaction() as tx:
        row = schools.colleague(tx, school_id(), staff_id)
        if row is None or row.id == current_staff().id:
            abort(404)
        token = schools.reset(tx, keyed(), row, clock().today())
        name = row.name
    words = _("For %(name)s. Until the link is used, the old password goes on working.", name=name)
    return _link_page(_("Link for a new password"), token, words), 200


def remove(staff_id: int) -> ResponseReturnValue:
    """Let a colleague belong to the school no more, asked once more."""
    if request.method != "POST":
        return redirect(url_for("school.people"), 303)
    if request.form.get("sure") != "1":
        return _people_page(InviteForm(), removing=staff_id), 200
    try:
        with current_database().transaction() as tx:
            row = schools.colleague(tx, school_id(), staff_id)
            if row is None or row.id == current_staff().id:
                abort(404)
            schools.leave(tx, row)
        classroom().forget_teacher(staff_id)
    except LastHead:  # pragma: no cover - who removes is a head too
        return _people_page(InviteForm(), is_last_head=True), 409
    return redirect(url_for("school.people"), 303)


def _people_page(
    form: InviteForm, *, removing: int | None = None, is_last_head: bool = False
) -> str:
    me = current_staff()
    with current_database().reading() as tx:
        found = schools.colleagues(tx, school_id())
        invited = schools.open_invitations(tx, school_id(), clock().today())
    lines = tuple(
        PersonLine(each.id, each.name, each.sign_in_name, role_words(each.role), each.id == me.id)
        for each in found
    )
    page = PeoplePage(
        title=_("People of the school"),
        lang=current_language(),
        staff=me,
        people=lines,
        invitations=tuple(
            InvitationLine(
                each.key,
                _(
                    "%(role)s, until %(day)s",
                    role=role_words(each.role),
                    day=day_words(each.last_day),
                ),
            )
            for each in invited
        ),
        form=form,
        removing=next((line for line in lines if line.id == removing and not line.is_self), None),
        is_last_head=is_last_head,
    )
    return render_template("school/people.html", page=page)


def _link_page(title: str, token: str, words: str) -> str:
    page = LinkPage(
        title=title,
        lang=current_language(),
        staff=current_staff(),
        link=public_base(request) + url_for("school.invitation", token=token),
        words=words,
        last_day=day_words(clock().today() + dt.timedelta(days=INVITATION_DAYS)),
    )
    return render_template("school/link.html", page=page)
