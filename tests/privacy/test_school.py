"""What a school sees of a sum: rounded, with an honest ±, and worked out twice."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduapp.privacy import recount
from eduapp.privacy.noise import noisy_counts
from eduapp.privacy.parameters import COINS, Kind
from eduapp.privacy.school import (
    Batch,
    Direction,
    change,
    classes_missing,
    may_publish,
    school_result,
)

KINDS = list(Kind)


@given(
    noisy=st.lists(st.integers(-20, 400), min_size=2, max_size=7),
    n=st.integers(40, 2000),
    classes=st.integers(3, 80),
    kind=st.sampled_from(KINDS),
)
def test_the_shares_are_what_exact_fractions_give(
    noisy: list[int], n: int, classes: int, kind: Kind
) -> None:
    shown = school_result(Batch(n, classes, tuple(noisy)), kind)

    again = [recount.school_share(value, n, classes, kind) for value in noisy]
    assert [(each.value, each.off) for each in shown] == again
    assert all(each.value % 5 == 0 for each in shown)
    assert all(0 <= each.low <= each.value <= each.high <= 100 for each in shown)


@pytest.mark.parametrize(("kind", "classes"), list(product(KINDS, (3, 10, 40))))
def test_the_interval_holds_the_truth_in_ninety_five_of_a_hundred(kind: Kind, classes: int) -> None:
    dice = random.Random(classes)
    size, held, tries = 22, 0, 400
    for _ in range(tries):
        truth = [0, 0, 0]
        noisy = [0, 0, 0]
        for _class in range(classes):
            counts = [0, 0, 0]
            for _student in range(size):
                counts[dice.choices((0, 1, 2), (6, 3, 1))[0]] += 1
            drawn = noisy_counts(counts, kind, dice.getrandbits)
            truth = [a + b for a, b in zip(truth, counts, strict=True)]
            noisy = [a + b for a, b in zip(noisy, drawn, strict=True)]
        n = size * classes
        shown = school_result(Batch(n, classes, tuple(noisy)), kind)
        held += all(
            each.low <= 100 * count / n <= each.high
            for each, count in zip(shown[:1], truth[:1], strict=True)
        )
    assert held / tries >= 0.94


@pytest.mark.parametrize(
    ("n", "classes", "may", "missing"),
    [
        (39, 3, False, 1),
        (40, 3, True, 0),
        (400, 2, False, 1),
        (0, 0, False, 3),
        (14, 1, False, 2),
        (30, 5, False, 1),
    ],
)
def test_numbers_of_answers_and_classes_alone_decide(
    n: int, classes: int, missing: int, *, may: bool
) -> None:
    assert may_publish(n, classes) is may
    assert classes_missing(n, classes) == missing


def test_a_change_is_clear_only_beyond_the_noise_of_both() -> None:
    before = Batch(240, 10, (96, 144))

    def after(right: int) -> Direction:
        return change(before, Batch(240, 10, (right, 240 - right)), 0, Kind.OPINION).direction

    # Half the width of the difference is 196 * 2 * sqrt(20) / 240 = 7.3 points, or 17.5 answers.
    assert after(96 + 17) is Direction.UNCLEAR
    assert after(96 + 18) is Direction.UP
    assert after(96 - 17) is Direction.UNCLEAR
    assert after(96 - 18) is Direction.DOWN


def test_the_change_says_points_and_what_they_may_be_off() -> None:
    found = change(Batch(240, 10, (96, 144)), Batch(240, 10, (168, 72)), 0, Kind.KNOWLEDGE)

    assert found.points == 30
    assert 3 <= found.off <= 6


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("classes", [3, 5])
def test_who_knows_every_other_answer_of_a_batch_learns_no_more_than_from_one_class(
    kind: Kind, classes: int
) -> None:
    """Two worlds that differ in one answer: how often the best guess is right, worked out exactly.

    The two options that the answer moves between; other options say nothing.
    """
    alpha = 2.0 ** -COINS[kind]
    far = 40
    one = [(1 - alpha) / (1 + alpha) * alpha ** abs(x) for x in range(-far, far + 1)]
    noise = [1.0]
    for _ in range(classes):
        longer = [0.0] * (len(noise) + 2 * far)
        for i, chance in enumerate(noise):
            for j, probability in enumerate(one):
                longer[i + j] += chance * probability
        noise = longer
    shifted = [*noise[1:], 0.0]
    right = sum(
        max(a * d, b * c) / 2
        for (a, b) in zip(noise, shifted, strict=True)
        for (c, d) in zip(noise, shifted, strict=True)
        if a * d > 1e-12 or b * c > 1e-12
    )

    bound = 2 / 3 if kind is Kind.OPINION else 0.8
    assert right < bound
