"""What the templates of a device get: one frozen page for each state.

Decides which screen a state is; the words are in the templates. Nothing here may depend on which
device asks, only on its standing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.classroom.phases import Phase, Standing
from eduapp.content.models import QuestionKind, Reveal
from eduapp.participate.number_words import (
    GroupLine,
    group_lines,
    seats_forms,
    seats_words,
    too_few_words,
)
from eduapp.privacy.parameters import BENCHMARK_BALLOTS_MIN, NETWORK_SCHOOLS_MIN
from eduapp.privacy.results import Shares, TooFew
from eduapp.web.results import ResultRow, result_rows

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Question

AUDIENCE = "student"


class Screen(StrEnum):
    """What a device shows; each has a template part of this name."""

    LOBBY = "lobby"
    STEP = "step"
    READY = "ready"
    OPEN = "open"
    ON_DEVICE = "on_device"
    WAITING = "waiting"
    CLOSED = "closed"
    DISCUSS = "discuss"
    SHOWN = "shown"
    EXPLAINED = "explained"
    PAUSED = "paused"
    SENT = "sent"
    COVER = "cover"
    """A device that goes round: the next student can begin."""
    NO_TURNS = "no_turns"
    """A device that goes round: every declared seat had its turn."""
    TURN = "turn"
    """A device that goes round, in the hands of one student."""
    THINK = "think"
    """A device that goes round, where choices stay in the head."""
    WRAP_UP = "wrap_up"


@dataclass(frozen=True, slots=True)
class RoundOnPage:
    """The result of one round: rows, or too few answers."""

    rows: tuple[ResultRow, ...]
    few: str | None


@dataclass(frozen=True, slots=True)
class ClassPage:
    """The device's page in a class session."""

    audience: str
    title: str
    screen: Screen
    view: ClassView
    place: str | None
    """Where the lesson is, as text: "Question 2 of 4"."""
    seats: str
    """How many take part, as a sentence."""
    seats_forms: dict[str, str]
    """That sentence for each plural form, `{n}` in the place of the number."""
    is_poll: bool
    is_benchmark: bool
    pool: tuple[int, int]
    """How many answers of how many schools a benchmark question is counted with at least."""
    is_first_poll: bool
    is_alone: bool
    """True where a small group chooses without sending: no result follows, only talk."""
    rounds: tuple[RoundOnPage, ...]
    has_picture: bool
    """True where there is a result to look at, and not only too few answers."""
    refreshes: bool
    """True where the page renews itself without JavaScript: never a form, never an opened story."""
    group: tuple[GroupLine, ...]
    """What a group of each size sees of its answers."""
    is_rehearsal: bool
    goes_round: bool
    """True on a device that goes round."""
    may_go_round: bool
    """True where the device could become one that goes round."""
    turn: str | None
    """What a ballot of this turn carries."""


@dataclass(frozen=True, slots=True)
class EndPage:
    """The page after the lesson."""

    audience: str
    title: str
    view: ClassView
    is_rehearsal: bool


def end_page(view: ClassView) -> EndPage:
    """Return the page of an ended class session."""
    return EndPage(AUDIENCE, _("Lesson"), view, view.is_rehearsal)


_BETWEEN_QUESTIONS = frozenset({Screen.LOBBY, Screen.STEP, Screen.READY})


def screen_of(view: ClassView, standing: Standing) -> Screen:
    """Return what an admitted device shows in a state."""
    if view.is_paused:
        return Screen.PAUSED
    if view.activity is None:
        return Screen.LOBBY
    if view.question is None and view.phase is not Phase.WRAP_UP:
        return Screen.STEP
    if view.phase is Phase.OPEN:
        return _open_screen(view, standing)
    return Screen(view.phase.value)


def _open_screen(view: ClassView, standing: Standing) -> Screen:
    if view.opens_on_device_only:
        return Screen.THINK if standing is Standing.SHARED else Screen.ON_DEVICE
    by_standing = {Standing.MEMBER: Screen.OPEN, Standing.SHARED: Screen.COVER}
    return by_standing.get(standing, Screen.WAITING)


def class_page(
    view: ClassView,
    screen: Screen,
    language: str,
    *,
    goes_round: bool = False,
    turn: str | None = None,
) -> ClassPage:
    """Return the device's page; the same value for every device that shows this screen.

    Only a `turn` on a device that goes round makes it that device's own.
    """
    question = view.question
    has_story = view.activity is not None and view.activity.scenario is not None
    is_benchmark = question is not None and question.reveal is Reveal.BENCHMARK
    rounds = _rounds(view, language)
    return ClassPage(
        audience=AUDIENCE,
        title=_("Lesson"),
        screen=screen,
        view=view,
        place=_place(view),
        seats=seats_words(view),
        seats_forms=seats_forms(view),
        is_poll=question is not None and question.kind is QuestionKind.OPINION,
        is_benchmark=is_benchmark,
        pool=(BENCHMARK_BALLOTS_MIN, NETWORK_SCHOOLS_MIN),
        is_first_poll=question is not None and question == _first_poll(view),
        is_alone=view.opens_on_device_only and not is_benchmark,
        rounds=rounds,
        has_picture=any(each.rows for each in rounds),
        refreshes=screen not in {Screen.OPEN, Screen.TURN, Screen.ON_DEVICE} and not has_story,
        group=group_lines(view.seats),
        is_rehearsal=view.is_rehearsal,
        goes_round=goes_round,
        may_go_round=view.shared > 0 and not goes_round and screen in _BETWEEN_QUESTIONS,
        turn=turn,
    )


def _place(view: ClassView) -> str | None:
    if view.activity is None:
        return None
    if view.question is None:
        return str(_("Step %(number)s of %(total)s", number=view.step, total=view.steps))
    questions = view.module.questions
    number = sum(a.question is not None for a in view.module.activities[: view.step])
    return str(_("Question %(number)s of %(total)s", number=number, total=len(questions)))


def _first_poll(view: ClassView) -> Question | None:
    """Return the first question of the module that shows the class its own opinions."""
    return next(
        (
            question
            for question in view.module.questions
            if question.kind is QuestionKind.OPINION and question.reveal is Reveal.CLASS
        ),
        None,
    )


def _rounds(view: ClassView, language: str) -> tuple[RoundOnPage, ...]:
    question = view.question
    if question is None:
        return ()
    show_right = view.phase is Phase.EXPLAINED
    pages = []
    for each in view.results:
        match each.result:
            case Shares() as shares:
                rows = result_rows(question, shares, language, show_right=show_right)
                pages.append(RoundOnPage(rows, None))
            case TooFew() as few:
                pages.append(RoundOnPage((), too_few_words(few)))
    return tuple(pages)
