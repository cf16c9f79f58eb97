"""A lesson in Firefox ESR: desk, board and student, with and without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.lesson_words import class_poll, first_quiz, step_of
from tests.firefox.tab import Tab
from tests.languages import in_french_then_dutch

if TYPE_CHECKING:
    from eduapp.content.models import Module, Question
    from tests.browser.running_site import RunningSite
    from tests.firefox.bidi import Firefox

IN = {"nl": "Je doet mee", "fr": "Tu participes"}
SENT = {"nl": "Verzonden.", "fr": "Envoyé."}


class Teacher:
    """A teacher at the desk."""

    def __init__(self, firefox: Firefox, site: RunningSite, language: str) -> None:
        """Come through the gate."""
        self.tab = Tab.new(firefox, site.url, 1280, 900).go(f"/{language}/start/m4")
        self.tab.fill('[name="helper_name"]', "Els")
        self.tab.fill('[name="helper_place"]', "lokaal 12")
        self.tab.click('[name="going_on"][value="no"]')
        self.tab.click('button[name="go"][value="now"]')
        self.tab.until("!!document.querySelector('.desk')")
        self.code = str(self.tab.evaluate("document.querySelector('input[readonly]').value"))[-9:]

    def act(self, act: str) -> None:
        """Press the button of an act; says yes where the desk asks."""
        self.tab.until("!!document.querySelector('.desk')")
        version = self.tab.evaluate("document.querySelector('.desk').dataset.version")
        button = f'button[value="{act}"]'
        folds = (f"steer__more:not([open]):has({button})", f"act__ask:has({button})")
        for fold in (f".desk__steer details.{each} > summary" for each in folds):
            if self.tab.count(fold):
                self.tab.click(fold)
        self.tab.click(f".desk__steer {button}")
        # All of the new page: half of it has no step that is done yet.
        self.tab.until(
            "document.readyState !== 'loading' && "
            f"(document.querySelector('.desk')?.dataset.version ?? 'ended') !== '{version}'"
        )

    def walk_to(self, question: Question, module: Module) -> None:
        """Go on to a question, one step after the other."""
        step = step_of(question, module)
        while (
            self.tab.evaluate("document.querySelectorAll('.tape__step--done').length + 1") <= step
        ):
            if self.tab.count(f".tape__step--now:nth-child({step})"):
                return
            self.act("next")


def join(firefox: Firefox, site: RunningSite, language: str, code: str) -> Tab:
    """Come in by the code on the first page."""
    tab = Tab.new(firefox, site.url).go(f"/{language}/")
    tab.fill('[name="code"]', code)
    tab.click("main form button")
    tab.sees(IN[language])
    return tab


@in_french_then_dutch
def test_a_student_follows_answers_and_sees_what_the_class_may_see(
    firefox: Firefox, site: RunningSite, module: Module, language: str
) -> None:
    teacher = Teacher(firefox, site, language)
    student = join(firefox, site, language, teacher.code)
    board = Tab.new(firefox, site.url, 1280, 720).go(f"/{language}/board/{teacher.code}")
    quiz, poll = first_quiz(module), class_poll(module)

    teacher.walk_to(quiz, module)
    teacher.act("open")
    student.sees(quiz.text[language])
    student.click('[name="choice"][value="0"]')
    student.click('form[data-module="answer"] button')
    student.until(
        f"document.querySelector('[data-answer=words]').innerText.includes('{SENT[language]}')"
    )
    student.reload()
    assert student.count("main input:checked") == 0

    board.sees(quiz.text[language])
    teacher.act("close")
    teacher.act("show")
    teacher.act("explain")
    right = quiz.options[quiz.right_position or 0]
    student.sees(right.text[language])
    board.sees(right.text[language])

    teacher.walk_to(poll, module)
    teacher.act("open")
    student.sees(poll.text[language])
    last = len(poll.options) - 1
    student.click(f'[name="choice"][value="{last}"]')
    student.click('form[data-module="answer"] button')
    student.until("!document.querySelector('[data-answer=again]').hidden")
    teacher.act("end")
    student.sees(module.take_home[language][0])


def test_a_page_from_history_has_forgotten_the_choice(
    firefox: Firefox, site: RunningSite, module: Module
) -> None:
    teacher = Teacher(firefox, site, "nl")
    student = join(firefox, site, "nl", teacher.code)
    teacher.walk_to(first_quiz(module), module)
    teacher.act("open")
    student.click('[name="choice"][value="1"]')
    student.go("/nl/help")

    student.back()

    student.until("document.querySelectorAll('main [name=choice]').length > 0")
    assert student.count("main input:checked") == 0


@pytest.mark.parametrize("way", ["button", "keys"])
def test_leaving_quickly_leads_away_and_back_does_not_return(
    firefox: Firefox, site: RunningSite, way: str
) -> None:
    teacher = Teacher(firefox, site, "fr")
    student = join(firefox, site, "fr", teacher.code)

    if way == "button":
        student.click(".quick-exit")
    else:
        student.press("Shift", 3)

    student.until("!location.href.includes('/class/')")
    student._send("browsingContext.traverseHistory", delta=-1)
    student.until("document.readyState === 'complete'")
    assert "/class/" not in student.url


def test_the_keys_of_the_board_work(firefox: Firefox, site: RunningSite, module: Module) -> None:
    teacher = Teacher(firefox, site, "nl")
    board = teacher.tab.go(f"/nl/board/{teacher.code}")

    board.press("PageDown")
    board.sees(module.activities[0].title["nl"])
    board.press("b")
    board.until("!document.querySelector('[data-cover]').hidden")
    board.press("b")
    board.press("?")
    board.until("document.querySelector('[data-keys]').open")
    board.click("[data-keys-close]")
    board.press("q")
    board.until("location.hash === '#qr'")


def test_without_javascript_a_student_answers_by_forms(
    firefox: Firefox, plain_firefox: Firefox, site: RunningSite, module: Module
) -> None:
    teacher = Teacher(firefox, site, "nl")
    student = join(plain_firefox, site, "nl", teacher.code)
    student.sees("Druk daarna niet op “Terug”")
    assert "Shift" not in student.words()
    quiz = first_quiz(module)
    teacher.walk_to(quiz, module)
    teacher.act("open")

    # The page refreshes by itself.
    student.sees(quiz.text["nl"])
    student.until("document.querySelectorAll('main [name=choice]').length > 0")
    student.click('[name="choice"][value="0"]')
    student.click('form[data-module="answer"] button')
    student.sees(SENT["nl"])
    student.click("main a.button--ghost")
    student.until("document.querySelectorAll('main [name=choice]').length > 0")
    assert student.count("main input:checked") == 0
    teacher.act("end")
    student.go(f"/nl/class/{teacher.code}")
    student.sees(module.take_home["nl"][0])
