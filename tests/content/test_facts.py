"""Numbers in the form of their language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduapp.content.facts import format_value
from eduapp.content.typography import typeset
from tests.content.unhurried import unhurried


@pytest.mark.parametrize(
    ("value", "unit", "nl", "fr"),
    [
        (84, "percent", "84%", "84\u00a0%"),
        (12.8, "percent", "12,8%", "12,8\u00a0%"),
        (7.7, "percent", "7,7%", "7,7\u00a0%"),
        (143868, "count", "143.868", "143\u202f868"),
        (2.5, "count", "2,5", "2,5"),
        (2017, "year", "2017", "2017"),
    ],
)
def test_a_number_has_the_form_of_its_language(value: float, unit: str, nl: str, fr: str) -> None:
    assert format_value(value, unit, "nl") == nl
    assert format_value(value, unit, "fr") == fr


@unhurried
@given(st.floats(0, 10**9, allow_nan=False), st.sampled_from(["percent", "count"]))
def test_a_formatted_number_never_breaks_over_two_lines(value: float, unit: str) -> None:
    for language in ("nl", "fr", "de", "en"):
        assert " " not in format_value(value, unit, language)


@unhurried
@given(st.text())
def test_typesetting_changes_spaces_only_and_once(text: str) -> None:
    for language in ("nl", "fr"):
        done = typeset(text, language)
        assert done.replace("\u00a0", " ").replace("\u202f", " ") == text.replace(
            "\u00a0", " "
        ).replace("\u202f", " ")
        assert typeset(done, language) == done
