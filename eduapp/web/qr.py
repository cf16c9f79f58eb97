"""An address as a picture that a camera reads: the join code, the link for a second desk.

An SVG without styles or scripts, made here; no service elsewhere is asked.
"""

from __future__ import annotations

import io
from functools import lru_cache

import segno

QUIET_MODULES = 4
"""The light edge that readers need, in modules. Source: ISO/IEC 18004."""


@lru_cache(maxsize=128)
def qr_svg(address: str) -> bytes:
    """Return an SVG of the address, dark on white in every colour scheme; it fills its place."""
    picture = io.BytesIO()
    segno.make(address, micro=False, error="m").save(
        picture, kind="svg", border=QUIET_MODULES, light="#fff", omitsize=True, nl=False
    )
    return picture.getvalue()
