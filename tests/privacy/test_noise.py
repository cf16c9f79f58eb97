"""The coin noise follows its formula, and is drawn from the bits that are handed in."""

from __future__ import annotations

import math
import secrets
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eduapp.privacy.noise import noisy_counts
from eduapp.privacy.parameters import COINS, Kind


@pytest.mark.parametrize("kind", list(Kind))
def test_the_noise_follows_the_two_sided_geometric_formula(kind: Kind) -> None:
    draws = 40_000
    alpha = 2.0 ** -COINS[kind]

    seen = Counter(noisy_counts([0] * draws, kind, secrets.randbits))

    edge = 4
    expected = [draws * (1 - alpha) / (1 + alpha) * alpha ** abs(x) for x in range(-edge + 1, edge)]
    tail = draws * alpha**edge / (1 + alpha)
    observed = [seen[x] for x in range(-edge + 1, edge)]
    low = sum(count for x, count in seen.items() if x <= -edge)
    high = sum(count for x, count in seen.items() if x >= edge)
    fit = stats.chisquare([low, *observed, high], [tail, *expected, tail])
    assert fit.pvalue > 1e-6


def test_an_opinion_round_is_protected_by_a_factor_of_four() -> None:
    # Changing one answer moves two cells by one each: the odds move by at most alpha ** -2.
    assert math.isclose((2.0 ** COINS[Kind.OPINION]) ** 2, 4)
    assert math.isclose((2.0 ** COINS[Kind.KNOWLEDGE]) ** 2, 16)


def test_noise_is_never_clamped() -> None:
    # All heads in the word that is taken away, no head in the word that is added.
    bits = iter([0, (1 << 3) - 1])

    assert noisy_counts([0], Kind.OPINION, lambda _n: next(bits)) == (-3,)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.sampled_from(list(Kind)))
def test_without_heads_nothing_moves(counts: list[int], kind: Kind) -> None:
    assert noisy_counts(counts, kind, lambda _n: 0) == tuple(counts)
