"""What has expired is removed without a trace, and a restart says what it interrupted."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from eduapp.classroom import class_sessions
from eduapp.classroom.phases import Act, Phase
from eduapp.db import Database
from tests.builders import AClass, ATime, a_class, a_classroom, a_database, a_module, a_question

if TYPE_CHECKING:
    from pathlib import Path

EXPIRED = dt.timedelta(days=2)


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("test.sqlite3*")))


def _a_closed_lesson(folder: Path, time: ATime) -> AClass:
    lesson = a_class(folder, a_question("K1"), devices=9, time=time)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 9)
    lesson.act(Act.CLOSE)
    return lesson


@pytest.mark.one_process
def test_a_purge_says_what_it_removed(tmp_path: Path) -> None:
    time = ATime()
    _a_closed_lesson(tmp_path, time)
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")

    with database.transaction() as tx:
        early = class_sessions.purge(tx, time.day + dt.timedelta(days=1))
        last_days = class_sessions.last_days(tx)
        gone = class_sessions.purge(tx, time.day + EXPIRED)

    assert early == class_sessions.Purged(0, 0, 0)
    assert last_days == [time.day + dt.timedelta(days=1)]
    assert gone == class_sessions.Purged(class_sessions=1, rounds=1, releases=4)


@pytest.mark.one_process
def test_a_purge_leaves_nothing_in_free_pages_and_log(tmp_path: Path) -> None:
    time = ATime()
    lessons = [_a_closed_lesson(tmp_path, time)]
    module = a_module(a_question("K1"))
    lessons += [
        AClass(lessons[0].classroom, lessons[0].classroom.start(module, "nl", f"Helper {n:03}"))
        for n in range(60)
    ]
    codes = [lesson.view.join_code.encode() for lesson in lessons]
    assert all(code in _bytes(tmp_path) for code in codes)
    time.day += EXPIRED

    lessons[0].classroom.purge()

    left = _bytes(tmp_path)
    assert not [code for code in codes if code in left]
    assert b"Helper" not in left
    assert b"Els, lokaal 12" not in left


@pytest.mark.one_process
def test_a_start_leaves_nothing_of_what_it_removes_or_of_what_was_removed_before(
    tmp_path: Path,
) -> None:
    time = ATime()
    lesson = _a_closed_lesson(tmp_path, time)
    code = lesson.view.join_code.encode()
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in tmp_path.glob("test.sqlite3*"):
        shutil.copy(path, copy / path.name)
    time.day += EXPIRED

    a_classroom(copy, a_module(a_question("K1")), time)

    assert code not in _bytes(copy)


@pytest.mark.one_process
def test_a_log_that_somebody_reads_is_emptied_at_the_next_look(tmp_path: Path) -> None:
    time = ATime()
    lesson = _a_closed_lesson(tmp_path, time)
    code = lesson.view.join_code.encode()
    engine = lesson.classroom._database.engine
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
    reader = sqlite3.connect(tmp_path / "test.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM class_session").fetchone()
    time.day += EXPIRED

    lesson.classroom.purge()
    meanwhile = _bytes(tmp_path)
    reader.close()
    lesson.classroom.purge()

    assert code in meanwhile
    assert code not in _bytes(tmp_path)


def test_a_reader_sees_one_moment_and_keeps_nobody_from_writing(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"))
    database = lesson.classroom._database

    with database.reading() as tx:
        before = class_sessions.last_days(tx)
        lesson.classroom.start(a_module(a_question("K1")), "nl", None)
        during = class_sessions.last_days(tx)

    with database.reading() as tx:
        after = class_sessions.last_days(tx)
    assert (len(before), len(during), len(after)) == (1, 1, 2)


def test_the_columns_are_those_that_the_database_has_now(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    with database.transaction() as tx:
        tx.connection().exec_driver_sql("ALTER TABLE round ADD COLUMN seen_at TEXT")

    columns = database.columns()

    assert "seen_at" in columns["round"]
    assert columns["alembic_version"] == ("version_num",)


def test_after_a_crash_the_question_that_was_open_is_void_and_said_to_be(tmp_path: Path) -> None:
    lesson = a_class(tmp_path, a_question("K1"), devices=9)
    lesson.go_to("K1")
    lesson.act(Act.OPEN)
    lesson.answer(*[0] * 9)

    again = AClass(a_classroom(tmp_path, a_module(a_question("K1"))), lesson.started)

    assert again.view.was_interrupted
    assert again.view.phase is Phase.READY
    assert again.act(Act.PAUSE, Act.RESUME).was_interrupted
    asked = again.act(Act.OPEN)
    assert not asked.was_interrupted
    assert asked.round_no == 1
