"""The age bands of a module as a teacher chooses between them.

A module that is the same for every age has nothing to choose; which activities belong to a band
is the content's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

if TYPE_CHECKING:
    from eduapp.content.models import Module


@dataclass(frozen=True, slots=True)
class BandChoice:
    """One band of a module."""

    band: str
    words: str
    is_chosen: bool


def chosen_band(module: Module, asked: str | None) -> str | None:
    """Return the band asked for, else the first; None where the module has no difference."""
    if not module.bands_differ:
        return None
    return asked if asked in module.bands else module.bands[0]


def band_choices(module: Module, chosen: str | None) -> tuple[BandChoice, ...]:
    """Return the bands of a module in its order; none where `chosen` is None."""
    if chosen is None:
        return ()
    return tuple(BandChoice(band, _words(band), band == chosen) for band in module.bands)


def band_words(band: str | None) -> str | None:
    """Return for whom a lesson is: "For students of 12 to 14"."""
    return None if band is None else _words(band)


def _words(band: str) -> str:
    first, _dash, last = band.partition("-")
    return _("For students of %(first)s to %(last)s", first=first, last=last)
