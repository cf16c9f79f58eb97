"""A lesson by plain requests: what a teacher's and students' browsers send, one by one."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from eduapp.simulate.pages import read_page
from tests.browser.crowd import Crowd

if TYPE_CHECKING:
    from eduapp.simulate.pages import Form, Page
    from tests.browser.running_site import Reply, RunningSite

_DESK = re.compile(r"/nl/desk/([0-9a-f]{12})")


class Lesson:
    """One lesson; every request of it goes where `site` says at that moment."""

    def __init__(self, site: RunningSite, students: int = 0, module: str = "m4") -> None:
        """Start a lesson, and let so many students join."""
        self.site = site
        self._cookies: dict[str, str] = {}
        gate = self._get(f"/nl/start/{module}")
        form = next(form for form in gate.forms if form.has("going_on"))
        fields = form.filled(helper_name="Els", helper_place="lokaal 12", going_on="no")
        reply = self.send(form.action, fields)
        found = _DESK.match(reply.headers["Location"])
        assert found is not None
        self.public_id = found.group(1)
        self.path = found.group(0)
        code = self.desk().code
        assert code is not None
        self.crowd = Crowd(site, code, students)

    def desk(self) -> Page:
        return self._get(self.path)

    def act(self, name: str) -> Reply:
        """Press a button of the desk, and once more where it asks whether that is sure."""
        reply = self.send(*self._button(self.desk(), name))
        sure = [form for form in self.desk().forms if form.has("sure") and _offers(form, name)]
        if sure:
            reply = self.send(sure[0].action, sure[0].filled(act=name, sure="1"))
        return reply

    def open_first_question(self) -> None:
        """Go on until a question is open that is sent."""
        for _ in range(40):
            offered = self.offered
            if "close" in offered:
                return
            ways = ("open", "show", "explain", "next")
            self.act(next(way for way in ways if way in offered))
        raise AssertionError("no question was opened")

    @property
    def offered(self) -> set[str]:
        """The acts that the desk offers now."""
        return {act for form in self.desk().forms for act in _acts(form)}

    @property
    def state(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.site.look(f"/state/{self.public_id}").body)
        return found

    @property
    def token(self) -> str:
        """What a ballot of the open question carries."""
        return self.crowd.round_token()

    def answer(self, seat: str, token: str, position: int) -> int:
        """Send one ballot as a script does; return the status."""
        fields = {"round": token, "choice": str(position)}
        path = f"{self.crowd.path}/answer"
        return self.site.send(path, fields, seat, {"Accept": "*/*"}).status

    def send(self, path: str, fields: dict[str, str]) -> Reply:
        reply = self.site.send(path, fields, self._cookie)
        self._cookies |= reply.cookies
        return reply

    @property
    def _cookie(self) -> str:
        return "; ".join(f"{name}={text}" for name, text in self._cookies.items())

    def _get(self, path: str) -> Page:
        reply = self.site.look(path, self._cookie)
        assert reply.status == HTTPStatus.OK, reply.text
        return read_page(reply.text, path)

    def _button(self, page: Page, name: str) -> tuple[str, dict[str, str]]:
        form = next(form for form in page.forms_to("/act") if _offers(form, name))
        return form.action, dict(form.filled(act=name))


def _acts(form: Form) -> set[str]:
    return {value for name, value in (*form.fields, *form.buttons) if name == "act"}


def _offers(form: Form, act: str) -> bool:
    return act in _acts(form)
