"""The addresses of the teachers' door, and the views of key, desk and sheet.

Each view reads a form, asks the classroom for one thing and makes one page; gate and board have
files of their own.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from eduapp.classroom.lesson_keys import read_lesson_key
from eduapp.classroom.phases import Act, Phase
from eduapp.classroom.registry import UnknownClassSession, WrongLessonKey
from eduapp.teach import board, gate
from eduapp.teach.act_words import needs_sure
from eduapp.teach.current import classroom, seconds_to_wait, spend
from eduapp.teach.desk_page import desk_page, end_page, progress_line, sheet_page
from eduapp.teach.forms import ActOrder, Back, KeyForm, read_act
from eduapp.teach.pages import KeyPage
from eduapp.web.cookies import is_plain, read_desk_key, set_desk_key
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from eduapp.classroom.views import ClassView

blueprint = Blueprint("teach", __name__, template_folder="templates")
blueprint.add_url_rule("/<lang>/start/<module_id>", "gate", gate.gate, methods=["GET", "POST"])
blueprint.add_url_rule("/<lang>/start/<module_id>/task", "task", gate.task)
blueprint.add_url_rule("/<lang>/board/<code>", "board", board.board)


@blueprint.route("/<lang>/desk", methods=["GET", "POST"])
def key() -> ResponseReturnValue:
    """Ask for the lesson key; the right one opens the desk on this device."""
    form = KeyForm(request.form)
    if request.method == "GET":
        return _key_page(form), 200
    if not form.validate():
        return _key_page(form), 422
    try:
        view = classroom().by_lesson_key(form.lesson_key.data or "")
    except WrongLessonKey:
        # Only wrong keys are paced: a right one has 54 bits and is no guess, so a student who tries
        # keys from the same address cannot keep the teacher out.
        wait = seconds_to_wait("key_pace")
        if wait:
            return _key_page(form, wait_seconds=wait), 429, {"Retry-After": str(wait)}
        spend("key_pace")
        return _key_page(form, is_wrong=True), 403
    lesson_key = read_lesson_key(form.lesson_key.data or "")
    response = make_response(redirect(url_for("teach.desk", public_id=view.public_id), 303))
    set_desk_key(response, view.public_id, lesson_key or "")
    return response


@blueprint.get("/<lang>/desk/<public_id>")
def desk(public_id: str) -> ResponseReturnValue:
    """Show the desk to a browser that holds it, the key form to any other."""
    view = _view(public_id)
    lesson_key = read_desk_key(request, public_id)
    if lesson_key is None or not classroom().holds(public_id, lesson_key):
        return _key_page(KeyForm(), is_refused=True), 403
    if view.phase is Phase.ENDED:
        return render_template("teach/end.html", page=end_page(view, current_language()))
    page = desk_page(
        view,
        lesson_key,
        current_language(),
        progress=classroom().progress(public_id),
        zone=classroom().zone(public_id) if Act.DISCUSS in view.acts else None,
        is_late=request.args.get("late") == "1",
        asking=request.args.get("ask"),
        is_own_screen=request.args.get("own") == "1",
    )
    return render_template("teach/desk.html", page=page)


@blueprint.post("/<lang>/desk/<public_id>/act")
def act(public_id: str) -> ResponseReturnValue:
    """Carry out one act from desk or board; a stale, doubled or impossible one changes nothing."""
    before = _held_view(public_id)
    order = read_act(request.form)
    if order is None:
        abort(400)
    if _asks_first(before, order):
        return redirect(_way_back(before, order, ask=order.act), 303)
    if order.act is None:
        after = classroom().make_room(public_id, order.places)
        return redirect(_way_back(after, order), 303)
    after = classroom().steer(public_id, order.act, order.version)
    is_late = order.version != before.version or after.version == order.version
    return redirect(_way_back(after, order, late="1" if is_late else None), 303)


@blueprint.get("/<lang>/desk/<public_id>/progress")
def progress(public_id: str) -> ResponseReturnValue:
    """Return how far the open round is, for the desk only, as coarse as the privacy rules say."""
    view = _held_view(public_id)
    now = classroom().progress(public_id)
    line = progress_line(now) if now is not None else None
    return jsonify(
        version=view.version,
        text=line.text if line else "",
        fraction=line.fraction if line else 0,
        enough=line.is_enough if line else False,
    )


@blueprint.get("/<lang>/desk/<public_id>/sheet")
def sheet(public_id: str) -> str:
    """Show what this class did, without any result, made to be printed."""
    page = sheet_page(_held_view(public_id), current_language())
    return render_template("teach/sheet.html", page=page)


def _view(public_id: str) -> ClassView:
    try:
        return classroom().by_id(public_id)
    except UnknownClassSession:
        abort(404)


def _held_view(public_id: str) -> ClassView:
    view = _view(public_id)
    if not classroom().holds(public_id, read_desk_key(request, public_id)):
        abort(403)
    return view


def _asks_first(view: ClassView, order: ActOrder) -> bool:
    if order.act is None or order.is_sure or order.version != view.version:
        return False
    return needs_sure(view, order.act, asks_to_open=is_plain(request))


def _way_back(
    view: ClassView, order: ActOrder, ask: str | None = None, late: str | None = None
) -> str:
    if order.back is Back.BOARD:
        return url_for("teach.board", code=view.join_code, ask=ask)
    own = "1" if order.is_own_screen else None
    return url_for("teach.desk", public_id=view.public_id, own=own, ask=ask, late=late)


def _key_page(
    form: KeyForm, *, is_wrong: bool = False, is_refused: bool = False, wait_seconds: int = 0
) -> str:
    page = KeyPage(
        lang=current_language(),
        form=form,
        is_wrong=is_wrong,
        is_refused=is_refused,
        wait_minutes=math.ceil(wait_seconds / 60),
    )
    return render_template("teach/key.html", page=page)
