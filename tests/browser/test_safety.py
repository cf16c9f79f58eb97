"""What keeps a student safe: leaving, sitting out, skipping; and a desk on the wrong screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.lesson_words import class_poll, quiz_step, step_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from eduapp.content.models import Module
    from tests.browser.desk import Desk
    from tests.browser.student import Student

KEYS = {"nl": "Drie keer op Shift", "fr": "trois fois sur Maj"}
BACK = {"nl": "Druk daarna niet op “Terug”", "fr": "N’appuie pas ensuite sur"}
TITLE = {"nl": "Les · Mijn beeld", "fr": "Leçon · Mon image"}


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("way", ["link", "keys"])
def test_leaving_quickly_leaves_no_way_back(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], language: str, way: str
) -> None:
    desk = open_desk(language)
    student = seat_student(desk.code, language)
    page = student.page
    desk.do("next")
    page.get_by_role("link", name=re.compile("^(Alle hulp|Toute l’aide)$")).click()
    page.go_back()
    elsewhere = page.locator(".quick-exit").get_attribute("href") or ""
    page.route(f"{elsewhere}**", lambda route: route.fulfill(body="elsewhere"))

    if way == "link":
        page.locator(".quick-exit").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(f"{elsewhere}**")
    page.go_back()

    assert "/class/" not in page.url


@pytest.mark.parametrize("language", ["nl", "fr"])
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


@pytest.mark.parametrize(("language", "scripts"), [("nl", True), ("fr", False)])
def test_who_sits_out_asks_nothing_of_the_site_and_finds_the_class_where_it_is(
    open_desk: Callable[..., Desk],
    seat_student: Callable[..., Student],
    module: Module,
    language: str,
    scripts: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    desk = open_desk(language)
    desk.do("next")
    student = seat_student(desk.code, language, scripts=scripts)
    page = student.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.locator('a[href="#step"]').click()

    expect(page.locator("#step")).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    expect(page.locator(".help-strip")).to_be_visible()
    assert not [url for url in asked if "/state/" not in url and "/static/" not in url]
    desk.do("next")
    if scripts:
        page.wait_for_timeout(2500)
        expect(page.locator("main")).to_be_hidden()
    assert page.title() == TITLE[language]
    page.locator('#step a[href="#main"]').click()
    student.is_headed(module.activities[1].title[language])


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_skipping_is_an_answer_like_the_others(
    open_desk: Callable[..., Desk],
    seat_student: Callable[..., Student],
    module: Module,
    language: str,
) -> None:
    desk = open_desk(language)
    student = seat_student(desk.code, language)
    poll = class_poll(module)
    desk.open_at(step_of(poll, module))
    student.is_asked()
    options = student.page.locator("main .option")
    looks = "e => { const s = getComputedStyle(e); return [s.border, s.font, e.offsetWidth]; }"

    kinds = {str(options.nth(n).evaluate(looks)) for n in range(len(poll.options))}
    student.answer(len(poll.options) - 1)

    assert len(kinds) == 1


def test_a_desk_that_is_mirrored_by_mistake_shows_nothing_that_a_class_should_not_see(
    open_desk: Callable[..., Desk], module: Module
) -> None:
    desk = open_desk("nl")
    shown: list[str] = []

    def look() -> None:
        desk.look()
        shown.append(desk.page.content())
        assert desk.page.locator(".say, .zone, .moments, .slips, .lesson-key, .second").count() == 0

    look()
    for act in ("next", "pause", "resume"):
        desk.do(act)
        look()
    desk.open_at(quiz_step(module))
    look()
    for act in ("close", "show", "explain", "wrap_up"):
        desk.do(act)
        look()
    said = [activity.say["nl"] for activity in module.activities]
    assert not [words for words in said if any(words in page for page in shown)]
