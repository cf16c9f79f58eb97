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

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from eduapp.content.models import Module
    from tests.browser.desk import Desk
    from tests.browser.student import Student

TITLE = {"nl": "Les · Mijn beeld", "fr": "Leçon · Mon image"}
VOICES = "body > [role=status]"
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
        desk.do("almost", "close", "show")
    page.emulate_media(media="print")
    expect(quiet).to_be_hidden()
    page.emulate_media(media="screen")
    quiet.locator('a[href="#main"]').click()
    expect(page.locator("main")).to_be_visible()
    student.is_headed(first_quiz(module).text[language])
    student.is_not_asked()


def knows_nothing(page: Page, desk: Desk, asked: list[str]) -> None:
    """Let the class go on: no word of it is said, and no address or step of history is left."""
    address, steps = page.url, page.evaluate("history.length")
    desk.do("almost")
    page.wait_for_timeout(2000)
    desk.do("close", "show")
    page.locator("main .option").first.wait_for(state="detached", timeout=FOLLOWS_MILLISECONDS)
    assert page.locator("main").is_hidden()
    assert "".join(page.locator(VOICES).all_inner_texts()).strip() == ""
    assert (page.url, page.evaluate("history.length")) == (address, steps)
    assert "#" not in address
    follows = re.compile(r"GET .*/(state/|static/|class/[A-Z]+$)")
    assert [line for line in asked if not follows.search(line)] == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_skipping_is_an_answer_like_the_others(
    open_desk: Callable[..., Desk],
    seat_student: Callable[..., Student],
    module: Module,
    language: str,
) -> None:
    desk = open_desk(language)
    student = seat_student(desk.code, language)
    sent: list[tuple[str | None, int]] = []
    student.page.on(
        "response",
        lambda reply: (
            sent.append((reply.request.post_data, reply.status))
            if reply.request.method == "POST"
            else None
        ),
    )
    for question in (first_quiz(module), class_poll(module)):
        desk.open_at(step_of(question, module))
        student.is_headed(question.text[language])
        student.is_asked()
        options = student.page.locator("main .option")
        assert len({options.nth(n).evaluate(LOOKS) for n in range(len(question.options))}) == 1
        way_out = len(question.options) - 1
        assert question.options[way_out].id in {"skip", "unsure"}
        student.answer(0)
        student.choose_again()
        student.answer(way_out)
        first, last = sent[-2:]
        assert first == ((last[0] or "").replace(f"choice={way_out}", "choice=0"), last[1]), sent
