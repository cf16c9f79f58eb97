"""A whole simulated lesson: the students, and the teacher when nobody else steers.

Brings devices in a few at a time, waits for the end, and stops by itself after the plan's time.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from eduapp.simulate.browser import NETWORK_TROUBLE, Browser, LeftTheSite
from eduapp.simulate.chronicle import Chronicle
from eduapp.simulate.desk import Desk
from eduapp.simulate.following import UnexpectedReply
from eduapp.simulate.plan import Plan, seat_languages
from eduapp.simulate.student import Student
from eduapp.simulate.teacher import steer

JOINS_A_SECOND = 40.0
"""How fast devices come in: a class that hurries, not a flood."""
_END_SECONDS = 30.0


Teaching = Callable[[Desk, Plan, Chronicle], Awaitable[None]]
"""Takes a class that is in through its lesson."""


async def play(plan: Plan, write: Callable[[str], None], teach: Teaching = steer) -> bool:
    """Play a lesson, tell it line by line, and return whether all was as it should be.

    `teach` is used when the plan names no lesson that somebody else steers.
    """
    chronicle = Chronicle(plan.students, write, time.monotonic)
    began = time.monotonic()
    async with AsyncExitStack() as stack:
        try:
            async with asyncio.timeout(plan.most_seconds):
                await _play(plan, chronicle, stack, teach)
        except TimeoutError:
            chronicle.problem(f"stopped after {plan.most_seconds:.0f} s, before the end")
        except LeftTheSite as error:
            chronicle.problem(f"the site pointed to another one: {error}")
        except UnexpectedReply as error:
            chronicle.problem(str(error))
        except NETWORK_TROUBLE as error:
            chronicle.problem(f"no connection with {plan.base}: {type(error).__name__}")
    return chronicle.summary(time.monotonic() - began)


async def _play(plan: Plan, chronicle: Chronicle, stack: AsyncExitStack, teach: Teaching) -> None:
    desk: Desk | None = None
    code = plan.code
    if code is None:
        language = plan.languages[0][0]
        browser = await stack.enter_async_context(Browser(plan.base, language))
        desk = await Desk.start(browser, language, plan.module)
        await desk.make_room(plan.students)
        code = desk.code
    languages = seat_languages(plan.languages, plan.students, plan.seed)
    devices: list[asyncio.Task[None]] = []
    try:
        for number, language in enumerate(languages):
            device = await stack.enter_async_context(Browser(plan.base, language))
            student = Student(number, language, plan, code, device, chronicle)
            devices.append(asyncio.create_task(_attend(student, number, chronicle)))
        if desk is not None:
            await _gather_class(devices, chronicle, languages)
            await teach(desk, plan, chronicle)
            _, late = await asyncio.wait(devices, timeout=_END_SECONDS)
            if late:
                chronicle.problem("some devices did not hear of the end")
        else:
            await asyncio.wait(devices)
    finally:
        for task in devices:
            task.cancel()
        await asyncio.gather(*devices, return_exceptions=True)


async def _attend(student: Student, number: int, chronicle: Chronicle) -> None:
    """Let one device take part; what goes wrong with it is noted and the others go on."""
    await asyncio.sleep(number / JOINS_A_SECOND)
    try:
        await student.attend()
    except LeftTheSite as error:
        chronicle.problem(f"the site pointed to another one: {error}")
    except UnexpectedReply as error:
        chronicle.problem(str(error))


async def _gather_class(
    devices: list[asyncio.Task[None]], chronicle: Chronicle, languages: tuple[str, ...]
) -> None:
    """Wait until every device is in or has given up. Raises `UnexpectedReply` when nobody is."""
    everyone_is_in = asyncio.create_task(chronicle.full.wait())
    all_gave_up = asyncio.create_task(asyncio.wait(devices))
    await asyncio.wait({everyone_is_in, all_gave_up}, return_when=asyncio.FIRST_COMPLETED)
    everyone_is_in.cancel()
    all_gave_up.cancel()
    if not chronicle.joined:
        raise UnexpectedReply("no device could join")
    mix = ", ".join(f"{number} {language}" for language, number in Counter(languages).items())
    chronicle.say(f"{chronicle.joined} devices joined ({mix})")
