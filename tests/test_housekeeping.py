"""Housekeeping goes on after a failure, and the process says whether it is ready."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError

from eduapp.classroom.memory import OwnMemory
from eduapp.housekeeping import STALE_SECONDS, Housekeeper
from eduapp.sources import Chance
from tests.builders import ATime, a_classroom, a_module, a_question

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browse import Browse


@pytest.fixture
def time() -> ATime:
    return ATime()


@pytest.fixture
def keeper(tmp_path: Path, time: ATime) -> Housekeeper:
    classroom = a_classroom(tmp_path, a_module(a_question()), time)
    return Housekeeper(classroom, classroom._database, OwnMemory(Chance()), time.clock)


def fail() -> None:
    raise OperationalError("statement with a name", None, Exception("database is locked"))


def test_it_is_ready_from_the_start_and_as_long_as_rounds_go_well(
    keeper: Housekeeper, time: ATime
) -> None:
    assert keeper.is_well()
    for _ in range(5):
        time.seconds += 60
        keeper.keep_once()
        assert keeper.is_well()


def test_after_three_minutes_without_one_it_is_not_ready(
    keeper: Housekeeper, time: ATime, caplog: pytest.LogCaptureFixture
) -> None:
    keeper.then.append(fail)

    time.seconds += STALE_SECONDS
    with caplog.at_level(logging.ERROR):
        keeper.keep_once()

    assert not keeper.is_well()
    assert caplog.messages == ["OperationalError in housekeeping"]
    keeper.then.clear()
    keeper.keep_once()
    assert keeper.is_well()


def test_it_gives_way_where_another_process_took_the_database(
    keeper: Housekeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *how: stopped.append(how))
    monkeypatch.setattr(keeper._database, "hold", lambda *, alone: not alone)

    keeper.keep_once()

    assert len(stopped) == 1


def test_the_endpoint_asks_no_database(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = browse.get("/ready")
    monkeypatch.setitem(browse.app.extensions, "is_ready", lambda: False)
    not_ready = browse.get("/ready")

    assert (ready.status, ready.response.data) == (200, b"ready\n")
    assert (not_ready.status, not_ready.response.data) == (503, b"not ready\n")
