"""A device that goes round: it becomes one with a code of the desk, and students take turns on it.

Between two turns it shows a cover. Nothing here knows a choice; a turn is in memory only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from eduapp.classroom.phases import Phase, Standing
from eduapp.classroom.roster import ClassFull
from eduapp.classroom.sharing import QuestionIsOpen, WrongPassCode
from eduapp.participate import pages
from eduapp.participate.entry_pages import share_page
from eduapp.participate.finding import current_classroom, find, own_seat, own_standing
from eduapp.participate.forms import PassForm
from eduapp.participate.page_cache import RenderedPage, packed
from eduapp.participate.pages import Screen
from eduapp.participate.screens import class_screen
from eduapp.web.cookies import set_seat
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response as Redirect

    from eduapp.classroom.roster import Seat
    from eduapp.classroom.views import ClassView

_CLASS = "/<lang>/class/<code>"


def add_routes(blueprint: Blueprint) -> None:
    """Give the door the addresses of devices that go round."""
    route = blueprint.add_url_rule
    route(f"{_CLASS}/share", "share_form", share_form)
    route(f"{_CLASS}/share", "share", share, methods=["POST"])
    route(f"{_CLASS}/next", "next_turn", next_turn, methods=["POST"])
    route(f"{_CLASS}/next", "next_again", next_again)
    route(f"{_CLASS}/turn", "turn", turn)


def share_form(code: str) -> Response | Redirect:
    """Return the page with the field for the code of the desk."""
    view = find(code)
    if view.shared == 0 or view.phase is Phase.ENDED:
        return _to_class(view)
    return _share_response(view, PassForm())


def share(code: str) -> Response | Redirect:
    """Make this device one that goes round; only with the code of the desk, and only once."""
    view = find(code)
    typed = request.form.get("pass_code", "").strip()
    try:
        seat = current_classroom().share(view.public_id, own_seat(), typed)
    except WrongPassCode:
        problem = _("This code does not work, or not any more. Ask your teacher for a new one.")
        return _share_response(view, PassForm.holding(typed, problem), 403)
    except QuestionIsOpen:
        problem = _("A question is open now. Wait until it is closed and try again.")
        return _share_response(view, PassForm.holding(typed, problem), 409)
    except ClassFull:
        problem = _("This class is full. Tell your teacher: a place can be made.")
        return _share_response(view, PassForm.holding(typed, problem), 409)
    response = make_response(_to_class(view))
    set_seat(response, seat, view.public_id)
    return response


def next_turn(code: str) -> Redirect:
    """Let the next student answer; a second press is the same turn."""
    view = find(code)
    token = None
    if not view.is_paused:
        token = current_classroom().next_turn(view.public_id, own_seat())
    return redirect(url_for(".turn", code=view.join_code), 303) if token else _to_class(view)


def next_again(code: str) -> Redirect:
    """Lead a browser that goes back to this address to the class."""
    return redirect(url_for(".class_page", code=code))


def turn(code: str) -> Response | Redirect:
    """Return the open question for one student; the cover where this device has no turn."""
    view = find(code)
    token = current_classroom().turn(view.public_id, own_seat())
    is_here = code == view.join_code and not request.query_string
    if token is None or view.is_paused or not is_here:
        return redirect(url_for(".class_page", code=view.join_code))
    page = pages.class_page(view, Screen.TURN, current_language(), goes_round=True, turn=token)
    return packed(RenderedPage.of(render_template("participate/class.html", page=page)))


def cover(view: ClassView) -> Response:
    """Return what a device that goes round shows to whoever picks it up."""
    screen = pages.screen_of(view, Standing.SHARED)
    if screen is Screen.COVER and not current_classroom().has_turns(view.public_id, own_seat()):
        screen = Screen.NO_TURNS
    return class_screen(view, screen, goes_round=True)


def way_back(code: str, seat: Seat | None) -> str:
    """Return where a browser goes that sent no choice: to its question, with what is missing."""
    view = find(code)
    is_shared = seat is not None and own_standing(view) is Standing.SHARED
    return url_for(".turn" if is_shared else ".class_page", code=code, _anchor="choose")


def _share_response(view: ClassView, form: PassForm, status: int = 200) -> Response:
    page = share_page(form, view)
    return Response(render_template("participate/share.html", page=page), status)


def _to_class(view: ClassView) -> Redirect:
    return redirect(url_for(".class_page", code=view.join_code), 303)
