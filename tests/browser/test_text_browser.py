"""The pages of a lesson as a text browser shows them: everything is there, once, in a good order.

The forms behind them are those of every browser without JavaScript (`test_without_javascript.py`).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.browser.crowd import Crowd
from tests.browser.lesson_words import first_quiz, step_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from eduapp.content.models import Module
    from tests.browser.desk import Desk
    from tests.browser.running_site import RunningSite

ANSWER = {"nl": "Antwoord geven", "fr": "Répondre"}
DEAD = {"nl": ("Kies opnieuw", "het netwerk"), "fr": ("Choisir à nouveau", "le réseau")}
"""What only a script can show: in a text browser it would stand there for nothing."""
LEAVE = {"nl": "Snel weg", "fr": "Sortir vite"}


def as_text(page: str) -> str:
    """Return a page as w3m shows it on 80 columns."""
    if shutil.which("w3m") is None:
        pytest.fail("w3m is missing: install the Debian package `w3m` (`make browser`).")
    command = ["w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "80"]
    shown = subprocess.run(command, input=page.encode(), capture_output=True, check=True)
    return re.sub(r"\s+", " ", shown.stdout.decode()).replace("( ) ", "( )")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_lesson_reads_well_as_text(
    site: RunningSite, open_desk: Callable[..., Desk], module: Module, language: str
) -> None:
    desk = open_desk(language)
    seat = Crowd(site, desk.code, 1, language).seats[0]
    quiz = first_quiz(module)
    path = f"/{language}/class/{desk.code}"
    lobby = as_text(site.look(path, seat).text)
    desk.open_at(step_of(quiz, module))

    asked = as_text(site.look(path, seat).text)
    desk.do("close", "show", "explain")
    explained = as_text(site.look(path, seat).text)

    for page in (lobby, asked, explained):
        in_order(page, LEAVE[language], "Child Focus", "116 000")
        assert page.count("116 000") == 1
        assert not [words for words in DEAD[language] if words in page]
    in_order(
        asked,
        quiz.text[language],
        *(f"( ){option.text[language]}" for option in quiz.options),
        ANSWER[language],
        "Child Focus",
    )
    right = quiz.options[quiz.right_position or 0]
    in_order(explained, quiz.text[language], right.text[language], "Child Focus")


def in_order(page: str, *texts: str) -> None:
    """See these texts one after the other."""
    at = 0
    for text in texts:
        found = page.find(" ".join(text.split()), at)
        assert found >= 0, f"not after the one before: {text}\n{page}"
        at = found + len(text)
