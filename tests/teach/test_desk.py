"""The desk: what it offers in each state, and that an act happens once or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Phase
from tests.browse import words
from tests.teach.conftest import acts_of, notes_of

if TYPE_CHECKING:
    from tests.teach.conftest import NewTeacher, Teacher

LATE = "Dat was al gebeurd, of het kan nu niet. Hier staat de klas nu."


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_whole_lesson_can_be_stepped_through(new_teacher: NewTeacher, language: str) -> None:
    teacher = new_teacher(language)

    desk = teacher.desk()
    for step in range(1, teacher.view.steps + 1):
        desk = teacher.act("next")
        assert desk.status == 200
        assert teacher.view.step == step
        assert teacher.view.activity is not None
        assert desk.h1 == " ".join(teacher.view.activity.title[language].split())
        assert teacher.board().status == 200

    assert acts_of(desk)[0] == "end"


def test_a_quiz_question_with_two_rounds(teacher: Teacher) -> None:
    students = teacher.students
    students.join(10)
    teacher.go_to("K12")

    assert teacher.offers()[0] == "open"
    teacher.act("open")
    students.answer(*[0] * 10)
    assert teacher.offers()[0] == "close"
    closed = teacher.act("close")

    assert "hebben het juist" in words(closed.one(".zone"))
    assert {"show", "discuss"} <= set(acts_of(closed))
    assert "hebben het juist" not in teacher.board().text

    teacher.act("discuss")
    assert teacher.view.phase is Phase.DISCUSS
    teacher.act("open")
    students.answer(*[2] * 10)
    closed = teacher.act("close")
    assert not closed.all(".zone")
    assert "discuss" not in acts_of(closed)

    shown = teacher.act("show")
    assert acts_of(shown)[0] == "explain"
    assert len(teacher.board().all(".result__round .strip")) == 2 * 5
    explained = teacher.act("explain")
    assert acts_of(explained)[0] == "next"


def test_the_zone_is_not_on_a_screen_that_may_be_mirrored(teacher: Teacher) -> None:
    students = teacher.students
    students.join(10)
    teacher.go_to("K12")
    teacher.act("open")
    students.answer(*[0] * 10)
    teacher.act("close")

    mirrored = teacher.browse.get(teacher.address)

    assert not mirrored.all(".zone, .say, .moment")
    assert mirrored.one(".own")
    assert {"show", "discuss"} <= set(acts_of(mirrored))


def test_closing_a_poll_question_asks_once(teacher: Teacher) -> None:
    teacher.students.join(12)
    teacher.go_to("N06")
    teacher.act("open")

    asked = teacher.act("close")

    assert teacher.view.phase is Phase.OPEN
    assert asked.one("details[open]:has(button[value=close]) [name=sure][value='1']")
    closed = teacher.act("close", sure="1")
    assert acts_of(closed)[0] == "show"


def test_ending_asks_once_and_shows_the_sheet(teacher: Teacher) -> None:
    teacher.act("next")

    asked = teacher.act("end")
    assert asked.one("details[open] button[value=end]")
    ended = teacher.act("end", sure="1")

    assert ended.h1 == "De les is afgerond"
    assert "Deze les verdwijnt om middernacht" in notes_of(ended)
    assert ended.all(f'a[href="{teacher.address}/sheet"]')


def test_a_poll_question_from_start_to_end(teacher: Teacher) -> None:
    students = teacher.students
    students.join(14)
    teacher.go_to("N06")
    teacher.act("open")
    students.answer(*[0, 1] * 7)
    teacher.act("close", sure="1")

    shown = teacher.act("show")

    assert acts_of(shown)[0] == "explain"
    board = teacher.board()
    assert len(board.all(".result .strip")) == 5
    assert "We zoeken niet wie wat koos." in board.text
    assert not shown.all(".strip")


def test_too_few_answers_are_a_sentence(teacher: Teacher) -> None:
    students = teacher.students
    students.join(9)
    teacher.go_to("N06")
    teacher.act("open")
    students.answer(*[0] * 9)
    teacher.act("close", sure="1")
    teacher.act("show")

    board = teacher.board()

    assert "9 antwoorden. We tonen een resultaat vanaf 12." in board.text
    assert not board.all(".strip")


def test_a_stale_act_changes_nothing_and_says_so(teacher: Teacher) -> None:
    first = teacher.view.version
    teacher.act("next")
    now = teacher.view.version

    desk = teacher.act("next", version=first)

    assert teacher.view.version == now
    assert LATE in notes_of(desk)
    assert LATE not in notes_of(teacher.desk())


def test_a_doubled_act_happens_once(teacher: Teacher) -> None:
    version = teacher.view.version

    teacher.act("next", version=version)
    teacher.act("next", version=version)

    assert teacher.view.step == 1


def test_an_impossible_act_changes_nothing(teacher: Teacher) -> None:
    version = teacher.view.version

    desk = teacher.act("show")

    assert teacher.view.version == version
    assert LATE in notes_of(desk)


@pytest.mark.parametrize(
    "form",
    [
        {"act": "dance", "version": "1"},
        {"act": "next"},
        {"act": "next", "version": "-1"},
        {"act": "next", "version": "²"},
        {"act": "next", "version": "1", "back": "elsewhere"},
        {"version": "1"},
    ],
)
def test_a_form_that_is_not_ours_is_refused(teacher: Teacher, form: dict[str, str]) -> None:
    assert teacher.browse.post(f"{teacher.address}/act", form).status == 400


def test_every_act_form_carries_the_version(teacher: Teacher) -> None:
    teacher.go_to("K12")
    teacher.act("open")

    desk = teacher.desk()
    versions = [str(tag["value"]) for tag in desk.all("form[action$='/act'] [name=version]")]

    assert len(versions) == len(desk.all("form[action$='/act']"))
    assert set(versions) == {str(teacher.view.version)}


def test_progress_is_exact_for_a_quiz_and_in_quarters_for_a_poll(teacher: Teacher) -> None:
    students = teacher.students
    students.join(20)
    teacher.go_to("K13")
    teacher.act("open")
    students.answer(*[0] * 3)
    teacher.wait_for_progress()
    quiz = json.loads(teacher.browse.get(f"{teacher.address}/progress").response.text)
    teacher.act("close")
    teacher.go_to("N06")
    teacher.act("open")
    students.answer(*[0] * 11)
    teacher.wait_for_progress()
    poll = json.loads(teacher.browse.get(f"{teacher.address}/progress").response.text)

    assert quiz["text"].startswith("3 van de 20 toestellen hebben geantwoord.")
    assert quiz["enough"] is False
    assert poll["text"].startswith("De helft heeft geantwoord.")
    assert poll["fraction"] == 0.5
    assert poll["version"] == teacher.view.version


def test_voiding_is_offered_only_under_the_minimum(teacher: Teacher) -> None:
    students = teacher.students
    students.join(8)
    teacher.go_to("K13")
    few = teacher.act("open")
    students.answer(*[0] * 8)
    teacher.wait_for_progress()

    enough = teacher.desk()

    assert few.one("[data-progress=void]").get("hidden") is None
    assert enough.one("[data-progress=void]").get("hidden") is not None


def test_a_voided_question_can_be_asked_again(teacher: Teacher) -> None:
    teacher.students.join(8)
    teacher.go_to("K13")
    teacher.act("open")

    again = teacher.act("void")

    assert acts_of(again)[0] == "open"


def test_a_pause_opens_the_card_and_only_goes_on_or_ends(teacher: Teacher) -> None:
    teacher.go_to("K13")
    teacher.act("open")

    paused = teacher.act("pause")

    assert "Een leerling is aangedaan" in words(paused.one(".moment--now[open]"))
    assert acts_of(paused)[0] == "resume"
    assert "Even pauze. We gaan zo verder." in teacher.board().text
    teacher.act("resume")
    assert teacher.view.phase is Phase.OPEN


@pytest.mark.parametrize(
    ("devices", "sentence"),
    [
        (7, "7 toestellen: quizresultaten vanaf 8, peilingresultaten vanaf 12"),
        (8, "8 toestellen: quizresultaten wel, peilingresultaten vanaf 12"),
        (11, "11 toestellen: quizresultaten wel, peilingresultaten vanaf 12"),
        (12, "12 toestellen: quizresultaten en peilingresultaten"),
    ],
)
def test_the_lobby_says_what_a_group_of_this_size_will_see(
    teacher: Teacher, devices: int, sentence: str
) -> None:
    teacher.students.join(devices)

    assert words(teacher.desk().one("[data-group]")) == sentence


def test_the_desk_can_make_room_for_a_larger_group(teacher: Teacher) -> None:
    teacher.act("room", places="120")
    assert teacher.view.places == 120

    teacher.act("room", places="5000")
    assert teacher.view.places == 120


def test_the_sheet_lists_what_was_done_and_no_result(teacher: Teacher) -> None:
    students = teacher.students
    students.join(12)
    teacher.go_to("K13")
    teacher.act("open")
    students.answer(*[1] * 12)
    teacher.act("close")
    teacher.act("show")

    sheet = teacher.browse.get(f"{teacher.address}/sheet")

    assert len(sheet.all(".sheet__list--done li")) == teacher.view.step
    assert not sheet.all(".strip, meter")
    assert "12" not in words(sheet.one(".sheet__list--done"))


def test_the_cards_of_a_step_are_one_line_each_in_plain_words(new_teacher: NewTeacher) -> None:
    teacher = new_teacher("fr")
    teacher.go_to("N06")

    titles = [words(tag) for tag in teacher.desk().all(".moment > summary")]

    assert len(titles) > 3
    assert not any("&" in title or "<" in title for title in titles)
