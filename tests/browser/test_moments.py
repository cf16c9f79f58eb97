"""What a device does at the moments of a lesson, and what it must not do by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.lesson_words import step_of, vote_again
from tests.browser.student import FOLLOWS_MILLISECONDS, Student

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from eduapp.content.models import Module
    from tests.browser.desk import Desk

ALMOST = "meteen dicht"


def test_a_question_that_closes_soon_leaves_everything_where_it_was(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    desk.open_at(step_of(vote_again(module), module))
    student = seat_student(desk.code)
    student.is_asked()
    student.choose(2)
    before = student.page.locator("main").evaluate("main => (main.dataset.mine = '1', scrollY)")

    desk.do("almost")

    student.sees(ALMOST)
    after = student.page.locator("main").evaluate("main => [main.dataset.mine, scrollY]")
    assert after == ["1", before]
    expect(student.page.locator("input:checked")).to_have_value("2")
    expect(student.page.locator("input:checked")).to_be_focused()


def test_a_device_that_missed_a_round_is_asked_the_new_one(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    desk.open_at(step_of(vote_again(module), module))
    student = seat_student(desk.code)
    student.is_asked()
    first = student.page.locator('[name="round"]').get_attribute("value")
    student.page.context.set_offline(True)
    desk.do("close", "discuss", "open", "almost")
    student.page.context.set_offline(False)

    expect(student.page.locator('[name="round"]')).not_to_have_value(str(first), timeout=15_000)
    student.sees(ALMOST)


def test_a_reopened_door_waits_for_a_press_and_knows_the_seat(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student]
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    desk.do("next", "reopen")
    expect(student.heading).to_have_text("Doe weer mee", timeout=FOLLOWS_MILLISECONDS)
    student.page.wait_for_timeout(2500)
    expect(student.heading).to_have_text("Doe weer mee")
    seat = student.cookies

    student.page.get_by_role("main").get_by_role("button").click()
    student.page.locator('[data-module="follow"]').wait_for(state="attached")

    assert student.cookies == seat


def test_who_closes_the_tab_and_types_the_code_again_has_the_same_seat(
    open_desk: Callable[..., Desk], new_context: Callable[..., BrowserContext]
) -> None:
    desk = open_desk()
    device = new_context()
    first = Student(device.new_page(), desk.site).join(desk.code)
    seat = first.cookies
    first.page.close()

    again = Student(device.new_page(), desk.site).join(desk.code)

    assert again.cookies == seat
    again.page.wait_for_timeout(2500)
    assert desk.state()["devices"] == 1
