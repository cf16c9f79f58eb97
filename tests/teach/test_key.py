"""The lesson key: it opens the desk on another device, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.teach.conftest import GATE, notes_of

if TYPE_CHECKING:
    from tests.browse import Browse
    from tests.teach.conftest import Teacher


def test_the_key_opens_the_desk_on_another_device_in_any_spelling(teacher: Teacher) -> None:
    phone = teacher.browse.another()
    typed = f" {teacher.lesson_key[:4].lower()}-{teacher.lesson_key[4:8]} {teacher.lesson_key[8:]}"

    answer = phone.post("/fr/desk", {"lesson_key": typed})

    assert answer.status == 303
    assert phone.get(answer.location).status == 200


def test_a_wrong_key_is_kept_and_explained(browse: Browse) -> None:
    page = browse.post("/nl/desk", {"lesson_key": "ABCD EFGH JKMN"})

    assert page.status == 403
    assert page.one("[name=lesson_key]")["value"] == "ABCD EFGH JKMN"
    assert "Geen enkele les heeft deze sleutel." in notes_of(page)
    assert "Set-Cookie" not in page.response.headers


def test_an_empty_key_is_asked_for(browse: Browse) -> None:
    page = browse.post("/nl/desk", {"lesson_key": ""})

    assert page.status == 422
    assert page.one(".error-summary a")["href"] == "#lesson_key"


def test_wrong_keys_are_paced_and_what_was_typed_is_kept(teacher: Teacher) -> None:
    thief = teacher.browse.another()
    for _ in range(20):
        assert thief.post("/nl/desk", {"lesson_key": "ABCDEFGHJKMN"}).status == 403

    page = thief.post("/nl/desk", {"lesson_key": "ABCDEFGHJKMN"})

    assert page.status == 429
    assert int(page.response.headers["Retry-After"]) > 0
    assert page.one("[name=lesson_key]")["value"] == "ABCDEFGHJKMN"


def test_whoever_tries_keys_does_not_keep_the_teacher_out(teacher: Teacher) -> None:
    thief = teacher.browse.another()
    for _ in range(25):
        thief.post("/nl/desk", {"lesson_key": "ABCDEFGHJKMN"})

    assert thief.post("/nl/desk", {"lesson_key": teacher.lesson_key}).status == 303


def test_a_browser_without_the_key_gets_the_key_form_and_no_desk(teacher: Teacher) -> None:
    stranger = teacher.browse.another()

    page = stranger.get(teacher.address)

    assert page.status == 403
    assert page.one("[name=lesson_key]")
    assert not page.all("button[name=act]")


def test_without_the_key_nothing_of_the_desk_answers(teacher: Teacher) -> None:
    stranger = teacher.browse.another()
    version = teacher.view.version

    act = stranger.post(f"{teacher.address}/act", {"act": "next", "version": str(version)})

    assert act.status == 403
    assert stranger.get(f"{teacher.address}/progress").status == 403
    assert stranger.get(f"{teacher.address}/sheet").status == 403
    assert teacher.view.version == version


def test_the_desk_of_another_lesson_stays_closed(teacher: Teacher, browse: Browse) -> None:
    answer = browse.post("/nl/desk", {"lesson_key": teacher.lesson_key})
    other = "000000000000"

    assert answer.status == 303
    assert browse.get(f"/nl/desk/{other}").status == 404


def test_the_lobby_shows_the_key_and_no_other_step_does(teacher: Teacher) -> None:
    grouped = " ".join(teacher.lesson_key[start : start + 4] for start in (0, 4, 8))

    lobby = teacher.desk()
    later = teacher.act("next")

    assert grouped in lobby.text
    assert lobby.one(".lesson-key").get("open") is None
    assert grouped not in later.text
    assert teacher.lesson_key not in later.response.text


def test_no_page_that_a_student_sees_holds_the_key(teacher: Teacher) -> None:
    student = teacher.browse.another()
    code = teacher.view.join_code
    student.post("/nl/join", {"code": code})
    grouped = " ".join(teacher.lesson_key[start : start + 4] for start in (0, 4, 8))

    for address in (f"/nl/class/{code}", f"/nl/board/{code}", f"/state/{teacher.public_id}"):
        text = student.get(address).response.text
        assert teacher.lesson_key not in text
        assert grouped not in text


@pytest.mark.parametrize(
    ("language", "where"), [("nl", "op de noodkopie"), ("fr", "sur la copie de secours")]
)
def test_the_key_page_says_where_the_key_is(browse: Browse, language: str, where: str) -> None:
    assert where in browse.get(f"/{language}/desk").text


def test_the_key_of_a_prepared_lesson_opens_its_page_on_another_device(browse: Browse) -> None:
    answer = browse.post("/nl/start/m4", {**GATE, "go": "later"})
    public_id = answer.location.rsplit("/", 1)[-1]
    cookie = browse.client.get_cookie(f"__Host-desk-{public_id}", "lesson.example.be")
    assert cookie is not None

    phone = browse.another()
    opened = phone.post("/fr/desk", {"lesson_key": str(cookie.value)}, follow=True)

    assert opened.status == 200
    assert opened.one("form[action$='/open']")
