"""Sitting out, of which nobody learns, and skipping, which is an answer like the others.

Leaving is in `test_leaving.py`, a desk that is on the board by mistake in
`tests/teach/test_mirrored.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.lesson_words import class_poll, first_quiz, quiz_step, step_of
from tests.browser.student import FOLLOWS_MILLISECONDS
from tests.languages import in_french_then_dutch

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from eduapp.content.models import Module
    from tests.browser.desk import Desk
    from tests.browser.student import Student

TITLE = {"nl": "Les · Mijn beeld", "fr": "Leçon · Mon image"}
GOES_ON = ("almost", "close", "show", "explain", "next")
HEADING = """heading => {
  const style = getComputedStyle(heading), box = heading.getBoundingClientRect();
  return JSON.stringify([style.font, style.letterSpacing, style.color, box.left, box.width]);
}"""
LOOKS = """option => {
  const style = getComputedStyle(option), box = option.getBoundingClientRect();
  const frame = option.cloneNode(true), input = frame.querySelector("input");
  frame.querySelector(".option__text").textContent = "";
  for (const own of [frame, input])
    for (const name of ["for", "id", "value"]) own.removeAttribute(name);
  return JSON.stringify([frame.outerHTML, style.border, style.font, style.padding, box.width]);
}"""
"""How a heading or an option looks, whatever its words."""


@pytest.mark.parametrize(("language", "scripts"), [("nl", True), ("fr", False)])
def test_who_sits_out_asks_nothing_of_the_site_and_finds_the_class_where_it_is(
    open_desk: Callable[..., Desk],
    seat_student: Callable[..., Student],
    module: Module,
    language: str,
    scripts: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    desk = open_desk(language)
    desk.open_at(quiz_step(module))
    student = seat_student(desk.code, language, scripts=scripts)
    page, quiet = student.page, student.page.locator("#step")
    page.wait_for_timeout(500)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    headings = [page.locator("main h1").evaluate(HEADING)]

    page.locator('a[href="#step"]').click()

    expect(quiet).to_be_visible()
    expect(quiet).to_be_focused()
    expect(page.locator("main")).to_be_hidden()
    expect(page.locator(".help-strip")).to_be_visible()
    headings.append(page.locator("#quiet-title").evaluate(HEADING))
    assert headings[0] == headings[1]
    assert page.title() == TITLE[language]
    if scripts:
        knows_nothing(page, desk, asked)
    else:
        # A browser's history knows this fragment; it says nothing.
        assert page.url.endswith(f"{student.path}#step")
        assert [line for line in asked if "/static/" not in line] == []
        desk.do(*GOES_ON)
    page.emulate_media(media="print")
    expect(quiet).to_be_hidden()
    page.emulate_media(media="screen")
    quiet.locator('a[href="#main"]').click()
    expect(page.locator("main")).to_be_visible()
    activity = module.activities[quiz_step(module)]
    student.is_headed((activity.question.text if activity.question else activity.title)[language])


def knows_nothing(page: Page, desk: Desk, asked: list[str]) -> None:
    """Let the class go on: no word of it is said, and no address or step of history is left."""
    address, steps = page.url, page.evaluate("history.length")
    desk.do(GOES_ON[0])
    expect(page.locator('[data-follow-almost="said"]')).to_have_count(
        1, timeout=FOLLOWS_MILLISECONDS
    )
    assert said(page) == ""
    desk.do(*GOES_ON[1:])
    page.locator("main .option").first.wait_for(state="detached", timeout=FOLLOWS_MILLISECONDS)
    assert page.locator("main").is_hidden()
    assert said(page) == ""
    assert (page.url, page.evaluate("history.length")) == (address, steps)
    assert "#" not in address
    follows = re.compile(r"GET .*/(state/|static/|class/[A-Z]+$)")
    assert [line for line in asked if not follows.search(line)] == []


def said(page: Page) -> str:
    """Return what who hears the page is told outside the lesson itself."""
    return "".join(page.locator("body > [role=status]").all_text_contents()).strip()


@in_french_then_dutch
def test_skipping_is_an_answer_like_the_others(
    open_desk: Callable[..., Desk],
    seat_student: Callable[..., Student],
    module: Module,
    language: str,
) -> None:
    desk = open_desk(language)
    student = seat_student(desk.code, language, reduced_motion="reduce")
    sent: list[tuple[str | None, int]] = []
    student.page.on("response", lambda reply: sent.append((reply.request.post_data, reply.status)))
    for question in (first_quiz(module), class_poll(module)):
        desk.open_at(step_of(question, module))
        student.is_headed(question.text[language])
        student.is_asked()
        student.page.mouse.move(0, 0)
        options = student.page.locator("main .option")
        assert len({options.nth(n).evaluate(LOOKS) for n in range(len(question.options))}) == 1
        way_out = len(question.options) - 1
        assert question.options[way_out].id in {"skip", "unsure"}
        student.answer(0)
        student.choose_again()
        student.answer(way_out)
        desk.do("close", "show", "explain")
        first, last = [(body, status) for body, status in sent if body][-2:]
        assert first == (last[0].replace(f"choice={way_out}", "choice=0"), last[1])
