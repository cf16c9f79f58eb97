"""What the page *how an image travels* shows: a drawing, and the words that say the same.

From the address alone: the choices stand in it, and nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from eduapp.learn import travel
from eduapp.learn.travel import Choices, Journey

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHOOLS = 99


@dataclass(frozen=True, slots=True)
class Thread:
    """A line between two people; `used` where the image went along it."""

    x1: float
    y1: float
    x2: float
    y2: float
    used: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A button of cloth: where it stands, and what became of it."""

    x: float
    y: float
    state: str
    """first | passed | kept | not-reached."""


@dataclass(frozen=True, slots=True)
class TravelPage:
    """The page, for a class at the board or a reader alone."""

    audience: str
    title: str
    choices: Choices
    round: int
    rounds: int
    threads: tuple[Thread, ...]
    people: tuple[Person, ...]
    sentence: str
    comparison: str
    table: tuple[tuple[int, int, int], ...]
    """Round, reached as chosen, reached where everybody passes it on."""
    another_school: int
    moments: tuple[tuple[int, str], ...]
    """When something may happen: never, or after a round."""


def travel_page(asked: Mapping[str, str]) -> TravelPage:
    """Return the page for the choices in an address; what is no number there stays as usual."""
    usual = Choices()
    choices = Choices(
        school=_number(asked.get("school"), usual.school, 1, SCHOOLS),
        keep=_number(asked.get("keep"), usual.keep, 0, travel.OF_TEN),
        voice=_number(asked.get("voice"), usual.voice, travel.NEVER, travel.LATEST),
        adult=_number(asked.get("adult"), usual.adult, travel.NEVER, travel.LATEST),
    )
    shown = _number(asked.get("round"), travel.ROUNDS, 0, travel.ROUNDS)
    found = travel.journey(choices)
    open_way = travel.journey(replace(choices, keep=0, voice=travel.NEVER, adult=travel.NEVER))
    return TravelPage(
        audience="public",
        title=_("How an image travels"),
        choices=choices,
        round=shown,
        rounds=travel.ROUNDS,
        threads=_threads(found, shown),
        people=tuple(_person(found, number, shown) for number in range(travel.PEOPLE)),
        sentence=_sentence(found, shown),
        comparison=_comparison(found, open_way),
        table=tuple(
            (number, found.reached(number), open_way.reached(number))
            for number in range(travel.ROUNDS + 1)
        ),
        another_school=choices.school % SCHOOLS + 1,
        moments=(
            (travel.NEVER, _("nobody")),
            *(
                (number, _("after round %(num)s", num=number))
                for number in range(1, travel.LATEST + 1)
            ),
        ),
    )


def _number(text: str | None, usual: int, low: int, high: int) -> int:
    return min(max(int(text), low), high) if text and text.isdecimal() and len(text) < 4 else usual  # noqa: PLR2004 - longer is no choice of ours


def _threads(found: Journey, shown: int) -> tuple[Thread, ...]:
    threads = []
    for a, b in found.threads:
        ends = [found.reached_in[p] for p in (a, b)]
        reached = [when for when in ends if when is not None and when <= shown]
        used = len(reached) == 2 and bool({a, b} & found.passed_on)  # noqa: PLR2004 - both ends
        threads.append(Thread(*travel.place(a), *travel.place(b), used=used))
    # What was used lies on top.
    return tuple(sorted(threads, key=lambda thread: thread.used))


def _person(found: Journey, number: int, shown: int) -> Person:
    when = found.reached_in[number]
    if when is None or when > shown:
        state = "not-reached"
    elif number == 0:
        state = "first"
    else:
        state = "passed" if number in found.passed_on and when < shown else "kept"
    return Person(*travel.place(number), state)


def _sentence(found: Journey, shown: int) -> str:
    if shown == 0:
        return _("One person has the image. Nobody else yet.")
    return ngettext(
        "After round %(round)s, %(num)s of %(all)s people has it.",
        "After round %(round)s, %(num)s of %(all)s people have it.",
        found.reached(shown),
        round=shown,
        all=travel.PEOPLE,
    )


def _comparison(found: Journey, open_way: Journey) -> str:
    spared = open_way.reached(travel.ROUNDS) - found.reached(travel.ROUNDS)
    if spared <= 0:
        return _("If everybody passes it on, it reaches just as many.")
    return ngettext(
        "If everybody passed it on, it would reach %(num)s person more.",
        "If everybody passed it on, it would reach %(num)s people more.",
        spared,
    )
