"""Lessons of somebody with an account: found again, opened here, and forgotten."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from eduapp.classroom import school_sums
from eduapp.classroom.models import ClassSessionRow
from eduapp.classroom.phases import Act, Phase
from eduapp.classroom.positions import Owner
from eduapp.classroom.registry import WrongLessonKey
from eduapp.content.models import Reveal
from tests.builders import (
    AClass,
    ATime,
    a_classroom,
    a_lesson,
    a_module,
    a_question,
    an_opinion,
)

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.classroom.classroom import Classroom

MODULE = a_module(a_question("K1"))
ANN, BO = Owner(1, 1, "1"), Owner(2, 1, "3")


@pytest.fixture
def time() -> ATime:
    return ATime(dt.date(2026, 11, 23))


@pytest.fixture
def classroom(tmp_path: Path, time: ATime) -> Classroom:
    return a_classroom(tmp_path, MODULE, time)


def running(classroom: Classroom, owner: Owner) -> AClass:
    return AClass(classroom, classroom.start(MODULE, "nl", None, owner=owner))


def test_a_teacher_finds_own_lessons_only_the_newest_first(
    classroom: Classroom, time: ATime
) -> None:
    a_lesson(classroom, MODULE, (0,) * 6, owner=ANN)
    classroom.prepare(MODULE, "nl", None, first_step=2, owner=ANN)
    running(classroom, BO)
    time.day += dt.timedelta(days=5)
    running(classroom, ANN).act(Act.NEXT)
    classroom.tend()

    found = classroom.lessons_of(ANN.teacher_id)

    assert [(each.position.phase, each.position.step) for each in found] == [
        (Phase.READY, 1),
        (Phase.PREPARED, 0),
        (Phase.ENDED, 2),
    ]
    assert [each.grade for each in found] == ["1", "1", "1"]


def test_another_key_opens_the_desk_and_the_old_one_nothing(classroom: Classroom) -> None:
    a = running(classroom, ANN)

    key = classroom.renew_key(a.started.public_id, ANN.teacher_id)

    assert key is not None
    assert classroom.by_lesson_key(key).public_id == a.started.public_id
    with pytest.raises(WrongLessonKey):
        classroom.by_lesson_key(a.started.lesson_key)


def test_the_other_key_still_works_after_a_restart(
    classroom: Classroom, tmp_path: Path, time: ATime
) -> None:
    a = running(classroom, ANN)
    key = classroom.renew_key(a.started.public_id, ANN.teacher_id)

    again = a_classroom(tmp_path, MODULE, time)

    assert key is not None
    assert again.by_lesson_key(key).public_id == a.started.public_id
    with pytest.raises(WrongLessonKey):
        again.by_lesson_key(a.started.lesson_key)


def test_nobody_opens_a_lesson_of_somebody_else_or_a_guest_lesson(classroom: Classroom) -> None:
    a = running(classroom, ANN)
    guest = classroom.start(MODULE, "nl", None)

    assert classroom.renew_key(a.started.public_id, BO.teacher_id) is None
    assert classroom.renew_key(guest.public_id, BO.teacher_id) is None
    assert classroom.holds(a.started.public_id, a.started.lesson_key)


def test_an_account_opens_no_lesson_that_is_over(classroom: Classroom) -> None:
    a = a_lesson(classroom, MODULE, (0,) * 14, owner=ANN)

    assert classroom.renew_key(a.started.public_id, ANN.teacher_id) is None
    assert classroom.holds(a.started.public_id, a.started.lesson_key)


def test_a_lesson_that_goes_on_after_its_teacher_left_counts_for_no_school(
    classroom: Classroom, time: ATime
) -> None:
    a = running(classroom, ANN)
    a.join(14)
    a.go_to("K1")
    a.act(Act.OPEN)
    a.answer(*(0,) * 14)

    classroom.forget_teacher(ANN.teacher_id)
    a.act(Act.CLOSE, Act.END)

    with classroom._database.reading() as tx:
        assert school_sums.batches(tx, None, "pending") == {}
        row = tx.scalars(select(ClassSessionRow)).one()
        assert (row.teacher_id, row.school_id, row.label) == (None, None, None)
        assert row.delete_on == time.day + dt.timedelta(days=2)
    assert a.view.last_day == time.day + dt.timedelta(days=1)


def test_an_account_deleted_while_a_benchmark_question_is_open_leaves_the_desk_its_close(
    tmp_path: Path, time: ATime
) -> None:
    module = a_module(an_opinion("N9", reveal=Reveal.BENCHMARK))
    classroom = a_classroom(tmp_path, module, time)
    a = AClass(classroom, classroom.start(module, "nl", None, owner=ANN))
    a.join(14)
    a.go_to("N9")
    a.act(Act.OPEN)
    a.answer(*(0,) * 14)

    classroom.forget_teacher(ANN.teacher_id)
    view = a.act(Act.CLOSE, Act.SHOW)

    assert view.results == ()
    assert Act.OPEN not in view.acts
    assert Act.DISCUSS not in view.acts
    a.act(Act.END)
    with classroom._database.reading() as tx:
        assert school_sums.batches(tx, None, "pending") == {}


def test_what_counted_stays_without_the_name_of_who_gave_it(classroom: Classroom) -> None:
    a_lesson(classroom, MODULE, (0,) * 14, owner=ANN)

    classroom.forget_teacher(ANN.teacher_id)

    with classroom._database.reading() as tx:
        row = tx.scalars(select(ClassSessionRow)).one()
        assert (row.teacher_id, row.school_id, row.label) == (None, 1, "1")
        assert school_sums.reach(tx, 1) == {(2026, "1", "m1"): 1}
    assert classroom.lessons_of(ANN.teacher_id) == ()


def test_a_prepared_lesson_of_who_left_can_still_be_given_with_its_key(
    classroom: Classroom, time: ATime
) -> None:
    prepared = classroom.prepare(MODULE, "nl", None, owner=ANN)
    classroom.forget_teacher(ANN.teacher_id)
    time.day += dt.timedelta(days=3)

    view = classroom.open_door(prepared.public_id)

    assert classroom.holds(prepared.public_id, prepared.lesson_key)
    assert view.grade is None
    assert view.last_day == time.day + dt.timedelta(days=1)


def test_a_lesson_of_a_school_says_its_grade_and_a_guest_lesson_none(
    classroom: Classroom,
) -> None:
    guest = AClass(classroom, classroom.start(MODULE, "nl", None))

    assert running(classroom, BO).view.grade == "3"
    assert guest.view.grade is None
