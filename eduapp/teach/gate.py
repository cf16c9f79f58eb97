"""The gate before a lesson: its three points, the advice not to start, and the calm task.

A class session is started here and nowhere else on this site; who is in the class is never asked.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from flask import abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from eduapp.teach.current import classroom, seconds_to_wait, spend
from eduapp.teach.forms import GateForm, GoingOn
from eduapp.teach.pages import AdvicePage, GatePage, TaskPage
from eduapp.web.cookies import is_plain, set_desk_key
from eduapp.web.current import current_content
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from eduapp.content.models import Module


def gate(module_id: str) -> ResponseReturnValue:
    """Show the gate of a module; a complete answer that nothing is going on starts the lesson."""
    module = _module(module_id)
    form = GateForm(request.form)
    if request.method == "GET" or "again" in request.form:
        return _gate_page(module, form), 200
    if form.answer in {GoingOn.UNSURE, GoingOn.YES}:
        return _advice_page(module, form), 200
    if not form.validate() or form.answer is None:
        return _gate_page(module, form), 422
    wait = seconds_to_wait("start_pace")
    if wait:
        return _gate_page(module, form, wait), 429, {"Retry-After": str(wait)}
    return _start(module, form)


def task(module_id: str) -> str:
    """Show the calm task of a module, made to be printed."""
    page = TaskPage(lang=current_language(), module=_module(module_id))
    return render_template("teach/task.html", page=page)


def _start(module: Module, form: GateForm) -> ResponseReturnValue:
    spend("start_pace")
    started = classroom().start(module, current_language(), form.helper)
    response = make_response(redirect(url_for("teach.desk", public_id=started.public_id), 303))
    set_desk_key(response, started.public_id, started.lesson_key)
    return response


def _module(module_id: str) -> Module:
    module = current_content().modules.get(module_id)
    return module if module is not None else abort(404)


def _gate_page(module: Module, form: GateForm, wait_seconds: int = 0) -> str:
    page = GatePage(
        lang=current_language(),
        module=module,
        form=form,
        wait_minutes=math.ceil(wait_seconds / 60),
        is_unencrypted=is_plain(request),
    )
    return render_template("teach/gate.html", page=page)


def _advice_page(module: Module, form: GateForm) -> str:
    helper = form.helper or _("your school's care team")
    advice = _(
        "Is something going on in this class? Then do not give this lesson today. "
        "Talk to %(helper)s first. Need advice? Child Focus, 116 000. "
        "Here is a calm task for this hour.",
        helper=helper,
    )
    page = AdvicePage(lang=current_language(), module=module, form=form, advice=advice)
    return render_template("teach/advice.html", page=page)
