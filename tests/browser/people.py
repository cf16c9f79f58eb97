"""Who takes part in a journey: a teacher at the desk, the board on the projector, students.

They do what people do, by role, label, heading and form field, and look at what people see. What a
lesson says is read from the lesson files by the tests themselves.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

from playwright.sync_api import expect

from tests.browser.running_site import HOST

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam
    from playwright.sync_api import Locator, Page

    from tests.browser.running_site import Reply, RunningSite

FOLLOWS_MILLISECONDS = 8000
"""A device follows within two seconds (product, 5); a machine that tests may be busy."""
DOUBLE_TAP_MILLISECONDS = 650
HELPER = ("Mevrouw Peeters", "lokaal 12")
_TAG = re.compile(r"<[^>]+>")


def plain(prose: str) -> str:
    """Return the words of a piece of HTML as a screen shows them."""
    return " ".join(html.unescape(_TAG.sub(" ", prose)).split())


def paragraph(prose: str) -> str:
    """Return the words of the first paragraph of a piece of HTML."""
    return plain(prose.partition("</p>")[0])


def cookies_of(page: Page) -> str:
    """Return the cookies of a browser as it would send them."""
    jar = page.context.cookies()
    return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in jar)


def give_cookies(page: Page, site: RunningSite, reply: Reply) -> None:
    """Put the cookies of a reply into a browser, as if its own form had been answered."""
    for name, text in reply.cookies.items():
        cookie: SetCookieParam = {"name": name, "value": text, "url": f"https://{HOST}:{site.port}"}
        page.context.add_cookies(
            [{**cookie, "secure": True, "httpOnly": True, "sameSite": "Strict"}]
        )


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
        give_cookies(self.page, self.site, reply)
        self.public_id = reply.headers["Location"].rpartition("/")[2]
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
        self.page.locator('main form button:not([name="again"])').click()
        return self.arrive()

    def arrive(self) -> Desk:
        """Take up the desk that this page has come to: its id, and the code for students."""
        self.page.wait_for_url("**/desk/*")
        self.public_id = self.page.url.partition("/desk/")[2][:12]
        self.code = self.page.locator("input[readonly]").input_value().rpartition("/")[2]
        return self

    @property
    def lesson_key(self) -> str:
        """The lesson key as the desk shows it."""
        self.page.locator("summary").filter(
            has_text=re.compile("sleutel|clé", re.IGNORECASE)
        ).click()
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
            asking = form.locator("summary")
            if asking.count():
                asking.click()
            with self.page.expect_navigation():
                form.locator(f'button[value="{act}"]').click()

    def walk_to(self, step: int) -> None:
        """Go on to a step without opening a question: by plain forms, which is quick."""
        while self.state()["step"] < step:
            self.do("next")
        if self.page.url.startswith(self.site.url):
            self.page.reload()

    def leave(self) -> None:
        """Look away from the desk."""
        self.page.goto("about:blank")

    def do(self, *acts: str) -> None:
        """Carry out acts by plain forms, sure where the desk would ask."""
        for act in acts:
            self.send(act, int(self.state()["version"]))

    def send(self, act: str, version: int) -> Reply:
        """Send an act as this browser would, without its page."""
        fields = {"act": act, "version": str(version), "sure": "1"}
        reply = self.site.send(f"{self.path}/act", fields, cookies_of(self.page))
        assert reply.status == HTTPStatus.SEE_OTHER, reply.text
        return reply

    def state(self) -> dict[str, Any]:
        """Return the state document that every device follows."""
        document = json.loads(self.site.look(f"/state/{self.public_id}").body)
        assert isinstance(document, dict)
        return document

    def progress(self) -> str:
        """Return what the desk may know of the open round."""
        reply = self.site.look(f"{self.path}/progress", cookies_of(self.page))
        return str(json.loads(reply.body)["text"])


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
        give_cookies(self.page, self.site, reply)
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
            has_text=re.compile("verzonden|envoyé", re.IGNORECASE)
        )

    @property
    def cookies(self) -> str:
        """What this device would send along."""
        return cookies_of(self.page)

    def look_again(self) -> None:
        """Fetch the page once more where it does not follow by itself."""
        if not self.has_scripts:
            self.page.goto(f"{self.site.url}{self.path}")

    def sees(self, *texts: str) -> None:
        """Wait until the page has come along and says this, in this order or another."""
        self.look_again()
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(
                text, timeout=FOLLOWS_MILLISECONDS, use_inner_text=True, ignore_case=True
            )

    def is_headed(self, text: str) -> None:
        """Wait until the page has come along to this heading."""
        self.look_again()
        expect(self.heading).to_have_text(text, timeout=FOLLOWS_MILLISECONDS)

    def choose(self, position: int) -> None:
        """Mark the option at a position of the content, wherever it stands on this device."""
        self.page.locator(f'main [name="choice"][value="{position}"]').check()

    def answer(self, position: int) -> None:
        """Mark an option and send it; waits for the words that say so."""
        self.choose(position)
        self.page.locator('main form[action$="/answer"]').get_by_role("button").first.click()
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
