"""An imaginary class: it comes in and answers by itself, under the rules of a real one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act, Phase, Receipt, Standing
from eduapp.classroom.registry import UnknownClassSession
from eduapp.classroom.rehearsal import STUDENTS, HardMoment
from eduapp.classroom.starting import TooManyRehearsals
from eduapp.content.models import QuestionKind
from eduapp.privacy.parameters import LONELY_SECONDS, REHEARSALS_MAX
from eduapp.privacy.results import Shares, TooFew
from tests.builders import (
    AClass,
    ATime,
    a_classroom,
    a_module,
    a_question,
    an_opinion,
    in_process,
)

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.content.models import Question

EVERYBODY_IN = 60.0
EVERYBODY_ANSWERED = 15.0


def a_rehearsal(
    folder: Path, *questions: Question, time: ATime | None = None, seed: int | None = None
) -> AClass:
    """Return a rehearsal whose door has just opened."""
    module = a_module(*questions)
    classroom = a_classroom(folder, module, time, seed)
    return AClass(classroom, classroom.rehearse(module, "nl"))


def a_full_rehearsal(
    folder: Path, *questions: Question, time: ATime, seed: int | None = None
) -> AClass:
    """Return a rehearsal with everybody in and the first question open."""
    rehearsal = a_rehearsal(folder, *questions, time=time, seed=seed)
    time.seconds += EVERYBODY_IN
    rehearsal.go_to(questions[0].id)
    rehearsal.act(Act.OPEN)
    return rehearsal


def ballots(rehearsal: AClass) -> int:
    """Return how many ballots are in the urn, after everybody who has chosen by now."""
    for _each_process in range(2):
        assert rehearsal.view.is_rehearsal
    live = rehearsal.classroom._registry.by_id(rehearsal.started.public_id)
    return len(in_process(live.open_round.urn)) if live.open_round else 0


def counts(rehearsal: AClass) -> list[int]:
    """Return what the urn holds after everybody who has chosen by now; only a test may look."""
    assert ballots(rehearsal)
    live = rehearsal.classroom._registry.by_id(rehearsal.view.public_id)
    assert live.open_round is not None
    return list(in_process(live.open_round.urn)._counts)


# Coming in


def test_the_students_come_in_by_themselves_and_three_are_late(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_rehearsal(tmp_path, a_question("K1"), time=time)
    seen = []

    for seconds in (0, 2.2, 5, 25, 25):
        time.seconds += seconds
        seen.append(rehearsal.view.devices)

    assert seen[0] < seen[1] < seen[2] == STUDENTS - 3 < seen[3] < seen[4] == STUDENTS


def test_who_is_late_waits_while_an_opinion_question_is_open(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_rehearsal(tmp_path, an_opinion("N1"), time=time)
    time.seconds += 15
    rehearsal.go_to("N1")
    rehearsal.act(Act.OPEN)

    time.seconds += EVERYBODY_IN
    assert rehearsal.view.devices == STUDENTS - 3
    assert ballots(rehearsal) == STUDENTS - 3
    rehearsal.act(Act.CLOSE)
    time.seconds += 2

    assert rehearsal.view.devices == STUDENTS


def test_when_the_door_is_reopened_they_come_in_once_more(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_rehearsal(tmp_path, a_question("K1"), time=time)
    time.seconds += EVERYBODY_IN

    after = rehearsal.act(Act.REOPEN)
    time.seconds += EVERYBODY_IN

    assert after.devices == 0
    assert rehearsal.view.devices == STUDENTS


# Answering


def test_everybody_answers_within_a_quarter_of_a_minute(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_full_rehearsal(tmp_path, a_question("K1"), time=time)

    at_once = ballots(rehearsal)
    time.seconds += 7
    halfway = ballots(rehearsal)
    time.seconds += 8

    assert at_once == 0 < halfway < STUDENTS
    assert ballots(rehearsal) == STUDENTS
    progress = rehearsal.classroom.progress(rehearsal.view.public_id)
    assert progress is not None
    assert progress.is_enough


def test_what_they_choose_does_not_depend_on_how_often_somebody_looks(tmp_path: Path) -> None:
    found = []
    for name, looks in (("often", 30), ("once", 1)):
        (tmp_path / name).mkdir()
        time = ATime()
        rehearsal = a_full_rehearsal(tmp_path / name, a_question("K1"), time=time, seed=3)
        for _ in range(looks):
            time.seconds += 2 * EVERYBODY_ANSWERED / looks
            assert rehearsal.view.phase is Phase.OPEN
        found.append(counts(rehearsal))

    assert found[0] == found[1]
    assert sum(found[0]) == STUDENTS


def test_after_talking_more_of_them_have_it_right(tmp_path: Path) -> None:
    right = [0, 0]
    for seed in range(8):
        (tmp_path / str(seed)).mkdir()
        time = ATime()
        question = a_question("K1", rounds=2)
        rehearsal = a_full_rehearsal(tmp_path / str(seed), question, time=time, seed=seed)
        time.seconds += EVERYBODY_ANSWERED
        right[0] += counts(rehearsal)[0]
        rehearsal.act(Act.CLOSE, Act.DISCUSS, Act.OPEN)
        time.seconds += EVERYBODY_ANSWERED
        right[1] += counts(rehearsal)[0]

    assert right[0] < right[1]


def test_in_a_poll_the_class_leans_to_neither_end(tmp_path: Path) -> None:
    poll = a_question("N1", QuestionKind.OPINION, options=("fine", "depends", "not-ok", "skip"))
    found = [0, 0, 0, 0]
    for seed in range(8):
        (tmp_path / str(seed)).mkdir()
        time = ATime()
        rehearsal = a_full_rehearsal(tmp_path / str(seed), poll, time=time, seed=seed)
        time.seconds += EVERYBODY_ANSWERED
        found = [a + b for a, b in zip(found, counts(rehearsal), strict=True)]

    fine, depends, not_ok, skipped = found
    assert 2 / 3 < fine / not_ok < 3 / 2
    assert 0 < skipped < fine < depends


@pytest.mark.parametrize("question", [a_question("Q1"), an_opinion("Q1")], ids=lambda q: q.kind)
def test_nothing_shows_before_the_result_is_shown(tmp_path: Path, question: Question) -> None:
    time = ATime()
    rehearsal = a_full_rehearsal(tmp_path, question, time=time)
    time.seconds += EVERYBODY_ANSWERED

    assert rehearsal.view.results == ()
    assert rehearsal.act(Act.CLOSE).results == ()
    shown = rehearsal.act(Act.SHOW).results

    assert [each.result.n for each in shown] == [STUDENTS]
    assert isinstance(shown[0].result, Shares)


def test_while_the_class_pauses_nobody_comes_in_or_answers(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_rehearsal(tmp_path, a_question("K1"), time=time)
    time.seconds += 15
    rehearsal.go_to("K1")
    rehearsal.act(Act.OPEN, Act.PAUSE)

    time.seconds += EVERYBODY_IN
    assert rehearsal.view.devices == STUDENTS - 3
    assert ballots(rehearsal) == 0
    rehearsal.act(Act.RESUME)

    assert ballots(rehearsal) == STUDENTS


# Hard moments


def test_too_few_answer_and_the_gate_stays_shut(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_full_rehearsal(tmp_path, a_question("K1"), time=time)
    rehearsal.classroom.practise(rehearsal.view.public_id, HardMoment.FEW, rehearsal.view.version)
    time.seconds += 2 * EVERYBODY_ANSWERED

    assert ballots(rehearsal) == 4
    progress = rehearsal.classroom.progress(rehearsal.view.public_id)
    assert progress is not None
    assert not progress.is_enough
    shown = rehearsal.act(Act.CLOSE, Act.SHOW).results

    assert [type(each.result) for each in shown] == [TooFew]


def test_after_too_few_are_asked_again_everybody_answers(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_full_rehearsal(tmp_path, a_question("K1"), time=time)
    public_id = rehearsal.view.public_id
    rehearsal.classroom.practise(public_id, HardMoment.FEW, rehearsal.view.version)
    time.seconds += EVERYBODY_ANSWERED
    rehearsal.act(Act.VOID)

    rehearsal.classroom.practise(public_id, None, rehearsal.view.version)
    rehearsal.act(Act.OPEN)
    time.seconds += EVERYBODY_ANSWERED

    assert rehearsal.view.moment is None
    assert ballots(rehearsal) == STUDENTS


def test_without_wifi_half_of_the_answers_come_half_a_minute_later(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_full_rehearsal(tmp_path, a_question("K1"), time=time)
    rehearsal.classroom.practise(rehearsal.view.public_id, HardMoment.WIFI, rehearsal.view.version)

    time.seconds += 29
    away = ballots(rehearsal)
    time.seconds += 2

    assert away == 12
    assert ballots(rehearsal) == STUDENTS


def test_the_wifi_also_drops_out_for_a_question_that_is_opened_later(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_rehearsal(tmp_path, a_question("K1"), time=time)
    rehearsal.classroom.practise(rehearsal.view.public_id, HardMoment.WIFI, rehearsal.view.version)
    time.seconds += 2 * EVERYBODY_IN
    rehearsal.go_to("K1")
    rehearsal.act(Act.OPEN)

    time.seconds += 29
    assert ballots(rehearsal) == 12
    time.seconds += 2

    assert ballots(rehearsal) == STUDENTS


def test_who_answered_before_the_wifi_dropped_out_has_answered(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_full_rehearsal(tmp_path, a_question("K1"), time=time)
    time.seconds += EVERYBODY_ANSWERED
    assert ballots(rehearsal) == STUDENTS

    rehearsal.classroom.practise(rehearsal.view.public_id, HardMoment.WIFI, rehearsal.view.version)

    assert ballots(rehearsal) == STUDENTS


def test_nobody_is_late_for_a_hard_moment(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_rehearsal(tmp_path, an_opinion("N1"), time=time)

    rehearsal.classroom.practise(rehearsal.view.public_id, HardMoment.FEW, rehearsal.view.version)
    rehearsal.go_to("N1")
    rehearsal.act(Act.OPEN)
    time.seconds += 2

    assert rehearsal.view.devices == STUDENTS


def test_a_moment_that_comes_from_an_older_screen_changes_nothing(tmp_path: Path) -> None:
    rehearsal = a_rehearsal(tmp_path, a_question("K1"))
    before = rehearsal.view

    after = rehearsal.classroom.practise(before.public_id, HardMoment.BELL, before.version - 1)
    begun = rehearsal.classroom.practise(before.public_id, HardMoment.BELL, before.version)

    assert (after.moment, after.version) == (None, before.version)
    assert (begun.moment, begun.version) == (HardMoment.BELL, before.version + 1)


def test_a_real_class_has_no_moment_to_practise(tmp_path: Path) -> None:
    module = a_module(a_question("K1"))
    classroom = a_classroom(tmp_path, module)
    real = AClass(classroom, classroom.start(module, "nl", None))
    before = real.view

    after = classroom.practise(before.public_id, HardMoment.FEW, before.version)

    assert (after.moment, after.is_rehearsal, after.version) == (None, False, before.version)


# Who looks


def test_a_real_device_may_look_and_neither_counts_nor_votes(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_full_rehearsal(tmp_path, a_question("K1"), time=time)
    public_id, token = rehearsal.view.public_id, rehearsal.view.round_token or ""
    seat = rehearsal.classroom.new_seat()

    assert rehearsal.classroom.admit(public_id, seat) is Standing.MEMBER
    assert rehearsal.classroom.standing(public_id, None) is Standing.MEMBER
    assert rehearsal.classroom.put(public_id, token, seat, 0) is Receipt.SENT
    assert rehearsal.classroom.put(public_id, token, None, 0) is Receipt.SENT
    assert rehearsal.classroom.put(public_id, "00000000", seat, 0) is Receipt.CLOSED

    assert rehearsal.view.devices == STUDENTS
    assert ballots(rehearsal) == 0


# What is kept


def test_nothing_of_a_rehearsal_reaches_the_database(tmp_path: Path) -> None:
    time = ATime()
    module = a_module(a_question("K1"))
    classroom = a_classroom(tmp_path, module, time)
    files = sorted(tmp_path.iterdir())
    before = [path.read_bytes() for path in files]

    rehearsal = AClass(classroom, classroom.rehearse(module, "nl"))
    time.seconds += EVERYBODY_IN
    rehearsal.go_to("K1")
    rehearsal.act(Act.OPEN)
    time.seconds += EVERYBODY_ANSWERED
    rehearsal.act(Act.CLOSE, Act.SHOW, Act.EXPLAIN, Act.END)

    assert [path.read_bytes() for path in files] == before
    assert sorted(tmp_path.iterdir()) == files


def test_rehearsals_run_in_every_thread_of_the_server(tmp_path: Path) -> None:
    module = a_module(a_question("K1"))
    classroom = a_classroom(tmp_path, module)
    phases = []

    def rehearse() -> None:
        rehearsal = AClass(classroom, classroom.rehearse(module, "nl"))
        rehearsal.go_to("K1")
        phases.append(rehearsal.act(Act.OPEN).phase)

    threads = [threading.Thread(target=rehearse) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert phases == [Phase.OPEN] * 4


def test_a_rehearsal_that_is_left_alone_ends_and_is_then_forgotten(tmp_path: Path) -> None:
    time = ATime()
    rehearsal = a_rehearsal(tmp_path, a_question("K1"), time=time)

    time.seconds += LONELY_SECONDS + 1
    for _each_process in range(2):
        rehearsal.classroom.tend()
    assert rehearsal.view.phase is Phase.ENDED
    time.seconds += LONELY_SECONDS + 1
    for _each_process in range(2):
        rehearsal.classroom.tend()

    with pytest.raises(UnknownClassSession):
        rehearsal.classroom.by_id(rehearsal.started.public_id)


@pytest.mark.one_process
def test_only_so_many_rehearsals_live_in_memory(tmp_path: Path) -> None:
    module = a_module(a_question("K1"))
    classroom = a_classroom(tmp_path, module)
    for _ in range(REHEARSALS_MAX):
        classroom.rehearse(module, "nl")

    with pytest.raises(TooManyRehearsals):
        classroom.rehearse(module, "nl")

    assert classroom.start(module, "nl", None).join_code
