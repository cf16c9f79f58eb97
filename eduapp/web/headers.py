"""The security headers of every response, and the refusal of forms that come from elsewhere.

Runs on every request, also on the path of an answer: constant work, no look-up. No page and no
rule of a lesson here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, g, request

from eduapp.web.current import current_config

if TYPE_CHECKING:
    from flask import Flask, Request, Response

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


def _with(policy: str, frames: str) -> tuple[tuple[str, str], ...]:
    changed = {"Content-Security-Policy": policy, "X-Frame-Options": frames}
    return tuple((name, changed.get(name, value)) for name, value in SECURITY_HEADERS)


FRAMED_HEADERS = _with(
    POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'"), "SAMEORIGIN"
)
"""What a page carries that our own pages may show in a frame."""
FRAMING_HEADERS = _with(f"{POLICY}; frame-src 'self'", "DENY")
"""What a page carries that shows our own pages in frames."""

NOT_KEPT = ("Cache-Control", "no-store")
"""What a response carries whose view said nothing about keeping it."""

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
    if is_foreign(request):
        abort(403)


def is_foreign(form: Request) -> bool:
    """Return whether a form says that it comes from another site (privacy, decision 10)."""
    site = form.headers.get("Sec-Fetch-Site")
    if site is not None and site not in _OWN_SITE:
        return True
    origin = form.headers.get("Origin")
    # The host decides, not the scheme: a proxy may speak HTTPS for us and forget to say so.
    return origin is not None and (
        origin.partition("://")[2] != form.host and origin != current_config().public_url
    )


def allow_framing() -> None:
    """Let our own pages show this response in a frame: only a rehearsal's. Source: ADR 0007."""
    g.security_headers = FRAMED_HEADERS


def hold_frames() -> None:
    """Let this response show our own pages in frames: only the rehearsal. Source: ADR 0007."""
    g.security_headers = FRAMING_HEADERS


def secure(response: Response) -> Response:
    """Return the response with the security headers; nobody keeps it unless its view said so."""
    headers = response.headers
    headers.extend(g.get("security_headers", SECURITY_HEADERS))
    if NOT_KEPT[0] not in headers:
        headers.add(*NOT_KEPT)
    return response


def _swallow() -> None:
    """Read a body that is too large and keep nothing: a browser hears our answer only after."""
    body = request.environ["wsgi.input"]
    left = min(request.content_length or 0, SWALLOWED)
    while left > 0 and (part := body.read(min(left, BODY_LIMIT))):
        left -= len(part)


def register_headers(app: Flask) -> None:
    """Put the headers on every response and the refusals before every view."""
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.config["MAX_FORM_MEMORY_SIZE"] = BODY_LIMIT
    app.before_request(refuse_foreign_forms)
    app.after_request(secure)
