"""The statement on accessibility names only checks that there are, and every check it names is one.

That what the checks find is true is their own business; what they cannot find, the statement says.
"""

from __future__ import annotations

import re

import pytest

from config import ROOT

CHECKS = {
    "axe": ("axe", "axe", "tests/browser/inspection.py", "AXE_SCRIPT"),
    "Chromium": ("Chromium", "Chromium", "tests/browser/conftest.py", '"chromium"'),
    "keyboard": (
        "met het toetsenbord alleen",
        "au clavier seul",
        "tests/browser/test_every_page.py",
        "with_the_keyboard_only",
    ),
    "narrow": ("320 pixels", "320 pixels", "tests/browser/inspection.py", "scrollWidth"),
    "large": ("dubbel zo grote", "deux fois plus grand", "tests/browser/inspection.py", "200%"),
    "spacing": ("meer ruimte", "plus d’espace", "tests/browser/inspection.py", "letter-spacing"),
    "forced": ("hoog contrast", "contraste élevé", "tests/look/photographer.py", "forced_colors"),
    "Firefox": ("Firefox ESR", "Firefox ESR", "tests/firefox/bidi.py", "firefox-esr"),
    "scripts": (
        "JavaScript uit",
        "sans JavaScript",
        "tests/browser/test_without_javascript.py",
        "java_script_enabled=False",
    ),
    "text": ("tekstbrowser", "mode texte", "tests/browser/test_text_browser.py", '"w3m"'),
}
"""What the statement says was used, in Dutch and in French, and where the project uses it."""
LANGUAGES = {"nl": 0, "fr": 1}
CHECKED = {"nl": "Hoe dit gecontroleerd is", "fr": "Comment nous avons contrôlé"}
STATUS = {"nl": "**gedeeltelijk**", "fr": "**partiellement**"}
NOT_CHECKED = ("NVDA", "VoiceOver", "TalkBack", "braille", "Safari")
"""What nobody here has: it leaves this list, and the statement, only with a report of a person."""


def statement(language: str) -> str:
    text = (ROOT / "lessons" / language / "papers.md").read_text(encoding="utf-8")
    return text.partition("## accessibility")[2].partition("\n## ")[0].replace("\u00a0", " ")


def checked(language: str) -> str:
    """Return what stands under the heading that says how the site was checked."""
    return statement(language).partition(f"#### {CHECKED[language]}")[2].partition("\n#### ")[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CHECKS)
def test_what_the_statement_says_was_checked_is_checked(language: str, name: str) -> None:
    *words, path, sign = CHECKS[name]

    assert words[LANGUAGES[language]] in checked(language)
    assert sign in (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_about_a_check_is_one_of_these(language: str) -> None:
    lines = re.findall(r"^- (.+)$", checked(language), re.MULTILINE)
    known = [words[LANGUAGES[language]] for words in CHECKS.values()]

    assert len(lines) > 3
    assert [line for line in lines if not any(words in line for words in known)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statement_does_not_claim_more_than_it_may(language: str) -> None:
    done, _, left = checked(language).partition("\n**")

    assert STATUS[language] in statement(language)
    assert [name for name in NOT_CHECKED if name in done or name not in left] == []


def test_both_languages_have_the_same_parts_in_the_same_order() -> None:
    shapes = [re.findall(r"^(####|- )", statement(lang), re.MULTILINE) for lang in LANGUAGES]

    assert shapes[0] == shapes[1]
