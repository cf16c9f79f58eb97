"""The view of the board, the page for the projector.

Whoever has the join code may look; acts are on it only where this browser holds the desk.
"""

from __future__ import annotations

from flask import abort, render_template, request

from eduapp.classroom.registry import UnknownCode
from eduapp.teach.board_page import board_page
from eduapp.teach.current import classroom, seconds_to_wait, spend
from eduapp.web.cookies import read_desk_key
from eduapp.web.headers import allow_framing
from eduapp.web.locale import current_language


def board(code: str) -> str:
    """Show the board of a class session; 404 for an unknown code, 429 after many of those."""
    try:
        view = classroom().by_code(code)
    except UnknownCode:
        view = None
    holds_desk = view is not None and classroom().holds(
        view.public_id, read_desk_key(request, view.public_id)
    )
    if not holds_desk and seconds_to_wait("code_pace"):
        # A right code waits as well: else guessing would go on here while the join page is paced.
        abort(429)
    if view is None:
        spend("code_pace")
        abort(404)
    if view.is_rehearsal:
        allow_framing()
    page = board_page(
        view, current_language(), holds_desk=holds_desk, asking=request.args.get("ask")
    )
    return render_template("teach/board.html", page=page)
