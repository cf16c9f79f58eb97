"""The two commands for the host, on a database that a site has written."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from eduapp import commands, create_app
from eduapp.classroom.phases import Act
from tests.builders import a_closed_question
from tests.conftest import a_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """A running site whose folder the commands are told about."""
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    url = f"sqlite:///{tmp_path / 'mijnbeeld.sqlite3'}"
    app = create_app(a_config(tmp_path, database_url=url))
    yield app
    app.extensions["urn_lock"].close()
    app.extensions["database"].engine.dispose()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands.main, arguments)


def test_prove_says_equal_beside_a_running_site(site: Flask) -> None:
    lesson = a_closed_question(site)

    result = run("prove")

    question = lesson.view.question
    assert question is not None
    assert result.exit_code == 0, result.output
    assert f"{lesson.started.public_id}  {question.id} round 1: equal" in result.output
    assert "Published numbers: 1 equal, 0 not equal." in result.output


def test_prove_prints_no_number_of_a_class(site: Flask) -> None:
    lesson = a_closed_question(site)

    result = run("prove")

    left = result.output.replace(str(lesson.started.public_id), "")
    assert set(re.findall(r"(?<![KN\d])\d+", left)) <= {"0", "1"}
    assert lesson.started.join_code not in left


def test_prove_ends_with_one_where_something_is_wrong(site: Flask) -> None:
    a_closed_question(site)
    with site.extensions["database"].transaction() as tx:
        tx.connection().exec_driver_sql("ALTER TABLE round ADD COLUMN seat TEXT")

    result = run("prove")

    assert result.exit_code == 1
    assert "round.seat" in result.output


def test_prove_finds_an_open_round_that_nobody_serves(site: Flask) -> None:
    lesson = a_closed_question(site)
    lesson.act(Act.NEXT)
    while Act.OPEN not in lesson.view.acts or lesson.view.opens_on_device_only:
        lesson.act(Act.NEXT)
    lesson.act(Act.OPEN)
    beside = run("prove")
    site.extensions["urn_lock"].close()

    alone = run("prove")

    assert beside.exit_code == 0, beside.output
    assert alone.exit_code == 1
    assert "no process runs" in alone.output


def test_purge_removes_what_has_expired_and_says_so(
    site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = a_closed_question(site)
    day = lesson.view.last_day
    before = run("purge")
    monkeypatch.setattr(commands, "school_today", lambda: day + dt.timedelta(days=1))

    after = run("purge")

    assert "Removed: class sessions 0, rounds 0, releases 0. " in before.output
    assert f"Left: class sessions 1; the first of them goes at the end of {day}." in before.output
    assert after.exit_code == 0, after.output
    assert "Removed: class sessions 1, rounds 1, releases" in after.output
    assert "Left: class sessions 0." in after.output
    folder = site.extensions["config"].instance_dir
    left = b"".join(path.read_bytes() for path in folder.glob("*.sqlite3*"))
    assert lesson.started.join_code.encode() not in left


def test_a_database_of_an_earlier_version_is_purged_and_copied_too(
    site: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    day = a_closed_question(site).view.last_day
    with site.extensions["database"].transaction() as tx:
        tx.execute(text("DROP TABLE lesson_revision"))
        tx.execute(text("UPDATE alembic_version SET version_num = '0005'"))
    monkeypatch.setattr(commands, "school_today", lambda: day + dt.timedelta(days=1))

    copied = run("backup", str(tmp_path / "copy.tar.gz"))
    purged = run("purge")

    assert copied.exit_code == 0, copied.output
    assert purged.exit_code == 0, purged.output
    assert "Removed: class sessions 1, rounds 1, releases" in purged.output


def test_a_running_site_goes_on_after_a_purge_beside_it(
    site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = a_closed_question(site)
    day = lesson.view.last_day
    monkeypatch.setattr(commands, "school_today", lambda: day + dt.timedelta(days=1))
    run("purge")

    classroom = site.extensions["classroom"]
    classroom.tend()
    other = classroom.start(site.extensions["content"].modules["m4"], "nl", None)

    assert classroom.by_code(other.join_code).join_code == other.join_code


@pytest.mark.parametrize("command", ["purge", "prove"])
def test_without_a_database_nothing_is_made(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path / "nowhere"))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    result = run(command)

    assert result.exit_code == 1
    assert "There is no database" in result.output
    assert not (tmp_path / "nowhere").exists()


def test_a_database_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/lessons")

    result = run("prove")

    assert result.exit_code == 1
    assert "DATABASE_URL" in result.output
