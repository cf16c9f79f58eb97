"""The plan of somebody who gives lessons: which module in which week, as a page and for a calendar.

A plan belongs to its teacher: no head sees it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from icalendar import Calendar, Event

from eduapp.accounts import plans
from eduapp.accounts.current import clock, current_staff
from eduapp.classroom.school_sums import last_day_of, school_year
from eduapp.school.pages import ModuleChoice, PlanPage, WeekChoice
from eduapp.web.addresses import public_base
from eduapp.web.current import current_content, current_database
from eduapp.web.dates import day_words
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from eduapp.content.models import Module

_WEEK = dt.timedelta(days=7)
SCHOOL_DAYS = dt.timedelta(days=5)
BOOSTER_WEEKS = (6, 8)
"""How long after the last lesson the class is asked again (content 4)."""


def plan() -> ResponseReturnValue:
    """Show the plan; a form keeps another one. A week that is no choice counts as none."""
    staff = current_staff()
    if request.method == "POST":
        offered = {monday.isoformat(): monday for monday in _mondays()}
        chosen: dict[str, dt.date] = {
            module.id: offered[week]
            for module in _modules()
            if (week := request.form.get(f"week-{module.id}", "")) in offered
        }
        with current_database().transaction() as tx:
            plans.keep_plan(tx, staff.id, chosen)
        return redirect(url_for("school.plan", saved="1"), 303)
    kept, language = _kept(), current_language()
    booster = _booster(kept)
    page = PlanPage(
        title=_("My plan"),
        lang=language,
        staff=staff,
        modules=tuple(
            ModuleChoice(
                module.id,
                module.title[language],
                kept[module.id].isoformat() if module.id in kept else "",
            )
            for module in _modules()
        ),
        weeks=tuple(
            WeekChoice(monday.isoformat(), week_words(monday))
            for monday in sorted({*_mondays(), *kept.values()})
        ),
        booster=_booster_words(*booster) if booster else None,
        is_saved=request.args.get("saved") == "1",
    )
    return render_template("school/plan.html", page=page)


def plan_file() -> ResponseReturnValue:
    """Send the plan for a calendar, with a reminder to ask again after six to eight weeks."""
    calendar = Calendar()
    calendar.add("prodid", "-//Mijn beeld//plan//NL")
    calendar.add("version", "2.0")
    modules: dict[str, Module] = {module.id: module for module in _modules()}
    kept = _kept()
    for module_id, monday in kept.items():
        module = modules.get(module_id)
        if module is not None:
            title = _("Lesson: %(title)s", title=module.title[current_language()])
            address = public_base(request) + url_for("learn.module", module_id=module_id)
            calendar.add_component(_event(module_id, title, monday, address))
    booster = _booster(kept)
    if booster is not None:
        address = public_base(request) + url_for("school.lessons")
        title = _("Ask again what stayed: the short lesson for later")
        calendar.add_component(_event("later", title, booster[0], address))
    response = Response(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mijn-beeld.ics"'
    return response


def week_words(monday: dt.date) -> str:
    """Return a week in words: that of its Monday."""
    return _("week of %(day)s", day=day_words(monday))


def _event(name: str, title: str, monday: dt.date, address: str) -> Event:
    """Return one week as an entry of a calendar: it blocks nothing, the hour is for the teacher."""
    event = Event()
    # The same entry again when the plan is fetched once more, and nothing about the teacher.
    event.add("uid", f"{name}-{school_year(monday)}@mijn-beeld")
    event.add("dtstamp", dt.datetime.combine(monday, dt.time(), tzinfo=dt.UTC))
    event.add("dtstart", monday)
    event.add("dtend", monday + SCHOOL_DAYS)
    event.add("summary", title)
    event.add("description", address)
    event.add("transp", "TRANSPARENT")
    return event


def _kept() -> dict[str, dt.date]:
    with current_database().reading() as tx:
        return plans.plan_of(tx, current_staff().id)


def _modules() -> tuple[Module, ...]:
    modules = current_content().modules.values()
    return tuple(module for module in modules if not module.is_unchecked and not module.is_later)


def _mondays() -> list[dt.date]:
    """Return the Mondays from this week to the end of the school year."""
    today = clock().today()
    monday = today - dt.timedelta(days=today.weekday())
    last = last_day_of(school_year(today))
    return [monday + _WEEK * number for number in range((last - monday) // _WEEK + 1)]


def _booster(kept: Mapping[str, dt.date]) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last week in which to ask again, None without a plan."""
    if not kept:
        return None
    last = max(kept.values())
    return last + _WEEK * BOOSTER_WEEKS[0], last + _WEEK * BOOSTER_WEEKS[1]


def _booster_words(first: dt.date, last: dt.date) -> str:
    return _(
        "Ask again between %(first)s and %(last)s, with the short lesson for later.",
        first=day_words(first),
        last=day_words(last),
    )
