"""My lessons: what somebody planned, prepared, gives now and gave; never what a class answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from eduapp.accounts import plans
from eduapp.accounts.current import clock, current_staff
from eduapp.classroom.phases import Phase
from eduapp.classroom.registry import UnknownClassSession
from eduapp.school.current import classroom
from eduapp.school.pages import LessonLine, LessonsPage, PlanLine
from eduapp.school.planning import SCHOOL_DAYS, week_words
from eduapp.school.report import GRADES
from eduapp.school.report_words import grade_words
from eduapp.web.cookies import set_desk_key
from eduapp.web.current import current_content, current_database
from eduapp.web.dates import day_words
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from eduapp.classroom.owning import OwnLesson
    from eduapp.content.models import Module


def lessons() -> str:
    """Show planned, prepared, running and past lessons of who is signed in."""
    return _page()


def open_own(public_id: str) -> ResponseReturnValue:
    """Open the desk of an own lesson in this browser; elsewhere it closes."""
    if request.method != "POST":
        return redirect(url_for("school.lessons"), 303)
    try:
        key = classroom().renew_key(public_id, current_staff().id)
    except UnknownClassSession:
        key = None
    if key is None:
        return _page(is_gone=True), 404
    response = make_response(redirect(url_for("teach.desk", public_id=public_id), 303))
    set_desk_key(response, public_id, key)
    return response


def _page(*, is_gone: bool = False) -> str:
    staff, language = current_staff(), current_language()
    today = clock().today()
    with current_database().reading() as tx:
        planned = plans.plan_of(tx, staff.id)
    found = classroom().lessons_of(staff.id)
    modules: dict[str, Module] = dict(current_content().modules)
    page = LessonsPage(
        title=_("My lessons"),
        lang=language,
        staff=staff,
        plan=tuple(
            PlanLine(
                module_id,
                title=modules[module_id].title[language],
                week=week_words(week),
                is_over=week + SCHOOL_DAYS <= today,
            )
            for module_id, week in planned.items()
            if module_id in modules
        ),
        prepared=_lines(found, language, {Phase.PREPARED}),
        running=_lines(found, language, set(Phase) - {Phase.PREPARED, Phase.ENDED}),
        past=_lines(found, language, {Phase.ENDED}),
        is_gone=is_gone,
    )
    return render_template("school/lessons.html", page=page)


def _lines(
    found: tuple[OwnLesson, ...], language: str, phases: set[Phase]
) -> tuple[LessonLine, ...]:
    return tuple(_line(each, language) for each in found if each.position.phase in phases)


def _line(lesson: OwnLesson, language: str) -> LessonLine:
    modules: dict[str, Module] = dict(current_content().modules)
    module = modules.get(lesson.module_id)
    phase = lesson.position.phase
    day = day_words(lesson.opened_on) if lesson.opened_on else None
    if phase is Phase.PREPARED:
        words = _("Ready up to and including %(day)s", day=day_words(lesson.last_day))
    elif lesson.position.step:
        words = _("%(day)s, step %(number)s", day=day, number=lesson.position.step)
    else:
        words = _("%(day)s, before the first step", day=day)
    steps = len(module.for_band(lesson.choices.band).activities) if module else 0
    go_on = None
    if phase is Phase.ENDED and module is not None and lesson.position.step < steps:
        go_on = url_for(
            "teach.gate",
            module_id=module.id,
            go="later",
            step=lesson.position.step + 1,
            band=lesson.choices.band,
            grade=lesson.grade,
        )
    names = dict(zip(GRADES, grade_words(), strict=True))
    return LessonLine(
        public_id=lesson.public_id,
        title=module.title[language] if module else lesson.module_id,
        grade=names.get(lesson.grade, ""),
        words=words,
        go_on=go_on,
        is_open=phase is not Phase.ENDED,
    )
