"""A teacher and the desk: what a teacher does on its pages, and the same by plain forms.

Found by form field and role, as a browser without styles would. What a lesson says is read from the
lesson files by the tests themselves.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tests.browser.jar import cookies_of, give_cookies

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.running_site import Reply, RunningSite

HELPER = ("Mevrouw Peeters", "lokaal 12")


@dataclass(slots=True)
class Desk:
    """A teacher and the desk."""

    page: Page
    site: RunningSite
    language: str = "nl"
    public_id: str = ""
    code: str = ""

    def start(self, module_id: str = "m4") -> Desk:
        """Start a lesson by a plain form; the desk itself is not looked at yet."""
        name, place = HELPER
        fields = {"helper_name": name, "helper_place": place, "going_on": "no"}
        reply = self.site.send(f"/{self.language}/start/{module_id}", fields)
        assert reply.status == HTTPStatus.SEE_OTHER, reply.text
        give_cookies(self.page, reply)
        self.public_id = reply.headers["Location"].rpartition("/")[2]
        found = re.search(r"/j/([A-Z]{9})\b", self.site.look(self.path, cookies_of(self.page)).text)
        assert found is not None
        self.code = found.group(1)
        return self

    def prepare(self, module_id: str, **choices: str) -> Desk:
        """Prepare a lesson by a plain form; it has no code yet."""
        name, place = HELPER
        fields = {"helper_name": name, "helper_place": place, "go": "later", **choices}
        reply = self.site.send(f"/{self.language}/start/{module_id}", fields)
        assert reply.status == HTTPStatus.SEE_OTHER, reply.text
        give_cookies(self.page, reply)
        self.public_id = reply.headers["Location"].rpartition("/")[2]
        return self

    def open_door(self) -> Desk:
        """Let the students of a prepared lesson in, by a plain form."""
        reply = self.site.send(f"{self.path}/open", {"going_on": "no"}, cookies_of(self.page))
        assert reply.status == HTTPStatus.SEE_OTHER, reply.text
        found = re.search(r"/j/([A-Z]{9})\b", self.site.look(self.path, cookies_of(self.page)).text)
        assert found is not None
        self.code = found.group(1)
        return self

    @property
    def path(self) -> str:
        return f"/{self.language}/desk/{self.public_id}"

    def look(self) -> Desk:
        """Look at the desk."""
        self.page.goto(f"{self.site.url}{self.path}")
        return self

    def pass_gate(self) -> Desk:
        """Fill in the three points of the gate that this page shows, and start."""
        name, place = HELPER
        self.page.locator('[name="helper_name"]').fill(name)
        self.page.locator('[name="helper_place"]').fill(place)
        self.page.locator('[name="going_on"][value="no"]').check()
        self.page.locator('main form button[name="go"][value="now"]').click()
        return self.arrive()

    def arrive(self) -> Desk:
        """Take up the desk that this page has come to: its id, and the code for students."""
        self.page.wait_for_url("**/desk/*")
        self.public_id = self.page.url.partition("/desk/")[2][:12]
        self.code = self.page.locator("input[readonly]").input_value().rpartition("/")[2]
        return self

    @property
    def lesson_key(self) -> str:
        """The lesson key as the desk shows it, on a screen that is not on the board."""
        fold = self.page.locator("summary").filter(
            has_text=re.compile("sleutel|clé", re.IGNORECASE)
        )
        if not fold.count():
            self.page.locator('a[href*="own=1"]').first.click()
        fold.click()
        found = re.search(r"\b[A-Z]{4} [A-Z]{4} [A-Z]{4}\b", self.page.locator("main").inner_text())
        assert found is not None
        return found.group()

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def button(self, act: str) -> Locator:
        return self.page.locator(f'button[name="act"][value="{act}"]')

    def press(self, *acts: str) -> None:
        """Carry out acts, one after the other; says yes where the desk asks."""
        if not self.page.url.startswith(self.site.url):
            self.look()
        for act in acts:
            form = self.page.locator("form").filter(has=self.button(act)).first
            self._unfold(form)
            asking = form.locator("summary")
            if asking.count():
                asking.click()
            with self.page.expect_navigation():
                form.locator(f'button[value="{act}"]').click()

    def _unfold(self, form: Locator) -> None:
        """Open the folds that an act lies in."""
        folds = form.locator("xpath=ancestor::details[not(@open)]")
        for fold in reversed(folds.all()):
            fold.locator("summary").first.click()

    def go_to(self, step: int) -> None:
        """Go to any step by a plain form."""
        self.send("goto", int(self.state()["version"]), step=str(step))

    def walk_to(self, step: int) -> None:
        """Go on to a step without opening a question: by plain forms, which is quick."""
        while self.state()["step"] < step:
            self.do("next")
        if self.page.url.startswith(self.site.url):
            self.page.reload()

    def open_at(self, step: int) -> None:
        """Go on to a step and open its question, by plain forms."""
        self.walk_to(step)
        self.do("open")

    def leave(self) -> None:
        """Look away from the desk."""
        self.page.goto("about:blank")

    def do(self, *acts: str) -> None:
        """Carry out acts by plain forms, sure where the desk would ask."""
        for act in acts:
            self.send(act, int(self.state()["version"]))

    def send(self, act: str, version: int, **more: str) -> Reply:
        """Send an act as this browser would, without its page."""
        fields = {"act": act, "version": str(version), "sure": "1", **more}
        reply = self.site.send(f"{self.path}/act", fields, cookies_of(self.page))
        assert reply.status == HTTPStatus.SEE_OTHER, reply.text
        return reply

    def state(self) -> dict[str, Any]:
        """Return the state document that every device follows."""
        return self.site.state(self.public_id)

    def progress(self) -> str:
        """Return what the desk may know of the open round."""
        reply = self.site.look(f"{self.path}/progress", cookies_of(self.page))
        return str(json.loads(reply.body)["text"])

    def answered(self) -> int:
        """Return how many devices have answered.

        For a desk that has not looked since the question was opened: what it knows is then fresh,
        and five seconds old from there on.
        """
        found = re.match(r"\d+", self.progress())
        assert found is not None
        return int(found.group())
