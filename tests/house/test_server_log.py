"""The server's own log tells nothing about requests, and its settings are the ones we promise."""

from __future__ import annotations

import logging
import os
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from gunicorn.config import Config as GunicornConfig
from gunicorn.glogging import Logger

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("LESSONS_DIR", str(tmp_path))
    monkeypatch.setenv("HOST", "::1")
    monkeypatch.setenv("PORT", "8123")
    return runpy.run_path(str(ROOT / "gunicorn.conf.py"))


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    return tmp_path / "error.log"


@pytest.fixture
def log(settings: dict[str, Any], log_file: Path) -> Iterator[Any]:
    server = GunicornConfig()
    server.set("errorlog", str(log_file))
    yield settings["QuietLogger"](server)
    error_log = logging.getLogger("gunicorn.error")
    for handler in list(error_log.handlers):
        error_log.removeHandler(handler)
        handler.close()
    error_log.filters.clear()


def test_a_worker_that_serves_writes_no_address_and_no_uri(log: Any, log_file: Path) -> None:
    log.serving = True

    log.warning("Invalid request from ip=203.0.113.7: /nl/class/K7MP")
    log.error("Something about 203.0.113.7")
    log.info("GET /nl/class/K7MP")

    assert log_file.read_text() == ""


def test_of_an_exception_only_type_and_place_are_written(log: Any, log_file: Path) -> None:
    log.serving = True

    try:
        {"option 1": 1}["option 3"]
    except KeyError:
        log.exception("Error handling request %s %s", "POST", "/nl/class/K7MP/answer")

    written = log_file.read_text()
    assert "KeyError at " in written
    assert "test_server_log.py" in written
    assert "option 3" not in written
    assert "K7MP" not in written


def test_a_server_that_is_still_starting_says_what_is_wrong(log: Any, log_file: Path) -> None:
    log.error("Connection in use: %s", "127.0.0.1:8000")

    assert "Connection in use: 127.0.0.1:8000" in log_file.read_text()


def test_the_server_runs_one_process_without_access_log_and_control_socket(
    settings: dict[str, Any],
) -> None:
    # gunicorn refuses a value it does not understand.
    server = GunicornConfig()
    for name in set(settings) & set(server.settings):
        server.set(name, settings[name])

    assert server.workers == 1
    assert server.accesslog is None
    assert server.control_socket_disable is True
    assert server.address == [("::1", 8123)]


def test_a_wrong_setting_stops_the_start_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", "many")

    with pytest.raises(SystemExit, match="PORT"):
        runpy.run_path(str(ROOT / "gunicorn.conf.py"))


def _configured(settings: dict[str, Any], **changes: object) -> GunicornConfig:
    server = GunicornConfig()
    for name in set(settings) & set(server.settings):
        server.set(name, settings[name])
    for name, value in changes.items():
        server.set(name, value)
    return server


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"workers": 2}, "workers"),
        ({"worker_class": "gevent"}, "worker_class"),
        ({"preload_app": True}, "preload_app"),
        ({"reload": True}, "reload"),
        ({"max_requests": 1000}, "max_requests"),
        ({"accesslog": "-"}, "accesslog"),
        ({"syslog": True}, "syslog"),
        ({"logconfig": "log.ini"}, "logconfig"),
        ({"statsd_host": "localhost:8125"}, "statsd_host"),
        ({"logger_class": "gunicorn.glogging.Logger"}, "logger_class"),
    ],
)
def test_a_server_that_was_told_otherwise_does_not_start(
    settings: dict[str, Any], changes: dict[str, object], words: str
) -> None:
    with pytest.raises(SystemExit, match=words):
        settings["on_starting"](SimpleNamespace(cfg=_configured(settings, **changes)))


def test_the_server_as_it_is_configured_starts(settings: dict[str, Any]) -> None:
    settings["on_starting"](SimpleNamespace(cfg=_configured(settings)))


def test_even_a_server_with_an_access_log_writes_none(settings: dict[str, Any], log: Any) -> None:
    log.cfg.set("accesslog", "-")

    log.access(None, None, {"REMOTE_ADDR": "203.0.113.7"}, None)

    assert settings["QuietLogger"].access is not Logger.access


def test_the_environment_cannot_switch_the_access_log_on(tmp_path: Path) -> None:
    environment = {**os.environ, "INSTANCE_DIR": str(tmp_path), "PORT": "8123"}
    environment["GUNICORN_CMD_ARGS"] = "--access-logfile - --workers 3 --bind 127.0.0.1:0"

    result = subprocess.run(
        [sys.executable, "-m", "gunicorn"],
        cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False, timeout=30,
    )  # fmt: skip

    assert result.returncode == 1
    assert "accesslog" in result.stderr
    assert "workers: leave it out" in result.stderr
