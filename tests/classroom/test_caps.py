"""The caps of one class session: devices, opinion questions, rounds; also after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduapp.classroom.phases import Act
from eduapp.privacy.parameters import (
    OPINION_QUESTIONS_MAX,
    PLACES_DEFAULT,
    PLACES_MAX,
    ROUNDS_MAX,
    Kind,
)
from tests.builders import AClass, a_class, a_classroom, a_module, a_question, an_opinion

if TYPE_CHECKING:
    from pathlib import Path


def _ask(lesson: AClass, question: str) -> None:
    lesson.go_to(question)
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 12)
    lesson.act(Act.CLOSE)


def test_no_more_opinion_questions_than_the_cap_are_opened(tmp_path: Path) -> None:
    polls = [an_opinion(f"N{number}") for number in range(1, OPINION_QUESTIONS_MAX + 2)]
    lesson = a_class(tmp_path, *polls, a_question("K1"), devices=12)
    for poll in polls[:-1]:
        _ask(lesson, poll.id)
    lesson.act(Act.NEXT)
    again = AClass(a_classroom(tmp_path, a_module(*polls, a_question("K1"))), lesson.started)

    for view in (lesson.view, again.view):
        assert view.question == polls[-1]
        assert Act.OPEN not in view.acts
    assert Act.OPEN in again.act(Act.NEXT).acts


def test_a_question_has_no_more_rounds_than_its_kind_may(tmp_path: Path) -> None:
    poll, quiz = an_opinion("N1"), a_question("K1", rounds=9)
    lesson = a_class(tmp_path, poll, quiz, devices=12)
    _ask(lesson, "N1")
    assert lesson.view.acts[0] is not Act.DISCUSS

    _ask(lesson, "K1")
    lesson.act(Act.DISCUSS)
    _ask(lesson, "K1")

    view = lesson.view
    assert view.round_no == ROUNDS_MAX[Kind.KNOWLEDGE]
    assert not {Act.OPEN, Act.DISCUSS} & set(view.acts)
    again = AClass(a_classroom(tmp_path, a_module(poll, quiz)), lesson.started)
    assert not {Act.OPEN, Act.DISCUSS} & set(again.view.acts)


def test_a_void_round_does_not_count(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, an_opinion("N1"), devices=12)
    lesson.go_to("N1")

    lesson.act(Act.OPEN, Act.VOID)

    assert lesson.view.acts[0] is Act.OPEN


def test_the_desk_makes_room_for_a_whole_school_and_not_for_more(tmp_path: Path) -> None:
    lesson = a_class(tmp_path)
    public_id = lesson.started.public_id
    assert lesson.view.places == PLACES_DEFAULT == 40

    lesson.classroom.make_room(public_id, PLACES_MAX)
    most = lesson.classroom.make_room(public_id, PLACES_MAX + 1)

    assert most.places == PLACES_MAX == 1200
