"""One screen only: a whole lesson on the board, steered by its keys, without any student device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from eduapp.content.models import Reveal
from tests.languages import in_french_then_dutch

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from eduapp.content.models import Module, Scenario
    from tests.browser.desk import Desk

ONLY_THE_BOARD = {"nl": "Alleen het bord", "fr": "Seulement le tableau"}


@in_french_then_dutch
def test_a_class_without_devices_takes_the_whole_lesson_on_the_board(
    open_desk: Callable[..., Desk], module: Module, language: str
) -> None:
    desk = open_desk(language, viewport={"width": 1280, "height": 720})
    desk.look()
    expect(desk.button("small")).to_have_text(ONLY_THE_BOARD[language])
    desk.press("small")
    board = desk.page
    board.goto(f"{desk.site.url}/{language}/board/{desk.code}")

    for number, activity in enumerate(module.activities, 1):
        # A key is heard once the scripts of the page have run.
        board.wait_for_load_state()
        board.keyboard.press("PageDown")
        title = board.get_by_role("heading", level=1).filter(has_text=activity.title[language])
        title.wait_for()
        if activity.scenario is not None:
            reads_to_an_end(board, activity.scenario, language)
        if activity.question is not None:
            board.wait_for_load_state()
            board.keyboard.press("PageDown")
            letters = board.locator(".board-options__letter")
            expect(letters).to_have_text(list("ABCDEFG")[: len(activity.question.options)])
            # Nothing was sent: a published figure, or the explanation, comes next.
            shows = (
                ["show", "explain"] if activity.question.reveal is Reveal.BENCHMARK else ["explain"]
            )
            for act in shows:
                board.locator(f'button[value="{act}"]').click()
                expect(board.locator(f'button[value="{act}"]')).to_have_count(0)
        assert desk.state()["step"] == number


def test_the_text_of_the_board_grows_by_keys_and_stays_so_in_this_tab(
    open_desk: Callable[..., Desk], module: Module
) -> None:
    desk = open_desk("nl", viewport={"width": 1280, "height": 720})
    board = desk.page
    board.goto(f"{desk.site.url}/nl/board/{desk.code}")
    title = board.get_by_role("heading", level=1)
    desk.do("next")
    title.filter(has_text=module.activities[0].title["nl"]).wait_for()
    before = size(title)

    board.keyboard.press("+")
    larger = size(title)
    board.get_by_role("button", name="Grotere tekst").click()
    largest = size(title)
    desk.do("next")
    title.filter(has_text=module.activities[1].title["nl"]).wait_for()
    board.reload()
    for _ in range(3):
        board.keyboard.press("-")

    assert before < larger < largest
    assert size(title) <= before * 1.01
    assert board.evaluate("JSON.stringify(sessionStorage)") == '{"board-text":"100"}'


def size(title: Locator) -> float:
    """Return how high a letter of the title is on screen."""
    height = title.evaluate("e => e.getBoundingClientRect().height / e.getClientRects().length")
    lines = title.evaluate(
        "e => Math.round(e.clientHeight / parseFloat(getComputedStyle(e).lineHeight))"
    )
    return float(height) / max(int(lines), 1)


def reads_to_an_end(board: Page, story: Scenario, language: str) -> None:
    """Open one way after the other until the story has no more."""
    node = story.nodes[story.start]
    while node.choices:
        choice = node.choices[0]
        board.locator("summary").filter(has_text=choice.label[language]).last.click()
        node = story.nodes[choice.node]
    last = board.locator(".scenario__then .prose:visible")
    expect(last).to_have_count(1)
    box, size = last.bounding_box(), board.viewport_size
    assert box is not None
    assert size is not None
    assert box["y"] + box["height"] <= size["height"], "the end of the story is below the board"
