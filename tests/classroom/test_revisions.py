"""A class keeps the lesson it began with, whatever the files say since, on every process."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from config import ROOT
from eduapp.classroom import class_sessions, revisions
from eduapp.classroom.models import RevisionRow
from eduapp.content.reader import revision_of
from eduapp.content.revisions import written
from eduapp.db import Database, NewerDatabase
from tests.builders import AClass, ATime, a_classroom, a_database, a_module, a_question

if TYPE_CHECKING:
    from pathlib import Path

    from eduapp.content.models import Module

TO_0005 = (
    "DROP TABLE lesson_revision",
    "UPDATE alembic_version SET version_num = '0005'",
)


def a_real_module(*question_ids: str) -> Module:
    """Return a module whose revision is that of what it says."""
    module = a_module(*(a_question(question_id) for question_id in question_ids))
    return module.model_copy(update={"revision": revision_of(module)})


def a_start(folder: Path, module: Module, time: ATime | None = None) -> AClass:
    classroom = a_classroom(folder, module, time)
    return AClass(classroom, classroom.start(module, "nl", None))


def kept(database: Database) -> set[str]:
    with database.reading() as tx:
        return set(tx.scalars(select(RevisionRow.revision)))


def test_a_lesson_is_kept_once_with_the_first_class_that_begins_with_it(tmp_path: Path) -> None:
    module, other = a_real_module("K1"), a_real_module("K2")
    a = a_start(tmp_path, module)
    a.classroom.start(module, "fr", None)
    database = a_database(tmp_path)

    find = revisions.finder(database)

    assert kept(database) == {module.revision}
    assert find("m1", module.revision) == module
    assert find("m1", other.revision) is None
    assert find("m2", module.revision) is None


def test_what_the_files_say_now_is_not_read_from_the_database(tmp_path: Path) -> None:
    module = a_real_module("K1")

    find = revisions.finder(a_database(tmp_path), {"m1": module})

    assert find("m1", module.revision) is module
    assert find("m1", "0" * 12) is None


def test_a_rehearsal_keeps_nothing(tmp_path: Path) -> None:
    module = a_real_module("K1")
    a_classroom(tmp_path, module).rehearse(module, "nl")

    assert kept(a_database(tmp_path)) == set()


def test_a_lesson_goes_with_the_last_class_that_needs_it(tmp_path: Path) -> None:
    old, new, time = a_real_module("K1"), a_real_module("K2"), ATime()
    a_start(tmp_path, old, time)
    time.day += dt.timedelta(days=1)
    later = a_start(tmp_path, new, time)
    later.classroom.start(old, "nl", None)
    database = a_database(tmp_path)

    with database.transaction() as tx:
        class_sessions.purge(tx, time.day + dt.timedelta(days=1))
    still = kept(database)
    with database.transaction() as tx:
        class_sessions.purge(tx, time.day + dt.timedelta(days=9))

    assert still == {old.revision, new.revision}
    assert kept(database) == set()


@pytest.mark.one_process
def test_lessons_that_stood_in_files_are_taken_over(tmp_path: Path) -> None:
    module, stray = a_real_module("K1"), a_real_module("K2")
    a_start(tmp_path, module)
    database = a_database(tmp_path)
    with database.transaction() as tx:
        for statement in TO_0005:
            tx.execute(text(statement))
    folder = tmp_path / "revisions"
    folder.mkdir()
    for each in (module, stray):
        (folder / f"m1-{each.revision}.json").write_text(written(each), encoding="utf-8")

    database.migrate(ROOT / "migrations")

    assert kept(database) == {module.revision}
    assert revisions.finder(database)("m1", module.revision) == module


def test_tables_of_a_newer_version_are_refused(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    with database.transaction() as tx:
        now = tx.scalar(text("SELECT version_num FROM alembic_version"))
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerDatabase, match="restore a backup"):
        database.migrate(ROOT / "migrations")
    with database.transaction() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = :now"), {"now": now})
