"""From the desk: when a lesson disappears, and what is kept of this class."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from eduapp.classroom.phases import Act
from tests.browse import words

if TYPE_CHECKING:
    from tests.browse import Seen
    from tests.teach.conftest import NewTeacher, Teacher


def kept(teacher: Teacher) -> Seen:
    return teacher.browse.get(f"{teacher.address}/kept")


def ask(teacher: Teacher, ballots: int) -> str:
    """Open the first question of the lesson, let so many answer, close it; return its text."""
    students = teacher.students
    students.join(24)
    while teacher.view.question is None:
        teacher.act("next")
    teacher.act("open")
    students.answer(*[0, 1] * (ballots // 2))
    teacher.act("close", sure="1")
    question = teacher.view.question
    assert question is not None
    return question.text[teacher.language]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_rows_of_the_class_stand_there_in_plain_words(
    new_teacher: NewTeacher, language: str
) -> None:
    teacher = new_teacher(language)

    seen = kept(teacher)

    lines = {words(tag.dt): words(tag.select("dd")[-1]) for tag in seen.all(".kept-column")}  # type: ignore[arg-type]
    assert lines["helper"] == "Els Peeters, lokaal 12"
    assert lines["public_id"] == teacher.public_id
    assert lines["join_code"] == teacher.view.join_code
    assert lines["desk_key_hash"] == lines["id"]
    hashed = teacher.classroom._registry.by_id(teacher.public_id).desk_key_hash
    assert hashed not in seen.text


def test_a_closed_question_shows_nothing_before_its_result_does(new_teacher: NewTeacher) -> None:
    pages = []
    for ballots in (4, 10, 24):
        teacher = new_teacher()
        ask(teacher, ballots)
        pages.append(words(kept(teacher).one("section[aria-labelledby=questions]")))

    assert len(set(pages)) == 1
    assert "pas als het resultaat op het bord was" in pages[0]


def test_once_shown_it_has_the_strips_of_the_board(teacher: Teacher) -> None:
    question = ask(teacher, 24)
    teacher.act("show")

    seen = kept(teacher)

    assert question in seen.text
    strips = [words(tag) for tag in seen.all(".result__words")]
    assert strips == [words(tag) for tag in teacher.board().all(".result__words")]
    assert strips


def test_only_who_holds_the_desk_may_read_it(teacher: Teacher) -> None:
    other = teacher.browse.another()

    assert other.get(f"{teacher.address}/kept").status == 403
    assert other.get("/nl/desk/000000000000/kept").status == 404


def test_the_desk_leads_to_it_in_a_tab_of_its_own(teacher: Teacher) -> None:
    link = teacher.browse.get(teacher.address).one(".desk__kept a")

    assert (link["href"], link["target"]) == (f"{teacher.address}/kept", "_blank")


@pytest.mark.parametrize(
    ("language", "days", "words_"),
    [("nl", 1, "verdwijnt morgen om middernacht, op het einde van"), ("nl", 0, "vannacht"),
     ("fr", 1, "disparaît demain à minuit, à la fin du"), ("fr", 0, "ce soir à minuit")],
)  # fmt: skip
def test_the_desk_says_when_the_lesson_disappears_from_the_lobby_to_the_end(
    new_teacher: NewTeacher, language: str, days: int, words_: str
) -> None:
    teacher = new_teacher(language)
    live = teacher.classroom._registry.by_id(teacher.public_id)
    live.delete_on = teacher.classroom.today + dt.timedelta(days=days + 1)
    live.view = None

    said = [words(teacher.browse.get(teacher.address).one(".desk__kept"))]
    teacher.act("next")
    said.append(words(teacher.browse.get(teacher.address).one(".desk__kept")))
    said.append(words(kept(teacher).one(".note")))
    teacher.act("end", sure="1")
    ended = teacher.browse.get(teacher.address)
    said.append(words(ended.one("main .note")))

    assert all(words_ in each for each in said), said
    assert f"{teacher.address}/kept" in {str(a["href"]) for a in ended.all("main a")}


def test_a_rehearsal_says_that_it_is_kept_nowhere(teacher: Teacher) -> None:
    started = teacher.browse.post("/nl/rehearse/m4")
    public_id = started.location.rsplit("/", 1)[-1]

    desk = teacher.browse.get(f"/nl/desk/{public_id}")

    assert "nergens bewaard" in words(desk.one(".desk__kept"))
    assert teacher.browse.get(f"/nl/desk/{public_id}/kept").status == 200


def test_after_a_crash_the_desk_says_so_and_asks_again(teacher: Teacher) -> None:
    students = teacher.students
    students.join(9)
    while Act.OPEN not in teacher.view.acts:
        teacher.act("next")
    live = teacher.classroom._registry.by_id(teacher.public_id)
    question = teacher.view.question
    assert question is not None
    live.interrupted, live.view = question.id, None

    desk = teacher.desk()

    assert "De site viel uit" in words(desk.one(".desk__state"))
    assert "Opnieuw vragen" in [words(button) for button in desk.all("button[name=act]")]
    teacher.act("open")
    assert "De site viel uit" not in teacher.desk().text
