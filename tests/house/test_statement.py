"""The statement on accessibility names only checks that there are, and only what they look at."""

from __future__ import annotations

import pytest

from config import ROOT

CHECKS = {
    "axe": ("tests/browser/inspection.py", "axe"),
    "320": ("tests/browser/inspection.py", "320"),
    "Firefox ESR": ("tests/firefox/bidi.py", "firefox-esr"),
    "JavaScript": ("tests/browser/test_without_javascript.py", "java_script_enabled=False"),
    "Chromium": ("tests/browser/conftest.py", "chromium"),
}
"""What the statement says was used, and where the project uses it."""


def statement(language: str) -> str:
    text = (ROOT / "lessons" / language / "papers.md").read_text(encoding="utf-8")
    return text.partition("## accessibility")[2]


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("name", CHECKS)
def test_what_the_statement_says_was_checked_is_checked(language: str, name: str) -> None:
    path, sign = CHECKS[name]

    assert name in statement(language)
    assert sign in (ROOT / path).read_text(encoding="utf-8")


def test_the_statement_does_not_claim_more_than_it_may() -> None:
    for language, word in (("nl", "gedeeltelijk"), ("fr", "partiellement")):
        assert f"**{word}**" in statement(language)
