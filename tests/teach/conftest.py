"""One application for these tests, and a teacher who came through the gate of the real module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from eduapp import create_app
from eduapp.classroom.lesson_keys import LessonKey
from eduapp.classroom.starting import Started
from tests.browse import Browse, words
from tests.builders import AClass, in_process
from tests.conftest import a_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from eduapp.classroom.classroom import Classroom
    from eduapp.classroom.views import ClassView
    from tests.browse import Seen

    NewTeacher = Callable[..., "Teacher"]

GATE = {"helper_name": "Els  Peeters", "helper_place": "lokaal 12", "going_on": "no"}


@dataclass
class Teacher:
    """A browser that holds the desk of one class session."""

    browse: Browse
    classroom: Classroom
    public_id: str
    language: str = "nl"

    @property
    def view(self) -> ClassView:
        return self.classroom.by_id(self.public_id)

    @property
    def address(self) -> str:
        return f"/{self.language}/desk/{self.public_id}"

    @property
    def lesson_key(self) -> str:
        cookie = self.browse.client.get_cookie(f"__Host-desk-{self.public_id}", "lesson.example.be")
        assert cookie is not None
        return str(cookie.value)

    @property
    def students(self) -> AClass:
        """The devices of this class."""
        started = Started(self.view.public_id, self.view.join_code, LessonKey(self.lesson_key))
        return AClass(self.classroom, started)

    def desk(self) -> Seen:
        """Return the desk on a screen that the class does not see."""
        return self.browse.get(f"{self.address}?own=1")

    def board(self) -> Seen:
        return self.browse.get(f"/{self.language}/board/{self.view.join_code}")

    def act(self, act: str, *, version: int | None = None, **fields: str) -> Seen:
        """Send one act as the desk does and return the desk after it."""
        sent = {"act": act, "version": str(version or self.view.version), "own": "1"} | fields
        answer = self.browse.post(f"{self.address}/act", sent)
        assert answer.status == 303
        return self.browse.get(answer.location)

    def go_to(self, question_id: str) -> None:
        while (question := self.view.question) is None or question.id != question_id:
            assert self.act("next").status == 200

    def wait_for_progress(self) -> None:
        """Let the next look at progress be worked out anew, as five seconds would."""
        open_round = self.classroom._registry.by_id(self.public_id).open_round
        assert open_round is not None
        in_process(open_round.urn)._counted = None

    def offers(self) -> list[str]:
        """The acts on the desk, in their order."""
        return acts_of(self.desk())


def acts_of(seen: Seen) -> list[str]:
    """Return the acts that a page offers, in their order."""
    return [str(button["value"]) for button in seen.all("button[name=act]")]


def notes_of(seen: Seen) -> str:
    """Return what a page says in its calm lines."""
    return " ".join(words(tag) for tag in seen.all("[role=status], .note"))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(a_config(tmp_path_factory.mktemp("instance")))
    yield app
    app.extensions["urn_lock"].close()


@pytest.fixture(autouse=True)
def _fresh_paces(app: Flask) -> None:
    """Let every test begin with full purses."""
    for name in ("code_pace", "key_pace", "rehearsal_pace", "start_pace"):
        app.extensions[name]._purses.clear()


@pytest.fixture
def new_teacher(app: Flask) -> NewTeacher:
    """Bring a teacher through the gate."""

    def start(language: str = "nl") -> Teacher:
        browse = Browse(app)
        answer = browse.post(f"/{language}/start/m4", GATE)
        assert answer.status == 303
        public_id = answer.location.rsplit("/", 1)[-1]
        return Teacher(browse, app.extensions["classroom"], public_id, language)

    return start


@pytest.fixture
def teacher(new_teacher: NewTeacher) -> Teacher:
    return new_teacher()
