"""A lesson on a laptop with a hotspot and no internet; run inside a network of its own.

`python -m tests.browser.hotspot_lesson FOLDER LANGUAGE` is started by `test_hotspot.py` with no
other network than `ADDRESS`, which is not a loopback address: browsers treat those differently.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright

from config import ROOT, SETTINGS
from eduapp.content import load_content
from tests.browser import running_site
from tests.browser.conftest import ARGUMENTS, NAMES
from tests.browser.desk import Desk
from tests.browser.lesson_words import class_poll, first_quiz, step_of
from tests.browser.student import FOLLOWS_MILLISECONDS, Student

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ADDRESS = "10.42.0.1"
WIFI = {"WIFI_NAME": 'Klas "3B"', "WIFI_PASSWORD": "samen;sterk"}
HONEST = {"nl": "op deze wifi", "fr": "sur ce wifi"}
ELSEWHERE = [each for each in ARGUMENTS if not each.startswith("--host-resolver-rules")]


@dataclass(slots=True)
class HotspotSite(running_site.RunningSite):
    """The site as `make run HOST=0.0.0.0 ALLOW_PLAIN_HTTP=1` starts it, with the room's wifi."""

    @property
    def url(self) -> str:
        return f"http://{ADDRESS}:{self.port}"

    def _environment(self) -> dict[str, str]:
        kept = running_site.RunningSite._environment(self)
        everywhere = {"HOST": "0.0.0.0", "ALLOW_PLAIN_HTTP": "1"}  # noqa: S104 - what is tested
        assert everywhere.keys() | WIFI.keys() <= set(SETTINGS)
        return kept | everywhere | WIFI


def main(folder: Path, language: str) -> None:
    """Give a lesson: gate, wifi on the board, two students, a quiz question, a poll, the end."""
    running_site.HOST = ADDRESS
    site = HotspotSite(folder / "instance")
    site.start()
    try:
        assert f"On this network: http://{ADDRESS}:{site.port}" in site.log.read_text()
        with sync_playwright() as playwright:
            path = next(filter(None, map(shutil.which, NAMES)))
            browser = playwright.chromium.launch(executable_path=path, args=ELSEWHERE)
            _lesson(site, browser, language)
            browser.close()
    finally:
        site.stop()


def _lesson(site: HotspotSite, browser: Browser, language: str) -> None:
    today = dt.datetime.now(tz=dt.UTC).date()
    module = load_content(ROOT / "lessons", today).modules["m4"]
    page = _new_page(browser)
    # A teacher who opens the site on the laptop's own address learns the one that works.
    page.goto(f"http://127.0.0.1:{site.port}/{language}/start/m4")
    page.locator(f'main a[href^="{site.url}/"]').click()
    expect(page.get_by_role("main")).to_contain_text(HONEST[language])
    desk = Desk(page, site, language).pass_gate()
    board = page.context.new_page()
    board.goto(f"{site.url}/{language}/board/{desk.code}")
    wifi = board.locator(".lobby__wifi")
    expect(wifi).to_contain_text(WIFI["WIFI_NAME"])
    expect(wifi).to_contain_text(WIFI["WIFI_PASSWORD"])
    assert wifi.locator("img").evaluate("image => image.naturalWidth") > 0
    expect(board.locator(".lobby")).to_contain_text(ADDRESS)
    expect(board.locator(".board__loopback")).to_have_count(0)

    scripted = Student(_new_page(browser), site, language)
    plain = Student(_new_page(browser, scripts=False), site, language, has_scripts=False)
    scripted.page.goto(f"{site.url}/{language}/join")
    expect(scripted.page.get_by_role("main")).to_contain_text(HONEST[language])
    for student in (scripted, plain):
        student.join(desk.code)
        cookies = {each["name"]: each for each in student.page.context.cookies()}
        assert cookies.keys() == {"seat"}, cookies
        assert not cookies["seat"]["secure"]

    desk.leave()
    desk.open_at(step_of(first_quiz(module), module))
    for student in (scripted, plain):
        student.is_asked()
        student.answer(0)
    assert desk.answered() == 2
    desk.do("close", "show", "explain")
    desk.walk_to(step_of(class_poll(module), module))

    # A poll asks once more: by the key it only unfolds what it asks.
    board.reload()
    board.keyboard.press("PageDown")
    expect(board.locator(".act__sure")).to_be_visible()
    assert desk.state()["phase"] == "ready"
    board.locator('.act__sure button[value="open"]').click()
    for student in (scripted, plain):
        student.is_asked()
        student.answer(0)
    desk.do("end")
    plain.page.goto(f"{site.url}{plain.path}")
    scripted.sees(module.take_home[language][0])
    for student in (scripted, plain):
        student.page.reload()
        assert student.page.context.cookies() == []


def _new_page(browser: Browser, *, scripts: bool = True) -> Page:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.set_default_timeout(FOLLOWS_MILLISECONDS)
    page.on("pageerror", lambda error: sys.exit(f"a script stopped: {error}"))
    return page


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
