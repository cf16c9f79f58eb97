"""The papers of a lesson as they leave the printer: sheets, their size, how many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Page

    from tests.browser.running_site import RunningSite

PORTRAIT, LANDSCAPE = (595, 842), (842, 595)
LARGEST = 2_000_000
in_each_language = pytest.mark.parametrize("language", ["nl", "fr"])


def printed(page: Page, address: str) -> bytes:
    page.goto(address)
    return page.pdf(format="A4", prefer_css_page_size=True)


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Return the sizes of the sheets in points; a browser may round them by one."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    known = (PORTRAIT, LANDSCAPE)
    return {
        min(known, key=lambda size: abs(size[0] - float(width)) + abs(size[1] - float(height)))
        for width, height in boxes
    }


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).bounding_box()
    assert found, selector
    return found


@in_each_language
@pytest.mark.parametrize("module", ["m2", "m4"])
def test_the_letter_fits_one_sheet(
    page: Page, site: RunningSite, language: str, module: str
) -> None:
    pdf = printed(page, f"{site.url}/{language}/modules/{module}/letter")

    assert (sheets(pdf), sizes(pdf)) == (1, {PORTRAIT})


@in_each_language
def test_the_note_for_the_network_fits_one_sheet(
    page: Page, site: RunningSite, language: str
) -> None:
    assert sheets(printed(page, f"{site.url}/{language}/ict")) == 1


@in_each_language
@pytest.mark.parametrize("module", ["m2", "m4"])
def test_each_poster_fills_one_sheet_lying_down_and_holds_its_words(
    page: Page, site: RunningSite, language: str, module: str
) -> None:
    for number in range(1, 6):
        page.emulate_media(media="null")
        pdf = printed(page, f"{site.url}/{language}/modules/{module}/poster/{number}")

        assert (sheets(pdf), sizes(pdf)) == (1, {LANDSCAPE})
        page.emulate_media(media="print")
        poster, text = box(page, ".poster"), box(page, ".poster__sentence")
        assert poster["x"] < text["x"]
        assert text["x"] + text["width"] < poster["x"] + poster["width"]
        assert poster["y"] < text["y"]
        assert text["y"] + text["height"] <= box(page, ".poster__foot")["y"] + 1
        assert page.locator(".poster__sentence").evaluate("p => p.scrollWidth <= p.clientWidth")


@in_each_language
def test_cards_take_one_sheet_for_each_ten_after_the_sheet_that_says_how(
    page: Page, site: RunningSite, language: str
) -> None:
    pdf = printed(page, f"{site.url}/{language}/modules/m2/cards")

    assert sheets(pdf) == 1 + page.locator(".card-sheet").count()
    assert sizes(pdf) == {PORTRAIT}
    cards = page.locator(".print-card")
    page.emulate_media(media="print")
    tight = cards.evaluate_all("all => all.filter(c => c.scrollHeight > c.clientHeight + 1).length")
    assert (cards.count(), tight) == (14, 0)


@in_each_language
@pytest.mark.parametrize("module", ["m2", "m4"])
def test_on_paper_the_questions_stand_before_the_answers(
    page: Page, site: RunningSite, language: str, module: str
) -> None:
    pdf = printed(page, f"{site.url}/{language}/modules/{module}/questions")

    assert len(pdf) < LARGEST
    page.emulate_media(media="print")
    last, key = box(page, ".open-question >> nth=-1"), box(page, ".answer-key")
    assert last["y"] + last["height"] <= key["y"]
    assert page.locator(".open-question__mark:visible").count() == 2
    assert not page.locator(".open-question .open-question__mark:visible").count()
    assert not page.locator("nav:visible").count()
