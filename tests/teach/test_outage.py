"""A database that cannot write: the desk says to wait, answers go on, and nothing is lost."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from eduapp.classroom.phases import Phase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.teach.conftest import NewTeacher


@contextmanager
def full_disk(app: Flask) -> Iterator[None]:
    """Let every write fail at its last moment, as on a disk without room."""
    engine = app.extensions["database"].engine

    def fail(*_connection: object) -> None:
        raise OperationalError("COMMIT", None, Exception("database or disk is full"))

    event.listen(engine, "commit", fail)
    try:
        yield
    finally:
        event.remove(engine, "commit", fail)


def test_a_close_that_cannot_be_written_is_said_and_closes_later(
    app: Flask, new_teacher: NewTeacher
) -> None:
    teacher = new_teacher()
    students = teacher.students
    students.join(9)
    while teacher.view.round_token is None:
        teacher.act(
            next(act for act in ("open", "show", "explain", "next") if act in teacher.offers())
        )
    students.answer(*[0] * 9)
    before = teacher.view

    with full_disk(app):
        sent = {"act": "close", "version": str(before.version), "own": "1", "sure": "1"}
        refused = teacher.browse.post(f"{teacher.address}/act", sent)

    assert refused.status == 503
    assert refused.response.headers["Retry-After"] == "2"
    assert "Er is niets verloren" in refused.text
    assert (teacher.view.phase, teacher.view.version) == (Phase.OPEN, before.version)
    teacher.act("close", sure="1")
    assert (teacher.view.phase, teacher.view.version) == (Phase.CLOSED, before.version + 1)


def test_a_lesson_that_cannot_be_started_is_said(app: Flask, new_teacher: NewTeacher) -> None:
    teacher = new_teacher()
    lessons = len(teacher.classroom._registry.all())

    with full_disk(app):
        gate = {"helper_name": "Els", "helper_place": "lokaal 12", "going_on": "no"}
        refused = teacher.browse.post("/nl/start/m4", gate)

    assert refused.status == 503
    assert len(teacher.classroom._registry.all()) == lessons
