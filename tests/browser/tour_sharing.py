"""The screens of a class in which not everybody has a device: on all three kinds of screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from eduapp.content.models import ActivityKind, Reveal
from tests.browser.desk import Desk
from tests.browser.jar import cookies_of
from tests.browser.student import Student
from tests.browser.tour import LANGUAGES, STUDENT_TITLE

if TYPE_CHECKING:
    from eduapp.content.models import Module
    from tests.browser.inspection import Inspector

PASS_CODE = re.compile(r'class="seats__code".*?<strong>(\w{4})</strong>', re.DOTALL)


class SharingTour:
    """A device that goes round, slips, a quiet page, and a board without any device."""

    def __init__(self, inspector: Inspector, module: Module) -> None:
        """Start a lesson with two students on one device and six on paper."""
        self._inspector = inspector
        self._module = module
        self._desk = Desk(inspector.page, inspector.site).start()
        self._path = f"/nl/class/{self._desk.code}"

    def go(self) -> None:
        """Take every screen there is only then."""
        self._board_alone()
        self._declare(2, 6)
        tablet = Student(self._inspector.page, self._inspector.site).sit_down(self._desk.code)
        self._student("asked whether it goes round")
        self._student("quiet", "#step")
        self._student("share", "/share")
        self._desks("seats")
        self._share(tablet)
        self._student("goes round")
        self._open(next(n for n, a in enumerate(self._module.activities, 1) if a.kind == "quiz"))
        self._student("cover")
        for _turn in range(2):
            tablet.page.goto(f"{self._inspector.site.url}{self._path}")
            tablet.page.locator('main form[action$="/next"] button').click()
            tablet.options.first.wait_for()
            self._student("turn", "/turn")
            tablet.page.goto(f"{self._inspector.site.url}{self._path}/turn")
            tablet.choose(1)
            tablet.send()
            tablet.page.wait_for_url(f"**{self._path}")
        self._student("every seat had its turn")
        self._desks("slips")
        self._too_many_slips()
        self._inspector.visit("board, letters", f"/nl/board/{self._desk.code}", "board")
        benchmarks = [
            number
            for number, activity in enumerate(self._module.activities, 1)
            if activity.question is not None and activity.question.reveal is Reveal.BENCHMARK
        ]
        self._desk.do("void")
        for number in benchmarks[:1]:
            self._open(number)
            self._student("thinks")

    def _board_alone(self) -> None:
        self._desk.do("small")
        board = f"/board/{self._desk.code}"
        for number, activity in enumerate(self._module.activities, 1):
            if activity.kind is ActivityKind.SCENARIO:
                self._desk.go_to(number)
                for lang in LANGUAGES:
                    self._inspector.visit("board, story", f"/{lang}{board}", "board")
        self._desk.do("whole")

    def _declare(self, shared: int, paper: int) -> None:
        version = str(self._desk.state()["version"])
        self._post("seats", {"shared": str(shared), "paper": str(paper), "version": version})

    def _share(self, tablet: Student) -> None:
        self._post("pass", {})
        page, url = tablet.page, self._inspector.site.url
        desk = self._inspector.site.look(f"{self._desk.path}?own=1", cookies_of(page)).text
        found = PASS_CODE.search(desk)
        assert found is not None
        self._desks("code for a device")
        page.goto(f"{url}{self._path}/share")
        page.locator('[name="pass_code"]').fill("ZZZZ")
        page.locator("main form button").click()
        page.get_by_role("alert").wait_for()
        self._inspector.name("wrong code for a device (nl)")
        self._inspector.inspect("student", "nl", STUDENT_TITLE["nl"])
        page.locator('[name="pass_code"]').fill(found.group(1))
        page.locator("main form button").click()
        page.wait_for_url(f"**{self._path}")

    def _too_many_slips(self) -> None:
        page = self._inspector.page
        page.goto(f"{self._inspector.site.url}{self._desk.path}?own=1")
        page.locator('[name="slips_A"]').fill("7")
        page.locator(".slips__form button").click()
        page.get_by_role("alert").wait_for()
        self._inspector.name("too many slips (nl)")
        self._inspector.inspect("staff", "nl")

    def _open(self, step: int) -> None:
        self._desk.go_to(step)
        self._desk.do("open")

    def _student(self, name: str, page: str = "") -> None:
        self._inspector.next_moment()
        for lang in LANGUAGES:
            path = f"/{lang}/class/{self._desk.code}{page}"
            self._inspector.visit(f"student, {name}", path, "student", STUDENT_TITLE[lang])

    def _desks(self, name: str) -> None:
        for lang in LANGUAGES:
            path = f"/{lang}/desk/{self._desk.public_id}?own=1"
            self._inspector.visit(f"desk, {name}", path, "staff")

    def _post(self, page: str, fields: dict[str, str]) -> None:
        cookies = cookies_of(self._inspector.page)
        self._inspector.site.send(f"{self._desk.path}/{page}", {"own": "1", **fields}, cookies)
