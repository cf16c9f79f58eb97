"""Signing in and out, and the second step of heads.

A wrong password slows down whoever tries from that address with that name, and never somebody
else: a browser that signed in with the name before has a purse of its own (OWASP, device cookies).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from flask import abort, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from eduapp.accounts import schools, second_step, sign_ins
from eduapp.accounts.current import clock, current_staff, keyed, staff_or_none
from eduapp.accounts.passwords import TooBusy, fits
from eduapp.accounts.sign_ins import Stage
from eduapp.school.forms import CodeForm, SignInForm
from eduapp.school.pages import CodePage, SignInPage
from eduapp.school.ways import first_page, safe_way_back
from eduapp.web.addresses import client_address
from eduapp.web.cookies import (
    expire_staff,
    is_plain,
    read_known,
    read_staff,
    set_known,
    set_staff,
)
from eduapp.web.current import current_database
from eduapp.web.locale import current_language
from eduapp.web.qr import secret_qr_svg

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from eduapp.accounts.models import StaffRow
    from eduapp.accounts.second_step import UsedCodes
    from eduapp.web.pace import Pace

_MINUTE = 60
_GROUP = 4


def sign_in() -> ResponseReturnValue:
    """Ask for name and password; the right ones sign this browser in until it closes."""
    form = SignInForm(request.form)
    back = safe_way_back(request.values.get("back"))
    if request.method != "POST":
        return _asked(form, back)
    if is_plain(request):
        return _sign_in_page(form, back), 403
    if not form.validate():
        return _sign_in_page(form, back), 422
    name, password = form.sign_in_name.data or "", form.password.data or ""
    with current_database().reading() as tx:
        staff = schools.staff_named(tx, name)
    purses = _purses(name, staff)
    wait = math.ceil(max(pace.wait_seconds(mark) for pace, mark in purses))
    if wait:
        page = _sign_in_page(form, back, wait_minutes=math.ceil(wait / _MINUTE))
        return page, 429, {"Retry-After": str(wait)}
    try:
        is_right = fits(staff.password_hash if staff else None, password)
    except TooBusy:
        abort(503)
    if staff is None or not is_right:
        for pace, mark in purses:
            pace.spend(mark)
        return _sign_in_page(form, back, is_wrong=True), 403
    return signed_in(staff.id, back)


def _asked(form: SignInForm, back: str | None) -> ResponseReturnValue:
    staff = staff_or_none()
    if staff is not None and staff.stage is Stage.WHOLE:
        return redirect(back or first_page(staff), 303)
    return _sign_in_page(form, back), 200


def signed_in(staff_id: int, back: str | None = None) -> ResponseReturnValue:
    """Sign this browser in as somebody whose password was right or new, and lead on."""
    with current_database().transaction() as tx:
        staff = schools.staff_of(tx, staff_id)
        if staff is None:
            abort(403)
        token = sign_ins.begin(tx, keyed(), staff, clock().today())
        found = sign_ins.find(tx, keyed(), token, clock().today())
        known = keyed().known_browser(staff.sign_in_name, staff.password_hash)
    if found is None:
        abort(403)
    is_whole = found.stage is Stage.WHOLE
    way = (back or first_page(found)) if is_whole else url_for("school.code", back=back)
    response = make_response(redirect(way, 303))
    set_staff(response, token)
    set_known(response, known)
    return response


def code() -> ResponseReturnValue:
    """Ask for the code of the app; the right one completes the sign-in."""
    staff = current_staff()
    form = CodeForm(request.form)
    back = safe_way_back(request.values.get("back"))
    if staff.stage is Stage.WHOLE:
        return redirect(back or first_page(staff), 303)
    if request.method != "POST":
        return _code_page(form), 200
    if not form.validate():
        return _code_page(form), 422
    pace = cast("Pace", current_app.extensions["code_of_app_pace"])
    mark = str(staff.id)
    wait = math.ceil(pace.wait_seconds(mark))
    if wait:
        page = _code_page(form, wait_minutes=math.ceil(wait / _MINUTE))
        return page, 429, {"Retry-After": str(wait)}
    with current_database().transaction() as tx:
        token = sign_ins.take_second_step(
            tx,
            keyed(),
            cast("UsedCodes", current_app.extensions["used_codes"]),
            read_staff(request) or "",
            form.code.data or "",
            clock().today(),
            clock().utc_seconds(),
        )
    if token is None:
        pace.spend(mark)
        return _code_page(form, is_wrong=True), 403
    response = make_response(redirect(back or first_page(staff), 303))
    set_staff(response, token)
    return response


def code_qr() -> ResponseReturnValue:
    """Return the secret for an authenticator app as a QR code; 404 once an app was set up."""
    staff = current_staff()
    secret = _secret(staff.id) if staff.stage is Stage.PASSWORD else None
    if secret is None:
        abort(404)
    response = make_response(secret_qr_svg(second_step.app_address(secret, staff.sign_in_name)))
    response.mimetype = "image/svg+xml"
    return response


def sign_out() -> ResponseReturnValue:
    """Sign this browser out."""
    token = read_staff(request)
    if token is not None:
        with current_database().transaction() as tx:
            sign_ins.end(tx, keyed(), token)
    response = make_response(redirect(url_for("school.sign_in"), 303))
    expire_staff(response)
    return response


def _purses(name: str, staff: StaffRow | None) -> list[tuple[Pace, str]]:
    """Return the purses that a wrong password is paid from, each with whose it is."""
    kept = read_known(request)
    if kept and staff is not None and keyed().is_known(kept, name, staff.password_hash):
        return [(cast("Pace", current_app.extensions["known_pace"]), kept)]
    here = f"{client_address(request)} {name}"
    return [
        (cast("Pace", current_app.extensions["password_pace"]), here),
        (cast("Pace", current_app.extensions["name_pace"]), name),
    ]


def _secret(staff_id: int) -> str | None:
    with current_database().reading() as tx:
        return sign_ins.second_secret(tx, keyed(), staff_id)


def _sign_in_page(
    form: SignInForm, back: str | None, *, is_wrong: bool = False, wait_minutes: int = 0
) -> str:
    page = SignInPage(
        title=_("Sign in"),
        lang=current_language(),
        form=form,
        back=back,
        is_wrong=is_wrong,
        is_plain=is_plain(request),
        wait_minutes=wait_minutes,
    )
    return render_template("school/sign_in.html", page=page)


def _code_page(form: CodeForm, *, is_wrong: bool = False, wait_minutes: int = 0) -> str:
    staff = current_staff()
    secret = _secret(staff.id)
    groups = range(0, len(secret or ""), _GROUP)
    page = CodePage(
        title=_("Second step"),
        lang=current_language(),
        form=form,
        back=safe_way_back(request.values.get("back")),
        secret=" ".join((secret or "")[start : start + _GROUP] for start in groups) or None,
        is_wrong=is_wrong,
        wait_minutes=wait_minutes,
    )
    return render_template("school/code.html", page=page)
