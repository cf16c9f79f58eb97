"""How a class comes in, as the board shows it: address, code, QR code, in each language.

No question and no act here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, abort, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from config import LOOPBACK
from eduapp.classroom.join_codes import spoken
from eduapp.web.addresses import lan_addresses, public_base, reachable_base
from eduapp.web.current import current_config, current_content
from eduapp.web.locale import language_name
from eduapp.web.qr import qr_svg, wifi_text

if TYPE_CHECKING:
    from config import Wifi
    from eduapp.classroom.views import ClassView


@dataclass(frozen=True, slots=True)
class Door:
    """How to come in: an address and a code, as large as each other, and the same as a QR code."""

    address: str
    code: str
    qr_url: str
    reachable_at: str | None
    """Where other devices can reach this site, when this address is for this computer only."""
    is_loopback: bool
    wifi: Wifi | None
    """The wifi of the room, where the host named it."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """How to join, in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The same board in another language."""

    language: str
    name: str
    url: str


def door_of(view: ClassView) -> Door:
    """Return how to come in at the address that this request used, or the one that is set."""
    return Door(
        address=urlsplit(public_base(request)).netloc,
        code=spoken(view.join_code),
        qr_url=url_for("participate.qr", code=view.join_code),
        reachable_at=reachable_elsewhere(),
        is_loopback=reachable_base(request) is None,
        wifi=current_config().wifi,
    )


def reachable_elsewhere() -> str | None:
    """Return where other devices reach this site, when they do not where this request came from.

    None where they do, or where this computer listens to itself alone.
    """
    if reachable_base(request) is not None or current_config().host in LOOPBACK:
        return None
    lan = next(iter(lan_addresses()), None)
    return f"http://{lan}:{current_config().port}" if lan else None


def wifi_qr() -> Response:
    """Return the wifi of the room as a picture; 404 where the host named none."""
    wifi = current_config().wifi
    if wifi is None:
        abort(404)
    return Response(qr_svg(wifi_text(wifi)), mimetype="image/svg+xml")


def invitations_from(language: str) -> tuple[Invitation, ...]:
    """Return how to join in every language of the site, that of the board first."""
    invitations = []
    for each in sorted(current_content().languages, key=lambda other: other != language):
        with force_locale(each):
            text = _("Go to the address, type the code. No name, no account.")
            invitations.append(Invitation(each, text))
    return tuple(invitations)


def other_languages(view: ClassView, language: str) -> tuple[OtherLanguage, ...]:
    """Return the same board in each language but this one."""
    return tuple(
        OtherLanguage(
            each, language_name(each), url_for("teach.board", code=view.join_code, lang=each)
        )
        for each in current_content().languages
        if each != language
    )
