"""A lesson prepared the evening before: nobody can join it, and opening the door starts it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act, Phase
from eduapp.classroom.registry import UnknownClassSession, WrongLessonKey
from eduapp.classroom.second_desks import NoSuchInvitation, SecondDesks
from eduapp.privacy.parameters import INVITATION_SECONDS
from tests.builders import ATime, a_classroom, a_module, a_question, seeded

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.classroom.classroom import Classroom
    from eduapp.classroom.starting import Prepared

MODULE = a_module(a_question("K1"), a_question("K2"))


def prepared(
    folder: Path, time: ATime | None = None, first_step: int = 1
) -> tuple[Classroom, Prepared]:
    classroom = a_classroom(folder, MODULE, time)
    return classroom, classroom.prepare(MODULE, "nl", "Els, lokaal 12", first_step=first_step)


def test_a_prepared_lesson_has_no_code_and_no_acts(tmp_path: Path) -> None:
    classroom, lesson = prepared(tmp_path)

    view = classroom.by_id(lesson.public_id)

    assert (view.phase, view.join_code, view.acts) == (Phase.PREPARED, "", ())
    assert view.opened_on is None


def test_two_prepared_lessons_do_not_take_a_code_from_each_other(tmp_path: Path) -> None:
    classroom, first = prepared(tmp_path)
    second = classroom.prepare(MODULE, "fr", None)

    codes = {classroom.open_door(each.public_id).join_code for each in (first, second)}

    assert len(codes) == 2
    assert all(classroom.by_code(code).join_code == code for code in codes)


def test_opening_the_door_leads_to_the_lobby_once(tmp_path: Path) -> None:
    time = ATime()
    classroom, lesson = prepared(tmp_path, time)
    time.day += dt.timedelta(days=1)

    opened = classroom.open_door(lesson.public_id)
    again = classroom.open_door(lesson.public_id)

    assert (opened.phase, opened.step, opened.opened_on) == (Phase.READY, 0, time.day)
    assert (again.join_code, again.version) == (opened.join_code, opened.version)
    assert opened.helper == "Els, lokaal 12"


def test_it_keeps_for_seven_days_and_then_a_day_after_it_was_given(tmp_path: Path) -> None:
    time = ATime()
    classroom, kept = prepared(tmp_path, time)
    given = classroom.prepare(MODULE, "nl", None)
    time.day += dt.timedelta(days=7)

    opened = classroom.open_door(given.public_id)
    assert classroom.by_lesson_key(kept.lesson_key).last_day == time.day
    assert opened.last_day == time.day + dt.timedelta(days=1)
    time.day += dt.timedelta(days=1)

    with pytest.raises(WrongLessonKey):
        classroom.by_lesson_key(kept.lesson_key)
    assert classroom.by_id(given.public_id).join_code == opened.join_code
    time.day += dt.timedelta(days=1)
    with pytest.raises(UnknownClassSession):
        classroom.by_id(given.public_id)


def test_it_begins_at_the_step_that_was_chosen(tmp_path: Path) -> None:
    classroom, lesson = prepared(tmp_path, first_step=3)

    view = classroom.open_door(lesson.public_id)
    begun = classroom.steer(lesson.public_id, Act.NEXT, view.version)

    assert begun.step == 3
    assert begun.question == MODULE.questions[1]


def test_helper_and_first_step_may_be_changed_until_the_door_opens(tmp_path: Path) -> None:
    classroom, lesson = prepared(tmp_path)

    changed = classroom.amend(lesson.public_id, "Omar, lokaal 3", 2)
    classroom.amend(lesson.public_id, "Nobody", 9)
    classroom.open_door(lesson.public_id)
    after = classroom.amend(lesson.public_id, "Nobody", 1)

    assert (changed.helper, changed.first_step) == ("Omar, lokaal 3", 2)
    assert (after.helper, after.first_step) == ("Omar, lokaal 3", 2)


def test_it_outlives_a_restart_and_never_ends_by_itself(tmp_path: Path) -> None:
    time = ATime()
    classroom, lesson = prepared(tmp_path, time, first_step=2)
    time.seconds += 20 * 60 * 60
    classroom.tend()

    view = a_classroom(tmp_path, MODULE, time).by_lesson_key(lesson.lesson_key)

    assert (view.phase, view.first_step, view.helper) == (Phase.PREPARED, 2, "Els, lokaal 12")


# A second desk


def test_a_link_for_a_second_desk_works_once(tmp_path: Path) -> None:
    _classroom, lesson = prepared(tmp_path)
    desks = SecondDesks(ATime().clock, seeded(1))
    token = desks.invite(lesson.public_id, lesson.lesson_key)

    assert desks.look(token) == lesson.public_id
    assert desks.look(token) == lesson.public_id
    assert desks.accept(token) == (lesson.public_id, lesson.lesson_key)

    with pytest.raises(NoSuchInvitation):
        desks.accept(token)
    assert desks.pending(lesson.public_id) is None


def test_a_link_for_a_second_desk_ends_after_two_minutes_or_with_the_next(tmp_path: Path) -> None:
    _classroom, lesson = prepared(tmp_path)
    time = ATime()
    desks = SecondDesks(time.clock, seeded(1))
    earlier = desks.invite(lesson.public_id, lesson.lesson_key)
    token = desks.invite(lesson.public_id, lesson.lesson_key)

    with pytest.raises(NoSuchInvitation):
        desks.look(earlier)
    time.seconds += INVITATION_SECONDS - 1
    assert desks.pending(lesson.public_id) == token
    time.seconds += 1

    with pytest.raises(NoSuchInvitation):
        desks.accept(token)
    with pytest.raises(NoSuchInvitation):
        desks.look("élan")
