"""`python -m tests.attack.serve BUILD`: the site under gunicorn, as `make run` starts it.

Two things are added. A request with the line `X-Fail` makes a student's view fail with everything
in the message that no log may hold. And with a build other than `sound` the server itself is broken
on purpose: what is patched in another process does not reach this one.
"""

from __future__ import annotations

import logging
import sys
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from flask import Response, after_this_request, request
from gunicorn.app.base import Application
from gunicorn.app.wsgiapp import run

from eduapp import app as site
from eduapp.participate import views as student_views
from eduapp.participate.finding import find
from eduapp.participate.forms import read_ballot
from eduapp.web import errors, headers, static_files
from tests.attack.broken_storage import markers_in_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask.typing import ResponseReturnValue

    from eduapp.classroom.phases import Receipt
    from eduapp.classroom.roster import Seat
    from eduapp.classroom.views import ClassView
    from eduapp.participate.forms import Ballot

FAIL = "X-Fail"
_put = student_views._put
_settings_in = Application.get_config_from_filename
_on_failure = errors.on_failure
_secure = headers.secure
_served = static_files._served


class Forced(Exception):  # noqa: N818 - named for the fact
    """A failure that an attack asked for."""


def _find_or_fail(typed: str) -> ClassView:
    if FAIL in request.headers:
        raise Forced(typed, request.url, dict(request.headers), request.remote_addr)
    return find(typed)


def _read_or_fail(body: bytes) -> Ballot | None:
    if FAIL in request.headers:
        raise Forced(body, request.url, dict(request.headers), request.remote_addr)
    return read_ballot(body)


@contextmanager
def _access_log() -> Iterator[None]:
    """Ask for the log, and take away the three guards that stand in its way."""

    def unguarded(self: Application, filename: str) -> dict[str, Any]:
        settings: dict[str, Any] = _settings_in(self, filename)
        settings["_broken_promises"] = lambda _settings: []
        del settings["QuietLogger"].access
        return settings

    with (
        patch.object(sys, "argv", [*sys.argv, "--access-logfile", "-"]),
        patch.object(Application, "get_config_from_filename", unguarded),
        patch.object(site, "refuse_unsafe", lambda *_what: None),
    ):
        yield


def _told_failures() -> AbstractContextManager[object]:
    def tell(error: Exception) -> ResponseReturnValue:
        logging.getLogger(__name__).error("%s at %s", error, request.path)
        return _on_failure(error)

    return patch.object(errors, "on_failure", tell)


def _noted_requests() -> AbstractContextManager[object]:
    def note(typed: str) -> ClassView:
        sys.stderr.write(f"looked for {typed}\n")
        return _find_or_fail(typed)

    return patch.object(student_views, "find", note)


def _choice_in_storage() -> AbstractContextManager[object]:
    def served(path: Path, source: Path) -> bytes:
        script = _served(path, source)
        keep = b"""document.addEventListener("change", (event) => {
            sessionStorage.setItem("choice", event.target.value);
        });"""
        return script + keep if path.name == "answer.mjs" else script

    return patch.object(static_files, "_served", served)


def _choice_in_address() -> AbstractContextManager[object]:
    def put(code: str, seat: Seat | None, ballot: Ballot | None) -> Receipt:
        @after_this_request
        def tell(response: Response) -> Response:
            if ballot is not None and response.location is not None:
                response.location += f"#choice={ballot.position}"
            return response

        return _put(code, seat, ballot)

    return patch.object(student_views, "_put", put)


def _pages_kept() -> AbstractContextManager[object]:
    def secure(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-cache")
        return _secure(response)

    return patch.object(headers, "secure", secure)


def _seat_kept() -> AbstractContextManager[object]:
    return patch.object(student_views, "expire_seat", lambda _response: None)


SERVED: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "sound": nullcontext,
    "access-log": _access_log,
    "told-failures": _told_failures,
    "markers-in-database": markers_in_database,
    "noted-requests": _noted_requests,
    "choice-in-storage": _choice_in_storage,
    "choice-in-address": _choice_in_address,
    "pages-kept": _pages_kept,
    "seat-kept": _seat_kept,
}
"""Builds of the server, by name."""


def main() -> None:
    """Serve the build that the command line names, until stopped."""
    build = sys.argv[1]
    sys.argv = ["gunicorn"]
    with ExitStack() as stack:
        stack.enter_context(patch.object(student_views, "find", _find_or_fail))
        stack.enter_context(patch.object(student_views, "read_ballot", _read_or_fail))
        stack.enter_context(SERVED[build]())
        run()


if __name__ == "__main__":
    main()
