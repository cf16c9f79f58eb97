"""The link that opens the desk on a second device: once, within two minutes.

Looking at a link uses nothing up, so that a preview of it may; only the button does. The lesson
key is in no address and in no picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Response, abort, current_app, redirect, render_template, request, url_for

from eduapp.classroom.phases import Phase
from eduapp.classroom.second_desks import NoSuchInvitation
from eduapp.teach.current import seconds_to_wait, spend
from eduapp.teach.entry_pages import InvitationPage
from eduapp.teach.forms import KeyForm
from eduapp.teach.holding import held, held_view
from eduapp.teach.key import desk_opened, key_page
from eduapp.web.addresses import public_base
from eduapp.web.locale import current_language
from eduapp.web.qr import qr_svg

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from eduapp.classroom.second_desks import SecondDesks
    from eduapp.classroom.views import PublicId


def second(public_id: str) -> ResponseReturnValue:
    """Make a link for a second desk and lead back to the desk, which shows it."""
    view, lesson_key = held(public_id)
    if view.phase is not Phase.ENDED:
        _second_desks().invite(view.public_id, lesson_key)
    own = "1" if request.form.get("own") == "1" else None
    return redirect(url_for("teach.desk", public_id=public_id, own=own, _anchor="second"), 303)


def second_qr(public_id: str) -> Response:
    """Return the link as a picture to whoever holds the desk; 404 where there is none."""
    link = second_link(held_view(public_id).public_id)
    if link is None:
        abort(404)
    return Response(qr_svg(link), mimetype="image/svg+xml")


def open_desk(token: str) -> ResponseReturnValue:
    """Show the button behind a link; pressing it opens the desk here and uses the link up."""
    is_pressed = request.method == "POST"
    try:
        if is_pressed:
            return desk_opened(*_second_desks().accept(token))
        _second_desks().look(token)
    except NoSuchInvitation:
        return _no_such_link()
    page = InvitationPage(lang=current_language(), token=token)
    return render_template("teach/invitation.html", page=page)


def second_link(public_id: PublicId) -> str | None:
    """Return the link of a class session that still works, for its own desk only; else None."""
    token = _second_desks().pending(public_id)
    if token is None:
        return None
    return public_base(request) + url_for("teach.open_desk", token=token)


def _no_such_link() -> ResponseReturnValue:
    wait = seconds_to_wait("key_pace")
    if wait:
        return key_page(KeyForm(), wait_seconds=wait), 429, {"Retry-After": str(wait)}
    spend("key_pace")
    return key_page(KeyForm(), is_used=True), 410


def _second_desks() -> SecondDesks:
    return cast("SecondDesks", current_app.extensions["second_desks"])
