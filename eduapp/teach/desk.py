"""The page of the desk, as its address and as the answer to a form that was not complete.

Chooses between the lesson that is prepared, running or over; changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request

from eduapp.classroom.phases import Act, Phase
from eduapp.teach import prepared
from eduapp.teach.current import classroom
from eduapp.teach.desk_page import desk_page, end_page
from eduapp.teach.forms import KeyForm
from eduapp.teach.holding import found_view, held, held_key
from eduapp.teach.key import key_page
from eduapp.teach.seats_parts import seats_part, slips_part
from eduapp.teach.second_desk import second_link
from eduapp.web.headers import allow_framing
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from eduapp.teach.seats_parts import SeatsForm, SlipsForm


def desk(public_id: str) -> ResponseReturnValue:
    """Show the desk to a browser that holds it, the key form to any other."""
    view = found_view(public_id)
    if held_key(public_id) is None:
        return key_page(KeyForm(), is_refused=True), 403
    if view.is_rehearsal:
        allow_framing()
    return desk_response(public_id)


def desk_response(
    public_id: str,
    *,
    seats_form: SeatsForm | None = None,
    slips_form: SlipsForm | None = None,
) -> str:
    """Return the page of a desk that this browser holds, with a form that was not complete."""
    view, lesson_key = held(public_id)
    if view.phase is Phase.PREPARED:
        return prepared.prepared_page(view, lesson_key)
    if view.phase is Phase.ENDED:
        page = end_page(view, current_language(), classroom().today)
        return render_template("teach/end.html", page=page)
    is_own_screen = (request.args.get("own") or request.form.get("own")) == "1"
    return render_template(
        "teach/desk.html",
        page=desk_page(
            view,
            lesson_key,
            current_language(),
            today=classroom().today,
            progress=classroom().progress(public_id),
            zone=classroom().zone(public_id) if Act.DISCUSS in view.acts else None,
            is_late=request.args.get("late") == "1",
            asking=request.args.get("ask"),
            is_own_screen=is_own_screen,
            second_link=second_link(view.public_id),
            seats=seats_part(view, seats_form),
            slips=slips_part(view, slips_form) if is_own_screen else None,
        ),
    )
