"""The board: the same for everybody who has the code, with acts only where the desk is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act, Phase
from eduapp.content.models import ModuleId
from eduapp.web.current import current_content
from tests.browse import Browse, words
from tests.teach.conftest import acts_of

if TYPE_CHECKING:
    from flask import Flask

    from eduapp.classroom.classroom import Classroom
    from tests.browse import Seen
    from tests.teach.conftest import Teacher


def stranger(teacher: Teacher) -> Seen:
    code = teacher.view.join_code
    return teacher.browse.another().get(f"/{teacher.language}/board/{code}")


def has_an_act(board: Seen) -> bool:
    return bool(board.all("form, [name=version], [name=act], [data-key=forward], [data-key=back]"))


def test_a_board_without_the_desk_has_no_act(teacher: Teacher) -> None:
    for _ in range(teacher.view.steps):
        assert not has_an_act(stranger(teacher))
        teacher.act("next")


def test_a_board_without_the_desk_has_no_act_in_any_moment(teacher: Teacher) -> None:
    teacher.students.join(8)
    teacher.go_to("K13")
    for act in ("open", "almost", "pause", "resume", "close", "show", "explain", "wrap_up", "end"):
        teacher.act(act, sure="1")
        assert not has_an_act(stranger(teacher)), act


def test_the_board_wraps_up_and_leaves_what_takes_thought_to_the_desk(teacher: Teacher) -> None:
    teacher.go_to("K13")

    offered = set(acts_of(teacher.board()))

    assert {"open", "back", "pause", "wrap_up"} <= offered
    assert not offered & {"end", "goto", "reopen", "small", "whole", "void"}


def test_a_board_with_the_desk_has_acts_and_no_script(teacher: Teacher) -> None:
    teacher.act("next")

    board = teacher.board()

    assert "next" in acts_of(board)
    assert board.one("[data-key=forward]")["value"] == "next"
    activity = teacher.view.activity
    assert activity is not None
    assert not board.all(".say, .moment, .zone, meter")
    first_words = activity.say["nl"].split(".")[0].split(">")[-1]
    assert first_words not in board.response.text


def test_no_key_acts_while_a_question_is_open(teacher: Teacher) -> None:
    for question in ("K13", "N06"):
        teacher.go_to(question)
        teacher.act("open")
        board = teacher.board()
        assert not board.all("[data-key=forward], [data-key=back]")
        assert "close" in acts_of(board)
        teacher.act("close", sure="1")


def test_closing_a_poll_from_the_board_asks_first(teacher: Teacher) -> None:
    teacher.go_to("N06")
    teacher.act("open")

    asked = teacher.act("close", back="board")

    assert teacher.view.phase is Phase.OPEN
    assert asked.response.request.path.endswith(f"/board/{teacher.view.join_code}")
    assert asked.one("details[open] button[value=close]")


def test_an_open_question_has_options_in_words_and_nothing_of_an_answer(teacher: Teacher) -> None:
    students = teacher.students
    students.join(10)
    teacher.go_to("K12")
    teacher.act("open")
    before = stranger(teacher)
    students.answer(*[2] * 10)

    after = stranger(teacher)

    assert len(after.all(".board-options li")) == 5
    assert not after.all(".strip, meter")
    assert before.response.data == after.response.data


def test_between_two_rounds_the_board_holds_nothing_of_the_first(teacher: Teacher) -> None:
    students = teacher.students
    students.join(10)
    teacher.go_to("K12")
    teacher.act("open")
    students.answer(*[0] * 10)
    teacher.act("close")
    teacher.act("discuss")

    board = stranger(teacher)

    assert not board.all(".strip, .board-options, .board-right")
    question = teacher.view.question
    assert question is not None
    assert not any(option.text["nl"] in board.text for option in question.options)


def test_the_right_answer_is_marked_by_word_and_icon(teacher: Teacher) -> None:
    teacher.go_to("K13")
    teacher.act("open")
    teacher.act("close")
    teacher.act("show")
    assert not stranger(teacher).all(".board-right")
    teacher.act("explain")

    right = stranger(teacher).one(".board-right")

    question = teacher.view.question
    assert question is not None
    assert question.right_position is not None
    assert words(right) == f"Juist {question.options[question.right_position].text['nl']}"
    assert right.select("svg")


def test_a_benchmark_shows_the_figure_with_its_source_and_not_the_class(teacher: Teacher) -> None:
    teacher.students.join(20)
    teacher.go_to("N05")
    assert "Bij deze vraag tonen we jullie klas niet." in stranger(teacher).text
    teacher.act("open")
    teacher.act("show")

    board = stranger(teacher)

    assert "Thorn, 2024" in board.text
    assert not board.all(".strip")


def test_the_door_is_on_every_screen_until_the_end(teacher: Teacher) -> None:
    code = teacher.view.join_code
    spoken = f"{code[:5]} {code[5:]}"
    for _ in range(teacher.view.steps):
        board = stranger(teacher)
        assert spoken in board.text
        # It may break at its dots.
        assert "lesson. example. be" in board.text
        assert board.all(f'img[src="/j/{code}.svg"]')
        teacher.act("next")


def test_the_lobby_invites_in_each_language(teacher: Teacher) -> None:
    languages = [tag["lang"] for tag in stranger(teacher).all(".lobby__invitations li")]

    assert languages == ["nl", "fr"]


def test_on_loopback_the_board_says_so(app: Flask, teacher: Teacher) -> None:
    here = Browse(app, "http://localhost:8000")
    code = teacher.view.join_code

    assert "make run HOST=0.0.0.0" in here.get(f"/nl/board/{code}").text
    assert "make run HOST=0.0.0.0" not in stranger(teacher).text


def test_the_end_has_three_sentences_and_help(teacher: Teacher) -> None:
    teacher.act("end", sure="1")

    board = stranger(teacher)

    assert len(board.all(".board-home li")) == 3
    assert "Child Focus" in board.text
    assert "Els Peeters, lokaal 12" in board.text


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_an_unknown_code_has_no_board(browse: Browse, language: str) -> None:
    assert browse.get(f"/{language}/board/BABABBABA").status == 404


def test_guessing_codes_on_the_board_is_paced_but_the_desk_is_not(teacher: Teacher) -> None:
    guesser = teacher.browse.another()
    for _ in range(120):
        guesser.client.get("/nl/board/BABABBABA", base_url=guesser.base)

    assert guesser.get(f"/nl/board/{teacher.view.join_code}").status == 429
    assert teacher.board().status == 200


def test_the_last_minute_has_three_sentences_and_the_helper_first(teacher: Teacher) -> None:
    teacher.act("next")
    teacher.act("wrap_up")

    board = stranger(teacher)

    assert len(board.all(".board-home li")) == 3
    assert words(board.all(".board-help__lines li")[0]) == "Els Peeters, lokaal 12"


def test_a_small_group_sees_options_then_why_and_what_to_talk_about(teacher: Teacher) -> None:
    teacher.students.join(5)
    teacher.act("small")
    assert "Kleine groep" in words(stranger(teacher).one(".lobby__group"))
    teacher.go_to("K13")
    assert "Er wordt niets verstuurd." in stranger(teacher).text
    teacher.act("open")

    opened = stranger(teacher)
    teacher.act("explain")
    explained = stranger(teacher)

    assert opened.all(".board-options li")
    assert words(opened.one(".board-line")) == "Kies voor jezelf; er wordt niets verstuurd."
    question = teacher.view.question
    assert question is not None
    assert explained.one(".board-right")
    assert " ".join(question.discuss["nl"].split()) in explained.text
    assert not explained.all(".strip")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_cards_of_a_talk_are_all_on_one_screen(app: Flask, language: str) -> None:
    with app.app_context():
        module = current_content().modules[ModuleId("m2")]
    classroom: Classroom = app.extensions["classroom"]
    talks = [step for step in module.activities if step.deck]
    assert talks
    for talk in talks:
        started = classroom.start(module, language, None)
        step = module.activities.index(talk) + 1
        classroom.steer(started.public_id, Act.GOTO, 1, step)

        board = Browse(app).get(f"/{language}/board/{started.join_code}")

        assert talk.deck is not None
        shown = [words(card) for card in board.all(".board-cards__card")]
        assert shown == [" ".join(card.split()) for card in talk.deck.texts(language)]


def test_a_lesson_that_is_only_prepared_has_no_board(app: Flask) -> None:
    with app.app_context():
        module = current_content().modules[ModuleId("m4")]
    classroom: Classroom = app.extensions["classroom"]
    prepared = classroom.prepare(module, "nl", "Els, lokaal 12")
    browse = Browse(app)

    assert not classroom.by_id(prepared.public_id).join_code
    assert browse.get("/nl/board/").status == 404
    assert browse.get(f"/nl/board/{prepared.public_id}").status == 404


@pytest.mark.parametrize(("language", "mark"), [("nl", "PROEFLES"), ("fr", "RÉPÉTITION")])
def test_the_board_of_a_rehearsal_is_marked(app: Flask, language: str, mark: str) -> None:
    with app.app_context():
        module = current_content().modules[ModuleId("m4")]
    classroom: Classroom = app.extensions["classroom"]
    started = classroom.rehearse(module, language)

    assert mark in Browse(app).get(f"/{language}/board/{started.join_code}").text
