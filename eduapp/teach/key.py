"""The lesson key: asked, and taken for the desk of one class session on this device.

Wrong keys and wrong links spend from one purse per address; right ones never wait.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from flask import make_response, redirect, render_template, request, url_for

from eduapp.classroom.lesson_keys import read_lesson_key
from eduapp.classroom.registry import WrongLessonKey
from eduapp.teach.current import classroom, seconds_to_wait, spend
from eduapp.teach.entry_pages import KeyPage
from eduapp.teach.forms import KeyForm
from eduapp.web.cookies import set_desk_key
from eduapp.web.locale import current_language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def key() -> ResponseReturnValue:
    """Ask for the lesson key; the right one opens the desk on this device."""
    form = KeyForm(request.form)
    if request.method != "POST":
        return key_page(form), 200
    if not form.validate():
        return key_page(form), 422
    try:
        view = classroom().by_lesson_key(form.lesson_key.data or "")
    except WrongLessonKey:
        # Only wrong keys are paced: a right one has 54 bits and is no guess, so a student who tries
        # keys from the same address cannot keep the teacher out.
        wait = seconds_to_wait("key_pace")
        if wait:
            return key_page(form, wait_seconds=wait), 429, {"Retry-After": str(wait)}
        spend("key_pace")
        return key_page(form, is_wrong=True), 403
    return desk_opened(view.public_id, read_lesson_key(form.lesson_key.data or "") or "")


def desk_opened(public_id: str, lesson_key: str) -> ResponseReturnValue:
    """Let this browser hold the desk of a class session, and lead it there."""
    response = make_response(redirect(url_for("teach.desk", public_id=public_id), 303))
    set_desk_key(response, public_id, lesson_key)
    return response


def key_page(
    form: KeyForm,
    *,
    is_wrong: bool = False,
    is_refused: bool = False,
    is_used: bool = False,
    wait_seconds: int = 0,
) -> str:
    """Return the page that asks for the key, with the reason why."""
    page = KeyPage(
        lang=current_language(),
        form=form,
        is_wrong=is_wrong,
        is_refused=is_refused,
        is_used=is_used,
        wait_minutes=math.ceil(wait_seconds / 60),
    )
    return render_template("teach/key.html", page=page)
