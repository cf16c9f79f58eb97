"""What the templates of a device get: one frozen page for each state.

Decides which screen a state is; the words are in the templates. Nothing here may depend on which
device asks, only on its standing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from eduapp.classroom.phases import Phase, Standing
from eduapp.content.models import QuestionKind, Reveal
from eduapp.participate.number_words import (
    GroupLine,
    device_forms,
    devices_words,
    group_lines,
    too_few_words,
)
from eduapp.privacy.results import Shares, TooFew
from eduapp.web.results import ResultRow, result_rows

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Question
    from eduapp.participate.forms import JoinForm

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
    WRAP_UP = "wrap_up"


@dataclass(frozen=True, slots=True)
class JoinPage:
    """The page with the code field, for a device that is not in a class."""

    audience: str
    title: str
    form: JoinForm
    is_plain: bool
    """True where the lesson crosses the room's network unencrypted (privacy, decision 10)."""
    is_coming_back: bool
    """True where the device holds a seat and only the class does not know it any more."""
    is_reopened: bool
    """True where that is so because the teacher opened the door once more."""
    is_filled: bool
    """True where the address already said which class."""
    helper: str | None = None
    """The school's helper, for a device that was in: it saw the name before."""


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
    devices: str
    device_words: dict[str, str]
    """The sentence with the device number for each plural form, `{n}` in its place."""
    is_poll: bool
    is_benchmark: bool
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


@dataclass(frozen=True, slots=True)
class EndPage:
    """The page after the lesson."""

    audience: str
    title: str
    view: ClassView
    is_rehearsal: bool


def join_page(form: JoinForm, *, is_plain: bool) -> JoinPage:
    """Return the page with the code field, for whoever comes in by it."""
    return JoinPage(
        audience=AUDIENCE,
        title=_("Lesson"),
        form=form,
        is_plain=is_plain,
        is_coming_back=False,
        is_reopened=False,
        is_filled=False,
    )


def class_join_page(form: JoinForm, view: ClassView, *, is_plain: bool, had_seat: bool) -> JoinPage:
    """Return the page with the code of a class filled in; `had_seat` is of a device that was in.

    After a restart such a device joins again by itself; after the teacher opened the door once
    more it takes a tap, or the number of devices would be as wrong as before.
    """
    return replace(
        join_page(form, is_plain=is_plain),
        is_coming_back=had_seat and view.was_recalled,
        is_reopened=had_seat and view.was_reopened,
        is_filled=True,
        helper=view.helper if had_seat else None,
    )


def end_page(view: ClassView) -> EndPage:
    """Return the page of an ended class session."""
    return EndPage(AUDIENCE, _("Lesson"), view, view.is_rehearsal)


def screen_of(view: ClassView, standing: Standing) -> Screen:
    """Return what an admitted device shows in a state."""
    if view.is_paused:
        return Screen.PAUSED
    if view.activity is None:
        return Screen.LOBBY
    if view.question is None and view.phase is not Phase.WRAP_UP:
        return Screen.STEP
    if view.phase is Phase.OPEN and view.opens_on_device_only:
        return Screen.ON_DEVICE
    if view.phase is Phase.OPEN and standing is not Standing.MEMBER:
        return Screen.WAITING
    return Screen(view.phase.value)


def class_page(view: ClassView, screen: Screen, language: str) -> ClassPage:
    """Return the device's page; the same value for every device that shows this screen."""
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
        devices=devices_words(view.devices),
        device_words=device_forms(),
        is_poll=question is not None and question.kind is QuestionKind.OPINION,
        is_benchmark=is_benchmark,
        is_first_poll=question is not None and question == _first_poll(view),
        is_alone=view.opens_on_device_only and not is_benchmark,
        rounds=rounds,
        has_picture=any(each.rows for each in rounds),
        refreshes=screen not in {Screen.OPEN, Screen.ON_DEVICE} and not has_story,
        group=group_lines(view.devices),
        is_rehearsal=view.is_rehearsal,
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
