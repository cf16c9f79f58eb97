"""What the desk sends for students without a device: declared seats, a code for a device, slips.

Counts of slips go into the urn, in memory, and come back on no page. Source: privacy, decision 7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, request, url_for
from flask_babel import ngettext

from eduapp.classroom.phases import Receipt
from eduapp.classroom.sharing import TooManyOnPaper
from eduapp.teach.current import classroom
from eduapp.teach.desk import desk_response
from eduapp.teach.forms import read_number
from eduapp.teach.holding import held_view
from eduapp.teach.seats_parts import SeatsForm, slips_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from eduapp.classroom.views import ClassView


def declare(public_id: str) -> ResponseReturnValue:
    """Declare seats and lead back to the desk; a stale or impossible change changes nothing."""
    view = held_view(public_id)
    if request.method == "GET":
        return redirect(url_for("teach.desk", public_id=public_id))
    form = SeatsForm(request.form)
    if not form.validate():
        return desk_response(public_id, seats_form=form), 422
    version = read_number(request.form.get("version")) or 0
    shared, paper = form.shared.data or 0, form.paper.data or 0
    after = classroom().declare(public_id, shared, paper, version)
    return _back(after, "seats", late=None if after.version > view.version else "1")


def new_pass_code(public_id: str) -> ResponseReturnValue:
    """Make the code for a device that goes round, and lead back to the desk, which shows it."""
    view = held_view(public_id)
    classroom().new_pass_code(public_id)
    return _back(view, "seats")


def count_slips(public_id: str) -> ResponseReturnValue:
    """Put the counted slips of the open question into its urn, and lead back to the desk."""
    view = held_view(public_id)
    if request.method == "GET":
        return redirect(url_for("teach.desk", public_id=public_id))
    if view.question is None:
        return _back(view, "slips", late="1")
    form = slips_form(view.question, request.form)
    if not form.validate():
        return desk_response(public_id, slips_form=form), 422
    counts = [field.data or 0 for field in form]
    try:
        receipt = classroom().count_paper(public_id, request.form.get("round", ""), counts)
    except TooManyOnPaper:
        next(iter(form)).errors = [_too_many(sum(counts), view.paper)]
        return desk_response(public_id, slips_form=form), 422
    if receipt is Receipt.REFUSED:
        abort(400)
    return _back(view, "slips", late=None if receipt is Receipt.SENT else "1")


def _back(view: ClassView, anchor: str, late: str | None = None) -> ResponseReturnValue:
    own = "1" if request.form.get("own") == "1" else None
    address = url_for("teach.desk", public_id=view.public_id, own=own, late=late, _anchor=anchor)
    return redirect(address, 303)


def _too_many(slips: int, seats: int) -> str:
    return ngettext(
        "These are %(slips)s slips together, and %(num)s student answers on paper.",
        "These are %(slips)s slips together, and %(num)s students answer on paper.",
        seats,
        slips=slips,
    )
