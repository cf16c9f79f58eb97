"""What the templates of a device get: one frozen page for each state.

Decides which screen a state is; the words are in the templates. Nothing here may depend on which
device asks, only on its standing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from eduapp.classroom.phases import Phase, Standing
from eduapp.content.models import QuestionKind, Reveal
from eduapp.privacy.parameters import SHOW_MIN, Kind
from eduapp.privacy.results import Shares, TooFew
from eduapp.web.results import ResultRow, result_rows

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Question
    from eduapp.participate.forms import JoinForm

AUDIENCE = "student"
_PLURAL_SAMPLES = 200
"""Numbers looked through for one of each plural form."""


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
    is_filled: bool
    """True where the address already said which class."""


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
    rounds: tuple[RoundOnPage, ...]
    has_picture: bool
    """True where there is a result to look at, and not only too few answers."""
    refreshes: bool
    """True where the page renews itself without JavaScript: never a form, never an opened story."""
    gates: dict[str, int]
    """From how many answers a result is shown, by kind of question."""


@dataclass(frozen=True, slots=True)
class EndPage:
    """The page after the lesson."""

    audience: str
    title: str
    view: ClassView


def join_page(
    form: JoinForm, *, is_plain: bool, is_coming_back: bool = False, is_filled: bool = False
) -> JoinPage:
    """Return the page with the code field."""
    return JoinPage(AUDIENCE, _("Lesson"), form, is_plain, is_coming_back, is_filled)


def end_page(view: ClassView) -> EndPage:
    """Return the page of an ended class session."""
    return EndPage(AUDIENCE, _("Lesson"), view)


def screen_of(view: ClassView, standing: Standing) -> Screen:
    """Return what an admitted device shows in a state."""
    if view.is_paused:
        return Screen.PAUSED
    if view.activity is None:
        return Screen.LOBBY
    if view.question is None:
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
    rounds = _rounds(view, language)
    return ClassPage(
        audience=AUDIENCE,
        title=_("Lesson"),
        screen=screen,
        view=view,
        place=_place(view),
        devices=_devices(view.devices, str(view.devices)),
        device_words=_device_words(),
        is_poll=question is not None and question.kind is QuestionKind.OPINION,
        is_benchmark=question is not None and question.reveal is Reveal.BENCHMARK,
        is_first_poll=question is not None and question == _first_poll(view),
        rounds=rounds,
        has_picture=any(each.rows for each in rounds),
        refreshes=screen not in {Screen.OPEN, Screen.ON_DEVICE} and not has_story,
        gates={kind.value: SHOW_MIN[kind] for kind in Kind},
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


def _devices(number: int, shown: str) -> str:
    words = ngettext(
        "%(count)s device in this class", "%(count)s devices in this class", number, count=shown
    )
    return str(words)


def _device_words() -> dict[str, str]:
    """Return the device sentence in every plural form of the language, keyed by its CLDR name."""
    locale = get_locale()
    if locale is None:
        return {}
    words = {
        locale.plural_form(number): _devices(number, "{n}")
        for number in range(_PLURAL_SAMPLES, -1, -1)
    }
    return {"other": _devices(_PLURAL_SAMPLES, "{n}"), **words}


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
                pages.append(RoundOnPage((), _too_few(few)))
    return tuple(pages)


def _too_few(few: TooFew) -> str:
    rest = {"minimum": few.minimum}
    if few.n is None:
        words = _(
            "Very few answers. We show a result from %(minimum)s. That way nobody can guess who "
            "chose what. Nobody did anything wrong. Talk about it together now.",
            **rest,
        )
    else:
        words = ngettext(
            "%(num)s answer. We show a result from %(minimum)s. That way nobody can guess who "
            "chose what. Nobody did anything wrong. Talk about it together now.",
            "%(num)s answers. We show a result from %(minimum)s. That way nobody can guess who "
            "chose what. Nobody did anything wrong. Talk about it together now.",
            few.n,
            **rest,
        )
    return str(words)
