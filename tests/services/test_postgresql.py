"""PostgreSQL keeps what SQLite keeps, and an installation moves from one to the other and back."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import OperationalError

from config import ROOT, Storage
from eduapp import app as wiring
from eduapp import backup, create_app
from eduapp.accounts.models import SchoolRow
from eduapp.classroom.models import ReleaseRow
from eduapp.db import Base, Database
from eduapp.refusals import UnsafeStart
from eduapp.sources import school_today
from tests.builders import AClass, a_closed_question
from tests.conftest import a_config
from tests.services.servers import postgresql, start_postgresql
from tests.services.several import migrated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def url() -> Iterator[str]:
    """The address of an empty database."""
    server = postgresql()
    name = server.new_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def ready(url: str) -> Iterator[Database]:
    """A database with all tables."""
    database = Database(url)
    database.migrate(ROOT / "migrations")
    yield database
    database.close()


def test_the_migrations_make_the_tables_of_the_models(ready: Database) -> None:
    with ready.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_migrations_go_down_and_up_again_with_rows(ready: Database) -> None:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    with ready.transaction() as tx:
        tx.add(SchoolRow(name="Atheneum Noord"))

    with ready.engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    ready.migrate(ROOT / "migrations")

    assert {*Base.metadata.tables, "alembic_version"} == ready.columns().keys()


def test_two_processes_that_start_at_once_make_the_tables_once(url: str) -> None:
    databases = [Database(url), Database(url)]
    threads = [
        threading.Thread(target=each.migrate, args=(ROOT / "migrations",)) for each in databases
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert "class_session" in databases[0].columns()
    for each in databases:
        each.close()


def test_what_two_writers_add_to_one_number_is_both_there(ready: Database) -> None:
    other = Database(str(ready.engine.url))
    with ready.transaction() as tx:
        tx.add(SchoolRow(name="0"))

    def add(database: Database) -> None:
        for _ in range(20):
            with database.transaction() as tx:
                row = tx.scalars(select(SchoolRow)).one()
                row.name = str(int(row.name) + 1)

    threads = [threading.Thread(target=add, args=(each,)) for each in (ready, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with ready.reading() as tx:
        assert tx.scalars(select(SchoolRow.name)).one() == "40"
    other.close()


def test_a_process_that_is_alone_keeps_others_out_and_they_keep_it_out(url: str) -> None:
    first, second = Database(url), Database(url)

    assert not first.is_held()
    assert first.hold(alone=True)
    assert first.hold(alone=True)
    assert second.is_held()
    assert not second.hold(alone=True)
    assert not second.hold(alone=False)
    first.close()
    assert second.hold(alone=False)
    third = Database(url)
    assert third.hold(alone=False)
    assert not first.hold(alone=True)
    for each in (first, second, third):
        each.close()


def test_a_process_is_known_again_after_postgresql_was_away() -> None:
    server = start_postgresql()
    database = Database(server.url(server.new_database()))
    assert database.hold(alone=True)

    server.stop(signal.SIGQUIT)
    with pytest.raises(OperationalError):
        database.hold(alone=True)
    server.start()
    server.wait()

    assert database.hold(alone=True)
    assert database.is_held()
    database.close()
    server.stop(signal.SIGQUIT)


def test_one_process_on_postgresql_is_alone(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "_LOCK_PATIENCE_SECONDS", 0.0)
    app = create_app(a_config(tmp_path / "a", database_url=url))

    with pytest.raises(wiring.AnotherProcessRuns, match="URN_URL"):
        create_app(a_config(tmp_path / "b", database_url=url))

    app.extensions["urn_lock"].close()


def a_lesson(folder: Path, url: str) -> AClass:
    """Return a lesson at a closed question, on an installation that has stopped since."""
    app = create_app(a_config(folder, database_url=url))
    lesson = a_closed_question(app)
    app.extensions["urn_lock"].close()
    return lesson


@pytest.mark.parametrize("way", ["into", "out of"])
def test_an_installation_moves_with_a_copy(url: str, tmp_path: Path, way: str) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    sqlite = f"sqlite:///{(old if way == 'into' else new) / 'mijnbeeld.sqlite3'}"
    whence, whither = (sqlite, url) if way == "into" else (url, sqlite)
    lesson = a_lesson(old, whence)
    file = tmp_path / "copy.tar.gz"

    backup.write(Storage(old, whence), file, school_today())
    left = backup.read(file, Storage(new, whither), school_today())

    assert left == 1
    app = create_app(a_config(new, database_url=whither))
    view = app.extensions["classroom"].by_lesson_key(lesson.started.lesson_key)
    assert (view.step, view.phase) == (lesson.view.step, lesson.view.phase)
    with app.extensions["database"].transaction() as tx:
        # New rows get numbers of their own.
        tx.add(SchoolRow(name="Atheneum Noord"))
        assert tx.scalar(select(func.count()).select_from(ReleaseRow))
    assert app.extensions["classroom"].start(view.module, "nl", None).join_code
    assert not list(new.glob("*.restoring"))
    app.extensions["urn_lock"].close()


def test_a_copy_never_comes_back_over_rows_of_postgresql(tmp_path: Path) -> None:
    server = postgresql()
    name = server.new_database(migrated())
    old = tmp_path / "old"
    a_lesson(old, f"sqlite:///{old / 'mijnbeeld.sqlite3'}")
    file = tmp_path / "copy.tar.gz"
    storage = Storage(old, f"sqlite:///{old / 'mijnbeeld.sqlite3'}")
    backup.write(storage, file, school_today())
    new = Storage(tmp_path / "new", server.url(name))

    # Tables without rows are what a restore leaves that was cut off, or a start.
    assert backup.read(file, new, school_today()) == 1
    with pytest.raises(backup.NotEmpty):
        backup.read(file, new, school_today())

    server.drop_database(name)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"log_statement": "all"}, "log_statement"),
        ({"log_min_duration_statement": "0"}, "log_parameter_max_length"),
    ],
)
def test_a_postgresql_that_writes_statements_down_is_refused(
    tmp_path: Path, settings: dict[str, str], told: str
) -> None:
    server = start_postgresql(settings)
    try:
        with pytest.raises(UnsafeStart, match=told):
            create_app(a_config(tmp_path, database_url=server.url(server.new_database())))
    finally:
        server.stop(signal.SIGQUIT)


def test_what_is_removed_is_not_among_the_old_rows(ready: Database) -> None:
    with ready.transaction() as tx:
        tx.add(SchoolRow(name="Atheneum Noord"))
    with ready.transaction() as tx:
        tx.delete(tx.scalars(select(SchoolRow)).one())

    assert ready.forget_log()

    with ready.reading() as tx:
        dead = "SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'school'"
        assert tx.connection().exec_driver_sql(dead).scalar() == 0


def test_a_question_id_fits_its_column() -> None:
    """PostgreSQL holds to the lengths that SQLite only notes."""
    from eduapp.content import load_content  # noqa: PLC0415

    content = load_content(ROOT / "lessons", school_today(), "A. Peeters")
    for module in content.modules.values():
        assert len(module.id) <= 32
        assert len(module.revision) <= 12
        for question in module.questions:
            assert len(question.id) <= 16
            assert max(len(option.id) for option in question.options) <= 32
