"""Every lesson from the lobby to the end, side by side: each module, band and language.

A desk steered by its own buttons, a board and one student, who follow by themselves. What is wrong
is what a console says, a screen that does not come along, and a board that does not show it all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from eduapp.simulate.teacher import PREFERENCES
from tests.browser.crowd import Crowd
from tests.browser.desk import Desk
from tests.browser.student import Student
from tests.browser.tour import LANGUAGES
from tests.look.places import opened_browser, running_site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

    from eduapp.content.models import Module
    from tests.browser.running_site import RunningSite

MOST_ACTS = 120
CLASS = 24
FOLLOWS_MILLISECONDS = 20_000
"""Many lessons share one machine here."""
ANSWER = 'main form[action$="/answer"]'


@dataclass
class Room:
    """One lesson that is played, and what was wrong with it."""

    name: str
    desk: Desk
    board: Page
    student: Student
    crowd: Crowd
    problems: list[str] = field(default_factory=list)
    acts: int = 0
    is_over: bool = False

    def listen(self) -> None:
        """Note what the console of each screen says."""
        for page in (self.desk.page, self.board, self.student.page):
            page.on("console", self._on_console)
            page.on("pageerror", lambda error: self.problems.append(f"{self.name}: {error}"))

    def act(self) -> None:
        """Take the next act as a teacher would."""
        state = self.desk.state()
        wanted = PREFERENCES.get(str(state["phase"]), ())
        act = next((each for each in wanted if self.desk.button(each).count()), None)
        if act is None or self.acts == MOST_ACTS:
            self.problems.append(f"{self.name}: no way on from {state['phase']}")
            self.is_over = True
            return
        self.acts += 1
        self.is_over = act == "end"
        self.desk.press(act)

    def follow(self) -> None:
        """Wait until board and student are where the desk is, and answer what is asked."""
        try:
            self._follow()
        except AssertionError as error:
            self.problems.append(f"{self.name}, after {self.acts} acts: {error}")
            self.is_over = True

    def _follow(self) -> None:
        if self.is_over:
            self._shows(self.board, ".board--ended")
            self._shows(self.student.page, "main:not(:has([data-version]))")
            return
        version = self.desk.state()["version"]
        for page in (self.board, self.student.page):
            self._shows(page, f'[data-version="{version}"]')
        self._fits(version)
        if self.student.page.locator(ANSWER).count():
            self.student.answer(0)
            self.crowd.answer((2, 2, 1, 1, 0))

    def _shows(self, page: Page, selector: str) -> None:
        expect(page.locator(selector)).to_have_count(1, timeout=FOLLOWS_MILLISECONDS)

    def _fits(self, version: object) -> None:
        """A board is read from the last row, and nobody scrolls it."""
        over = self.board.evaluate(
            "[document.documentElement.scrollWidth - innerWidth,"
            " document.documentElement.scrollHeight - innerHeight]"
        )
        if any(pixels > 0 for pixels in over):
            self.problems.append(f"{self.name}, {version}: the board is too small by {over} px")

    def _on_console(self, message: ConsoleMessage) -> None:
        # After the end a page is gone, and a browser says that too.
        is_the_end = self.is_over and "/class/" in str(message.location.get("url"))
        if message.type in {"error", "warning"} and not is_the_end:
            self.problems.append(f"{self.name}: {message.text} {message.location.get('url')}")


def play_all(modules: Iterable[Module]) -> tuple[list[str], list[str]]:
    """Play every lesson; return a line for each, and what was wrong.

    Each module on a site of its own: one address starts no more than thirty lessons an hour.
    """
    lines, problems = [], []
    for module in modules:
        rooms = _play(module)
        lines += [f"{room.name}: {room.acts} acts" for room in rooms]
        problems += [problem for room in rooms for problem in room.problems]
    return lines, problems


def _play(module: Module) -> list[Room]:
    with running_site() as site, opened_browser() as browser:
        rooms = [
            _room(site, browser, module, band, language)
            for band in module.bands
            for language in LANGUAGES
        ]
        while playing := [room for room in rooms if not room.is_over]:
            for room in playing:
                room.act()
            for room in playing:
                room.follow()
        return rooms


def _room(site: RunningSite, browser: Browser, module: Module, band: str, language: str) -> Room:
    contexts: list[BrowserContext] = [browser.new_context() for _ in range(3)]
    desk_page, board, device = (context.new_page() for context in contexts)
    desk = Desk(desk_page, site, language).prepare(module.id, band=band).open_door()
    board.goto(f"{site.url}/{language}/board/{desk.code}")
    student = Student(device, site, language).sit_down(desk.code)
    crowd = Crowd(site, desk.code, CLASS - 1)
    room = Room(f"{module.id}, {band}, {language}", desk.look(), board, student, crowd)
    room.listen()
    return room
