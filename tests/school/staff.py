"""School staff for tests: heads and colleagues, each with a browser of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyotp

from eduapp.accounts import schools
from eduapp.accounts.roles import Role
from eduapp.accounts.tokens import Keyed
from tests.browse import Browse

if TYPE_CHECKING:
    from flask import Flask

PASSWORD = "drie losse woorden"


@dataclass
class Person:
    """One member of staff and the browser they use."""

    browse: Browse
    sign_in_name: str
    secret: str | None = None

    def sign_in(self, password: str = PASSWORD, browse: Browse | None = None) -> None:
        browser = browse or self.browse
        seen = browser.post(
            "/nl/sign-in", {"sign_in_name": self.sign_in_name, "password": password}
        )
        assert seen.status == 303, seen.text
        if "/code" in seen.location:
            self.take_code(browser)

    def take_code(self, browse: Browse | None = None, *, steps: int = 0) -> None:
        """Type the code of the app; read the secret from the page the first time."""
        browser = browse or self.browse
        found = browser.get("/nl/sign-in/code").all(".school-secret")
        if found:
            self.secret = found[0].get_text().replace(" ", "")
        assert self.secret is not None
        now = browser.app.extensions["clock"].utc_seconds()
        code = pyotp.HOTP(self.secret).at(int(now) // 30 + steps)
        seen = browser.post("/nl/sign-in/code", {"code": code})
        assert seen.status == 303, seen.text


def link_of(app: Flask, school: str, role: Role) -> str:
    """Return the path of a new invitation to a school, which is added where it is not there."""
    keyed = Keyed(app.extensions["config"].secret_key)
    today = app.extensions["clock"].today()
    with app.extensions["database"].transaction() as tx:
        if school not in schools.school_names(tx):
            first = schools.add_school(tx, keyed, school, today)
            schools.withdraw(tx, schools.school_named(tx, school), keyed.link_hash(first)[:12])
        school_id = schools.school_named(tx, school)
        token = schools.invite(tx, keyed, school_id, role, today)
    return f"/nl/invitation/{token}"


def a_person(app: Flask, role: Role, school: str = "Atheneum", name: str = "Ann") -> Person:
    """Return somebody who used an invitation and is signed in."""
    sign_in_name = f"{name}.{role}.{school}".replace(" ", "").lower()
    person = Person(Browse(app), sign_in_name)
    form = {"name": name, "sign_in_name": sign_in_name, "new_password": PASSWORD}
    seen = person.browse.post(link_of(app, school, role), form)
    assert seen.status == 303, seen.text
    if role is Role.HEAD:
        person.take_code()
    return person
