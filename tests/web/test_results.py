"""A result in words and cloth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from config import ROOT
from eduapp.privacy.results import Scale, Share, Shares, TooFew
from eduapp.web.results import WEAVES, result_rows, weave_of
from tests.builders import a_question

if TYPE_CHECKING:
    from flask import Flask

TRACK = "#e9e2d1"
WEAVE_FILE = ROOT / "eduapp" / "web" / "templates" / "web" / "components" / "weave.html"


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("band", "words", "fraction"),
    [
        ((0, 20), "weinig of niemand", "minder dan 1 op 5"),
        ((20, 40), "een deel", "1 à 2 op 5"),
        ((40, 60), "ongeveer de helft", "2 à 3 op 5"),
        ((60, 80), "de meesten", "3 à 4 op 5"),
        ((80, 100), "bijna iedereen, misschien iedereen", "meer dan 4 op 5"),
    ],
)
def test_five_bands_are_words_first(
    app: Flask, band: tuple[int, int], words: str, fraction: str
) -> None:
    question = a_question(options=("a",))
    with app.test_request_context("/nl/"):
        (row,) = result_rows(question, Shares(20, Scale.FIVE_BANDS, (Share(*band),)), "nl")

    assert (row.words, row.fraction) == (words, fraction)
    assert (row.lower, row.upper) == band


@pytest.mark.parametrize(
    ("step", "words", "fraction"),
    [
        ((0, 10), "peu ou personne", "au plus 1 sur 10"),
        ((20, 40), "une partie", "environ 3 sur 10"),
        ((30, 50), "environ la moitié", "environ 4 sur 10"),
        ((50, 70), "environ la moitié", "environ 6 sur 10"),
        ((60, 80), "la plupart", "environ 7 sur 10"),
        ((90, 100), "presque tous, peut-être tous", "au moins 9 sur 10"),
    ],
)
def test_ten_steps_say_the_same_words_with_a_finer_fraction(
    app: Flask, step: tuple[int, int], words: str, fraction: str
) -> None:
    question = a_question(options=("a",))
    with app.test_request_context("/fr/"):
        (row,) = result_rows(question, Shares(24, Scale.TEN_STEPS, (Share(*step),)), "fr")

    assert (row.words, row.fraction) == (words, fraction)


def test_the_right_option_is_marked_only_when_asked(app: Flask) -> None:
    question = a_question(options=("a", "b"))
    result = Shares(20, Scale.FIVE_BANDS, (Share(60, 80), Share(20, 40)))
    with app.test_request_context("/nl/"):
        quiet = result_rows(question, result, "nl")
        marked = result_rows(question, result, "nl", show_right=True)

    assert [row.is_right for row in quiet] == [False, False]
    assert [row.is_right for row in marked] == [True, False]


def test_too_few_has_no_rows(app: Flask) -> None:
    with app.test_request_context("/nl/"):
        assert result_rows(a_question(), TooFew(4, 8), "nl") == ()


def test_options_have_different_weaves() -> None:
    assert len({weave_of(i) for i in range(len(WEAVES))}) == len(WEAVES) >= 7


@pytest.mark.parametrize("weave", WEAVES)
def test_a_weave_stands_out_from_its_track(weave: str) -> None:
    text = WEAVE_FILE.read_text(encoding="utf-8")
    pattern = re.search(rf'id="weave-{weave}".*?<rect[^>]*fill="(#\w+)"', text)
    yarn = re.search(rf'"{weave}": "(#\w+)"', text)

    assert pattern
    assert yarn
    assert contrast(pattern[1], TRACK) >= 3
    assert contrast(yarn[1], TRACK) >= 3
