"""Invitations, new passwords, leaving and deleting: for one head, for two, for who moves."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from eduapp.accounts.models import InvitationRow, SchoolRow, StaffRow
from eduapp.accounts.roles import Role
from eduapp.classroom import school_sums
from eduapp.classroom.models import ClassSessionRow
from eduapp.commands import main
from tests.browse import Browse
from tests.school.staff import PASSWORD, Person, a_person, link_of

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from tests.browse import Seen
    from tests.school.conftest import Hands

DAYS = dt.timedelta(days=1)


def use(browse: Browse, link: str, name: str = "Bob", password: str = PASSWORD) -> Seen:
    form = {"name": name, "sign_in_name": name.lower(), "new_password": password}
    return browse.post(link, form)


def shown_link(seen: Seen) -> str:
    assert seen.status == 200, seen.text
    return "/nl/" + seen.one(".school-link").get_text().strip().split("/nl/")[1]


def number_of(head: Person, person: Person) -> str:
    row = next(
        row for row in head.browse.get("/nl/school/people").all("tbody tr")
        if person.sign_in_name in row.get_text()
    )  # fmt: skip
    return str(row.select("form")[0]["action"]).split("/")[-2]


@pytest.mark.parametrize(
    ("role", "first_page"), [("teacher", "/nl/lessons"), ("care", "/nl/school")]
)
def test_a_head_invites_a_colleague_by_link(app: Flask, role: str, first_page: str) -> None:
    head = a_person(app, Role.HEAD)
    link = shown_link(head.browse.post("/nl/school/people/invite", {"role": role}))
    assert Browse(app).get(link).status == 200

    seen = use(Browse(app), link)

    assert (seen.status, seen.location) == (303, first_page)
    assert "Bob" in head.browse.get("/nl/school/people").text


def test_an_invitation_works_once(app: Flask) -> None:
    link = link_of(app, "Atheneum", Role.TEACHER)
    use(Browse(app), link)

    seen = use(Browse(app), link, "Cas")

    assert seen.status == 410
    assert "werkt niet meer" in seen.h1


def test_an_invitation_works_for_seven_days(app: Flask, hands: Hands) -> None:
    link = link_of(app, "Atheneum", Role.TEACHER)
    hands.day += 7 * DAYS
    assert Browse(app).get(link).status == 200

    hands.day += DAYS

    assert Browse(app).get(link).status == 410
    assert use(Browse(app), link).status == 410


def test_an_invitation_that_was_withdrawn_works_no_more(app: Flask) -> None:
    head = a_person(app, Role.HEAD)
    link = shown_link(head.browse.post("/nl/school/people/invite", {"role": "teacher"}))
    page = head.browse.get("/nl/school/people")
    key = str(page.one('input[name="key"]')["value"])

    head.browse.post("/nl/school/people/withdraw", {"key": key})

    assert Browse(app).get(link).status == 410


def test_a_head_withdraws_nothing_of_another_school(app: Flask) -> None:
    head = a_person(app, Role.HEAD)
    link = link_of(app, "Elders", Role.TEACHER)
    with app.extensions["database"].reading() as tx:
        hashed = tx.scalars(select(InvitationRow.link_hash)).one()

    head.browse.post("/nl/school/people/withdraw", {"key": hashed[:12]})

    assert Browse(app).get(link).status == 200


def test_the_link_is_not_to_be_found_in_the_database(app: Flask) -> None:
    token = link_of(app, "Atheneum", Role.TEACHER).rsplit("/", 1)[1]
    with app.extensions["database"].reading() as tx:
        assert tx.scalars(select(InvitationRow.link_hash)).one() != token


def test_of_two_who_use_a_link_at_once_one_gets_in(app: Flask) -> None:
    link = link_of(app, "Atheneum", Role.TEACHER)
    first, second = Browse(app), Browse(app)
    first.get(link)
    second.get(link)

    assert [use(first, link).status, use(second, link, "Cas").status] == [303, 410]


def test_a_name_that_somebody_has_is_asked_again_and_the_rest_is_kept(app: Flask) -> None:
    use(Browse(app), link_of(app, "Atheneum", Role.TEACHER))
    browse = Browse(app)
    link = link_of(app, "Atheneum", Role.TEACHER)

    seen = use(browse, link)

    assert seen.status == 422
    assert str(seen.one("#name")["value"]) == "Bob"
    assert use(browse, link, "Bobbie").status == 303


def test_a_second_head_is_as_good_as_the_first(app: Flask) -> None:
    first = a_person(app, Role.HEAD)
    link = shown_link(first.browse.post("/nl/school/people/invite", {"role": "head"}))
    second = Person(Browse(app), "dirk")
    assert use(second.browse, link, "Dirk").location == "/nl/sign-in/code"
    second.take_code()

    number = number_of(second, first)
    second.browse.post(f"/nl/school/people/{number}/remove", {"sure": "1"})

    assert "/sign-in" in first.browse.get("/nl/school").location
    assert second.browse.get("/nl/school").status == 200


def test_the_only_head_neither_leaves_nor_deletes_the_account(app: Flask) -> None:
    head = a_person(app, Role.HEAD)

    for way in ("leave", "delete"):
        seen = head.browse.post(f"/nl/account/{way}", {"sure": "1"})
        assert seen.status == 409
        assert "enige directie" in seen.text
    assert head.browse.get("/nl/school").status == 200


@pytest.mark.parametrize("way", ["leave", "delete"])
def test_leaving_and_deleting_are_asked_once_more(app: Flask, way: str) -> None:
    teacher = a_person(app, Role.TEACHER)

    seen = teacher.browse.post(f"/nl/account/{way}", {})

    assert seen.status == 200
    assert teacher.browse.get("/nl/lessons").status == 200


def test_a_head_cannot_remove_or_reset_somebody_of_another_school(app: Flask) -> None:
    head, other = a_person(app, Role.HEAD), a_person(app, Role.HEAD, "Elders")
    teacher = a_person(app, Role.TEACHER, "Elders", "Bo")
    number = number_of(other, teacher)

    for act in ("reset", "remove"):
        seen = head.browse.post(f"/nl/school/people/{number}/{act}", {"sure": "1"})
        assert seen.status == 404
    assert teacher.browse.get("/nl/lessons").status == 200


def test_a_new_password_by_link_ends_the_old_one_and_every_sign_in(app: Flask) -> None:
    head, teacher = a_person(app, Role.HEAD), a_person(app, Role.TEACHER, name="Bo")
    number = number_of(head, teacher)
    link = shown_link(head.browse.post(f"/nl/school/people/{number}/reset", {}))
    assert teacher.browse.get("/nl/lessons").status == 200

    seen = Browse(app).post(link, {"new_password": "vier heel andere woorden"})

    assert seen.status == 303
    assert "/sign-in" in teacher.browse.get("/nl/lessons").location
    form = {"sign_in_name": teacher.sign_in_name, "password": PASSWORD}
    assert Browse(app).post("/nl/sign-in", form).status == 403
    assert Browse(app).get(link).status == 410


def test_a_head_with_a_new_password_sets_the_app_up_anew(app: Flask, hands: Hands) -> None:
    first = a_person(app, Role.HEAD)
    second = a_person(app, Role.HEAD, name="Dirk")
    hands.seconds += 60
    number = number_of(first, second)
    link = shown_link(first.browse.post(f"/nl/school/people/{number}/reset", {}))
    before = second.secret
    browse = Browse(app)
    browse.post(link, {"new_password": "vier heel andere woorden"})

    second.take_code(browse)

    assert second.secret != before
    assert browse.get("/nl/school").status == 200


def test_a_teacher_moves_to_another_school_and_takes_no_lesson_along(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER, "Atheneum", "Bo")
    started = teacher.browse.post("/nl/start/m2", GATE | {"band": "12-14", "grade": "1"})
    assert started.status == 303
    teacher.browse.post("/nl/account/leave", {"sure": "1"})
    teacher.sign_in()
    assert teacher.browse.get("/nl/lessons").status == 403
    link = link_of(app, "Elders", Role.TEACHER)
    assert "Bo" in teacher.browse.get(link).text

    seen = teacher.browse.post(f"{link}/join", {})

    assert (seen.status, seen.location) == (303, "/nl/lessons")
    assert "Elders" in teacher.browse.get("/nl/account").text
    assert "Geen in dit schooljaar" in teacher.browse.get("/nl/lessons").text
    with app.extensions["database"].reading() as tx:
        row = tx.scalars(select(ClassSessionRow)).one()
        assert (row.teacher_id, row.school_id) == (None, None)


def test_who_belongs_to_a_school_joins_no_second_one(app: Flask) -> None:
    teacher = a_person(app, Role.TEACHER, "Atheneum", "Bo")
    link = link_of(app, "Elders", Role.HEAD)

    teacher.browse.post(f"{link}/join", {})
    seen = use(teacher.browse, link, "Bobo")

    assert seen.status == 303
    assert "Atheneum" in teacher.browse.get("/nl/account").text
    assert "Verlaat eerst die school" in teacher.browse.get(link).text


GATE = {
    "helper_name": "Zorgteam",
    "helper_place": "Lokaal 12",
    "going_on": "no",
    "go": "now",
}


def test_an_account_deleted_in_the_middle_of_a_lesson_leaves_the_lesson_and_the_sums(
    app: Flask,
) -> None:
    teacher = a_person(app, Role.TEACHER)
    classroom = app.extensions["classroom"]
    first = teacher.browse.post("/nl/start/m2", GATE | {"band": "12-14", "grade": "2"}).location
    second = teacher.browse.post("/nl/start/m2", GATE | {"band": "12-14", "grade": "2"}).location
    for act in ("next", "end"):
        view = classroom.by_id(first.rsplit("/", 1)[1])
        form = {"act": act, "version": str(view.version), "sure": "1"}
        teacher.browse.post(f"{first}/act", form)

    teacher.browse.post("/nl/account/delete", {"sure": "1"})

    assert teacher.browse.get(second).status == 200
    assert classroom.by_id(second.rsplit("/", 1)[1]).grade is None
    with app.extensions["database"].reading() as tx:
        assert tx.scalar(select(func.count()).select_from(StaffRow)) == 0
        assert tx.scalars(select(ClassSessionRow.teacher_id)).all() == [None, None]
        school_id = tx.scalars(select(SchoolRow.id)).one()
        assert list(school_sums.reach(tx, school_id).values()) == [1]


def test_somebody_removed_by_a_head_keeps_the_account_and_loses_the_school(app: Flask) -> None:
    head, teacher = a_person(app, Role.HEAD), a_person(app, Role.TEACHER, name="Bo")
    number = number_of(head, teacher)
    asked = head.browse.post(f"/nl/school/people/{number}/remove", {})
    assert "Bo uit de school verwijderen" in asked.text
    desk = teacher.browse.post("/nl/start/m2", GATE | {"band": "12-14", "grade": "1"}).location

    head.browse.post(f"/nl/school/people/{number}/remove", {"sure": "1"})

    teacher.sign_in()
    assert "bij geen school" in teacher.browse.get("/nl/account").text
    assert app.extensions["classroom"].by_id(desk.rsplit("/", 1)[1]).grade is None


def test_a_host_adds_a_school_once_and_resets_a_password(tmp_path: Path) -> None:
    env = {"INSTANCE_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}"}
    run = CliRunner(env=env)

    added = run.invoke(main, ["add-school", "  Atheneum   Noord "])
    twice = run.invoke(main, ["add-school", "Atheneum Noord"])
    head = run.invoke(main, ["invite-head", "Atheneum Noord", "--language", "fr"])
    unknown = run.invoke(main, ["invite-head", "Elders"])
    nobody = run.invoke(main, ["reset-password", "nobody"])

    assert added.exit_code == 0
    assert f"Made a new database: {tmp_path}" in added.output
    assert "Made a new database" not in head.output
    assert "/nl/invitation/" in added.output
    assert "There is a school 'Atheneum Noord' already" in twice.output
    assert "/fr/invitation/" in head.output
    assert "There are: 'Atheneum Noord'" in unknown.output
    assert "Nobody signs in as 'nobody'" in nobody.output
    assert [r.exit_code for r in (twice, unknown, nobody)] == [1, 1, 1]
