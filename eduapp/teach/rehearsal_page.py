"""Makes the page of a rehearsal: its three screens, the hard moments and the card of one.

Words and order only; what an imaginary class does is decided in `classroom`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from eduapp.classroom.phases import Act, Phase
from eduapp.classroom.rehearsal import STUDENTS, HardMoment
from eduapp.content.models import QuestionKind
from eduapp.privacy.parameters import SHOW_MIN, Kind
from eduapp.teach.pages import StaffPage
from eduapp.web.current import current_content
from eduapp.web.locale import language_name

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Module


@dataclass(frozen=True, slots=True)
class StudentLink:
    """The student's screen in one language."""

    language: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class MomentButton:
    """A hard moment that can be practised."""

    moment: str
    title: str


@dataclass(frozen=True, slots=True)
class MomentCard:
    """The card of the moment that is practised now."""

    title: str
    happens: str
    ways: tuple[str, ...]
    """What the teacher can do, in order."""
    say: str
    """A sentence for the class."""
    first: str | None
    """What is needed before anything can be seen; None where nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalPage(StaffPage):
    """Desk, board and one student's screen of a rehearsal, side by side."""

    is_rehearsal: bool = True
    title: str
    about: str
    public_id: str
    code: str
    version: int
    boot: str
    module: Module
    band: str | None
    student_url: str
    students: tuple[StudentLink, ...]
    moments: tuple[MomentButton, ...]
    card: MomentCard | None
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterPage(StaffPage):
    """A rehearsal cannot start just now."""

    module: Module
    band: str | None
    wait_minutes: int
    """Minutes to wait after many starts from one address; 0 where the site itself is busy."""


def rehearsal_page(view: ClassView, language: str) -> RehearsalPage:
    """Return the page of a rehearsal as it stands now."""
    is_over = view.phase is Phase.ENDED
    students = tuple(
        StudentLink(each, language_name(each), _student_url(view, each))
        for each in current_content().languages
    )
    return RehearsalPage(
        lang=language,
        title=view.module.title[language],
        about=_(
            "%(num)s imaginary students. Nobody real is in this lesson; nothing is kept.",
            num=STUDENTS,
        ),
        public_id=view.public_id,
        code=view.join_code,
        version=view.version,
        boot=view.boot,
        module=view.module,
        band=view.band,
        student_url=_student_url(view, language),
        students=students,
        moments=tuple(MomentButton(each.value, moment_title(each)) for each in HardMoment),
        card=moment_card(view) if not is_over else None,
        is_over=is_over,
    )


def moment_title(moment: HardMoment) -> str:
    """Return what a hard moment is called."""
    match moment:
        case HardMoment.LAUGHTER:
            return _("Laughter")
        case HardMoment.FEW:
            return _("Too few answers")
        case HardMoment.PAUSE:
            return _("A pause is needed")
        case HardMoment.WIFI:
            return _("The wifi drops out")
        case HardMoment.BELL:
            return _("The bell rings early")


def moment_card(view: ClassView) -> MomentCard | None:
    """Return the card of the moment that a rehearsal plays; None while it plays none."""
    match view.moment:
        case HardMoment.LAUGHTER:
            return _laughter()
        case HardMoment.FEW:
            return _few(view)
        case HardMoment.PAUSE:
            return _pause()
        case HardMoment.WIFI:
            return _wifi(view)
        case HardMoment.BELL:
            return _bell(view)
        case None:
            return None


def _laughter() -> MomentCard:
    return MomentCard(
        title=moment_title(HardMoment.LAUGHTER),
        happens=_("A few students laugh. One asks aloud: “Who chose that?”"),
        ways=(
            _("Wait until it is quiet. Look at the board, not at a student."),
            _("Call nobody out, and do not guess along."),
            _("Does it stay restless? Press “%(button)s”.", button=_("Pause")),
        ),
        say=_(
            "We do not look for who chose what. This picture of the class is never very exact. "
            "What helps the person in the image?"
        ),
        first=None,
    )


def _few(view: ClassView) -> MomentCard:
    is_quiz = view.question is not None and view.question.kind is QuestionKind.KNOWLEDGE
    return MomentCard(
        title=moment_title(HardMoment.FEW),
        happens=_(
            "Only four students answer. Your desk says that this is not enough for a result yet."
        ),
        ways=(
            _("Wait a little longer; nobody has to hurry. Here the others answer after “Done”."),
            _(
                "Or press “%(button)s”: this round does not count and everyone can answer anew.",
                button=_("Void and ask again"),
            ),
            _(
                "Or press “%(button)s”: nobody sees a result, and you talk about it together.",
                button=_("Close the question"),
            ),
        ),
        say=_(
            "Very few answers. We show a result from %(minimum)s. That way nobody can guess who "
            "chose what. Nobody did anything wrong. Talk about it together now.",
            minimum=SHOW_MIN[Kind.KNOWLEDGE if is_quiz else Kind.OPINION],
        ),
        first=_question_first(view),
    )


def _pause() -> MomentCard:
    return MomentCard(
        title=moment_title(HardMoment.PAUSE),
        happens=_("A student turns pale and looks away."),
        ways=(
            _("Press “%(button)s” on your desk.", button=_("Pause")),
            _(
                "Look at the board and the student's screen: everyone sees the same calm page, "
                "without a reason. An open question stays open."
            ),
            _(
                "Your desk now shows the card “%(card)s”. Go on when you are ready.",
                card=_("A student is upset"),
            ),
        ),
        say=_("We take a short break. You do not have to do anything."),
        first=None,
    )


def _wifi(view: ClassView) -> MomentCard:
    return MomentCard(
        title=moment_title(HardMoment.WIFI),
        happens=_("Half of the class has no wifi for half a minute."),
        ways=(
            _("Look at your desk: it stays at about half of the answers."),
            _("Leave the question open. Nobody has to join again."),
            _("Once the wifi is back, the other answers arrive by themselves."),
        ),
        say=_(
            "Some devices are waiting for the network. You do not have to do anything: your answer "
            "leaves by itself."
        ),
        first=_question_first(view),
    )


def _bell(view: ClassView) -> MomentCard:
    is_too_late = view.phase is not Phase.WRAP_UP and Act.WRAP_UP not in view.acts
    return MomentCard(
        title=moment_title(HardMoment.BELL),
        happens=_("The bell rings. You have one minute left."),
        ways=(
            _(
                "Press “%(button)s” on your desk. An open question is dropped and is never shown.",
                button=_("Wrap up"),
            ),
            _("Board and devices show three sentences to take home and where help is."),
            _("Then press “%(button)s”.", button=_("End the lesson")),
        ),
        say=_(
            "We stop here. Read the three sentences once more. Something on your mind? Come to me, "
            "or look on your screen for who can help."
        ),
        first=_(
            "You are at the last step: there you simply end the lesson. Or go a step back first."
        )
        if is_too_late
        else None,
    )


def _question_first(view: ClassView) -> str | None:
    if view.phase is Phase.OPEN:
        return None
    return _("No question is open now. Open one on your desk to see this.")


def _student_url(view: ClassView, language: str) -> str:
    return url_for("participate.class_page", code=view.join_code, lang=language)
