"""What a listener is told when the class moves on: each new heading, and what is new below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.lesson_words import first_quiz, quiz_step
from tests.browser.student import FOLLOWS_MILLISECONDS, Student
from tests.languages import in_dutch_then_french, in_french_then_dutch

if TYPE_CHECKING:
    from collections.abc import Callable

    from eduapp.content.models import Module
    from tests.browser.desk import Desk

TOLD = {
    "nl": ("De vraag is open. Kies een antwoord.", "De vraag is gesloten. Wacht op de klas."),
    "fr": (
        "La question est ouverte. Choisis une réponse.",
        "La question est fermée. Attends la classe.",
    ),
}
NETWORK = {"nl": "Het netwerk is terug.", "fr": "Le réseau est revenu."}


def hears(student: Student, words: str) -> None:
    """Wait until these words are said, and no others."""
    said = student.page.locator("body > [role=status]:not(:empty)")
    expect(said).to_have_count(1, timeout=FOLLOWS_MILLISECONDS)
    expect(said).to_contain_text(words, timeout=FOLLOWS_MILLISECONDS)


@in_french_then_dutch
def test_each_moment_of_a_question_is_said_once(
    open_desk: Callable[..., Desk],
    seat_student: Callable[..., Student],
    module: Module,
    language: str,
) -> None:
    desk = open_desk(language)
    student = seat_student(desk.code, language)
    is_open, is_closed = TOLD[language]

    desk.go_to(quiz_step(module))
    hears(student, first_quiz(module).text[language])
    desk.do("open")
    hears(student, is_open)
    desk.do("close")

    hears(student, is_closed)


@in_dutch_then_french
def test_the_return_of_the_network_is_said(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], language: str
) -> None:
    student = seat_student(open_desk(language).code, language)
    page = student.page

    page.context.set_offline(True)
    expect(page.locator("[data-follow-network]")).to_be_visible(timeout=FOLLOWS_MILLISECONDS)
    page.context.set_offline(False)

    hears(student, NETWORK[language])
    expect(page.locator("[data-follow-network]")).to_be_hidden()
