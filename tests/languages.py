"""Journeys in each language: in one with every run, in the other once more with `make look`.

What is short is tested in both languages every time. A journey takes half a minute, and its second
language finds little that the first did not; which comes first differs from journey to journey.
"""

from __future__ import annotations

import pytest


def _parametrize(first: str, second: str) -> pytest.MarkDecorator:
    other = pytest.param(second, marks=pytest.mark.again)
    return pytest.mark.parametrize("language", [first, other])


in_dutch_then_french = _parametrize("nl", "fr")
in_french_then_dutch = _parametrize("fr", "nl")
