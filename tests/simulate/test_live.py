"""Five simulated students and a teacher play a question on the real site, really served."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bench.server import serving
from eduapp.simulate.lesson import play
from eduapp.simulate.plan import Plan
from eduapp.simulate.teacher import settle

if TYPE_CHECKING:
    from eduapp.simulate.chronicle import Chronicle
    from eduapp.simulate.desk import Desk


async def one_question(desk: Desk, plan: Plan, chronicle: Chronicle) -> None:
    """Go to the first question, ask it, show and explain it, and end the lesson."""
    state = await desk.state()
    while "open" not in desk.offered:
        state, _ = await desk.act("next", state)
    for act in ("open", "pause", "resume", "close", "show", "explain", "end"):
        state, at = await desk.act(act, state)
        chronicle.acted(state.version, at)
        await settle(state.version, plan, chronicle)


def test_five_students_play_a_question_on_the_real_site() -> None:
    lines: list[str] = []
    with serving() as server:
        plan = Plan(
            base=server.base,
            students=5,
            languages=(("nl", 0.6), ("fr", 0.4)),
            seed=7,
            within_seconds=0.5,
            change_share=0.5,
            lose_share=0.2,
            code=None,
            module="m4",
            breath_seconds=0,
            most_seconds=90,
            repeat_share=1.0,
        )

        # A browser test before this one may have left a loop in the main thread.
        with ThreadPoolExecutor(max_workers=1) as thread:
            is_well = thread.submit(asyncio.run, play(plan, lines.append, one_question)).result()

    told = "\n".join(lines)
    assert is_well, told
    assert "5 of 5 ballots acknowledged" in told
    assert "came twice" in told
    assert "ended" in told
