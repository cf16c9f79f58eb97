"""Which class session an address names, and whether this browser holds its desk.

Every view of a desk asks here first; nothing is changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request

from eduapp.classroom.lesson_keys import LessonKey
from eduapp.classroom.registry import UnknownClassSession
from eduapp.teach.current import classroom
from eduapp.web.cookies import read_desk_key

if TYPE_CHECKING:
    from eduapp.classroom.views import ClassView


def found_view(public_id: str) -> ClassView:
    """Return a class session; 404 where there is none."""
    try:
        return classroom().by_id(public_id)
    except UnknownClassSession:
        abort(404)


def held_key(public_id: str) -> LessonKey | None:
    """Return the lesson key that this browser holds for a class session, None without one."""
    lesson_key = read_desk_key(request, public_id)
    if lesson_key is None or not classroom().holds(public_id, lesson_key):
        return None
    return LessonKey(lesson_key)


def held_view(public_id: str) -> ClassView:
    """Return a class session of which this browser holds the desk; 404 or 403 otherwise."""
    return held(public_id)[0]


def held(public_id: str) -> tuple[ClassView, LessonKey]:
    """Return a class session with its lesson key; 404 or 403 where this browser has no desk."""
    view, lesson_key = found_view(public_id), held_key(public_id)
    if lesson_key is None:
        abort(403)
    return view, lesson_key
