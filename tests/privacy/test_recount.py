"""The second way of working out a result agrees with the first, and chance is judged rightly."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduapp.privacy import recount
from eduapp.privacy.noise import noisy_counts
from eduapp.privacy.parameters import SHOW_MIN, TEN_STEPS_MIN, Kind
from eduapp.privacy.results import Scale, Shares, class_result, project

releases = st.tuples(st.lists(st.integers(-9, 60), min_size=2, max_size=7), st.integers(5, 60))


@given(releases, st.sampled_from(Kind))
def test_both_ways_show_the_same_of_any_release(release: tuple[list[int], int], kind: Kind) -> None:
    noisy, n = release
    for fine, scale in ((recount.is_fine(n, kind), None), (False, Scale.FIVE_BANDS)):
        result = class_result(noisy, n, kind, scale)
        shown = (
            tuple((share.low, share.high) for share in result.shares)
            if isinstance(result, Shares)
            else None
        )

        assert recount.bounds(noisy, n, kind, fine=fine) == shown


def test_a_share_on_the_edge_of_a_band_is_not_rounded_into_the_lower_one() -> None:
    # 60 % exactly; in floating point it came out just below.
    noisy, n = [9, 0, -3, 3, -1, 0], 17

    result = class_result(noisy, n, Kind.KNOWLEDGE)

    assert isinstance(result, Shares)
    assert 100 * project(noisy, n)[0] / n == 60
    assert (result.shares[0].low, result.shares[0].high) == (60, 80)


@given(releases)
def test_the_nearest_point_sums_to_the_ballots(release: tuple[list[int], int]) -> None:
    noisy, n = release

    parts = recount.nearest(noisy, n)

    assert sum(parts) == n
    assert min(parts) >= Fraction(0)


def test_nothing_is_shown_below_the_minimum() -> None:
    for kind in Kind:
        assert recount.bounds((5, 2), SHOW_MIN[kind] - 1, kind, fine=False) is None
    assert not recount.is_fine(TEN_STEPS_MIN, Kind.OPINION)


@pytest.mark.parametrize(("kind", "ratio"), [(Kind.OPINION, 1 / 2), (Kind.KNOWLEDGE, 1 / 4)])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_of_numbers_at_zero_or_less_a_fixed_part_is_below_zero(
    kind: Kind, ratio: float, count: int
) -> None:
    bits = random.Random(5).getrandbits
    drawn = [noisy_counts([count], kind, bits)[0] for _ in range(60_000)]
    low = [value for value in drawn if value <= 0]

    below = sum(value < 0 for value in low) / len(low)

    # Whatever the true count: so the check for clamping says nothing about answers.
    assert below == pytest.approx(ratio, abs=5 * (ratio * (1 - ratio) / len(low)) ** 0.5)


def test_the_chances_are_those_of_the_noise() -> None:
    assert recount.chance_of_none_below_zero([3, 0, 0], Kind.OPINION) == pytest.approx(1 / 4)
    assert recount.chance_of_none_below_zero([3, 0, -1], Kind.OPINION) == 1
    assert recount.chance_of_exact_sum(1, Kind.OPINION) == pytest.approx(1 / 3)
    assert recount.chance_of_exact_sum(1, Kind.KNOWLEDGE) == pytest.approx(0.6)
    # Two draws of coins cancel out with the sum of the squares.
    assert recount.chance_of_exact_sum(2, Kind.OPINION) == pytest.approx(
        sum((0.5 ** abs(x) / 3) ** 2 for x in range(-40, 41))
    )
