"""Who may go where: every address that needs an account, for everybody who might ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eduapp.accounts.roles import Role
from eduapp.accounts.who_may import WHO_MAY, Who
from tests.browse import Browse
from tests.school.staff import a_person

if TYPE_CHECKING:
    from flask import Flask

TEACHER, HEAD, CARE = "teacher", "head", "care"
LESSONS = frozenset({TEACHER, HEAD})
SCHOOL = frozenset({HEAD, CARE})
ALL = frozenset({TEACHER, HEAD, CARE, "alone"})
MAY = {
    "school.account": ALL,
    "school.password": ALL,
    "school.sign_out_everywhere": ALL,
    "school.leave": ALL,
    "school.delete": ALL,
    "school.join": ALL,
    "school.code": ALL,
    "school.code_qr": ALL,
    "school.lessons": LESSONS,
    "school.open_own": LESSONS,
    "school.plan": LESSONS,
    "school.plan_file": LESSONS,
    "school.school": SCHOOL,
    "school.print_school": SCHOOL,
    "school.export_csv": SCHOOL,
    "school.export_xlsx": SCHOOL,
    "school.network": SCHOOL,
    "school.people": frozenset({HEAD}),
    "school.invite": frozenset({HEAD}),
    "school.withdraw": frozenset({HEAD}),
    "school.reset": frozenset({HEAD}),
    "school.remove": frozenset({HEAD}),
}
"""Written by hand: what the product promises, not what the table says."""
VALUES = {"lang": "nl", "token": "x" * 43, "public_id": "0123456789ab", "staff_id": "999"}
OVER = {
    "school.sign_out_everywhere",
    "school.password",
    "school.leave",
    "school.delete",
}
"""What ends or changes a sign-in is asked with a form that is not complete."""


def addresses(app: Flask) -> list[tuple[str, str, str]]:
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint in MAY:
            path = rule.rule.replace("<int(max=2147483647):staff_id>", "<staff_id>")
            for name, value in VALUES.items():
                path = path.replace(f"<{name}>", value)
            methods = (rule.methods or set()) & {"GET", "POST"}
            found += [(rule.endpoint, method, path) for method in sorted(methods)]
    return found


def who_comes(app: Flask, who: str) -> Browse:
    if who == "nobody":
        return Browse(app)
    if who == "alone":
        person = a_person(app, Role.TEACHER, name="Left")
        person.browse.post("/nl/account/leave", {"sure": "1"})
        person.sign_in()
        return person.browse
    return a_person(app, Role(who)).browse


@pytest.mark.parametrize("who", ["nobody", "alone", TEACHER, CARE, HEAD])
def test_each_role_gets_where_it_may_and_nowhere_else(app: Flask, who: str) -> None:
    browse = who_comes(app, who)
    for endpoint, method, path in addresses(app):
        if endpoint == "school.sign_out_everywhere" and who in MAY[endpoint]:
            continue
        answer = browse.client.open(path, method=method, base_url=browse.base, headers=_own(method))

        status, where = answer.status_code, answer.headers.get("Location", "")
        if who == "nobody":
            assert status == 303, (endpoint, method, status)
            assert "/sign-in" in where
        elif who in MAY[endpoint]:
            assert status not in {401, 403} or endpoint in OVER, (endpoint, method, status)
        else:
            assert status == 403, (endpoint, method, status)


def test_the_table_asks_for_an_account_exactly_where_this_test_looks() -> None:
    assert {name for name, who in WHO_MAY.items() if who.needs_account} == set(MAY)


def test_a_head_who_owes_the_second_step_gets_nowhere_else(app: Flask) -> None:
    head = a_person(app, Role.HEAD)
    half = Browse(app)
    half.post("/nl/sign-in", {"sign_in_name": head.sign_in_name, "password": "drie losse woorden"})
    for endpoint, method, path in addresses(app):
        if WHO_MAY[endpoint] is Who.HALF:
            continue
        answer = half.client.open(path, method=method, base_url=half.base, headers=_own(method))

        assert answer.status_code == 303, endpoint
        assert answer.headers["Location"].endswith("/nl/sign-in/code"), endpoint


def test_a_path_of_a_student_never_looks_at_a_sign_in(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("the sign-in was looked up")

    teacher = a_person(app, Role.TEACHER).browse
    monkeypatch.setattr("eduapp.accounts.sign_ins.find", refuse)

    for path in ("/nl/", "/nl/join", "/nl/help", "/nl/modules", "/nl/what-we-keep"):
        assert teacher.client.get(path, base_url=teacher.base).status_code in {200, 404}


def _own(method: str) -> dict[str, str]:
    return {"Sec-Fetch-Site": "same-origin"} if method == "POST" else {}
