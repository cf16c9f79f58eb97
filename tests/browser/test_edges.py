"""What happens to a student's device in a real classroom, and may not matter: one test for each.

Reload, back, double tap, two tabs, coming late, lost wifi. What happens to a teacher is in
`test_edges_of_the_desk.py`, to both at the way in and out in `test_edges_of_the_doors.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.lesson_words import class_poll, poll_step, quiz_step
from tests.browser.student import FOLLOWS_MILLISECONDS, Student

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from eduapp.content.models import Module
    from tests.browser.desk import Desk

FROM_THE_NEXT = {"nl": "volgende", "fr": "prochaine"}


def test_a_reload_shows_no_choice_and_answers_count_once(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    desk.open_at(quiz_step(module))
    student.is_asked()
    student.answer(1)
    student.page.reload()
    student.is_asked()
    expect(student.page.locator("input:checked")).to_have_count(0)
    student.answer(2)
    student.choose_again()
    expect(student.page.locator("input:checked")).to_have_count(0)
    student.answer(0)
    assert desk.answered() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_back_shows_no_choice(
    open_desk: Callable[..., Desk],
    remembering_browser: Browser,
    module: Module,
    *,
    scripts: bool,
) -> None:
    desk = open_desk()
    context = remembering_browser.new_context(java_script_enabled=scripts)
    student = Student(context.new_page(), desk.site, has_scripts=scripts).sit_down(desk.code)
    desk.open_at(quiz_step(module))
    student.is_asked()
    student.answer(1)
    if not scripts:
        student.page.go_back(wait_until="commit")
        shows_no_choice(student)
        student.answer(1)
    student.page.get_by_role("contentinfo").locator('a[href$="/help"]').click()
    student.page.wait_for_url("**/help")
    while not student.page.url.endswith(student.path):
        student.page.go_back(wait_until="commit")
    shows_no_choice(student)
    student.answer(2)
    assert desk.answered() == 1
    context.close()


def shows_no_choice(student: Student) -> None:
    """See the open question with nothing marked, also a moment later."""
    expect(student.options.first).to_be_visible()
    student.page.wait_for_timeout(300)
    expect(student.page.locator("input:checked")).to_have_count(0)


def test_a_choice_not_sent_is_gone_after_going_back(
    open_desk: Callable[..., Desk], remembering_browser: Browser, module: Module
) -> None:
    desk = open_desk()
    context = remembering_browser.new_context()
    student = Student(context.new_page(), desk.site).sit_down(desk.code)
    desk.open_at(quiz_step(module))
    student.is_asked()
    student.choose(1)
    student.page.get_by_role("contentinfo").locator('a[href$="/help"]').click()
    student.page.wait_for_url("**/help")
    student.page.go_back(wait_until="commit")
    shows_no_choice(student)
    context.close()


def test_a_double_tap_sends_one_answer_and_stays_sent(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    desk.open_at(quiz_step(module))
    student.is_asked()
    student.choose(0)
    form = student.page.locator('main form[action$="/answer"]')
    form.get_by_role("button").first.dblclick(delay=30)
    expect(student.status).to_be_visible()
    student.page.wait_for_timeout(500)
    expect(student.status).to_be_visible()
    expect(student.options.first).to_be_hidden()
    assert desk.answered() == 1


def test_two_tabs_and_two_joins_are_one_device(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    other_tab = Student(student.page.context.new_page(), desk.site).join(desk.code)
    student.join(desk.code)
    expect(student.page.get_by_role("main")).to_contain_text("1 toestel in deze klas")
    desk.open_at(quiz_step(module))
    for number, tab in enumerate((student, other_tab)):
        tab.is_asked()
        tab.answer(number)
    assert re.match("1 .*1", desk.progress())


def test_who_comes_late_to_an_opinion_takes_part_from_the_next(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    early = seat_student(desk.code)
    code = desk.code
    desk.open_at(poll_step(module))
    early.is_asked()
    late = seat_student(code, "nl"), seat_student(code, "fr")
    for student in late:
        student.sees(FROM_THE_NEXT[student.language])
        expect(student.options).to_have_count(0)
        expect(student.page.locator("main form")).to_have_count(0)
    expect(early.page.get_by_role("main")).to_contain_text("1 toestel")
    desk.do("close", "show")
    question = class_poll(module)
    for student in late:
        student.sees(question.discuss[student.language], "3 ")
    # From here on they are like everybody.
    assert desk.state()["devices"] == 3


def test_who_comes_late_to_a_quiz_question_lands_on_it(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    code = desk.code
    desk.open_at(quiz_step(module))
    late = seat_student(code)
    late.answer(0)


def test_an_answer_given_without_network_arrives_later(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    desk.open_at(quiz_step(module))
    student.is_asked()
    student.page.context.set_offline(offline=True)
    student.choose(1)
    student.send()
    waiting = student.page.get_by_role("status").filter(has_text="netwerk")
    expect(waiting.first).to_be_visible(timeout=FOLLOWS_MILLISECONDS)
    expect(student.status).to_have_count(0)
    student.page.context.set_offline(offline=False)
    expect(student.status).to_be_visible(timeout=15_000)
    assert desk.answered() == 1


def test_a_device_that_was_away_catches_up(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    student.page.context.set_offline(offline=True)
    lobby = student.heading.inner_text()
    desk.walk_to(2)
    student.page.wait_for_timeout(3000)
    expect(student.heading).to_have_text(lobby)
    student.page.context.set_offline(offline=False)
    student.is_headed(module.activities[1].title["nl"])


def test_a_choice_that_comes_after_the_close_is_told_so(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    desk.open_at(quiz_step(module))
    student.is_asked()
    student.page.context.set_offline(offline=True)
    student.choose(1)
    student.send()
    desk.do("close")
    student.page.context.set_offline(offline=False)
    late = student.page.get_by_role("status").filter(has_text="te laat")
    expect(late).to_be_visible(timeout=15_000)
