"""What holds on every page and in every state of a lesson, in each language, width and scheme.

One tour looks at all of them, one in Dutch and the next in French; `make look` takes it once more
the other way about. Each test reads what a tour found of one rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import Finding, Inspector, Rule
from tests.browser.lesson_words import quiz_step
from tests.browser.student import FOLLOWS_MILLISECONDS, Student
from tests.browser.tour import LessonTour, MomentsTour, open_pages
from tests.browser.tour_sharing import SharingTour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from eduapp.content.models import Module
    from tests.browser.desk import Desk
    from tests.browser.running_site import RunningSite


pytestmark = pytest.mark.long


@pytest.fixture(scope="module", params=[0, pytest.param(1, marks=pytest.mark.again)])
def toured(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: RunningSite,
    module: Module,
    walk_module: Module,
) -> Iterator[tuple[list[Finding], list[str]]]:
    """Everything that was found on one half of the tour, and where it went."""
    first, second = browser.new_context(), browser.new_context()
    inspector = Inspector(first.new_page(), site, request.param)
    latecomer = Inspector(second.new_page(), site, request.param)
    open_pages(inspector)
    LessonTour(inspector, latecomer, module).go()
    MomentsTour(inspector, walk_module).go()
    SharingTour(inspector, module).go()
    yield inspector.findings + latecomer.findings, inspector.visited + latecomer.visited
    first.close()
    second.close()


RULES: dict[Rule, str] = {
    "axe": "WCAG 2.2 AA as axe measures it",
    "narrow": "no sideways scroll on 320 px, with wider spacing, with text twice as large",
    "heading": "one first heading, which begins the title; quiet words in titles and addresses",
    "elsewhere": "no request to another host",
    "console": "nothing on the console",
    "tap": "tap targets of 44 px on student pages",
    "weight": "a student page weighs under 60 KB, fonts included",
    "board": "the board fits every projector, with large text and a larger code",
}


@pytest.mark.parametrize("rule", RULES)
def test_on_every_page(toured: tuple[list[Finding], list[str]], rule: Rule) -> None:
    findings, visited = toured
    assert len(visited) > 90
    broken = [str(finding) for finding in findings if finding.rule == rule]
    assert not broken, "\n".join([f"{len(broken)} times not: {RULES[rule]}", *broken])


def test_a_student_joins_and_answers_with_the_keyboard_only(
    open_desk: Callable[..., Desk], page: Page, module: Module
) -> None:
    desk = open_desk()
    page.goto(f"{desk.site.url}/nl/")
    tab_to(page, '[name="code"]')
    page.keyboard.type(desk.code)
    tab_to(page, "main button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/class/*")
    student = Student(page, desk.site, code=desk.code)
    desk.walk_to(quiz_step(module))
    desk.press("open")
    expect(student.options.first).to_be_visible(timeout=FOLLOWS_MILLISECONDS)
    tab_to(page, '[name="choice"]')
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("input:checked")).to_be_focused()
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(student.status).to_be_visible()
    expect(student.status).to_be_focused()
    tab_to(page, "main form button")
    page.keyboard.press("Space")
    page.wait_for_timeout(700)
    page.keyboard.press("Space")
    expect(student.options.first).to_be_visible()
    desk.press("close")
    expect(student.options).to_have_count(0, timeout=FOLLOWS_MILLISECONDS)
    # The focus is not lost when the page moves on.
    assert page.evaluate("document.activeElement.closest('main') !== null")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus, and see that the focus shows."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            break
    else:
        pytest.fail(f"No way to {selector} by Tab")
    shown = page.evaluate(
        """() => {
          const own = document.activeElement, near = own.closest("label") ?? own;
          return [own, near].some(each => {
            const style = getComputedStyle(each);
            return style.outlineStyle !== "none" || style.boxShadow !== "none";
          });
        }"""
    )
    assert shown, f"The focus does not show on {selector}"


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1024, 768)])
def test_the_qr_code_fills_the_board_on_request(
    open_desk: Callable[..., Desk], page: Page, size: tuple[int, int]
) -> None:
    desk = open_desk()
    desk.walk_to(1)
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{desk.site.url}/nl/board/{desk.code}")
    page.keyboard.press("q")
    picture = page.locator("#qr img")
    expect(picture).to_be_in_viewport(ratio=1)
    box = picture.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 0.6 * height
    page.keyboard.press("q")
    expect(picture).not_to_be_in_viewport()
