"""No table and no column beyond those that the privacy rules list; migrations go both ways."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext

import eduapp.accounts.models
import eduapp.classroom.models  # noqa: F401 - fills the metadata
from config import ROOT
from eduapp.db import Base, Database
from eduapp.privacy.storage import ALLOWED_COLUMNS
from eduapp.web.column_words import is_explained
from tests.builders import a_database

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

ALLOWED = {
    "class_session": {
        "id", "public_id", "module_id", "revision", "step", "version", "state", "join_code",
        "desk_key_hash", "helper", "opened_on", "delete_on", "teacher_id", "school_id", "label",
    },
    "lesson_revision": {"module_id", "revision", "text"},
    "round": {"class_session_id", "question_id", "round_no", "revision", "state", "n"},
    "release": {"class_session_id", "question_id", "round_no", "option_id", "noisy"},
    "school_sum": {
        "school_id", "year", "question_id", "form", "moment", "option_id", "pending", "published",
        "network",
    },
    "school_count": {
        "school_id", "year", "question_id", "form", "moment", "pending_n", "pending_c",
        "published_n", "published_c", "network_n", "network_c", "entered_on",
    },
    "school_reach": {"school_id", "year", "grade", "module_id", "lessons"},
    "plan": {"staff_id", "module_id", "week"},
    "school": {"id", "name"},
    "staff": {
        "id", "school_id", "role", "name", "sign_in_name", "password_hash", "second_seed",
        "has_second_step",
    },
    "invitation": {"link_hash", "school_id", "role", "staff_id", "expires_on"},
    "sign_in": {"browser_hash", "staff_id", "stage", "ends_on"},
}  # fmt: skip


def test_every_column_is_one_that_the_privacy_rules_list() -> None:
    tables = {
        name: {column.name for column in table.columns}
        for name, table in Base.metadata.tables.items()
    }

    assert tables == ALLOWED


def test_the_list_that_prove_uses_is_this_one() -> None:
    more = {"alembic_version": {"version_num"}}

    assert {name: set(columns) for name, columns in ALLOWED_COLUMNS.items()} == ALLOWED | more


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_column_of_the_database_is_explained(app: Flask, language: str) -> None:
    columns = app.extensions["database"].columns()

    with app.test_request_context(f"/{language}/"):
        missing = [
            f"{table}.{column}"
            for table, names in columns.items()
            for column in names
            if not is_explained(table, column)
        ]

    assert set(columns) == set(ALLOWED_COLUMNS)
    assert missing == [], "write what it is in eduapp/web/column_words.py"


def test_no_column_holds_a_time_or_free_bytes() -> None:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            assert isinstance(column.type, sa.Boolean | sa.Integer | sa.String | sa.Date), column


def test_a_release_has_no_row_number_that_keeps_an_order(tmp_path: Path) -> None:
    database = a_database(tmp_path)

    with database.transaction() as tx:
        for table in ("round", "release"):
            sql = tx.scalar(
                sa.text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table}
            )
            assert "WITHOUT ROWID" in sql


def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    database = a_database(tmp_path)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(ROOT / "migrations"))

    with database.engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    database.migrate(ROOT / "migrations")

    with database.engine.connect() as connection:
        assert set(ALLOWED) <= set(sa.inspect(connection).get_table_names())


def test_a_lesson_with_its_releases_survives_every_migration(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    with database.engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0001")
        for row in (
            (
                "class_session VALUES (7, 'ab', 'm4', 'r', 2, 5, 'closed nl 40', 'BOKIMZANU', 'h', "
                "NULL, '2026-11-23', '2026-11-25')"
            ),
            "round VALUES (7, 'K13', 1, 'r', 'stored', 20)",
            "release VALUES (7, 'K13', 1, 'lina', -1)",
        ):
            connection.exec_driver_sql(f"INSERT INTO {row}")

    database.migrate(ROOT / "migrations")

    with database.transaction() as tx:
        assert tx.scalar(sa.text("SELECT noisy FROM release")) == -1
        assert tx.scalar(sa.text("SELECT join_code FROM class_session")) == "BOKIMZANU"
        assert tx.scalar(sa.text("PRAGMA foreign_keys")) == 1


def test_a_start_with_nothing_to_migrate_leaves_the_migration_tool_alone(tmp_path: Path) -> None:
    a_database(tmp_path)
    program = (
        "import sys; from eduapp.db import Database; from config import ROOT; "
        f"Database('sqlite:///{tmp_path / 'test.sqlite3'}').migrate(ROOT / 'migrations'); "
        "print('alembic' in sys.modules)"
    )

    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert result.stdout.strip() == "False"
