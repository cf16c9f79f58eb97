"""The gate before a lesson: its three points, the advice not to start, and the calm task.

A class session is started or prepared here and nowhere else on this site; who is in the class is
never asked.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from flask import abort, render_template, request
from flask_babel import gettext as _

from eduapp.accounts.current import staff_or_none
from eduapp.classroom.positions import Owner
from eduapp.teach.bands import band_choices, chosen_band
from eduapp.teach.board_door import reachable_elsewhere
from eduapp.teach.current import classroom, seconds_to_wait, spend
from eduapp.teach.entry_pages import AdvicePage, GatePage, TaskPage
from eduapp.teach.forms import (
    FirstStepForm,
    GateForm,
    Go,
    GoingOn,
    GoingOnForm,
    GradeForm,
    HelperForm,
    OwnFirstStepForm,
    OwnGateForm,
    read_number,
)
from eduapp.teach.key import desk_opened
from eduapp.web.cookies import is_plain
from eduapp.web.current import current_content
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from eduapp.accounts.sign_ins import Staff
    from eduapp.content.models import Module


def gate(module_id: str) -> ResponseReturnValue:
    """Show the gate of a module; complete, it starts the lesson now or prepares it for later.

    Whether anything is going on is asked only before a start; said earlier, it counts all the same.
    """
    module = _module(module_id)
    band = chosen_band(module, request.values.get("band"))
    form = _form(module, band)
    if request.method != "POST" or "again" in request.form:
        return _gate_page(module, band, form), 200
    if GoingOnForm(request.form).answer in {GoingOn.UNSURE, GoingOn.YES}:
        return _advice_page(module, band, form), 200
    if not form.validate():
        return _gate_page(module, band, form), 422
    wait = seconds_to_wait("start_pace")
    if wait:
        return _gate_page(module, band, form, wait), 429, {"Retry-After": str(wait)}
    spend("start_pace")
    return _through(module, band, form)


def task(module_id: str) -> str:
    """Show the calm task of a module, made to be printed."""
    page = TaskPage(lang=current_language(), module=_module(module_id))
    return render_template("teach/task.html", page=page)


def advice(helper: str | None) -> str:
    """Return what to do instead of the lesson when something is going on."""
    return _(
        "Is something going on in this class? Then do not give this lesson today. "
        "Talk to %(helper)s first. Need advice? Child Focus, 116 000. "
        "Here is a calm task for this hour.",
        helper=helper or _("your school's care team"),
    )


def _through(
    module: Module, band: str | None, form: GateForm | FirstStepForm
) -> ResponseReturnValue:
    language, owner = current_language(), _owner(form)
    if isinstance(form, FirstStepForm):
        prepared = classroom().prepare(
            module,
            language,
            form.helper,
            band=band,
            first_step=form.first_step.data,
            owner=owner,
        )
        return desk_opened(prepared.public_id, prepared.lesson_key)
    started = classroom().start(module, language, form.helper, band=band, owner=owner)
    return desk_opened(started.public_id, started.lesson_key)


def _form(module: Module, band: str | None) -> GateForm | FirstStepForm:
    is_own = _giver() is not None
    if _way_out() is Go.NOW:
        return OwnGateForm(request.form) if is_own else GateForm(request.form)
    form = OwnFirstStepForm(request.form) if is_own else FirstStepForm(request.form)
    form.offer(module.for_band(band), current_language())
    if request.method != "POST":
        form.first_step.data = read_number(request.args.get("step")) or 1
    if isinstance(form, GradeForm) and request.method != "POST":
        form.grade.data = request.args.get("grade")
    return form


def _giver() -> Staff | None:
    """Return who gives a lesson that counts for a school, None without such an account."""
    staff = staff_or_none()
    return staff if staff is not None and staff.gives_lessons else None


def _owner(form: HelperForm) -> Owner | None:
    giver = _giver()
    if giver is None or giver.school_id is None or not isinstance(form, GradeForm):
        return None
    return Owner(giver.id, giver.school_id, form.grade.data)


def _way_out() -> Go:
    """Return the way out that this page puts first: of the button pressed, else of the link."""
    asked = request.form.get("again") or request.values.get("go")
    return Go(asked) if asked in set(Go) else Go.NOW


def _module(module_id: str) -> Module:
    module = current_content().modules.get(module_id)
    return module if module is not None and not module.is_unchecked else abort(404)


def _gate_page(
    module: Module, band: str | None, form: GateForm | FirstStepForm, wait_seconds: int = 0
) -> str:
    giver = _giver()
    page = GatePage(
        lang=current_language(),
        module=module,
        staff=giver,
        grade=form.grade if isinstance(form, GradeForm) else None,
        bands=band_choices(module, band),
        band=band,
        form=form,
        is_later=isinstance(form, FirstStepForm),
        wait_minutes=math.ceil(wait_seconds / 60),
        is_unencrypted=is_plain(request),
        reachable_at=reachable_elsewhere(),
    )
    return render_template("teach/gate.html", page=page)


def _advice_page(module: Module, band: str | None, form: HelperForm) -> str:
    page = AdvicePage(
        lang=current_language(),
        module=module,
        advice=advice(form.helper),
        form=form,
        grade=form.grade.data if isinstance(form, GradeForm) else None,
        band=band,
        go=_way_out().value,
    )
    return render_template("teach/advice.html", page=page)
