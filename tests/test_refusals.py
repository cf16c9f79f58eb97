"""An application that would break a promise does not start, however it is started."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from gunicorn.config import Config as GunicornConfig
from gunicorn.glogging import Logger as GunicornLogger

from config import Config, ConfigError
from eduapp import create_app
from eduapp.db import Database
from eduapp.refusals import UnsafeStart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def loggers() -> Iterator[None]:
    """Put the loggers back as they were."""
    names = ("sqlalchemy.engine", "gunicorn.access")
    kept = [(logging.getLogger(name), logging.getLogger(name).level) for name in names]
    yield
    for logger, level in kept:
        logger.setLevel(level)
    for name in ("gunicorn.access", "gunicorn.error"):
        logging.getLogger(name).handlers.clear()


def test_debug_is_refused(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")

    with pytest.raises(UnsafeStart, match="Debug is on"):
        create_app(config)


@pytest.mark.usefixtures("loggers")
@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO])
def test_statements_in_the_log_are_refused(config: Config, level: int) -> None:
    logging.getLogger("sqlalchemy.engine").setLevel(level)

    with pytest.raises(UnsafeStart, match=r"sqlalchemy\.engine"):
        create_app(config)


@pytest.mark.usefixtures("loggers")
def test_an_engine_that_echoes_is_refused(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Database.__init__

    def echoing(self: Database, url: str) -> None:
        make(self, url)
        self.engine.echo = True

    monkeypatch.setattr(Database, "__init__", echoing)

    with pytest.raises(UnsafeStart, match="echo"):
        create_app(config)


@pytest.mark.usefixtures("loggers")
def test_an_access_log_is_refused(config: Config) -> None:
    settings = GunicornConfig()
    settings.set("accesslog", "-")
    GunicornLogger(settings)

    with pytest.raises(UnsafeStart, match="access log"):
        create_app(config)


def test_a_refused_start_leaves_nothing_behind(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")

    with pytest.raises(UnsafeStart):
        create_app(config)

    assert list(config.instance_dir.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FLASK_DEBUG", "1"),
        ("FLASK_RUN_FROM_CLI", "true"),
        ("SQLALCHEMY_ECHO", "debug"),
        ("URN_URL", "redis://localhost"),
        ("URN_URL", "redis://redis.example.be"),
        ("URN_URL", "http://localhost"),
        ("WEB_CONCURRENCY", "4"),
        ("WEB_CONCURRENCY", "many"),
        ("DATABASE_URL", "postgresql://localhost/lessons"),
        ("DATABASE_URL", "postgresql+psycopg://lessons@db.example.be/lessons"),
        ("DATABASE_URL", "postgresql+psycopg://lessons@db.example.be/lessons?sslmode=prefer"),
        ("DATABASE_URL", "postgresql+psycopg:///lessons?host=db.example.be"),
        ("DATABASE_URL", "postgresql+psycopg://127.0.0.1/lessons?hostaddr=203.0.113.7"),
        ("DATABASE_URL", "postgresql+psycopg://127.0.0.1,db.example.be/lessons"),
        ("URN_URL", "redis:///0?host=redis.example.be"),
    ],
)
def test_a_setting_that_would_break_a_promise_is_refused_by_name(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(ConfigError, match=rf"^({name}: [^\n]+\.\n?)+$"):
        Config.from_env({"INSTANCE_DIR": str(tmp_path), name: value})


SEVERAL = {
    "DATABASE_URL": "postgresql+psycopg://lessons@db.example.be/lessons?sslmode=verify-full",
    "URN_URL": "rediss://:secret@redis.example.be",
    "SECRET_KEY": "only for tests, 32 characters or more",
    "WEB_CONCURRENCY": "4",
}


def test_several_processes_are_fine_with_postgresql_and_redis(tmp_path: Path) -> None:
    config = Config.from_env({"INSTANCE_DIR": str(tmp_path), **SEVERAL})

    assert (config.processes, config.urn_url) == (4, SEVERAL["URN_URL"])
    assert not (tmp_path / "secret_key").exists()


@pytest.mark.parametrize("left_out", ["DATABASE_URL", "URN_URL", "SECRET_KEY"])
def test_several_processes_need_all_of_it(tmp_path: Path, left_out: str) -> None:
    env = {name: text for name, text in SEVERAL.items() if name != left_out}

    with pytest.raises(ConfigError):
        Config.from_env({"INSTANCE_DIR": str(tmp_path), **env})


@pytest.mark.parametrize("urn", ["unix:///run/redis/mijnbeeld.sock", "redis://127.0.0.1/0"])
def test_what_stays_on_this_machine_needs_no_encryption(tmp_path: Path, urn: str) -> None:
    near = {"DATABASE_URL": "postgresql+psycopg:///lessons?host=/run/postgresql", "URN_URL": urn}

    assert Config.from_env({"INSTANCE_DIR": str(tmp_path), **SEVERAL, **near}).urn_url == urn


def test_settings_that_are_off_are_fine(tmp_path: Path) -> None:
    env = {"FLASK_DEBUG": "0", "SQLALCHEMY_ECHO": "false", "URN_URL": "", "WEB_CONCURRENCY": "1"}

    assert Config.from_env({"INSTANCE_DIR": str(tmp_path), **env}).port == 8000
