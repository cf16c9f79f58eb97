"""A link that works once: it makes an account, joins a school with one, or sets a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from eduapp.accounts import schools
from eduapp.accounts.current import clock, current_staff, keyed, staff_or_none
from eduapp.accounts.passwords import TooBusy, hash_of
from eduapp.accounts.schools import NameTaken, NewAccount, UnknownLink
from eduapp.school.forms import AccountForm, PasswordForm
from eduapp.school.pages import InvitationPage, Page
from eduapp.school.role_words import role_words
from eduapp.school.signing_in import signed_in
from eduapp.web.cookies import is_plain
from eduapp.web.current import current_database
from eduapp.web.dates import day_words
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from eduapp.accounts.schools import Link


def invitation(token: str) -> ResponseReturnValue:
    """Show what a link is for; a complete form uses it up and signs in."""
    try:
        link = _link(token)
        form = AccountForm(request.form) if link.staff_id is None else PasswordForm(request.form)
        form.known = (link.school,)
        if request.method != "POST":
            return _page(link, form), 200
        if is_plain(request):
            return _page(link, form), 403
        return _answered(link, form)
    except UnknownLink:
        return _gone()


def join(token: str) -> ResponseReturnValue:
    """Join a school with the account that is signed in and has none."""
    if request.method != "POST":
        return redirect(url_for("school.invitation", token=token), 303)
    staff = current_staff()
    try:
        link = _link(token)
        if staff.school_id is not None or link.staff_id is not None:
            return redirect(url_for("school.invitation", token=token), 303)
        with current_database().transaction() as tx:
            row = schools.staff_of(tx, staff.id)
            if row is None:
                abort(403)
            schools.join(tx, keyed(), link, row)
    except UnknownLink:
        return _gone()
    return signed_in(staff.id)


def _answered(link: Link, form: AccountForm | PasswordForm) -> ResponseReturnValue:
    if link.staff_id is None and staff_or_none() is not None:
        return redirect(url_for("school.invitation", token=link.token), 303)
    if not form.validate():
        return _page(link, form), 422
    try:
        password_hash = hash_of(form.new_password.data or "")
        return signed_in(_use_up(link, form, password_hash))
    except TooBusy:
        abort(503)
    except NameTaken:
        form["sign_in_name"].errors = [
            _("Somebody signs in with this name already. Choose another one.")
        ]
        return _page(link, form), 422


def _link(token: str) -> Link:
    with current_database().reading() as tx:
        return schools.find_link(tx, keyed(), token, clock().today())


def _use_up(link: Link, form: AccountForm | PasswordForm, password_hash: str) -> int:
    with current_database().transaction() as tx:
        if isinstance(form, AccountForm):
            new = NewAccount(form.name.data or "", form.sign_in_name.data or "", password_hash)
            staff = schools.accept(tx, keyed(), link, new)
        else:
            staff = schools.renew_password(tx, keyed(), link, password_hash)
        return staff.id


def _page(link: Link, form: AccountForm | PasswordForm) -> str:
    is_reset = link.staff_id is not None
    staff = None if is_reset else staff_or_none()
    title = _("A new password") if is_reset else _("Invitation to %(school)s", school=link.school)
    page = InvitationPage(
        title=title,
        lang=current_language(),
        staff=staff,
        token=link.token,
        school=link.school,
        role=role_words(link.role),
        last_day=day_words(link.last_day),
        form=form if staff is None else None,
        is_reset=is_reset,
        is_elsewhere=staff is not None and staff.school_id is not None,
        is_plain=is_plain(request),
    )
    return render_template("school/invitation.html", page=page)


def _gone() -> ResponseReturnValue:
    page = Page(title=_("This link does not work any more"), lang=current_language())
    return render_template("school/gone.html", page=page), 410
