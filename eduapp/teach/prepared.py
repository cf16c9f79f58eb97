"""The lesson that was prepared: its page, changing it, opening the door, and its emergency copy.

Nobody can join it before the door is open. Opening asks one thing, and asks it every time: is it
still so that nothing is going on in this class?
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from eduapp.classroom.lesson_keys import written
from eduapp.classroom.phases import Phase
from eduapp.teach.bands import band_words
from eduapp.teach.current import classroom
from eduapp.teach.entry_pages import AdvicePage, EmergencyPage, PaperStep, PreparedPage
from eduapp.teach.forms import FirstStepForm, GoingOn, GoingOnForm
from eduapp.teach.gate import advice
from eduapp.teach.holding import held
from eduapp.teach.key import desk_opened
from eduapp.teach.second_desk import second_link
from eduapp.web.addresses import reachable_base
from eduapp.web.dates import day_words
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from eduapp.classroom.lesson_keys import LessonKey
    from eduapp.classroom.views import ClassView


def amend(public_id: str) -> ResponseReturnValue:
    """Change helper and first step of a prepared lesson; once the door is open, nothing."""
    if request.method != "POST":
        return _desk(public_id)
    view, lesson_key = held(public_id)
    if view.phase is not Phase.PREPARED:
        return _desk(public_id, late="1")
    form = FirstStepForm(request.form)
    form.offer(view.module, current_language())
    if not form.validate():
        return prepared_page(view, lesson_key, changes=form), 422
    classroom().amend(public_id, form.helper, form.first_step.data)
    return _desk(public_id, saved="1")


def open_door(public_id: str) -> ResponseReturnValue:
    """Let the students in where nothing is going on; otherwise give advice and open nothing.

    A door that is open stays open: pressing twice leads to the same lobby.
    """
    if request.method != "POST":
        return _desk(public_id)
    view, lesson_key = held(public_id)
    form = GoingOnForm(request.form)
    if view.phase is not Phase.PREPARED:
        return _desk(public_id)
    if not form.validate():
        return prepared_page(view, lesson_key, going_on=form), 422
    if form.answer is not GoingOn.NO:
        return _advice_page(view), 200
    classroom().open_door(public_id)
    # The lesson lasts until tomorrow now; this browser holds it as long.
    return desk_opened(public_id, lesson_key)


def emergency(public_id: str) -> str:
    """Show the whole lesson on paper, with the lesson key, for a lesson without any device."""
    view, lesson_key = held(public_id)
    if view.is_rehearsal:
        abort(404)
    activities = list(enumerate(view.module.activities, 1))[view.first_step - 1 :]
    base = reachable_base(request)
    page = EmergencyPage(
        lang=current_language(),
        public_id=public_id,
        module=view.module,
        band_words=band_words(view.band),
        lesson_key=written(lesson_key),
        address=(base + url_for("teach.key")).partition("://")[2] if base else None,
        keeps=_keeps(view),
        helper=view.helper,
        steps=tuple(
            PaperStep(number, activity, _skip_words(activity.skip))
            for number, activity in activities
        ),
    )
    return render_template("teach/emergency.html", page=page)


def prepared_page(
    view: ClassView,
    lesson_key: LessonKey,
    *,
    going_on: GoingOnForm | None = None,
    changes: FirstStepForm | None = None,
) -> str:
    """Return the page of a prepared lesson, with the form that was not complete if there is one."""
    language = current_language()
    if changes is None:
        changes = FirstStepForm()
        changes.offer(view.module, language)
        changes.hold(view.helper, view.first_step)
    page = PreparedPage(
        lang=language,
        public_id=view.public_id,
        module=view.module,
        band=view.band,
        band_words=band_words(view.band),
        starts_at=_starts_at(view, language),
        helper=view.helper,
        keeps=_keeps(view),
        lesson_key=written(lesson_key),
        going_on=going_on or GoingOnForm(),
        changes=changes,
        is_saved=request.args.get("saved") == "1",
        second_link=second_link(view.public_id),
        is_own_screen=request.args.get("own") == "1",
    )
    return render_template("teach/prepared.html", page=page)


def _advice_page(view: ClassView) -> str:
    page = AdvicePage(
        lang=current_language(),
        module=view.module,
        advice=advice(view.helper),
        keeps=_keeps(view),
        public_id=view.public_id,
    )
    return render_template("teach/advice.html", page=page)


def _desk(
    public_id: str, *, late: str | None = None, saved: str | None = None
) -> ResponseReturnValue:
    address = url_for("teach.desk", public_id=public_id, late=late, saved=saved)
    return redirect(address, 303)


def _keeps(view: ClassView) -> str:
    day = day_words(view.last_day)
    return _("You can give this lesson up to and including %(day)s.", day=day)


def _starts_at(view: ClassView, language: str) -> str | None:
    if view.first_step == 1:
        return None
    title = view.module.activities[view.first_step - 1].title[language]
    return f"{view.first_step}. {title}"


def _skip_words(skip: int | None) -> str | None:
    if skip is None:
        return None
    return _("skip first") if skip == 1 else _("skip as number %(number)s", number=skip)
