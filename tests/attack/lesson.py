"""A lesson on the site in memory, steered and attended over HTTP only.

One application serves a whole process; every attack gets a classroom of its own on it, with its own
database, seeded chance and a clock that stands still until it is moved: two lessons with the same
acts then differ in nothing but what was answered.
"""

from __future__ import annotations

import atexit
import tempfile
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from config import ROOT, Config
from eduapp.app import make_app
from eduapp.classroom.classroom import Classroom
from eduapp.classroom.following import Following
from eduapp.db import Database
from eduapp.participate.page_cache import PageCache
from eduapp.web.pace import Pace
from tests.builders import ATime, in_process, seeded

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from eduapp.classroom.live import LiveClass
    from eduapp.classroom.views import ClassView
    from eduapp.content.models import Module
    from eduapp.sources import Chance

BASE = "https://lesson.example.be"
MODULE = "m2"
OPINION, KNOWLEDGE, TWICE = "N01", "K04", "K03"
"""Questions of that module: an opinion, a quiz question, and one that the class votes on twice."""
HELPER = ("Mevrouw Quaghebeur", "lokaal 317")
SCRIPT, FORM = {"Accept": "*/*"}, {"Accept": "text/html,*/*;q=0.8"}
"""What a device with and one without JavaScript accept."""


@cache
def the_app() -> Flask:
    """Return the one application of this process."""
    folder = tempfile.TemporaryDirectory()
    app = make_app(a_config(Path(folder.name)), ATime().clock)
    atexit.register(folder.cleanup)
    atexit.register(app.extensions["urn_lock"].close)
    return app


def a_config(folder: Path) -> Config:
    """Return the settings of an installation in a folder."""
    return Config(
        secret_key=b"only for attacks, 32 characters or more",
        instance_dir=folder,
        database_url=f"sqlite:///{folder / 'site.sqlite3'}",
        testing=True,
    )


def a_classroom(folder: Path, time: ATime, chance: Chance | None = None) -> Classroom:
    """Give the application a classroom on the database in a folder, and fresh memory."""
    app = the_app()
    folder.mkdir(exist_ok=True)
    database = Database(f"sqlite:///{folder / 'site.sqlite3'}")
    database.migrate(ROOT / "migrations")
    modules = app.extensions["content"].modules

    def find(module_id: str, revision: str) -> Module | None:
        module: Module | None = modules.get(module_id)
        return module if module is not None and module.revision == revision else None

    classroom = Classroom(database, b"k" * 32, find, time.clock, chance or seeded(4))
    app.extensions["classroom"] = classroom
    app.extensions["class_pages"] = PageCache()
    app.extensions["following"] = Following(time.clock.monotonic)
    for name in ("code_pace", "key_pace", "rehearsal_pace", "start_pace"):
        made: Pace = app.extensions[name]
        per_hour = round(made._per_second * 3600)
        app.extensions[name] = Pace(made._burst, per_hour, b"k", time.clock.monotonic)
    return classroom


@dataclass(slots=True)
class Lesson:
    """A class session with its desk and its devices, in the language of the desk."""

    app: Flask
    classroom: Classroom
    time: ATime
    desk: FlaskClient
    public_id: str
    code: str
    devices: list[FlaskClient] = field(default_factory=list)

    @property
    def view(self) -> ClassView:
        """What every screen may know."""
        return self.classroom.by_id(self.public_id)

    @property
    def live(self) -> LiveClass:
        """The memory of the server, which no attacker has: for measuring only."""
        return self.classroom._registry.by_id(self.public_id)

    @property
    def counts(self) -> list[int]:
        """The exact counts of the open round, which no attacker has: for measuring only."""
        assert self.live.open_round is not None
        return list(in_process(self.live.open_round.urn)._counts)

    @property
    def seats(self) -> list[str]:
        """What stands in the seat cookie of each device."""
        cookies = [each.get_cookie("__Host-seat", "lesson.example.be") for each in self.devices]
        return [cookie.value for cookie in cookies if cookie is not None]

    def act(self, *acts: str, **fields: str) -> None:
        """Press buttons of the desk, each as the page of that moment would send it."""
        for act in acts:
            before = self.view.version
            self.order(act, before, **fields)
            assert self.view.version == before + 1, f"{act} was refused in {self.view.phase}"

    def order(self, act: str, version: int, **fields: str) -> TestResponse:
        """Send one act that was chosen at a version, whatever becomes of it."""
        sent = {"act": act, "version": str(version), "sure": "1"} | fields
        return self.desk.post(f"/nl/desk/{self.public_id}/act", data=sent, base_url=BASE)

    def go_to(self, question_id: str) -> None:
        """Bring the class to a question, not opened yet."""
        steps = [str(a.question.id) if a.question else "" for a in self.view.module.activities]
        self.act("goto", step=str(steps.index(question_id) + 1))

    def join(self, number: int) -> list[FlaskClient]:
        """Let so many more devices in, every third in French; return them."""
        come = []
        for index in range(number):
            device = self.app.test_client()
            language = "fr" if index % 3 == 2 else "nl"
            reply = device.post(f"/{language}/join", data={"code": self.code}, base_url=BASE)
            assert reply.status_code == HTTPStatus.SEE_OTHER, reply.status
            come.append(device)
        self.devices += come
        self.wait()
        return come

    def wait(self, seconds: float = 6.0) -> None:
        """Let time pass: long enough for every number on a screen to move."""
        self.time.seconds += seconds

    def answer(
        self,
        device: FlaskClient,
        choice: object,
        accept: dict[str, str] = SCRIPT,
        *,
        token: str | None = None,
    ) -> TestResponse:
        """Send a ballot as the form of the open question does."""
        body = urlencode({"round": token or self.view.round_token or "0" * 8, "choice": choice})
        return self.ballot(device, body.encode(), accept)

    def ballot(
        self, device: FlaskClient, body: bytes, accept: dict[str, str] = SCRIPT
    ) -> TestResponse:
        """Send these bytes to where ballots go."""
        return device.post(
            f"/nl/class/{self.code}/answer",
            data=body,
            content_type="application/x-www-form-urlencoded",
            headers=accept,
            base_url=BASE,
        )


def a_lesson(
    folder: Path, devices: int = 0, *, chance: Chance | None = None, time: ATime | None = None
) -> Lesson:
    """Return a lesson of `MODULE` in the lobby with that many devices in."""
    time = time or ATime()
    classroom = a_classroom(folder, time, chance)
    lesson = start(the_app(), classroom, time)
    lesson.join(devices)
    return lesson


def start(app: Flask, classroom: Classroom, time: ATime, helper: str = HELPER[0]) -> Lesson:
    """Start a lesson through the gate of the site."""
    desk = app.test_client()
    form = {"helper_name": helper, "helper_place": HELPER[1], "band": "12-14"}
    form["going_on"] = "no"
    reply = desk.post(f"/nl/start/{MODULE}", data=form, base_url=BASE)
    assert reply.status_code == HTTPStatus.SEE_OTHER, reply.status
    public_id = reply.headers["Location"].rpartition("/")[2]
    return Lesson(app, classroom, time, desk, public_id, classroom.by_id(public_id).join_code)
