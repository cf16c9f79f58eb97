"""Who is signed in on this request, and the refusal of whoever may not come where they want.

The one place that reads the cookie of a sign-in. Only addresses for staff look at it: the path of a
student never does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import abort, current_app, g, redirect, request, url_for

from eduapp.accounts import sign_ins
from eduapp.accounts.sign_ins import Stage
from eduapp.accounts.tokens import Keyed
from eduapp.accounts.who_may import WHO_MAY, Who
from eduapp.web.cookies import read_staff
from eduapp.web.current import current_config, current_database

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

    from eduapp.accounts.sign_ins import Staff
    from eduapp.sources import Clock


def clock() -> Clock:
    """Return the clock of this application."""
    return cast("Clock", current_app.extensions["clock"])


def keyed() -> Keyed:
    """Return what works with the key of this site."""
    return Keyed(current_config().secret_key)


def staff_or_none() -> Staff | None:
    """Return who is signed in on this browser, None where nobody is."""
    if "staff" not in g:
        token = read_staff(request)
        g.staff = None
        if token is not None:
            with current_database().reading() as tx:
                g.staff = sign_ins.find(tx, keyed(), token, clock().today())
    return cast("Staff | None", g.staff)


def current_staff() -> Staff:
    """Return who is signed in, on an address that asked for it."""
    staff = staff_or_none()
    return staff if staff is not None else abort(403)


def school_id() -> int:
    """Return the school of who is signed in, on an address that asks for a role."""
    found = current_staff().school_id
    return found if found is not None else abort(403)


def refuse_who_may_not() -> ResponseReturnValue | None:
    """Lead to the sign-in, or answer 403, where the table does not admit whoever asks."""
    endpoint = request.endpoint
    if endpoint is None:
        return None
    who = WHO_MAY.get(endpoint)
    if who is None:
        abort(403)
    if not who.needs_account:
        return None
    staff = staff_or_none()
    if staff is None:
        back = request.path if request.method == "GET" else None
        return redirect(url_for("school.sign_in", back=back), 303)
    if staff.stage is not Stage.WHOLE and who is not Who.HALF:
        return redirect(url_for("school.code"), 303)
    if not who.admits(staff.role):
        abort(403)
    return None


def register_who_may(app: Flask) -> None:
    """Ask the table before every view."""
    app.before_request(refuse_who_may_not)
