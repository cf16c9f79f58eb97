"""What the desk sends as an act: read where one of our pages could have sent it, else refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act
from eduapp.teach.forms import read_act

if TYPE_CHECKING:
    from tests.teach.conftest import Teacher


def test_going_to_a_step_carries_the_step() -> None:
    order = read_act({"act": "goto", "version": "7", "step": "4"})

    assert order is not None
    assert (order.act, order.version, order.step) == (Act.GOTO, 7, 4)


@pytest.mark.parametrize("step", [{}, {"step": ""}, {"step": "-1"}, {"step": "four"}])
def test_going_nowhere_is_refused(step: dict[str, str]) -> None:
    assert read_act({"act": "goto", "version": "7"} | step) is None


def test_another_act_has_no_step() -> None:
    order = read_act({"act": "next", "version": "7", "step": "4"})

    assert order is not None
    assert order.step is None


def test_the_class_goes_to_the_step_that_was_sent(teacher: Teacher) -> None:
    teacher.act("goto", step="4")

    assert teacher.view.step == 4


@pytest.mark.parametrize("step", ["0", "99"])
def test_a_step_that_is_not_there_leaves_the_class_where_it_is(teacher: Teacher, step: str) -> None:
    before = teacher.view

    page = teacher.act("goto", step=step)

    assert page.status == 200
    assert (teacher.view.step, teacher.view.version) == (before.step, before.version)
