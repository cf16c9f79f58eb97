"""Every page of school staff, in a school year that was made up."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pyotp

from config import Config
from eduapp.simulated_year import SimulatedYear
from tests.browser.tour import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.simulated_year import Outcomes
    from tests.browser.inspection import Audience, Inspector

YEAR = 2026
CLASSES = 9
PATHS = {
    "school": "school",
    "school, print": "school/print",
    "school, another year": "school?year=2031",
    "network": "network",
    "my lessons": "lessons",
    "my plan": "lessons/plan",
    "people": "school/people",
    "account": "account",
    "gate with an account": "start/m2?band=12-14",
    "gate with an account, for later": "start/m2?go=later&step=3",
}


def fill(instance: Path) -> Outcomes:
    """Play a school year of a few classes in a folder in which no site runs yet."""
    environment = {"INSTANCE_DIR": str(instance), "SECRET_KEY": secrets.token_hex(32)}
    config = Config.from_env(environment)
    (instance / "secret_key").write_text(environment["SECRET_KEY"])
    return SimulatedYear(config, YEAR, classes=CLASSES).play()


class StaffTour:
    """A head who signs in and opens everything there is for staff."""

    def __init__(self, inspector: Inspector, outcomes: Outcomes) -> None:
        """Look through the eyes of the head of the first school."""
        self.inspector = inspector
        self.outcomes = outcomes

    def go(self) -> None:
        """Visit each page in each language."""
        for language in LANGUAGES:
            self._before(language)
            self._sign_in(language)
            for name, path in PATHS.items():
                self.inspector.visit(name, f"/{language}/{path}", "staff")
            self._after(language)

    def _before(self, language: str) -> None:
        page, url = self.inspector.page, self.inspector.site.url
        page.context.clear_cookies()
        self.inspector.visit("sign in", f"/{language}/sign-in", "staff")
        self.inspector.visit("used invitation", f"/{language}/invitation/used", "staff")
        page.goto(f"{url}/{language}/sign-in")
        page.locator("main form button").click()
        self._here("sign in, nothing filled in", language)
        page.locator("[name=sign_in_name]").fill("nobody")
        page.locator("[name=password]").fill("not a password")
        page.locator("main form button").click()
        self._here("sign in, wrong", language)

    def _sign_in(self, language: str) -> None:
        """Sign in as a head who has no app yet: each language another one."""
        page = self.inspector.page
        page.goto(f"{self.inspector.site.url}/{language}/sign-in")
        page.locator("[name=sign_in_name]").fill(self.outcomes.heads[LANGUAGES.index(language)])
        page.locator("[name=password]").fill(self.outcomes.password)
        page.locator("main form button").click()
        page.wait_for_url("**/code")
        self._here("second step", language)
        secret = page.locator(".school-secret").inner_text().replace(" ", "")
        page.locator("[name=code]").fill("000000")
        page.locator("main form.school-form button").click()
        self._here("second step, wrong", language)
        page.locator("[name=code]").fill(pyotp.TOTP(secret).now())
        page.locator("main form.school-form button").click()
        page.wait_for_url("**/school")

    def _after(self, language: str) -> None:
        page, url = self.inspector.page, self.inspector.site.url
        page.goto(f"{url}/{language}/school/people")
        page.locator("aside form button").first.click()
        self._here("link, shown once", language)
        link = page.locator(".school-link").inner_text().strip()
        page.goto(f"{url}/{language}/school/people")
        page.locator(".school-table__acts form[action$='/remove'] button").first.click()
        self._here("removing somebody", language)
        page.goto(f"{url}/{language}/account")
        page.locator("form[action$='/delete'] button").click()
        self._here("deleting the account", language)
        page.context.clear_cookies()
        self.inspector.visit("invitation", link.removeprefix(url), "staff")
        page.goto(link)
        page.locator("main form button").click()
        self._here("invitation, nothing filled in", language)

    def _here(self, name: str, language: str) -> None:
        audience: Audience = "staff"
        self.inspector.page.wait_for_load_state()
        self.inspector.name(f"{name} ({language})")
        self.inspector.inspect(audience, language)
