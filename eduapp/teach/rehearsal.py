"""The views of a rehearsal: start one, show its desk, board and one student together, practise.

The imaginary class itself is in `classroom`; no page here belongs to a real lesson.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from flask import abort, make_response, redirect, render_template, request, url_for

from eduapp.classroom.phases import Act, Phase
from eduapp.classroom.rehearsal import HardMoment
from eduapp.classroom.starting import TooManyRehearsals
from eduapp.content.models import Reveal
from eduapp.teach.bands import chosen_band
from eduapp.teach.current import classroom, seconds_to_wait, spend
from eduapp.teach.forms import KeyForm
from eduapp.teach.holding import found_view, held_key, held_view
from eduapp.teach.key import key_page
from eduapp.teach.rehearsal_page import LaterPage, rehearsal_page
from eduapp.web.cookies import set_desk_key
from eduapp.web.current import current_content
from eduapp.web.headers import hold_frames
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Module

DONE = "done"
"""What the page sends to end the moment that is practised."""
_BUSY_SECONDS = 120
_ASKING = frozenset({HardMoment.FEW, HardMoment.WIFI})
"""Moments that show only while a question is open."""


def rehearse(module_id: str) -> ResponseReturnValue:
    """Start a rehearsal of a module and lead to it; a GET leads to the page of the module."""
    module = current_content().modules.get(module_id) or abort(404)
    if request.method != "POST":
        return redirect(url_for("learn.module", module_id=module_id))
    band = chosen_band(module, request.form.get("band"))
    wait = seconds_to_wait("rehearsal_pace")
    if wait:
        return _later_page(module, band, wait), 429, {"Retry-After": str(wait)}
    try:
        started = classroom().rehearse(module, current_language(), band=band)
    except TooManyRehearsals:
        return _later_page(module, band), 503, {"Retry-After": str(_BUSY_SECONDS)}
    spend("rehearsal_pace")
    address = url_for("teach.rehearsal", public_id=started.public_id)
    response = make_response(redirect(address, 303))
    set_desk_key(response, started.public_id, started.lesson_key)
    return response


def rehearsal(public_id: str) -> ResponseReturnValue:
    """Show desk, board and one student's screen of a rehearsal to who holds its desk."""
    view = _rehearsed(found_view(public_id))
    if held_key(public_id) is None:
        return key_page(KeyForm(), is_refused=True), 403
    hold_frames()
    return render_template("teach/rehearsal.html", page=rehearsal_page(view, current_language()))


def moment(public_id: str) -> ResponseReturnValue:
    """Begin a hard moment of a rehearsal, or end the one that is practised."""
    view = _rehearsed(held_view(public_id))
    said = request.form.get("moment", "")
    if said not in {*HardMoment, DONE}:
        abort(400)
    if view.phase is not Phase.ENDED:
        wanted = None if said == DONE else HardMoment(said)
        view = classroom().practise(public_id, wanted, view.version)
        _lead_to(wanted, view)
    return redirect(url_for("teach.rehearsal", public_id=public_id, _anchor="practise"), 303)


def _lead_to(moment: HardMoment | None, view: ClassView) -> None:
    """Bring the class to where a moment can be seen, by acts that the desk offers too."""
    if moment in _ASKING:
        _ask_something(_steer(view, Act.RESUME))
    elif moment is HardMoment.BELL:
        view = _steer(view, Act.RESUME)
        if not view.step:
            _steer(view, Act.NEXT)


def _ask_something(view: ClassView) -> None:
    """Open a question anew, or else the next one that may still be asked."""
    if view.phase is Phase.WRAP_UP:
        view = _steer(view, Act.BACK)
    for act in (Act.VOID, Act.CLOSE, Act.WHOLE):
        # What is not possible now changes nothing.
        view = _steer(view, act)
    for step in _steps_with_a_round(view):
        if step != view.step:
            view = _steer(view, Act.GOTO, step)
        if Act.OPEN in view.acts:
            _steer(view, Act.OPEN)
            return


def _steps_with_a_round(view: ClassView) -> Iterator[int]:
    """Yield the steps whose question is put to the class: the present one first, then onwards."""
    activities = view.module.activities
    for offset in range(len(activities)):
        step = (max(view.step, 1) - 1 + offset) % len(activities) + 1
        question = activities[step - 1].question
        if question is not None and question.reveal is Reveal.CLASS:
            yield step


def _steer(view: ClassView, act: Act, step: int | None = None) -> ClassView:
    return classroom().steer(view.public_id, act, view.version, step)


def _rehearsed(view: ClassView) -> ClassView:
    return view if view.is_rehearsal else abort(404)


def _later_page(module: Module, band: str | None, wait_seconds: int = 0) -> str:
    page = LaterPage(
        lang=current_language(),
        module=module,
        band=band,
        wait_minutes=math.ceil(wait_seconds / 60),
    )
    return render_template("teach/rehearsal_later.html", page=page)
