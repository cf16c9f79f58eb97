"""A device that goes round and slips of paper, from the desk's numbers to the close.

Cover, turn, cover: nothing of a choice is left for the next person, on screen or behind "back".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.lesson_words import quiz_step
from tests.browser.student import FOLLOWS_MILLISECONDS, Student

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Locator

    from eduapp.content.models import Module
    from tests.browser.running_site import RunningSite

COVER = {"nl": "Geef dit toestel door", "fr": "Passe cet appareil au suivant"}
NO_TURNS = {
    "nl": "Iedereen die een toestel deelt, is aan de beurt geweest",
    "fr": "Tous ceux qui partagent un appareil ont eu leur tour",
}


def declare(desk: Desk, shared: int, paper: int) -> None:
    """Set how many have no device of their own, on the desk itself."""
    desk.page.goto(f"{desk.site.url}{desk.path}?own=1")
    seats = desk.page.locator("#seats")
    if seats.get_attribute("open") is None:
        seats.locator("summary").click()
    seats.locator('[name="shared"]').fill(str(shared))
    seats.locator('[name="paper"]').fill(str(paper))
    seats.locator(".seats__form button").click()
    expect(desk.page.locator('#seats [name="shared"]')).to_have_value(str(shared))


def make_code(desk: Desk) -> str:
    desk.page.locator(".seats__round form button").click()
    return desk.page.locator(".seats__code strong").inner_text()


def lets_it_go_round(student: Student, letters: str) -> None:
    """Follow the link on the student's page and type the letters of the desk."""
    student.look_again()
    link = student.page.locator('main a[href$="/share"]')
    link.click(timeout=FOLLOWS_MILLISECONDS)
    student.page.locator('[name="pass_code"]').fill(letters)
    student.page.locator("main form button").click()
    student.page.wait_for_url(f"**{student.path}")


def next_button(student: Student) -> Locator:
    return student.page.locator('main form[action$="/next"] button')


def takes_a_turn(student: Student, position: int) -> None:
    next_button(student).click()
    expect(student.page.locator("main input:checked")).to_have_count(0)
    student.choose(position)
    student.send()


@pytest.mark.parametrize(("language", "scripts"), [("nl", True), ("fr", False)])
def test_three_students_answer_on_one_device_and_two_on_paper(
    open_desk: Callable[..., Desk],
    seat_student: Callable[..., Student],
    module: Module,
    language: str,
    scripts: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    desk = open_desk(language)
    declare(desk, 3, 2)
    tablet = seat_student(desk.code, language, scripts=scripts)
    lets_it_go_round(tablet, make_code(desk))
    expect(desk.look().page.locator("#seats")).to_contain_text("1")
    desk.open_at(quiz_step(module))

    tablet.is_headed(COVER[language])
    expect(tablet.options).to_have_count(0)
    for position in (0, 1):
        takes_a_turn(tablet, position)
        tablet.heading.filter(has_text=COVER[language]).wait_for()
    takes_a_turn(tablet, 1)
    tablet.heading.filter(has_text=NO_TURNS[language]).wait_for()

    for _ in range(3):
        tablet.page.go_back()
        expect(tablet.page.locator("main input:checked")).to_have_count(0)
        expect(tablet.options).to_have_count(0)

    slips(desk, ("2", "1"))
    expect(desk.page.get_by_role("alert").get_by_role("link")).to_have_count(1)
    expect(desk.page.locator('[name="slips_A"]')).to_have_value("2")
    slips(desk, ("1", "1"))
    expect(desk.page.get_by_role("alert")).to_have_count(0)
    expect(desk.page.locator('[name="slips_A"]')).to_have_value("")
    # Progress moves every five seconds at most.
    progress = desk.page.locator("[data-progress=text]")
    expect(progress).to_contain_text(re.compile(r"^5 "), timeout=FOLLOWS_MILLISECONDS)


def slips(desk: Desk, counts: tuple[str, ...]) -> None:
    if "/slips" not in desk.page.url:
        desk.page.goto(f"{desk.site.url}{desk.path}?own=1")
    for letter, count in zip("ABCD", counts, strict=False):
        desk.page.locator(f'[name="slips_{letter}"]').fill(count)
    desk.page.locator(".slips__form button").click()


def test_a_double_press_takes_one_turn_and_the_page_that_comes_back_has_forgotten(
    site: RunningSite,
    remembering_browser: Browser,
    open_desk: Callable[..., Desk],
    module: Module,
) -> None:
    desk = open_desk("nl")
    declare(desk, 4, 0)
    context = remembering_browser.new_context()
    tablet = Student(context.new_page(), site, "nl").sit_down(desk.code)
    lets_it_go_round(tablet, make_code(desk))
    desk.leave()
    desk.open_at(quiz_step(module))
    tablet.is_headed(COVER["nl"])

    next_button(tablet).dblclick()
    tablet.choose(0)
    tablet.page.locator('main form[action$="/answer"] button').first.dblclick()
    tablet.heading.filter(has_text=COVER["nl"]).wait_for()
    tablet.page.go_back()
    expect(tablet.page.locator("main input:checked")).to_have_count(0)
    tablet.page.goto(f"{site.url}{tablet.path}")

    tablet.is_headed(COVER["nl"])
    assert desk.answered() == 1
    assert "choice" not in tablet.page.evaluate("JSON.stringify([sessionStorage, localStorage])")
    context.close()


def test_the_network_goes_away_in_the_middle_of_a_turn(
    open_desk: Callable[..., Desk], seat_student: Callable[..., Student], module: Module
) -> None:
    desk = open_desk("fr")
    declare(desk, 2, 0)
    tablet = seat_student(desk.code, "fr")
    lets_it_go_round(tablet, make_code(desk))
    desk.leave()
    desk.open_at(quiz_step(module))
    tablet.is_headed(COVER["fr"])
    next_button(tablet).click()
    tablet.choose(2)

    tablet.page.context.set_offline(offline=True)
    tablet.send()
    expect(tablet.page.locator("[data-answer=words]")).to_contain_text("On attend le réseau")
    tablet.page.context.set_offline(offline=False)

    tablet.heading.filter(has_text=COVER["fr"]).wait_for(timeout=FOLLOWS_MILLISECONDS)
    assert desk.answered() == 1


def test_after_a_restart_the_device_goes_round_again_only_with_a_new_code(
    own_site: RunningSite, new_context: Callable[..., BrowserContext]
) -> None:
    desk = Desk(new_context().new_page(), own_site, "nl").start()
    declare(desk, 3, 0)
    tablet = Student(new_context().new_page(), own_site, "nl").sit_down(desk.code)
    lets_it_go_round(tablet, make_code(desk))

    own_site.stop()
    own_site.start()

    link = tablet.page.locator('main a[href$="/share"]')
    link.wait_for(timeout=FOLLOWS_MILLISECONDS)
    assert desk.state()["devices"] == 0
    link.click()
    desk.page.goto(f"{own_site.url}{desk.path}?own=1")
    tablet.page.locator('[name="pass_code"]').fill(make_code(desk))
    tablet.page.locator("main form button").click()
    tablet.is_headed("Dit toestel gaat rond")
