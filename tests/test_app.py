"""How an installation starts: what it refuses, and what survives a restart."""

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from config import ROOT, Config
from eduapp import app as wiring
from eduapp import create_app
from eduapp.classroom.models import RevisionRow
from eduapp.content import ContentError
from eduapp.db import Database
from eduapp.sources import Clock
from tests.browse import Browse
from tests.conftest import a_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from eduapp.classroom.classroom import Classroom

TITLE = "Vals beeld, echte gevolgen"


@contextmanager
def _running(config: Config) -> Iterator[Flask]:
    app = create_app(config)
    try:
        yield app
    finally:
        app.extensions["urn_lock"].close()


@pytest.fixture
def own_lessons(config: Config, tmp_path: Path) -> Config:
    """Return settings whose lesson files a test may change."""
    folder = tmp_path / "lessons"
    shutil.copytree(ROOT / "lessons", folder)
    return replace(config, lessons_dir=folder)


def test_a_second_process_on_the_same_installation_is_refused(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "_LOCK_PATIENCE_SECONDS", 0.0)

    with _running(config), pytest.raises(wiring.AnotherProcessRuns, match="one process"):
        create_app(config)


def test_a_running_class_keeps_the_lesson_it_started_with(own_lessons: Config) -> None:
    with _running(own_lessons) as app:
        classroom: Classroom = app.extensions["classroom"]
        module = app.extensions["content"].modules["m4"]
        started = classroom.start(module, "nl", None)
    prose = own_lessons.lessons_dir / "nl" / "modules" / "m4.md"
    prose.write_text(prose.read_text(encoding="utf-8").replace(TITLE, "Een andere naam"), "utf-8")

    with _running(own_lessons) as app:
        content = app.extensions["content"]
        view = app.extensions["classroom"].by_code(started.join_code)

    assert content.modules["m4"].title["nl"] == "Een andere naam"
    assert view.module.title["nl"] == TITLE


def test_a_class_whose_revision_is_gone_is_removed(own_lessons: Config) -> None:
    with _running(own_lessons) as app:
        classroom: Classroom = app.extensions["classroom"]
        started = classroom.start(app.extensions["content"].modules["m4"], "nl", None)
    prose = own_lessons.lessons_dir / "nl" / "modules" / "m4.md"
    prose.write_text(prose.read_text(encoding="utf-8").replace(TITLE, "Een andere naam"), "utf-8")
    database = Database(own_lessons.database_url)
    with database.transaction() as tx:
        tx.execute(delete(RevisionRow))
    database.close()

    with _running(own_lessons) as app:
        assert not app.extensions["classroom"].holds(started.public_id, started.lesson_key)


def test_a_wrong_lesson_file_stops_the_start_with_file_and_line(own_lessons: Config) -> None:
    questions = own_lessons.lessons_dir / "questions.yaml"
    questions.write_text(
        questions.read_text(encoding="utf-8").replace("right: makers", "right: nobody-knows"),
        "utf-8",
    )

    with pytest.raises(ContentError, match=r"questions\.yaml:\d+"):
        create_app(own_lessons)


def test_lessons_are_read_again_on_the_day_a_fact_changes(config: Config) -> None:
    eve = dt.date(2026, 12, 1)
    app = wiring.make_app(config, Clock(today=lambda: eve))
    before = app.extensions["content"]

    wiring.renew_content(app, config, eve)
    assert app.extensions["content"] is before
    wiring.renew_content(app, config, eve + dt.timedelta(days=1))

    after = app.extensions["content"]
    changed = [name for name, fact in after.facts.items() if fact != before.facts[name]]
    assert changed == ["L05"]
    app.extensions["urn_lock"].close()


def test_a_lesson_about_law_cannot_be_started_before_somebody_is_named(
    browse: Browse, tmp_path: Path
) -> None:
    assert browse.get("/nl/start/m9").status == 404
    assert not browse.get("/nl/modules/m9").all('a[href^="/nl/start/"]')
    assert "nagekeken" in browse.get("/nl/modules/m9").text

    checked = create_app(a_config(tmp_path / "other", law_checked_by="A. Peeters"))
    assert Browse(checked).get("/nl/start/m9").status == 200
    checked.extensions["urn_lock"].close()
