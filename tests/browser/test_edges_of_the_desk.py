"""What happens to a teacher in a real classroom, and may not matter: one test for each.

A restart of the server, double clicks, a second desk, a key pressed by mistake, a pause.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.jar import cookies_of
from tests.browser.lesson_words import class_poll, poll_step, quiz_step
from tests.browser.student import FOLLOWS_MILLISECONDS, Student

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from eduapp.content.models import Module
    from tests.browser.running_site import RunningSite


def test_a_restart_in_an_open_round_loses_nothing_but_the_round(
    own_site: RunningSite, new_context: Callable[..., BrowserContext], module: Module
) -> None:
    desk = Desk(new_context().new_page(), own_site).start()
    code = desk.code
    students = [
        Student(new_context().new_page(), own_site, "nl").join(code),
        Student(new_context().new_page(), own_site, "fr").join(code),
    ]
    without = Student(
        new_context(java_script_enabled=False).new_page(), own_site, has_scripts=False
    )
    without.join(code)
    desk.walk_to(quiz_step(module))
    desk.press("open")
    for student in (*students, without):
        student.is_asked()
        student.answer(0)
    own_site.restart()
    expect(desk.button("open")).to_be_visible(timeout=30_000)
    desk.leave()
    desk.do("open")
    for student in students:
        expect(student.options.first).to_be_visible(timeout=30_000)
        student.answer(1)
    without.look_again()
    # One press: the code is there already.
    without.page.get_by_role("main").get_by_role("button").click()
    without.is_asked()
    without.answer(1)
    assert re.match("3 .*3", desk.progress())


def test_a_double_click_on_the_desk_is_one_act(
    open_desk: Callable[..., Desk], module: Module
) -> None:
    desk = open_desk().look()
    desk.button("next").dblclick(delay=20)
    expect(desk.heading).to_have_text(module.activities[0].title["nl"])
    desk.page.wait_for_timeout(700)
    expect(desk.heading).to_have_text(module.activities[0].title["nl"])
    assert "late" not in desk.page.url


def test_two_desks_that_press_at_once_step_once(
    open_desk: Callable[..., Desk], module: Module
) -> None:
    desk = open_desk().look()
    for _ in range(2):
        desk.send("next", 1)
    assert desk.state()["step"] == 1
    expect(desk.heading).to_have_text(
        module.activities[0].title["nl"], timeout=FOLLOWS_MILLISECONDS
    )


def test_the_lesson_key_resumes_the_desk_elsewhere(
    open_desk: Callable[..., Desk], new_context: Callable[..., BrowserContext], module: Module
) -> None:
    desk = open_desk().look()
    key = desk.lesson_key
    desk.press("next", "next")
    elsewhere = new_context().new_page()
    refused = elsewhere.goto(desk.page.url)
    assert refused is not None
    assert refused.status == HTTPStatus.FORBIDDEN
    elsewhere.locator('[name="lesson_key"]').fill(key.lower())
    elsewhere.locator('[name="lesson_key"]').press("Enter")
    second = Desk(elsewhere, desk.site).arrive()
    expect(second.heading).to_have_text(module.activities[1].title["nl"])
    second.press("next")
    expect(desk.heading).to_have_text(
        module.activities[2].title["nl"], timeout=FOLLOWS_MILLISECONDS
    )


def test_a_wrong_lesson_key_is_refused_and_kept(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.url}/nl/desk")
    page.locator('[name="lesson_key"]').fill("ABCD EFGH JKMN")
    with page.expect_response("**/desk") as answered:
        page.locator('[name="lesson_key"]').press("Enter")
    assert answered.value.status == HTTPStatus.FORBIDDEN
    expect(page.locator('[name="lesson_key"]')).to_have_value("ABCD EFGH JKMN")


def test_no_single_key_closes_an_opinion_question(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    board = desk.page.context.new_page()
    board.goto(f"{desk.site.url}/nl/board/{desk.code}")
    desk.walk_to(poll_step(module))
    desk.press("open")
    student.is_asked()
    question = class_poll(module)
    expect(board.get_by_role("main")).to_contain_text(
        question.options[0].text["nl"], timeout=FOLLOWS_MILLISECONDS
    )
    for key in ("PageDown", "ArrowRight", "ArrowDown", "Space", "Enter", "c", "s", "Escape", "n"):
        for screen in (board, desk.page):
            screen.keyboard.press(key)
    board.wait_for_timeout(1500)
    expect(student.options.first).to_be_visible()
    assert desk.state()["phase"] == "open"
    # A form that does not say that it is sure closes nothing; the button asks.
    path, version = f"/nl/desk/{desk.public_id}/act", str(desk.state()["version"])
    desk.site.send(path, {"act": "close", "version": version}, cookies_of(desk.page))
    assert desk.state()["phase"] == "open"
    desk.page.locator("form").filter(has=desk.button("close")).locator("summary").click()
    expect(desk.button("close")).to_be_visible()
    assert desk.state()["phase"] == "open"
    desk.button("close").click()
    student.is_not_asked()


def test_keys_and_clicker_steer_the_board_that_holds_the_desk(
    open_desk: Callable[..., Desk], new_context: Callable[..., BrowserContext], module: Module
) -> None:
    desk = open_desk()
    address = f"{desk.site.url}/nl/board/{desk.code}"
    board, foreign = desk.page.context.new_page(), new_context().new_page()
    board.goto(address)
    foreign.goto(address)
    titles = [activity.title["nl"] for activity in module.activities]
    heading = board.get_by_role("main").get_by_role("heading", level=1)
    for key, title in (("PageDown", titles[0]), ("ArrowRight", titles[1]), ("PageUp", titles[0])):
        board.keyboard.press(key)
        expect(heading).to_have_text(title, timeout=FOLLOWS_MILLISECONDS)
    for key in ("PageDown", "ArrowRight", "PageUp", "p"):
        foreign.keyboard.press(key)
    foreign.wait_for_timeout(1500)
    expect(heading).to_have_text(titles[0])
    expect(foreign.locator('button[name="act"]')).to_have_count(0)
    cover = board.get_by_text(re.compile("Het bord is (afge|be)dekt"))
    board.keyboard.press("b")
    expect(cover).to_be_visible()
    board.keyboard.press("b")
    expect(cover).to_be_hidden()
    board.keyboard.press("?")
    expect(board.get_by_role("dialog")).to_be_visible()
    board.keyboard.press("Escape")
    board.keyboard.press("p")
    expect(heading).to_contain_text("pauze", timeout=FOLLOWS_MILLISECONDS)
    board.keyboard.press("p")
    expect(heading).to_have_text(titles[0], timeout=FOLLOWS_MILLISECONDS)
    board.keyboard.press("l")
    expect(heading).to_have_text(module.activities[0].title["fr"], timeout=FOLLOWS_MILLISECONDS)


def test_a_pause_keeps_the_open_round(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    desk.open_at(quiz_step(module))
    student.is_asked()
    desk.do("pause")
    student.sees("Even pauze. We gaan zo verder.")
    desk.do("resume")
    student.is_asked()
    student.answer(0)
