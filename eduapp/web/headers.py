"""The security headers of every response, and the refusal of forms that come from elsewhere.

Runs on every request, also on the path of an answer: constant work, no look-up. No page and no
rule of a lesson here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request

from eduapp.web.current import current_config

if TYPE_CHECKING:
    from flask import Flask, Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

SECURITY_HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    # Not no-referrer: with that policy a browser sends a form with "Origin: null", which we refuse.
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
    (
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)

BODY_LIMIT = 64 * 1024
SWALLOWED = 8 * 1024 * 1024
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({"same-origin", "none"})


def refuse_foreign_forms() -> None:
    """Answer 413 to a body over 64 KB, 403 to a form of another site (privacy, decision 10)."""
    if request.method in _READING:
        return
    if (request.content_length or 0) > BODY_LIMIT:
        _swallow()
        abort(413)
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in _OWN_SITE:
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and not _is_ours(origin):
        abort(403)


def secure(response: Response) -> Response:
    """Return the response with the security headers; nobody keeps it unless its view said so."""
    headers = response.headers
    headers.extend(SECURITY_HEADERS)
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    return response


def _swallow() -> None:
    """Read a body that is too large and keep nothing: a browser hears our answer only after."""
    body = request.environ["wsgi.input"]
    left = min(request.content_length or 0, SWALLOWED)
    while left > 0 and (part := body.read(min(left, BODY_LIMIT))):
        left -= len(part)


def _is_ours(origin: str) -> bool:
    # The host decides, not the scheme: a proxy may speak HTTPS for us and forget to say so.
    return origin.partition("://")[2] == request.host or origin == current_config().public_url


def register_headers(app: Flask) -> None:
    """Put the headers on every response and the refusals before every view."""
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.config["MAX_FORM_MEMORY_SIZE"] = BODY_LIMIT
    app.before_request(refuse_foreign_forms)
    app.after_request(secure)
