"""The addresses of the teachers' door, and the acts of the desk.

Each view reads a form, asks the classroom for one thing and makes one page. The page of the desk,
what comes before it (gate, key, prepared lesson, second desk) and the board have own files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for

from eduapp.teach import (
    board,
    board_door,
    desk,
    gate,
    kept,
    key,
    prepared,
    rehearsal,
    seats,
    second_desk,
)
from eduapp.teach.act_words import needs_sure
from eduapp.teach.current import classroom
from eduapp.teach.desk_page import progress_line, sheet_page
from eduapp.teach.forms import ActOrder, Back, read_act
from eduapp.teach.holding import held_view
from eduapp.web.cookies import is_plain
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from eduapp.classroom.views import ClassView

_BOTH = ["GET", "POST"]
_DESK = "/<lang>/desk/<public_id>"

blueprint = Blueprint("teach", __name__, template_folder="templates")
_route = blueprint.add_url_rule
_route("/<lang>/start/<module_id>", "gate", gate.gate, methods=_BOTH)
_route("/<lang>/start/<module_id>/task", "task", gate.task)
_route("/<lang>/board/<code>", "board", board.board)
_route("/wifi.svg", "wifi_qr", board_door.wifi_qr)
_route("/<lang>/desk", "key", key.key, methods=_BOTH)
_route(_DESK, "desk", desk.desk)
_route(f"{_DESK}/seats", "declare", seats.declare, methods=_BOTH)
_route(f"{_DESK}/pass", "new_pass_code", seats.new_pass_code, methods=["POST"])
_route(f"{_DESK}/slips", "count_slips", seats.count_slips, methods=_BOTH)
_route(f"{_DESK}/open", "open_door", prepared.open_door, methods=_BOTH)
_route(f"{_DESK}/amend", "amend", prepared.amend, methods=_BOTH)
_route(f"{_DESK}/emergency", "emergency", prepared.emergency)
_route(f"{_DESK}/kept", "kept", kept.kept)
_route(f"{_DESK}/second", "second", second_desk.second, methods=["POST"])
_route(f"{_DESK}/second.svg", "second_qr", second_desk.second_qr)
_route("/<lang>/desk/open/<token>", "open_desk", second_desk.open_desk, methods=_BOTH)
_route("/<lang>/rehearse/<module_id>", "rehearse", rehearsal.rehearse, methods=_BOTH)
_route("/<lang>/rehearsal/<public_id>", "rehearsal", rehearsal.rehearsal)
_route("/<lang>/rehearsal/<public_id>/moment", "moment", rehearsal.moment, methods=["POST"])


@blueprint.post("/<lang>/desk/<public_id>/act")
def act(public_id: str) -> ResponseReturnValue:
    """Carry out one act from desk or board; a stale, doubled or impossible one changes nothing."""
    before = held_view(public_id)
    order = read_act(request.form)
    if order is None:
        abort(400)
    if _asks_first(before, order):
        return redirect(_way_back(before, order, ask=order.act), 303)
    if order.act is None:
        after = classroom().make_room(public_id, order.places)
        return redirect(_way_back(after, order), 303)
    after = classroom().steer(public_id, order.act, order.version, order.step)
    is_late = order.version != before.version or after.version == order.version
    return redirect(_way_back(after, order, late="1" if is_late else None), 303)


@blueprint.get("/<lang>/desk/<public_id>/progress")
def progress(public_id: str) -> ResponseReturnValue:
    """Return how far the open round is, for the desk only, as coarse as the privacy rules say."""
    view = held_view(public_id)
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
    page = sheet_page(held_view(public_id), current_language())
    return render_template("teach/sheet.html", page=page)


def _asks_first(view: ClassView, order: ActOrder) -> bool:
    if order.act is None or order.is_sure or order.version != view.version:
        return False
    return needs_sure(view, order.act, asks_to_open=is_plain(request))


def _way_back(
    view: ClassView, order: ActOrder, ask: str | None = None, late: str | None = None
) -> str:
    if order.back is Back.BOARD and view.join_code:
        return url_for("teach.board", code=view.join_code, ask=ask)
    own = "1" if order.is_own_screen else None
    return url_for("teach.desk", public_id=view.public_id, own=own, ask=ask, late=late)
