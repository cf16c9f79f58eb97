"""Pictures that a camera reads: the join code, the link for a second desk, the wifi of the room.

An SVG without styles or scripts, made here; no service elsewhere is asked.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

import segno

if TYPE_CHECKING:
    from config import Wifi

QUIET_MODULES = 4
"""The light edge that readers need, in modules. Source: ISO/IEC 18004."""


_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in '\\;,:"'})


def wifi_text(wifi: Wifi) -> str:
    """Return what a camera reads to join a wifi."""
    name = wifi.name.translate(_SPECIAL)
    if wifi.password is None:
        return f"WIFI:T:nopass;S:{name};;"
    return f"WIFI:T:WPA;S:{name};P:{wifi.password.translate(_SPECIAL)};;"


@lru_cache(maxsize=128)
def qr_svg(address: str) -> bytes:
    """Return an SVG of an address that many screens show; see `secret_qr_svg`."""
    return secret_qr_svg(address)


def secret_qr_svg(address: str) -> bytes:
    """Return an SVG of a text, dark on white in every colour scheme; it fills its place.

    Nothing of it stays in memory.
    """
    picture = io.BytesIO()
    segno.make(address, micro=False, error="m").save(
        picture, kind="svg", border=QUIET_MODULES, light="#fff", omitsize=True, nl=False
    )
    return picture.getvalue()
