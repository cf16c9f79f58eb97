"""What a school, or all schools of a site together, may know of one school year: numbers, no words.

Page, print and export all read this one value, so none of them can say more than another. Made of
published sums only; nothing here knows a class, a teacher or a student.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eduapp.classroom import school_sums
from eduapp.classroom.rounds import kind_of
from eduapp.classroom.school_sums import Moment, SumKey, batch_of, form_of
from eduapp.content.models import QuestionKind
from eduapp.privacy.parameters import NETWORK_SCHOOLS_MIN
from eduapp.privacy.school import Change, Estimate, change, classes_missing, school_result

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from eduapp.classroom.school_sums import Batches
    from eduapp.content.models import Activity, Module, Option, Question
    from eduapp.privacy.school import Batch

GRADES = ("1", "2", "3")
MISCONCEPTIONS = 3
"""How many wrong ideas are named: more than a team can take up is a list of blame."""
UNSURE = "unsure"
_NOT_WAITED_FOR = frozenset({Moment.LATER, Moment.POOL})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the lessons ask a question."""

    question: Question
    module: Module
    activity: Activity


@dataclass(frozen=True, slots=True)
class Asked:
    """A question at one moment: the share of each option, in option order."""

    moment: Moment
    batch: Batch
    shares: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is published of one question."""

    place: Place
    asked: tuple[Asked, ...]
    """In the order of the moments; at least one."""
    change: Change | None
    """What became of the right option between before and after; None where that was not asked."""

    @property
    def last(self) -> Asked:
        """Return the latest moment of the lessons themselves; what was asked weeks later is not."""
        lessons = [each for each in self.asked if each.moment is not Moment.LATER]
        return (lessons or list(self.asked))[-1]


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong answer that many still give, and the step of a lesson that answers it."""

    place: Place
    option: Option
    share: Estimate


@dataclass(frozen=True, slots=True)
class Waiting:
    """A module whose classes do not show yet."""

    module: Module
    classes_missing: int
    """How many more classes it needs at least; 0 where only the next week is waited for."""


@dataclass(frozen=True, slots=True)
class Report:
    """One school year."""

    year: int
    years: tuple[int, ...]
    """Every school year of which there is something, the newest first."""
    reach: Mapping[tuple[str, str], int]
    """Lessons by grade and module id."""
    modules: tuple[Module, ...]
    """Those with a lesson, in the order of the programme."""
    knowledge: tuple[Outcome, ...]
    opinions: tuple[Outcome, ...]
    misconceptions: tuple[Misconception, ...]
    waiting: tuple[Waiting, ...]
    older: int
    """Questions that read otherwise by now: their sums cannot be put beside the words of today."""


def report_of(
    tx: Session, school_id: int | None, modules: Mapping[str, Module], this_year: int, year: int
) -> Report:
    """Return the report of a school, or of the network where no school is named."""
    is_network = school_id is None
    published = school_sums.batches(tx, school_id, "network" if is_network else "published")
    pending: Batches = {} if is_network else school_sums.batches(tx, school_id, "pending")
    reach = school_sums.reach(tx, school_id)
    if is_network:
        reach = {
            key: lessons
            for key, lessons in reach.items()
            if school_sums.schools_with_lessons(tx, key[0]) >= NETWORK_SCHOOLS_MIN
        }
    years = {this_year, *(key.year for key in published), *(key[0] for key in reach)}
    places = _places(modules.values())
    # What no class sees, no school sees either.
    seen = [key for key in published if is_network or key.moment is not Moment.POOL]
    of_year = {key: published[key] for key in seen if key.year == year}
    outcomes = _outcomes(of_year, places)
    knowledge = [o for o in outcomes if o.place.question.kind is QuestionKind.KNOWLEDGE]
    given = {(grade, module_id): n for (y, grade, module_id), n in reach.items() if y == year}
    return Report(
        year=year,
        years=tuple(sorted(years, reverse=True)),
        reach=given,
        modules=tuple(m for m in modules.values() if any((g, m.id) in given for g in GRADES)),
        knowledge=tuple(knowledge),
        opinions=tuple(o for o in outcomes if o.place.question.kind is QuestionKind.OPINION),
        misconceptions=_misconceptions(knowledge),
        waiting=_waiting(
            {key: found for key, found in pending.items() if key.year == year},
            of_year,
            modules.values(),
        ),
        older=len({key.question_id for key in of_year if _place(places, key) is None}),
    )


_Places = dict[tuple[str, str], Place]


def _places(modules: Iterable[Module]) -> _Places:
    """Return where each question is asked: in a lesson rather than in the one weeks later."""
    found: _Places = {}
    for module in sorted(modules, key=lambda each: each.is_later):
        for activity in module.activities:
            if activity.question is not None:
                key = (activity.question.id, form_of(activity.question))
                found.setdefault(key, Place(activity.question, module, activity))
    return found


def _place(places: _Places, key: SumKey) -> Place | None:
    return places.get((key.question_id, key.form))


def _outcomes(published: Batches, places: _Places) -> list[Outcome]:
    by_place: dict[tuple[str, str], dict[Moment, Asked]] = {}
    for key, found in published.items():
        place = _place(places, key)
        if place is None:
            continue
        batch = batch_of(found, place.question)
        asked = Asked(key.moment, batch, school_result(batch, kind_of(place.question)))
        by_place.setdefault((key.question_id, key.form), {})[key.moment] = asked
    return [_outcome(places[name], by_place[name]) for name in places if name in by_place]


def _outcome(place: Place, asked: dict[Moment, Asked]) -> Outcome:
    right, difference = place.question.right_position, None
    if right is not None and {Moment.BEFORE, Moment.AFTER} <= asked.keys():
        difference = change(
            asked[Moment.BEFORE].batch,
            asked[Moment.AFTER].batch,
            right,
            kind_of(place.question),
        )
    return Outcome(place, tuple(asked[each] for each in Moment if each in asked), difference)


def _misconceptions(knowledge: Iterable[Outcome]) -> tuple[Misconception, ...]:
    """Return the wrong answers that noise does not explain, the most frequent first."""
    found = [
        Misconception(outcome.place, option, share)
        for outcome in knowledge
        for option, share in zip(outcome.place.question.options, outcome.last.shares, strict=True)
        if option.id not in {outcome.place.question.right, UNSURE} and share.low > 0
    ]
    found.sort(key=lambda each: -each.share.value)
    return tuple(found[:MISCONCEPTIONS])


def _waiting(
    pending: Batches, published: Batches, modules: Iterable[Module]
) -> tuple[Waiting, ...]:
    """Return the modules of which nothing shows yet, with how far each is."""
    waiting = []
    for module in modules:
        if module.is_later:
            continue
        names = {(q.id, form_of(q)) for q in module.questions}
        if any((key.question_id, key.form) in names for key in published):
            continue
        missing = [
            classes_missing(n, classes)
            for key, (n, classes, _counts) in pending.items()
            if (key.question_id, key.form) in names and key.moment not in _NOT_WAITED_FOR
        ]
        if missing:
            waiting.append(Waiting(module, min(missing)))
    return tuple(waiting)
