"""Pacing slows down and never locks out; following stretches with the number of devices."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eduapp.classroom.following import Following, follow_after
from eduapp.web.pace import Pace
from tests.builders import ATime


def test_three_classes_that_mistype_in_one_minute_all_get_in() -> None:
    time = ATime()
    pace = Pace(120, 600, b"k", time.clock.monotonic)

    for _ in range(90):
        assert pace.wait_seconds("school") == 0.0
        pace.spend("school")


def test_a_spent_purse_asks_for_seconds_and_fills_again() -> None:
    time = ATime()
    pace = Pace(3, 600, b"k", time.clock.monotonic)
    for _ in range(3):
        pace.spend("here")

    wait = pace.wait_seconds("here")
    time.seconds += wait

    assert 0 < wait <= 6.0
    assert pace.wait_seconds("here") == 0.0
    assert pace.wait_seconds("elsewhere") == 0.0


def test_all_addresses_of_one_ipv6_network_share_a_purse() -> None:
    pace = Pace(2, 60, b"k", ATime().clock.monotonic)
    pace.spend("2001:db8::1")
    pace.spend("2001:db8::ffff:2")

    assert pace.wait_seconds("2001:db8::3") > 0
    assert pace.wait_seconds("2001:db8:0:1::3") == 0


def test_no_address_is_kept_in_clear() -> None:
    pace = Pace(3, 600, b"k", ATime().clock.monotonic)
    pace.spend("203.0.113.7")

    assert b"203.0.113.7" not in b"".join(pace._purses)


def test_devices_look_more_slowly_as_they_become_more() -> None:
    assert follow_after(30) == follow_after(199) == 0.8
    assert follow_after(1000) == 2.0
    assert follow_after(2000) == 4.0
    assert follow_after(1e9) == 5.0


@given(st.floats(0, 100_000), st.floats(0, 100_000))
def test_the_interval_never_shrinks_as_devices_come(one: float, other: float) -> None:
    fewer, more = sorted((one, other))

    assert follow_after(fewer) <= follow_after(more)


def test_the_interval_settles_for_a_steady_thousand() -> None:
    time = ATime()
    following = Following(time.clock.monotonic)
    interval = 0.8
    for _ in range(20):
        looks = int(1000 * 2.0 / interval)
        for _ in range(looks):
            time.seconds += 2.0 / looks
            interval = following.look()

    assert 1.8 <= interval <= 2.2
