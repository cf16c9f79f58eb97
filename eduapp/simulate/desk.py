"""The desk of a lesson as a teacher's browser sees it: start, act, count.

Reads the forms of the desk page and sends them back; which act comes next is decided elsewhere.
"""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING

from eduapp.simulate.following import State, UnexpectedReply, read_state

if TYPE_CHECKING:
    from eduapp.simulate.browser import Browser
    from eduapp.simulate.pages import Form

EDGE_SECONDS = 2.5
"""How old the state document may be: whatever stands in front of the site may keep it a second."""
_OK = 200
_DESK = re.compile(r"/[a-z]+/desk/([A-Za-z0-9_-]{12})")


class Desk:
    """One lesson that this browser holds the key of."""

    def __init__(self, browser: Browser, path: str, public_id: str, code: str) -> None:
        """Use `start`."""
        self._browser = browser
        self._path = path
        self.public_id = public_id
        self.code = code
        self._forms: tuple[Form, ...] = ()

    @classmethod
    async def start(cls, browser: Browser, language: str, module: str) -> Desk:
        """Go through the gate of a module and return the desk of the new lesson.

        Raises `UnexpectedReply` when that does not lead to a desk.
        """
        path = f"/{language}/start/{module}"
        gate = await browser.get(path)
        form = next((form for form in gate.page().forms if form.has("going_on")), None)
        if gate.status != _OK or form is None:
            raise UnexpectedReply(f"the gate at {path} answered {gate.status}")
        reply = await browser.post(
            form.action,
            form.filled(helper_name="Simulation", helper_place="-", going_on="no"),
        )
        page = reply.page()
        found = _DESK.fullmatch(reply.path)
        if reply.status != _OK or found is None or page.code is None:
            raise UnexpectedReply(
                f"starting a lesson was answered with {reply.status} at {reply.path}"
            )
        desk = cls(browser, reply.path, found.group(1), page.code)
        desk._forms = page.forms_to("/act")
        return desk

    @property
    def offered(self) -> tuple[str, ...]:
        """Return the acts that the page offered when it was last read, in its order."""
        return tuple(act for form in self._forms for act in _acts(form))

    async def state(self) -> State:
        """Return where the class session stands. Raises `UnexpectedReply`."""
        reply = await self._browser.look(f"/state/{self.public_id}", None)
        try:
            return read_state(reply.json())
        except ValueError as error:
            raise UnexpectedReply(f"the state document answered {reply.status}") from error

    async def make_room(self, devices: int) -> None:
        """Let so many devices in, when the desk has less room. Raises `UnexpectedReply`."""
        form = next((form for form in self._forms if form.has("places")), None)
        if form is not None and int(form.value("places")) < devices:
            await self._send(form, "room", places=str(devices))

    async def act(self, act: str, before: State) -> tuple[State, float]:
        """Carry out an act that the page offers; return the new state and when it was acknowledged.

        The moment is one of `time.monotonic`. Raises `UnexpectedReply` when nothing changed.
        """
        form = next((form for form in self._forms if act in _acts(form)), None)
        if form is None:
            raise UnexpectedReply(f"the desk does not offer {act}")
        at = await self._send(form, act)
        sure = next((form for form in self._forms if form.has("sure") and act in _acts(form)), None)
        if sure is not None:
            # Closing an opinion question and ending the lesson ask once more.
            at = await self._send(sure, act, sure="1")
        give_up = time.monotonic() + EDGE_SECONDS
        while (state := await self.state()).version <= before.version:
            if time.monotonic() > give_up:
                raise UnexpectedReply(f"{act} changed nothing")
            await asyncio.sleep(0.1)
        return state, at

    async def answered(self) -> int | None:
        """Return how many devices answered, None where the desk tells quarters only.

        Raises `UnexpectedReply`.
        """
        reply = await self._browser.fetch_json(f"{self._path}/progress")
        if reply.status != _OK:
            raise UnexpectedReply(f"progress answered {reply.status}")
        found = re.match(r"(\d+)\D+\d+", str(reply.json().get("text", "")))
        return int(found.group(1)) if found else None

    async def _send(self, form: Form, act: str, **more: str) -> float:
        sent_to, values = form.action, form.filled(act=act, **more)
        reply = await self._browser.post(sent_to, values)
        at = time.monotonic()
        if reply.status != _OK:
            raise UnexpectedReply(f"{act} was answered with {reply.status}")
        self._forms = reply.page().forms_to("/act")
        return at


def _acts(form: Form) -> tuple[str, ...]:
    return tuple(value for name, value in (*form.fields, *form.buttons) if name == "act")
