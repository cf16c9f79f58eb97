"""The ways in and out: codes, keys, languages, the quick exit, the end.

One test for each thing that goes wrong there in a real classroom.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.lesson_words import first_quiz, quiz_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, Route

    from eduapp.content.models import Module
    from tests.browser.desk import Desk
    from tests.browser.running_site import RunningSite
    from tests.browser.student import Student

LANGUAGES = ("nl", "fr")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_quick_exit_leaves(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], *, scripts: bool
) -> None:
    desk = open_desk()
    student = seat_student(desk.code, scripts=scripts)
    elsewhere(student.page)
    student.page.get_by_role("banner").locator('a[href^="https:"]').click()
    student.page.wait_for_url(lambda url: not url.startswith(desk.site.url))
    if scripts:
        student.page.go_back(wait_until="commit")
        assert "/class/" not in student.page.url


def test_shift_three_times_leaves(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student]
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    elsewhere(student.page)
    for _ in range(3):
        student.page.keyboard.press("Shift")
    student.page.wait_for_url(lambda url: not url.startswith(desk.site.url))


def elsewhere(page: Page) -> None:
    """Put something in the place of the rest of the web."""

    def answer(route: Route) -> None:
        route.fulfill(body="<title>elsewhere</title>", content_type="text/html")

    page.context.route(lambda url: "127.0.0.1" not in url, answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ended_lesson_says_so_with_410(
    open_desk: Callable[..., Desk],
    seat_student: Callable[..., Student],
    page: Page,
    module: Module,
    language: str,
) -> None:
    desk = open_desk()
    code = desk.code
    student = seat_student(code, language)
    desk.do("end")
    student.sees(module.take_home[language][0])
    assert student.cookies == ""
    for path in (f"/{language}/class/{code}", f"/j/{code}"):
        reply = page.goto(f"{desk.site.url}{path}")
        assert reply is not None
        assert reply.status == HTTPStatus.GONE
    main = page.get_by_role("main")
    for sentence in module.take_home["nl"]:
        expect(main).to_contain_text(sentence, use_inner_text=True)
    page.goto(f"{desk.site.url}/nl/join")
    page.get_by_role("textbox").fill(code)
    page.get_by_role("textbox").press("Enter")
    expect(main).to_contain_text(module.take_home["nl"][0], use_inner_text=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_wrong_code_stays_in_the_field_and_the_summary_has_focus(
    new_context: Callable[..., BrowserContext], site: RunningSite, *, scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(f"{site.url}/nl/")
    page.get_by_role("textbox").fill("bakos limo")
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_role("textbox")).to_have_value("bakos limo")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.get_by_role("textbox")).to_be_focused()


def test_a_code_is_read_in_any_spelling(open_desk: Callable[..., Desk], page: Page) -> None:
    desk = open_desk()
    page.goto(f"{desk.site.url}/fr/")
    page.get_by_role("textbox").fill(f" {desk.code[:5].lower()}-{desk.code[5:].lower()} ")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"**/fr/class/{desk.code}")


def test_the_language_switch_keeps_the_place(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    student = seat_student(desk.code)
    question, step = first_quiz(module), quiz_step(module)
    desk.walk_to(step)
    desk.press("open")
    student.is_asked()
    student.page.get_by_role("link", name="Français").click()
    student.is_headed(question.text["fr"])
    student.language = "fr"
    student.answer(0)
    desk.page.get_by_role("link", name="Français").click()
    expect(desk.heading).to_have_text(module.activities[step - 1].title["fr"])


def test_the_desk_key_is_in_no_page_of_a_student(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk()
    code, key = desk.code, desk.look().lesson_key
    desk.leave()
    student = seat_student(code)
    secrets = {key, key.replace(" ", ""), key.replace(" ", "-"), key.lower()}
    paths = (student.path, f"/j/{code}.svg", f"/nl/board/{code}", f"/state/{desk.public_id}")
    acts = ["next"] * quiz_step(module) + ["open", "close", "show", "explain", "pause", "end"]
    for act in acts:
        desk.do(act)
        for path in paths:
            reply = desk.site.look(path, student.cookies)
            assert not [secret for secret in secrets if secret in f"{reply.headers}{reply.text}"]


def test_too_many_wrong_codes_are_paced_with_what_was_typed(
    own_site: RunningSite, page: Page
) -> None:
    for _ in range(120):
        own_site.send("/nl/join", {"code": "BAKOSLIMO"})
    page.goto(f"{own_site.url}/nl/")
    page.get_by_role("textbox").fill("bakos limo")
    with page.expect_response("**/join") as answered:
        page.get_by_role("textbox").press("Enter")
    assert answered.value.status == HTTPStatus.TOO_MANY_REQUESTS
    assert int(answered.value.headers["retry-after"]) > 0
    expect(page.get_by_role("textbox")).to_have_value("bakos limo")
