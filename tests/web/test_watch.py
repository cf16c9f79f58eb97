"""Figures and log lines: of staff by door, of students one number a minute, of nobody who."""

from __future__ import annotations

import io
import json
import logging
import urllib.request
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from flask import Blueprint, Flask

from eduapp import create_app
from eduapp.web import logs
from eduapp.web.logs import JsonLines, register_watch
from eduapp.web.metrics import Metrics
from tests.browser.running_site import free_port
from tests.conftest import a_config

if TYPE_CHECKING:
    from pathlib import Path

STUDENTS = "mijnbeeld_student_requests_total"
STAFF = "mijnbeeld_staff_requests_total"


def test_the_number_of_students_requests_moves_once_a_minute_only() -> None:
    metrics = Metrics()
    for _ in range(7):
        metrics.note("participate", 204, 0.001)

    assert metrics.registry.get_sample_value(STUDENTS) == 0
    metrics.publish()
    assert metrics.registry.get_sample_value(STUDENTS) == 7


def test_no_figure_of_students_has_a_label() -> None:
    metrics = Metrics()
    metrics.note("participate", 500, 0.001)
    metrics.note("learn", 200, 0.001)
    metrics.note(None, 404, 0.001)
    metrics.publish()

    told = [sample for family in metrics.registry.collect() for sample in family.samples]
    students = [sample for sample in told if "student" in sample.name]

    assert {sample.name: sample.value for sample in students if sample.name.endswith("total")} == {
        STUDENTS: 3,
        "mijnbeeld_student_failures_total": 1,
    }
    assert all(sample.labels == {} for sample in students)


def test_staff_are_counted_by_door_and_kind_of_status() -> None:
    metrics = Metrics()
    metrics.note("teach", 303, 0.01)

    assert metrics.registry.get_sample_value(STAFF, {"door": "teach", "status": "3xx"}) == 1


def test_figures_are_told_on_this_machine_alone_each_process_on_a_port_of_its_own(
    tmp_path: Path,
) -> None:
    port = free_port()
    app = create_app(a_config(tmp_path, metrics_port=port, processes=2))
    other = Metrics().serve(port, 2)

    app.test_client().get("/nl/join")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as reply:
        text = reply.read().decode()

    assert other == port + 1
    assert f"{STUDENTS} 0.0" in text
    assert "process_resident_memory_bytes" in text
    with pytest.raises(OSError, match="METRICS_PORT"):
        Metrics().serve(port, 2)
    app.extensions["urn_lock"].close()


def watched() -> Flask:
    """Return an app with one slow page for staff and one for students."""
    app = Flask(__name__)
    for name in ("teach", "participate"):
        door = Blueprint(name, __name__)
        door.add_url_rule(f"/{name}/<code>", "page", lambda code: code)
        app.register_blueprint(door)
    register_watch(app, None)
    return app


def test_a_slow_page_of_staff_is_said_without_its_address(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seconds = iter([0.0, 1.5, 2.0, 9.0])
    app = watched()
    monkeypatch.setattr(logs, "time", SimpleNamespace(perf_counter=lambda: next(seconds)))

    with caplog.at_level(logging.WARNING):
        app.test_client().get("/teach/SECRET?key=SECRET")
        app.test_client().get("/participate/SECRET")

    assert [(record.getMessage(), record.fields) for record in caplog.records] == [  # type: ignore[attr-defined]
        ("slow", {"endpoint": "teach.page", "method": "GET", "status": 200, "ms": 1500})
    ]


def test_a_line_of_the_log_is_json_with_kind_and_place_and_not_what_was_typed() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("eduapp.test")
    logger.addHandler(handler)

    try:
        Metrics().serve("what somebody typed", 1)  # type: ignore[arg-type]
    except TypeError:
        logger.exception("TypeError at teach.page")

    line = json.loads(stream.getvalue())
    assert line["level"] == "ERROR"
    assert line["error"] == "TypeError"
    assert line["at"][0].startswith("eduapp/web/metrics.py:")
    assert "typed" not in stream.getvalue()
