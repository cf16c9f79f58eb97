"""Gates look at the number of ballots only; bands say no more than they promise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduapp.privacy.parameters import SHOW_MIN, TEN_STEPS_MIN, Kind
from eduapp.privacy.results import (
    Scale,
    Share,
    Shares,
    TooFew,
    Zone,
    class_result,
    project,
    zone,
)

noisy_lists = st.lists(st.integers(-20, 80), min_size=2, max_size=7)


@given(noisy_lists, st.integers(1, 60))
def test_the_projection_has_no_negative_part_and_sums_to_n(noisy: list[int], n: int) -> None:
    parts = project(noisy, n)

    assert all(part >= 0 for part in parts)
    assert sum(parts) == pytest.approx(n)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=7).filter(any))
def test_the_projection_leaves_a_true_count_as_it_is(counts: list[int]) -> None:
    assert project(counts, sum(counts)) == pytest.approx(counts)


@given(noisy_lists, st.sampled_from(list(Kind)), st.integers(0, 60))
def test_whether_a_result_appears_depends_on_the_number_of_ballots_only(
    noisy: list[int], kind: Kind, n: int
) -> None:
    is_shown = isinstance(class_result(noisy, n, kind), Shares)

    assert is_shown == (n >= SHOW_MIN[kind])


@pytest.mark.parametrize("kind", list(Kind))
def test_one_ballot_below_the_minimum_shows_the_number_and_the_minimum(kind: Kind) -> None:
    n = SHOW_MIN[kind] - 1

    assert class_result((n, 0, 0), n, kind) == TooFew(n, SHOW_MIN[kind])


def test_where_nothing_was_stored_not_even_the_number_is_known() -> None:
    assert class_result(None, None, Kind.OPINION) == TooFew(None, 12)


@given(noisy_lists, st.integers(12, 60))
def test_opinions_are_shown_in_fifths(noisy: list[int], n: int) -> None:
    result = class_result(noisy, n, Kind.OPINION)

    assert isinstance(result, Shares)
    assert result.scale is Scale.FIVE_BANDS
    assert {(share.low, share.high) for share in result.shares} <= {
        (0, 20), (20, 40), (40, 60), (60, 80), (80, 100),
    }  # fmt: skip


def test_unanimity_is_never_told_from_almost_everybody() -> None:
    everybody = class_result((24, 0, 0), 24, Kind.OPINION)
    almost = class_result((22, 1, 1), 24, Kind.OPINION)

    assert everybody == almost


@pytest.mark.parametrize(
    ("count", "share"),
    [
        (0, Share(0, 10)),
        (2, Share(0, 10)),
        (10, Share(40, 60)),
        (16, Share(70, 90)),
        (18, Share(90, 100)),
        (20, Share(90, 100)),
    ],
)
def test_knowledge_is_shown_in_steps_of_ten_with_open_ends(count: int, share: Share) -> None:
    result = class_result((count, TEN_STEPS_MIN - count), TEN_STEPS_MIN, Kind.KNOWLEDGE)

    assert isinstance(result, Shares)
    assert result.scale is Scale.TEN_STEPS
    assert result.shares[0] == share


def test_a_coarser_scale_may_be_asked_for_but_never_a_finer_one() -> None:
    coarse = class_result((20, 4), 24, Kind.KNOWLEDGE, Scale.FIVE_BANDS)
    fine = class_result((8, 2), 10, Kind.KNOWLEDGE, Scale.TEN_STEPS)

    assert isinstance(coarse, Shares)
    assert isinstance(fine, Shares)
    assert coarse.scale is fine.scale is Scale.FIVE_BANDS


@pytest.mark.parametrize(
    ("right", "expected"),
    [(2, Zone.LOW), (6, Zone.MIDDLE), (7, Zone.MIDDLE), (14, Zone.MIDDLE), (15, Zone.HIGH)],
)
def test_the_zone_says_whether_discussing_helps(right: int, expected: Zone) -> None:
    assert zone((right, 20 - right), 20, 0) is expected


def test_there_is_no_zone_below_the_minimum() -> None:
    assert zone((7, 0), 7, 0) is None
