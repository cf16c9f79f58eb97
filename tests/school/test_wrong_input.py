"""Whatever somebody types or sends to the pages of staff, no page breaks and none runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from eduapp.accounts.roles import Role
from tests.school.staff import a_person, link_of

if TYPE_CHECKING:
    from flask import Flask

    from tests.school.staff import Person

WRONG = (
    "",
    "\x00",
    "é" * 300,
    "<script>alert(1)</script>",
    "9" * 40,
    "-1",
    "../../x",
    "%00",
    "١٢٣٤٥٦",
    "\U0001f4a5" * 50,
    "' OR 1=1 --",
)
IN_THE_ADDRESS = (
    "school?year={}",
    "school/print?year={}",
    "school/results.csv?year={}",
    "school/results.xlsx?year={}",
    "network?year={}",
    "sign-in?back={}",
    "start/m2?step={}&grade={}",
    "start/m2?go=later&step={}&grade={}",
    "invitation/{}",
    "invitation/{}/join",
    "lessons/{}/open",
    "school/people/{}/reset",
    "school/people/{}/remove",
)
GATE = {"helper_name": "x", "helper_place": "y", "going_on": "no", "go": "now", "band": "12-14"}
FORMS: dict[str, tuple[str, ...]] = {
    "school/people/invite": ("role",),
    "school/people/withdraw": ("key",),
    "lessons/plan": ("week-m2",),
    "account/password": ("password", "new_password"),
    "account/leave": ("sure",),
    "account/delete": ("sure",),
    "start/m2": ("grade",),
}


@pytest.fixture
def head(app: Flask) -> Person:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return a_person(app, Role.HEAD)


@pytest.mark.parametrize("wrong", WRONG)
def test_no_page_breaks(app: Flask, head: Person, wrong: str) -> None:
    own, stranger = head.browse.client, app.test_client()
    base = head.browse.base
    headers = {"Origin": base, "Sec-Fetch-Site": "same-origin"}
    statuses: dict[str, int] = {}
    for path in IN_THE_ADDRESS:
        address = "/nl/" + path.replace("{}", quote(wrong, safe=""))
        statuses[address] = own.get(address, base_url=base).status_code
        if "?" not in path:
            sent = own.post(address, base_url=base, headers=headers, data={"sure": "1"})
            statuses[f"POST {address}"] = sent.status_code
    for path, fields in FORMS.items():
        form = (GATE if path == "start/m2" else {}) | dict.fromkeys(fields, wrong)
        sent = own.post(f"/nl/{path}", base_url=base, headers=headers, data=form)
        statuses[f"POST {path}"] = sent.status_code
    for path, form in (
        ("/nl/sign-in", {"sign_in_name": wrong, "password": wrong, "back": wrong}),
        (
            link_of(app, "Atheneum", Role.TEACHER),
            {"name": wrong, "sign_in_name": wrong, "new_password": f"{wrong} drie losse woorden"},
        ),
    ):
        sent = stranger.post(path, base_url=base, headers=headers, data=form)
        statuses[f"POST {path}"] = sent.status_code
        assert "<script>alert" not in sent.get_data(as_text=True)

    assert {address: status for address, status in statuses.items() if status >= 500} == {}
    people = own.get("/nl/school/people", base_url=base)
    assert people.status_code == 200
    assert "<script>alert" not in people.get_data(as_text=True)
