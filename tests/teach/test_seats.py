"""The desk where not everybody has a device: numbers, the code for a device, slips."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from eduapp.privacy.parameters import DECLARED_MAX
from tests.browse import words

if TYPE_CHECKING:
    from tests.browse import Seen
    from tests.teach.conftest import NewTeacher, Teacher


def declare(teacher: Teacher, shared: str, paper: str) -> Seen:
    sent = {"shared": shared, "paper": paper, "version": str(teacher.view.version), "own": "1"}
    return teacher.browse.post(f"{teacher.address}/seats", sent)


def count(teacher: Teacher, **slips: str) -> Seen:
    sent = {"round": teacher.view.round_token or "", "own": "1", **slips}
    return teacher.browse.post(f"{teacher.address}/slips", sent)


def main(seen: Seen) -> str:
    return " ".join(words(tag) for tag in seen.all("main"))


@pytest.fixture
def teacher(new_teacher: NewTeacher) -> Teacher:
    return new_teacher()


def test_the_numbers_are_set_and_every_screen_shows_their_sum(teacher: Teacher) -> None:
    answer = declare(teacher, "12", "4")

    assert (answer.status, answer.location) == (303, f"{teacher.address}?own=1#seats")
    assert "16 doen mee" in main(teacher.desk())
    assert "16 doen mee" in main(teacher.board())
    assert teacher.desk().all("main [data-follow-more]")[0]["data-follow-more"] == "16"


@pytest.mark.parametrize(
    ("shared", "paper", "problem"),
    [
        ("", "2", "Schrijf een getal; 0 mag ook."),
        ("-1", "2", f"Schrijf een getal van 0 tot {DECLARED_MAX}."),
        ("2", "1201", f"Schrijf een getal van 0 tot {DECLARED_MAX}."),
        ("1e3", "2", "Geef een heel getal."),
    ],
)
def test_a_number_that_is_none_is_said_and_what_was_typed_stays(
    teacher: Teacher, shared: str, paper: str, problem: str
) -> None:
    answer = declare(teacher, shared, paper)

    assert answer.status == 422
    assert words(answer.all("[role=alert]")[0]).endswith(problem)
    assert [tag["value"] for tag in answer.all("#seats input[type=number]")] == [shared, paper]
    assert teacher.view.seats == 0


def test_the_code_for_a_device_stands_only_on_a_screen_that_is_not_on_the_board(
    teacher: Teacher,
) -> None:
    declare(teacher, "12", "0")

    answer = teacher.browse.post(f"{teacher.address}/pass", {"own": "1"})
    own = teacher.desk()
    mirrored = teacher.browse.get(teacher.address)

    assert answer.status == 303
    letters = words(own.all(".seats__code strong")[0])
    assert re.fullmatch("[A-Z]{4}", letters)
    assert letters not in main(mirrored)


def test_without_declared_seats_no_device_is_asked_whether_it_goes_round(teacher: Teacher) -> None:
    code = teacher.view.join_code

    answer = teacher.browse.get(f"/nl/class/{code}/share")

    assert (answer.status, answer.location) == (303, f"/nl/class/{code}")


def test_slips_are_counted_and_never_shown_again(teacher: Teacher) -> None:
    declare(teacher, "0", "6")
    teacher.go_to("K13")
    teacher.act("open")
    before = teacher.desk()

    answer = count(teacher, slips_A="1", slips_B="3")
    after = teacher.desk()

    assert [tag["name"][-1] for tag in before.all(".slips input[type=number]")] == list("ABCDE")
    assert answer.status == 303
    assert "De briefjes zijn geteld." in main(after)
    assert {tag.get("value") for tag in after.all(".slips input[type=number]")} <= {None, ""}
    teacher.wait_for_progress()
    assert "4 van de 6 hebben geantwoord." in main(teacher.desk())


@pytest.mark.parametrize(
    ("slips", "problem"),
    [
        ({"slips_A": "4", "slips_B": "3"}, "Samen zijn dit 7 briefjes, en 6 leerlingen"),
        ({"slips_A": "-1"}, "Schrijf een getal vanaf 0."),
        ({"slips_B": "drie"}, "Geef een heel getal."),
    ],
)
def test_slips_that_cannot_be_are_said_and_what_was_typed_stays(
    teacher: Teacher, slips: dict[str, str], problem: str
) -> None:
    declare(teacher, "0", "6")
    teacher.go_to("K13")
    teacher.act("open")

    answer = count(teacher, **slips)

    assert answer.status == 422
    assert problem in words(answer.all("[role=alert]")[0])
    typed = {tag["name"]: tag["value"] for tag in answer.all(".slips input") if tag.get("value")}
    assert slips.items() <= typed.items()


def test_slips_are_not_asked_for_where_the_class_may_see_the_desk(teacher: Teacher) -> None:
    declare(teacher, "0", "6")
    teacher.go_to("K13")
    teacher.act("open")

    assert teacher.browse.get(teacher.address).all(".slips") == []
    assert len(teacher.desk().all(".slips")) == 1


def test_slips_of_a_closed_question_change_nothing(teacher: Teacher) -> None:
    declare(teacher, "0", "6")
    teacher.go_to("K13")
    teacher.act("open")
    token = teacher.view.round_token or ""
    teacher.act("close")

    answer = count(teacher, round=token, slips_A="6")

    assert (answer.status, "late=1" in answer.location) == (303, True)


def test_the_board_shows_letters_only_where_somebody_answers_with_them(
    new_teacher: NewTeacher,
) -> None:
    with_paper, without = new_teacher(), new_teacher()
    declare(with_paper, "0", "6")
    for teacher in (with_paper, without):
        teacher.go_to("K13")
        teacher.act("open")

    seen = [teacher.board().all(".board-options__letter") for teacher in (with_paper, without)]

    assert [words(tag) for tag in seen[0]] == list("ABCDE")
    assert seen[1] == []


def test_a_browser_that_goes_back_to_a_form_finds_the_desk(teacher: Teacher) -> None:
    places = [teacher.browse.get(f"{teacher.address}/{form}") for form in ("seats", "slips")]

    assert {(place.status, place.location) for place in places} == {(302, teacher.address)}


def test_who_holds_no_desk_changes_nothing(teacher: Teacher, new_teacher: NewTeacher) -> None:
    stranger = new_teacher().browse

    answers = [
        stranger.post(f"{teacher.address}/{form}", {"shared": "9", "paper": "9", "version": "1"})
        for form in ("seats", "pass", "slips")
    ]

    assert {answer.status for answer in answers} == {403}
    assert teacher.view.seats == 0
