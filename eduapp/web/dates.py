"""Days in words, as the language of the page writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import format_date

from eduapp.web.locale import current_language

if TYPE_CHECKING:
    import datetime as dt


def day_words(day: dt.date) -> str:
    """Return a day of this year: `dinsdag 1 december`, `mardi 1er décembre`."""
    return _ordinal(day, format_date(day, "EEEE d MMMM"))


def date_words(day: dt.date) -> str:
    """Return a day with its year: `1 december 2026`, `1er décembre 2026`."""
    return _ordinal(day, format_date(day, "long"))


def _ordinal(day: dt.date, words: str) -> str:
    """Return a day as French writes the first of a month; CLDR has no pattern for that."""
    is_first = day.day == 1 and current_language() == "fr"
    return re.sub(r"\b1\b", "1er", words, count=1) if is_first else words
