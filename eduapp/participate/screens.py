"""One screen of a class as a response: rendered once for each state, and shared by every device.

Which screen it is, the callers decide; nothing here knows a device.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from eduapp.participate import pages
from eduapp.participate.page_cache import shared_page
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask import Response

    from eduapp.classroom.views import ClassView
    from eduapp.participate.pages import Screen


def class_screen(view: ClassView, screen: Screen, *, goes_round: bool = False) -> Response:
    """Return a screen of a class session; `goes_round` is for devices that do."""
    language = current_language()

    def render() -> str:
        page = pages.class_page(view, screen, language, goes_round=goes_round)
        return render_template("participate/class.html", page=page)

    return shared_page((view.public_id, view.etag, language, screen, goes_round), render)
