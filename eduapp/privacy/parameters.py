"""The thresholds, noise, bands and caps, each in one place with its reason.

Nothing else of the project may hold a copy of one of these numbers. Source of each: docs/threat-
model.md.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kind of a question decides its noise, its gate and its bands."""

    KNOWLEDGE = "knowledge"
    OPINION = "opinion"


COINS = {Kind.KNOWLEDGE: 2, Kind.OPINION: 1}
"""Coins thrown at a time. One coin for opinions shifts the odds on one answer at most fourfold
(epsilon = ln 4); two coins for knowledge, where little is at stake, at most sixteenfold, and the
top option stays right in 98 of 100."""

SHOW_MIN = {Kind.KNOWLEDGE: 8, Kind.OPINION: 12}
"""Fewest ballots for a result on screen: a band is then within one of the truth in 99 (knowledge)
or 97 (opinion) of 100 rounds. At 12 opinions a minority that does not exist appears on one option
in 3.6 of 100 rounds while everybody else agrees, in up to 7.3 while they do not
(`make attack`, phantom-minority): so the lowest band is worded "few or nobody"."""

STORE_MIN = 5
"""Fewest ballots for anything to be stored: there is nothing to keep of a tiny group."""

TEN_STEPS_MIN = 20
"""Fewest knowledge ballots for steps of ten points: below, the noise is wider than the step."""

ROUNDS_MAX = {Kind.KNOWLEDGE: 2, Kind.OPINION: 1}
"""Rounds of one question in one class session (R10): the same answer given twice is protected half
as well."""

OPINION_QUESTIONS_MAX = 6
"""Opinion questions in one class session (R10)."""

ZONE_BOUNDS = (30, 70)
"""Percentage right between which discussing and voting again helps most (Vickrey 2015, peer
instruction)."""

PROGRESS_SECONDS = 5.0
"""How often progress is worked out anew: hesitation on a sensitive question is information."""

DEVICE_NUMBER_SECONDS = 2.0
"""How often the number of admitted devices may move on a screen."""

PLACES_DEFAULT = 40
"""Devices admitted to one class session at first: a full class and a few shared screens."""

PLACES_MAX = 1200
"""Most devices that a desk may make room for: a whole school in one hall."""

DECLARED_MAX = PLACES_MAX
"""Most seats that a desk may declare for devices that go round, or for paper."""

PASS_CODE_SECONDS = 2 * 60
"""The code that makes a device go round works once, within this time."""

PASS_CODE_TRIES = 5
"""Wrong tries after which that code works no more: at 4,900 codes a guess succeeds once in 980
codes, and nobody else is slowed down."""

OPEN_SECONDS = 20 * 60
"""A round left open closes on the first request after this time: it bounds what a crash or a thief
of memory gets."""

IDLE_SECONDS = 4 * 60 * 60
"""A class session ends this long after the teacher's last act."""

LONELY_SECONDS = 30 * 60
"""A class session that nobody joined leaves the code space after this time; a rehearsal ends this
long after the last act."""

INVITATION_SECONDS = 2 * 60
"""A link for a second desk opens one desk within this time, and none after."""

REHEARSALS_MAX = 200
"""Rehearsals at the same time: they live in memory, and nobody may fill it."""

SCHOOL_BALLOTS_MIN = 40
"""Fewest ballots that a school's sum takes in at once: teachers are not ranked by subtraction."""

SCHOOL_CLASSES_MIN = 3
"""Fewest classes that a school's sum takes in at once, for the same reason (privacy 6)."""

NETWORK_SCHOOLS_MIN = 3
"""Fewest schools behind a number of a network, so that none is found by leaving out one's own."""

BENCHMARK_BALLOTS_MIN = 300
"""Fewest ballots of a benchmark question that a network takes in at once (decision 5)."""

REACH_MIN = 3
"""Fewer lessons of a grade are said in words: one or two would point at a teacher."""

SCHOOL_STEP = 5
"""Percentage points to which a school's shares are rounded: finer than the noise says nothing."""
