"""A lesson from lobby to end: what the teacher may do, and what every act changes."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from eduapp.classroom.classroom import ClassSessionEnded
from eduapp.classroom.join_codes import spoken
from eduapp.classroom.lesson_keys import written
from eduapp.classroom.models import ClassSessionRow
from eduapp.classroom.phases import Act, Phase, Receipt, Standing
from eduapp.classroom.registry import UnknownClassSession, UnknownCode, WrongLessonKey
from eduapp.classroom.roster import ClassFull
from eduapp.classroom.urn import UrnClosed
from eduapp.content.models import Reveal
from eduapp.privacy.parameters import PLACES_DEFAULT
from eduapp.privacy.results import Shares, TooFew, Zone
from tests.builders import AClass, ATime, a_class, a_question, an_opinion

if TYPE_CHECKING:
    from pathlib import Path


def test_a_quiz_is_closed_shown_and_explained_in_three_acts(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), devices=24)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)

    closed = lesson.act(Act.CLOSE)
    shown = lesson.act(Act.SHOW)
    explained = lesson.act(Act.EXPLAIN)

    assert (closed.phase, closed.results) == (Phase.CLOSED, ())
    assert isinstance(shown.results[0].result, Shares)
    assert explained.phase is Phase.EXPLAINED


def test_between_two_rounds_nothing_of_the_first_is_seen(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), devices=24)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 12, *[1] * 12)
    lesson.act(Act.CLOSE)
    zone = lesson.classroom.zone(lesson.started.public_id)

    discussing = lesson.act(Act.DISCUSS)
    reopened = lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)
    second = lesson.act(Act.CLOSE)
    shown = lesson.act(Act.SHOW)

    assert zone is Zone.MIDDLE
    assert [discussing.results, reopened.results, second.results] == [(), (), ()]
    assert [result.round_no for result in shown.results] == [1, 2]
    assert Act.DISCUSS not in second.acts


def test_two_rounds_side_by_side_stand_on_the_coarser_scale(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), devices=24)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)
    lesson.act(Act.CLOSE, Act.DISCUSS, Act.OPEN)
    lesson.answer(*[0] * 10)

    results = lesson.act(Act.CLOSE, Act.SHOW).results

    assert len({r.result.scale for r in results if isinstance(r.result, Shares)}) == 1


def test_an_opinion_is_asked_once(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), devices=12)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 12)
    lesson.act(Act.CLOSE)

    assert Act.OPEN not in lesson.view.acts
    assert Act.DISCUSS not in lesson.view.acts
    assert Act.OPEN not in lesson.act(Act.BACK, Act.NEXT).acts


def test_coming_back_to_a_closed_question_shows_no_result_by_itself(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), devices=24)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)
    lesson.act(Act.CLOSE)

    returned = lesson.act(Act.BACK, Act.NEXT)

    assert (returned.phase, returned.results) == (Phase.CLOSED, ())


def test_too_few_answers_give_no_result(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), devices=11)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 9)

    shown = lesson.act(Act.CLOSE, Act.SHOW)

    assert shown.results[0].result == TooFew(9, 12)


def test_of_a_tiny_group_not_even_the_number_is_kept(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), devices=4)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(0, 0, 0, 0)

    shown = lesson.act(Act.CLOSE, Act.SHOW)

    assert shown.results[0].result == TooFew(None, 8)


def test_a_round_under_its_minimum_may_be_voided_and_asked_again(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, an_opinion("N1"), devices=24, time=time)
    lesson.go_to("N1")
    token = lesson.act(Act.OPEN).round_token
    lesson.answer(0, 0, 0)

    lesson.act(Act.VOID)
    again = lesson.act(Act.OPEN)

    assert again.round_no == 1
    assert again.round_token != token
    lesson.answer(*[0] * 24)
    time.seconds += 6
    version = lesson.view.version
    assert lesson.classroom.steer(again.public_id, Act.VOID, version).version == version


def test_a_benchmark_question_opens_no_urn(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1", reveal=Reveal.BENCHMARK), devices=24)
    lesson.go_to("N1")

    opened = lesson.act(Act.OPEN)
    shown = lesson.act(Act.SHOW)

    assert opened.opens_on_device_only
    assert opened.round_token is None
    assert shown.results == ()


def test_a_stale_or_doubled_act_changes_nothing(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"))
    before = lesson.view

    first = lesson.classroom.steer(before.public_id, Act.NEXT, before.version)
    second = lesson.classroom.steer(before.public_id, Act.NEXT, before.version)

    assert first == second
    assert second.step == 1


def test_an_act_that_is_not_possible_now_changes_nothing(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"))

    for act in (Act.CLOSE, Act.SHOW, Act.EXPLAIN, Act.VOID, Act.BACK, Act.RESUME):
        assert lesson.classroom.steer(lesson.view.public_id, act, 1).version == 1


def test_a_pause_keeps_the_round_open(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), devices=8)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(0, 0, 0)

    paused = lesson.act(Act.PAUSE)
    resumed = lesson.act(Act.RESUME)

    assert (paused.is_paused, paused.acts) == (True, (Act.RESUME, Act.END))
    assert resumed.phase is Phase.OPEN
    lesson.answer(*[0] * 8)
    assert isinstance(lesson.act(Act.CLOSE, Act.SHOW).results[0].result, Shares)


def test_who_comes_while_an_opinion_is_open_takes_part_from_the_next(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), a_question("K1"), devices=12)
    lesson.go_to("N1")
    token = lesson.act(Act.OPEN).round_token
    late = lesson.classroom.new_seat()

    standing = lesson.classroom.admit(lesson.started.public_id, late)
    receipt = lesson.classroom.put(lesson.started.public_id, token or "", late, 0)
    lesson.act(Act.CLOSE)

    assert standing is Standing.WAITING
    assert receipt is Receipt.NOT_ADMITTED
    assert lesson.classroom.standing(lesson.started.public_id, late) is Standing.MEMBER


def test_while_an_opinion_is_open_the_number_of_devices_stands_still(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, an_opinion("N1"), devices=12, time=time)
    time.seconds += 3
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.join(3)
    time.seconds += 3

    assert lesson.view.devices == 12


def test_the_number_of_devices_moves_at_most_every_two_seconds(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, devices=1, time=time)
    first = lesson.view.devices
    lesson.join(5)

    assert lesson.view.devices == first
    time.seconds += 2
    assert lesson.view.devices == 6


def test_the_same_device_counts_once(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, devices=1, time=time)
    for _ in range(3):
        lesson.classroom.admit(lesson.started.public_id, lesson.seats[0])
    time.seconds += 2

    assert lesson.view.devices == 1


def test_a_class_admits_no_more_devices_than_its_cap(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, devices=PLACES_DEFAULT)

    with pytest.raises(ClassFull):
        lesson.join(1)
    assert lesson.classroom.admit(lesson.started.public_id, lesson.seats[0]) is Standing.MEMBER


def test_a_desk_may_make_room_for_a_hall(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, devices=PLACES_DEFAULT)
    public_id = lesson.started.public_id

    before = lesson.view
    wider = lesson.classroom.make_room(public_id, 200)
    lesson.join(160)

    assert (wider.places, wider.version) == (200, before.version)
    with pytest.raises(ClassFull):
        lesson.join(1)
    assert lesson.classroom.make_room(public_id, 5000).places == 200


def test_a_ballot_for_another_round_or_from_a_stranger_is_not_counted(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), devices=2)
    public_id = lesson.started.public_id
    lesson.go_to("K1")
    token = lesson.act(Act.OPEN).round_token or ""
    put = lesson.classroom.put

    assert put(public_id, "00000000", lesson.seats[0], 0) is Receipt.CLOSED
    assert put(public_id, "é" * 8, lesson.seats[0], 0) is Receipt.CLOSED
    assert put(public_id, token, lesson.classroom.new_seat(), 0) is Receipt.NOT_ADMITTED
    assert put(public_id, token, lesson.seats[0], 9) is Receipt.REFUSED
    progress = lesson.classroom.progress(public_id)
    assert progress is not None
    assert progress.answered == 0


def test_a_forgotten_round_closes_after_twenty_minutes(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, a_question("K1"), devices=8, time=time)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    time.seconds += 20 * 60 + 1

    assert lesson.view.phase is Phase.CLOSED


def test_a_lesson_ends_four_hours_after_the_last_act(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, devices=3, time=time)
    time.seconds += 4 * 3600 + 1

    assert lesson.view.phase is Phase.ENDED


def test_a_lesson_that_nobody_joins_or_looks_at_ends_after_half_an_hour(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, time=time)
    time.seconds += 29 * 60
    lesson.classroom.state_document(lesson.started.public_id)
    time.seconds += 29 * 60

    looked_at = lesson.view.phase
    time.seconds += 31 * 60
    forgotten = lesson.view.phase

    assert (looked_at, forgotten) == (Phase.READY, Phase.ENDED)


def test_ending_drops_the_open_round_and_forgets_the_devices(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), devices=8)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)

    ended = lesson.act(Act.END)

    assert (ended.phase, ended.round_token, ended.acts) == (Phase.ENDED, None, ())
    assert lesson.classroom.standing(ended.public_id, lesson.seats[0]) is Standing.STRANGER
    with pytest.raises(ClassSessionEnded):
        lesson.join(1)


def test_code_and_key_find_the_lesson_however_they_are_typed(tmp_path: Path) -> None:
    lesson = a_class(tmp_path)
    classroom, started = lesson.classroom, lesson.started

    assert classroom.by_code(spoken(started.join_code).lower()).public_id == started.public_id
    assert classroom.by_lesson_key(written(started.lesson_key)).public_id == started.public_id
    assert classroom.holds(started.public_id, started.lesson_key)
    assert not classroom.holds(started.public_id, None)
    with pytest.raises(UnknownCode):
        classroom.by_code("nonsense")
    with pytest.raises(WrongLessonKey):
        classroom.by_lesson_key("A" * 12)


def test_an_expired_lesson_is_refused_and_removed(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, time=time)
    time.day = lesson.view.last_day.replace(day=lesson.view.last_day.day + 1)

    with pytest.raises(UnknownClassSession):
        _ = lesson.view
    with pytest.raises(UnknownCode):
        lesson.classroom.by_code(lesson.started.join_code)


def test_twenty_classes_at_once_do_not_mix(tmp_path: Path) -> None:
    first = a_class(tmp_path, a_question("K1"))
    module, classroom = first.view.module, first.classroom
    started = (classroom.start(module, "nl", None) for _ in range(19))
    lessons = [first, *(AClass(classroom, lesson) for lesson in started)]

    def play(lesson: AClass, choice: int) -> None:
        lesson.join(24)
        lesson.go_to("K1")
        lesson.act(Act.OPEN)
        lesson.answer(*[choice] * 24)
        lesson.act(Act.CLOSE, Act.SHOW)

    threads = [
        threading.Thread(target=play, args=(lesson, number % 4))
        for number, lesson in enumerate(lessons)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({lesson.started.join_code for lesson in lessons}) == 20
    for number, lesson in enumerate(lessons):
        result = lesson.view.results[0].result
        assert isinstance(result, Shares)
        assert result.shares[number % 4].low >= 60


def test_after_its_result_was_shown_no_question_is_asked_again(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), devices=24)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)

    returned = lesson.act(Act.CLOSE, Act.SHOW, Act.EXPLAIN, Act.BACK, Act.NEXT)

    assert Act.DISCUSS not in returned.acts
    assert Act.OPEN not in returned.acts


def test_the_housekeeper_closes_and_removes_also_when_nobody_visits(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, a_question("K1"), devices=8, time=time)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    open_round = lesson.classroom._registry.all()[0].open_round
    time.seconds += 20 * 60 + 1
    lesson.classroom.tend()

    assert open_round is not None
    with pytest.raises(UrnClosed):
        open_round.urn.put(lesson.seats[0], 1)
    assert lesson.view.phase is Phase.CLOSED
    time.day += dt.timedelta(days=2)
    for _each_process in range(2):
        lesson.classroom.tend()
    for _each_process in range(2):
        assert lesson.classroom._registry.all() == []
    with lesson.classroom._database.transaction() as tx:
        assert tx.scalars(select(ClassSessionRow)).all() == []
    assert b"Els, lokaal 12" not in b"".join(p.read_bytes() for p in tmp_path.iterdir())


def test_a_lesson_that_nobody_joined_leaves_the_code_space(tmp_path: Path) -> None:
    time = ATime()
    lesson = a_class(tmp_path, time=time)
    time.seconds += 31 * 60
    lesson.classroom.tend()

    with pytest.raises(UnknownCode):
        lesson.classroom.by_code(lesson.started.join_code)
    assert lesson.view.phase is Phase.ENDED
