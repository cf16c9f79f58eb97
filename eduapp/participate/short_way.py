"""The short way of a ballot: most are put before a view is looked for.

Nearly every ballot is the same request: the form that our script sends, from a page of ours, into
the round that is open. Looking for a view and walking through what is good for every page costs
more than putting it (docs/performance.md). A ballot that is in by this way is answered here, with
the bytes of the long way; whatever is otherwise in any respect goes the long way, through
`views.answer`, as if nobody had looked. A ballot that was put twice counts once. Source: ADR 0013.
"""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Request

from eduapp.classroom.phases import Receipt
from eduapp.classroom.roster import Seat
from eduapp.participate.finding import current_classroom
from eduapp.participate.forms import BALLOT_BYTES, read_ballot
from eduapp.web.cookies import read_seat
from eduapp.web.current import current_content
from eduapp.web.headers import NOT_KEPT, SECURITY_HEADERS, is_foreign

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from flask import Flask

    from eduapp.web.metrics import Metrics

_ADDRESS = re.compile(r"/([a-z]+)/class/([A-Z]+)/answer")
_LENGTH = str(BALLOT_BYTES)
_NO_CONTENT = "204 NO CONTENT"
_HEADERS = (("Content-Type", "text/html; charset=utf-8"), *SECURITY_HEADERS, NOT_KEPT)


class ShortWay:
    """In front of the views of an application, behind what serves files and knows proxies."""

    def __init__(self, app: Flask, metrics: Metrics | None) -> None:
        """Put ballots into the classroom of `app`; its views stay the long way."""
        self._app = app
        self._metrics = metrics
        self._long_way = app.wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a ballot that is in; let the views answer everything else."""
        address = _ADDRESS.fullmatch(environ["PATH_INFO"])
        if address is None or not _is_usual(environ) or not self._puts(environ, *address.groups()):
            return self._long_way(environ, start_response)
        if self._metrics is not None:
            self._metrics.note("participate", 204, 0)
        start_response(_NO_CONTENT, list(_HEADERS))
        return ()

    def _puts(self, environ: WSGIEnvironment, language: str, code: str) -> bool:
        """Return whether the ballot is in now. Nothing is said of why not: the long way does."""
        with suppress(Exception), self._app.app_context():
            request = Request(environ)
            if language not in current_content().languages or is_foreign(request):
                return False
            body = _read(environ)
            environ["wsgi.input"] = BytesIO(body)
            ballot, seat = read_ballot(body), read_seat(request)
            if ballot is None or seat is None:
                return False
            room = current_classroom()
            public_id = room.id_of(code)
            receipt = room.put(public_id, ballot.round_token, Seat(seat), ballot.position)
            return receipt is Receipt.SENT
        return False


def _read(environ: WSGIEnvironment) -> bytes:
    """Return the body of a request; nothing of one that fell silent, which is waited for once."""
    try:
        return bytes(environ["wsgi.input"].read(BALLOT_BYTES))
    except OSError:
        return b""


def _is_usual(environ: WSGIEnvironment) -> bool:
    """Return whether a request to the address of an answer looks as one of our script does."""
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("CONTENT_LENGTH") == _LENGTH
        and "text/html" not in environ.get("HTTP_ACCEPT", "")
    )
