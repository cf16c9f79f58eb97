"""One simulated student: joins, follows, answers, thinks again, loses the network and comes back.

Does what a device does, through pages and forms only. What it chooses stays in its own memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

from eduapp.simulate.browser import NETWORK_TROUBLE, Browser
from eduapp.simulate.following import Follower, State, UnexpectedReply
from eduapp.simulate.plan import dice, leaning

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from eduapp.simulate.browser import Reply
    from eduapp.simulate.chronicle import Chronicle, RoundCount
    from eduapp.simulate.pages import Form, Page
    from eduapp.simulate.plan import Plan

GIVE_UP_SECONDS = 60.0
"""A device that cannot reach the site for so long counts as lost."""
AWAY_SECONDS = (0.3, 2.5)
_EVERYONE_SECONDS = 10.0
_SHARES_SENT = (0.4, 0.97, 1.0)
"""Where a dropped request breaks off: in its head, in its body, or after it, unheard."""
LATE_SECONDS = (0.05, 1.5)
"""How long after its acknowledgement an answer comes a second time."""
_OK, _NO_CONTENT, _FORBIDDEN, _CONFLICT, _GONE = 200, 204, 403, 409, 410
_BUSY = frozenset({429, 502, 503, 504})


class Student:
    """A device and the student in front of it."""

    def __init__(  # noqa: PLR0913 - what makes a student
        self,
        number: int,
        language: str,
        plan: Plan,
        code: str,
        browser: Browser,
        chronicle: Chronicle,
    ) -> None:
        """Seat a student who reads `language`; `code` is the join code it will type."""
        self._number = number
        self._language = language
        self._plan = plan
        self._code = code
        self._browser = browser
        self._chronicle = chronicle
        self._class_path = f"/{language}/class/{code}"
        self._mishaps = dice(plan.seed, "mishaps", number)
        self._rounds: dict[str, asyncio.Task[None]] = {}
        self._echoes: list[asyncio.Task[None]] = []
        self._is_over = False
        self._open: str | None = None

    async def attend(self) -> None:
        """Take part until the class session ends.

        Raises `UnexpectedReply` when the site does not play along.
        """
        page = await self._enter()
        if page.public_id is None:
            raise UnexpectedReply("the class page does not say which state document it follows")
        self._chronicle.enter(self._number)
        try:
            await self._follow(Follower(self._browser, page.public_id, self._mishaps), page)
            await asyncio.gather(*self._rounds.values())
        finally:
            self._chronicle.leave(self._number)
            for task in (*self._rounds.values(), *self._echoes):
                task.cancel()

    async def _follow(self, follower: Follower, page: Page) -> None:
        boot: str | None = None
        while (state := await follower.news()) is not None:
            self._chronicle.saw(state)
            if boot is not None and boot != state.boot:
                # The site started anew and knows nobody: join again with the seat still held.
                page = await self._enter()
            elif page.version != state.version:
                if self._mishaps.random() < self._plan.lose_share:
                    await asyncio.sleep(self._mishaps.uniform(*AWAY_SECONDS))
                page = await self._look(state)
            boot = state.boot
            # One language is told: that of the lesson.
            is_told = self._language == self._plan.languages[0][0]
            self._chronicle.looked(state, page, is_told=is_told)
            self._take_up(page, state)
            if state.phase == "ended":
                return
        raise UnexpectedReply("the state document vanished before the end")

    async def _enter(self) -> Page:
        """Join by the form, as on the home page: type the code, send, land on the class page."""
        form_page = (
            await self._steadily(lambda: self._browser.get(f"/{self._language}/join"))
        ).page()
        form = form_page.form_to("/join")
        if form is None:
            raise UnexpectedReply("the join page has no form")
        reply = await self._steadily(
            lambda: self._browser.post(form.action, form.filled(code=self._code))
        )
        if reply.status not in {_OK, _GONE}:
            raise UnexpectedReply(f"joining was answered with {reply.status}")
        self._is_over = reply.status == _GONE
        return reply.page()

    async def _look(self, state: State) -> Page:
        reply = await self._steadily(lambda: self._browser.get(self._class_path))
        expected = _GONE if state.phase == "ended" else _OK
        if reply.status not in {expected, _GONE}:
            raise UnexpectedReply(f"the class page answered {reply.status} while {state.phase}")
        page = reply.page()
        if reply.status == _OK and page.form_to("/join") is not None and page.public_id is None:
            page = await self._enter()
        return page

    def _take_up(self, page: Page, state: State) -> None:
        """Start answering what can be answered; an answer under way goes on by itself."""
        form = page.form_to("/answer")
        self._open = form.value("round") if form is not None else None
        if form is not None and self._open not in self._rounds:
            count = self._chronicle.has_form(form.value("round"))
            task = asyncio.create_task(self._answer(form, state, count))
            self._rounds[form.value("round")] = task
            task.add_done_callback(lambda _: self._chronicle.handled(self._number, state))
        else:
            self._chronicle.handled(self._number, state)

    async def _answer(self, form: Form, state: State, count: RoundCount) -> None:
        """Answer once, and some answer once more; never raises for what the site says."""
        throws = dice(self._plan.seed, "answers", self._number, state.step, len(self._rounds))
        if self._plan.within_seconds:
            await asyncio.sleep(throws.uniform(0, self._plan.within_seconds))
        else:
            await _wait(count.everyone, _EVERYONE_SECONDS)
        values = form.values("choice")
        if not values:
            self._chronicle.problem("an open question has no options")
            return
        weights = leaning(self._plan.seed, state.step, len(values))
        choice = throws.choices(values, weights)[0]
        is_in = await self._send(form, choice, count)
        if is_in is False:
            count.late += 1
        if is_in:
            count.acknowledged += 1
            if throws.random() < self._plan.change_share:
                others = [value for value in values if value != choice]
                if await self._send(form, throws.choice(others), count):
                    count.changed += 1

    async def _send(self, form: Form, choice: str, count: RoundCount) -> bool | None:
        """Send a ballot until the site acknowledges it (True) or says that it is late (False).

        None where nobody said anything for too long, or something that is not expected.
        """
        values = form.filled(choice=choice)
        if self._mishaps.random() < self._plan.lose_share:
            await self._drop(form, values)
            count.retried += 1
        give_up = time.monotonic() + GIVE_UP_SECONDS
        wait = 0.2
        while time.monotonic() < give_up:
            sent_at = time.monotonic()
            try:
                reply = await self._browser.fetch(form.action, values)
            except NETWORK_TROUBLE:
                reply = None
            if reply is not None and reply.status not in _BUSY:
                if reply.status == _FORBIDDEN:
                    await self._enter()
                    if self._is_over:
                        return False
                else:
                    self._chronicle.acknowledged_seconds.append(time.monotonic() - sent_at)
                    self._repeat(form, values, count)
                    return self._is_sent(reply)
            count.retried += 1
            await asyncio.sleep(wait * self._mishaps.uniform(0.5, 1.5))
            wait = min(wait * 2, 5.0)
        return None

    def _is_sent(self, reply: Reply) -> bool | None:
        if reply.status == _CONFLICT:
            return False
        if reply.status != _NO_CONTENT or reply.body:
            self._chronicle.problem(f"an answer was answered with {reply.status}")
            return None
        return True

    def _repeat(self, form: Form, values: dict[str, str], count: RoundCount) -> None:
        """Let the network bring these bytes once more, after whatever comes next."""
        if self._mishaps.random() < self._plan.repeat_share:
            count.repeated += 1
            late = self._mishaps.uniform(*LATE_SECONDS)
            self._echoes.append(asyncio.create_task(self._echo(form, values, late)))

    async def _echo(self, form: Form, values: dict[str, str], late: float) -> None:
        await asyncio.sleep(late)
        with contextlib.suppress(*NETWORK_TROUBLE):
            await self._browser.fetch(form.action, values)

    async def _drop(self, form: Form, values: dict[str, str]) -> None:
        share = self._mishaps.choice(_SHARES_SENT)
        with contextlib.suppress(*NETWORK_TROUBLE):
            await self._browser.drop(form.action, values, share)
        await asyncio.sleep(self._mishaps.uniform(*AWAY_SECONDS))

    async def _steadily(self, ask: Callable[[], Awaitable[Reply]]) -> Reply:
        """Ask again and again while the network fails or the site is busy."""
        give_up = time.monotonic() + GIVE_UP_SECONDS
        wait = 0.3
        while True:
            try:
                reply = await ask()
            except NETWORK_TROUBLE as error:
                if time.monotonic() > give_up:
                    raise UnexpectedReply(f"no connection: {type(error).__name__}") from error
            else:
                if reply.status not in _BUSY or time.monotonic() > give_up:
                    return reply
            await asyncio.sleep(wait * self._mishaps.uniform(0.5, 1.5))
            wait = min(wait * 2, 5.0)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
