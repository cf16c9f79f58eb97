"""Somebody's own account: another password, signing out, leaving the school, deleting it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from eduapp.accounts import schools
from eduapp.accounts.current import current_staff
from eduapp.accounts.passwords import TooBusy, fits, hash_of
from eduapp.accounts.schools import LastHead
from eduapp.school.current import classroom
from eduapp.school.forms import ChangePasswordForm
from eduapp.school.pages import AccountPage
from eduapp.school.role_words import role_words
from eduapp.school.signing_in import signed_in
from eduapp.web.cookies import expire_staff
from eduapp.web.current import current_database
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def account() -> str:
    """Show the account of who is signed in."""
    return _page(ChangePasswordForm())


def password() -> ResponseReturnValue:
    """Take another password from who knows the present one; every other browser is signed out."""
    if request.method != "POST":
        return redirect(url_for("school.account"), 303)
    staff = current_staff()
    form = ChangePasswordForm(request.form)
    form.known = (staff.name, staff.sign_in_name, staff.school or "")
    if not form.validate():
        return _page(form), 422
    with current_database().reading() as tx:
        row = schools.staff_of(tx, staff.id)
        present = row.password_hash if row else None
    try:
        if not fits(present, form.password.data or ""):
            return _page(form, is_wrong=True), 403
        renewed = hash_of(form.new_password.data or "")
    except TooBusy:
        abort(503)
    with current_database().transaction() as tx:
        row = schools.staff_of(tx, staff.id)
        if row is None or row.password_hash != present:
            abort(403)
        schools.change_password(tx, row, renewed)
    return signed_in(staff.id, url_for("school.account", changed="1"))


def sign_out_everywhere() -> ResponseReturnValue:
    """Sign out every browser of who is signed in."""
    if request.method == "POST":
        with current_database().transaction() as tx:
            schools.sign_out_everywhere(tx, current_staff().id)
    return _signed_out()


def leave() -> ResponseReturnValue:
    """Leave the school, asked once more; the account stays."""
    return _go("leave")


def delete() -> ResponseReturnValue:
    """Delete the account, asked once more; what the school knows about itself stays."""
    return _go("delete")


def _go(what: str) -> ResponseReturnValue:
    if request.method != "POST":
        return redirect(url_for("school.account"), 303)
    if request.form.get("sure") != "1":
        return _page(ChangePasswordForm(), asks=what), 200
    try:
        with current_database().transaction() as tx:
            row = schools.staff_of(tx, current_staff().id)
            if row is not None and what == "leave":
                schools.leave(tx, row)
            elif row is not None:
                schools.delete_account(tx, row)
        classroom().forget_teacher(current_staff().id)
    except LastHead:
        return _page(ChangePasswordForm(), is_last_head=True), 409
    return _signed_out()


def _signed_out() -> ResponseReturnValue:
    response = make_response(redirect(url_for("school.sign_in"), 303))
    expire_staff(response)
    return response


def _page(
    form: ChangePasswordForm,
    *,
    is_wrong: bool = False,
    is_last_head: bool = False,
    asks: str | None = None,
) -> str:
    staff = current_staff()
    page = AccountPage(
        title=_("Your account"),
        lang=current_language(),
        staff=staff,
        role=role_words(staff.role) if staff.role else None,
        form=form,
        is_changed=request.args.get("changed") == "1",
        is_wrong=is_wrong,
        is_last_head=is_last_head,
        asks=asks,
    )
    return render_template("school/account.html", page=page)
