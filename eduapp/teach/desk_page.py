"""Makes the desk, its end and the sheet from a class session.

Reads a `ClassView` and what the desk alone may know (progress, zone); decides wording and order,
changes nothing.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from flask import request, url_for
from flask_babel import gettext as _

from eduapp.classroom.join_codes import spoken
from eduapp.classroom.lesson_keys import LessonKey, written
from eduapp.classroom.phases import Act, Phase
from eduapp.content.models import ActivityKind
from eduapp.privacy.parameters import PLACES_MAX, SHOW_MIN, Kind
from eduapp.privacy.results import Zone
from eduapp.teach.act_words import act_button, act_buttons
from eduapp.teach.bands import band_words
from eduapp.teach.desk_words import (
    group_lines,
    progress_fraction,
    progress_words,
    small_words,
    zone_words,
)
from eduapp.teach.pages import (
    DeskPage,
    EndPage,
    GroupSwitch,
    Moment,
    ProgressLine,
    SheetPage,
    StepLine,
    WrapUp,
    ZoneLine,
)
from eduapp.teach.retention import vanishes_words
from eduapp.web.addresses import public_base, reachable_base
from eduapp.web.cookies import is_plain
from eduapp.web.current import current_content
from eduapp.web.dates import date_words

if TYPE_CHECKING:
    import datetime as dt

    from eduapp.classroom.views import ClassView
    from eduapp.privacy.progress import Progress
    from eduapp.teach.act_words import ActButton
    from eduapp.teach.seats_parts import SeatsPart, SlipsPart


_CARD = "<p><strong>"


def desk_page(  # noqa: PLR0913 - what the desk alone may know comes beside the view
    view: ClassView,
    lesson_key: str,
    language: str,
    *,
    today: dt.date,
    progress: Progress | None,
    zone: Zone | None,
    is_late: bool,
    asking: str | None,
    is_own_screen: bool,
    seats: SeatsPart,
    slips: SlipsPart | None,
    second_link: str | None = None,
) -> DeskPage:
    """Return the desk of a class session that has not ended."""
    is_wrapping_up = view.phase is Phase.WRAP_UP
    activity = None if is_wrapping_up else view.activity
    says_first = view.phase is Phase.READY and not view.is_paused
    return DeskPage(
        lang=language,
        public_id=view.public_id,
        code=view.join_code,
        spoken_code=spoken(view.join_code),
        students_link=public_base(request) + url_for("participate.short_link", code=view.join_code),
        lesson_key=written(LessonKey(lesson_key)),
        module=view.module,
        band=view.band,
        version=view.version,
        boot=view.boot,
        devices=view.devices,
        declared=view.declared,
        seats=seats,
        slips=slips,
        places=view.places,
        places_most=PLACES_MAX,
        groups=() if view.is_small else group_lines(view),
        is_small=view.is_small,
        small=small_words(view),
        group_switch=None if view.step else _group_switch(view, language),
        reopen=_act(view, Act.REOPEN, language),
        was_reopened=view.was_reopened,
        step=view.step,
        steps=step_lines(view, language),
        activity=activity,
        question=activity.question if activity else None,
        heading=heading_words(view, language),
        state=state_words(view),
        wrap_up=_wrap_up(view, language) if is_wrapping_up else None,
        moments=moments(activity.moments[language]) if activity and activity.moments else (),
        is_shown=view.phase in {Phase.SHOWN, Phase.EXPLAINED},
        is_paused=view.is_paused,
        is_almost_closed=view.is_almost_closed,
        says_first=says_first,
        is_text_first=is_wrapping_up
        or (is_own_screen and (view.is_paused or (says_first and view.step > 0))),
        buttons=act_buttons(
            view,
            language,
            asks_to_open=is_plain(request),
            is_show_better=is_own_screen and zone in {Zone.LOW, Zone.HIGH},
        ),
        void=_act(view, Act.VOID, language),
        progress=progress_line(progress) if progress is not None else None,
        zone=ZoneLine(*zone_words(zone)) if zone is not None and is_own_screen else None,
        is_late=is_late,
        asking=asking,
        is_own_screen=is_own_screen,
        second_link=second_link,
        vanishes=vanishes_words(view, today),
        class_sentences=view.class_sentences(language),
        is_here_only=reachable_base(request) is None,
        is_rehearsal=view.is_rehearsal,
    )


def progress_line(progress: Progress) -> ProgressLine:
    """Return progress in words and as a part of one."""
    return ProgressLine(progress_words(progress), progress_fraction(progress), progress.is_enough)


def step_lines(view: ClassView, language: str) -> tuple[StepLine, ...]:
    """Return the plan of the lesson with the current step marked."""
    return tuple(
        StepLine(
            number=number,
            title=activity.title[language],
            minutes=activity.minutes,
            skip=activity.skip,
            is_current=number == view.step,
            is_done=number in view.met and number != view.step,
            can_go=Act.GOTO in view.acts and number != view.step,
        )
        for number, activity in enumerate(view.module.activities, 1)
    )


def heading_words(view: ClassView, language: str) -> str:
    """Return what the desk is about now."""
    if view.phase is Phase.WRAP_UP:
        return _("Wrapping up: one minute")
    return view.activity.title[language] if view.activity else _("The class comes in")


def state_words(view: ClassView) -> str:
    """Return in one sentence what devices and board show now."""
    if view.phase is Phase.WRAP_UP:
        return _("Board and devices show three sentences to take home, and where help is.")
    if view.is_paused:
        return _("Pause: board and devices show a calm page.")
    if view.activity is None:
        return _("Students are joining.")
    if view.question is None:
        return _still_words(view)
    return _question_words(view)


def moments(prose: str) -> tuple[Moment, ...]:
    """Return the cards in the prose for hard moments: a paragraph that opens in bold starts one."""
    first, *others = prose.split(_CARD)
    cards = []
    for card in others:
        title, _end, text = card.partition("</strong>")
        cards.append(Moment(unescape(title).strip().rstrip("."), f"<p>{text.strip()}"))
    if first.strip():
        cards.insert(0, Moment(_("When it gets restless"), first))
    return tuple(cards)


def end_page(view: ClassView, language: str, today: dt.date) -> EndPage:
    """Return what the desk shows after the lesson."""
    return EndPage(
        lang=language,
        public_id=view.public_id,
        code=view.join_code,
        module=view.module,
        vanishes=vanishes_words(view, today),
        grade=view.grade,
        next_step=view.step + 1 if view.step < view.steps else None,
        band=view.band,
        address=reachable_base(request) or request.host_url.rstrip("/"),
        is_rehearsal=view.is_rehearsal,
    )


def sheet_page(view: ClassView, language: str) -> SheetPage:
    """Return the sheet "what this class did"; it holds no result."""
    return SheetPage(
        lang=language,
        public_id=view.public_id,
        module=view.module,
        # A lesson that is only prepared has no day yet: the line is left to fill in.
        day=date_words(view.opened_on) if view.opened_on else "",
        band=band_words(view.band),
        done=tuple(view.module.activities[number - 1] for number in sorted(view.met)),
        is_rehearsal=view.is_rehearsal,
    )


def _act(view: ClassView, act: Act, language: str) -> ActButton | None:
    return act_button(view, act, language, asks_to_open=False) if act in view.acts else None


def _group_switch(view: ClassView, language: str) -> GroupSwitch | None:
    button = _act(view, Act.WHOLE if view.is_small else Act.SMALL, language)
    return GroupSwitch(button, SHOW_MIN[Kind.KNOWLEDGE]) if button else None


def _wrap_up(view: ClassView, language: str) -> WrapUp:
    return WrapUp(
        sentences=view.module.take_home[language],
        helper=view.helper,
        help_lines=current_content().strip_for(language),
    )


def _still_words(view: ClassView) -> str:
    match view.activity.kind if view.activity else None:
        case ActivityKind.SCENARIO if not view.seats:
            return _("The class reads the story on the board.")
        case ActivityKind.SCENARIO:
            return _("Each student reads the story on a device.")
        case ActivityKind.DISCUSSION:
            return _("The class talks.")
        case ActivityKind.SORT | ActivityKind.LINE:
            return _("The class lays the cards, on paper, on a device or on the board.")
        case ActivityKind.REWRITE:
            return _("The class writes, on paper or on a device. Nothing is sent.")
        case _:
            return _("Board and devices show this step.")


def _question_words(view: ClassView) -> str:
    if view.was_interrupted:
        return _(
            "The site stopped while this question was open. Nothing of it was kept: ask it again. "
            "The devices join again by themselves."
        )
    if view.phase is Phase.OPEN and view.opens_on_device_only:
        return _("Students choose for themselves; nothing is sent.")
    return {
        Phase.READY: _("The question is on screen, the answers are not yet."),
        Phase.OPEN: _("Students are answering."),
        Phase.CLOSED: _("The question is closed; nobody sees a result yet."),
        Phase.DISCUSS: _("The class talks before it votes again."),
        Phase.SHOWN: _("The result is on screen."),
        Phase.EXPLAINED: _("The explanation is on screen."),
    }[view.phase]
