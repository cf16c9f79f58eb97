"""The dice and shares of a simulated class."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduapp.simulate.plan import leaning, parse_languages, percentile, seat_languages


def test_languages_are_shares_that_add_up_to_one() -> None:
    assert parse_languages("nl:0.7,fr:0.3") == (("nl", 0.7), ("fr", 0.3))
    assert parse_languages("nl") == (("nl", 1.0),)
    assert parse_languages("nl:2, fr:2") == (("nl", 0.5), ("fr", 0.5))


@pytest.mark.parametrize("text", ["", "nl:0", "nl:-1", "nl:x", "nl,nl", "nl:nan", "1:1", ","])
def test_a_text_that_is_no_list_of_languages_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="does not look like"):
        parse_languages(text)


@given(students=st.integers(1, 300), share=st.floats(0.01, 0.99), seed=st.integers(0, 9))
def test_every_student_has_a_language_and_shares_are_kept_to_one_student(
    students: int, share: float, seed: int
) -> None:
    languages = (("nl", share), ("fr", 1 - share))

    seated = seat_languages(languages, students, seed)

    assert len(seated) == students
    assert abs(seated.count("nl") - share * students) <= 1
    assert seated == seat_languages(languages, students, seed)


def test_the_last_option_is_the_least_likely() -> None:
    weights = leaning(7, 5, 4)

    assert min(weights) == weights[-1] > 0
    assert weights == leaning(7, 5, 4)


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [([], 95, 0.0), ([3.0], 50, 3.0), ([4.0, 1.0, 2.0, 3.0], 50, 2.0), (list(range(100)), 95, 94)],
)
def test_a_percentile_is_a_value_that_was_measured(
    values: list[float], percent: int, expected: float
) -> None:
    assert percentile(values, percent) == expected
