"""The moments of a lesson: almost closing, a small group, the door reopened, the early bell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String

from eduapp.classroom.class_sessions import state_words
from eduapp.classroom.models import ClassSessionRow
from eduapp.classroom.phases import Act, Phase, Receipt, Standing
from eduapp.classroom.positions import Choices, Position
from eduapp.content.models import Reveal
from eduapp.privacy.parameters import PLACES_MAX
from tests.builders import ATime, a_class, a_classroom, a_module, a_question, an_opinion

if TYPE_CHECKING:
    from pathlib import Path


def test_almost_closing_is_said_once_and_ends_with_the_round(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), devices=9)
    lesson.go_to("K1")
    assert Act.ALMOST not in lesson.view.acts
    lesson.act(Act.OPEN)
    token = lesson.view.round_token

    said = lesson.act(Act.ALMOST)

    assert said.is_almost_closed
    assert (said.phase, said.round_token) == (Phase.OPEN, token)
    assert Act.ALMOST not in said.acts
    assert b'"almost":true' in said.state_document()
    assert not lesson.act(Act.CLOSE).is_almost_closed
    assert not lesson.act(Act.DISCUSS, Act.OPEN).is_almost_closed


def test_almost_closing_outlives_a_pause(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), devices=9)
    lesson.go_to("K1")
    lesson.act(Act.OPEN, Act.ALMOST, Act.PAUSE)

    assert lesson.act(Act.RESUME).is_almost_closed


def test_in_a_small_group_no_choice_leaves_the_device(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), an_opinion("N1"), devices=5)
    lesson.act(Act.SMALL)
    lesson.go_to("K1")

    opened = lesson.act(Act.OPEN)

    assert opened.opens_on_device_only
    assert (opened.round_token, opened.round_no) == (None, 0)
    assert lesson.classroom.progress(opened.public_id) is None
    put = lesson.classroom.put(opened.public_id, "00000000", lesson.seats[0], 0)
    assert put is Receipt.CLOSED
    explained = lesson.act(Act.EXPLAIN)
    assert (explained.phase, explained.results) == (Phase.EXPLAINED, ())


def test_in_a_small_group_a_benchmark_question_still_shows_what_others_said(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1", reveal=Reveal.BENCHMARK), devices=5)
    lesson.act(Act.SMALL)
    lesson.go_to("N1")

    lesson.act(Act.OPEN, Act.SHOW)

    assert lesson.act(Act.EXPLAIN).phase is Phase.EXPLAINED


def test_a_small_group_cannot_begin_within_a_question_that_was_answered(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), devices=9)
    lesson.go_to("K1")
    for acts in ((Act.OPEN,), (Act.CLOSE,), (Act.DISCUSS,)):
        lesson.act(*acts)
        assert Act.SMALL not in lesson.view.acts

    lesson.act(Act.SHOW)
    lesson.act(Act.SMALL, Act.BACK, Act.NEXT)

    # Its first round was real: it is shown again, and no second one is mixed with it.
    assert lesson.view.phase is Phase.CLOSED
    assert not lesson.view.opens_on_device_only
    assert lesson.act(Act.SHOW, Act.WHOLE).is_small is False


def test_a_reopened_door_makes_everybody_join_again(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), devices=9)
    lesson.go_to("K1")

    reopened = lesson.act(Act.REOPEN)

    assert (reopened.devices, reopened.step) == (0, 2)
    assert reopened.was_reopened
    for seat in lesson.seats:
        assert lesson.classroom.standing(reopened.public_id, seat) is Standing.STRANGER
    lesson.classroom.admit(reopened.public_id, lesson.seats[0])
    assert lesson.classroom.standing(reopened.public_id, lesson.seats[0]) is Standing.MEMBER


def test_the_door_is_not_reopened_while_a_round_is_open(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, a_question("K1"), devices=9, time=time)
    time.seconds += 2
    lesson.go_to("K1")
    opened = lesson.act(Act.OPEN)

    after = lesson.classroom.steer(opened.public_id, Act.REOPEN, opened.version)

    assert after.version == opened.version
    assert after.devices == 9


def test_wrapping_up_drops_the_open_round_and_leads_to_the_end(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, an_opinion("N1"), a_question("K1"), devices=13, time=time)
    time.seconds += 2
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 13)

    wrapped = lesson.act(Act.WRAP_UP)

    assert (wrapped.phase, wrapped.round_token, wrapped.devices) == (Phase.WRAP_UP, None, 13)
    assert wrapped.acts == (Act.END, Act.BACK)
    assert lesson.act(Act.END).phase is Phase.ENDED


def test_back_from_wrapping_up_the_dropped_question_can_be_asked_again(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), a_question("K1"), devices=13)
    lesson.go_to("N1")
    lesson.act(Act.OPEN, Act.WRAP_UP)

    back = lesson.act(Act.BACK)

    assert (back.step, back.phase) == (2, Phase.READY)
    assert Act.OPEN in back.acts


def test_a_lesson_may_go_on_at_any_step(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), a_question("K2"), devices=9)
    view = lesson.view

    gone = lesson.classroom.steer(view.public_id, Act.GOTO, view.version, 3)

    assert (gone.step, gone.phase) == (3, Phase.READY)
    for step in (0, 4, None):
        after = lesson.classroom.steer(view.public_id, Act.GOTO, gone.version, step)
        assert after.version == gone.version
    stray = lesson.classroom.steer(view.public_id, Act.BACK, gone.version, 1)
    assert stray.version == gone.version


def test_while_a_round_is_open_no_step_is_skipped(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), a_question("K2"), devices=9)
    lesson.go_to("K1")
    opened = lesson.act(Act.OPEN)

    after = lesson.classroom.steer(opened.public_id, Act.GOTO, opened.version, 3)

    assert after.version == opened.version


def test_what_was_set_outlives_a_restart(tmp_path: Path) -> None:
    module = a_module(a_question("K1"), a_question("K2"))
    classroom = a_classroom(tmp_path, module)
    lesson = classroom.start(module, "fr", None, band="15-18")
    view = classroom.by_id(lesson.public_id)
    for act in (Act.SMALL, Act.NEXT, Act.WRAP_UP):
        view = classroom.steer(lesson.public_id, act, view.version)

    again = a_classroom(tmp_path, module).by_id(lesson.public_id)

    assert (again.is_small, again.band, again.language) == (True, "15-18", "fr")
    assert again.phase is Phase.WRAP_UP


def test_a_small_group_opens_no_second_round_of_a_question_it_answered_before(
    tmp_path: Path,
) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), a_question("K2"), devices=9)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 9)
    lesson.act(Act.CLOSE, Act.NEXT, Act.SMALL)

    back = lesson.act(Act.BACK)

    assert Act.DISCUSS not in back.acts
    assert Act.OPEN not in back.acts
    assert Act.SHOW in back.acts


def test_the_bell_may_ring_in_a_pause(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), a_question("K1"), devices=12)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 12)

    wrapped = lesson.act(Act.PAUSE, Act.WRAP_UP)

    assert wrapped.phase is Phase.WRAP_UP
    assert not wrapped.is_paused
    assert wrapped.round_token is None


def test_the_steps_that_the_class_came_to_outlive_a_restart(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, *(a_question(f"K{number}") for number in range(1, 6)), devices=9)
    lesson.act(Act.NEXT)
    before = lesson.view
    lesson.classroom.steer(before.public_id, Act.GOTO, before.version, 4)

    module = lesson.view.module
    again = a_classroom(tmp_path, module).by_code(lesson.started.join_code)

    assert lesson.view.met == again.met == {1, 4}


def test_whatever_a_lesson_goes_through_its_state_fits_the_column() -> None:
    steps = frozenset(range(1, 13))
    position = Position(
        12, Phase.EXPLAINED, 99, PLACES_MAX, is_paused=True, is_small=True, met=steps, shown=steps
    )

    words = state_words(position, Choices("nl", "15-18", 12))

    column = ClassSessionRow.__table__.c.state.type
    assert isinstance(column, String)
    assert len(words) <= (column.length or 0)
