"""Leaving quickly: by the link and by Shift three times, and what "back" finds then.

The same in Firefox, and without JavaScript, is in `tests/firefox`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.jar import cookies_of
from tests.browser.lesson_words import quiz_step
from tests.browser.student import FOLLOWS_MILLISECONDS, Student
from tests.languages import in_dutch_then_french, in_french_then_dutch

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from eduapp.content.models import Module
    from tests.browser.desk import Desk

KEYS = {"nl": "Drie keer op Shift", "fr": "trois fois sur Maj"}
BACK = {"nl": "Druk daarna niet op “Terug”", "fr": "N’appuie pas ensuite sur"}
OTHER = {"nl": "Français", "fr": "Nederlands"}


def comes_by_the_qr_code(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.site.url}/j/{desk.code}")
    page.locator("main form button").click()
    expect(page.locator("[data-follow-devices]").first).to_be_visible()
    assert page.locator("main form").count() == 0


def looks_at_help(page: Page, _desk: Desk) -> None:
    page.locator(".help-strip__more").click()
    page.wait_for_url("**/help")
    page.go_back()


def sits_out_and_comes_back(page: Page, _desk: Desk) -> None:
    page.locator('a[href="#step"]').click()
    page.locator('#step a[href="#main"]').click()


def skips_the_bar(page: Page, _desk: Desk) -> None:
    page.locator(".page__skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def takes_the_other_language(page: Page, desk: Desk) -> None:
    page.get_by_role("link", name=OTHER[desk.language]).click()
    page.wait_for_url(lambda url: f"/{desk.language}/" not in url)


def follows_the_class(page: Page, desk: Desk) -> None:
    for _ in range(2):
        heading = page.locator("main h1").inner_text()
        desk.do("next")
        expect(page.locator("main h1")).not_to_have_text(heading, timeout=FOLLOWS_MILLISECONDS)


@pytest.mark.parametrize(
    ("language", "ways"),
    [
        ("nl", (comes_by_the_qr_code, follows_the_class, skips_the_bar)),
        ("fr", (looks_at_help, sits_out_and_comes_back, takes_the_other_language)),
    ],
    ids=["nl-qr", "fr-about"],
)
def test_after_leaving_quickly_back_does_not_find_the_lesson(
    open_desk: Callable[..., Desk],
    new_context: Callable[..., BrowserContext],
    language: str,
    ways: tuple[Callable[[Page, Desk], None], ...],
) -> None:
    desk = open_desk(language)
    page = new_context().new_page()
    if comes_by_the_qr_code not in ways:
        Student(page, desk.site, language).join(desk.code)
    for way in ways:
        way(page, desk)
    assert "/class/" in page.url

    leave(page, lambda: page.locator(".quick-exit").click())
    page.go_back(wait_until="commit")

    assert "/class/" not in page.url


def leave(page: Page, act: Callable[[], object]) -> None:
    """Leave for another site, which is not there: something else stands in its place."""
    elsewhere = page.locator(".quick-exit").get_attribute("href") or ""
    page.route(f"{elsewhere}**", lambda route: route.fulfill(body="elsewhere"))
    act()
    page.wait_for_url(f"{elsewhere}**")


@in_french_then_dutch
def test_only_shift_pressed_three_times_by_itself_leaves(
    open_desk: Callable[..., Desk],
    seat_student: Callable[..., Student],
    module: Module,
    language: str,
) -> None:
    desk = open_desk(language)
    student = seat_student(desk.code, language)
    page, keys, voice = (
        student.page,
        student.page.keyboard,
        student.page.locator("body > [role=status]"),
    )
    desk.open_at(quiz_step(module))
    student.is_asked()
    student.choose(0)
    expect(page.locator("main input:checked")).to_be_focused()

    for _ in range(3):
        keys.press("Shift+A")
    for _ in range(5):
        keys.down("Shift")
    keys.up("Shift")
    keys.press("Escape")
    for _ in range(2):
        keys.press("Shift")
    once_more = page.locator(".quick-exit").get_attribute("data-text-once-more") or "?"
    expect(voice.filter(has_text=once_more)).to_have_count(1)
    page.mouse.click(5, 300)
    keys.press("Shift")
    assert "/class/" in page.url

    keys.press("Shift")
    leave(page, lambda: keys.press("Shift"))


@in_dutch_then_french
def test_the_page_says_what_leaving_quickly_does_here(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], language: str
) -> None:
    desk = open_desk(language)
    student = seat_student(desk.code, language)
    words = student.page.locator(".lobby__list")

    expect(words).to_contain_text(KEYS[language])
    assert BACK[language] not in words.inner_text()
    # A browser without scripts shows this and not the keys (tests/firefox).
    served = student.site.look(student.path, student.cookies).text
    assert re.search(f"<noscript>{BACK[language]}[^<]*</noscript>", served)
    assert f">{KEYS[language]}" not in served
    # The page with help comes after another one, to which "back" leads: it says so to everybody.
    student.page.goto(f"{student.site.url}/{language}/help")
    expect(student.page.get_by_role("main")).to_contain_text(BACK[language])
    expect(student.page.get_by_role("main")).to_contain_text(KEYS[language])
    expect(student.page.locator(".quick-exit")).to_be_visible()


def test_a_device_that_goes_round_keeps_no_way_back_either_and_no_page_to_sit_out_on(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student]
) -> None:
    desk = open_desk()
    version = str(desk.state()["version"])
    cookies = cookies_of(desk.page)
    seats = {"own": "1", "version": version, "shared": "2", "paper": "0"}
    desk.site.send(f"{desk.path}/seats", seats, cookies)
    desk.site.send(f"{desk.path}/pass", {"own": "1"}, cookies)
    shown = desk.site.look(f"{desk.path}?own=1", cookies).text
    letters = re.search(r"seats__code.*?<strong>(\w+)", shown, re.DOTALL)
    assert letters is not None
    tablet = seat_student(desk.code)
    expect(tablet.page.locator('a[href="#step"]')).to_be_visible()
    tablet.page.locator('main a[href$="/share"]').click()
    tablet.page.locator('[name="pass_code"]').fill(letters[1])
    tablet.page.locator("main form button").click()
    tablet.page.wait_for_url(f"**{tablet.path}")

    expect(tablet.heading).to_be_visible()
    expect(tablet.page.locator('#step, a[href="#step"]')).to_have_count(0)
    leave(tablet.page, lambda: tablet.page.locator(".quick-exit").click())
    tablet.page.go_back(wait_until="commit")
    assert "/class/" not in tablet.page.url
