"""Signing in: slow for who guesses, never locked for a colleague, over at midnight."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest

from eduapp import app as wiring
from eduapp.accounts import passwords
from eduapp.accounts.roles import Role
from tests.browse import Browse
from tests.conftest import a_config
from tests.school.staff import PASSWORD, Person, a_person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from config import Config
    from tests.browse import Seen
    from tests.school.conftest import Hands

HALF_MINUTE = 30


def attempt(browse: Browse, name: str, password: str) -> Seen:
    return browse.post("/nl/sign-in", {"sign_in_name": name, "password": password})


def test_a_teacher_signs_in_and_comes_to_own_lessons(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)
    other = Browse(app)

    seen = attempt(other, teacher.sign_in_name.upper(), PASSWORD)

    assert (seen.status, seen.location) == (303, "/nl/lessons")
    assert other.get("/nl/lessons").h1 == "Mijn lessen"


def test_who_is_signed_in_is_not_asked_again(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)

    assert teacher.browse.get("/nl/sign-in").location == "/nl/lessons"


def test_a_wrong_name_and_a_wrong_password_look_the_same(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)

    wrong = attempt(Browse(app), teacher.sign_in_name, "vier losse woorden")
    unknown = attempt(Browse(app), "nobody.at.all", "vier losse woorden")

    assert wrong.status == unknown.status == 403
    assert wrong.text.replace(teacher.sign_in_name, "") == unknown.text.replace("nobody.at.all", "")


def test_who_wanted_a_page_gets_there_after_signing_in(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)
    other = Browse(app)
    asked = other.get("/nl/lessons/plan")
    assert asked.location == "/nl/sign-in?back=/nl/lessons/plan"

    form = {"sign_in_name": teacher.sign_in_name, "password": PASSWORD}
    seen = other.post("/nl/sign-in", form | {"back": "/nl/lessons/plan"})

    assert seen.location == "/nl/lessons/plan"


@pytest.mark.parametrize(
    "back",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "/nl/help", "/nope"],
)
def test_nobody_is_sent_elsewhere_after_signing_in(app: Flask, back: str) -> None:
    teacher = a_person(app, Role.TEACHER)
    form = {"sign_in_name": teacher.sign_in_name, "password": PASSWORD, "back": back}

    assert Browse(app).post("/nl/sign-in", form).location == "/nl/lessons"


def test_a_sign_in_ends_at_midnight(app: Flask, hands: Hands) -> None:
    teacher = a_person(app, Role.TEACHER)

    hands.day += dt.timedelta(days=1)

    assert "/sign-in" in teacher.browse.get("/nl/lessons").location


def test_signing_out_ends_it_also_for_who_copied_the_cookie(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)
    thief = Browse(app)
    token = teacher.browse.client.get_cookie("__Host-staff", "lesson.example.be")
    assert token is not None
    thief.client.set_cookie("__Host-staff", token.value, domain="lesson.example.be", secure=True)
    assert thief.get("/nl/lessons").status == 200

    teacher.browse.post("/nl/sign-out", {})

    assert "/sign-in" in thief.get("/nl/lessons").location


def test_guessing_is_paced_and_waiting_helps(app: Flask, hands: Hands) -> None:
    teacher = a_person(app, Role.TEACHER)
    guesser = Browse(app)
    statuses = [
        attempt(guesser, teacher.sign_in_name, f"gok nummer {number} xyz").status
        for number in range(11)
    ]
    assert statuses == [403] * 10 + [429]

    hands.seconds += 61

    assert attempt(guesser, teacher.sign_in_name, PASSWORD).status == 303


def test_who_guesses_at_a_colleague_does_not_lock_that_colleague_out(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)
    guesser = Browse(app)
    for number in range(60):
        attempt(guesser, teacher.sign_in_name, f"gok nummer {number} xyz")
    assert attempt(guesser, teacher.sign_in_name, PASSWORD).status == 429
    teacher.browse.post("/nl/sign-out", {})

    assert attempt(teacher.browse, teacher.sign_in_name, PASSWORD).status == 303


def test_another_name_at_the_same_school_address_is_not_slowed_down(app: Flask) -> None:
    teacher, colleague = a_person(app, Role.TEACHER), a_person(app, Role.TEACHER, name="Bo")
    guesser = Browse(app)
    for number in range(12):
        attempt(guesser, teacher.sign_in_name, f"gok nummer {number} xyz")

    assert attempt(Browse(app), colleague.sign_in_name, PASSWORD).status == 303


def test_the_code_of_an_app_works_once(app: Flask, hands: Hands) -> None:
    head = a_person(app, Role.HEAD)
    hands.seconds += HALF_MINUTE
    other, thief = Browse(app), Browse(app)
    head.sign_in(browse=other)
    attempt(thief, head.sign_in_name, PASSWORD)

    with pytest.raises(AssertionError):
        head.take_code(thief)
    with pytest.raises(AssertionError):
        head.take_code(thief, steps=-1)

    hands.seconds += HALF_MINUTE
    head.take_code(thief)


def test_the_secret_of_an_app_is_shown_until_its_first_code_and_never_again(
    app: Flask, hands: Hands
) -> None:
    head = a_person(app, Role.HEAD)
    hands.seconds += HALF_MINUTE
    other = Browse(app)
    attempt(other, head.sign_in_name, PASSWORD)

    assert other.get("/nl/sign-in/code").all(".school-secret") == []
    assert other.client.get("/sign-in/code.svg", base_url=other.base).status_code == 404


def test_codes_are_paced_for_the_person(app: Flask, hands: Hands) -> None:
    head = a_person(app, Role.HEAD)
    hands.seconds += HALF_MINUTE
    other = Browse(app)
    attempt(other, head.sign_in_name, PASSWORD)

    statuses = [other.post("/nl/sign-in/code", {"code": "000000"}).status for _ in range(11)]

    assert statuses == [403] * 10 + [429]


def test_a_phone_whose_clock_is_off_by_half_a_minute_works(app: Flask, hands: Hands) -> None:
    head = a_person(app, Role.HEAD)
    hands.seconds += 3 * HALF_MINUTE
    other = Browse(app)
    attempt(other, head.sign_in_name, PASSWORD)

    head.take_code(other, steps=1)

    assert other.get("/nl/school").status == 200


def test_another_password_signs_out_every_other_browser(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)
    other = Browse(app)
    teacher.sign_in(browse=other)

    form = {"password": PASSWORD, "new_password": "vier heel andere woorden"}
    seen = teacher.browse.post("/nl/account/password", form)

    assert seen.status == 303
    assert teacher.browse.get("/nl/account").status == 200
    assert "/sign-in" in other.get("/nl/account").location
    assert attempt(Browse(app), teacher.sign_in_name, PASSWORD).status == 403


@pytest.mark.parametrize(
    ("new", "status"),
    [
        ("kort", 422),
        ("aaaaaaaaaaaaaa", 422),
        ("password1234", 422),
        ("Ann is de beste", 303),
        ("atheneum12345", 422),
        ("ann.teacher.atheneum", 422),
        ("x" * 129, 422),
    ],
)
def test_a_password_that_others_would_guess_is_refused(app: Flask, new: str, status: int) -> None:
    teacher = a_person(app, Role.TEACHER)

    seen = teacher.browse.post("/nl/account/password", {"password": PASSWORD, "new_password": new})

    assert seen.status == status


def test_a_wrong_present_password_changes_nothing(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)
    form = {"password": "vier losse woorden", "new_password": "vier heel andere woorden"}

    assert teacher.browse.post("/nl/account/password", form).status == 403
    assert attempt(Browse(app), teacher.sign_in_name, PASSWORD).status == 303


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Flask]:
    config: Config = a_config(tmp_path, allow_plain_http=True)
    app = wiring.make_app(config)
    yield app
    app.extensions["urn_lock"].close()


def test_nobody_signs_in_over_an_unencrypted_network(plain: Flask) -> None:
    browse = Browse(plain, "http://192.168.1.20:8000")

    assert "zonder versleuteling" in browse.get("/nl/sign-in").text
    answer = browse.client.post(
        "/nl/sign-in",
        base_url=browse.base,
        data={"sign_in_name": "x", "password": "y"},
        headers={"Origin": browse.base},
        environ_overrides={"REMOTE_ADDR": "192.168.1.30"},
    )
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_at_most_two_passwords_are_worked_on_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE_SECONDS", 0.05)
    entered, leave = threading.Semaphore(0), threading.Event()

    def slow(*_arguments: object) -> bool:
        entered.release()
        return leave.wait(10)

    monkeypatch.setattr(type(passwords._hasher), "verify", slow)
    threads = [threading.Thread(target=passwords.fits, args=("x", "y")) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert entered.acquire(timeout=10)

    with pytest.raises(passwords.TooBusy):
        passwords.fits("x", "y")

    leave.set()
    for thread in threads:
        thread.join()


def test_a_stolen_database_opens_no_browser_and_no_link(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER)
    with app.extensions["database"].engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM sign_in").all()
    token = teacher.browse.client.get_cookie("__Host-staff", "lesson.example.be")

    assert token is not None
    assert rows
    assert all(token.value not in map(str, row) for row in rows)
    thief: Person = Person(Browse(app), teacher.sign_in_name)
    thief.browse.client.set_cookie(
        "__Host-staff", rows[0][0], domain="lesson.example.be", secure=True
    )
    assert "/sign-in" in thief.browse.get("/nl/lessons").location
