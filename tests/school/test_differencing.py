"""What teacher, head and network learn when they compare one week with the next, all year long.

A made-up year of 18 classes in three schools; each Monday everybody notes all that they can see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from eduapp.classroom import school_sums
from eduapp.classroom.proof_of_sums import Outcome
from eduapp.classroom.school_sums import SumKey
from eduapp.privacy.parameters import (
    NETWORK_SCHOOLS_MIN,
    SCHOOL_BALLOTS_MIN,
    SCHOOL_CLASSES_MIN,
)
from eduapp.simulated_year import SCHOOLS, SimulatedYear
from tests.conftest import a_config

if TYPE_CHECKING:
    import datetime as dt

    from eduapp.classroom.school_sums import Batches
    from eduapp.simulated_year import Outcomes


@dataclass
class Year:
    """What could be seen on each Monday: every school's sums, and those of the network."""

    schools: list[dict[int, Batches]]
    network: list[Batches]
    outcomes: Outcomes


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    made_up = SimulatedYear(a_config(tmp_path_factory.mktemp("year")), 2026, classes=18)
    schools: list[dict[int, Batches]] = []
    network: list[Batches] = []

    def note(_monday: dt.date) -> None:
        with made_up.database.reading() as tx:
            ids = range(1, len(SCHOOLS) + 1)
            schools.append({school: school_sums.batches(tx, school) for school in ids})
            network.append(school_sums.batches(tx, None, "network"))

    outcomes = made_up.play(note)
    return Year(schools, network, outcomes)


def moved(before: Batches, after: Batches) -> dict[SumKey, tuple[int, int]]:
    """Return by how many answers and classes each sum grew from one week to the next."""
    found = {}
    for key, (n, classes, _counts) in after.items():
        old_n, old_classes, _old = before.get(key, (0, 0, {}))
        if (n, classes) != (old_n, old_classes):
            found[key] = (n - old_n, classes - old_classes)
    return found


def test_between_two_weeks_a_school_learns_of_no_fewer_than_three_classes(year: Year) -> None:
    steps = [
        step
        for before, after in zip(year.schools, year.schools[1:], strict=False)
        for school in after
        for step in moved(before[school], after[school]).values()
    ]

    assert len(steps) > 20
    assert min(classes for _n, classes in steps) >= SCHOOL_CLASSES_MIN
    assert min(n for n, _classes in steps) >= SCHOOL_BALLOTS_MIN


def test_between_two_weeks_a_network_grows_by_three_schools_or_not_at_all(year: Year) -> None:
    taken_in: dict[SumKey, dict[int, int]] = {}
    steps = 0
    for week, (before, after) in enumerate(zip(year.network, year.network[1:], strict=False), 1):
        for key in moved(before, after):
            steps += 1
            now = {
                school: sums[key][0] for school, sums in year.schools[week].items() if key in sums
            }
            earlier = taken_in.get(key, {})
            fresh = [school for school, n in now.items() if n > earlier.get(school, 0)]
            assert len(fresh) >= NETWORK_SCHOOLS_MIN
            assert after[key][0] == sum(now.values())
            taken_in[key] = now
    assert steps > 5


def test_a_head_who_takes_the_own_school_off_the_network_is_left_with_two_schools(
    year: Year,
) -> None:
    for own in (1, 2, 3):
        for schools, network in zip(year.schools, year.network, strict=True):
            for key, (_n, classes, _counts) in network.items():
                mine = schools[own].get(key, (0, 0, {}))[1]
                assert classes - mine >= 0
                others = [s for s in schools if s != own and schools[s].get(key)]
                assert len(others) >= 2


def test_before_and_after_hold_the_same_classes_in_every_week(year: Year) -> None:
    for week in year.schools:
        for sums in week.values():
            for key, (_n, classes, _counts) in sums.items():
                if key.moment is school_sums.Moment.BEFORE:
                    other = SumKey(key.year, key.question_id, key.form, school_sums.Moment.AFTER)
                    assert sums[other][1] == classes


def test_every_sum_is_what_its_releases_add_up_to_on_every_monday(year: Year) -> None:
    assert year.outcomes.compared[Outcome.NOT_EQUAL] == 0
    assert year.outcomes.compared[Outcome.EQUAL] > 500
    assert year.outcomes.weeks >= 40
