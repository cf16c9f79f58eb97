"""The routes of students' devices.

Each view parses, asks the classroom one thing, and answers. A reply depends on the state of the
class session and on the outcome, never on what was chosen; nothing here is logged.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _

from eduapp.classroom.classroom import ClassSessionEnded
from eduapp.classroom.join_codes import spoken
from eduapp.classroom.phases import Phase, Receipt, Standing
from eduapp.classroom.registry import UnknownClassSession, UnknownCode
from eduapp.classroom.roster import ClassFull, goes_round
from eduapp.participate import pages, shared
from eduapp.participate.entry_pages import class_join_page, join_page
from eduapp.participate.finding import (
    TooManyTries,
    current_classroom,
    find,
    own_seat,
    own_standing,
)
from eduapp.participate.forms import JoinForm, read_ballot
from eduapp.participate.page_cache import PageCache, shared_page
from eduapp.participate.pages import Screen
from eduapp.participate.screens import class_screen
from eduapp.web.addresses import public_base
from eduapp.web.cookies import expire_seat, is_plain, is_seated_elsewhere, set_seat
from eduapp.web.headers import allow_framing
from eduapp.web.locale import current_language
from eduapp.web.qr import qr_svg

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState
    from werkzeug.wrappers import Response as Redirect

    from eduapp.classroom.following import Following
    from eduapp.classroom.roster import Seat
    from eduapp.classroom.views import ClassView
    from eduapp.participate.forms import Ballot

blueprint = Blueprint("participate", __name__, template_folder="templates")
shared.add_routes(blueprint)

_STATUS = {
    Receipt.SENT: 204,
    Receipt.REFUSED: 400,
    Receipt.NOT_ADMITTED: 403,
    Receipt.CLOSED: 409,
}


@blueprint.record_once
def _keep_pages(state: BlueprintSetupState) -> None:
    state.app.extensions["class_pages"] = PageCache()


# Joining


@blueprint.get("/j/<code>")
def short_link(code: str) -> Redirect:
    """Lead from the short link on the board to the class, in the language of the lesson."""
    view = find(code)
    return redirect(url_for(".class_page", lang=view.language, code=view.join_code))


@blueprint.get("/j/<code>.svg")
def qr(code: str) -> Response:
    """Return the short link as a picture; the same for everyone."""
    view = find(code)
    link = public_base(request) + url_for(".short_link", code=view.join_code)
    response = Response(qr_svg(link), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@blueprint.get("/<lang>/join")
def join_form() -> Response:
    """Return the page with the code field."""
    return _join_response(JoinForm())


@blueprint.post("/<lang>/join")
def join() -> Response | Redirect:
    """Admit the device to the class of a code. Only this admits: following a link does not."""
    form = JoinForm(request.form)
    typed = form.code.data or ""
    if not typed:
        return _join_response(JoinForm.holding("", _("Type the code that is on the board.")), 400)
    view = find(typed)
    seat = _seat_for(view)
    try:
        current_classroom().admit(view.public_id, seat)
    except ClassFull:
        problem = _("This class is full. Tell your teacher: a place can be made.")
        return _join_response(JoinForm.holding(typed, problem), 409)
    except ClassSessionEnded:
        # The class page says so, and takes the seat back.
        return redirect(url_for(".class_page", code=view.join_code), 303)
    response = make_response(redirect(url_for(".class_page", code=view.join_code), 303))
    if not view.is_rehearsal:
        set_seat(response, seat, view.public_id)
    return response


# The class


@blueprint.get("/<lang>/class/<code>")
def class_page(code: str) -> Response | Redirect:
    """Return the device's page: what its class session shows now, or the way in."""
    view = find(code)
    if code != view.join_code or request.query_string:
        # One address for each page: what stands in it also stands in the page that all share.
        return redirect(url_for(".class_page", code=view.join_code))
    if view.is_rehearsal:
        allow_framing()
    if view.phase is Phase.ENDED:
        return _ended(view)
    standing = own_standing(view)
    if standing is Standing.STRANGER:
        form = JoinForm.holding(spoken(view.join_code))
        had_seat = _holds_free_seat(view)
        page = class_join_page(
            form,
            view,
            is_plain=is_plain(request),
            had_seat=had_seat,
            went_round=_went_round(),
        )
        return Response(render_template("participate/join.html", page=page))
    if standing is Standing.SHARED:
        return shared.cover(view)
    return class_screen(view, pages.screen_of(view, standing))


@blueprint.post("/<lang>/class/<code>/answer")
def answer(code: str) -> Response | Redirect:
    """Put a ballot into the open round; memory only, and the same reply for the same outcome."""
    seat = own_seat()
    ballot = read_ballot(request.get_data())
    receipt = _put(code, seat, ballot)
    if "text/html" not in request.headers.get("Accept", ""):
        # A script: the status says it all. No body, so that the reply leaves in one packet.
        return Response(status=_STATUS[receipt])
    if receipt is Receipt.SENT and ballot is not None:
        address = url_for(".sent", code=code, round=ballot.round_token)
        response = make_response(redirect(address, 303))
        if seat is not None:
            # A cookie that is written makes the browser let go of the page before, where the choice
            # is still marked: without JavaScript nothing else clears it for whoever presses Back.
            set_seat(response, seat, current_classroom().id_of(code))
        return response
    if receipt is Receipt.REFUSED:
        return redirect(shared.way_back(code, seat), 303)
    return redirect(url_for(".class_page", code=code), 303)


@blueprint.get("/<lang>/class/<code>/answer")
def answer_again(code: str) -> Redirect:
    """Lead a browser that goes back to an answer's address to the class."""
    return redirect(url_for(".class_page", code=code))


@blueprint.get("/<lang>/class/<code>/sent")
def sent(code: str) -> Response | Redirect:
    """Say, without JavaScript, that the answer is in; only while its round is open."""
    view = find(code)
    own_address = url_for(".sent", code=view.join_code, round=view.round_token)
    is_open = view.round_token is not None and not view.is_paused
    is_here = request.full_path == own_address
    if not (is_open and is_here) or own_standing(view) is not Standing.MEMBER:
        return redirect(url_for(".class_page", code=view.join_code))
    if view.is_rehearsal:
        allow_framing()
    return class_screen(view, Screen.SENT)


@blueprint.get("/state/<public_id>")
def state(public_id: str) -> Response:
    """Return the state document: no cookie, the same bytes for everyone (docs/adr/0003)."""
    try:
        body, tag = current_classroom().state_document(public_id)
    except UnknownClassSession:
        return Response(b"{}", 404, mimetype="application/json")
    following = cast("Following", current_app.extensions["following"])
    is_known = request.if_none_match.contains(tag)
    response = Response(b"" if is_known else body, 304 if is_known else 200)
    response.mimetype = "application/json"
    response.set_etag(tag)
    response.headers["Cache-Control"] = "public, max-age=0, s-maxage=1, must-revalidate"
    response.headers["Follow-After"] = str(following.look())
    return response


# What went wrong


@blueprint.errorhandler(UnknownCode)
def _unknown_code(_error: UnknownCode) -> Response:
    problem = _("We do not know this code. Look at the board and type it once more.")
    return _join_response(JoinForm.holding(_typed(), problem), 404)


@blueprint.errorhandler(TooManyTries)
def _too_many_tries(error: TooManyTries) -> Response:
    problem = _("Many codes come in from here right now. Count to ten and try again.")
    response = _join_response(JoinForm.holding(_typed(), problem), 429)
    response.headers["Retry-After"] = str(math.ceil(error.args[0]))
    return response


# Within


def _seat_for(view: ClassView) -> Seat:
    """Return the seat to admit: a new one for a device that has none, or that went round."""
    seat = own_seat()
    if seat is None or (_went_round() and own_standing(view) is Standing.STRANGER):
        return current_classroom().new_seat()
    return seat


def _went_round() -> bool:
    seat = own_seat()
    return seat is not None and goes_round(seat)


def _typed() -> str:
    in_address = (request.view_args or {}).get("code", "")
    return str(request.form.get("code") or in_address)


def _put(code: str, seat: Seat | None, ballot: Ballot | None) -> Receipt:
    if ballot is None:
        return Receipt.REFUSED
    classroom = current_classroom()
    try:
        return classroom.put(classroom.id_of(code), ballot.round_token, seat, ballot.position)
    except (UnknownCode, UnknownClassSession):
        # Not told apart from a class one is not in: this is no way to try codes.
        return Receipt.NOT_ADMITTED


def _join_response(form: JoinForm, status: int = 200) -> Response:
    page = join_page(form, is_plain=is_plain(request))
    return Response(render_template("participate/join.html", page=page), status)


def _ended(view: ClassView) -> Response:
    def render() -> str:
        return render_template("participate/ended.html", page=pages.end_page(view))

    key = (view.public_id, view.etag, current_language(), Phase.ENDED)
    response = shared_page(key, render, 410)
    if not is_seated_elsewhere(request, view.public_id):
        expire_seat(response)
    return response


def _holds_free_seat(view: ClassView) -> bool:
    """Return whether this device holds a seat of this class: it may have been in."""
    return own_seat() is not None and not is_seated_elsewhere(request, view.public_id)
