"""A student and a device: joining, following, answering, seen through the page alone.

Found by form field, role and heading. A device without scripts fetches its page again where another
follows by itself.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from tests.browser.jar import cookies_of, give_cookies

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.running_site import RunningSite

FOLLOWS_MILLISECONDS = 8000
"""A device follows within two seconds (product, 5); a machine that tests may be busy."""
DOUBLE_TAP_MILLISECONDS = 650


@dataclass(slots=True)
class Student:
    """A student and one device."""

    page: Page
    site: RunningSite
    language: str = "nl"
    has_scripts: bool = True
    code: str = ""

    def join(self, code: str) -> Student:
        """Type the code on the first page and go in."""
        self.code = code
        self.page.goto(f"{self.site.url}/{self.language}/")
        self.page.get_by_role("textbox").fill(code)
        self.page.get_by_role("textbox").press("Enter")
        self.page.wait_for_url(f"**{self.path}")
        return self

    def sit_down(self, code: str) -> Student:
        """Join by a plain form and open the page of the class."""
        self.code = code
        reply = self.site.send(f"/{self.language}/join", {"code": code})
        assert reply.status == HTTPStatus.SEE_OTHER, reply.text
        give_cookies(self.page, reply)
        self.page.goto(f"{self.site.url}{self.path}")
        return self

    @property
    def path(self) -> str:
        return f"/{self.language}/class/{self.code}"

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("main").get_by_role("heading", level=1)

    @property
    def options(self) -> Locator:
        return self.page.locator('main [name="choice"]')

    @property
    def status(self) -> Locator:
        """The line that says that the answer is in."""
        return self.page.get_by_role("status").filter(
            has_text=re.compile(r"^\s*(verzonden|envoyé)", re.IGNORECASE)
        )

    @property
    def cookies(self) -> str:
        """What this device would send along."""
        return cookies_of(self.page)

    def look_again(self) -> None:
        """Fetch the page once more where it does not follow by itself."""
        if self.has_scripts:
            return
        for _ in range(3):
            # A waiting page refreshes by itself, and that may cut in.
            with contextlib.suppress(PlaywrightError):
                self.page.goto(f"{self.site.url}{self.path}")
                return

    def sees(self, *texts: str) -> None:
        """Wait until the page has come along and says this, in this order or another."""
        main = self.page.get_by_role("main")
        if not self.has_scripts and any(text not in main.inner_text() for text in texts):
            self.look_again()
        for text in texts:
            expect(main).to_contain_text(
                text, timeout=FOLLOWS_MILLISECONDS, use_inner_text=True, ignore_case=True
            )

    def is_headed(self, text: str) -> None:
        """Wait until the page has come along to this heading."""
        self.look_again()
        expect(self.heading).to_have_text(text, timeout=FOLLOWS_MILLISECONDS)

    def is_asked(self) -> None:
        """Wait until the page asks for a choice."""
        self.look_again()
        expect(self.options.first).to_be_visible(timeout=FOLLOWS_MILLISECONDS)

    def is_not_asked(self) -> None:
        """Wait until the page asks for nothing."""
        self.look_again()
        expect(self.options).to_have_count(0, timeout=FOLLOWS_MILLISECONDS)

    def send(self) -> None:
        """Press the button under the options."""
        self.page.locator('main form[action$="/answer"]').get_by_role("button").first.click()

    def choose(self, position: int) -> None:
        """Mark the option at a position of the content, wherever it stands on this device."""
        self.page.locator(f'main [name="choice"][value="{position}"]').check()

    def answer(self, position: int) -> None:
        """Mark an option and send it; waits for the words that say so."""
        self.choose(position)
        self.send()
        expect(self.status).to_be_visible(timeout=FOLLOWS_MILLISECONDS)

    def choose_again(self) -> None:
        """Go back from "your answer is in" to the options."""
        again = re.compile("kies opnieuw|choisi", re.IGNORECASE)
        role: Literal["button", "link"] = "button" if self.has_scripts else "link"
        if self.has_scripts:
            # So soon after sending, a tap is taken for the second half of a double tap.
            self.page.wait_for_timeout(DOUBLE_TAP_MILLISECONDS)
        self.page.get_by_role("main").get_by_role(role, name=again).click()
        expect(self.options.first).to_be_visible()
