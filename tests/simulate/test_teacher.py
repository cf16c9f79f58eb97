"""The order of acts of a simulated teacher."""

from __future__ import annotations

import pytest

from eduapp.simulate.following import State, read_state
from eduapp.simulate.teacher import choose_act


def a_state(phase: str, *, is_paused: bool = False) -> State:
    return State(3, phase, is_paused, 2, 24, "a1b2c3d4")


@pytest.mark.parametrize(
    ("phase", "offered", "expected"),
    [
        ("ready", ("open", "next", "back"), "open"),
        ("ready", ("next", "back", "end"), "next"),
        ("ready", ("back", "end"), "end"),
        ("open", ("close", "void"), "close"),
        ("open", ("show",), "show"),
        ("closed", ("discuss", "show", "next"), "discuss"),
        ("closed", ("show", "next"), "show"),
        ("discuss", ("open", "show"), "open"),
        ("shown", ("explain", "next"), "explain"),
        ("explained", ("end", "back"), "end"),
        ("ended", (), None),
        ("open", (), None),
    ],
)
def test_the_next_act_is_the_first_fitting_one_that_the_desk_offers(
    phase: str, offered: tuple[str, ...], expected: str | None
) -> None:
    assert choose_act(a_state(phase), offered, may_pause=False) == expected


def test_an_open_question_is_paused_once_and_a_pause_ends() -> None:
    offered = ("close", "void", "pause")

    assert choose_act(a_state("open"), offered, may_pause=True) == "pause"
    assert (
        choose_act(a_state("open", is_paused=True), ("resume", "end"), may_pause=True) == "resume"
    )


def test_a_state_document_is_read_and_anything_else_refused() -> None:
    value: dict[str, object] = {
        "version": 17,
        "phase": "open",
        "paused": False,
        "step": 3,
        "devices": 23,
        "boot": "a1b2c3d4",
    }

    assert read_state(value) == State(
        version=17, phase="open", is_paused=False, step=3, devices=23, boot="a1b2c3d4"
    )
    with pytest.raises(ValueError, match="not a state document"):
        read_state({**value, "version": "17"})
