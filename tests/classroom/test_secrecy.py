"""While a question is open nothing depends on an answer; nothing of a ballot reaches the disk."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from eduapp.classroom.phases import Act, Phase, Receipt
from eduapp.privacy.results import Shares
from tests import builders
from tests.builders import AClass, ATime, a_class, a_question, an_opinion

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.classroom.classroom import Classroom
    from eduapp.classroom.rounds import Release
    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Question


def _all_that_screens_see(lesson: AClass) -> list[object]:
    public_id = lesson.started.public_id
    return [
        lesson.view,
        lesson.classroom.state_document(public_id),
        lesson.classroom.progress(public_id),
        lesson.classroom.zone(public_id),
    ]


@pytest.mark.parametrize("question", [a_question("Q1"), an_opinion("Q1")], ids=lambda q: q.kind)
def test_two_classes_that_answer_differently_look_the_same_until_close(
    tmp_path: Path, question: Question
) -> None:
    seen = []
    for name, choice in (("one", 0), ("other", 1)):
        folder = tmp_path / name
        folder.mkdir()
        time = ATime()
        lesson = a_class(folder, question, devices=24, time=time, seed=1)
        lesson.go_to("Q1")
        lesson.act(Act.OPEN)
        run = [_all_that_screens_see(lesson)]
        for count in range(24):
            lesson.answer(*[choice] * (count + 1))
            time.seconds += 1
            run.append(_all_that_screens_see(lesson))
        seen.append(run)

    assert seen[0] == seen[1]


def test_no_ballot_touches_the_database(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), devices=24)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    statements: list[str] = []
    engine = lesson.classroom._database.engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    lesson.answer(*[0] * 24)
    lesson.answer(*[1] * 24)

    assert statements == []
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_noise_is_drawn_once_even_when_writing_fails_at_first(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), devices=24)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)
    live = lesson.classroom._registry.by_id(lesson.started.public_id)
    engine = lesson.classroom._database.engine

    def fail(*_args: object) -> None:
        raise OperationalError("database is locked", None, Exception())

    event.listen(engine, "commit", fail)
    with pytest.raises(OperationalError):
        lesson.act(Act.CLOSE)
    event.remove(engine, "commit", fail)
    open_round = live.open_round
    assert open_round is not None
    drawn = open_round.urn.seal(never_again)
    late = lesson.classroom.put(lesson.started.public_id, open_round.token, lesson.seats[0], 1)
    version = lesson.view.version
    assert lesson.classroom.steer(lesson.started.public_id, Act.VOID, version).version == version
    lesson.act(Act.CLOSE)

    assert late is Receipt.CLOSED
    assert live.releases["N1", 1] == drawn


def test_after_a_restart_the_same_release_gives_the_same_result(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), devices=24)
    lesson.go_to("N1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)
    shown = lesson.act(Act.CLOSE, Act.SHOW)

    again = _restarted(tmp_path, lesson)

    assert again.results == shown.results
    assert isinstance(again.results[0].result, Shares)
    assert again.boot != shown.boot


def test_a_restart_voids_the_open_round_and_the_desk_asks_again(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), devices=24)
    lesson.go_to("K1")
    opened = lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)

    again = _restarted(tmp_path, lesson)

    assert again.phase is Phase.READY
    assert again.version > opened.version
    assert (again.devices, again.round_no, again.acts[0]) == (0, 0, Act.OPEN)


def test_a_restart_in_the_second_round_goes_back_to_the_discussion(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), devices=24)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)
    lesson.act(Act.CLOSE, Act.DISCUSS, Act.OPEN)

    again = _restarted(tmp_path, lesson)

    assert again.phase is Phase.DISCUSS
    assert again.results == ()
    assert again.acts[0] is Act.OPEN


def test_after_a_restart_no_question_is_asked_again_whose_result_was_seen(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), an_opinion("N1"), devices=24)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)
    lesson.act(Act.CLOSE, Act.SHOW, Act.NEXT)

    again = _started_again(tmp_path, lesson)
    back = again.steer(lesson.started.public_id, Act.BACK, lesson.view.version)

    assert back.phase is Phase.CLOSED
    assert Act.DISCUSS not in back.acts
    assert Act.OPEN not in back.acts


def test_a_restart_remembers_a_result_that_was_shown_before_the_class_came_back(
    tmp_path: Path,
) -> None:
    lesson = a_class(tmp_path, a_question("K1", rounds=2), a_question("K2"), devices=24)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 24)
    before = lesson.act(Act.CLOSE, Act.SHOW, Act.NEXT, Act.BACK)

    again = _restarted(tmp_path, lesson)

    assert again.acts == before.acts
    assert Act.DISCUSS not in again.acts


def never_again(_counts: list[int]) -> Release:
    pytest.fail("a second draw")


def _restarted(folder: Path, lesson: AClass) -> ClassView:
    """Return what a new process sees that starts on a copy of the disk; memory is lost."""
    classroom = _started_again(folder, lesson)
    view = classroom.by_code(lesson.started.join_code)
    assert classroom.holds(view.public_id, lesson.started.lesson_key)
    return view


def _started_again(folder: Path, lesson: AClass) -> Classroom:
    if builders.services is not None:
        return a_class(folder, *lesson.view.module.questions).classroom
    copy = folder / "copy"
    copy.mkdir()
    for path in folder.glob("test.sqlite3*"):
        shutil.copy(path, copy / path.name)
    return a_class(copy, *lesson.view.module.questions).classroom
