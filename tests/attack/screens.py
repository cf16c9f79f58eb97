"""Screens: what somebody who knows everybody else can still read from the bands.

Nothing is sampled here. For every class there can be, the site works out every screen that the
noise can lead to, and the best attacker's success is a sum. A screen is worked out from stored
numbers, so it can never tell more than they do; bands make it tell less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.privacy.parameters import Kind
from eduapp.privacy.results import Shares, class_result
from tests.attack.attack import Verdict, attack
from tests.attack.classes import Classes
from tests.attack.formula import SEEDED, Screens, ceiling

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.privacy.results import ClassResult

CLASS = 24
LIMITS = {
    (Kind.OPINION, 12): (0.636, 0.665),
    (Kind.OPINION, 24): (0.604, 0.665),
    (Kind.KNOWLEDGE, 24): (0.711, 0.800),
}
"""Success on average over all ways in which the others can have answered, and at worst."""
TOP_BAND = {24: 0.993, 23: 0.980, 22: 0.948}
PHANTOM = {12: 0.036, 15: 0.022, 20: 0.007, 24: 0.002}
"""Published as 0.035, 0.020, 0.006 and 0.002 after a simulation; these are exact, rounded up."""
ROUNDING = 0.001
"""The published figures of the top band were simulated; what is worked out here is exact."""
UNANIMOUS = 50


def _known_others_screens(classes: list[tuple[Kind, int]]) -> Verdict:
    holds, measured, allowed = True, [], []
    for kind, n in classes:
        screens = Screens(kind, n, (n, n, n))
        found = [
            screens.success((yes + 1, no, n - 1 - yes - no), (yes, no + 1, n - 1 - yes - no))
            for yes in range(n)
            for no in range(n - yes)
        ]
        mean, worst = sum(found) / len(found), max(found)
        most_on_average, most = LIMITS[kind, n]
        holds = holds and mean <= most_on_average and worst <= most
        measured.append(f"{kind} of {n}: {mean:.3f} on average, {worst:.3f} at worst")
        allowed.append(f"{most_on_average:.3f}, {most:.3f}")
    return Verdict(holds, "; ".join(measured), f"at most {'; '.join(allowed)} (privacy 0)")


@attack(
    "known-others-screens",
    who="whoever knows 11 of 12 opinions, the fewest with a result, and sees the screen",
    tries="to tell whether the last student said yes or no",
)
def known_others_screens(folder: Path) -> Verdict:
    """Work out the success for all 78 ways in which the others, or phantoms, can have answered."""
    del folder
    return _known_others_screens([(Kind.OPINION, 12)])


@attack(
    "known-others-screens-in-full",
    who="whoever knows 23 of 24 answers and sees the screen",
    tries="to tell whether the last student said yes or no",
    is_long=True,
)
def known_others_screens_in_full(folder: Path) -> Verdict:
    """Work out the success for all 300 ways in which the others can have answered."""
    del folder
    return _known_others_screens([(Kind.OPINION, CLASS), (Kind.KNOWLEDGE, CLASS)])


@attack(
    "unanimity",
    who="teacher, classmate or parent who sees the result of an opinion",
    tries="to tell a class in which all said the same from one in which one did not",
)
def unanimity(folder: Path) -> Verdict:
    """Work out how often the top band is shown, then ask classes of both sorts and look."""
    screens = Screens(Kind.OPINION, CLASS, (24, 2, 0), (22, 0, 0))
    exact = {same: screens.chance((same, CLASS - same, 0), _is_top) for same in TOP_BAND}
    site = Classes(folder, Kind.OPINION, seed=17)
    shown = {
        same: sum(
            _is_top(site.shown(site.ask([0] * same + [1] * (CLASS - same))))
            for _ in range(UNANIMOUS)
        )
        / UNANIMOUS
        for same in (24, 23)
    }
    success = 0.5 + abs(shown[24] - shown[23]) / 2
    bound = screens.success((24, 0, 0), (23, 1, 0))
    most = ceiling(bound, 2 * UNANIMOUS, SEEDED)
    is_published = all(abs(exact[same] - TOP_BAND[same]) <= ROUNDING for same in TOP_BAND)
    figures = ", ".join(f"{chance:.3f}" for chance in exact.values())
    return Verdict(
        success <= most and is_published,
        f"told apart {success:.3f}; top band {figures} with 24, 23, 22 of 24",
        f"at most {bound:.3f} + {most - bound:.3f} (3 standard errors); "
        "top band 0.993, 0.980, 0.948 within 0.001 (privacy 4.2)",
    )


@attack(
    "phantom-minority",
    who="nobody: the noise itself",
    tries="to show one in five where nobody is, and so start a hunt for a student",
)
def phantom_minority(folder: Path) -> Verdict:
    """Work it out from the smallest class whose result is shown."""
    del folder
    smallest = next(
        n for n in range(1, CLASS) if isinstance(class_result((n, 0, 0), n, Kind.OPINION), Shares)
    )
    sizes = sorted({*PHANTOM, smallest})
    screens = {n: Screens(Kind.OPINION, n, (n, 0, 0), (n, 0, 0)) for n in sizes}
    found = {n: screens[n].chance((n, 0, 0), _shows_second) for n in sizes}
    either = screens[smallest].chance((smallest, 0, 0), _shows_second_or_third)
    limit = max(PHANTOM.values())
    holds = all(found[n] <= PHANTOM.get(n, limit) for n in sizes)
    figures = ", ".join(f"{found[n]:.3f} of {n}" for n in sizes)
    return Verdict(
        holds,
        f"{figures}, when all agree; {either:.3f} for either of two empty options of {smallest}",
        "for one at most 0.036 of 12, 0.022 of 15, 0.007 of 20, 0.002 of 24 (privacy 4.2)",
    )


def _shows_second(result: ClassResult) -> bool:
    return isinstance(result, Shares) and result.shares[1].low >= 20


def _shows_second_or_third(result: ClassResult) -> bool:
    return isinstance(result, Shares) and any(share.low >= 20 for share in result.shares[1:])


def _is_top(result: ClassResult) -> bool:
    return isinstance(result, Shares) and result.shares[0].low >= 80
