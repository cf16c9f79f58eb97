"""A day in words is written as its language writes it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from eduapp.web.dates import date_words, day_words

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.parametrize(
    ("language", "day", "with_week", "with_year"),
    [
        ("nl", 1, "dinsdag 1 december", "1 december 2026"),
        ("fr", 1, "mardi 1er décembre", "1er décembre 2026"),
        ("fr", 2, "mercredi 2 décembre", "2 décembre 2026"),
        ("fr", 11, "vendredi 11 décembre", "11 décembre 2026"),
    ],
)
def test_only_the_first_of_a_month_is_an_ordinal_in_french(
    app: Flask, language: str, day: int, with_week: str, with_year: str
) -> None:
    with app.test_request_context(f"/{language}/help"):
        app.preprocess_request()

        assert day_words(dt.date(2026, 12, day)) == with_week
        assert date_words(dt.date(2026, 12, day)) == with_year
