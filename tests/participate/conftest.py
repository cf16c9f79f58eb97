"""One application for the tests of this folder, and class sessions that a test steers itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config import Config
from eduapp import create_app
from eduapp.content.models import Reveal
from tests.builders import AClass, a_module, a_question, an_opinion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from eduapp.classroom.classroom import Classroom
    from eduapp.content.models import Question

    NewClass = Callable[..., AClass]
    NewDevice = Callable[..., FlaskClient]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("instance")
    app = create_app(
        Config(
            secret_key=b"s" * 40,
            instance_dir=folder,
            database_url=f"sqlite:///{folder / 'test.sqlite3'}",
            testing=True,
        )
    )
    yield app
    app.extensions["urn_lock"].close()


@pytest.fixture
def classroom(app: Flask) -> Classroom:
    found: Classroom = app.extensions["classroom"]
    return found


@pytest.fixture
def new_class(classroom: Classroom) -> NewClass:
    """Start a class session with a text and these questions; K1, N1 and a benchmark by default."""

    def start(*questions: Question, language: str = "nl") -> AClass:
        asked = questions or (
            a_question("K1", rounds=2),
            an_opinion("N1"),
            an_opinion("N2", reveal=Reveal.BENCHMARK),
        )
        return AClass(classroom, classroom.start(a_module(*asked), language, "Els, lokaal 12"))

    return start


@pytest.fixture
def new_device(app: Flask) -> NewDevice:
    """Return a device that has joined a class, or one that has not."""

    def device(a: AClass | None = None, language: str = "nl") -> FlaskClient:
        client = app.test_client()
        if a is not None:
            reply = client.post(f"/{language}/join", data={"code": a.view.join_code})
            assert reply.status_code == 303
        return client

    return device
