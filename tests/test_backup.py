"""A copy of an installation, and the way back from it."""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
import stat
import tarfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from config import Storage
from eduapp import backup, create_app
from eduapp.accounts.roles import Role
from eduapp.classroom.phases import Act
from eduapp.commands import main
from eduapp.sources import school_today
from tests.builders import a_closed_question
from tests.conftest import a_config
from tests.school.staff import a_person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask


def config_of(folder: Path) -> object:
    return a_config(folder, database_url=f"sqlite:///{folder / 'mijnbeeld.sqlite3'}")


def storage_of(folder: Path) -> Storage:
    return Storage(folder, f"sqlite:///{folder / 'mijnbeeld.sqlite3'}")


@pytest.fixture
def origin(tmp_path: Path) -> Iterator[Flask]:
    """A running site with a teacher and a lesson that stands at a closed question."""
    folder = tmp_path / "origin"
    app = create_app(config_of(folder))  # type: ignore[arg-type]
    yield app
    app.extensions["urn_lock"].close()


def test_a_restored_copy_goes_on_where_the_class_was(origin: Flask, tmp_path: Path) -> None:
    lesson = a_closed_question(origin)
    teacher = a_person(origin, Role.TEACHER)
    file, target = tmp_path / "copy.tar.gz", tmp_path / "target"

    backup.write(storage_of(tmp_path / "origin"), file, school_today())
    lessons = backup.read(file, storage_of(target), school_today())

    assert lessons == 1
    again = create_app(config_of(target))  # type: ignore[arg-type]
    view = again.extensions["classroom"].by_lesson_key(lesson.started.lesson_key)
    assert (view.step, view.phase) == (lesson.view.step, lesson.view.phase)
    shown = again.extensions["classroom"].steer(view.public_id, Act.SHOW, view.version)
    assert shown.results == lesson.act(Act.SHOW).results
    teacher.browse.app = again
    teacher.browse.client = again.test_client()
    teacher.sign_in()
    assert teacher.browse.get("/nl/lessons").status == 200
    again.extensions["urn_lock"].close()


def test_only_the_owner_may_read_a_copy_and_what_comes_back(origin: Flask, tmp_path: Path) -> None:
    a_closed_question(origin)
    file, target = tmp_path / "copy.tar.gz", tmp_path / "target"

    backup.write(storage_of(tmp_path / "origin"), file, school_today())
    backup.read(file, storage_of(target), school_today())

    for path in (file, target / "mijnbeeld.sqlite3"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_nothing_past_its_last_day_is_in_a_copy_or_comes_back(
    origin: Flask, tmp_path: Path
) -> None:
    a_closed_question(origin)
    early, late = tmp_path / "early.tar.gz", tmp_path / "late.tar.gz"
    after = school_today() + dt.timedelta(days=2)

    backup.write(storage_of(tmp_path / "origin"), early, school_today())
    backup.write(storage_of(tmp_path / "origin"), late, after)
    backup.read(early, storage_of(tmp_path / "a"), after)
    backup.read(late, storage_of(tmp_path / "b"), school_today())

    for folder in ("a", "b"):
        content = (tmp_path / folder / "mijnbeeld.sqlite3").read_bytes()
        assert b"lokaal 12" not in content
        with sqlite3.connect(tmp_path / folder / "mijnbeeld.sqlite3") as connection:
            for table in ("class_session", "round", "release"):
                query = {
                    "class_session": "SELECT count(*) FROM class_session",
                    "round": "SELECT count(*) FROM round",
                    "release": "SELECT count(*) FROM release",
                }[table]
                assert connection.execute(query).fetchone() == (0,)
        connection.close()


def test_a_copy_says_nothing_of_the_machine_or_the_hour(origin: Flask, tmp_path: Path) -> None:
    a_closed_question(origin)
    file = tmp_path / "copy.tar.gz"
    backup.write(storage_of(tmp_path / "origin"), file, school_today())

    with tarfile.open(file) as archive:
        members = archive.getmembers()

    assert {(m.uid, m.uname, m.mtime, m.mode) for m in members} == {(0, "", 0, 0o600)}
    assert [m.name for m in members] == ["mijnbeeld.sqlite3"]


def test_a_copy_never_overwrites_a_file_or_an_installation(origin: Flask, tmp_path: Path) -> None:
    a_closed_question(origin)
    file = tmp_path / "copy.tar.gz"
    origin_dir = tmp_path / "origin"
    env = {"INSTANCE_DIR": str(origin_dir), "DATABASE_URL": None}
    runner = CliRunner(env=env)

    first = runner.invoke(main, ["backup", str(file)])
    twice = runner.invoke(main, ["backup", str(file)])
    onto = runner.invoke(main, ["restore", str(file)])
    elsewhere = CliRunner(env={**env, "INSTANCE_DIR": str(tmp_path / "target")}).invoke(
        main, ["restore", str(file)]
    )

    assert first.exit_code == 0, first.output
    assert "is there already" in twice.output
    assert "There is a database already" in onto.output
    assert "lessons 1" in elsewhere.output
    assert "put secret_key back" in elsewhere.output
    assert [twice.exit_code, onto.exit_code, elsewhere.exit_code] == [1, 1, 0]


def packed(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive",
        packed(("mijnbeeld.sqlite3", b"SQLite format 3\0"), ("secret_key", b"x")),
        packed(("mijnbeeld.sqlite3", b""), ("../evil", b"x")),
        packed(("mijnbeeld.sqlite3", b""), ("revisions/../../evil.json", b"x")),
        packed(("mijnbeeld.sqlite3", b""), ("/etc/evil", b"x")),
        packed(("mijnbeeld.sqlite3", b"")),
        packed(("mijnbeeld.sqlite3", bytes(range(256)) * 400))[:600],
    ],
)
def test_what_is_no_copy_is_refused_and_leaves_nothing(tmp_path: Path, content: bytes) -> None:
    file, target = tmp_path / "copy.tar.gz", tmp_path / "target"
    file.write_bytes(content)

    with pytest.raises(backup.NoBackup):
        backup.read(file, storage_of(target), school_today())

    assert not target.exists()
    assert not (tmp_path / "evil").exists()


def test_a_copy_that_could_not_be_finished_leaves_no_file(
    origin: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_closed_question(origin)

    def break_off(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_copy_database", break_off)
    file = tmp_path / "copy.tar.gz"

    result = CliRunner(env={"INSTANCE_DIR": str(tmp_path / "origin"), "DATABASE_URL": None}).invoke(
        main, ["backup", str(file)]
    )

    assert "No space left on device" in result.output
    assert not file.exists()
