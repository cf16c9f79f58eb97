"""The same lesson by forms only: a teacher and a student whose browsers run no scripts.

Nobody's page moves by itself within a test: the five seconds of a refresh are looked at once, and
otherwise a page is fetched again, as with "look again".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from eduapp.content.models import Module, Question, QuestionKind, Reveal
from tests.browser.desk import Desk
from tests.browser.lesson_words import paragraph, plain, quiz_step
from tests.browser.student import FOLLOWS_MILLISECONDS, Student

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.browser.running_site import RunningSite


def test_teacher_and_student_take_the_lesson(
    site: RunningSite,
    new_context: Callable[..., BrowserContext],
    seat_student: Callable[..., Student],
    module: Module,
) -> None:
    language = "fr"
    page = new_context(java_script_enabled=False).new_page()
    desk = finds_the_lesson(page, site, language, module)
    student = seat_student(desk.code, language, scripts=False)
    board = new_context(java_script_enabled=False).new_page()
    board_address = f"{site.url}/{language}/board/{desk.code}"
    for activity in module.activities:
        desk.press("next")
        expect(desk.heading).to_have_text(activity.title[language])
        board.goto(board_address)
        expect(board.get_by_role("heading", level=1)).to_have_text(activity.title[language])
        if activity.question is None:
            student.is_headed(activity.title[language])
        else:
            answers(desk, student, activity.question)
    desk.press("pause")
    student.sees({"nl": "Even pauze.", "fr": "Petite pause."}[language])
    desk.press("resume", "end")
    student.sees(*module.take_home[language])
    board.goto(board_address)
    expect(board.get_by_role("main")).to_contain_text(module.take_home[language][0])
    expect(desk.page.locator('a[href$="/sheet"]')).to_be_visible()


def finds_the_lesson(page: Page, site: RunningSite, language: str, module: Module) -> Desk:
    """Come from the first page, over the list and the lesson, through the gate to the desk."""
    page.goto(f"{site.url}/{language}/")
    page.locator(f'main a[href="/{language}/modules"]').first.click()
    page.get_by_role("link", name=module.title[language]).first.click()
    page.locator(f'main a[href="/{language}/start/{module.id}"]').first.click()
    # An empty gate says what is missing and starts nothing.
    page.locator('main form button[name="go"][value="now"]').click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(3)
    return Desk(page, site, language).pass_gate()


def answers(desk: Desk, student: Student, question: Question) -> None:
    language = student.language
    student.is_headed(question.text[language])
    desk.press("open")
    student.look_again()
    expect(student.options).to_have_count(len(question.options))
    expect(student.page.locator('meta[http-equiv="refresh"]')).to_have_count(0)
    if question.reveal is Reveal.CLASS:
        student.answer(0)
        student.choose_again()
        expect(student.page.locator("input:checked")).to_have_count(0)
        student.answer(1)
        desk.press("close")
        student.is_not_asked()
    desk.press("show", "explain")
    if question.kind is QuestionKind.KNOWLEDGE:
        assert question.right_position is not None
        assert question.why is not None
        right = question.options[question.right_position].text[language]
        student.sees(right, paragraph(question.why[language]))
    else:
        assert question.closing is not None
        student.sees(plain(question.closing[language]))


def test_a_waiting_page_comes_along_by_itself(
    site: RunningSite,
    open_desk: Callable[..., Desk],
    seat_student: Callable[..., Student],
    module: Module,
) -> None:
    desk = open_desk()
    student = seat_student(desk.code, scripts=False)
    desk.walk_to(1)
    expect(student.heading).to_have_text(
        module.activities[0].title["nl"], timeout=5000 + FOLLOWS_MILLISECONDS
    )
    # An open question never refreshes: what is being chosen stays chosen.
    step = quiz_step(module)
    desk.walk_to(step)
    desk.do("open")
    student.look_again()
    expect(student.options.first).to_be_visible()
    expect(student.page.locator('meta[http-equiv="refresh"]')).to_have_count(0)
    student.choose(1)
    desk.do("close")
    student.page.locator('main form[action$="/answer"]').get_by_role("button").first.click()
    expect(student.options).to_have_count(0)
    assert student.page.url == f"{site.url}{student.path}"


def test_an_answer_without_a_choice_is_asked_for(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code, scripts=False)
    step = quiz_step(module)
    desk.walk_to(step)
    desk.do("open")
    student.look_again()
    student.page.locator('main form[action$="/answer"]').get_by_role("button").first.click()
    expect(student.options.first).to_be_visible()
    expect(student.status).to_have_count(0)
