"""The pages for what went wrong, in the reader's language, with a next step and the help lines.

The page for 500 is made at start and needs nothing. Of a failure on a student's path only the
kind and the route are logged; never an address, a code or what was sent.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from flask import current_app, g, render_template, request
from flask_babel import lazy_gettext
from redis.exceptions import RedisError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

logger = logging.getLogger(__name__)

SERVER_ERROR = 500
OUTAGE_SECONDS = 2
"""When to try again while a database or a Redis starts anew."""
STUDENT_DOORS = frozenset({"participate", "learn"})
_SENTENCES = {
    400: (
        lazy_gettext("We could not read this"),
        lazy_gettext("Something got lost on the way. Go back and try once more."),
    ),
    403: (
        lazy_gettext("This page is not open to you"),
        lazy_gettext("It belongs to somebody else, or the form came from another site."),
    ),
    404: (
        lazy_gettext("Page not found"),
        lazy_gettext("Check the address, or start again from the first page."),
    ),
    405: (
        lazy_gettext("This address works differently"),
        lazy_gettext("Go back to the page before and use the button there."),
    ),
    410: (
        lazy_gettext("This lesson is over"),
        lazy_gettext("Your device has forgotten it. You do not have to do anything."),
    ),
    413: (
        lazy_gettext("That was too much at once"),
        lazy_gettext("What was sent is too large for this site. Nothing was kept."),
    ),
    429: (
        lazy_gettext("A moment of patience"),
        lazy_gettext("Many tries came in at once. Wait half a minute and try again."),
    ),
    500: (
        lazy_gettext("Something broke on our side"),
        lazy_gettext("It is not your fault. Wait a moment and try again."),
    ),
    503: (
        lazy_gettext("The site is busy"),
        lazy_gettext("Wait a moment and try again. Nothing is lost."),
    ),
}
"""Title and next step by status; anything else is told as the nearest of these."""
_PASSING = frozenset({429, 503})
"""What is over in a moment."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A status in words."""

    audience: str
    status: int
    title: str
    text: str
    again: str | None = None
    """The page to try from once more, where that helps."""


def error_page(status: int) -> tuple[str, int]:
    """Return the page of a status, in the reader's language."""
    known = status if status in _SENTENCES else (SERVER_ERROR if status >= SERVER_ERROR else 400)
    title, text = _SENTENCES[known]
    page = ErrorPage(
        audience="student",
        status=status,
        title=str(title),
        text=str(text),
        again=_page_to_try_from() if status in _PASSING else None,
    )
    return render_template("web/error.html", page=page), status


def _page_to_try_from() -> str | None:
    """Return this page, or the page of ours whose form was sent; None where it is not known."""
    if request.method == "GET":
        return request.full_path.removesuffix("?") if request.url_rule else None
    before = urlsplit(request.referrer or "")
    is_ours = before.netloc == request.host and re.match(r"/(?!/)", before.path)
    return urlunsplit(("", "", before.path, before.query, "")) if is_ours else None


def on_http_error(error: HTTPException) -> ResponseReturnValue:
    """Return our page for an HTTP error; redirects and ready responses pass as they are."""
    if error.code is None or error.response is not None or error.code < 400:  # noqa: PLR2004
        return error
    if error.code == SERVER_ERROR:
        return _failure_page()
    body, status = error_page(error.code)
    response = current_app.make_response((body, status))
    kept = ("Allow", "Retry-After")
    response.headers.extend([(k, v) for k, v in error.get_headers() if k in kept])
    return response


def on_failure(error: Exception) -> ResponseReturnValue:
    """Log a failure as far as its path allows, and return the ready-made page."""
    propagate = current_app.config["PROPAGATE_EXCEPTIONS"]
    if current_app.testing if propagate is None else propagate:
        raise error
    route = request.url_rule.rule if request.url_rule else "-"
    if request.blueprint in STUDENT_DOORS or request.blueprint is None:
        logger.error("%s at %s", type(error).__name__, route)
    else:
        logger.error("%s at %s", type(error).__name__, request.endpoint, exc_info=error)
    return _failure_page()


def on_outage(error: Exception) -> ResponseReturnValue:
    """Return the page for a database or a Redis that is away: nothing was changed, try again."""
    logger.error("%s at %s", type(error).__name__, request.url_rule or "-")
    body, status = error_page(503)
    response = current_app.make_response((body, status))
    response.headers["Retry-After"] = str(OUTAGE_SECONDS)
    return response


def _failure_page() -> ResponseReturnValue:
    pages: dict[str, str] = current_app.extensions["failure_pages"]
    language = request.path[1:].split("/", 1)[0]
    language = language if language in pages else request.accept_languages.best_match(pages) or ""
    return pages.get(language) or next(iter(pages.values())), SERVER_ERROR


def register_errors(app: Flask) -> None:
    """Answer every error with a page of ours; the pages for 500 are made now."""
    app.register_error_handler(HTTPException, on_http_error)
    for outage in (OperationalError, InterfaceError, PoolTimeout, StaleDataError, RedisError):
        app.register_error_handler(outage, on_outage)
    app.register_error_handler(Exception, on_failure)
    app.extensions["failure_pages"] = _make_failure_pages(app)


def _make_failure_pages(app: Flask) -> dict[str, str]:
    pages = {}
    for language in app.extensions["content"].languages:
        with app.app_context():
            g.language = language
            title, text = _SENTENCES[SERVER_ERROR]
            page = ErrorPage("student", SERVER_ERROR, str(title), str(text))
            pages[language] = render_template("web/failure.html", page=page, language=language)
    return pages
