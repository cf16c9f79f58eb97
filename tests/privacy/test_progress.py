"""Progress moves in the steps that the privacy rules allow, and no finer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eduapp.privacy.parameters import Kind
from eduapp.privacy.progress import progress


@given(st.integers(0, 40), st.integers(1, 40))
def test_an_opinion_round_shows_quarters_only(ballots: int, devices: int) -> None:
    ballots = min(ballots, devices)
    seen = progress(Kind.OPINION, ballots, devices)

    assert seen.answered is None
    assert seen.quarters == 4 * ballots // devices


@given(st.integers(0, 40), st.integers(1, 40))
def test_enough_for_a_result_moves_only_when_a_quarter_does(ballots: int, devices: int) -> None:
    ballots = min(ballots, devices)
    quarter_start = next(
        b for b in range(devices + 1) if 4 * b // devices == 4 * ballots // devices
    )

    seen = progress(Kind.OPINION, ballots, devices)

    assert seen.is_enough == progress(Kind.OPINION, quarter_start, devices).is_enough
    assert not seen.is_enough or ballots >= 12


def test_a_knowledge_round_shows_how_many_have_answered() -> None:
    seen = progress(Kind.KNOWLEDGE, 7, 24)

    assert (seen.answered, seen.seats, seen.is_enough) == (7, 24, False)


def test_nobody_in_the_room_is_no_progress() -> None:
    assert progress(Kind.OPINION, 0, 0).quarters == 0
