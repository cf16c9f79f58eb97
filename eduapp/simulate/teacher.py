"""The simulated teacher: takes a class through a whole lesson, act by act.

Knows the order of acts in a lesson, not the content of one; what the desk offers decides.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from eduapp.simulate.following import State, UnexpectedReply

if TYPE_CHECKING:
    from eduapp.simulate.chronicle import Chronicle
    from eduapp.simulate.desk import Desk
    from eduapp.simulate.plan import Plan

PREFERENCES = {
    "ready": ("open", "next", "end"),
    "open": ("close", "show"),
    "closed": ("discuss", "show", "next", "end"),
    "discuss": ("open", "show"),
    "shown": ("explain", "next", "end"),
    "explained": ("next", "end"),
}
"""The act a teacher takes in each phase: the first of these that the desk offers."""
SETTLE_SECONDS = 90.0
COUNT_SECONDS = 12.0
"""Longer than the desk's count may stand still: it moves in steps of a few seconds, on purpose."""
_MOST_ACTS = 200


def choose_act(state: State, offered: tuple[str, ...], *, may_pause: bool) -> str | None:
    """Return the act a teacher takes next, None when the lesson is over or nothing fits."""
    if state.is_paused:
        return "resume" if "resume" in offered else None
    if may_pause and state.phase == "open" and "pause" in offered:
        return "pause"
    return next((act for act in PREFERENCES.get(state.phase, ()) if act in offered), None)


async def steer(desk: Desk, plan: Plan, chronicle: Chronicle) -> None:
    """Take the class to the end of its lesson, with one pause in an open question.

    Raises `UnexpectedReply` when the desk does not play along.
    """
    state = await desk.state()
    may_pause = True
    for _ in range(_MOST_ACTS):
        await settle(state.version, plan, chronicle)
        if state.phase == "ended":
            return
        await asyncio.sleep(plan.breath_seconds)
        act = choose_act(state, desk.offered, may_pause=may_pause)
        if act is None:
            raise UnexpectedReply(f"the desk offers no way on from {state.phase}")
        may_pause = may_pause and act != "pause"
        if act == "close":
            await _check_count(desk, state, chronicle)
        state, at = await desk.act(act, state)
        chronicle.acted(state.version, at)
    raise UnexpectedReply("the lesson does not come to an end")


async def settle(version: int, plan: Plan, chronicle: Chronicle) -> None:
    """Wait until every device has done what there is to do now."""
    give_up = time.monotonic() + SETTLE_SECONDS + plan.within_seconds
    while not chronicle.is_settled(version):
        if time.monotonic() > give_up:
            chronicle.problem("some devices did not follow in time")
            return
        await asyncio.sleep(0.05)


async def _check_count(desk: Desk, state: State, chronicle: Chronicle) -> None:
    """Compare the desk's count with what the devices heard, where the desk counts exactly."""
    count = chronicle.latest_round
    if count is None or state.devices != chronicle.present:
        return  # somebody else is in the room too
    give_up = time.monotonic() + COUNT_SECONDS
    while True:
        answered = await desk.answered()
        if answered is None or answered == count.acknowledged:
            return
        if answered > count.acknowledged or time.monotonic() > give_up:
            chronicle.problem(
                f"the desk counts {answered} answers, the devices {count.acknowledged}"
            )
            return
        await asyncio.sleep(0.3)
